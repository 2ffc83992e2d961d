"""A real server: secrets from the environment, HTTPS only, no sample content."""

from django.core.exceptions import ImproperlyConfigured

from supervision.settings.base import *  # noqa: F403

SECRET_KEY = env.str("SECRET_KEY")  # noqa: F405
if SECRET_KEY.strip(" \"'").startswith("only-for-"):  # known to everybody who has read the repository
    raise ImproperlyConfigured("SECRET_KEY is one of the repository's own; make one for this server")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY has fewer than 50 characters; make a new one for this server")
if TRUSTED_PROXIES < 0:  # noqa: F405
    raise ImproperlyConfigured("TRUSTED_PROXIES is how many proxies stand in front: 0 or more")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")  # noqa: F405
PUBLIC_URL = env.str("PUBLIC_URL").rstrip("/")  # noqa: F405
SOURCE_URL = env.str("SOURCE_URL")  # noqa: F405
SECURE_SSL_REDIRECT = True
if TRUSTED_PROXIES:  # noqa: F405
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-phien"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
KNOWN_BROWSER_COOKIE = "__Host-may-quen"
