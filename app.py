"""The door: `flask --app app ...` and `gunicorn app:app` come in here."""

import gc

from participation import create_app
from participation.config import BadSetting
from participation.foundation.entries import InstallationError

try:
    app = create_app()
except (BadSetting, InstallationError) as error:
    raise SystemExit(f"Soglasje does not start: {error}") from None

# What the program consists of never goes away: the collector of garbage need not look at it
# again and again, which shows in the time of long pages.
gc.freeze()
gc.set_threshold(20_000, 20, 50)
