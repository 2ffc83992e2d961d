from supervision.cases.models.board import Board, BoardMember, BoardSupervision, Settlement
from supervision.cases.models.case import Case, CaseDocument, CaseGrant, CaseNumber, Record
from supervision.cases.models.consultation import Consultation
from supervision.cases.models.delegation import Delegation, DelegationMember, DelegationPlan
from supervision.cases.models.extension import ExtensionRequest
from supervision.cases.models.inquiry import Inquiry, Response, SupplementRequest
from supervision.cases.models.recommendation import (
    Assessment,
    CarryingOut,
    Conclusion,
    Dialogue,
    Recommendation,
    Reconsideration,
    Reply,
    Urging,
    Verification,
)
from supervision.cases.models.result import Examination, Finding, ResultReport
from supervision.cases.models.session import Session, Survey
from supervision.cases.models.studied_text import StudiedText

__all__ = [
    "Assessment",
    "Board",
    "BoardMember",
    "BoardSupervision",
    "CarryingOut",
    "Case",
    "CaseDocument",
    "CaseGrant",
    "CaseNumber",
    "Conclusion",
    "Consultation",
    "Delegation",
    "DelegationMember",
    "DelegationPlan",
    "Dialogue",
    "Examination",
    "ExtensionRequest",
    "Finding",
    "Inquiry",
    "Recommendation",
    "Reconsideration",
    "Record",
    "Reply",
    "Response",
    "ResultReport",
    "Session",
    "Settlement",
    "StudiedText",
    "SupplementRequest",
    "Survey",
    "Urging",
    "Verification",
]
