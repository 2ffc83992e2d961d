"""S3, setting up or recognizing a board of a commune: 403 Art 10; Law 10/2022 Art 37; Decree 59/2023 Art 13."""

from __future__ import annotations

from supervision.law.basis import DECREE_59, GRASSROOTS_10, Norm, joint
from supervision.law.forms.shared import FRONT_WORKERS, UNPLANNED, signing, text
from supervision.law.specs import Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

BASIS = (joint(10), Norm(GRASSROOTS_10, 37, 2), Norm(DECREE_59, 13, 3))

KINDS = (
    ("inspection", T("Ban Thanh tra nhân dân", "People's Inspection Board")),
    (
        "investment",
        T("Ban Giám sát đầu tư của cộng đồng", "Community Investment Supervision Board"),
    ),
)
POSTS = (
    ("head", T("Trưởng ban", "Head")),
    ("deputy", T("Phó Trưởng ban", "Deputy head")),
    ("member", T("Ủy viên", "Member")),
)

SPEC = FormSpec(
    slug="lap-ban",
    code="S3",
    prefix="BAN",
    title=T("Thành lập, công nhận Ban ở xã", "Setting up or recognizing a commune board"),
    summary=T(
        "Quyết định của Mặt trận xã: từ 5 thành viên, không ai là cán bộ, công chức xã.",
        "A decision of the commune Front: five members or more, none of them a commune official.",
    ),
    basis=BASIS,
    stages=(Stage(T("Quyết định thành lập, công nhận", "Decision"), BASIS),),
    steps=(
        Step(
            "draft_board",
            T("Lập danh sách Ban, soạn quyết định", "List the board and draft the decision"),
            Party.LEAD,
            FRONT_WORKERS,
            BASIS,
            T("Trình ký quyết định về Ban", "Send the decision for signature"),
            T(
                "Từ 5 thành viên, một Trưởng ban, không quá 2 Phó Trưởng ban.",
                "Five members or more, one head, at most two deputies.",
            ),
            (
                Field("kind", T("Ban nào?", "Which board?"), Widget.CHOICE, choices=KINDS),
                Field(
                    "project",
                    T("Công trình, chương trình, dự án", "Works, programme or project"),
                    Widget.LINE,
                    longest=150,
                    required=False,
                    required_when=("kind", ("investment",)),
                ),
                text("chosen", "Việc bầu, cử thành viên", "How members were chosen"),
                Field(
                    "members",
                    T("Thành viên", "Members"),
                    Widget.ROWS,
                    singular=T("Thành viên", "Member"),
                    once=("name",),
                    columns=(
                        Field("name", T("Họ và tên", "Name"), Widget.LINE, longest=120),
                        Field("post", T("Nhiệm vụ", "Post"), Widget.CHOICE, choices=POSTS),
                        Field(
                            "area",
                            T("Thôn, tổ dân phố", "Hamlet or group"),
                            Widget.LINE,
                            longest=120,
                            required=False,
                        ),
                        Field(
                            "is_no_official",
                            T(
                                "Không là cán bộ, công chức xã, người hoạt động không chuyên trách",
                                "Is no official or part-time staff of the commune or hamlet",
                            ),
                            Widget.YES_NO,
                        ),
                    ),
                ),
                Field(
                    "files",
                    T("Biên bản bầu, danh sách", "Records of the choice"),
                    Widget.FILES,
                    required=False,
                ),
            ),
            stage=1,
            rule="STEP",
        ),
        signing(
            "sign_board",
            of=T("quyết định về Ban", "decision on the board"),
            document="decision",
            stage=1,
            basis=BASIS,
        ),
    ),
    opening=UNPLANNED,
    commune_front_only=True,
)
