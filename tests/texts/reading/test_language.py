"""Which language a draft is in."""

import pytest

from participation.texts.reading.language import recognise_language

SENTENCES = {
    "sl": "Občina v skladu s tem odlokom zagotavlja pogoje za delo društev, ki so v javnem interesu, in jih objavi.",
    "hr": "Općina u skladu s ovom odlukom osigurava uvjete za rad udruga koje su od javnog interesa i objavljuje ih.",
    "en": "The municipality shall provide the conditions for the work of associations and publish them on its site.",
    "de": "Die Gemeinde sorgt für die Bedingungen der Arbeit von Vereinen und veröffentlicht sie auf der Seite.",
    "it": "Il comune assicura le condizioni per il lavoro delle associazioni che sono attive e le pubblica.",
    "hu": "Az önkormányzat a rendelet szerint biztosítja az egyesületek munkáját, és azt közzé is teszi.",
    "fr": "La commune assure les conditions de travail des associations qui sont dans le domaine public.",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES.keys())
def test_a_sentence_is_enough_to_tell_its_language(language: str, sentence: str) -> None:
    assert recognise_language(sentence) == language


@pytest.mark.parametrize("text", ["", "12 | 34", "Xyzzy plugh"])
def test_too_little_text_is_of_no_language(text: str) -> None:
    assert recognise_language(text) == ""
