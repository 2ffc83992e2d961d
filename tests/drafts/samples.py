"""Draft laws of our own making: long, distinct, and with the near copies that real laws are full of."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import yaml

from supervision.legaltext.outline import Kind, Node, Outline
from supervision.legaltext.outline.tree import give_ids

_WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("sample_words.yaml").read_text(encoding="utf-8")
)
FIELDS = tuple(_WORDS["fields"])
_LETTERS = "abcdđeghiklmnopq"
_NUMERALS = ("I", "II", "III", "IV", "V")


def sample(field: str, seed: int = 0) -> Outline:
    """Return a draft of about fifty articles on `field`; the same for the same seed.

    Its procedures say nearly the same five times over, as real texts do: another permit act, another number
    of days. Duties come in lists whose members share half of their words.
    """
    made = _Sample(field, Random(f"{field} {seed}")).outline()
    give_ids(made)
    return made


def foreign(field: str, seed: int = 0) -> Outline:
    """Return articles on `field` that share no model sentence with a `sample` of another field."""
    found = _Sample(field, Random(f"foreign {field} {seed}")).articles()
    give_ids(found)
    return found


class _Sample:
    def __init__(self, field: str, rng: Random) -> None:
        self.words, self.common, self.rng = _WORDS["fields"][field], _WORDS["common"], rng

    def articles(self) -> Outline:
        """Return an article for each thing of the field."""
        found = [self._article(f"{_capital(act)} {self._one('things')}", 4) for act in self.words["acts"]]
        for number, article in enumerate(found, 1):
            article.number = str(number)
        return Outline("", [], found, [])

    def outline(self) -> Outline:
        words = self.words
        general = [self._article(title, 3) for title in ("Phạm vi điều chỉnh", "Đối tượng áp dụng")]
        general += [
            self._article(f"Nguyên tắc {self._one('acts')} {thing}", 3) for thing in words["things"][:5]
        ]
        duties = [self._duties(body) for body in words["bodies"]]
        things = [self._article(f"Điều kiện đối với {thing}", 4) for thing in words["things"]]
        procedures = [one for said in self.common["procedures"] for one in self._procedure(said)]
        end = [self._article("Điều khoản chuyển tiếp", 2), self._article("Hiệu lực thi hành", 2)]
        titles = ("QUY ĐỊNH CHUNG", "ĐIỀU KIỆN", "TRÌNH TỰ, THỦ TỤC", "TRÁCH NHIỆM", "ĐIỀU KHOẢN THI HÀNH")
        groups = (general, things, procedures, duties, end)
        chapters = [
            Node(Kind.CHAPTER, number, title, children=articles)
            for number, title, articles in zip(_NUMERALS, titles, groups, strict=True)
        ]
        for number, article in enumerate((one for group in groups for one in group), 1):
            article.number = str(number)
        return Outline(f"Nghị quyết Quy định {words['title']}", [], chapters, [])

    def _article(self, title: str, clauses: int) -> Node:
        made = Node(Kind.ARTICLE, title=title)
        for number in range(1, clauses + self.rng.randint(0, 2)):
            if self.rng.random() < 0.25:
                points = [self._sentence(";") for _ in range(self.rng.randint(3, 6))]
                made.children.append(self._list(number, f"{self._sentence('')}, gồm:", points))
            else:
                made.children.append(Node(Kind.CLAUSE, str(number), text=[self._sentence(".")]))
        return made

    def _duties(self, body: str) -> Node:
        """An article whose lists are only partly its own: bodies share duties and the words before them."""
        made = Node(Kind.ARTICLE, title=f"Trách nhiệm của {body}")
        for number, lead in enumerate(
            (f"{body} có trách nhiệm:", "Kiểm tra, báo cáo:", "Kinh phí thực hiện:"), 1
        ):
            points = [f"{self._act()} {self._one('objects')};" for _ in range(self.rng.randint(3, 6))]
            made.children.append(self._list(number, lead, points))
        return made

    def _procedure(self, said: str) -> list[Node]:
        said = self._filled(said)
        papers = [self._filled(one, said) + ";" for one in self.rng.sample(self.common["papers"], 6)]
        steps = [self._filled(one, said) for one in self.common["steps"]]
        file = Node(Kind.ARTICLE, title=f"Hồ sơ đề nghị {said}")
        file.children.append(self._list(1, f"Hồ sơ đề nghị {said} gồm:", papers))
        file.children.append(Node(Kind.CLAUSE, "2", text=["Số lượng hồ sơ: 01 bộ."]))
        way = Node(Kind.ARTICLE, title=f"Trình tự {said}")
        way.children = [Node(Kind.CLAUSE, str(number), text=[step]) for number, step in enumerate(steps, 1)]
        return [self._article(f"Các trường hợp {said}", 3), file, way, self._article(f"Thẩm quyền {said}", 2)]

    def _list(self, number: int, lead: str, points: list[str]) -> Node:
        children = [
            Node(Kind.POINT, letter, text=[text]) for letter, text in zip(_LETTERS, points, strict=False)
        ]
        return Node(Kind.CLAUSE, str(number), text=[lead], children=children)

    # -- words ---------------------------------------------------------------------------

    def _sentence(self, end: str) -> str:
        who = self._one("bodies" if self.rng.random() < 0.6 else "people")
        said = f"{who} {self.rng.choice(self.common['duties'])} {self._one('acts')} {self._one('objects')}"
        if self.rng.random() < 0.4:
            said += f", {self._one('acts')} {self._one('things')}"
        if self.rng.random() < 0.5:
            said += f" {self._one('conditions')}"
        if self.rng.random() < 0.5:
            said += f", {self._filled(self.rng.choice(self.common['times']))}"
        return _capital(said) + end

    def _act(self) -> str:
        return _capital(f"{self._one('acts')} {self._one('things')},")

    def _filled(self, pattern: str, said: str = "") -> str:
        who, body = self._one("people"), self._one("bodies")
        words = {"n": self.rng.choice((3, 5, 7, 10, 15, 20, 30)), "việc": said, "giấy": self.words["permit"]}
        words |= {
            "vật": self._one("things"),
            "người": who,
            "Người": _capital(who),
            "cơ quan": body,
            "Cơ quan": body,
        }
        return pattern.format(**words)

    def _one(self, name: str) -> str:
        return self.rng.choice(self.words[name])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
