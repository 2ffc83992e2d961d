"""The WSGI door for granian. Who asks, and over which scheme, proxies say: `TRUSTED_PROXIES`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings.production")
application = get_wsgi_application()
