"""Whose certificates are trusted: the PEM files that the settings name."""

from __future__ import annotations

from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings


def trusted_pems() -> list[bytes]:
    """Return the trusted certificates as they stand in their files; a file that is missing is passed over."""
    return [Path(path).read_bytes() for path in settings.TRUSTED_ROOTS if Path(path).is_file()]


def trusted_roots() -> list[x509.Certificate]:
    """Return the trusted certificates."""
    return [certificate for text in trusted_pems() for certificate in certificates_in(text)]


def certificates_in(text: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM file, one or more."""
    found = pem.unarmor(text, multiple=True)
    return [x509.Certificate.load(der) for _type, _headers, der in found]
