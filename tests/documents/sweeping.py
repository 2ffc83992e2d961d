"""Papers at every place where a page can end: made without a database, laid out, looked at by machine.

A case is a kind, one of its list-like parts (or all) at a size, and a number of lines of filler put before
the text, by which everything after it moves down the page.
"""

from __future__ import annotations

import copy
import functools
import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from weasyprint import CSS
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from supervision.documents import printing
from supervision.documents.kinds import KINDS
from supervision.documents.letterhead import default_header, default_issuer_full, signature_block
from supervision.documents.models import Document
from supervision.documents.render import assets_of, paper_html
from supervision.documents.shapes import DocumentKind
from supervision.documents.signing.fields import BOXES
from supervision.language.codes import new_verification_code
from supervision.organizations.models import Kind, Level, Mandate, Organization, Territory, User
from tests.documents.papers import AT, DELEGATION_KINDS, SAMPLES

FILLER = range(61)
SIZES = (0, 1, 2, 10, 40)
ALL, LONG = "all", "long"
_MM = 96 / 25.4
_LINE = '<p class="khong-lui" style="margin: 0">Dòng thứ {n}</p>'
_TITLE_RULE = '<div class="ke-trich-yeu"></div>'
_LONG_LINE = (
    "Ủy ban nhân dân các xã, phường trên địa bàn có tên trong kế hoạch giám sát (để phối hợp thực hiện)"
)
_LONG_TEXT = "Đoàn giám sát đối chiếu hồ sơ lưu với sổ theo dõi; nơi trả chậm đều có giấy hẹn lại. " * 60


class Case(NamedTuple):
    """`part` is the name of a list-like key of the kind's context, "all" of them, or "long"."""

    kind: str
    part: str
    size: int
    filler: int = 0


def parts(kind: DocumentKind) -> list[str]:
    """Return the list-like keys of a kind's context."""
    listed = ("lines", "rows", "sections", "tables")
    return ["recipients", *(field.name for field in kind.fields if field.type in listed)]


def sizes(kind: DocumentKind) -> Iterator[Case]:
    """Yield what a kind is swept over, without filler.

    As in its sample; all list-like parts at each size; each alone at the largest; and texts longer than a
    page with more recipients than fit on one.
    """
    yield Case(kind.code, "sample", 0)
    yield from (Case(kind.code, ALL, size) for size in SIZES)
    yield from (Case(kind.code, part, SIZES[-1]) for part in parts(kind))
    yield Case(kind.code, LONG, 3)


def paper(case: Case) -> Document:
    """Return the paper of a case as it stands when its signature was asked for; it is in no database."""
    kind = KINDS[case.kind]
    by_delegation = kind.code in DELEGATION_KINDS
    body = _body()
    signer = Mandate(
        user=User(display_name="Cán bộ mẫu 11"), organization=body, title="Phó Chủ tịch Thường trực"
    )
    context = {
        "issuer_full": default_issuer_full(body),
        "header": default_header(body, delegation=by_delegation),
        "recipients": [],
        **_resized(kind, copy.deepcopy(SAMPLES[case.kind]), case),
        "is_sample": False,
        "signature": signature_block(
            signer=signer, capacity="HEAD" if by_delegation else "TM_KT", organization=body
        ),
        "number_text": kind.number_text(45, body.symbol, "62/QĐ" if by_delegation else ""),
        "issued_on": AT.date().isoformat(),
        "code": new_verification_code(),
        "verify_address": "https://giamsat.example/v/x/",
    }
    kind.check(context)
    series = kind.series(body.symbol, "62/QĐ" if by_delegation else "")
    return Document(
        kind=kind.code, organization=body, subject=context["subject"], context=context, series=series
    )


def _body() -> Organization:
    return Organization(
        kind=Kind.FRONT,
        level=Level.PROVINCE,
        territory=Territory(name="Tỉnh Bắc Ninh", level=Level.PROVINCE),
        name="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Ninh",
        short_name="Ủy ban MTTQ Việt Nam tỉnh",
        deciding_body="Ban Thường trực",
        symbol="MTTQ-BTT",
    )


def _resized(kind: DocumentKind, context: dict[str, Any], case: Case) -> dict[str, Any]:
    if case.part == "sample":
        return context
    named = parts(kind) if case.part in (ALL, LONG) else [case.part]
    required = {field.name for field in kind.fields if field.required}
    types = {"recipients": "lines", **{field.name: field.type for field in kind.fields}}
    for name in named:
        size = max(case.size, 1) if name in required else case.size
        found = context.get(name) or _sample_of(kind, name)
        if types[name] == "tables":
            context[name] = [{**table, "rows": _times(table["rows"], size)} for table in found]
        else:
            context[name] = _times(found, size)
        if case.part == LONG:
            context[name] = [_lengthened(value) for value in context[name]]
    if case.part == LONG:
        context["recipients"] = [_LONG_LINE] * 60
    return context


def _sample_of(kind: DocumentKind, name: str) -> list[Any]:
    """Return something for a part that the kind's own sample leaves out."""
    found = next((field for field in kind.fields if field.name == name), None)
    if found is None or found.type == "lines":
        return ["Ủy ban nhân dân xã Mẫu 2"]
    if found.type == "rows":
        days = {key: "2026-09-08" for key in found.keys if key.endswith("on")}
        return [{**dict.fromkeys(found.keys, "Nội dung mẫu"), **days}]
    return next(sample[name] for sample in SAMPLES.values() if sample.get(name))


def _times(values: list[Any], size: int) -> list[Any]:
    return [values[n % len(values)] for n in range(size)]


def _lengthened(value: Any) -> Any:
    """Make one value of a list longer than a page, where it is a text of a row or a section."""
    if isinstance(value, dict) and "rows" in value:
        return {**value, "rows": [[*row[:-1], _LONG_TEXT] for row in value["rows"]]}
    if isinstance(value, dict):
        longest = max((key for key in value if isinstance(value[key], str)), key=lambda key: len(value[key]))
        return {**value, longest: _LONG_TEXT}
    return f"{value}, {_LONG_LINE}"


def with_words(value: Any, words: str) -> Any:
    """Return the context of a paper with `words` at the end of each of its texts."""
    if isinstance(value, dict):
        kept = ("header", "signature", "code", "verify_address", "number_text")
        return {key: one if key in kept else with_words(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [with_words(one, words) for one in value]
    is_text = isinstance(value, str) and " " in value.strip()
    return f"{value} {words}" if is_text else value


def printed_html(case: Case) -> tuple[str, dict[str, tuple[bytes, str]]]:
    """Return the HTML of a case with its filler, in the main text and in each annex, and what it shows."""
    document = paper(case)
    return filled(paper_html(document, signed_at=AT), case.filler), assets_of(document)


def filled(text: str, filler: int) -> str:
    """Return the HTML of a paper with lines of filler before its text and before that of each annex."""
    lines = "".join(_LINE.format(n=n) for n in range(1, filler + 1))
    begins = _TITLE_RULE if text.count(_TITLE_RULE) > text.count('class="phu-luc') else "</header>"
    head, mark, rest = text.partition(begins)
    return head + mark + lines + rest.replace(_TITLE_RULE, _TITLE_RULE + lines)


@functools.cache
def _stylesheets() -> tuple[list[CSS], FontConfiguration]:
    fonts = FontConfiguration()
    sheet = CSS(url="paper:paper.css", url_fetcher=printing.NamedAssets({}), font_config=fonts)
    return [sheet], fonts


def laid_out(text: str, extra: dict[str, tuple[bytes, str]]) -> Any:
    """Lay a paper out as the printer does; its style sheet is read once for all of them."""
    sheets, fonts = _stylesheets()
    return printing.lay_out(
        re.sub(r'<link rel="stylesheet"[^>]*>', "", text), extra, fonts=fonts, stylesheets=sheets
    )


def page_ends(case: Case) -> list[int]:
    """Return how many lines of filler bring the signature to the end of a page: three about that place."""
    document = laid_out(*printed_html(case))
    pages = [page._page_box for page in document.pages if "o-ky" in page.anchors]
    block = next(box for box in _content(pages[0]) if {"ky", "hai-ben"} & _classes(box))
    room = pages[0].content_box_y() + pages[0].height - block.position_y - block.margin_height()
    fit = int(room // (17.5 / 0.75))
    return [fit - 1, fit, fit + 1] if fit > 0 else [0, 1, 2]


def faults(document: Any, text: str) -> list[str]:
    """Return what a machine can see to be wrong with a paper that was laid out from `text`."""
    pages = [page._page_box for page in document.pages]
    return [
        *_fields_missing(document, "o-dau" in text),
        *_signature_alone(document),
        *_numbers_wrong(pages),
        *_off_page(pages),
        *_lost(pages, text),
    ]


def _fields_missing(document: Any, sealed: bool) -> Iterator[str]:
    for anchor in list(BOXES)[: 1 + sealed]:
        found = [page.anchors[anchor] for page in document.pages if anchor in page.anchors]
        if len(found) != 1:
            yield f"{anchor} stands {len(found)} times"
            continue
        (x1, y1, x2, y2), page = found[0], document.pages[0]
        if not (30 * _MM <= x1 < x2 <= page.width and 0 < y1 and y2 <= page.height - 15 * _MM):
            yield f"{anchor} is off the page"
        if abs(y2 - y1 - 36 * _MM) > 1:
            yield f"{anchor} is {(y2 - y1) / _MM:.0f} mm high"


def _signature_alone(document: Any) -> Iterator[str]:
    """A page that bears the signature and no line of the text above it is a fault."""
    for page in document.pages:
        boxes_here = list(_content(page._page_box)) if "o-ky" in page.anchors else []
        if not boxes_here:
            continue
        top = next(box.position_y for box in boxes_here if {"ky", "hai-ben"} & _classes(box))
        if not any(isinstance(box, boxes.LineBox) and box.position_y < top for box in boxes_here):
            yield "the signature stands alone"


def _classes(box: Any) -> set[str]:
    return set((box.element.get("class") or "").split()) if box.element is not None else set()


def _numbers_wrong(pages: list[Any]) -> Iterator[str]:
    """Pages are numbered from 2, and each annex apart (Decree 30 Annex I)."""
    for place, page in enumerate(pages, 1):
        groups = page.page_type.groups
        number = groups[-1][1] + 1 if groups else place
        margins = (box for box in page.children if isinstance(box, boxes.MarginBox))
        printed = "".join(_words(box) for box in margins if box.at_keyword == "@top-center")
        if printed != ("" if number == 1 else str(number)):
            yield "a page bears another number than its own"


def _off_page(pages: list[Any]) -> Iterator[str]:
    for page in pages:
        bottom = page.content_box_y() + page.height + 1
        right = page.content_box_x() + page.width + 1
        for box in _content(page):
            if not isinstance(box, (boxes.TextBox, boxes.ReplacedBox)) or not _is_printed(box):
                continue
            if box.position_y + box.height > bottom or box.position_x + box.width > right:
                yield f"{_words(box)[:40]!r} runs off the page"
                break


def _is_printed(box: Any) -> bool:
    return not isinstance(box, boxes.TextBox) or bool(box.text.strip())


def _lost(pages: list[Any], text: str) -> Iterator[str]:
    body = re.sub(r"<head>.*</head>", "", text, flags=re.DOTALL)
    wanted = Counter(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", body))))
    printed = Counter(re.findall(r"\w+", " ".join(_words(page, " ") for page in pages)))
    if missing := wanted - printed:
        yield f"words are lost: {' '.join(word for word, _n in missing.most_common(3))}"


def _content(page: Any) -> Iterator[Any]:
    """Yield the boxes of a page's body, not those in its margins."""
    for child in page.children:
        if not isinstance(child, boxes.MarginBox):
            yield from child.descendants()


def _words(box: Any, between: str = "") -> str:
    found = [box] if isinstance(box, boxes.TextBox) else box.descendants() if hasattr(box, "children") else []
    return between.join(one.text for one in found if isinstance(one, boxes.TextBox))
