"""What somebody answers in Word comes back as a reply to the comment that it answers."""

from __future__ import annotations

from typing import Any

from factories import CommentFactory, contributor
from redlines.making import DRAFT, FIRST, SECOND, read, wording
from sqlalchemy import select
from texts.word.edited import comment, docx, on, p, t, with_reply

from participation.comments.models import Comment, CommentState
from participation.foundation.database import session
from participation.texts.writing.archives import packed, unpacked


def remark(consultation: Any, at: int, organisation: Any, source: str, **more: Any) -> Comment:
    provision = consultation.versions[0].provisions[at]
    return CommentFactory(
        consultation=consultation, provision=provision, organisation=organisation, source=source, **more
    )


def threads() -> list[tuple[str, str]]:
    """(words, words of what they answer) of all comments."""
    rows = session.scalars(select(Comment).order_by(Comment.id))
    return [(one.source, one.parent.source if one.parent else "") for one in rows]


def test_an_answer_is_posted_as_a_reply(consultation: Any, lipa: Any, hrast: Any, client: Any) -> None:
    remark(consultation, 0, hrast, "Prekratko.")
    remark(consultation, 0, hrast, "Predolgo.")
    client.sign_in(contributor(lipa))
    data = with_reply(client.get(DRAFT).data, "Predolgo.", "Društvo Lipa", "Ni res.")
    address = read(client, data).location
    page = client.get(address).text
    assert "In answer to Zavod Hrast:" in page
    assert "Predolgo." in page
    answer = client.post(address, data={"chosen": ["0"]})
    assert "Ni res." in client.get(answer.location).text
    assert threads()[2:] == [("Ni res.", "Predolgo.")]
    assert session.scalars(select(Comment).order_by(Comment.id.desc())).first().organisation == lipa


def test_of_two_comments_of_the_same_words_the_one_that_was_answered_is_replied_to(
    consultation: Any, lipa: Any, hrast: Any, client: Any
) -> None:
    """Somebody else's words stand there twice; the file knows which of them is meant."""
    for _time in range(2):
        remark(consultation, 0, hrast, "Da.")
    client.sign_in(contributor(lipa))
    data = with_reply(client.get(DRAFT).data, "Da.", "Društvo Lipa", "Kako to?")
    client.post(read(client, data).location, data={"chosen": ["0"]})
    answered = session.scalars(select(Comment).where(Comment.source == "Kako to?")).one().parent_id
    assert answered == min(session.scalars(select(Comment.id).where(Comment.source == "Da.")))


def test_an_answer_to_a_proposed_wording_replies_to_it(consultation: Any, lipa: Any, hrast: Any, client: Any) -> None:
    wording(consultation, 0, hrast, FIRST.replace("petnajst", "trideset"), "Petnajst je malo.")
    wording(consultation, 0, hrast, FIRST.replace("petnajst", "sto"), "Sto je prav.")
    client.sign_in(contributor(lipa))
    data = with_reply(client.get(DRAFT).data, "Petnajst je malo.", "Društvo Lipa", "Res malo.")
    data = with_reply(data, "Sto je prav.", "Društvo Lipa", "Sto je preveč.")
    client.post(read(client, data).location, data={"chosen": ["0", "1"]})
    assert threads()[2:] == [("Res malo.", "Petnajst je malo."), ("Sto je preveč.", "Sto je prav.")]


def test_an_answer_to_a_reply_replies_to_the_comment_above_both(
    consultation: Any, lipa: Any, hrast: Any, client: Any
) -> None:
    first = remark(consultation, 0, hrast, "Prekratko.")
    remark(consultation, 0, lipa, "Dovolj.", parent=first)
    client.sign_in(contributor(lipa))
    data = with_reply(client.get(DRAFT).data, "Dovolj.", "Društvo Lipa", "Premislili smo si.")
    client.post(read(client, data).location, data={"chosen": ["0"]})
    assert threads()[2:] == [("Premislili smo si.", "Prekratko.")]


def test_a_file_without_our_numbers_is_known_by_names_and_words(
    consultation: Any, lipa: Any, hrast: Any, client: Any
) -> None:
    """As a program leaves it that gives every comment a new number."""
    remark(consultation, 0, hrast, "Prekratko.")
    client.sign_in(contributor(lipa))
    data = docx(
        p(on(1, t(FIRST))), p(t(SECOND)),
        comments=(comment(1, "Zavod Hrast", "Prekratko."), comment(2, "Ana", "Nikakor.")), answers={2: 1},
    )  # fmt: skip
    data = with_comment_reference(data)
    client.post(read(client, data).location, data={"chosen": ["0"]})
    assert threads()[1:] == [("Nikakor.", "Prekratko.")]


def with_comment_reference(data: bytes) -> bytes:
    """The second comment stands where the first does."""
    members = unpacked(data)
    document = members["word/document.xml"].decode()
    members["word/document.xml"] = document.replace(
        '<w:commentReference w:id="1"/>', '<w:commentReference w:id="1"/><w:commentReference w:id="2"/>'
    ).encode()
    return packed(members)


FILE = with_comment_reference(
    docx(
        p(on(1, t(FIRST))), p(t(SECOND)),
        comments=(comment(1, "Ana", "Kdo šteje dni?"), comment(2, "Bor", "Nihče.")), answers={2: 1},
    )
)  # fmt: skip


def test_an_answer_to_a_new_comment_replies_to_it_once_it_is_posted(
    consultation: Any, lipa: Any, client: Any
) -> None:
    client.sign_in(contributor(lipa))
    client.post(read(client, FILE).location, data={"chosen": ["0", "1"]})
    assert threads() == [("Kdo šteje dni?", ""), ("Nihče.", "Kdo šteje dni?")]


def test_an_answer_to_what_was_left_out_stands_alone(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    address = read(client, FILE).location
    answer = client.post(address, data={"chosen": ["1"]}, follow_redirects=True)
    assert threads() == [("Nihče.", "")]
    assert "1 reply stands as a comment of its own" in answer.text


def test_what_was_left_out_may_be_posted_later_and_is_answered_then(
    consultation: Any, lipa: Any, client: Any
) -> None:
    client.sign_in(contributor(lipa))
    address = read(client, FILE).location
    client.post(address, data={"chosen": ["0"]})
    client.post(address, data={"chosen": ["0", "1"]})
    assert threads() == [("Kdo šteje dni?", ""), ("Nihče.", "Kdo šteje dni?")]


def test_an_answer_to_a_hidden_comment_stands_alone_and_says_so(
    consultation: Any, lipa: Any, hrast: Any, client: Any
) -> None:
    hidden = remark(consultation, 0, hrast, "Žalitev.")
    client.sign_in(contributor(lipa))
    data = with_reply(client.get(DRAFT).data, "Žalitev.", "Društvo Lipa", "Prosim, spoštljivo.")
    hidden.state, hidden.hidden_because = CommentState.HIDDEN, "Žaljivo."
    session.commit()
    address = read(client, data).location
    page = client.get(address).text
    assert "answers a comment that is not there to be replied to" in page
    assert "Žalitev." not in page
    client.post(address, data={"chosen": ["0"]})
    assert threads()[1:] == [("Prosim, spoštljivo.", "")]


def test_a_comment_that_is_hidden_between_preview_and_posting_is_not_replied_to(
    consultation: Any, lipa: Any, hrast: Any, client: Any
) -> None:
    hidden = remark(consultation, 0, hrast, "Žalitev.")
    client.sign_in(contributor(lipa))
    address = read(client, with_reply(client.get(DRAFT).data, "Žalitev.", "Društvo Lipa", "Prosim.")).location
    hidden.state, hidden.hidden_because = CommentState.HIDDEN, "Žaljivo."
    session.commit()
    client.post(address, data={"chosen": ["0"]})
    assert threads()[1:] == [("Prosim.", "")]


def test_the_words_of_a_comment_that_somebody_changed_are_not_chosen(
    consultation: Any, lipa: Any, client: Any
) -> None:
    remark(consultation, 0, lipa, "Prekratko.")
    client.sign_in(contributor(lipa))
    members = unpacked(client.get(DRAFT).data)
    members["word/comments.xml"] = members["word/comments.xml"].replace(b"Prekratko.", b"Veliko prekratko.")
    page = client.get(read(client, packed(members)).location).text
    assert "This changes the words of a comment" in page
    assert " checked" not in page


def test_a_comment_that_lost_the_name_of_its_author_is_known(
    consultation: Any, lipa: Any, hrast: Any, client: Any
) -> None:
    """Word's document inspector takes names out and leaves everything else."""
    remark(consultation, 0, hrast, "Prekratko.")
    client.sign_in(contributor(lipa))
    members = unpacked(client.get(DRAFT).data)
    members["word/comments.xml"] = members["word/comments.xml"].replace(b"Zavod Hrast", b"Avtor")
    assert "Everything in this file has been posted already." in read(client, packed(members)).text
