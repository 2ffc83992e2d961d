"""What the doctor says of a healthy installation, and of one that is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.publication.log import signing
from supervision.web.management.commands import doctor


@pytest.mark.django_db
def test_the_keys_of_the_log_beside_the_certificates_are_no_certificates(
    tmp_path: Path, settings: Any
) -> None:
    settings.KEY_ROOT = tmp_path
    settings.TRUSTED_ROOTS = [DemoAuthority(tmp_path).root_path]
    signing.sign_checkpoint(at=timezone.now())
    signing.change_key(at=timezone.now())
    assert len(list(tmp_path.glob("log*.pem"))) == 2
    assert doctor.certificates() == (True, "first to end: demo-root.pem on 01/01/2046")
