"""A submission as a network of NGOs would send it, and ways to make it smaller, larger and stranger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from participation.texts.writing.documents import (
    Dissent,
    Document,
    Labels,
    PointRow,
    Sender,
    Signatory,
    with_texts,
)

LABELS = Labels(
    addressees="Naslovnik",
    copies="V vednost:",
    subject="Zadeva:",
    reference="Vaša oznaka",
    our_reference="Naša oznaka",
    contact="Kontaktna oseba",
    summary="Ključne zahteve",
    overview="Pregled točk",
    on_page="str. %(page)s",
    see_points="gl. št. %(numbers)s",
    general="Splošne pripombe",
    points="Pripombe po členih",
    in_full="Daljša besedila v celoti",
    see_in_full="V celoti za tabelo, št. %(number)s",
    marks="Besede, ki se črtajo, so prečrtane; besede, ki se dodajo, so krepke in podčrtane.",
    number="Št.",
    article="Člen",
    existing="Veljavno besedilo",
    demanded="Predlagano besedilo",
    reasons="Obrazložitev",
    supported_by="Podpira",
    action="Sprememba",
    actions=("dodatek", "sprememba", "črtanje", "premik"),
    no_existing="novo besedilo",
    no_demanded="se črta",
    signatories="Seznam podpisnic",
    signatories_count="Število podpisnic: 9",
    organisation="Organizacija",
    seat="Sedež",
    area="Območje",
    person="Pooblaščena oseba",
    statement="Izjava",
    dissent="Ločena mnenja",
    annexes="Priloge",
    page="Stran %(page)s od %(pages)s",
    fingerprint="Prstni odtis besedila (SHA-256)",
    address="Javna objava",
    checkpoint="Record of signatures",
    scan="QR code of the public page",
)

GENERAL = """Podpisane organizacije pozdravljamo pripravo *Odloka o sofinanciranju programov nevladnih organizacij* \
in namero občin, da pravila poenotijo. Osnutek bi po našem mnenju dosegel **namen iz 2. člena** šele, če bi:

1. zagotovil dovolj časa za prijavo,
2. določil jasna merila in
3. predvidel sprotno objavo rezultatov.

Sodelovanje z javnostjo naj poteka po Resoluciji o normativni dejavnosti. Ta v 9. točki pravi:

> Javnost mora imeti za odziv na predlog predpisa od 30 do 60 dni.

Več o tem na https://mreza.example/stalisca/odlok.
"""

POINTS = (
    PointRow(
        "1",
        "4. člen, drugi odstavek",
        "(2) Javni razpis se objavi najmanj 15 dni pred iztekom roka za prijavo na spletni strani občine.",
        "(2) Javni razpis se objavi najmanj 30 dni pred iztekom roka za prijavo na spletni strani občine in v "
        "glasilu.",
        "Društva vodijo prostovoljke in prostovoljci; v 15 dneh ni mogoče pridobiti potrdil in sklicati organov.\n\n"
        "Primerljive občine dajejo od 30 do 45 dni.",
        "Podpirajo vse podpisnice",
        "change",
    ),
    PointRow(
        "2",
        "7. člen",
        "",
        "Občina v 8 dneh po odločitvi objavi seznam vseh prijav, prejetih točk in odobrenih sredstev.",
        "Objava krepi zaupanje in zmanjša število pritožb:\n\n- prijavitelji vidijo *svoje* točke,\n- občina "
        "primerja prijave.\n\nZgled: https://mreza.example/zgled.",
        "Društvo Zelena dolina, Zavod Mostovi, Mladinski center Kresnica",
        "add",
    ),
    PointRow(
        "3",
        "11. člen, tretja alineja",
        "– prijavitelj mora imeti sedež v občini vsaj pet let;",
        "",
        "Pogoj izključuje nove organizacije in ni povezan z namenom razpisa. Glej tudi 3. člen Zakona o nevladnih "
        "organizacijah.",
        "Zavod Mostovi (z ločenim mnenjem Gasilske mladine Log)",
        "delete",
    ),
)

SIGNATORIES = (
    Signatory(
        "Društvo za varstvo okolja Zelena dolina", "Šentjur", "Obsotelje in Kozjansko", "Ana Primer, predsednica", ""
    ),
    Signatory("Zavod Mostovi", "Celje", "Celjsko", "Borut Vzorec, direktor", "Posebej poudarjamo 2. točko."),
    Signatory("Mladinski center Kresnica", "Žalec", "Spodnja Savinjska dolina", "Cvetka Zgled", ""),
    Signatory("Kulturno društvo Čriček", "Vojnik", "Celjsko", "Črt Zgled, tajnik", ""),
    Signatory("Gorska skupina Planika", "Solčava", "Zgornja Savinjska dolina", "", ""),
)

SUBMISSION = Document(
    language="sl",
    title="Skupno stališče nevladnih organizacij o osnutku Odloka o sofinanciranju programov",
    subject="Pripombe in predlogi k osnutku Odloka o sofinanciranju programov nevladnih organizacij "
    "(EVA 2026-0000-0001)",
    sender=Sender(
        "Mreža nevladnih organizacij Vzorčne regije",
        ("Trg prostovoljstva 1", "3000 Celje"),
        ("Dana Primer", "dana@mreza.example", "03 000 00 00"),
        "pisarna@mreza.example",
    ),
    addressees=("Občina Vzorec\nObčinski svet\nGlavni trg 5\n3000 Celje", "Ministrstvo za javno upravo"),
    copies=("Svet Vzorčne regije", "Varuh človekovih pravic"),
    place_and_date="Celje, 23. novembra 2026",
    reference="EVA 2026-0000-0001",
    our_reference="9f86 d081 884c",
    summary=(
        "Rok za prijavo na razpis naj traja najmanj 30 dni (4. člen).",
        "Občina naj objavi prejete točke in odobrena sredstva (7. člen).",
        "Pogoj petletnega sedeža naj se črta (11. člen).",
    ),
    general=GENERAL,
    points=POINTS,
    signatories=SIGNATORIES,
    dissent=(Dissent("Gasilska mladina Log", "Rogaška Slatina", "Pogoj sedeža naj ostane, a naj traja eno leto."),),
    fingerprint="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    address="https://mreza.example/oddaje/odlok-o-sofinanciranju",
    labels=LABELS,
    dated=date(2026, 11, 23),
    annexes=("Osnutek odloka s sledenimi spremembami",),
)


def empty() -> Document:
    """As little as a submission can hold."""
    blank = with_texts(SUBMISSION, lambda _: "")
    return replace(
        blank, addressees=(), copies=(), summary=(), points=(), signatories=(), dissent=(), annexes=(), labels=LABELS,
        sender=Sender("", (), ()), language="sl", title="Naslov",
    )  # fmt: skip


def large(points: int, signatories: int) -> Document:
    return replace(
        SUBMISSION,
        points=tuple(replace(POINTS[number % 3], number=str(number + 1)) for number in range(points)),
        signatories=tuple(
            replace(SIGNATORIES[number % 5], name=f"{SIGNATORIES[number % 5].name} {number + 1}")
            for number in range(signatories)
        ),
    )


def everywhere(change: Callable[[str], str]) -> Document:
    """The submission with every text of a person changed; the fixed words, the language and the addresses stay."""
    changed = with_texts(replace(SUBMISSION, labels=LABELS), change)
    return replace(
        changed,
        language="sl",
        labels=LABELS,
        points=tuple(
            replace(point, action=before.action) for point, before in zip(changed.points, POINTS, strict=True)
        ),
    )
