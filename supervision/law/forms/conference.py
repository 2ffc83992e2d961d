"""A conference on a text: invitation and minutes; what is said in it each form declares in the law's order."""

from __future__ import annotations

from supervision.law.basis import Basis
from supervision.law.forms.shared import FRONT_WORKERS, PER_LINE, PLACE, clock, signing, text
from supervision.law.specs import Day, Field, Party, Step, Widget
from supervision.law.text import T


def conference(
    *, stage: int, basis: tuple[Basis, ...], order: tuple[Field, ...], invited: str = "consultable"
) -> tuple[Step, ...]:
    """Return the steps from the invitation to the signed minutes.

    `order` holds what is recorded, in the order of the law; `invited` names the source of bodies.
    """
    return (
        _invitation(stage, basis, invited),
        signing(
            "sign_invitation",
            of=T("giấy mời", "invitation"),
            document="invitation",
            stage=stage,
            basis=basis,
        ),
        _minutes(stage, basis, order),
        signing(
            "sign_conference",
            of=T("biên bản hội nghị", "minutes of the conference"),
            document="conference_minutes",
            stage=stage,
            basis=basis,
        ),
    )


def _invitation(stage: int, basis: tuple[Basis, ...], invited: str) -> Step:
    return Step(
        "draft_invitation",
        T("Soạn giấy mời", "Draft the invitation"),
        Party.LEAD,
        FRONT_WORKERS,
        basis,
        T("Trình ký giấy mời", "Send the invitation for signature"),
        T("Chọn nơi được mời, ngày giờ, địa điểm.", "Choose who is invited, the day, time and place."),
        _invited(invited),
        stage=stage,
        rule="STEP",
    )


def _minutes(stage: int, basis: tuple[Basis, ...], order: tuple[Field, ...]) -> Step:
    return Step(
        "record_conference",
        T("Lập biên bản hội nghị", "Write the minutes of the conference"),
        Party.LEAD,
        FRONT_WORKERS,
        basis,
        T("Trình ký biên bản", "Send the minutes for signature"),
        T("Ghi theo trình tự của hội nghị.", "Record it in the order of the conference."),
        (*FRAME, *order, Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False)),
        stage=stage,
        rule="STEP",
    )


def _invited(invited: str) -> tuple[Field, ...]:
    return (
        Field(
            "organizations", T("Nơi được mời", "Bodies invited"), Widget.PICKS, source=invited, required=False
        ),
        text(
            "others",
            "Khách mời khác",
            "Others invited",
            required=False,
            help=PER_LINE,
        ),
        Field("held_on", T("Ngày họp", "Day of the conference"), Widget.DATE, day=Day.NOT_PAST),
        clock("start_time", "Giờ họp", "Time"),
        Field("place", T("Địa điểm", "Place"), Widget.LINE),
        text("agenda", "Chương trình", "Agenda", required=False),
    )


def _person(chosen: str, typed: str, title: T) -> tuple[Field, Field]:
    """Return the choice of someone of the chairing body, and the line for somebody from elsewhere."""
    elsewhere = T(f"{title.vi} là người của nơi khác", f"{title.en} from elsewhere")
    return (
        Field(chosen, title, Widget.PICK, source="lead_people", required=False),
        Field(
            typed,
            elsewhere,
            Widget.LINE,
            help=T(
                "Chỉ ghi khi người ấy không có trong danh sách trên: họ tên, chức vụ.",
                "Only for someone who is not in the list above: name and post.",
            ),
            required=False,
        ),
    )


#: What minutes of any conference begin with.
FRAME = (
    Field("held_on", T("Ngày họp", "Day of the conference"), Widget.DATE, day=Day.HAPPENED),
    clock("started_time", "Giờ bắt đầu", "Time it began"),
    Field("ended_on", T("Ngày kết thúc", "Day it ended"), Widget.DATE, day=Day.HAPPENED),
    clock("ended_time", "Giờ kết thúc", "Time it ended"),
    PLACE,
    *_person("chairperson", "chaired_by", T("Chủ trì", "Chair")),
    *_person("secretary", "written_by", T("Thư ký", "Secretary")),
    text("attendance", "Thành phần tham dự", "Who attended", help=PER_LINE),
)
