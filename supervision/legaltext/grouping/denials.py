"""Remarks of the same words, of which one denies what the other does not: no list has to know the words.

"Chưa đủ răn đe" is not "đủ răn đe"; "thu theo hộ, không thu theo đầu người" has all the words of "thu theo
đầu người, không thu theo hộ".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from supervision.legaltext.grouping.reading import Reading, plain, toned

#: Kinds of a question, with the words of the remark; what answers it.
DENIES, DENIED = "ask", "denied"
YES, NO = "yes", "no"
_DENIALS = tuple("không chưa chẳng chả đừng chớ khỏi hoãn ngừng dừng cấm bỏ hủy xóa miễn thôi phản".split())
#: "Thôi không thu" denies once.
_TWICE = ("thôi", "ngừng", "dừng", "cấm")
#: With or without them, and wherever they stand, a remark asks the same.
_EMPTY = tuple(
    "các những thì là mà việc rằng đề nghị kiến xin kính mong tôi chúng em ạ nên cần phải hãy này dự thảo"
    " quy định lại hoàn toàn".split()
)
#: Without their marks these are like other words.
_UNCLEAR = frozenset(map(plain, ("đừng", "bỏ", "cấm", "chả", "thôi", "chớ")))
#: Fewer words than this do not make two remarks the same but for a denial.
_FEWEST = 2


def denials(reading: Reading) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """Yield the questions that a remark answers by what it denies, and the answers; see `Positions`."""
    said, empty, twice = _spelled(reading.is_marked)
    clauses = [[word.exact for word in clause] for clause in reading.clauses]
    telling = sorted(word for clause in clauses for word in clause if word not in said | empty)
    if len(telling) < _FEWEST:
        return
    about = " ".join(telling)
    count = sum(_times(clause, said, twice) for clause in clauses)
    yield (DENIES, "", about), frozenset({NO if count % 2 else YES})
    denied, stated = set[str](), set[str]()
    for clause in clauses:
        first = next((n for n, word in enumerate(clause) if word in said), len(clause))
        stated |= {*clause[:first]}
        denied |= {*clause[first:]}
    if only := denied - stated - said - empty:
        yield (DENIED, about), frozenset(only)


def _times(clause: list[str], said: frozenset[str], twice: frozenset[str]) -> int:
    again = sum(one in twice and two in said for one, two in pairwise(clause))
    return sum(word in said for word in clause) - again


@lru_cache(maxsize=2)
def _spelled(is_marked: bool) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    spell = toned if is_marked else plain
    said, empty, twice = (frozenset(map(spell, listed)) for listed in (_DENIALS, _EMPTY, _TWICE))
    return (said, empty, twice) if is_marked else (said - _UNCLEAR, empty, twice - _UNCLEAR)
