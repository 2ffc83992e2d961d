"""Whose certificates are trusted: the PEM files that the settings name."""

from __future__ import annotations

from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings


def trusted_pems() -> list[bytes]:
    """Return the trusted certificates, each in PEM of its own."""
    return [pem.armor("CERTIFICATE", certificate.dump()) for certificate in trusted_roots()]


def trusted_roots() -> list[x509.Certificate]:
    """Return the trusted certificates, all that stand in each file; a file that is missing is passed over."""
    texts = [Path(path).read_bytes() for path in settings.TRUSTED_ROOTS if Path(path).is_file()]
    return [certificate for text in texts for certificate in certificates_in(text)]


def certificates_in(text: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM file, one or more."""
    found = pem.unarmor(text, multiple=True)
    return [x509.Certificate.load(der) for _type, _headers, der in found]
