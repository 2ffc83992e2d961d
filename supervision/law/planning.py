"""The annual plan's own vocabulary: forms, periods, sources of proposals, who must agree."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.law.text import T

#: Forms that an item may be planned in, by the code of their declaration.
PLAN_FORMS: tuple[tuple[str, T], ...] = (
    ("S1", T("Giám sát: nghiên cứu văn bản", "Supervision: study of a document")),
    ("S2", T("Giám sát: tổ chức đoàn", "Supervision: delegation")),
    ("S3", T("Giám sát: ban ở cơ sở", "Supervision: board of the commune")),
    ("S4", T("Giám sát: tham gia đoàn của cơ quan khác", "Supervision: joining another body's")),
    ("C1", T("Phản biện: hội nghị", "Criticism: conference")),
    ("C2", T("Phản biện: gửi dự thảo lấy ý kiến", "Criticism: written")),
    ("C3", T("Phản biện: đối thoại trực tiếp", "Criticism: direct dialogue")),
    ("O1", T("Góp ý xây dựng Đảng, chính quyền", "Opinions on Party and government building")),
)


@dataclass(frozen=True)
class Period:
    """Months of the year, both ends included, how people call them, and how they call those of one year."""

    first: int
    last: int
    title: T
    dated: T

    def of(self, year: int) -> T:
        """Return the period of `year` in words."""
        return T(self.dated.vi.format(year), self.dated.en.format(year))


def _dated(title: T) -> T:
    return T(f"{title.vi} năm {{}}", f"{title.en} of {{}}")


def _periods() -> dict[str, Period]:
    found = {}
    for number, roman in enumerate(("I", "II", "III", "IV"), start=1):
        words = T(f"Quý {roman}", f"Quarter {roman}")
        found[f"q{number}"] = Period(3 * number - 2, 3 * number, words, _dated(words))
    for code, first, vi, en in (("h1", 1, "đầu", "First"), ("h2", 7, "cuối", "Second")):
        title = T(f"Sáu tháng {vi} năm", f"{en} half of the year")
        dated = T(f"Sáu tháng {vi} năm {{}}", f"{en} half of {{}}")
        found[code] = Period(first, first + 5, title, dated)
    found["y"] = Period(1, 12, T("Cả năm", "Whole year"), T("Cả năm {}", "The whole of {}"))
    for month in range(1, 13):
        words = T(f"Tháng {month}", f"Month {month}")
        found[f"m{month:02d}"] = Period(month, month, words, _dated(words))
    return found


PERIODS: dict[str, Period] = _periods()

#: Where proposals come from: Joint Resolution 403 Art 2 names these grounds.
SOURCES_OF_PROPOSALS: tuple[tuple[str, T], ...] = (
    ("member", T("Đề xuất của tổ chức thành viên", "Proposal of a member organization")),
    ("letters", T("Đơn, thư", "Letters")),
    ("press", T("Báo chí", "The press")),
    ("citizens", T("Phản ánh của người dân", "Citizens' reflections")),
    ("programme", T("Chương trình phối hợp và thống nhất hành động", "Coordinated action programme")),
    ("drafter", T("Đề nghị của cơ quan soạn thảo", "Request of a drafting body")),
    ("front", T("Nơi lập kế hoạch tự đề xuất", "The planning body itself")),
)

#: The State's bodies with which the Front agrees on its plan, by level: kinds of organization
#: (403 Art 3(3)). The National Assembly's own stand in the directory as "elected".
AGREEING_KINDS: dict[str, tuple[str, ...]] = {
    "centre": ("elected", "government"),
    "province": ("elected", "council", "committee"),
    "commune": ("council", "committee"),
}
