"""What the timeline says of each kind of event, as data: `{agency}` and the like are filled in."""

from __future__ import annotations

from supervision.law.text import T
from supervision.web.clock_sentences import CLOCKS

SENTENCES: dict[str, T] = {
    "case.opened": T("Mở hồ sơ", "Case opened"),
    "conclusion.embargoed": T(
        "Hẹn công khai {number} ngày {public_on}", "{number} to be public on {public_on}"
    ),
    "case.redacted": T("Che thông tin trước khi công bố", "Passages hidden before publication"),
    "case.shown_again": T("Thôi che một cụm từ", "A passage is hidden no more"),
    "case.postponed": T("Hoãn hồ sơ", "Case put off"),
    "case.resumed": T("Hồ sơ tiếp tục sau khi hoãn", "Case goes on after it was put off"),
    "case.cancelled": T("Hủy hồ sơ", "Case cancelled"),
    "case.closed": T("Kết thúc hồ sơ", "Case closed"),
    "flow.moved": T(
        "Chuyển sang phiên bản {to} của quy trình, từ phiên bản {from}",
        "Moved to version {to} of its flow, from version {from}",
    ),
    "plan.drafted": T(
        "Soạn kế hoạch của đoàn, bản {version}", "Delegation's plan drafted, version {version}"
    ),
    "delegation.drafted": T("Soạn quyết định thành lập đoàn", "Decision to set up the delegation drafted"),
    "delegation.set_up": T("Đoàn giám sát được thành lập theo {number}", "Delegation set up by {number}"),
    "words.erased": T("Xóa phần lời của một dòng nhật ký", "The words of an entry were erased"),
    "grant.given": T("Cấp quyền xem hồ sơ cho thành viên đoàn", "A member was given access to the case"),
    "grant.ended": T("Kết thúc quyền xem hồ sơ của một thành viên", "A member's access ended"),
    "notice.drafted": T("Soạn thông báo và đề cương báo cáo", "Notice and report outline drafted"),
    "inquiry.sent": T("Gửi yêu cầu báo cáo đến {agency}, {number}", "Request sent to {agency}, {number}"),
    "inquiry.received": T("{agency} tiếp nhận yêu cầu", "{agency} acknowledged the request"),
    "inquiry.withdrawn": T("Rút yêu cầu đối với {agency}", "Request to {agency} withdrawn"),
    "response.drafted": T(
        "{agency} soạn báo cáo, bản {version}", "{agency} drafted its report, version {version}"
    ),
    "response.returned": T(
        "Lãnh đạo {agency} trả lại báo cáo để sửa", "Leader of {agency} returned the report"
    ),
    "response.submitted": T("{agency} gửi báo cáo{late}", "{agency} sent its report{late}"),
    "response.accepted": T("Nhận báo cáo của {agency}", "Report of {agency} accepted"),
    "supplement.asked": T("Yêu cầu {agency} báo cáo bổ sung", "{agency} asked for a supplementary report"),
    "session.recorded": T(
        "Lập biên bản làm việc với {agency}", "Minutes of the session with {agency} written"
    ),
    "session.held": T("Làm việc với {agency}, biên bản đã ký", "Session with {agency} held, minutes signed"),
    "session.moved": T("Đổi ngày làm việc với {agency}", "Session day with {agency} moved"),
    "survey.recorded": T("Khảo sát thực tế tại {agency}", "Field survey at {agency}"),
    "survey.not_needed": T("Không cần khảo sát thực tế tại {agency}", "No field survey needed at {agency}"),
    "sheet.filled": T(
        "Ghi phiếu đánh giá {subject} {agency}", "Assessment sheet filled in {subject} {agency}"
    ),
    "result.drafted": T("Soạn báo cáo kết quả giám sát", "Result report drafted"),
    "result.submitted": T("Trình báo cáo kết quả giám sát {number}", "Result report {number} submitted"),
    "result.examined": T("Xem xét báo cáo kết quả", "Result report examined"),
    "conclusion.drafted": T("Soạn kết luận và kiến nghị", "Conclusion and recommendations drafted"),
    "recommendations.issued": T(
        "Ban hành văn bản {followed} {number}", "Recommendation document {followed} {number} issued"
    ),
    "conclusion.published": T("Công bố {number} trên cổng", "{number} published on the portal"),
    "change.asked": T("Đề nghị {change} {paper}", "Asked to {change} {paper}"),
    "change.refused": T("Không đồng ý {change} {paper}", "Refused to {change} {paper}"),
    "change.returned": T(
        "Đưa đề nghị {change} {paper} về soạn lại", "Request to {change} {paper} taken back to be mended"
    ),
    "change.given_up": T("Bỏ đề nghị {change} {paper}", "Request to {change} {paper} dropped"),
    "change.taken_back": T("Rút đề nghị {change} {paper}", "Request to {change} {paper} taken back"),
    "change.carried_out": T(
        "Đã {change} {paper} theo {number}", "The order to {change} {paper} carried out by {number}"
    ),
    "proposals.gathered": T("Kết thúc tập hợp, {count} đề xuất", "Gathering ended, {count} proposals"),
    "proposal.handed_in": T("{name} gửi đề xuất số {number}", "{name} handed in proposal {number}"),
    "items.chosen": T("Chọn nội dung của kế hoạch: {count} mục", "Items of the plan chosen: {count}"),
    "overlap.settled": T("Quyết định về chồng chéo: {name}", "Overlap settled: {name}"),
    "exchange.sent": T("Gửi công văn trao đổi {number}", "Letter of exchange {number} sent"),
    "agreement.agreed": T("{name} thống nhất kế hoạch{number}", "{name} agreed to the plan{number}"),
    "agreement.with_remarks": T(
        "{name} thống nhất kế hoạch, có lưu ý{number}", "{name} agreed to the plan with remarks{number}"
    ),
    "agreement.not_agreed": T(
        "{name} chưa thống nhất kế hoạch{number}", "{name} did not agree to the plan{number}"
    ),
    "agreement.lapsed": T(
        "Các mục đã đổi vì một bản của kế hoạch đã thu hồi; phải trao đổi, thống nhất lại",
        "The items changed as a version of the plan was withdrawn; they are to be agreed on anew",
    ),
    "annual_plan.drafted": T("Soạn kế hoạch năm, bản {version}", "Annual plan drafted, version {version}"),
    "annual_plan.issued": T("Ban hành kế hoạch năm {number}", "Annual plan {number} issued"),
    "annual_plan.published": T("Công bố kế hoạch năm {number}", "Annual plan {number} published"),
    "text.chosen": T("Chọn văn bản: “{subject}”", "Document chosen: “{subject}”"),
    "representative.named": T("Cử {name} theo {number}", "{name} named by {number}"),
    "board.set_up": T("{name} được công nhận, thành lập theo {number}", "“{name}” set up by {number}"),
    "board.notified": T("Gửi kế hoạch giám sát {number}{late}", "Notice of the supervision {number}{late}"),
    "board.supervised": T("Ban đã giám sát, biên bản {number}", "Board's supervision done, minutes {number}"),
    "board.confirmed": T(
        "Mặt trận xác nhận kiến nghị {number} của Ban bằng {by_number}",
        "The Front confirmed the board's paper {number} by {by_number}",
    ),
    "board.asked_front": T("Ban đề nghị Mặt trận kiến nghị", "The board asked the Front to recommend"),
    "settlement.received": T(
        "{agency} tiếp nhận kiến nghị của Ban", "{agency} acknowledged the board's paper"
    ),
    "settlement.drafted": T("{agency} soạn kết quả giải quyết", "{agency} drafted the result"),
    "settlement.returned": T(
        "Lãnh đạo {agency} trả lại kết quả để sửa", "Leader of {agency} returned the result"
    ),
    "settlement.sent": T("{agency} gửi kết quả giải quyết{late}", "{agency} sent the result{late}"),
    "consultation.drafted": T("Soạn công văn xin ý kiến", "Request for opinions drafted"),
    "consultation.sent": T("Gửi công văn xin ý kiến {number}", "Request for opinions {number} sent"),
    "consultation.given": T("{name} gửi ý kiến{late}", "{name} gave an opinion{late}"),
    "consultation.silent": T("Không chờ thêm ý kiến của {name}", "No more waiting for {name}"),
    "draft.received": T("Nhận “{subject}” của {agency}{late}", "“{subject}” of {agency} received{late}"),
    "draft.read": T(
        "Đọc dự thảo, bản {version}, thành {count} điều, mục",
        "Draft version {version} read into {count} articles and headings",
    ),
    "draft.doubt_accepted": T(
        "Xem lại dự thảo, bản {version}: một chỗ nghi vấn được xác nhận là đọc đúng",
        "Draft version {version}: a doubtful place was confirmed as read correctly",
    ),
    "draft.mended": T("Sửa chỗ đọc sai trong dự thảo, bản {version}", "Draft version {version} mended"),
    "draft.revised": T(
        "Nhận bản {version} của dự thảo từ {agency}", "Version {version} received from {agency}"
    ),
    "draft.taken_back": T("Bỏ bản {version} ghi nhầm", "Version {version}, a mistake, taken out"),
    "draft.issued": T("Văn bản đã ban hành, {number}", "The text was issued, {number}"),
    "draft.matched": T("Xác nhận chỗ của một điều, khoản trong bản mới", "Place of a clause confirmed"),
    "remarks.grouped": T("Xác nhận một nhóm {count} ý kiến", "A group of {count} remarks confirmed"),
    "remark.mended": T("Sửa ý kiến {number} ghi nhầm", "Remark {number} mended"),
    "remark.dropped": T("Bỏ ý kiến {number} ghi nhầm", "Remark {number} taken out"),
    "remark.outcome": T("Ghi kết quả của ý kiến {number}", "Outcome of remark {number} recorded"),
    "call.opened": T(
        "Lấy ý kiến về dự thảo đến hết ngày {to_on}", "Contributions to the draft called for until {to_on}"
    ),
    "call.closed": T("Kết thúc lấy ý kiến về dự thảo", "Call for contributions ended"),
    "contribution.made": T("Góp ý về dự thảo, mã {code}", "Contributed to the draft, {code}"),
    "contributions.taken": T("Đưa {count} góp ý vào bảng ý kiến", "{count} contributions put into the table"),
    "contributions.put_back": T(
        "Trả {count} góp ý về chờ xem", "{count} contributions put back to be looked at"
    ),
    "contributions.imported": T(
        "Nhập {count} góp ý thu trên giấy, qua thư", "{count} contributions on paper and by mail taken in"
    ),
    "contributions.refused": T("Không đưa {count} góp ý vào bảng ý kiến", "{count} contributions kept out"),
    "draft.submission_moved": T(
        "{agency} dời ngày trình dự thảo đến {to_on}", "{agency} moved the submission to {to_on}"
    ),
    "draft.explained": T("{agency} giải trình về dự thảo", "{agency} explained the draft"),
    "remarks.compiled": T("Lập bảng {count} ý kiến", "{count} remarks compiled"),
    "criticism.sent": T("Gửi văn bản phản biện {number}", "Criticism document {number} sent"),
    "criticism.received": T(
        "{agency} tiếp nhận văn bản phản biện", "{agency} acknowledged the criticism document"
    ),
    "answers.drafted": T(
        "{agency} soạn trả lời {count} ý kiến", "{agency} drafted answers to {count} remarks"
    ),
    "answers.sent_back": T(
        "Lãnh đạo {agency} trả lại bản trả lời", "Leader of {agency} returned the answers"
    ),
    "answers.submitted": T(
        "{agency} trả lời {count} ý kiến phản biện{late}", "{agency} answered {count} remarks{late}"
    ),
    "answers.assessed": T(
        "Đánh giá trả lời phản biện: {assessed}", "Answers to the criticism assessed: {assessed}"
    ),
    "conference.invited": T("Gửi giấy mời {number}", "Invitation {number} sent"),
    "conference.held": T("Hội nghị đã họp, biên bản {number}", "Conference held, minutes {number}"),
    "recommendation.received": T(
        "{agency} tiếp nhận {followed} {number}", "{agency} acknowledged {followed} {number}"
    ),
    "opinion.received": T("Nhận ý kiến số {number}", "Opinion {number} received"),
    "opinion.sorted": T("Phân loại ý kiến số {number}", "Opinion {number} sorted"),
    "opinion.routed": T(
        "Chuyển nội dung số {number} theo thủ tục riêng", "Number {number} routed to a procedure of its own"
    ),
    "opinion.cleared": T(
        "Biên tập bản công khai ý kiến số {number}", "Opinion {number} worded for the public"
    ),
    "opinion.identified": T("Xem người gửi ý kiến số {number}", "Author of opinion {number} looked at"),
    "dialogue.announced": T("Thông báo đối thoại {paper}", "Notice of the dialogue {paper}"),
    "dialogue.with_people": T(
        "Đã đối thoại với người dân, biên bản {paper}", "Dialogue with the people held, minutes {paper}"
    ),
    "compilation.drafted": T("Soạn bản tổng hợp, {count} điểm", "Compilation drafted, {count} points"),
    "compilation.sent": T("Gửi bản tổng hợp {number}", "Compilation {number} sent"),
    "reply.recorded": T(
        "Ghi trả lời bằng giấy của {agency} về {followed} {number}: {verdict}{late}",
        "Paper answer of {agency} to {followed} {number} recorded: {verdict}{late}",
    ),
    "point.published": T("Quyết định công khai {followed} {number}", "{followed} {number} to be published"),
    "point.kept": T("Quyết định lưu {followed} {number}", "{followed} {number} to be kept"),
    "results.drafted": T("Soạn thông báo kết quả", "Notice of results drafted"),
    "reply.drafted": T(
        "{agency} soạn trả lời {followed} {number}", "{agency} drafted its reply to {followed} {number}"
    ),
    "reply.returned": T(
        "Lãnh đạo {agency} trả lại bản trả lời {followed} {number}",
        "Leader of {agency} returned the reply to {followed} {number}",
    ),
    "reply.submitted": T(
        "{agency} trả lời {followed} {number}: {verdict}{late}",
        "{agency} replied to {followed} {number}: {verdict}{late}",
    ),
    "reply.assessed": T(
        "Đánh giá trả lời {followed} {number}: {verdict}", "Reply to {followed} {number} assessed: {verdict}"
    ),
    "dialogue.held": T("Đối thoại về {followed} {number}", "Dialogue on {followed} {number}"),
    "recommendation.upheld": T("Giữ nguyên {followed} {number}", "{followed} {number} upheld"),
    "recommendation.amended": T("Điều chỉnh {followed} {number}", "{followed} {number} amended"),
    "recommendation.withdrawn": T("Rút {followed} {number}", "{followed} {number} withdrawn"),
    "carrying_out.reported": T(
        "{agency} báo cáo thực hiện {followed} {number}",
        "{agency} reported on carrying out {followed} {number}",
    ),
    "verification.recorded": T(
        "Xác minh {followed} {number}: {outcome}", "{followed} {number} verified: {outcome}"
    ),
    "recommendation.closed": T("Kết thúc {followed} {number}", "{followed} {number} closed"),
    "letter.urge.prepared": T(
        "Soạn văn bản đôn đốc {followed} {number}", "Urging letter on {followed} {number} drafted"
    ),
    "letter.escalate.prepared": T(
        "Soạn văn bản kiến nghị cấp có thẩm quyền về {followed} {number}",
        "Escalation letter on {followed} {number} drafted",
    ),
    "step.recorded": T("Đã ghi: {step}", "Recorded: {step}"),
    "duty.moved": T("{to} tiếp tục thay {from}: {label}", "{to} carries on for {from}: {label}"),
    "letter.mended": T("Sửa {kind} bị trả lại, trình ký lại", "Returned {kind} mended, sent to be signed"),
    "letter.dropped": T("Bỏ {kind}, không gửi nữa", "{kind} dropped, not to be sent"),
    "letter.sent": T("Gửi {number}: “{subject}”", "{number} sent: “{subject}”"),
    **CLOCKS,
    "paper.signing": T("Ký {kind}", "{kind} sent to be signed"),
    "paper.returned": T("Trả lại {kind} để sửa", "{kind} returned for correction"),
    "work.taken": T("Nhận việc: {step}", "Work taken: {step}"),
    "work.given_back": T("Trả việc: {step}", "Work given back: {step}"),
    "work.assigned": T("Giao việc cho {to}: {step}", "Work assigned to {to}: {step}"),
    "work.reminded": T("Nhắc {to}: {step}", "{to} reminded: {step}"),
    "work.offered": T(
        "Việc chờ nhiệm vụ khác trong tổ chức nhận: {step}",
        "Work offered to other duties there: {step}",
    ),
    "work.released": T(
        "Việc trở lại hàng chờ vì nhiệm vụ của {from} đã hết: {step}",
        "Work back on offer, the mandate of {from} has ended: {step}",
    ),
}
