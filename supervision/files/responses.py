"""The one way stored bytes leave by HTTP: as a download that no browser runs or guesses at."""

from __future__ import annotations

from django.http import FileResponse

from supervision.files.models import Attachment, Blob
from supervision.files.services import MEDIA_TYPES, open_blob


def download(file: Attachment | Blob, name: str = "", *, public: bool = False) -> FileResponse:
    """Return `file` as an attachment called `name` (an Attachment's own name by default).

    The caller has checked the right to read it. `public` lets shared caches keep it.
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
    response["Cache-Control"] = "public, max-age=86400" if public else "private, no-store"
    return response
