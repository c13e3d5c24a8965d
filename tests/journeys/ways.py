"""How a person works a page: with a mouse, or with the keyboard alone."""

from __future__ import annotations

from datetime import date
from typing import Any

MOST_STOPS = 900
# What a focused element must show: an outline that is drawn, or the frame of a field that changed.
IS_FOCUS_SEEN = """element => {
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return outlined || style.boxShadow !== 'none';
}"""


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, target: Any) -> None:
        """A click; where another page comes of it, it is there whole before anything is asked of it."""
        target.click()
        self.page.wait_for_load_state()

    def write(self, target: Any, words: str) -> None:
        target.fill(words)

    def write_day(self, target: Any, day: date) -> None:
        target.fill(day.isoformat())

    def tick(self, target: Any) -> None:
        target.check()

    def choose(self, target: Any, label: str) -> None:
        target.select_option(label=label)

    def give_file(self, target: Any, path: Any) -> None:
        target.set_input_files(path)


class Keyboard:
    """Nothing but keys: Tab to the element, and the key that works it. Every stop must show where it is."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.unseen: list[str] = []

    def _reach(self, target: Any, key: str = "Tab") -> None:
        target.wait_for(state="attached")
        element = target.element_handle()
        for _stop in range(MOST_STOPS):
            if self.page.evaluate("element => element === document.activeElement", element):
                break
            self.page.keyboard.press(key)
        else:
            raise AssertionError(f"the keyboard never comes to {target} on {self.page.url}")
        if not self.page.evaluate(IS_FOCUS_SEEN, element):
            self.unseen.append(f"{self.page.url}: {element.evaluate('element => element.outerHTML.slice(0, 120)')}")

    def press(self, target: Any) -> None:
        """Enter on a link or a button; waits until another page, or another place of this one, stands there."""
        self._reach(target)
        here = self.page.url
        self.page.evaluate("window.isHere = true")
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("here => !window.isHere || location.href !== here", arg=here)
        self.page.wait_for_load_state()

    def write(self, target: Any, words: str) -> None:
        self._reach(target)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(words)

    def write_day(self, target: Any, day: date) -> None:
        """A date field takes the parts in the order of the browser's own language."""
        self._reach(target)
        for order in ("%m%d%Y", "%d%m%Y"):
            self.page.keyboard.type(day.strftime(order))
            if target.input_value() == day.isoformat():
                return
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{day} could not be typed into {target}")

    def tick(self, target: Any) -> None:
        if target.is_checked():
            return
        if target.get_attribute("type") == "radio":
            self._reach_radio(target)
        else:
            self._reach(target)
            self.page.keyboard.press("Space")
        assert target.is_checked(), f"{target} cannot be ticked with the keyboard"

    def _reach_radio(self, target: Any) -> None:
        """Tab comes to one button of a group; the arrows go on from there and choose."""
        name = target.get_attribute("name")
        for _stop in range(MOST_STOPS):
            if self.page.evaluate("name => document.activeElement.name === name", name):
                break
            self.page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            self.page.keyboard.press("Space")
        for _button in range(20):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def choose(self, target: Any, label: str) -> None:
        self._reach(target)
        self.page.keyboard.type(label)
        chosen = target.evaluate("element => element.selectedOptions[0].label")
        assert chosen == label, f"typing {label!r} chose {chosen!r}"

    def give_file(self, target: Any, path: Any) -> None:
        self._reach(target)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(path)
