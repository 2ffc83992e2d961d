"""Which remarks on a draft ask for the same thing: proposals that a person confirms; offline, without Django.

No reading or writing of rows: `propose` takes and returns plain data, `fingerprint` keys a text.
"""

from __future__ import annotations

from supervision.drafts.grouping.proposals import Kind, Proposal, Said, propose
from supervision.drafts.grouping.reading import fingerprint

__all__ = ["Kind", "Proposal", "Said", "fingerprint", "propose"]
