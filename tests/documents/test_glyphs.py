"""No sign that the printer cannot draw gets into a paper: no box stands where a word should."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from supervision.documents import glyphs, printing
from supervision.documents.glyphs import unprintable
from supervision.documents.printing import print_paper
from supervision.language.folding import nfc

PLAIN = "Kế hoạch số 01/KH-MTTQ-BTT: “thống nhất” – 30% ≤ ½ m², 5.000 ₫ … đ Đ ưỡ ợ ẵ\u00a0§\tmột\nhai"
HOSTILE = {
    "Word's bullet": "\uf0b7",
    "Word's tick box": "\uf0fe",
    "a sign of the font's own": "\uf001",
    "nobody's sign": "\u0378",
}


def is_a_box(sign: str) -> bool:
    """Whether the print draws `sign` with the font of the letters beside it, which does not have it."""
    html = f'<html lang="vi"><title>x</title><link rel="stylesheet" href="paper:paper.css"><p>a{sign}b</p>'
    made = print_paper(html, {}, defaultdict(lambda: "x"), None)["pdf"]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        fonts = set(re.findall(rb"/([A-Z]+) [0-9.]+ Tf", pdf.pages[0].Contents.read_bytes()))
    paper = TTFont(Path(printing.__file__).parent / "paper" / "Tinos-Regular.ttf", lazy=True)
    return len(fonts) == 1 and ord(sign) not in paper.getBestCmap()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_sign_without_a_meaning_is_named_with_what_stands_before_it(name: str) -> None:
    sign = HOSTILE[name]
    assert unprintable(f"Căn cứ Luật {sign} và {sign}") == {sign: "Căn cứ Luật"}


def test_ordinary_words_marks_apart_and_what_other_fonts_draw_are_let_through() -> None:
    assert unprintable(PLAIN) == {} and unprintable(nfc(unicodedata.normalize("NFD", PLAIN))) == {}
    assert unprintable(unicodedata.normalize("NFD", PLAIN)) == {}
    assert unprintable("a\u200db\ufe0f\u034fc\u2060") == {}, "what only shapes its neighbours"


@pytest.mark.parametrize("sign", ["中", "𡨸", "😀", "✓", "ꨀ", "ກ", "م", "≤", "→"])
def test_the_rule_says_of_each_sign_what_the_print_does(sign: str) -> None:
    """Whatever fonts this machine has: refused exactly where the print would hold a box."""
    assert bool(unprintable(sign)) == is_a_box(sign)


def test_without_the_machines_list_the_papers_own_font_alone_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    caches = (glyphs._of_the_machine, glyphs._is_drawn)
    try:
        for cached in caches:
            cached.cache_clear()
        assert unprintable(PLAIN) == {} and set(unprintable("中")) == {"中"}
    finally:
        for cached in caches:
            cached.cache_clear()
