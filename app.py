"""The door: `flask --app app ...` and `gunicorn app:app` come in here."""

from participation import create_app

app = create_app()
