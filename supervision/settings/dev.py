"""Working on the code."""

from supervision.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-a-developers-machine-never-for-a-server-0123456789"
DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"  # noqa: F405
