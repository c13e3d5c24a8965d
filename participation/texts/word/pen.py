"""What every paragraph of a draft in Word is written with: tracked words, bookmarks, comments."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from participation.texts.word.comments import Comments
from participation.texts.word.demands import Action, Demand, DraftInWord, Note, Reply
from participation.texts.word.marking import Stretch
from participation.texts.word.marks import Marks
from participation.texts.word.runs import Numbers, attributes, run

# Hidden in Word's list of bookmarks; a provision, or what is put behind one, is known by it when it comes back.
PROVISION, ARRIVAL = "_p_", "_a_"


class Pen:
    """Gives every change, bookmark and comment its number; `comments` are those that have been written."""

    def __init__(self, draft: DraftInWord) -> None:
        self.comments = Comments()
        self._draft = draft
        self._numbers = Numbers()

    # Words

    def words(self, stretch: Stretch) -> str:
        """A stretch as it stands, or as put in or taken out."""
        if not stretch.text or stretch.demand is None:
            return run(stretch.text)
        kind = way_in(stretch.demand) if stretch.is_new else way_out(stretch.demand)
        is_deleted = kind == "del"
        return f"<w:{kind} {self.change(stretch.demand)}>{run(stretch.text, is_deleted)}</w:{kind}>"

    def end(self, kind: str, demand: Demand | None) -> str:
        """The properties of a paragraph's end that somebody puts in or takes out."""
        return f"<w:rPr><w:{kind} {self.change(demand)}/></w:rPr>" if demand is not None else ""

    def change(self, demand: Demand) -> str:
        return attributes(self._numbers, demand.author, demand.when)

    def move(self, kind: str, demand: Demand, name: str) -> tuple[str, str]:
        """The beginning and the end of one side of a move, `moveFrom` or `moveTo`; both sides have one name."""
        number = self._numbers.next()
        who = attributes(self._numbers, demand.author, demand.when).partition(" ")[2]
        return (
            f'<w:{kind}RangeStart w:id="{number}" {who} w:name="{name}"/>',
            f'<w:{kind}RangeEnd w:id="{number}"/>',
        )

    # Bookmarks

    def bookmark(self, name: str) -> tuple[str, str]:
        """The beginning and the end of a bookmark."""
        number = self._numbers.next()
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'

    def bookmark_of_arrival(self, demand: Demand) -> tuple[str, str]:
        """Several may be put behind one provision: each has a name of its own."""
        return self.bookmark(f"{ARRIVAL}{self._numbers.next()}_{demand.anchor}")

    # Comments

    def reasons(self, demands: Iterable[Demand]) -> dict[int, Marks]:
        """The comments beside demands that have anything to say, by the identity of the demand."""
        return {
            id(one): self._comment(one.author, one.when, one.reasons, one.replies, one.number)
            for one in demands
            if one.reasons or one.replies
        }

    def excluded(self, demand: Demand) -> Marks:
        says = self._draft.excluded(demand)
        return self._comment(demand.author, demand.when, says, demand.replies, demand.number)

    def note(self, note: Note) -> Marks:
        return self._comment(note.author, note.when, note.text, note.replies, note.number)

    def _comment(self, author: str, when: datetime, text: str, replies: Sequence[Reply], known: int) -> Marks:
        number, paragraph = self.comments.write(author, when, text, known)
        answers = [self.comments.write(one.author, one.when, one.text, one.number, paragraph)[0] for one in replies]
        return Marks((number, *answers))


def way_out(demand: Demand) -> str:
    return "moveFrom" if demand.action is Action.MOVE else "del"


def way_in(demand: Demand) -> str:
    return "moveTo" if demand.action is Action.MOVE else "ins"
