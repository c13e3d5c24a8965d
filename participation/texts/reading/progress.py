"""How far the reading of a draft has come, as the reading itself counts it.

The process that reads has one listener, or none; every reader tells it what it has done. Steps:
recognised (format), read (done, of, unit: page or paragraph; no numbers while another program
reads), structured (done, of, chapters, articles), doubted (count).
"""

import time
from collections.abc import Callable
from typing import Any

Listener = Callable[[dict[str, Any]], None]

# More often than this nobody can see a difference.
SECONDS_BETWEEN = 0.1

_listener: Listener | None = None
_last: tuple[str, float] = ("", 0.0)


def listen(listener: Listener | None) -> None:
    """Have this listener told of every step from now on; None ends it."""
    global _listener, _last
    _listener, _last = listener, ("", 0.0)


def tell(step: str, **facts: Any) -> None:
    """Say what was reached: always when a step begins or ends, and now and then between."""
    global _last
    if _listener is None:
        return
    moment = time.monotonic()
    is_between = _last[0] == step and facts.get("done") != facts.get("of")
    if is_between and moment - _last[1] < SECONDS_BETWEEN:
        return
    _last = (step, moment)
    _listener({"step": step, **facts})
