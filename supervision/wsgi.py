"""The WSGI door for granian. Who asks, and over which scheme, proxies say: `TRUSTED_PROXIES`."""

import atexit
import os
from typing import Any

from django.core.signals import request_finished
from django.utils import timezone

from supervision import requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings.production")
application = requests.application()

from supervision.limits.services import write_tallies  # noqa: E402 - needs the settings


def write_what_waits(sender: Any = None, **kwargs: Any) -> None:
    """Counts of refusals that no other refusal follows are written after any request, each minute at most."""
    write_tallies(at=timezone.now(), whatever=sender is None)


request_finished.connect(write_what_waits)
atexit.register(write_what_waits)
