#!/usr/bin/env python
"""Django's command line. Which settings is said by the environment; only the demonstration begins without."""

import os
import sys

DEMONSTRATION = ("prepare_demo", "serve_demo")
WANTED = """\
DJANGO_SETTINGS_MODULE is not set, and nothing is guessed:
  on a server:            set -a; . /etc/giamsat.env; set +a
  for the demonstration:  export DJANGO_SETTINGS_MODULE=supervision.settings.demo
  for work on the code:   export DJANGO_SETTINGS_MODULE=supervision.settings.dev\
"""

if __name__ == "__main__":
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        if not set(DEMONSTRATION) & set(sys.argv[1:2]):
            sys.exit(WANTED)
        os.environ["DJANGO_SETTINGS_MODULE"] = "supervision.settings.demo"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
