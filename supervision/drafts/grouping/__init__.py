"""Which remarks on a draft ask for the same thing: proposals that a person confirms; offline, without Django.

No reading or writing of rows: `propose` takes and returns plain data, `fingerprint` keys a text,
`asks_to_drop` reads one.
"""

from __future__ import annotations

from supervision.drafts.grouping.proposals import Apart, Kind, Proposal, Said, propose
from supervision.drafts.grouping.reading import fingerprint
from supervision.drafts.grouping.stance import asks_to_drop

__all__ = ["Apart", "Kind", "Proposal", "Said", "asks_to_drop", "fingerprint", "propose"]
