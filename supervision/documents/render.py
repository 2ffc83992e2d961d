"""From a document's frozen context to HTML and PDF. The PDF is made in a sandbox child."""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import segno
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from supervision.documents import charts
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document
from supervision.documents.signing.fields import ORGANIZATION, PERSON
from supervision.documents.twin import NAME, twin_of
from supervision.documents.typesetting import unjoin
from supervision.errors import DomainError
from supervision.files.helper import OF_CPU
from supervision.files.sandbox import Failed, Sandbox

_Made = TypeVar("_Made")
logger = logging.getLogger(__name__)

_ARTICLE = "documents/_article.html"
_PAPER = Path(__file__).resolve().parent / "paper"
_SAMPLE_SIGNATURE, _SAMPLE_SEAL = _PAPER / "chu-ky-mau.png", _PAPER / "con-dau-mau.png"
PRINT_BYTES = 64 * 1024**2  # of the files that libraries keep, and of a print
#: Papers and stamps: 20 s of CPU and 1 GiB are far above what a paper without a long annex needs (about 1 s);
#: a busy machine gives them within two minutes.
printer = Sandbox("supervision.documents.printing", seconds=20, wall=120, writes=PRINT_BYTES)
#: With an annex of 10,000 remarks (1,250 pages) printing took 10 minutes on a busy machine and 1.5 GB.
long_printer = Sandbox(
    "supervision.documents.printing", seconds=3600, memory=4 * 1024**3, writes=PRINT_BYTES, helpers=1
)
LONG = 200_000  # characters of HTML: some hundreds of remarks


class CannotPrint(DomainError):
    """A paper that no layout prints, with the reason in words."""

    @classmethod
    def of(cls, error: Failed) -> CannotPrint:
        """Return what to say of a printing child that failed."""
        if error.reason == "timeout" and error.detail != OF_CPU:
            return cls(_("Máy chủ đang bận, chưa dựng xong bản in. Hãy thử lại sau ít phút."))
        if error.reason == "timeout":
            return cls(_("Dựng bản in quá thời gian cho phép. Văn bản có thể quá dài."))
        return cls(_("Không dựng được bản in của văn bản."))


@dataclass(frozen=True)
class Printed:
    """An unsigned print: the bytes and their number of pages."""

    pdf: bytes
    pages: int


def paper_html(document: Document, *, signed_at: dt.datetime | None = None) -> str:
    """Return the complete HTML of the paper, always in Vietnamese; `signed_at` is what its annexes bear."""
    return _render(document, "documents/_layout.html", signed_at)


def article_html(document: Document) -> str:
    """Return text and annexes only, for a web page: h2 downwards, no classes needed, no print joins.

    Raises CannotPrint where what is written in the paper makes no page.
    """
    return unjoin(_made(document, lambda: _render(document, _ARTICLE))).strip()


def render_document(document: Document, *, signed_at: dt.datetime | None = None) -> Printed:
    """Print `document`, to be signed at `signed_at` where that is known.

    What cannot be laid out as it should is printed once more, plainly (`plain.css`). Raises CannotPrint
    when that fails too, or what is written in the paper makes no page.
    """
    name = document.context.get("signature", {}).get("name", "")
    labels = {
        PERSON: f"Chữ ký số của {name}".strip(),
        ORGANIZATION: f"Dấu của {document.organization.name}",
    }
    html = _made(document, lambda: paper_html(document, signed_at=signed_at))
    assets = _made(document, lambda: assets_of(document))
    result = _printed(document, (html, assets, labels, (NAME, twin_of(document))))
    return Printed(pdf=result["pdf"], pages=result["pages"])


def _made(document: Document, make: Callable[[], _Made]) -> _Made:
    """Return what `make` makes of a paper; a day that is none, a chart without figures are told in words."""
    try:
        return make()
    except Exception as error:
        logger.exception("document %s makes no page", document.public_id)
        raise CannotPrint(_("Nội dung văn bản có chỗ không in được. Hãy trả người soạn xem lại.")) from error


def _printed(document: Document, given: tuple[Any, ...]) -> Any:
    able = long_printer if len(given[0]) > LONG else printer
    try:
        return able.run("print_paper", *given)
    except Failed as error:
        logger.error("document %s not laid out: %s", document.public_id, error)
        if able is long_printer and error.reason == "timeout":
            raise CannotPrint.of(error) from error
    try:
        return able.run("print_plainly", *given)
    except Failed as error:
        raise CannotPrint.of(error) from error


def assets_of(document: Document) -> dict[str, tuple[bytes, str]]:
    """Return the pictures that the HTML of the paper names: its QR code and its charts."""
    address = document.context.get("verify_address")
    code = {"qr.svg": (_qr_svg(address), "image/svg+xml")} if address else {}
    return code | _charts(document.context)


def signature_pdf(document: Document, *, image: bytes | None, at: dt.datetime) -> bytes:
    """Return the person's visible signature: its image, or the name in blue, and by whom, when."""
    context = {
        "name": document.context["signature"]["name"],
        "issuer_label": document.context["issuer_full"],
    }
    return _stamp("documents/_stamp.html", document, context, image, _SAMPLE_SIGNATURE, at)


def seal_pdf(document: Document, *, image: bytes | None, at: dt.datetime) -> bytes:
    """Return the body's visible signature: the image of its seal in red, or that it has signed, and when."""
    context = {"name": document.organization.name}
    return _stamp("documents/_seal.html", document, context, image, _SAMPLE_SEAL, at)


def _stamp(
    template: str,
    document: Document,
    context: dict[str, Any],
    image: bytes | None,
    sample: Path,
    at: dt.datetime,
) -> bytes:
    is_sample = document.context["is_sample"]
    if is_sample:
        image = sample.read_bytes()
    known = {"at": timezone.localtime(at), "is_sample": is_sample, "has_image": image is not None}
    html = render_to_string(template, {**context, **known})
    stamp: bytes = printer.run("print_stamp", html, {"image.png": (image, "image/png")} if image else {})
    return stamp


def _render(document: Document, layout: str, signed_at: dt.datetime | None = None) -> str:
    kind = KINDS[document.kind]
    delegation = ":" in document.series
    context: dict[str, Any] = {
        "c": document.context,
        "kind": kind,
        "symbol": kind.symbol(document.organization.symbol, delegation=delegation),
        "layout": layout,
        "web": layout == _ARTICLE,
        "signed_at": timezone.localtime(signed_at).isoformat(timespec="seconds") if signed_at else "",
        "verify_place": _place(document.context.get("verify_address", "")),
    }
    with translation.override("vi"):
        return render_to_string(kind.template, context)


def _charts(context: dict[str, Any]) -> dict[str, tuple[bytes, str]]:
    return {
        f"chart-{i}-{j}.svg": (charts.svg(chart), "image/svg+xml")
        for i, section in enumerate(context.get("results") or context.get("sections") or [], 1)
        for j, chart in enumerate(section.get("charts") or [], 1)
    }


def _place(address: str) -> str:
    """Return "giamsat.example/v/": where the code is typed in."""
    return address.partition("://")[2].rstrip("/").rpartition("/")[0] + "/"


def _qr_svg(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue()
