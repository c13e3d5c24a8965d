"""Words that only this installation can make: the proof inside an address that opens something without an account.

A seal is an HMAC of the purpose and the thing it is for. It can be made again whenever a mail needs it,
so that neither the database nor the outbox ever holds it: whoever reads a copy of them opens nothing.
A new secret key ends every seal at once, which is what a stolen key asks for.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from flask import current_app


def seal(purpose: str, key: str) -> str:
    """43 characters (256 bits) for an address; another purpose or key gives others."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    own = hmac.digest(secret, f"seal\0{purpose}".encode(), hashlib.sha256)
    return (
        base64.urlsafe_b64encode(hmac.digest(own, key.encode("utf-8", "replace"), hashlib.sha256))
        .rstrip(b"=")
        .decode()
    )


def is_seal(purpose: str, key: str, said: str) -> bool:
    """Compared in the same time whatever is wrong with it."""
    return hmac.compare_digest(seal(purpose, key).encode(), said.encode("utf-8", "replace"))
