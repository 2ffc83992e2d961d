"""Steps and fields that several forms use: signing a paper, opening a case, choices."""

from __future__ import annotations

from supervision.law.basis import DECREE_30, Basis, Norm, Practice
from supervision.law.fields import FIELDS
from supervision.law.specs import Field, Party, Step, Widget
from supervision.law.text import T

SIGNERS = ("signer", "chair")
FRONT_WORKERS = ("officer",)
RESPONDERS = ("agency_responder", "agency_leader")
LEADERS = ("agency_leader",)


def text(name: str, vi: str, en: str, required: bool = True, help: T | None = None) -> Field:
    """Return a field for text of any length."""
    return Field(name, T(vi, en), required=required, help=help)


def clock(name: str, vi: str, en: str) -> Field:
    """Return a field for a time of day that may be left out."""
    help = T(
        "Ví dụ 08:00. Để trống thì văn bản chỉ ghi ngày.",
        "For example 08:00. Left empty, the paper names the day only.",
    )
    return Field(name, T(vi, en), Widget.TIME, help=help, required=False)


PLACE = Field("place", T("Địa điểm", "Place"), Widget.LINE, required=False)
PER_LINE = T("Mỗi người một dòng.", "One person per line.")

YES_NO: tuple[tuple[str, T], ...] = (
    ("yes", T("Có", "Yes")),
    ("no", T("Không", "No")),
)

SIGN_OR_RETURN: tuple[tuple[str, T], ...] = (
    ("sign", T("Ký văn bản này", "Sign this document")),
    ("return", T("Trả lại người soạn, có lý do", "Return it to the drafter, with a reason")),
)


def password_to(*decisions: str) -> Field:
    """Return the field by which a person confirms such decisions of a step: who signs proves who they are."""
    return Field(
        "password",
        T("Mật khẩu của bạn, để xác nhận ký", "Your password, to confirm signing"),
        Widget.PASSWORD,
        help=T(
            "Chỉ dùng để xác nhận đúng là bạn, không lưu lại.",
            "Only used to confirm that it is you; it is not kept.",
        ),
        required=False,
        required_when=("decision", decisions),
    )


SIGN_FIELDS = (
    Field("decision", T("Quyết định của bạn", "Your decision"), Widget.DECISION, choices=SIGN_OR_RETURN),
    Field(
        "reason",
        T("Lý do trả lại, mọi điểm cần sửa", "Why it is returned, with every point to correct"),
        required=False,
        required_when=("decision", ("return",)),
    ),
    password_to("sign"),
)


APPROVE_FIELDS = (
    Field(
        "decision",
        T("Quyết định của bạn", "Your decision"),
        Widget.DECISION,
        choices=(
            ("send", T("Duyệt và gửi", "Approve and send")),
            ("return", T("Trả lại người soạn, có lý do", "Return to the drafter, with a reason")),
        ),
    ),
    Field(
        "reason",
        T("Lý do trả lại, mọi điểm cần sửa", "Why it is returned, with every point to correct"),
        required=False,
        required_when=("decision", ("return",)),
    ),
)


def signing(
    name: str,
    *,
    of: T,
    document: str,
    stage: int,
    basis: tuple[Basis, ...],
    party: Party = Party.LEAD,
    duties: tuple[str, ...] = SIGNERS,
) -> Step:
    """Declare the step in which someone other than the drafter signs the paper `of`."""
    return Step(
        name=name,
        title=T(f"Ký {of.vi}", f"Sign the {of.en}"),
        party=party,
        duties=duties,
        basis=(*basis, Norm(DECREE_30, 13)),
        button=T(f"Ký hoặc trả lại {of.vi}", f"Sign or return the {of.en}"),
        hint=T(
            "Đọc bản in, rồi ký hoặc trả lại với mọi điểm cần sửa. Số và ngày được cấp khi ký.",
            "Read the print, then sign it or return it with every point to correct. "
            "Number and date are given on signing.",
        ),
        fields=SIGN_FIELDS,
        stage=stage,
        document=document,
    )


OUR_OWN_ORDER = Practice(
    T(
        "phân công nội bộ giữa người soạn và người ký",
        "internal division between drafting and signing",
    )
)


def opening(title: T) -> tuple[Field, ...]:
    """Return what is asked on opening a case of a form that calls its cases `title`."""
    return (
        Field("title", title, Widget.LINE),
        Field("field", T("Lĩnh vực", "Subject field"), Widget.CHOICE, choices=tuple(FIELDS.items())),
        Field(
            "annual_item",
            T("Mục trong kế hoạch năm", "Item of the annual plan"),
            Widget.PICK,
            source="annual_items",
            help=T(
                "Chỉ có mục đã ban hành theo đúng hình thức này, do tổ chức của bạn chủ trì và chưa mở hồ sơ. "
                "Không theo kế hoạch năm thì để nguyên và nêu căn cứ ở dưới.",
                "Items that were issued in this very form, that your organization chairs and no case carries out "
                "yet. Leave it as it is when the case is not of the annual plan, and give the grounds below.",
            ),
            empty=T("Không theo kế hoạch năm", "Not of the annual plan"),
            required=False,
        ),
        Field(
            "grounds",
            T("Căn cứ mở hồ sơ", "Grounds for opening the case"),
            help=T(
                "Kế hoạch, phản ánh của người dân, báo chí, đề nghị của tổ chức thành viên.",
                "The plan, citizens' reflections, the press, proposals of member organizations.",
            ),
        ),
    )


OPENING = opening(T("Tên cuộc giám sát", "Title of the supervision"))
#: Of a form in which no item of an annual plan is planned.
UNPLANNED = tuple(field for field in OPENING if field.name != "annual_item")
