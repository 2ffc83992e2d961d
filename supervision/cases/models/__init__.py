from supervision.cases.models.annual_plan import (
    AnnualPlan,
    ItemWording,
    PlanAgreement,
    PlanItem,
    PlanOverlap,
    PlanProposal,
    PlanVersion,
)
from supervision.cases.models.authorized import AuthorizedCase
from supervision.cases.models.board import Board, BoardMember, BoardSupervision, Settlement
from supervision.cases.models.case_document import CaseDocument
from supervision.cases.models.change import ChangeRequest
from supervision.cases.models.consultation import Consultation
from supervision.cases.models.criticism import Criticism
from supervision.cases.models.delegation import Delegation, DelegationMember
from supervision.cases.models.dialogue import PeopleDialogue
from supervision.cases.models.embargo import Embargo
from supervision.cases.models.extension import ExtensionRequest
from supervision.cases.models.inquiry import Inquiry, Response, SupplementRequest
from supervision.cases.models.opinion import Opinion, OpinionSource, Routing
from supervision.cases.models.planned_case import PlannedCase
from supervision.cases.models.recommendation import (
    Assessment,
    CarryingOut,
    Commendation,
    Conclusion,
    Dialogue,
    Recommendation,
    Reconsideration,
    Reply,
    Urging,
    Verification,
)
from supervision.cases.models.redaction import Redaction
from supervision.cases.models.result import Examination, Finding, ResultReport
from supervision.cases.models.session import Session, Survey
from supervision.cases.models.sheet import Sheet
from supervision.cases.models.studied_text import StudiedText

__all__ = [
    "AnnualPlan",
    "Assessment",
    "AuthorizedCase",
    "Board",
    "BoardMember",
    "BoardSupervision",
    "CarryingOut",
    "CaseDocument",
    "ChangeRequest",
    "Commendation",
    "Conclusion",
    "Consultation",
    "Criticism",
    "Delegation",
    "DelegationMember",
    "Dialogue",
    "Embargo",
    "Examination",
    "ExtensionRequest",
    "Finding",
    "Inquiry",
    "ItemWording",
    "Opinion",
    "OpinionSource",
    "PeopleDialogue",
    "PlanAgreement",
    "PlanItem",
    "PlanOverlap",
    "PlanProposal",
    "PlanVersion",
    "PlannedCase",
    "Recommendation",
    "Reconsideration",
    "Redaction",
    "Reply",
    "Response",
    "ResultReport",
    "Routing",
    "Session",
    "Settlement",
    "Sheet",
    "StudiedText",
    "SupplementRequest",
    "Survey",
    "Urging",
    "Verification",
]
