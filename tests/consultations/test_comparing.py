"""Two versions of a text beside each other, and what became of the comments on the older."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, OrganisationFactory, contributor, coordinator

from participation.accounts.models import Operator
from participation.comments.models import CommentState
from participation.comments.operations import carry_comments
from participation.comments.queries import comments_beside, thread_of
from participation.consultations.models import Provision, TextVersion, VersionState
from participation.consultations.queries import Line, comparison_of
from participation.foundation.database import session
from participation.texts.differing import diff_excerpt, word_diff_html
from participation.texts.matching import Fate


def line(key: str, text: str = "", label: str = "") -> Line:
    return Line(0, key, "paragraph", label, 5, text or f"Besedilo {key}.", f"<p>{text}</p>", key)


def fates(before: str, after: str) -> list[tuple[str, str]]:
    changes = comparison_of([line(key) for key in before], [line(key) for key in after]).changes
    return [(change.line.key, change.fate.value) for change in changes if change.fate is not Fate.KEPT]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abc", "abc", []),
        ("", "ab", [("a", "added"), ("b", "added")]),
        ("ab", "", [("a", "removed"), ("b", "removed")]),
        ("abc", "axbc", [("x", "added")]),
        ("abc", "ac", [("b", "removed")]),
        ("abcd", "bcda", [("a", "moved")]),
        ("abcd", "acbd", [("c", "moved")]),
        ("abcde", "xcbe", [("a", "removed"), ("x", "added"), ("c", "moved"), ("d", "removed")]),
    ],
)
def test_provisions_are_followed_by_their_keys(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    found = fates(before, after)
    assert sorted(found) == sorted(expected)
    assert len(comparison_of([line(k) for k in before], [line(k) for k in after]).changes) == len(
        set(before) | set(after)
    )


def test_a_removed_provision_stands_where_it_stood() -> None:
    changes = comparison_of([line("a"), line("b"), line("c")], [line("a"), line("c")]).changes
    assert [change.line.key for change in changes] == ["a", "b", "c"]


def test_another_number_alone_is_no_change() -> None:
    comparison = comparison_of([line("a", label="1. člen")], [line("a", label="2. člen")])
    assert (comparison.count(Fate.KEPT), comparison.count(Fate.CHANGED), comparison.renumbered) == (1, 0, 1)


def test_unchanged_provisions_come_in_runs() -> None:
    before = [line(key) for key in "abcd"]
    after = [line("a"), line("b"), line("c", "Drugače."), line("d")]
    runs = [(is_same, [change.line.key for change in run]) for is_same, run in comparison_of(before, after).runs]
    assert runs == [(True, ["a", "b"]), (False, ["c"]), (True, ["d"])]


def test_two_texts_of_650_provisions_are_compared_within_a_second() -> None:
    words = [f"beseda{number}" for number in range(60)]
    before = [line(str(number), " ".join(words[number % 20 :])) for number in range(650)]
    after = [line(str(number), " ".join(words[number % 23 : 50])) for number in range(650)]
    begun = time.process_time()
    for change in comparison_of(before, after).changes:
        change.difference_html("inserted:", "deleted:")
    assert time.process_time() - begun < 1


def test_an_excerpt_of_a_difference_keeps_the_changes_and_a_few_words_around() -> None:
    old = (
        "Rok za pripombe ne sme biti v nobenem primeru krajši od 15 dni od dneva objave osnutka na "
        "spletni strani občine ali ministrstva."
    )
    found = diff_excerpt(word_diff_html(old, old.replace("15", "30")), 200)
    assert found == "…primeru krajši od <del>15</del><ins>30</ins> dni od dneva…"
    assert diff_excerpt(word_diff_html("", "<b> " * 200), 40).count("<b>") == 0
    assert diff_excerpt("", 200) == ""


def two_versions(**values: Any) -> Any:
    """The second text changes the first article, drops the second, and adds one."""
    consultation = ConsultationFactory(slug="parki", **values)
    first, second = consultation.versions[0].provisions
    version = TextVersion(consultation=consultation, number=2, state=VersionState.PUBLISHED, title="")
    for position, (key, label, text) in enumerate(
        ((first.key, "1. člen", "To je novo besedilo 1. člena."), ("novi", "2. člen", "Dodano.")), 1
    ):
        version.provisions.append(
            Provision(key=key, position=position, kind="article", label=label, level=4, text=text, path=label)
        )
    session.add(version)
    session.flush()
    return consultation, first, second


def read(client: Any, address: str) -> str:
    answer = client.get(address, query_string={"language": "en"})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_page_says_what_changed_and_what_became_of_the_comments(client: Any) -> None:
    consultation, first, second = two_versions()
    for provision in (first, second, second, None):
        CommentFactory(consultation=consultation, provision=provision, organisation=OrganisationFactory())
    CommentFactory(consultation=consultation, provision=first, state=CommentState.HIDDEN, excerpt="Skrito.")
    page = read(client, "/consultations/parki/compare")
    words = words_of(page)
    assert "1 provision changed 1 provision added 1 provision removed 0 provisions stayed the same" in words
    assert re.findall(r'class="change change-(\w+)" id="p-(\w+)"', page) == [
        ("changed", first.key),
        ("removed", second.key),
        ("added", "novi"),
    ]
    assert "<ins>" in page
    assert "4 comments were made on it." in words
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["0", "1", "2", "1"]
    assert "Skrito." not in page


def test_the_reading_page_leads_to_the_comparison_only_when_there_are_two(client: Any) -> None:
    ConsultationFactory(slug="eno")
    two_versions()
    assert "/compare" not in read(client, "/consultations/eno")
    assert "/consultations/parki/compare?old=1&amp;new=2" in read(client, "/consultations/parki")


@pytest.mark.parametrize(
    ("asked", "status"),
    [("", 200), ("?old=1&new=2", 200), ("?old=2&new=1", 200), ("?old=1&new=1", 404), ("?old=1&new=3", 404),
     ("?old=x", 404), ("?new=-1", 404), ("?new=" + "9" * 30, 404)],
)  # fmt: skip
def test_versions_are_chosen_by_their_numbers(client: Any, asked: str, status: int) -> None:
    two_versions()
    assert client.get("/consultations/parki/compare" + asked).status_code == status


def test_a_version_in_preparation_is_compared_only_by_those_who_lead(client: Any) -> None:
    consultation, _first, _second = two_versions()
    consultation.versions[1].state = VersionState.PREPARING
    session.commit()
    assert client.get("/consultations/parki/compare").status_code == 404
    assert client.sign_in(contributor()).get("/consultations/parki/compare").status_code == 404
    assert client.sign_in(coordinator()).get("/consultations/parki/compare").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_comparing_stays_within_its_queries(number: int, client: Any, count_queries: Any) -> None:
    consultation, first, _second = two_versions()
    for _ in range(number):
        CommentFactory(consultation=consultation, provision=first, organisation=OrganisationFactory())
    session.commit()
    with count_queries() as queries:
        assert client.get("/consultations/parki/compare").status_code == 200
    assert len([one for one in queries if not one.startswith(("BEGIN", "SAVEPOINT"))]) <= 6


def test_a_comment_stays_beside_its_provision_in_the_next_version(client: Any) -> None:
    consultation, first, second = two_versions()
    kept = CommentFactory(consultation=consultation, provision=first, organisation=OrganisationFactory())
    gone = CommentFactory(consultation=consultation, provision=second, organisation=OrganisationFactory())
    newest = consultation.versions[1]
    carry_comments(Operator(), newest)
    beside = comments_beside(newest)
    assert {place: entry.count for place, entry in beside.entries.items()} == {newest.provisions[0].id: 1}
    assert [one.id for one in thread_of(newest.provisions[0], coordinator(), 1).items] == [kept.id]
    thread = words_of(read(client, f"/consultations/parki/provisions/{first.key}"))
    assert "on version 1 of the text" in thread
    assert client.get(f"/comments/{kept.id}").location.endswith(f"/provisions/{first.key}#comment-{kept.id}")
    assert client.get(f"/comments/{gone.id}").location.endswith(f"/provisions/{second.key}#comment-{gone.id}")
