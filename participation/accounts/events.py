"""Facts about people that other rooms may hear."""

from __future__ import annotations

from blinker import Namespace

_events = Namespace()

# A person has confirmed the email of a new account and wishes to belong to a member
# organisation, which its representative decides; sent with: user, organisation_id
user_registered = _events.signal("user-registered")

# Nobody signs in with an account any more; sent with: user
account_closed = _events.signal("account-closed")
