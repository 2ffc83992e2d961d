"""What both boards of a commune do: public programme, plan, minutes, confirmed paper, settlement, report.

A form says on which norms its board stands, and adds its own notice (Joint Resolution 403 Art 10-11).
"""

from supervision.law.forms.boards.norms import HEADS, MEMBERS, BoardNorms, stages
from supervision.law.forms.boards.reporting import (
    COVERED,
    REPORTED,
    VERDICTS,
    asking,
    judging,
    report,
    reporting,
    telling,
)
from supervision.law.forms.boards.settling import EXTENTS, confirming, settling
from supervision.law.forms.boards.supervising import FINDING_KINDS, OUTCOMES, carrying_out, planning, posting

__all__ = [
    "COVERED",
    "EXTENTS",
    "FINDING_KINDS",
    "HEADS",
    "MEMBERS",
    "OUTCOMES",
    "REPORTED",
    "VERDICTS",
    "BoardNorms",
    "asking",
    "carrying_out",
    "confirming",
    "judging",
    "planning",
    "posting",
    "report",
    "reporting",
    "settling",
    "stages",
    "telling",
]
