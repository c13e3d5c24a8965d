"""What became of a demanded wording once the adopted text is there: word for word, in part, not, or the reverse.

Only words are judged: not spaces, kinds of quotation marks and dashes, signs between words, or the capital that
begins a sentence. A change is looked for where it differs, between the words around it, in its own provision and in
what stands where that stood; a long one anywhere. It is verbatim when all that was to be different is, even if others
changed the provision elsewhere. What the draft said there already is nobody's uptake.

What cannot be known from words, and is not claimed:

- Why words are there. Others may have asked for the same, or the authors may have come to it by themselves.
- The same in other words. "Two months" for "60 days", and another order, case or ending, are "not" or "part".
- What the rest of the provision makes of it. Only a negation that came or went close by, in the same sentence, makes
  a verbatim change a part; an exception or a condition put beside it does not.
- Short words elsewhere. Fewer than twelve words that were taken into another provision are not looked for there.
- A sign that changes the sense. A comma counts only where a demand changes nothing but signs.
- Which of several places was meant. Of a short existing wording that its provision repeats, any place will do.
- A rewritten provision. Where little of the draft is left around a change, only three words in a row or more, which
  the draft says nowhere, are taken for a part of it; single words are not.
- A deletion that put something else in the same place counts, because the words are gone. Eight words of it in a row
  that stand as often as before were kept or moved.
- Most opposites. It is one only where a number went the other way, a negation came or went in the very words, what
  was to be changed was deleted with nothing in its place, or what was to go stands more often; all else is "not".
  Keeping what was to go and making it stronger in other words is not recognised.
"""

from .demands import Adopted, Demand, Finding, Verdict
from .judging import find_uptake

__all__ = ["Adopted", "Demand", "Finding", "Verdict", "find_uptake"]
