"""Which remarks on a draft ask for the same thing: proposals that a person confirms; offline, without Django.

No reading or writing of rows: `propose` takes and returns plain data, `fingerprint` keys a text, `keeping`
and `dropping` read one.
"""

from __future__ import annotations

from supervision.legaltext.grouping.demands import Demand, dropping, keeping
from supervision.legaltext.grouping.proposals import Apart, Kind, Proposal, Said, propose
from supervision.legaltext.grouping.reading import fingerprint

__all__ = ["Apart", "Demand", "Kind", "Proposal", "Said", "dropping", "fingerprint", "keeping", "propose"]
