"""Assessment grids (lưới đánh giá): questions with scores, usable in any supervision.

No law sets them: each is a tool that the chairing body chose, and says so wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervision.law.basis import Practice
from supervision.law.text import T

#: What a question is answered with; what does not apply counts in neither points nor maximum.
NOT_APPLICABLE = "na"
SCALE: tuple[tuple[str, T], ...] = (
    ("0", T("Chưa đạt", "Not met")),
    ("1", T("Đạt một phần", "Partly met")),
    ("2", T("Đạt", "Met")),
    (NOT_APPLICABLE, T("Không áp dụng", "Not applicable")),
)
HIGHEST = 2
OWN_TOOL = Practice(T("lưới đánh giá do nơi giám sát tự xây dựng", "a grid that the supervising body made"))


@dataclass(frozen=True)
class Question:
    """One question: which criterion it belongs to, what is asked, how to find out."""

    code: str
    criterion: str
    text: T
    guide: T


@dataclass(frozen=True)
class Grid:
    """A grid: what is assessed (`matter`), by which criteria and questions, with what proposals.

    A grid that is `personal` assesses a person in their post: narrower to read, never published.
    """

    slug: str
    title: T
    matter: T
    criteria: tuple[tuple[str, T], ...]
    questions: tuple[Question, ...]
    proposals: tuple[tuple[str, T], ...] = ()
    personal: bool = False


PROCEDURES = Grid(
    slug="thu-tuc-hanh-chinh",
    title=T("Thủ tục hành chính", "Administrative procedures"),
    matter=T("Thủ tục được đánh giá", "Procedure assessed"),
    criteria=(
        ("need", T("Cần thiết", "Necessary")),
        ("law", T("Hợp pháp", "Lawful")),
        ("reason", T("Hợp lý", "Rational")),
        ("effect", T("Hiệu quả", "Effective")),
    ),
    questions=(
        Question(
            "ct1",
            "need",
            T(
                "Nếu bỏ thủ tục này, lợi ích của người dân hoặc việc quản lý có bị ảnh hưởng không?",
                "Would people's interests or administration suffer if this procedure were dropped?",
            ),
            T(
                "Nêu rõ lợi ích được bảo vệ; nếu dữ liệu đã có thì ghi “Chưa đạt”.",
                "Name the interest protected; if the data is there already, “Not met”.",
            ),
        ),
        Question(
            "ct2",
            "need",
            T(
                "Từng giấy tờ trong hồ sơ có cần thiết để ra quyết định không?",
                "Is every paper of the file needed for the decision?",
            ),
            T(
                "Đếm số giấy tờ mà cơ quan đã có hoặc có thể tra cứu.",
                "Count the papers that the agency has or can look up.",
            ),
        ),
        Question(
            "hp1",
            "law",
            T(
                "Thủ tục có được quy định tại văn bản đúng thẩm quyền và còn hiệu lực không?",
                "Is it set by a document in force, issued by the competent body?",
            ),
            T("Ghi văn bản là căn cứ ở phần chứng cứ.", "Name that document among the evidence."),
        ),
        Question(
            "hp2",
            "law",
            T(
                "Nơi tiếp nhận có giữ đúng giấy tờ, thời hạn, khoản thu theo quy định không?",
                "Does the office keep to the papers, time and charges that are set?",
            ),
            T(
                "Đối chiếu bảng niêm yết với danh mục công bố.",
                "Compare the notice board with the published list.",
            ),
        ),
        Question(
            "hl1",
            "reason",
            T(
                "Hồ sơ, mẫu đơn có dễ hiểu, dễ chuẩn bị với người ít học, người già không?",
                "Are papers and forms easy for people with little schooling and the old?",
            ),
            T("Hỏi ít nhất năm người.", "Ask at least five people."),
        ),
        Question(
            "hl2",
            "reason",
            T(
                "Thời hạn và số lần đi lại có tương xứng với tính chất công việc không?",
                "Are time and number of visits in proportion to the matter?",
            ),
            T("Tính số lần đi lại trung bình.", "Work out the average number of visits."),
        ),
        Question(
            "hq1",
            "effect",
            T(
                "Hồ sơ có được trả đúng hẹn; trễ hẹn có xin lỗi, hẹn lại không?",
                "Are results given on time, and is there an apology and a new date when late?",
            ),
            T("Theo báo cáo số liệu của cơ quan.", "From the agency's figures."),
        ),
        Question(
            "hq2",
            "effect",
            T(
                "Người dân có tra cứu được kết quả và biết nơi phản ánh không?",
                "Can people look up the result, and do they know where to complain?",
            ),
            T("Thử tra cứu một mã hồ sơ.", "Try to look up one file."),
        ),
    ),
    proposals=(
        ("keep", T("Giữ", "Keep")),
        ("simplify", T("Đơn giản hóa", "Simplify")),
        ("drop", T("Bãi bỏ", "Drop")),
    ),
)
GRASSROOTS = Grid(
    slug="dan-chu-o-co-so",
    title=T("Thực hiện dân chủ ở cơ sở", "Grassroots democracy"),
    matter=T("Nội dung được đánh giá", "Matter assessed"),
    criteria=(
        ("know", T("Dân biết", "People know")),
        ("discuss", T("Dân bàn", "People discuss")),
        ("check", T("Dân giám sát", "People check")),
    ),
    questions=(
        Question(
            "b1",
            "know",
            T(
                "Nội dung phải công khai có được niêm yết, thông báo đủ và kịp thời không?",
                "Is what must be public posted and announced in full and in time?",
            ),
            T("Xem bảng niêm yết, trang thông tin, loa.", "Look at notice board, web page, loudspeaker."),
        ),
        Question(
            "b2",
            "know",
            T(
                "Người dân được hỏi có biết nội dung ấy không?",
                "Do the people who are asked know of it?",
            ),
            T("Hỏi ít nhất mười hộ.", "Ask at least ten households."),
        ),
        Question(
            "b3",
            "discuss",
            T(
                "Việc phải bàn, phải lấy ý kiến có được đưa ra cuộc họp hoặc phiếu lấy ý kiến không?",
                "Was what people decide or are consulted on put to a meeting or a ballot?",
            ),
            T("Xem biên bản, danh sách dự họp.", "Read the minutes and attendance lists."),
        ),
        Question(
            "b4",
            "discuss",
            T(
                "Ý kiến của Nhân dân có được tiếp thu hoặc trả lời rõ lý do không?",
                "Were opinions taken up, or answered with reasons?",
            ),
            T("Đối chiếu biên bản với quyết định.", "Compare minutes and decision."),
        ),
        Question(
            "b5",
            "check",
            T(
                "Phản ánh, kiến nghị của Nhân dân có được giải quyết và báo kết quả không?",
                "Are reflections and recommendations settled, and people told?",
            ),
            T("Chọn năm phản ánh, theo đến kết quả.", "Take five and follow them to the end."),
        ),
        Question(
            "b6",
            "check",
            T(
                "Ban Thanh tra nhân dân, Ban Giám sát đầu tư có được tạo điều kiện hoạt động không?",
                "Are the people's boards given what they need to work?",
            ),
            T("Hỏi các ban, xem kinh phí.", "Ask the boards; look at their funds."),
        ),
    ),
)
CONDUCT = Grid(
    slug="ung-xu-cua-can-bo",
    title=T("Ứng xử, đạo đức công vụ", "Conduct and ethics of officials"),
    matter=T("Chức danh được giám sát", "Post supervised"),
    criteria=(
        ("duty", T("Trách nhiệm", "Duty")),
        ("manner", T("Thái độ", "Manner")),
        ("clean", T("Liêm chính", "Integrity")),
    ),
    questions=(
        Question(
            "u1",
            "duty",
            T(
                "Có mặt, làm việc đúng giờ, đúng lịch tiếp công dân không?",
                "Present and at work on time, also to receive citizens?",
            ),
            T("Xem lịch, sổ tiếp công dân.", "Look at schedule and reception book."),
        ),
        Question(
            "u2",
            "duty",
            T("Giữ đúng lời hẹn với người dân không?", "Keeps promises made to people?"),
            T("Chọn năm lần hẹn.", "Take five appointments."),
        ),
        Question(
            "u3",
            "manner",
            T(
                "Lắng nghe, giải thích rõ, tôn trọng người dân không?",
                "Listens, explains clearly, respects people?",
            ),
            T("Hỏi người đến giao dịch.", "Ask those who came."),
        ),
        Question(
            "u4",
            "clean",
            T(
                "Không đòi giấy tờ, khoản thu ngoài quy định; không gây khó khăn?",
                "Asks no papers or charges beyond what is set, and puts up no obstacles?",
            ),
            T("Hỏi kín, không ghi tên người trả lời.", "Ask in confidence; write no names."),
        ),
    ),
    personal=True,
)
GRIDS: dict[str, Grid] = {grid.slug: grid for grid in (PROCEDURES, GRASSROOTS, CONDUCT)}
