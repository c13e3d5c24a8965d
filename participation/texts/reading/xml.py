"""Small words for walking office XML, whatever prefix or edition its namespaces have."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from participation.texts.provisions import Unreadable


def parse(content: bytes) -> Element:
    """The root of a part that safety.read_part let through."""
    try:
        # There is no DTD in it, so no entity can grow and nothing can be fetched.
        return fromstring(content)  # noqa: S314
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable("truncated") from error


def name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, wanted: str) -> str | None:
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == wanted:
            return value
    return None


def child(element: Element | None, wanted: str) -> Element | None:
    return next(children(element, wanted), None)


def children(element: Element | None, wanted: str) -> Iterator[Element]:
    for one in element if element is not None else ():
        if name(one) == wanted:
            yield one


def value(element: Element | None, wanted: str) -> str | None:
    """The `val` of a child, as office XML states most properties."""
    return attribute(child(element, wanted), "val")


def number(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def is_on(element: Element | None) -> bool:
    """Whether a switch like `<w:b/>` is there and not switched off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off", "none")
