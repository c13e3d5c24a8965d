"""What became of a demand: by the words alone, and never by words that merely happen to stand somewhere."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts.acts import VOICES, sentences

from participation.texts.uptake import Adopted, Demand, Finding, Verdict, find_uptake

VERBATIM, PART, NOT, OPPOSITE = Verdict.VERBATIM, Verdict.PART, Verdict.NOT, Verdict.OPPOSITE

PUBLISHED = "Občina objavi osnutek odloka na svoji spletni strani."
TERM = "Rok za pripombe je 30 dni od objave in v času počitnic ne teče."
MONEY = "Sredstva se razdelijo na podlagi javnega razpisa, ki ga vodi strokovna komisija."
ANSWER = "Na vsako pripombo pristojni organ odgovori pisno v 15 dneh."
DRAFT = {"a": PUBLISHED, "b": TERM, "c": MONEY, "d": ANSWER}


def provisions(texts: dict[str, str]) -> list[Adopted]:
    return [Adopted(key, text) for key, text in texts.items()]


def found(demand: Demand, adopted: dict[str, str], draft: dict[str, str] = DRAFT) -> Finding:
    return find_uptake([demand], provisions(draft), provisions(adopted))[0]


def adopting(**texts: str) -> dict[str, str]:
    """The draft with some provisions in other words; an empty text leaves one out."""
    return {key: text for key, text in (DRAFT | texts).items() if text}


def changing(demanded: str, existing: str = TERM, key: str = "b") -> Demand:
    return Demand("change", existing, demanded, (key,))


LONGER = "Rok za pripombe je 60 dni od objave in v času počitnic ne teče."
CHANGES = [
    # The whole provision, as it was asked for, and with other signs, spaces and quotation marks.
    (changing(LONGER), LONGER, VERBATIM, ("60",), ()),
    (changing(LONGER), "rok  za pripombe je 60 dni od objave – in v času počitnic ne teče;", VERBATIM, ("60",), ()),
    # Only the differing words, in a provision that changed elsewhere too.
    (changing(LONGER), "Rok za pripombe je 60 dni od objave in v avgustu ne teče.", VERBATIM, ("60",), ()),
    (changing("60", "30"), LONGER, VERBATIM, ("60",), ()),
    (changing("60 dni od objave", "30 dni od objave"), LONGER, VERBATIM, ("60",), ()),
    # Other numbers: further on, not at all, the other way.
    (changing("60", "30"), TERM.replace("30", "45"), NOT, (), ("60",)),
    (changing("60", "30"), TERM, NOT, (), ("60",)),
    (changing("60", "30"), TERM.replace("30", "15"), OPPOSITE, (), ("60",)),
    (changing("20", "30"), TERM.replace("30", "45"), OPPOSITE, (), ("20",)),
    # The number stands in the provision, but not where it was asked for.
    (changing("60", "30"), TERM[:-1] + ", razen zadnjih 60 dni leta.", NOT, (), ("60",)),
    # Some of it, and with other words in between.
    (
        changing("Rok za pripombe in predloge je 60 dni od objave in v času počitnic ne teče."),
        "Rok za pripombe in predloge je 30 dni od objave in v času počitnic ne teče.",
        PART,
        ("in predloge",),
        ("60",),
    ),
    (
        changing(TERM[:-1] + ", o čemer občina obvesti vse nevladne organizacije."),
        TERM[:-1] + ", o čemer občina takoj obvesti vse nevladne organizacije.",
        PART,
        ("o čemer občina", "obvesti vse nevladne organizacije"),
        (),
    ),
    # The number was taken, the negation stayed.
    (
        changing("Rok za pripombe je 60 dni od objave in v času počitnic teče."),
        "Rok za pripombe je 60 dni od objave in v času počitnic ne teče niti v avgustu.",
        PART,
        ("60",),
        (),
    ),
    (changing("Občina takoj objavi osnutek odloka.", PUBLISHED, "a"), TERM, NOT, (), ("takoj",)),
]


@pytest.mark.parametrize(("demand", "adopted", "verdict", "taken", "missing"), CHANGES)
def test_a_changed_wording(
    demand: Demand, adopted: str, verdict: Verdict, taken: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    finding = found(demand, adopting(b=adopted))
    assert (finding.verdict, finding.taken, finding.missing) == (verdict, taken, missing)
    assert finding.keys == (() if verdict is NOT else ("b",))


@pytest.mark.parametrize(
    ("existing", "demanded", "adopted"),
    [
        (
            "Župan sme razpustiti svet zavoda.",
            "Župan sme razpustiti svet zavoda po razpravi.",
            "Župan ne sme razpustiti svet zavoda po razpravi.",
        ),
        (
            "Svet je pristojen za mnenje.",
            "Svet je vedno pristojen za mnenje.",
            "Svet ni pristojen za mnenje.",
        ),
        (
            "The council may publish the draft.",
            "The council may publish the draft early.",
            "The council may not publish the draft early.",
        ),
        (
            "Le conseil peut publier le projet.",
            "Le conseil peut publier le projet sans délai.",
            "Le conseil ne peut pas publier le projet sans délai.",
        ),
    ],
)
def test_the_same_words_denied_are_the_opposite(existing: str, demanded: str, adopted: str) -> None:
    finding = found(changing(demanded, existing, "k"), {"k": adopted}, {"k": existing})
    assert (finding.verdict, finding.keys) == (OPPOSITE, ("k",))


def test_words_in_a_sentence_that_now_denies_them_are_no_more_than_a_part() -> None:
    draft = "Svet lahko skliče sejo v 30 dneh po volitvah. Zapisnik vodi tajnik, ki nima glasu."
    denied = "Svet ne more sam sklicati seje v 60 dneh po volitvah. Zapisnik vodi tajnik, ki nima glasu."
    beside = "Svet lahko skliče sejo v 60 dneh po volitvah. Zapisnika ne vodi tajnik, ki nima glasu."
    demand = changing("60", "30", "k")
    finding = found(demand, {"k": denied}, {"k": draft})
    assert (finding.verdict, finding.taken, finding.share) == (PART, ("60",), 1.0)
    assert found(demand, {"k": beside}, {"k": draft}).verdict is VERBATIM


def test_a_negation_that_stays_although_it_was_to_go_is_no_opposite() -> None:
    demand = changing("Rok za pripombe je 30 dni od objave in v času počitnic teče.")
    assert found(demand, adopting()).verdict is NOT


@pytest.mark.parametrize(
    ("was", "asked", "became", "verdict"),
    [
        ("trideset", "šestdeset", "petnajst", OPPOSITE),
        ("tridesetih", "šestdesetih", "petinštiridesetih", NOT),
        ("thirty", "sixty", "fifteen", OPPOSITE),
        ("deux", "quatre", "six", NOT),
        ("quatre", "cinq", "trois", OPPOSITE),
        ("1.500", "2.000", "1.000", OPPOSITE),
        ("1,5", "2,5", "0,5", OPPOSITE),
        ("3 000", "4 000", "4 000", VERBATIM),
        ("30", "dolg", "15", NOT),
    ],
)
def test_numbers_in_figures_and_in_words(was: str, asked: str, became: str, verdict: Verdict) -> None:
    draft, adopted = (f"Rok znaša največ {number} dni od objave." for number in (was, became))
    demand = changing(f"Rok znaša največ {asked} dni od objave.", draft, "k")
    assert found(demand, {"k": adopted}, {"k": draft}).verdict is verdict


def test_what_was_to_be_changed_and_is_gone_is_the_opposite() -> None:
    finding = found(changing(LONGER), adopting(b=""))
    assert (finding.verdict, finding.missing, finding.keys) == (OPPOSITE, ("60",), ())


def test_what_was_to_be_changed_and_was_rewritten_is_no_opposite() -> None:
    adopted = {"a": PUBLISHED, "x": "O trajanju razprave odloči župan s sklepom.", "c": MONEY, "d": ANSWER}
    assert found(changing(LONGER), adopted).verdict is NOT


def deleting(existing: str, key: str = "b") -> Demand:
    return Demand("delete", existing, "", (key,))


LIST = "Svet imenuje župan, ki ga lahko razreši, na predlog občinskega sveta in društev."
DELETIONS = [
    (deleting(TERM), adopting(b=""), VERBATIM, 1.0),
    (deleting(TERM), adopting(), NOT, 0.0),
    (deleting(TERM), adopting(b=LONGER), NOT, 0.0),
    # Moved, joined and repeated.
    (deleting(TERM), {"a": PUBLISHED, "c": MONEY, "x": TERM, "d": ANSWER}, NOT, 0.0),
    (deleting(TERM), {"a": f"{PUBLISHED} {TERM}", "c": MONEY, "d": ANSWER}, NOT, 0.0),
    (deleting(TERM), {"a": PUBLISHED, "b": TERM, "x": TERM, "c": MONEY, "d": ANSWER}, OPPOSITE, 0.0),
    # Words of a provision.
    (deleting("in v času počitnic ne teče"), adopting(b="Rok za pripombe je 30 dni od objave."), VERBATIM, 1.0),
    (deleting("30"), adopting(b=TERM.replace("30 ", "")), VERBATIM, 1.0),
    (deleting("30"), adopting(), NOT, 0.0),
    (deleting(TERM), adopting(b="Rok za pripombe je 30 dni od objave."), PART, 0.5),
    (deleting("Česar v osnutku ni in nikoli ni bilo v njem zapisano."), adopting(), NOT, 0.0),
    (deleting(""), adopting(b=""), VERBATIM, 1.0),
]


@pytest.mark.parametrize(("demand", "adopted", "verdict", "share"), DELETIONS)
def test_a_deletion(demand: Demand, adopted: dict[str, str], verdict: Verdict, share: float) -> None:
    finding = found(demand, adopted)
    assert (finding.verdict, finding.taken, finding.missing) == (verdict, (), ())
    assert finding.share == pytest.approx(share, abs=0.15)


NEW = "O poteku razprave občina vodi javni zapisnik in ga objavi v petih dneh."


def adding(demanded: str, key: str = "b") -> Demand:
    return Demand("add", TERM, demanded, (key,))


def placed(text: str, after: str = "b") -> dict[str, str]:
    """The draft with a new provision behind one."""
    made: dict[str, str] = {}
    for key, own in DRAFT.items():
        made[key] = own
        if key == after:
            made["new"] = text
    return made


ADDITIONS = [
    (adding(NEW), placed(NEW), VERBATIM, ("new",)),
    (adding(NEW), placed(NEW, after="d"), VERBATIM, ("new",)),
    (adding(NEW), adopting(b=f"{TERM} {NEW}"), VERBATIM, ("b",)),
    (adding(f"{TERM} {NEW}"), adopting(b=f"{TERM} {NEW}"), VERBATIM, ("b",)),
    (adding(NEW), adopting(), NOT, ()),
    (adding(NEW), placed("O poteku razprave občina vodi javni zapisnik."), PART, ("new",)),
    # A few words, between words of the draft.
    (adding("in predloge"), adopting(b=TERM.replace("pripombe", "pripombe in predloge")), VERBATIM, ("b",)),
    (adding("60"), placed("Dodatni rok znaša 60 dni."), NOT, ()),
    (adding("objavi"), adopting(), NOT, ()),
    # Words that the draft has elsewhere already.
    (adding(MONEY), adopting(), NOT, ()),
    (adding(""), placed(NEW), NOT, ()),
]


@pytest.mark.parametrize(("demand", "adopted", "verdict", "keys"), ADDITIONS)
def test_an_addition(demand: Demand, adopted: dict[str, str], verdict: Verdict, keys: tuple[str, ...]) -> None:
    finding = found(demand, adopted)
    assert (finding.verdict, finding.keys) == (verdict, keys)


def test_what_the_draft_said_already_is_nobodys_uptake() -> None:
    assert found(changing(TERM, "Rok je poljuben."), adopting()).verdict is NOT
    assert found(changing(TERM), adopting()).verdict is NOT
    assert found(changing(TERM), adopting(b=LONGER)).verdict is NOT
    assert found(changing(MONEY), adopting()).verdict is NOT


def test_an_article_that_was_divided() -> None:
    whole, first, second = f"{TERM} {ANSWER}", LONGER, ANSWER.replace("15", "8")
    demand = changing(f"{first} {second}", whole, "k")
    finding = found(demand, {"k": first, "new": second}, {"k": whole})
    assert (finding.verdict, finding.keys) == (VERBATIM, ("k", "new"))


def test_articles_that_were_joined() -> None:
    finding = found(changing(LONGER), {"a": f"{PUBLISHED} {LONGER}", "c": MONEY, "d": ANSWER})
    assert (finding.verdict, finding.keys) == (VERBATIM, ("a",))


def test_a_demand_on_several_provisions() -> None:
    demand = Demand("change", f"{PUBLISHED}\n{TERM}", f"{PUBLISHED}\n{LONGER}", ("a", "b"))
    finding = found(demand, adopting(b=LONGER))
    assert (finding.verdict, finding.taken, finding.keys) == (VERBATIM, ("60",), ("b",))


def test_a_change_of_signs_alone() -> None:
    with_comma = TERM.replace("objave in", "objave, in")
    assert found(changing(with_comma), adopting(b=with_comma)).verdict is VERBATIM
    assert found(changing(with_comma), adopting()).verdict is NOT
    assert found(changing(f" {TERM[:-1]};"), adopting()).verdict is NOT


def test_a_change_of_capitals_within_a_sentence() -> None:
    draft, adopted = "Kdor je slovenec, sme voliti.", "Kdor je Slovenec, sme voliti."
    assert found(changing(adopted, draft, "k"), {"k": adopted}, {"k": draft}).verdict is VERBATIM
    assert found(changing(adopted, draft, "k"), {"k": draft}, {"k": draft}).verdict is NOT


def test_words_that_look_alike_are_the_same() -> None:
    decomposed = "Društva in c\u030clani vodijo e\u2011poštni imenik\u00a0članov."
    composed = "Društva in člani vodijo e-poštni ime\u00adnik članov."
    draft = {"k": "Društva vodijo imenik članov."}
    assert found(changing(composed, draft["k"], "k"), {"k": decomposed}, draft).verdict is VERBATIM


def test_demands_answer_in_their_order() -> None:
    demands = [changing("60", "30"), deleting(MONEY, "c"), changing("45", "30")]
    findings = find_uptake(demands, provisions(DRAFT), provisions(adopting(b=LONGER, c="")))
    assert [finding.verdict for finding in findings] == [VERBATIM, VERBATIM, NOT]
    assert find_uptake([], provisions(DRAFT), provisions(DRAFT)) == []


ODD = st.one_of(
    st.text(st.characters(), max_size=40),
    st.lists(st.sampled_from(["rok", "30", "60", "dni", "ne", ",", "Ž", "😀", "\x00", "\x01", "\u0301"])).map(
        " ".join
    ),
)
KEYS = st.sampled_from(["a", "b", "c", "d", ""])
TEXTS = st.lists(st.builds(Adopted, KEYS, ODD), max_size=6)
DEMANDS = st.lists(
    st.builds(
        Demand,
        st.sampled_from(["add", "change", "delete"]),
        ODD,
        ODD,
        st.lists(KEYS, max_size=3).map(tuple),
    ),
    max_size=5,
)


def demand_sound(demands: Sequence[Demand], adopted: Sequence[Adopted], findings: Sequence[Finding]) -> None:
    assert len(findings) == len(demands)
    for demand, finding in zip(demands, findings, strict=True):
        at = 0
        for passage in finding.taken:
            assert passage
            at = demand.demanded.index(passage, at) + len(passage)
        assert all(passage and passage in demand.demanded for passage in finding.missing)
        assert set(finding.keys) <= {one.key for one in adopted}
        assert 0 <= finding.share <= 1
        assert finding.verdict is not Verdict.VERBATIM or (finding.share == 1 and not finding.missing)
        assert finding.verdict in (Verdict.VERBATIM, Verdict.PART) or not finding.taken


@settings(max_examples=300)
@given(DEMANDS, TEXTS, TEXTS)
def test_any_texts_are_judged(demands: list[Demand], draft: list[Adopted], adopted: list[Adopted]) -> None:
    demand_sound(demands, adopted, find_uptake(demands, draft, adopted))


@given(st.lists(sentences, min_size=1, max_size=5), st.data())
def test_what_was_adopted_and_is_not_the_draft_is_verbatim(texts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts) - 1))
    new = data.draw(sentences.filter(lambda text: text != texts[place]))
    draft = [Adopted(str(at), text) for at, text in enumerate(texts)]
    adopted = [Adopted(one.key, new) if at == place else one for at, one in enumerate(draft)]
    demand = Demand("change", texts[place], new, (str(place),))
    findings = find_uptake([demand], draft, adopted)
    demand_sound([demand], adopted, findings)
    assert findings[0].verdict is Verdict.VERBATIM


@given(ODD.filter(str.strip), ODD)
def test_so_is_any_text(new: str, old: str) -> None:
    same = " ".join(new.split()) == " ".join(old.split())
    finding = find_uptake([Demand("change", old, new, ("a",))], [Adopted("a", old)], [Adopted("a", new)])[0]
    assert (finding.verdict is Verdict.VERBATIM) is not same


@given(st.lists(sentences, min_size=1, max_size=5), sentences, st.integers(0, 4))
def test_of_a_draft_that_was_adopted_as_it_was_nothing_is_uptake(texts: list[str], wording: str, place: int) -> None:
    draft = [Adopted(str(at), text) for at, text in enumerate(texts)]
    one = draft[place % len(draft)]
    demands = [Demand(action, one.text, wording, (one.key,)) for action in ("add", "change", "delete")]
    assert {finding.verdict for finding in find_uptake(demands, draft, draft)} == {Verdict.NOT}


def test_large_texts_that_repeat_themselves_take_no_longer_than_others() -> None:
    chance = random.Random(3)
    words = ["rok", "dni", "občina", "svet", "30", "60", "ne", "in"]

    def text(length: int) -> str:
        return " ".join(chance.choices(words, k=length))

    draft = [Adopted(str(at), text(60)) for at in range(1930)]
    adopted = [Adopted(one.key, text(60)) if at % 3 == 0 else one for at, one in enumerate(draft) if at % 10]
    actions = ["change", "add", "delete"]
    demands = [Demand(chance.choice(actions), one.text, text(120), (one.key,)) for one in chance.sample(draft, 180)]
    everything = " ".join(one.text for one in draft[:300])
    keys = tuple(one.key for one in draft[:300])
    demands += [Demand(chance.choice(actions), everything, text(8000), keys) for _ in range(10)]
    demands += [Demand("change", VOICES[0] * 400, VOICES[1] * 400, ("20",)) for _ in range(10)]
    begun = time.process_time()
    demand_sound(demands, adopted, find_uptake(demands, draft, adopted))
    assert time.process_time() - begun < 5
