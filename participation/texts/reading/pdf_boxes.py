"""Which printed lines stand together on a page, and in which order its boxes are read.

A box is a run of lines under each other that are alike in height and flush on one side, or
centred. Boxes are read band by band from the top, and within a band column by column.
"""

from collections.abc import Callable

from participation.texts.reading.pdf_pages import Printed

_LEADING = 0.5
_DEEPEST = 20
_OVERLAP = 1.0


def in_boxes(lines: list[Printed]) -> list[Printed]:
    """The lines in reading order, each with the number of its box; tilted ones come last."""
    upright = [line for line in lines if not line.tilted]
    ordered = _in_order(_boxes(upright), _DEEPEST) + [[line] for line in lines if line.tilted]
    for number, box in enumerate(ordered):
        for line in box:
            line.box = number
    return [line for box in ordered for line in box]


def _boxes(lines: list[Printed]) -> list[list[Printed]]:
    lines = sorted(lines, key=lambda line: (-round(line.y1), line.x0))
    head = list(range(len(lines)))

    def first(at: int) -> int:
        while head[at] != at:
            head[at] = head[head[at]]
            at = head[at]
        return at

    for at, line in enumerate(lines):
        lowest = line.y0 - _LEADING * line.size - _OVERLAP
        for below in range(at + 1, len(lines)):
            if lines[below].y1 < lowest:
                break
            if _belong_together(line, lines[below]):
                head[first(below)] = first(at)
    boxes: dict[int, list[Printed]] = {}
    for at, line in enumerate(lines):
        boxes.setdefault(first(at), []).append(line)
    return list(boxes.values())


def _belong_together(line: Printed, below: Printed) -> bool:
    reach = _LEADING * line.size
    if line.y0 - below.y1 > reach or abs(line.size - below.size) > reach:
        return False
    if below.x0 > line.x1 or below.x1 < line.x0:
        return False
    left, right = below.x0 - line.x0, below.x1 - line.x1
    return min(abs(left), abs(right), abs(left + right) / 2) < reach


def _in_order(boxes: list[list[Printed]], deepest: int) -> list[list[Printed]]:
    if len(boxes) < 2 or not deepest:
        return boxes
    parts = _parted(boxes, _top, _bottom, _OVERLAP)
    if len(parts) == 1:
        parts = _parted(boxes, _left, _right, 0.0)
    if len(parts) == 1:
        return sorted(boxes, key=lambda box: (_top(box), _left(box)))
    return [box for part in parts for box in _in_order(part, deepest - 1)]


def _parted(
    boxes: list[list[Printed]],
    start: Callable[[list[Printed]], float],
    end: Callable[[list[Printed]], float],
    overlap: float,
) -> list[list[list[Printed]]]:
    """Part the boxes wherever a strip across all of them is empty."""
    parts: list[list[list[Printed]]] = []
    reached = float("-inf")
    for box in sorted(boxes, key=start):
        if not parts or start(box) > reached - overlap:
            parts.append([])
        parts[-1].append(box)
        reached = max(reached, end(box))
    return parts


def _left(box: list[Printed]) -> float:
    return min(line.x0 for line in box)


def _right(box: list[Printed]) -> float:
    return max(line.x1 for line in box)


def _top(box: list[Printed]) -> float:
    return -max(line.y1 for line in box)


def _bottom(box: list[Printed]) -> float:
    return -min(line.y0 for line in box)
