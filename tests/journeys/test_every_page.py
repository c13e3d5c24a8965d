"""Every page in every state: axe finds nothing, no policy is violated, nothing sticks out sideways.

The worlds hold nothing at all, and 0, 1, 3 and 300 of everything. Each page is judged in Slovenian on a
light phone of 320 pixels and in English on a dark desk; `make pictures` judges all the other combinations.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from pictures.studio import Camera, studio
from pictures.worlds import NOTHING

pytestmark = pytest.mark.browser
LOOKS = ((320, "light", "sl"), (1280, "dark", "en"))


@pytest.mark.parametrize("number", [NOTHING, 0, 1, 3, 300])
def test_no_page_of_a_world_has_a_fault(browser: Any, number: int) -> None:
    faults = []
    with studio(number) as place:
        pages = sorted(place.pages, key=lambda page: page.role)
        for role, group in groupby(pages, key=lambda page: page.role):
            of_role = list(group)
            for width, scheme, language in LOOKS:
                camera = Camera(browser, place, role, language, scheme)
                for page in of_role:
                    found = camera.open(page, width) + camera.judge()
                    faults += [f"{page.name} ({role}, {width}, {scheme}, {language}): {fault}" for fault in found]
                camera.close()
    assert not faults, "\n".join(faults)
