"""Every page in every state: axe finds nothing, no policy is violated, nothing sticks out sideways.

The worlds hold nothing at all, and 0, 1, 3 and 300 of everything. Each page of each world is judged in one
look, and the looks take turns, so that a page is seen in another one in the next world; `make pictures`
judges every page in all of them.
"""

from __future__ import annotations

from typing import Any

import pytest
from pictures.studio import Camera, studio
from pictures.worlds import NOTHING

pytestmark = pytest.mark.browser
# Width, scheme, language: the narrowest window, a phone, a tablet and a desk.
LOOKS = ((320, "light", "sl"), (1280, "dark", "en"), (360, "dark", "sl"), (768, "light", "en"))
WORLDS = (NOTHING, 0, 1, 3, 300)


@pytest.mark.parametrize("number", WORLDS)
def test_no_page_of_a_world_has_a_fault(browser: Any, number: int) -> None:
    cameras: dict[tuple[str, str, str], Camera] = {}
    faults = []
    with studio(number) as place:
        for turn, page in enumerate(place.pages, start=WORLDS.index(number)):
            width, scheme, language = LOOKS[turn % len(LOOKS)]
            key = (page.role, scheme, language)
            if key not in cameras:
                cameras[key] = Camera(browser, place, page.role, language, scheme)
            found = cameras[key].open(page, width) + cameras[key].judge()
            faults += [f"{page.name} ({page.role}, {width}, {scheme}, {language}): {fault}" for fault in found]
        for camera in cameras.values():
            camera.close()
    assert not faults, "\n".join(faults)
