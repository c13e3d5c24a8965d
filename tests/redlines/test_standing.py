"""Where comments of this and of earlier versions stand in the Word file."""

from __future__ import annotations

from typing import Any

import pytest
from consultations.next_version import following, provision_with, published
from factories import CommentFactory, contributor
from redlines.making import DRAFT, FIRST, SECOND, read, stored, wording
from texts.word.edited import change, comment, docx, gone, ins, on, p, t
from texts.word.settling import authors, commented, comments

from participation.comments.models import Comment, CommentKind, FurtherChange, WordingAction
from participation.foundation.database import session
from participation.texts.provisions import Kind, Provision
from participation.texts.quoting import passages_of

ARTICLE = Provision(Kind.ARTICLE, "1. člen", 4, "(parki)")
THIRD = Provision(Kind.PARAGRAPH, "", 5, "Psi so v parku na vrvici, mačke pa ne.")


def text(*lines: str) -> list[Provision]:
    return [ARTICLE, *(Provision(Kind.PARAGRAPH, "", 5, line) for line in lines), THIRD]


def on_passage(consultation: Any, organisation: Any, provision: Any, quoted: str, source: str) -> Comment:
    passage = passages_of(provision.text, quoted)[0]
    return CommentFactory(
        consultation=consultation, provision=provision, organisation=organisation,
        source=source, kind=CommentKind.PROVISION, quote_exact=passage.exact, quote_prefix=passage.prefix,
        quote_suffix=passage.suffix, quote_start=passage.start, quote_end=passage.end,
    )  # fmt: skip


@pytest.fixture
def park(app: Any) -> Any:
    return published(text(FIRST, SECOND), slug="parki", title="Odlok o parkih", language="sl")


def test_a_comment_on_a_passage_goes_out_on_its_words(park: Any, hrast: Any, client: Any) -> None:
    on_passage(park, hrast, park.versions[0].provisions[1], "petnajst dni", "Malo.")
    assert commented(client.get(DRAFT).data) == ["petnajst dni"]


def test_and_comes_back_on_them(park: Any, lipa: Any, client: Any) -> None:
    """The same words stand there twice, and the second ones are meant."""
    provision = park.versions[0].provisions[2]
    provision.text = "Park upravlja občina, park čisti občina."
    session.commit()
    client.sign_in(contributor(lipa))
    data = docx(
        p(t(FIRST)), p(t("Park upravlja občina, park čisti "), on(1, t("občina")), t(".")), p(t(THIRD.text)),
        comments=(comment(1, "Ana", "Res?"),),
    )  # fmt: skip
    client.post(read(client, data).location, data={"chosen": ["0"]})
    one = session.query(Comment).one()
    assert (one.quote_exact, one.quote_start, one.provision.id) == ("občina", 33, provision.id)


def test_a_comment_of_an_earlier_version_stands_where_it_stands_now(park: Any, hrast: Any, client: Any) -> None:
    on_passage(park, hrast, park.versions[0].provisions[2], "letnem načrtu", "Kje je?")
    following(park, text("Uvodni odstavek.", FIRST, SECOND))
    assert commented(client.get(DRAFT).data) == ["letnem načrtu"]
    assert comments(client.get(DRAFT).data) == [("Zavod Hrast", "Kje je?")]


def test_what_was_said_of_other_words_says_so(park: Any, hrast: Any, client: Any) -> None:
    on_passage(park, hrast, park.versions[0].provisions[2], "po letnem načrtu", "Kje je?")
    following(park, text(FIRST, "Park upravlja občina po petletnem javnem načrtu."))
    ((_author, said),) = comments(client.get(DRAFT).data)
    assert said.endswith("\n\nKje je?")
    assert "»po letnem načrtu«" in said


def test_what_was_said_of_a_provision_that_is_gone_stands_after_the_one_before_it(
    park: Any, hrast: Any, client: Any
) -> None:
    on_passage(park, hrast, park.versions[0].provisions[2], "po letnem načrtu", "Kje je?")
    following(park, text(FIRST))
    data = client.get(DRAFT).data
    assert commented(data) == [FIRST]
    ((_author, said),) = comments(data)
    assert park.versions[0].provisions[2].path in said
    assert said.endswith("\n\nKje je?")


def test_a_carried_comment_that_comes_back_is_known(park: Any, hrast: Any, lipa: Any, client: Any) -> None:
    on_passage(park, hrast, park.versions[0].provisions[2], "po letnem načrtu", "Kje je?")
    on_passage(park, hrast, park.versions[0].provisions[1], "petnajst dni", "Malo.")
    following(park, text("Uvodni odstavek.", FIRST.replace("petnajst", "dvajset"), "Park je odprt."))
    client.sign_in(contributor(lipa))
    assert "Everything in this file has been posted already." in read(client, client.get(DRAFT).data).text


def test_a_wording_that_still_fits_is_tracked_in_a_later_version(park: Any, lipa: Any, client: Any) -> None:
    wording(park, 1, lipa, FIRST.replace("petnajst", "trideset"))
    wording(park, 2, lipa, SECOND.replace("letnem", "javnem"))
    version = following(park, text("Uvodni odstavek.", FIRST, "Park je odprt."))
    assert provision_with(version, FIRST[:12])
    data = client.get(DRAFT).data
    assert authors(data) == {("ins", "Društvo Lipa"), ("del", "Društvo Lipa")}
    assert any(SECOND.replace("letnem", "javnem") in said for _author, said in comments(data))


def test_all_changes_of_a_proposal_go_out_with_its_reasons_once(park: Any, lipa: Any, client: Any) -> None:
    provisions = park.versions[0].provisions
    proposal = wording(park, 1, lipa, FIRST.replace("petnajst", "trideset"), "Zaradi počitnic.")
    proposal.further_changes = [
        FurtherChange(number=1, provision=provisions[2], action=WordingAction.DELETE),
        FurtherChange(number=2, provision=provisions[3], action=WordingAction.MOVE, after=provisions[1]),
    ]
    session.commit()
    data = client.get(DRAFT).data
    assert {kind for kind, _author in authors(data)} == {"ins", "del", "moveFrom", "moveTo"}
    assert comments(data) == [("Društvo Lipa", "Zaradi počitnic.")]
    client.sign_in(contributor(lipa))
    assert "Everything in this file has been posted already." in read(client, data).text


def test_a_move_in_a_file_is_shown_and_posted(park: Any, lipa: Any, client: Any) -> None:
    by_ana = change("ins", "Ana", "")
    client.sign_in(contributor(lipa))
    data = docx(
        p(t("1. člen")), p(t("(parki)")), p(gone("Ana", FIRST), end=change("del", "Ana", "")), p(t(SECOND)),
        p(ins("Ana", FIRST), end=by_ana), p(t(THIRD.text)),
    )  # fmt: skip
    address = read(client, data).location
    assert [item["action"] for item in stored().items] == ["move"]
    assert "Naj stoji za:" in client.get(address).text
    client.post(address, data={"chosen": ["0"]})
    one = session.query(Comment).one()
    assert one.wording_action is WordingAction.MOVE
    assert (one.provision.text, one.wording_after.text) == (FIRST, SECOND)
    assert "Everything in this file has been posted already." in read(client, client.get(DRAFT).data).text
