"""The demonstration: sample data, sample authority, mail to a folder; every page says so."""

from supervision.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-the-demonstration-with-sample-data-0123456789abcdef"
DEMO = True
DEMO_PASSWORD = "mau-2026"
DEMO_KEY_ROUNDS = 20_000  # of hashing the passphrase of a sample key
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"  # noqa: F405
TRUSTED_ROOTS = [KEY_ROOT / "demo-root.pem"]  # noqa: F405
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = []
