"""The suite: demo content, throw-away folders, quick hashing of secrets, commits that wait for no disk."""

from supervision.settings import demo
from supervision.settings.demo import *  # noqa: F403

SECRET_KEY = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"
DEMO_KEY_ROUNDS = 1
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES = {"default": {**demo.DATABASES["default"]}}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    safe = DATABASES["default"]["OPTIONS"]
    quick = safe["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    DATABASES["default"]["OPTIONS"] = {**safe, "init_command": quick}
