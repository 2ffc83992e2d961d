"""Why a step exists: a norm read in a source, or practice where the law is silent."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.law.text import T


@dataclass(frozen=True)
class Act:
    """A legal act: its short names, its number, and the articles whose text was read."""

    key: str
    name: T
    number: str
    articles_read: frozenset[int]


LAW = Act(
    "front-law",
    T("Luật Mặt trận Tổ quốc Việt Nam", "Law on the Vietnam Fatherland Front"),
    "75/2015/QH13",
    frozenset([4, 5, 6, 7, *range(15, 37)]),
)
JOINT_403 = Act(
    "joint-403",
    T("Nghị quyết liên tịch 403", "Joint Resolution 403"),
    "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
    frozenset(range(2, 25)),
)
DECREE_30 = Act(
    "decree-30",
    T("Nghị định 30/2020/NĐ-CP", "Decree 30/2020/NĐ-CP"),
    "30/2020/NĐ-CP",
    frozenset([2, 5, 8, 13, 15]),
)
GRASSROOTS_10 = Act(
    "grassroots-10",
    T("Luật Thực hiện dân chủ ở cơ sở", "Law on Grassroots Democracy"),
    "10/2022/QH15",
    frozenset([28, 32, 35, 37, 40, 45]),
)
DECREE_59 = Act(
    "decree-59",
    T("Nghị định 59/2023/NĐ-CP", "Decree 59/2023/NĐ-CP"),
    "59/2023/NĐ-CP",
    frozenset([12, 13, 14]),
)
LAW_64 = Act(
    "legal-documents-64",
    T("Luật Ban hành văn bản quy phạm pháp luật", "Law on Promulgation of Legal Documents"),
    "64/2025/QH15",
    frozenset([6]),
)
#: The text was not read article by article, so it is cited as a whole.
DECISION_218 = Act(
    "decision-218",
    T("Quyết định 218-QĐ/TW của Bộ Chính trị", "Decision 218-QĐ/TW of the Politburo"),
    "218-QĐ/TW",
    frozenset(),
)
CIVIL_CODE = Act(
    "civil-code",
    T("Bộ luật Dân sự", "Civil Code"),
    "91/2015/QH13",
    frozenset(range(144, 149)),
)
_ACTS = (LAW, JOINT_403, DECREE_30, GRASSROOTS_10, DECREE_59, LAW_64, DECISION_218, CIVIL_CODE)
ACTS = {act.key: act for act in _ACTS}


@dataclass(frozen=True)
class Norm:
    """An article of an act, with clause and point where the text has them; without one, the act as a whole.

    Raises ValueError when the article was not read in a source: law is not invented.
    """

    act: Act
    article: int | None = None
    clause: int | None = None
    point: str = ""

    def __post_init__(self) -> None:
        if self.article is not None and self.article not in self.act.articles_read:
            raise ValueError(f"{self.act.number} article {self.article} was not read in a source")

    @property
    def label(self) -> T:
        if self.article is None:
            return self.act.name
        vi = [self.act.name.vi]
        en = []
        if self.point:
            vi.append(f"điểm {self.point}")
            en.append(f"point {self.point}")
        if self.clause is not None:
            vi.append(f"khoản {self.clause}")
            en.append(f"clause {self.clause}")
        vi.append(f"Điều {self.article}")
        en.append(f"Article {self.article}")
        return T(
            vi=f"{', '.join([vi[0], ' '.join(vi[1:])])}", en=f"{self.act.name.en}, {', '.join(reversed(en))}"
        )


@dataclass(frozen=True)
class Practice:
    """A step that practice asks for and no law regulates; shown as such."""

    reason: T

    @property
    def label(self) -> T:
        return T(
            vi=f"Theo thực tiễn, luật không quy định: {self.reason.vi}",
            en=f"Practice, not regulated by law: {self.reason.en}",
        )


Basis = Norm | Practice


def law(article: int, clause: int | None = None, point: str = "") -> Norm:
    """Cite the Front Law."""
    return Norm(LAW, article, clause, point)


def joint(article: int, clause: int | None = None, point: str = "") -> Norm:
    """Cite Joint Resolution 403."""
    return Norm(JOINT_403, article, clause, point)
