"""The signature fields that a paper is printed with: both are there before the first signature is made."""

from __future__ import annotations

#: Who signs: the person, then the body whose seal it is (Decree 30/2020 Art 5).
PERSON = "ChuKy1"
ORGANIZATION = "ConDau1"
#: Which box of the print becomes which field.
BOXES = {"o-ky": PERSON, "o-dau": ORGANIZATION}
