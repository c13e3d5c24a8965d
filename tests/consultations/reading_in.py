"""A draft that was sent in, read by the worker as on a server."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from participation.foundation import outbox
from participation.foundation.database import session


def work() -> None:
    """Do what is due, as the worker does in a process of its own."""
    session.commit()
    while outbox.work_once():
        pass
    session.expire_all()


def followed(client: Any, answer: Any) -> str:
    """The page that the upload leads to, once the worker has done its part."""
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert re.fullmatch(r"/desk/consultations/imports/[0-9a-f]{20}", answer.location)
    work()
    page: str = client.get(answer.location).get_data(as_text=True)
    return page


def read_in(client: Any, answer: Any) -> str:
    """The address on which the person goes on after the reading."""
    found = re.search(r'data-next="([^"]+)"', followed(client, answer))
    assert found
    link = re.findall(r'<a class="button" href="([^"]+)"', followed(client, answer))
    return unescape(link[0])
