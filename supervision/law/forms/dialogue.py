"""The yearly dialogue of a commune's authority with the people, held with the Front: Law 10/2022 Art 32."""

from __future__ import annotations

from dataclasses import replace

from supervision.law.basis import GRASSROOTS_10, Norm, Practice
from supervision.law.forms.conference import FRAME
from supervision.law.forms.following import FOLLOWED, PUBLISHED, Ending, following
from supervision.law.forms.shared import FRONT_WORKERS, UNPLANNED, clock, signing, text
from supervision.law.specs import Day, Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

ARTICLE_32 = Norm(GRASSROOTS_10, 32)
PROMISE = T("việc đã hứa", "promise")
LIKE_RECOMMENDATIONS = Practice(
    T(
        "việc đã hứa khi đối thoại được theo dõi như một kiến nghị giám sát",
        "what was promised in the dialogue is followed like a recommendation",
    )
)

STAGES = (
    Stage(T("Kế hoạch đối thoại", "Plan of the dialogue"), (ARTICLE_32,)),
    Stage(T("Thông báo cho người dân", "Notice to the people"), (ARTICLE_32,)),
    Stage(T("Đối thoại, biên bản", "Dialogue and minutes"), (ARTICLE_32,)),
    Stage(T("Kết luận, việc đã hứa", "Conclusion and promises"), (ARTICLE_32, LIKE_RECOMMENDATIONS)),
    PUBLISHED,
    replace(FOLLOWED, basis=(LIKE_RECOMMENDATIONS,)),
)

#: Planned, and announced as planned or on a later day: a notice that invites to a day past is refused.
WHEN_AND_WHERE = (
    Field("held_on", T("Ngày đối thoại", "Day of the dialogue"), Widget.DATE, day=Day.NOT_PAST),
    clock("start_time", "Giờ bắt đầu", "Time"),
    Field("place", T("Địa điểm", "Place"), Widget.LINE),
)

STEPS = (
    Step(
        "plan_dialogue",
        T("Ghi kế hoạch đối thoại", "Record the plan of the dialogue"),
        Party.LEAD,
        FRONT_WORKERS,
        (ARTICLE_32,),
        T("Ghi kế hoạch", "Record the plan"),
        T(
            "Kế hoạch của Ủy ban nhân dân, thống nhất với Mặt trận: ngày, địa điểm, nội dung.",
            "The People's Committee's plan, agreed with the Front: day, place, topics.",
        ),
        (
            Field("agency", T("Ủy ban nhân dân", "People's Committee"), Widget.PICK, source="agencies"),
            Field(
                "number_text",
                T("Số, ký hiệu kế hoạch", "Number of the plan"),
                Widget.LINE,
                longest=80,
                required=False,
            ),
            *WHEN_AND_WHERE,
            text("topics", "Nội dung đối thoại", "Topics"),
            Field("files", T("Kế hoạch, tài liệu", "Plan and papers"), Widget.FILES, required=False),
        ),
        stage=1,
        rule="GD_DIALOGUE",
    ),
    Step(
        "draft_dialogue_notice",
        T("Soạn thông báo mời người dân", "Draft the notice to the people"),
        Party.LEAD,
        FRONT_WORKERS,
        (ARTICLE_32,),
        T("Trình ký thông báo", "Send the notice for signature"),
        T(
            "Nội dung lấy từ kế hoạch; ngày, giờ, địa điểm cũng vậy, sửa nếu đã đổi. "
            "Ghi cách gửi câu hỏi trước.",
            "The topics come from the plan; so do day, time and place: mend them if they changed. "
            "Say how to send questions beforehand.",
        ),
        (
            *WHEN_AND_WHERE,
            text("questions", "Cách gửi câu hỏi trước", "How to send questions beforehand"),
        ),
        stage=2,
        rule="GD_DIALOGUE",
    ),
    signing(
        "sign_dialogue_notice",
        of=T("thông báo mời người dân", "notice to the people"),
        document="dialogue_notice",
        stage=2,
        basis=(ARTICLE_32,),
    ),
    Step(
        "record_dialogue",
        T("Lập biên bản đối thoại", "Write the minutes of the dialogue"),
        Party.LEAD,
        FRONT_WORKERS,
        (ARTICLE_32,),
        T("Trình ký biên bản", "Send the minutes for signature"),
        T(
            "Mỗi câu hỏi một dòng, kèm trả lời tại chỗ. Không ghi họ tên người dân.",
            "One question a line with the answer given. Do not name citizens.",
        ),
        (
            *FRAME,
            text("opening", "Phát biểu của Chủ tịch Ủy ban nhân dân", "Opening by the chairman"),
            Field(
                "questions",
                T("Câu hỏi và trả lời", "Questions and answers"),
                Widget.ROWS,
                singular=T("Câu hỏi", "Question"),
                columns=(
                    Field(
                        "asked_by",
                        T("Người hỏi là ai", "Who asked"),
                        Widget.LINE,
                        help=T("Ghi nhóm, thôn; không ghi họ tên.", "A group or hamlet, not a name."),
                    ),
                    Field("question", T("Câu hỏi", "Question")),
                    Field("answer", T("Trả lời", "Answer")),
                ),
            ),
            text("conclusion", "Kết luận của chủ trì", "The chair's conclusion"),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        stage=3,
        rule="GD_DIALOGUE",
    ),
    signing(
        "sign_dialogue",
        of=T("biên bản đối thoại", "minutes of the dialogue"),
        document="conference_minutes",
        stage=3,
        basis=(ARTICLE_32,),
    ),
)


#: What was promised has clocks of its own: the law on supervision does not speak of it.
_RULES = {f"S_{clock}": f"D_{clock}" for clock in ("REPLY", "ASSESS", "RECONSIDER", "ACTION", "VERIFY")}


def _of_dialogue(step: Step) -> Step:
    """Return a step of the shared ending in the words of the dialogue, on the basis it has here."""
    if step.name == "sign_recommendations":
        step = replace(step, document="promises_document")
    if step.name == "draft_recommendations":
        hint = T(
            "Mỗi việc đã hứa một dòng: ai làm, việc gì, bao giờ xong.",
            "One promise a line: who does what, and by when.",
        )
        step = replace(step, hint=hint, fields=tuple(map(_promised, step.fields)))
    step = replace(step, rule=_RULES.get(step.rule, step.rule))
    if step.name == "close_case":
        step = replace(step, button=T("Kết thúc hồ sơ đối thoại", "Close the dialogue's case"))
    if step.name in ("draft_recommendations", "sign_recommendations", "publish"):
        return step
    return replace(step, basis=(LIKE_RECOMMENDATIONS,))


def _promised(field: Field) -> Field:
    """A day that was promised is told as it was, also once it has passed."""
    columns = (replace(one, day=None) if one.name == "action_due_on" else one for one in field.columns)
    return replace(field, columns=tuple(columns))


_ENDING = Ending(basis=(ARTICLE_32, LIKE_RECOMMENDATIONS), concluding=4, publishing=5, answering=6)
_NAMED = {
    "title": T("Tên cuộc đối thoại", "Title of the dialogue"),
    "grounds": T("Căn cứ tổ chức đối thoại", "Grounds for the dialogue"),
}

SPEC = FormSpec(
    slug="doi-thoai-nhan-dan",
    code="D1",
    prefix="DT",
    title=T("Đối thoại với người dân ở xã", "Dialogue of a commune with the people"),
    summary=T(
        "Ủy ban nhân dân xã đối thoại với người dân, mỗi năm ít nhất một lần; việc đã hứa được theo dõi.",
        "A commune's People's Committee meets the people once a year; what it promises is followed.",
    ),
    basis=(ARTICLE_32,),
    stages=STAGES,
    steps=(*STEPS, *(_of_dialogue(step) for step in following(_ENDING, PROMISE))),
    opening=tuple(
        replace(one, label=_NAMED.get(one.name, one.label), help=None if one.name in _NAMED else one.help)
        for one in UNPLANNED
    ),
    conference=T("Hội nghị đối thoại với người dân", "Dialogue with the people"),
    followed=PROMISE,
    commune_front_only=True,
    followed_code="HU",
    urging=(LIKE_RECOMMENDATIONS,),
)
