#!/usr/bin/env python
"""Django's command line; the demo settings are the default on a laptop."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
