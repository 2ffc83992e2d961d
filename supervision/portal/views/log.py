"""The publication log, for readers and for machines: its checkpoint, its tiles, its proofs."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from supervision.client import limited
from supervision.documents.verification import certificates_of
from supervision.files.services import open_blob
from supervision.portal.views.gone import withdrawn
from supervision.portal.views.publication import get_publication
from supervision.publication.log import answers, keeping
from supervision.publication.log.entries import content_of
from supervision.publication.log.signing import newest_checkpoint, origin
from supervision.publication.log.witnesses import cosigned, witnesses
from supervision.publication.models import Entry
from supervision.transparency import offline, witness
from supervision.transparency.notes import Note

_FOR_EVER = "public, max-age=31536000, immutable"
_SECONDS = "public, max-age=5"
#: By the names under which they are given out.
PROGRAMS = {"kiem_chung.py": Path(offline.__file__), "nhan_chung.py": Path(witness.__file__)}
README = """Gói này kiểm chứng được mà không cần cổng: cài Python 3 và gói cryptography, rồi chạy

    python3 kiem_chung.py GOI.zip --khoa KHOA

KHOA là khóa của nhật ký mà bạn biết từ nơi khác: trang /nhat-ky/ của cổng, hoặc người đã giữ khóa ấy.
Không có khóa thì chương trình trả lời CHƯA KIỂM CHỨNG. Giữ nguyên gói như khi tải.

This bundle can be checked without the portal: install Python 3 and the package cryptography, then run the
line above. KHOA is the log's key as you know it from elsewhere; without it the answer is NOT CHECKED.
Keep the bundle as it was downloaded: one that was packed anew may be refused.
"""


@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    """Say in words what the log is, how far it is, and how to check it."""
    newest = newest_checkpoint()
    context = {
        "newest": newest,
        "is_current": answers.is_current(timezone.now()),
        "keys": [str(one) for one in keeping.keys()],
        "origin": origin(),
        "witnesses": len(witnesses()),
        "cosigned": cosigned(Note.of(newest.note)) if newest else 0,
        "quorum": settings.LOG_QUORUM,
    }
    return render(request, "portal/log.html", context)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    newest = newest_checkpoint()
    if newest is None:
        raise Http404("nothing has been signed yet")
    return _plain(newest.note, _SECONDS)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    return _plain("".join(f"{one}\n" for one in keeping.keys()), _SECONDS)


@require_safe
@limited(get="log")
def tile(request: HttpRequest, level: int, path: str) -> HttpResponse:
    return _bytes(answers.tile(level, path))


@require_safe
@limited(get="log")
def entries(request: HttpRequest, path: str) -> HttpResponse:
    return _bytes(answers.entry_bundle(path))


@require_safe
def program(request: HttpRequest, name: str) -> HttpResponse:
    """A single file that works without this portal: it checks a bundle, or is a witness of the log."""
    return _plain(PROGRAMS[name].read_text(encoding="utf-8"), _SECONDS, name=name)


@require_safe
@limited(get="bundle")
def bundle(request: HttpRequest, year: int, organization: str, number: str) -> HttpResponseBase:
    """The paper with all that proves it, as one file; 410 with the reason once it is withdrawn.

    404 while the log proves nothing, or nothing of today.
    """
    found = get_publication(year, organization, number)
    gone = found.entries.filter(what=Entry.What.WITHDRAW).select_related("replaced_by").first()
    if gone:
        return withdrawn(request, found, gone)
    if answers.assurance(found, at=timezone.now()) != answers.Assurance.PROVED:
        raise Http404("not under a checkpoint of today")
    proofs = answers.proofs_of(found)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, open_blob(found.newest_sha256()) as pdf:
        file.writestr("van-ban.pdf", pdf.read())
        content = {"salt": proofs[0][0].salt, "content": content_of(found)}
        file.writestr("noi-dung.json", json.dumps(content, ensure_ascii=False, indent=1))
        for n, (leaf, proof) in enumerate(proofs, start=1):
            file.writestr(f"muc-{n}.json", leaf.body)
            file.writestr(f"muc-{n}.tlog-proof", str(proof))
        file.writestr("chung-thu.pem", b"".join(certificates_of(found.pdf_sha256)))
        file.writestr("khoa.txt", "".join(f"{one}\n" for one in keeping.keys()))
        file.writestr("kiem_chung.py", PROGRAMS["kiem_chung.py"].read_text(encoding="utf-8"))
        file.writestr("DOC-TOI.txt", README)
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{found.pdf_name.removesuffix(".pdf")}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = _SECONDS
    return response


def _plain(text: str, kept: str, name: str = "") -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = kept
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _bytes(found: bytes | None) -> HttpResponse:
    if found is None:
        raise Http404("the signed tree has no such tile")
    response = HttpResponse(found, content_type="application/octet-stream")
    response["Cache-Control"] = _FOR_EVER
    return response
