"""A draft and its versions, what was said about it, what its agency answered, the table as a file."""

from supervision.drafts.models.answer import Answer, AnswerRound
from supervision.drafts.models.comparison import Match, PairDecision, RemarkPlace
from supervision.drafts.models.contribution import Call, Contribution
from supervision.drafts.models.draft import Draft, DraftText, DraftVersion
from supervision.drafts.models.export import ExportPart, TableExport
from supervision.drafts.models.intake import Intake
from supervision.drafts.models.outcome import Outcome
from supervision.drafts.models.remark import Remark, RemarkGroup

__all__ = [
    "Answer",
    "AnswerRound",
    "Call",
    "Contribution",
    "Draft",
    "DraftText",
    "DraftVersion",
    "ExportPart",
    "Intake",
    "Match",
    "Outcome",
    "PairDecision",
    "Remark",
    "RemarkGroup",
    "RemarkPlace",
    "TableExport",
]
