"""Proposals for one provision that exclude each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, OrganisationFactory, UserFactory

from participation.comments.models import CommentKind, CommentState, WordingAction
from participation.comments.queries import clashes_on
from participation.consultations.models import Provision

EXISTING = "Rok traja trideset dni."


@pytest.fixture
def provision(app: Any) -> Provision:
    found: Provision = ConsultationFactory(slug="parki").versions[0].provisions[0]
    found.text = EXISTING
    return found


def propose(provision: Provision, wording: str, speaker: str = "", **values: Any) -> Any:
    return CommentFactory(
        consultation=provision.version.consultation,
        provision=provision,
        organisation=OrganisationFactory(name=speaker) if speaker else None,
        kind=CommentKind.WORDING,
        wording_action=WordingAction.CHANGE if wording else WordingAction.DELETE,
        wording=wording,
        **values,
    )


def told(provision: Provision) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [
        (clash.existing, [(one.words, [voice.speaker for voice in one.voices]) for one in clash.demands])
        for clash in clashes_on(provision)
    ]


def test_different_words_for_one_passage_stand_with_who_proposes_them(provision: Provision) -> None:
    propose(provision, "Rok traja šestdeset dni.", "Društvo Lipa")
    propose(provision, "Rok traja devetdeset dni.", "Zavod Hrast")
    propose(provision, "Rok traja šestdeset dni.", "Klub Breza")
    propose(provision, "Ta rok traja trideset dni.", "Klub Jelka")
    assert told(provision) == [
        ("trideset", [("šestdeset", ["Društvo Lipa", "Klub Breza"]), ("devetdeset", ["Zavod Hrast"])])
    ]


def test_who_wants_it_deleted_contradicts_all_others(provision: Provision) -> None:
    propose(provision, "", "Društvo Lipa")
    propose(provision, "Rok traja šestdeset dni.", "Zavod Hrast")
    assert told(provision) == [(EXISTING, [("", ["Društvo Lipa"]), ("Rok traja šestdeset dni.", ["Zavod Hrast"])])]


def test_proposals_that_can_both_be_had_are_no_clash(provision: Provision) -> None:
    propose(provision, "Rok traja šestdeset dni.", "Društvo Lipa")
    propose(provision, "Rok vedno traja trideset dni.", "Zavod Hrast")
    assert told(provision) == []


def test_hidden_proposals_and_names_that_are_not_public_stay_hidden(provision: Provision) -> None:
    quiet = UserFactory(name="Tiha Oseba", name_is_public=False)
    propose(provision, "Rok traja šestdeset dni.", author=quiet)
    propose(provision, "Rok traja pet dni.", "Društvo Lipa", state=CommentState.HIDDEN, hidden_because="Žaljivo.")
    assert told(provision) == []
    propose(provision, "Rok traja devetdeset dni.", "Zavod Hrast")
    assert told(provision) == [("trideset", [("šestdeset", [""]), ("devetdeset", ["Zavod Hrast"])])]


@pytest.mark.parametrize("number", [2, 30])
def test_it_takes_one_statement(number: int, provision: Provision, count_queries: Callable[[], Any]) -> None:
    for days in range(number):
        propose(provision, f"Rok traja {days} dni.", f"Društvo {days}")
    provision.version.consultation  # noqa: B018 - loaded, so that only the query itself is counted
    with count_queries() as queries:
        (clash,) = clashes_on(provision)
    assert (len(clash.demands), len([one for one in queries if one.startswith("SELECT")])) == (number, 1)


def test_the_page_of_the_provision_shows_them(provision: Provision, client: Any) -> None:
    first = propose(provision, "Rok traja šestdeset dni.", "Društvo Lipa")
    address = f"/consultations/parki/provisions/{provision.key}?language=en"
    assert "Proposals that exclude each other" not in client.get(address).text
    propose(provision, "", "Zavod Hrast")
    page = client.get(address).text
    assert "Proposals that exclude each other" in page
    assert f'<a href="/comments/{first.id}"><bdi>Društvo Lipa</bdi></a>' in page
    assert "nothing: delete them" in page
