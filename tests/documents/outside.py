"""What programs made by others say of a signed paper."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from supervision.documents.signing.apart import apart


def pdfsig(data: bytes, root: bytes, folder: Path) -> str:
    """Return what poppler's pdfsig says of a file, with `root` (PEM) as the one authority that it trusts."""
    store = folder / "nss"
    store.mkdir()
    (folder / "root.crt").write_bytes(root)
    (folder / "paper.pdf").write_bytes(data)
    subprocess.run(["certutil", "-N", "-d", f"sql:{store}", "--empty-password"], check=True)
    trust = ["-A", "-n", "root", "-t", "CT,C,C", "-i", str(folder / "root.crt")]
    subprocess.run(["certutil", "-d", f"sql:{store}", *trust], check=True)
    done = subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{store}", str(folder / "paper.pdf")], capture_output=True, text=True
    )
    return done.stdout


def pyhanko(data: bytes, root: bytes) -> list[bool]:
    """Return what pyHanko's own validator says of each signature, at its default strictness."""
    trusted = x509.Certificate.load(pem.unarmor(root)[2])
    context = ValidationContext(trust_roots=[trusted], allow_fetching=False)
    found = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures
    return apart(lambda: [validate_pdf_signature(one, context).bottom_line for one in found])
