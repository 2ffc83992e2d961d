"""A draft and its versions, what was said about it, what its agency answered, the table as a file."""

from supervision.drafts.models.answer import Answer, AnswerRound
from supervision.drafts.models.draft import Draft, DraftText, DraftVersion
from supervision.drafts.models.export import ExportPart, TableExport
from supervision.drafts.models.remark import Remark

__all__ = [
    "Answer",
    "AnswerRound",
    "Draft",
    "DraftText",
    "DraftVersion",
    "ExportPart",
    "Remark",
    "TableExport",
]
