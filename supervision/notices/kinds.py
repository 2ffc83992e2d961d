"""What people are told, and which duties of an organization a mail about it reaches."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.law.text import T
from supervision.organizations.models import Duty

WORKERS = (Duty.OFFICER, Duty.CLERK, Duty.RESPONDER)
HEADS = (Duty.CHAIR, Duty.SIGNER, Duty.LEADER)


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice: its subject line (no case content) and the duties it is mailed to."""

    code: str
    subject: T
    duties: tuple[Duty, ...] = (*WORKERS, Duty.LEADER)


_ALL = (
    NoticeKind("task.offered", T("Có việc mới đang chờ", "New work is waiting")),
    NoticeKind("task.assigned", T("Bạn được giao một việc", "A piece of work was assigned to you")),
    NoticeKind("task.reminded", T("Lãnh đạo nhắc một việc bạn giữ", "A head reminds you of your work")),
    NoticeKind(
        "task.released",
        T("Một việc trở lại hàng chờ vì người giữ đã thôi nhiệm vụ", "Work of someone who left is back"),
        (*WORKERS, *HEADS),
    ),
    NoticeKind(
        "task.without_holder",
        T("Có việc không ai đang giữ nhiệm vụ làm được", "Work that nobody in office may do"),
        (*WORKERS, *HEADS, Duty.ADMINISTRATOR),
    ),
    NoticeKind(
        "substitution.recorded", T("Có đồng nghiệp vắng mặt, có người làm thay", "A colleague is away")
    ),
    NoticeKind(
        "certificate.expires",
        T("Một chứng thư số sắp hết hạn", "A signing certificate is about to expire"),
        (Duty.CLERK, *HEADS),
    ),
    NoticeKind("case.opened", T("Một hồ sơ giám sát được mở", "A supervision case was opened")),
    NoticeKind("case.changed", T("Một hồ sơ giám sát có thay đổi", "A supervision case has changed")),
    NoticeKind("case.cancelled", T("Một cuộc giám sát đã hủy", "A supervision was cancelled")),
    NoticeKind("case.closed", T("Một hồ sơ giám sát đã kết thúc", "A supervision case was closed")),
    NoticeKind("session.set", T("Lịch làm việc được ấn định", "A working session was set")),
    NoticeKind("session.moved", T("Lịch làm việc thay đổi", "A working session was moved")),
    NoticeKind("inquiry.sent", T("Có yêu cầu mới gửi đến cơ quan bạn", "A new inquiry was sent to you")),
    NoticeKind("inquiry.withdrawn", T("Một yêu cầu đã được rút", "An inquiry was withdrawn")),
    NoticeKind("inquiry.returned", T("Cần bổ sung câu trả lời", "A response needs completing")),
    NoticeKind("response.submitted", T("Có câu trả lời mới", "A new response has come")),
    NoticeKind("response.accepted", T("Câu trả lời đã được tiếp nhận", "Your response was accepted")),
    NoticeKind(
        "consultation.asked",
        T("Có công văn xin ý kiến gửi đến bạn", "You are asked for an opinion"),
        (*WORKERS, *HEADS, Duty.EXPERT),
    ),
    NoticeKind(
        "draft.asked",
        T("Tổ chức bạn được mời góp ý một dự thảo", "You are invited to contribute to a draft"),
        (*WORKERS, *HEADS),
    ),
    NoticeKind(
        "conference.invited", T("Có giấy mời họp", "You are invited to a conference"), (*WORKERS, *HEADS)
    ),
    NoticeKind(
        "consultation.ended",
        T("Không chờ ý kiến của bạn nữa", "Your opinion is no longer waited for"),
        (*WORKERS, *HEADS, Duty.EXPERT),
    ),
    NoticeKind(
        "conference.called_off",
        T("Hội nghị đã mời không tổ chức nữa", "A conference you were invited to will not be held"),
        (*WORKERS, *HEADS),
    ),
    NoticeKind("deadline.near", T("Sắp đến hạn", "A deadline is near")),
    NoticeKind(
        "deadline.near_for_heads", T("Sắp đến hạn một việc của lãnh đạo", "Work of a head is due soon"), HEADS
    ),
    NoticeKind("deadline.passed", T("Đã quá hạn", "A deadline has passed"), (*WORKERS, *HEADS)),
    NoticeKind("clock.paused", T("Hạn của bạn tạm dừng", "Your deadline stands still"), (*WORKERS, *HEADS)),
    NoticeKind("clock.resumed", T("Hạn của bạn chạy lại", "Your deadline runs again"), (*WORKERS, *HEADS)),
    NoticeKind("deadline.moved", T("Một hạn đã thay đổi", "A deadline has moved")),
    NoticeKind("extension.asked", T("Có đề nghị gia hạn", "An extension was asked for"), (*WORKERS, *HEADS)),
    NoticeKind("extension.decided", T("Đề nghị gia hạn đã có quyết định", "An extension was decided")),
    NoticeKind(
        "recommendation.sent", T("Có kiến nghị gửi đến cơ quan bạn", "A recommendation was sent to you")
    ),
    NoticeKind("recommendation.answered", T("Kiến nghị có trả lời mới", "A recommendation was answered")),
    NoticeKind("recommendation.judged", T("Kiến nghị có đánh giá mới", "A recommendation was assessed")),
    NoticeKind(
        "recommendation.rung",
        T("Đến lúc đôn đốc một kiến nghị quá hạn", "An overdue recommendation is to be urged"),
        (Duty.OFFICER,),
    ),
    NoticeKind(
        "answer.rung",
        T("Đến lúc đôn đốc một trả lời quá hạn", "An overdue answer is to be urged"),
        (Duty.OFFICER,),
    ),
    NoticeKind("recommendation.urged", T("Văn bản đôn đốc", "A letter of urging"), (*WORKERS, *HEADS)),
    NoticeKind(
        "recommendation.escalated",
        T("Kiến nghị lên cấp có thẩm quyền", "Escalated to a superior"),
        (*WORKERS, *HEADS),
    ),
    NoticeKind("criticism.sent", T("Có văn bản phản biện gửi đến bạn", "A criticism was sent to you")),
    NoticeKind("criticism.explain", T("Đề nghị giải trình về dự thảo", "You are asked to explain a draft")),
    NoticeKind("criticism.answered", T("Ý kiến phản biện có trả lời mới", "The remarks were answered")),
    NoticeKind("criticism.judged", T("Trả lời phản biện có đánh giá mới", "Your answers were assessed")),
    NoticeKind(
        "point.sent",
        T("Có ý kiến góp ý gửi đến cơ quan bạn", "Opinions of the people were sent to you"),
    ),
    NoticeKind(
        "document.copy",
        T("Có văn bản gửi đến để biết, theo dõi", "A document was sent to you for information"),
    ),
    NoticeKind("document.to_sign", T("Có văn bản chờ ký", "A document waits for signature"), HEADS),
    NoticeKind("document.signed", T("Văn bản đã được ký", "A document was signed")),
    NoticeKind(
        "document.stuck", T("Ký văn bản chưa xong", "Signing a document is stuck"), (*WORKERS, *HEADS)
    ),
    NoticeKind("publication.published", T("Văn bản đã được công khai", "A document was published")),
    NoticeKind("publication.withdrawn", T("Văn bản công khai đã được rút", "A publication was withdrawn")),
    NoticeKind(
        "publication.corrected", T("Văn bản công khai được đính chính", "A publication was corrected")
    ),
    NoticeKind(
        "change.asked",
        T("Có đề nghị đính chính, thu hồi chờ ký", "A correction or withdrawal waits for signature"),
        HEADS,
    ),
    NoticeKind(
        "change.refused",
        T("Đề nghị đính chính, thu hồi không được đồng ý", "A correction or withdrawal was refused"),
    ),
    NoticeKind(
        "change.returned",
        T("Đề nghị đính chính, thu hồi phải soạn lại", "A correction or withdrawal is to be drafted again"),
    ),
    NoticeKind(
        "succession.heir_needed", T("Cần chọn nơi tiếp tục công việc", "Open duties ask for an heir"), HEADS
    ),
)

KINDS: dict[str, NoticeKind] = {kind.code: kind for kind in _ALL}
