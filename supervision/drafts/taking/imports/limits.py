"""How much one file may hold, and why a whole file is refused."""

from __future__ import annotations

MAX_ROWS = 5_000  # also of mails
MAX_COLUMNS = 100
MAX_CHARACTERS = 10_000_000  # of a whole file: some 3,000 pages
MAX_FILES = 200  # attached to the mails of one file: each is looked at in a child while somebody waits
HEADING_WITHIN = 20  # rows from the top


class Refused(Exception):
    """The file is not read; the message is a key of SENTENCES in `drafts.intake_files`."""
