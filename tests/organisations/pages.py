"""Reading a page of the program as a tree, with the few selectors that tests need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, SubElement

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
STEP = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<rest>(?:[.#][\w-]+|\[[\w-]+(?:=[^\]]*)?\])*)\Z")
CONDITION = re.compile(r"([.#])([\w-]+)|\[([\w-]+)(?:=([^\]]*))?\]")


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def page_of(response: Any) -> Element:
    """The tree of an answer; fails when an element is closed that is not open."""
    builder = _Builder()
    builder.feed(response.text)
    builder.close()
    return builder.root


def words(element: Element) -> str:
    """The text of an element, its spaces run together."""
    return " ".join("".join(element.itertext()).split())


def find(root: Element, selector: str) -> list[Element]:
    """The elements that `tag.class#id[attribute=value]` steps lead to: "a b" within, "a > b" directly in."""
    found = [root]
    directly = False
    for step in selector.split():
        if step == ">":
            directly = True
            continue
        inside = [child for element in found for child in (element if directly else list(element.iter())[1:])]
        found = list({id(element): element for element in inside if _fits(element, step)}.values())
        directly = False
    return found


def only(root: Element, selector: str) -> Element:
    """The one element that a selector leads to."""
    (element,) = find(root, selector)
    return element


def texts(root: Element, selector: str) -> list[str]:
    return [words(element) for element in find(root, selector)]


def _fits(element: Element, step: str) -> bool:
    match = STEP.match(step)
    assert match, f"not a selector: {step}"
    if match["tag"] and element.tag != match["tag"]:
        return False
    return all(_holds(element, condition) for condition in _conditions(match["rest"]))


def _conditions(rest: str) -> Iterator[tuple[str, str | None]]:
    for sign, name, attribute, value in CONDITION.findall(rest):
        yield ({".": "class", "#": "id"}[sign], name) if sign else (attribute, value or None)


def _holds(element: Element, condition: tuple[str, str | None]) -> bool:
    name, value = condition
    if name == "class":
        return value in element.get("class", "").split()
    return name in element.attrib if value is None else element.get(name) == value
