"""People with passwords, and what the mails to them say."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from factories import UserFactory
from flask_security import hash_password
from sqlalchemy import select

from participation.accounts.models import User
from participation.foundation import outbox
from participation.foundation.database import session
from participation.web.mailing import Letter, letter_of

PASSWORD = "korenje dimnik metla"
NEW_PASSWORD = "lipa vrata oblak 7"


def person(**values: Any) -> User:
    """A person who can sign in with PASSWORD."""
    return UserFactory(password=hash_password(unicodedata.normalize("NFKD", PASSWORD)), **values)


def letters_to(address: str) -> list[Letter]:
    """What was written to an address, in the order of writing."""
    items = session.scalars(select(outbox.OutboxItem).where(outbox.OutboxItem.kind == "mail").order_by("id"))
    return [letter_of(item.payload) for item in items if item.payload["to"] == address]


def link_in(letter: Letter) -> str:
    """The path of the first link that stands on a line of its own."""
    found = re.search(r"^http://localhost:8000(/\S+)$", letter.text, re.MULTILINE)
    assert found is not None, letter.text
    return found.group(1)


def sign_in(client: Any, user: User, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/login", data={"email": user.email, "password": password, **more})


def is_signed_in(client: Any) -> bool:
    return bool(client.get("/profile").status_code == 200)
