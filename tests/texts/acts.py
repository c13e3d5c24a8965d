"""Small acts for tests of versions: articles with their paragraphs, and edits of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from participation.texts.provisions import Kind, Provision

Articles = Sequence[tuple[str, Sequence[str]]]

VOICES = (
    "Občina objavi osnutek odloka na svoji spletni strani in o tem obvesti vse nevladne organizacije na območju.",
    "Rok za pripombe ne sme biti krajši od tridesetih dni in v času šolskih počitnic ne teče.",
    "Na vsako pripombo pristojni organ odgovori pisno in svoj odgovor obrazloži najpozneje v petnajstih dneh.",
    "Sredstva za delovanje društev se razdelijo na podlagi javnega razpisa, ki ga vodi strokovna komisija.",
    "Park je javna zelena površina, namenjena počitku, igri otrok in srečevanju prebivalcev vseh starosti.",
    "Za vzdrževanje dreves skrbi upravljavec, ki enkrat na leto pripravi poročilo o njihovem zdravju.",
    "Svet za mlade ima devet članic in članov, od katerih jih pet predlagajo mladinske organizacije same.",
    "Z denarno kazenskimi določbami se kaznuje, kdor poškoduje igrala, klopi ali druge naprave v parku.",
)


def act(articles: Articles, chapter: str = "") -> list[Provision]:
    """The provisions of an act: its articles by their labels, each with the texts of its paragraphs."""
    made = [Provision(Kind.CHAPTER, chapter, 2, "SPLOŠNE DOLOČBE")] if chapter else []
    for label, paragraphs in articles:
        made.append(Provision(Kind.ARTICLE, label, 4, ""))
        made += [Provision(Kind.PARAGRAPH, "", 5, text) for text in paragraphs]
    return made


def numbered(texts: Iterable[Sequence[str]], first: int = 1) -> list[tuple[str, Sequence[str]]]:
    """Articles with running numbers."""
    return [(f"{number}. člen", paragraphs) for number, paragraphs in enumerate(texts, first)]


_WORDS = sorted({word.strip(".,") for voice in VOICES for word in voice.split()})

sentences = st.lists(st.sampled_from(_WORDS), min_size=3, max_size=25).map(
    lambda words: " ".join(words).capitalize() + "."
)
paragraphs = st.lists(sentences, min_size=1, max_size=4)
acts = st.lists(paragraphs, min_size=1, max_size=8).map(lambda texts: act(numbered(texts)))


@st.composite
def demands(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A sentence, and wordings of it that each put in, take out or change a few words."""
    existing = draw(sentences)
    return existing, [_edited(draw, existing) for _ in range(draw(st.integers(1, 4)))]


def _edited(draw: st.DrawFn, sentence: str) -> str:
    words = sentence.split()
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(words) - 1)) if words else 0
        words[place : place + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from(_WORDS[:8]), max_size=2))
    return " ".join(words)
