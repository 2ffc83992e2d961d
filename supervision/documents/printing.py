"""HTML to an archival, tagged PDF with a signature field. Runs in a sandbox child: no Django, no network."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from supervision.documents.signing.fields import BOXES

_PAPER = Path(__file__).resolve().parent / "paper"
_LOCAL = {
    "paper.css": "text/css",
    "plain.css": "text/css",
    "sample.css": "text/css",
    "stamp.css": "text/css",
    "seal.css": "text/css",
    "du-lieu-mau.svg": "image/svg+xml",
    "du-lieu-mau-ngang.svg": "image/svg+xml",
    "Tinos-Regular.ttf": "font/ttf",
    "Tinos-Bold.ttf": "font/ttf",
    "Tinos-Italic.ttf": "font/ttf",
    "Tinos-BoldItalic.ttf": "font/ttf",
}
_SCHEME = "paper:"
_ROW = re.compile(r"d\d+$")

#: PDF/A-3 is declared by WeasyPrint, PDF/UA-1 here; one rdf:RDF, because pyHanko keeps only the first.
_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class NamedAssets(URLFetcher):  # type: ignore[misc]
    """Serve the named local assets and those handed over with the job; refuse everything else."""

    def __init__(self, extra: dict[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._extra = extra

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = url.removeprefix(_SCHEME) if url.startswith(_SCHEME) else ""
        if name in self._extra:
            body, media_type = self._extra[name]
        elif name in _LOCAL:
            body, media_type = (_PAPER / name).read_bytes(), _LOCAL[name]
        else:
            raise ValueError("refused")
        return URLFetcherResponse(url, body, {"Content-Type": media_type})


def lay_out(html: str, extra: dict[str, tuple[bytes, str]], **given: Any) -> Any:
    """Return the pages of a paper, not yet written; `given` are the style sheets and fonts of a caller."""
    logging.disable(logging.WARNING)
    fonts = given.get("fonts") or FontConfiguration()
    source = HTML(string=html, url_fetcher=NamedAssets(extra))
    return source.render(font_config=fonts, stylesheets=given.get("stylesheets"))


def print_paper(
    html: str, extra: dict[str, tuple[bytes, str]], labels: dict[str, str], twin: tuple[str, bytes] | None
) -> dict[str, Any]:
    """Return {"pdf", "pages"} of a paper; the boxes for signatures become tagged, empty fields.

    `labels` says to who cannot see it what each field is for, by the field's name; `twin` is the name
    and the JSON of what is attached.
    """
    return _written(lay_out(html, extra), labels, twin)


def print_plainly(html: str, *given: Any) -> dict[str, Any]:
    """Return the same as `print_paper`, one block under the other: for what cannot be laid out as it is."""
    extra, labels, twin = given
    return _written(lay_out(html.replace('"paper:paper.css"', '"paper:plain.css"'), extra), labels, twin)


def _written(document: Any, labels: dict[str, str], twin: tuple[str, bytes] | None) -> dict[str, Any]:
    raw = document.write_pdf(pdf_variant="pdf/a-3a")
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _tidy_tags(pdf)
        for name, page_index, rectangle in _boxes(document):
            _add_field(pdf, page_index, rectangle, name, labels[name])
        if twin:
            _attach(pdf, *twin)
        _declare_ua(pdf)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return {"pdf": out.getvalue(), "pages": len(document.pages)}


def print_piece(html: str, is_last: bool) -> dict[str, Any]:
    """Return {"pdf", "pages", "next"} of a piece of a long table, whose rows have the ids "d1", "d2"…

    The last page of a piece that is not the last is left out: the next piece begins with the row `next`
    that stood first on it, so that no page ends before it is full. `next` is 0 when all was printed.
    """
    document = lay_out(html, {})
    pages = document.pages
    begins = 0 if is_last else _first_whole_row(pages)
    kept = document.copy(pages[:-1]) if begins else document
    return {"pdf": kept.write_pdf(), "pages": len(kept.pages), "next": begins}


def _first_whole_row(pages: list[Any]) -> int:
    """Return the row that the last page begins with; 0 when a row goes on there, or all stand on it."""
    rows = [{int(name[1:]) for name in page.anchors if _ROW.match(name)} for page in pages]
    if len(rows) < 2 or not rows[-1] or rows[-1] & rows[-2] or not any(rows[:-1]):
        return 0
    return min(rows[-1])


def join_pieces(pieces: list[str], out: str, title: str) -> None:
    """Write the PDF files `pieces`, one after another, to the file `out`; pages go over one by one."""
    with pikepdf.new() as whole, ExitStack() as opened:
        for piece in pieces:
            whole.pages.extend(opened.enter_context(pikepdf.open(piece)).pages)
        whole.Root.Lang = "vi"
        whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        whole.docinfo.Title = title
        whole.save(out)


def print_stamp(html: str, extra: dict[str, tuple[bytes, str]]) -> bytes:
    """Return the one-page PDF that becomes the appearance of a signature."""
    logging.disable(logging.WARNING)
    document = HTML(string=html, url_fetcher=NamedAssets(extra))
    return bytes(document.write_pdf(font_config=FontConfiguration()))


def _boxes(document: Any) -> Iterator[tuple[str, int, list[float]]]:
    """Yield each field's name, page and rectangle, in the order in which they are signed."""
    for anchor, field in BOXES.items():
        for index, page in enumerate(document.pages):
            if anchor in page.anchors:  # CSS pixels from the top to points from the bottom
                x1, y1, x2, y2 = page.anchors[anchor]
                sides = (x1, page.height - y2, x2, page.height - y1)
                yield field, index, [round(side * 0.75, 1) for side in sides]


def _elements(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _tidy_tags(pdf: pikepdf.Pdf) -> None:
    """Wrap list item bodies in LBody and give header cells a Scope: both missing in WeasyPrint 70."""
    for element in list(_elements(pdf.Root.StructTreeRoot)):
        if element.S == "/LI":
            _wrap_body(pdf, element)
        elif element.S == "/TH" and "/A" in element:
            in_head = element.P.P.S == "/THead"
            element.A.Scope = pikepdf.Name.Column if in_head else pikepdf.Name.Row


def _wrap_body(pdf: pikepdf.Pdf, element: Any) -> None:
    kids = list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]
    body = [k for k in kids if not (isinstance(k, pikepdf.Dictionary) and k.get("/S") == "/Lbl")]
    if not body or any(isinstance(k, pikepdf.Dictionary) and k.get("/S") == "/LBody" for k in kids):
        return
    wrapper = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.LBody, P=element, K=pikepdf.Array(body)
        )
    )
    for kid in body:
        if isinstance(kid, pikepdf.Dictionary) and "/P" in kid:
            kid.P = wrapper
    labels = [k for k in kids if isinstance(k, pikepdf.Dictionary) and k.get("/S") == "/Lbl"]
    element.K = pikepdf.Array([*labels, wrapper])


def _add_field(pdf: pikepdf.Pdf, page_index: int, rectangle: list[float], name: str, label: str) -> None:
    page = pdf.pages[page_index].obj
    root = pdf.Root.StructTreeRoot
    key = int(root.get("/ParentTreeNextKey", 0)) or 1 + max(
        [int(n) for n in list(root.ParentTree.Nums)[::2]], default=0
    )
    widget = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T=name,
            TU=label, Rect=rectangle, P=page, F=132, StructParent=key,
        )
    )  # fmt: skip
    top = next(_elements(root))
    reference = pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=widget, Pg=page)
    element = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.Form, P=top, Pg=page, Alt=label, K=reference
        )
    )
    top.K = pikepdf.Array([*(list(top.K) if isinstance(top.K, pikepdf.Array) else [top.K]), element])
    root.ParentTree.Nums = pikepdf.Array([*list(root.ParentTree.Nums), key, element])
    root.ParentTreeNextKey = key + 1
    page.Annots = pikepdf.Array([*list(page.get("/Annots", [])), widget])
    page.Tabs = pikepdf.Name.S
    if "/AcroForm" not in pdf.Root:
        pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array([]), SigFlags=1))
    pdf.Root.AcroForm.Fields.append(widget)


def _attach(pdf: pikepdf.Pdf, name: str, data: bytes) -> None:
    """Attach the same content for machines (PDF/A-3, 6.8: named in the catalog, with its relationship)."""
    spec = pikepdf.AttachedFileSpec(
        pdf, data, filename=name, mime_type="application/json", relationship=pikepdf.Name.Alternative,
        description="Nội dung văn bản dạng JSON",
    )  # fmt: skip
    pdf.attachments[name] = spec
    pdf.Root.AF = pikepdf.Array([spec.obj])


def _declare_ua(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.Metadata
    packet = stream.read_bytes()
    head, found, tail = packet.rpartition(b"</rdf:RDF>")
    if found and b"pdfuaid:part" not in packet:
        stream.write(head + _UA + found + tail)
