"""The names and texts of the pictures: real lengths, the longest too, all written for the tests."""

from __future__ import annotations

NAMES = (
    "Okoljsko društvo Živa struga",
    "Medobčinsko združenje prostovoljnih društev prijateljev branja, knjižnic in medgeneracijskega sodelovanja "
    "Spodnje in Zgornje Savinjske doline, Šaleške doline ter Kozjanskega in Obsotelja",
    "Prostovoljno gasilsko društvo Loke, mladinska sekcija",
    "Zavod za izobraževanje, kulturo in socialno podjetništvo Čebelnjak",
    "ŠKD Čšž",
    "Društvo za zdravo okolje, naravno in kulturno dediščino ter trajnostni razvoj podeželja Rečica",
    "Klub upokojencev Pri stari lipi",
)
TITLES = (
    "Odlok o urejanju in varstvu javnih zelenih površin",
    "Pravilnik o postopku in merilih za sofinanciranje letnih programov nevladnih organizacij s področij socialnega "
    "varstva, zdravja, mladine, kulture, športa, okolja in medgeneracijskega sodelovanja v občinah Savinjske regije "
    "v programskem obdobju do leta 2033",
    "Strategija za mlade",
)
BODIES = (
    "Občina Šmarje pri Jelšah",
    "Ministrstvo za naravne vire in prostor, Direktorat za prostor in graditev, Sektor za prostorsko načrtovanje",
    "Razvojni svet Savinjske regije",
)
SENTENCES = (
    "Občina objavi osnutek na svoji spletni strani in o tem obvesti nevladne organizacije, ki delujejo na območju.",
    "Rok za pripombe ni krajši od trideset dni in ne teče v času šolskih počitnic.",
    "Na pripombe odgovori pristojni organ pisno, po točkah in v petnajstih dneh.",
    "Sredstva se razdelijo na podlagi javnega razpisa, ki ga objavi občinska uprava.",
)
COMMENTS = (
    "Predlagamo, da se rok podaljša na trideset dni, ker se organi društev sestajajo enkrat na mesec.",
    "Člen ne pove, kdo odloča, če se organizacija ne strinja. Dodajte **pritožbo**:\n\n- rok,\n- organ,\n- oblika.",
    "Se strinjamo.",
    "Beseda »שלום« pomeni mir; tako je ime našemu programu, zato naj stoji v seznamu takšna, kot je.",
    "Neprekinjenabesedakijepredolgazazaslontelefonainsemoranekakoprelomitibrezvodoravnegadrsenja in povezava "
    "https://primer.example/zelo/dolg/naslov/ki/se/ne/konca/in/se/mora/prelomiti?vprasanje=odgovor",
)
WORDINGS = (
    "Občina objavi osnutek na svoji spletni strani in v krajevnem glasilu ter o tem takoj obvesti vse nevladne "
    "organizacije, ki delujejo na območju.",
    "Rok za pripombe ni krajši od šestdeset dni in ne teče v času šolskih počitnic.",
)
STATEMENTS = (
    "Podpisujemo z veseljem: naši člani so na to čakali več let.",
    "",
    "Podpiramo vse točke. Posebej opozarjamo, da mora biti dostop do prostorov brez stopnic, z označeno potjo in s "
    "parkiriščem v bližini, saj sicer polovica naših članov na srečanja ne more priti.",
)
ANSWERS = (
    "Predlog je upoštevan v celoti.",
    "Predlog je upoštevan deloma: rok je podaljšan na petinštirideset dni, ker daljšega ne dopušča poslovnik.",
    "Predlog ni upoštevan, ker ureja vsebino, ki jo določa zakon.",
)
LONG_PROVISION = " ".join(f"{number}. {sentence}" for number in range(1, 46) for sentence in SENTENCES)
WIDE_TABLE = "\n".join(
    " | ".join(cells)
    for cells in (
        ("Občina", *(f"Leto {year}" for year in range(2026, 2037))),
        ("Šmarje pri Jelšah", *(f"{amount}.000 €" for amount in range(110, 121))),
        ("Rečica ob Savinji", *(f"{amount}.000 €" for amount in range(40, 51))),
    )
)


def turn(choices: tuple[str, ...], number: int) -> str:
    """One of them after the other."""
    return choices[number % len(choices)]


def named(choices: tuple[str, ...], number: int) -> str:
    """One of them after the other, with a number of its own from the second turn on."""
    turns = number // len(choices)
    return turn(choices, number) + (f" {turns + 1}" if turns else "")


# A provision, and wordings of it that partly exclude each other.
DISPUTED = (
    "Organ povabi javnost k sodelovanju tako, da na svoji spletni strani objavi osnutek. Rok za pripombe je "
    "trideset dni od objave."
)
DEMANDS = (
    DISPUTED.replace("trideset", "šestdeset").replace("spletni strani", "spletni strani in na oglasni deski"),
    DISPUTED.replace("trideset dni", "najmanj petinštirideset delovnih dni").replace(
        "osnutek", "osnutek s povzetkom"
    ),
    DISPUTED.replace(" od objave", " od objave in med šolskimi počitnicami ne teče"),
    DISPUTED.replace("povabi javnost", "povabi javnost in nevladne organizacije"),
)
