"""Every way by which a file comes in: kept after an inspection, or read in a sandbox and never kept."""

from __future__ import annotations

import ast
import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from supervision.drafts.importing import read_draft
from supervision.drafts.taking import intake_files
from supervision.drafts.taking.contributions import Said
from supervision.drafts.taking.intake import Good, keep_attachments
from supervision.errors import InvalidInput
from supervision.files.models import Attachment
from supervision.organizations.models import Mandate
from tests.documents.papers import AT, front, person
from tests.files import hostile, samples
from tests.test_consistency import name_of, sources, tree

#: What becomes of the files that a view is handed.
_STORED = "kept by files.services.store, which inspects"
WAYS = {
    "supervision/web/actform.py": _STORED,
    "supervision/web/views/work.py": _STORED,
    "supervision/web/views/opinions.py": _STORED,
    "supervision/web/views/published.py": _STORED,
    "supervision/web/views/authorizations.py": _STORED,
    "supervision/web/views/contributions.py": _STORED,
    "supervision/portal/views/drafts.py": _STORED,
    "supervision/web/views/drafts.py": "read into provisions by legaltext.readers, which inspect; not kept",
    "supervision/web/views/intakes.py": "read by taking.imports, which inspects; what is attached is stored",
    "supervision/web/views/papers.py": "kept only if it is our own print byte for byte, and signatures",
    "supervision/portal/views/verify.py": "read in a child with limits, judged, never kept or given out",
}  # fmt: skip
#: Who keeps bytes without an inspection: bytes of our own making.
OWN_MAKING = {
    "supervision/files/services.py",
    "supervision/documents/editions.py",  # public editions
    "supervision/documents/renewing.py",  # the same paper with a further archive stamp
    "supervision/documents/tasks.py",  # prints, and what came of signing them
    "supervision/drafts/table/making.py",  # tables
}


def test_every_place_that_is_handed_a_file_is_known() -> None:
    found = {name_of(path) for path in sources() if "request.FILES" in path.read_text(encoding="utf-8")}
    assert found == set(WAYS)


def test_nothing_is_kept_but_by_the_service_that_inspects_or_of_our_own_making() -> None:
    keepers = {"put_bytes", "put_file"}
    makers, callers = set(), set()
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                words = ast.unparse(node.func)
                if words in ("Attachment.objects.create", "Attachment", "Blob.objects.create", "Blob"):
                    makers.add(name_of(path))
                if words.rpartition(".")[2] in keepers:
                    callers.add(name_of(path))
    assert makers <= {"supervision/files/services.py"} and callers == OWN_MAKING


@pytest.fixture
def sender(db: None) -> Mandate:
    return person(front(), "Cán bộ mẫu 22", "officer", "Chuyên viên")


def test_what_is_attached_to_a_mail_is_inspected_and_named(sender: Mandate) -> None:
    attached = [
        ("Phụ lục.docx", hostile.WORDS["DDE over runs"][0]),
        ("Ý kiến.pdf", hostile.PDFS["JavaScript of a link"][0]),
        ("a.js", b"WScript.Echo(1)"),
        ("Biểu.pdf", samples.pdf()),
    ]
    good = Good("", 1, Said(node="", text="Ý kiến"), "", "a", attached)
    kept, left_out = keep_attachments([good], by=sender, at=AT)
    assert [file.name for files in kept.values() for file in files] == ["Biểu.pdf"]
    assert [one["name"] for one in left_out] == ["Phụ lục.docx", "Ý kiến.pdf", "a.js"]
    assert "trường DDE" in left_out[0]["why"] and "mã lệnh" in left_out[1]["why"]


@pytest.mark.parametrize(
    ("extension", "data", "says"),
    [
        ("docx", hostile.WORDS["DDE with a name by QUOTE"][0], "trường DDE"),
        ("docx", hostile.WORDS["a page of HTML"][0], "tệp khác nhúng bên trong"),
        ("pdf", hostile.PDFS["JavaScript on opening"][0], "mã lệnh"),
        ("pdf", hostile.PDFS["Launch of a link"][0], "mở chương trình"),
    ],
)
def test_a_draft_that_acts_is_refused_with_what_was_found(extension: str, data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_draft(data, extension)
    assert says in str(refused.value.errors["file"][0])


def test_a_spreadsheet_of_remarks_that_acts_is_refused_with_what_was_found(db: None) -> None:
    upload: Any = SimpleUploadedFile("y-kien.xlsx", hostile.SHEETS["DDE in a cell"][0])
    with pytest.raises(InvalidInput) as refused:
        intake_files.read([upload])
    assert "trường DDE" in str(refused.value.errors["files"][0])
    assert not Attachment.objects.filter(uploaded_at__gte=AT - dt.timedelta(days=9)).exists()


def test_of_more_files_than_anybody_looks_at_the_rest_is_left_out_unread(
    sender: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail of ten thousand small files costs what as many as are taken cost."""
    monkeypatch.setattr("supervision.drafts.taking.attached.MAX_FILES", 3)
    said = Said(node="", text="x")
    two = [Good("", n, said, "", str(n), [("a.png", samples.png())] * 2) for n in (1, 2, 3)]
    many = Good("", 4, said, "", "4", [("a.pdf", b"not one")] * 10_000)
    kept, left_out = keep_attachments([*two, many], by=sender, at=AT)
    assert sorted(map(len, kept.values())) == [1, 2]
    assert [(one["number"], one["name"]) for one in left_out] == [
        (2, "1 tệp"), (3, "2 tệp"), (4, "10000 tệp")
    ]  # fmt: skip
    assert "chỉ nhận 3 tệp" in left_out[0]["why"]
