"""`make pictures`: every page in every state, at each width, in both schemes and both languages, into pictures/.

    python tests/pictures/take.py [--world nothing|0|1|3|300 ...] [--page NAME ...] [--width N ...]
                                  [--scheme light|dark ...] [--language sl|en ...] [--no-axe]

Says what axe finds, what violates the content security policy and what sticks out sideways; fails
when there is any of it. Whether a page looks right is for people to see: open pictures/index.html.
"""

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Iterator
from itertools import groupby, product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pictures.studio import LANGUAGES, SCHEMES, WIDTHS, Camera, Studio, launch, studio  # noqa: E402
from pictures.worlds import NOTHING  # noqa: E402

FOLDER = ROOT / "pictures"
WORLDS = {"nothing": NOTHING, "0": 0, "1": 1, "3": 3, "300": 300}
# A page of 300 of everything is very long; its first part shows what the rest looks like.
TALLEST = 12_000


def main() -> int:
    chosen = _arguments()
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as driver:
        browser = launch(driver)
        for name in chosen.world:
            with studio(WORLDS[name]) as place:
                faults += _photograph(browser, place, chosen)
        browser.close()
    _write_index()
    for fault in faults:
        print(fault)
    print(f"{len(list(FOLDER.glob('*/*.png')))} pictures in {FOLDER.name}/, {len(faults)} faults")
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world", nargs="+", choices=list(WORLDS), default=list(WORLDS))
    parser.add_argument("--page", nargs="+", default=[])
    parser.add_argument("--width", nargs="+", type=int, default=list(WIDTHS))
    parser.add_argument("--scheme", nargs="+", choices=SCHEMES, default=list(SCHEMES))
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--no-axe", action="store_true")
    return parser.parse_args()


def _photograph(browser: object, place: Studio, chosen: argparse.Namespace) -> Iterator[str]:
    folder = FOLDER / place.name
    folder.mkdir(parents=True, exist_ok=True)
    pages = sorted(
        (page for page in place.pages if not chosen.page or page.name in chosen.page), key=lambda p: p.role
    )
    for (role, group), language, scheme in product(
        [(role, list(group)) for role, group in groupby(pages, key=lambda page: page.role)],
        chosen.language,
        chosen.scheme,
    ):
        camera = Camera(browser, place, role, language, scheme)
        for page, width in product(group, chosen.width):
            name = f"{page.name}-{width}-{scheme}-{language}"
            found = camera.open(page, width)
            if not chosen.no_axe:
                found += camera.judge()
            yield from (f"{place.name}/{name}: {fault}" for fault in found)
            height = min(camera.window.evaluate("document.documentElement.scrollHeight"), TALLEST)
            camera.window.screenshot(
                path=folder / f"{name}.png", full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height}
            )
        camera.close()


def _write_index() -> None:
    """All pictures on one page, small, each leading to the whole of it."""
    parts = ['<!doctype html><meta charset="utf-8"><title>Pictures</title><style>img{width:240px;height:320px;']
    parts.append("object-fit:cover;object-position:top;border:1px solid #999}figure{display:inline-block;margin:4px}")
    parts.append("figcaption{font:11px sans-serif}</style>")
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        parts.append(f"<h1>{html.escape(folder.name)}</h1>")
        for picture in sorted(folder.glob("*.png")):
            address = html.escape(f"{folder.name}/{picture.name}")
            caption = html.escape(picture.stem)
            parts.append(f'<figure><a href="{address}"><img loading="lazy" src="{address}" alt=""></a>')
            parts.append(f"<figcaption>{caption}</figcaption></figure>")
    (FOLDER / "index.html").write_text("\n".join(parts))


if __name__ == "__main__":
    sys.exit(main())
