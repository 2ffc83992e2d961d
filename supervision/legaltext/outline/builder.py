"""Blocks into a tree. What begins like a provision is one only where its number may follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from supervision.legaltext.outline import dresses, marks
from supervision.legaltext.outline.blocks import Block
from supervision.legaltext.outline.nodes import DEPTH, Kind, Node, Outline
from supervision.legaltext.outline.quotations import Quotations
from supervision.legaltext.outline.series import Series
from supervision.legaltext.outline.titles import split_preamble
from supervision.legaltext.outline.tree import Tree

#: An article may be missing in a copy; one further on is a reference.
_ARTICLES_MISSED = 2
_CLAUSES_MISSED = 1
_HEADINGS_MISSED = 1
_ATTACHED_BEGINS = 200  # blocks after its name
_LONGEST_HEADING = 160  # characters
_LONGEST_TITLE = 60  # characters, where it ends like a sentence
#: A provision that begins in the middle of a paragraph, for a line break was lost before it.
_LOST_BREAK = re.compile(r"(?<=[.;])\s?(?P<number>\d{1,3})\.\s?(?=[A-ZĐÀ-Ỹ])")


def outline(blocks: Sequence[Block], title: str = "") -> Outline:
    """Return the structure of a text given as blocks; `title` stands where the text itself names none."""
    found, preamble, body = split_preamble(blocks, title)
    made = _Builder(body).build()
    made.title, made.preamble = found, preamble
    return made


class _Builder(Tree):
    """Reads blocks one after the other and knows what may come next."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__()
        self.blocks = list(blocks)
        self.quotations = Quotations(blocks)
        first = marks.article(blocks[0].text) if blocks else None
        self.last_article = marks.value(first.number) - 1 if first else 0  # an excerpt begins further on
        self.series = Series(self.blocks)
        #: Whether clauses may stand outside articles and headings.
        self.is_plan = bool(blocks) and not first and not marks.wide(blocks[0].text)
        self.quoting_until = -1  # the block that closes an open quotation
        self.is_closing = False  # signature and copies: text belongs to no provision

    def build(self) -> Outline:
        for n, block in enumerate(self.blocks):
            self._take(n, block)
        return self.finished()

    # -- one block -----------------------------------------------------------------------

    def _take(self, n: int, block: Block) -> None:
        if block.rows:
            self.open(Node(Kind.TABLE, rows=[list(row) for row in block.rows]))
            self.path.pop()
            return
        if n <= self.quoting_until:
            self._say(block.text)
            return
        if not self._begin(n, block):
            self._continue(block)
        self.quoting_until = self.quotations.end(n) or self.quoting_until

    def _begin(self, n: int, block: Block) -> bool:
        """Open the provision that the block begins, if it does."""
        text = block.text
        if self._attachment(n, block) or self._appendix(n, block) or self._form(block):
            return True
        if self._in_appendix():
            return False
        if self._wide(block) or self._article(block) or self._heading(n, block):
            return True
        return self._clause(text) or self._dotted(text) or self._point(text)

    def _continue(self, block: Block) -> None:
        text = block.text
        here = self.path[-1] if self.path else None
        if marks.CLOSING.match(text) or (block.after_rule and here and here.kind is not Kind.APPENDIX):
            self.is_closing = True
        if self.is_closing or here is None:
            (self.made.closing if self.made.nodes else self.made.preamble).append(text)
        elif here.kind in TITLED and not here.text and not here.children and self._is_title(here, block):
            here.title = f"{here.title} {text}".strip()
        else:
            self._say_splitting(text)

    def _is_title(self, here: Node, block: Block) -> bool:
        """Whether a paragraph right after a heading goes on with its title."""
        if dresses.begins(block.text):
            return False
        if here.kind is Kind.ARTICLE:
            return bool(here.title) and block.text[:1].islower() and not marks.begins(block.text)
        if not here.title:
            return not marks.begins(block.text)
        return block.text.isupper() or (block.text[:1].islower() and block.heading > 0)

    def _say(self, text: str) -> None:
        if text:
            self.here.text.append(text)

    def _say_splitting(self, text: str) -> None:
        """Keep a paragraph; a clause that begins inside it, its number being the next, begins there."""
        start = 0
        for found in _LOST_BREAK.finditer(text):
            head = text[start : found.start()].strip()
            if head and self._may_be_clause(found["number"]):
                self._say(head)
                self.open(Node(Kind.CLAUSE, found["number"]))
                start = found.end()
        self._say(text[start:].strip())

    # -- provisions ----------------------------------------------------------------------

    def _attachment(self, n: int, block: Block) -> bool:
        is_name = bool(block.heading) or block.text.isupper()
        if not (self.last_article or self.is_plan) or not is_name or not marks.ATTACHED.match(block.text):
            return False
        following = (marks.article(one.text) for one in self.blocks[n + 1 : n + _ATTACHED_BEGINS])
        first = next((mark for mark in following if mark), None)
        is_plan = first is None and self.series.begins(n + 1, n + _ATTACHED_BEGINS) is not None
        if not is_plan and (first is None or marks.value(first.number) != 1):
            return False
        self.open(Node(Kind.ATTACHMENT, title=block.text))
        self.last_article, self.is_plan = 0, is_plan
        return True

    def _appendix(self, n: int, block: Block) -> bool:
        found = marks.APPENDIX.match(block.text)
        if found is None or not self.made.nodes or self._is_amid_a_sentence(n):
            return False
        self.open(Node(Kind.APPENDIX, found["number"] or "", (found["title"] or "").strip()))
        return True

    def _is_amid_a_sentence(self, n: int) -> bool:
        """Whether a block stands between the words of one sentence: "theo | Phụ lục V | ban hành kèm"."""
        block, around = self.blocks[n], self.blocks[max(n - 1, 0) : n + 2]
        if len(around) < 3 or block.heading or block.text.isupper():
            return False
        return not around[0].is_closed and around[2].text[:1].islower()

    def _form(self, block: Block) -> bool:
        """A form stands in an appendix; elsewhere its name only refers to it."""
        found = marks.FORM.match(block.text) if block.heading and self._in_appendix() else None
        if found is None:
            return False
        self.open(Node(Kind.FORM, found["number"], (found["title"] or "").strip()))
        return True

    def _wide(self, block: Block) -> bool:
        mark = marks.wide(block.text)
        if mark is None or not self._is_heading(block, mark):
            return False
        title, _section, inner = mark.rest.partition(" Mục ")
        self.open(Node(mark.kind, mark.number, title.strip()))
        if inner and (section := marks.wide(f"Mục {inner}")):
            self.open(Node(section.kind, section.number, section.rest))
        return True

    @staticmethod
    def _is_heading(block: Block, mark: marks.Mark) -> bool:
        """Whether "Chương II ..." is a heading: a sentence that begins so is none."""
        is_short = len(block.text) < _LONGEST_HEADING and not block.is_closed
        return bool(block.heading) or not mark.rest or mark.rest.isupper() or is_short

    def _article(self, block: Block) -> bool:
        mark = marks.article(block.text)
        if mark is None:
            return False
        number = marks.value(mark.number)
        more = _ARTICLES_MISSED * (10 if block.heading else 1)
        is_next = self.last_article < number <= self.last_article + 1 + more
        is_inserted = number == self.last_article and not mark.number.isdigit()
        if not is_next and not is_inserted:
            return False
        self.open(_titled(mark))
        self.last_article = number
        return True

    def _heading(self, n: int, block: Block) -> bool:
        """Open a heading or a part with a letter: the first of a series, or the next."""
        mark = marks.lettered(block.text) or marks.heading(block.text)
        if mark is None or self.is_closing:
            return False
        holder = self._wider_than(mark.kind)
        last, here = _last_number(holder, mark.kind), marks.rank(mark)
        if mark.kind is Kind.PART and not last and self._within(Kind.HEADING):
            return False  # a letter inside a heading is no part
        if last:
            before = marks.rank(replace(mark, number=last))
            is_next = before < here <= before + 1 + _HEADINGS_MISSED
        else:
            is_next = n == 0 or (here == 1 and self.series.goes_on(mark.kind, n))
        if is_next:
            self.open(_titled(mark))
        return is_next

    def _clause(self, text: str) -> bool:
        mark = marks.clause(text)
        if mark is None or not self._may_be_clause(mark.number):
            return False
        self.open(Node(Kind.CLAUSE, mark.number))
        self._say_splitting(mark.rest)
        return True

    def _may_be_clause(self, number: str) -> bool:
        holder = self._holder()
        if holder is None or self.is_closing:
            return False
        before = _last_number(holder, Kind.CLAUSE)
        last, here = marks.value(before), marks.value(number)
        if here == last and before:
            return not number.isdigit() and number != before
        return last < here <= last + 1 + (_CLAUSES_MISSED if before else 0)

    def _dotted(self, text: str) -> bool:
        """Open "1.2.", a point of clause 1, or "1.2.3.", an item of that point."""
        mark = marks.dotted(text)
        if mark is None or self.is_closing:
            return False
        outer, _dot, own = mark.number.rpartition(".")
        parent = self._within(Kind.CLAUSE if mark.kind is Kind.POINT else Kind.POINT)
        if parent is None or parent.number != outer:
            return False
        last = _last_number(parent, mark.kind).rpartition(".")[2]
        if not marks.value(last) < int(own) <= marks.value(last) + 1 + (_CLAUSES_MISSED if last else 0):
            return False
        self.open(Node(mark.kind, mark.number, text=[mark.rest]))
        return True

    def _point(self, text: str) -> bool:
        mark = marks.point(text)
        outer = self._within(Kind.POINT)
        in_dotted = outer is not None and "." in outer.number
        kind = Kind.ITEM if in_dotted else Kind.POINT
        parent = outer if in_dotted else self._within(Kind.CLAUSE) or self._holder()
        if mark is None or parent is None or self.is_closing:
            return False
        last, letter = _last_number(parent, kind), mark.number
        if letter == "d" == last:  # OCR lost the stroke of đ
            letter = "đ"
        if "." in last or not marks.letter_after(last, letter) or (not last and letter != "a"):
            return False
        self.open(Node(kind, letter, text=[mark.rest] if mark.rest else []))
        return True

    # -- where we are --------------------------------------------------------------------

    def _within(self, kind: Kind) -> Node | None:
        return next((node for node in reversed(self.path) if node.kind is kind), None)

    def _wider_than(self, kind: Kind) -> Node:
        wider = (node for node in reversed(self.path) if DEPTH[node.kind] < DEPTH[kind])
        return next(wider, self.root)

    def _holder(self) -> Node | None:
        """Return what a clause may stand in here: an article, a heading, in a plan whatever is open."""
        holder = self._wider_than(Kind.CLAUSE)
        return holder if self.is_plan or holder.kind in (Kind.ARTICLE, Kind.HEADING) else None

    def _in_appendix(self) -> bool:
        return bool(self.path) and self.path[0].kind is Kind.APPENDIX

    def open(self, node: Node) -> None:
        """Open a provision; what comes now is text again, no signature."""
        super().open(node)
        self.is_closing = False


def _last_number(parent: Node, kind: Kind) -> str:
    """Return the number of the last child of a kind, "" without one."""
    return next((child.number for child in reversed(parent.children) if child.kind is kind), "")


def _titled(mark: marks.Mark) -> Node:
    """Return the provision with its title; a sentence in its place is its text."""
    if mark.rest.endswith((".", ";", ":")) and len(mark.rest) > _LONGEST_TITLE:
        return Node(mark.kind, mark.number, text=[mark.rest])
    return Node(mark.kind, mark.number, mark.rest)


#: What has a title of its own.
TITLED = (
    Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE, Kind.HEADING,
    Kind.APPENDIX, Kind.FORM,
)  # fmt: skip
