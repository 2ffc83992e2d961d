"""The one way stored bytes leave by HTTP: as a download that no browser runs or guesses at."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from supervision.files.models import Attachment, Blob
from supervision.files.services import MEDIA_TYPES, open_blob

#: A withdrawal reaches whoever keeps a copy within this time; until it is over nobody has to ask again.
A_MINUTE = "public, max-age=60, must-revalidate"


def download(file: Attachment | Blob, name: str = "", *, public: bool = False) -> FileResponse:
    """Return `file` as an attachment called `name` (an Attachment's own name by default).

    The caller has checked the right to read it. `public` lets shared caches keep it for a minute, and ask
    for it by its hash then (see `not_changed`).
    """
    blob = file.blob if isinstance(file, Attachment) else file
    shown = name or (file.name if isinstance(file, Attachment) else f"{blob.sha256[:16]}.bin")
    known = blob.media_type in MEDIA_TYPES.values()
    response = FileResponse(
        open_blob(blob.sha256),
        as_attachment=True,
        filename=shown,
        content_type=blob.media_type if known else "application/octet-stream",
    )
    response.file = file  # type: ignore[attr-defined]  # what was taken, for the record
    response["Content-Length"] = str(blob.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = A_MINUTE if public else "private, no-store"
    if public:
        response["ETag"] = etag_of(blob)
    return response


def not_changed(request: HttpRequest, blob: Blob) -> HttpResponseBase | None:
    """Return the answer (304) to whoever has these public bytes already, None to whoever needs them."""
    response = HttpResponse()
    response["Cache-Control"], response["ETag"] = A_MINUTE, etag_of(blob)
    found = get_conditional_response(request, etag=etag_of(blob), response=response)
    return None if found is response else found


def etag_of(blob: Blob) -> str:
    """Return the hash of stored bytes as HTTP compares it."""
    return f'"{blob.sha256}"'
