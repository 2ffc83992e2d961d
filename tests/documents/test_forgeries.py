"""Nothing that was made out of a published file is ever called authentic: FLIPS=1000 for the long run."""

from __future__ import annotations

import io
import os
import random
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.documents.signing.keys import Holder, Pkcs12Folder
from supervision.documents.signing.sign import Part, sign_pdf
from supervision.documents.verification import Verdict, verify
from supervision.organizations.models import Mandate
from tests.documents.papers import AT, front, officer_and_chair, person
from tests.documents.test_elsewhere import blank_stamp
from tests.documents.test_levels import NOW, YEAR, file_of, trusted
from tests.documents.test_levels import signed as signed_at_level
from tests.documents.test_verification import appended, published
from tests.documents.test_verification import signed as signed_plainly

FLIPS = int(os.environ.get("FLIPS", "40"))
AUTHENTIC = ("genuine", "withdrawn", "not_ours")


def asked(tmp_path: Path, data: bytes) -> Verdict:
    path = tmp_path / "asked.pdf"
    path.write_bytes(data)
    return verify(path, name="a.pdf", at=NOW)


@pytest.fixture(params=["B-B", "B-LTA"])
def original(request: Any, db: None, tmp_path: Path, settings: Any) -> bytes:
    """A published file, with and without archive stamps."""
    settings.SIGNATURE_LEVEL = request.param
    with trusted(settings, tmp_path, lasts=YEAR) as authority:
        officer, chair = officer_and_chair(front())
        for whose in (chair, chair.organization):
            authority.give(whose.public_id, "x")
        document = signed_at_level((officer, chair))
        published(document)
        return file_of(document, tmp_path).read_bytes()


@pytest.mark.tier("all")
def test_no_file_with_one_bit_changed_is_called_authentic(original: bytes, tmp_path: Path) -> None:
    assert asked(tmp_path, original).kind == "genuine"
    die = random.Random(2026)
    for _ in range(FLIPS):
        place, bit = die.randrange(len(original)), die.randrange(8)
        changed = bytearray(original)
        changed[place] ^= 1 << bit
        verdict = asked(tmp_path, bytes(changed))
        assert verdict.kind not in AUTHENTIC, (place, bit)


def test_no_file_cut_short_is_called_authentic(original: bytes, tmp_path: Path) -> None:
    """Earlier revisions among them: the paper as it was when only the person had signed."""
    die = random.Random(217)
    ends = {die.randrange(len(original)) for _ in range(10)}
    ends |= {match + 6 for match in _ends_of_revisions(original)}
    for end in ends - {len(original)}:
        verdict = asked(tmp_path, original[:end])
        assert verdict.kind != "genuine" and verdict.publication is None, end


def test_no_file_saved_anew_or_added_to_is_called_authentic(original: bytes, tmp_path: Path) -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(original)) as pdf:
        pdf.save(saved)
    for forged in (appended(original), original + b"\n", original + original, saved.getvalue()):
        assert asked(tmp_path, forged).kind not in AUTHENTIC


def test_a_file_signed_again_by_another_is_not_called_authentic(
    officer: Mandate, chair: Mandate, tmp_path: Path
) -> None:
    """By somebody of the same body, with a certificate that the portal trusts, in a field of their own."""
    document, data = signed_plainly(officer, chair)
    published(document)
    other = person(officer.organization, "Cán bộ mẫu 13", "signer", "Phó Chủ tịch")
    DemoAuthority().issue([other])
    out = io.BytesIO(data)
    writer = IncrementalPdfFileWriter(out)
    append_signature_field(writer, SigFieldSpec("Khac", box=(10, 10, 90, 40)))
    writer.write_in_place()
    part = Part("Khac", Pkcs12Folder().signer_for(Holder.of(other)), blank_stamp(), "x", "x")
    made = 0
    for base in (out.getvalue(), resaved_unsigned(data)):
        try:
            forged = sign_pdf(base, [part], at=AT).pdf
        except Exception:  # the certification forbids it: no such file can be made by these means
            continue
        made += 1
        verdict = asked(tmp_path, forged)
        assert verdict.kind not in ("genuine", "withdrawn") and verdict.document is None
    assert made, "at least one such file was made"


def resaved_unsigned(data: bytes) -> bytes:
    """Return the paper with its signatures taken out and an empty field put in, ready for another's."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.AcroForm
        if "/Perms" in pdf.Root:
            del pdf.Root.Perms
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots
        out = io.BytesIO()
        pdf.save(out)
    writer = IncrementalPdfFileWriter(out)
    append_signature_field(writer, SigFieldSpec("Khac", box=(10, 10, 90, 40)))
    done = io.BytesIO()
    writer.write(done)
    return done.getvalue()


def _ends_of_revisions(data: bytes) -> list[int]:
    found, at = [], data.find(b"%%EOF")
    while at >= 0:
        found.append(at)
        at = data.find(b"%%EOF", at + 1)
    return found
