"""How much one file may hold, and why a whole file is refused."""

from __future__ import annotations

MAX_ROWS = 5_000  # also of mails
MAX_COLUMNS = 100
MAX_CHARACTERS = 10_000_000  # of a whole file: some 3,000 pages
HEADING_WITHIN = 20  # rows from the top


class Refused(Exception):
    """The file is not read; the message is a key of SENTENCES in `drafts.intake_files`."""
