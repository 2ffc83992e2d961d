"""Asking bodies, experts and people concerned for their opinion on a text; several forms do it."""

from __future__ import annotations

from dataclasses import replace

from supervision.law.basis import Basis, Practice
from supervision.law.forms.shared import FRONT_WORKERS, signing, text
from supervision.law.specs import Day, Field, Party, Step, Widget
from supervision.law.text import T

#: Whoever may speak for a body that is asked; an expert is asked in person.
SPOKESPEOPLE = ("officer", "signer", "chair", "agency_responder", "agency_leader")
_ASKED: tuple[Basis, ...] = (
    Practice(T("lấy ý kiến tham vấn", "asking for opinions")),
)  # replaced by the form's own

_STEPS = (
    Step(
        "draft_request",
        T("Soạn công văn xin ý kiến", "Draft the request for opinions"),
        Party.LEAD,
        FRONT_WORKERS,
        _ASKED,
        T("Trình ký công văn xin ý kiến", "Send the request for signature"),
        T(
            "Chọn nơi và người được hỏi, nêu rõ hỏi gì, hạn nào.",
            "Choose whom to ask, say what is asked and by when.",
        ),
        (
            Field(
                "organizations",
                T("Tổ chức, cơ quan được hỏi", "Bodies that are asked"),
                Widget.PICKS,
                source="consultable",
                required=False,
            ),
            Field(
                "people",
                T("Chuyên gia, người được mời góp ý", "Experts and people who are asked"),
                Widget.PICKS,
                source="experts",
                required=False,
            ),
            text("question", "Nội dung xin ý kiến", "What is asked"),
            Field(
                "due_on",
                T("Gửi ý kiến trước ngày", "Opinions asked for by"),
                Widget.DATE,
                help=T(
                    "Hạn do nơi chủ trì đặt, luật không quy định; ý kiến gửi muộn vẫn được nhận.",
                    "Set by the chairing body, not by law; late opinions are taken as well.",
                ),
                day=Day.TO_COME,
            ),
        ),
        rule="STEP",
    ),
    signing(
        "sign_request",
        of=T("công văn xin ý kiến", "request for opinions"),
        document="opinion_request",
        stage=0,
        basis=_ASKED,
    ),
    Step(
        "give_opinion",
        T("Góp ý kiến", "Give an opinion"),
        Party.ADDRESSEE,
        SPOKESPEOPLE,
        _ASKED,
        T("Gửi ý kiến", "Send the opinion"),
        T("Đọc văn bản, ghi ý kiến và lý do.", "Read the text, give the opinion and the reasons."),
        (
            text("opinion", "Ý kiến", "Opinion"),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        rule="OPINION",
    ),
)
_COMPILE = (
    Step(
        "compile_opinions",
        T("Tổng hợp ý kiến", "Compile the opinions"),
        Party.LEAD,
        FRONT_WORKERS,
        _ASKED,
        T("Ghi bản tổng hợp ý kiến", "Record the compilation"),
        T(
            "Tổng hợp ý kiến đã nhận, ghi thêm ý kiến đến bằng giấy, bằng lời.",
            "Compile what came in, and add opinions that came on paper or by word of mouth.",
        ),
        (
            Field(
                "others",
                T("Ý kiến nhận ngoài hệ thống", "Opinions received elsewhere"),
                Widget.ROWS,
                required=False,
                singular=T("Ý kiến", "Opinion"),
                columns=(
                    Field(
                        "who",
                        T("Của ai", "Whose"),
                        Widget.LINE,
                        help=T(
                            "Ghi nhóm người, không ghi họ tên người dân.",
                            "Name the group, not the citizen.",
                        ),
                    ),
                    Field("received_on", T("Ngày nhận", "Day received"), Widget.DATE, day=Day.HAPPENED),
                    Field("text", T("Nội dung", "Text")),
                ),
            ),
            text("summary", "Bản tổng hợp", "Compilation"),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        rule="STEP",
    ),
)


def consulting(*, stage: int, basis: tuple[Basis, ...]) -> tuple[Step, ...]:
    """Return the steps from the request for opinions to the opinions given, at `stage` (1-based)."""
    return _standing(_STEPS, stage, basis)


def compiling_opinions(*, stage: int, basis: tuple[Basis, ...]) -> tuple[Step, ...]:
    """Return the compilation of the opinions, for forms that have no table of remarks."""
    return _standing(_COMPILE, stage, basis)


def _standing(steps: tuple[Step, ...], stage: int, basis: tuple[Basis, ...]) -> tuple[Step, ...]:
    return tuple(replace(step, stage=stage, basis=(*basis, *step.basis[len(_ASKED) :])) for step in steps)
