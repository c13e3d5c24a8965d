"""Changes in the formula of the trade: "V drugem odstavku 12. člena se beseda »X« nadomesti z besedo »Y«."

Slovenian follows the drafting guidelines of the government's office for legislation (Nomotehnične smernice: a word,
two words, else a passage; what is cited stands once in the provision), English the Joint Practical Guide of the
European institutions (point 18). A change that would take many formulas is one new wording instead.
"""

from participation.texts.formulas.edits import Edit, edits_of
from participation.texts.formulas.places import Place, place_in, place_of
from participation.texts.formulas.sentences import (
    formula_of_addition,
    formula_of_change,
    formula_of_deletion,
    formula_of_move,
)

__all__ = [
    "Edit",
    "Place",
    "edits_of",
    "formula_of_addition",
    "formula_of_change",
    "formula_of_deletion",
    "formula_of_move",
    "place_in",
    "place_of",
]
