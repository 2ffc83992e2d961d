"""G9, a look around: a form of the test."""

from supervision.law.basis import Practice
from supervision.law.forms.shared import FRONT_WORKERS, OPENING, SIGNERS
from supervision.law.specs import Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

WHY = (Practice(T("hình thức của bài kiểm tra", "a form of the test")),)
GROUPS = (("dat", T("Đất đai", "Land")), ("nuoc", T("Nước sạch", "Water")))

SPEC = FormSpec(
    slug="di-thuc-te",
    code="G9",
    prefix="TT",
    title=T("Đi thực tế", "A look around"),
    summary=T("Đi xem, ghi lại.", "Go and see, write it down."),
    basis=WHY,
    stages=(Stage(T("Đi", "Go"), WHY), Stage(T("Kết thúc", "End"), WHY)),
    steps=(
        Step(
            "look",
            T("Ghi chuyến đi", "Record the visit"),
            Party.LEAD,
            FRONT_WORKERS,
            WHY,
            T("Ghi kết quả chuyến đi", "Record the result"),
            T("Ghi những gì đã thấy.", "Write what was seen."),
            (
                Field("seen_on", T("Ngày đi", "Day"), Widget.DATE),
                Field("group", T("Nhóm việc", "Group"), Widget.CHOICE, choices=GROUPS),
                Field("notes", T("Đã thấy", "Seen")),
                Field(
                    "people",
                    T("Người đi cùng", "Company"),
                    Widget.ROWS,
                    required=False,
                    singular=T("Người", "Person"),
                    columns=(Field("person", T("Ai", "Who"), Widget.PICK, source="lead_people"),),
                ),
            ),
            stage=1,
            rule="STEP",
        ),
        Step(
            "close_case",
            T("Kết thúc hồ sơ", "Close the case"),
            Party.LEAD,
            SIGNERS,
            WHY,
            T("Kết thúc hồ sơ này", "Close this case"),
            T("Đã ghi xong.", "All is recorded."),
            (Field("summary", T("Tóm tắt", "Summary")),),
            check_first=True,
            stage=2,
        ),
    ),
    opening=(*OPENING, Field("place", T("Nơi đến", "Place"), Widget.LINE)),
)
