"""The door: `flask --app app ...` and `gunicorn app:app` come in here."""

from participation import create_app
from participation.config import BadSetting
from participation.foundation.entries import InstallationError

try:
    app = create_app()
except (BadSetting, InstallationError) as error:
    raise SystemExit(f"Soglasje does not start: {error}") from None
