from __future__ import annotations

from typing import Any

import pytest
from factories import ConsultationFactory, OrganisationFactory
from redlines.making import FIRST, SECOND


@pytest.fixture
def consultation(app: Any) -> Any:
    made = ConsultationFactory(slug="parki", title="Odlok o parkih", language="sl")
    for provision, text in zip(made.versions[0].provisions, (FIRST, SECOND), strict=True):
        provision.kind, provision.label, provision.text = "paragraph", "", text
    return made


@pytest.fixture
def lipa(app: Any) -> Any:
    return OrganisationFactory(name="Društvo Lipa", slug="drustvo-lipa")


@pytest.fixture
def hrast(app: Any) -> Any:
    return OrganisationFactory(name="Zavod Hrast", slug="zavod-hrast")
