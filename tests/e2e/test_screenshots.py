"""README shows real pictures, made by a command from the sample data, and the two commands."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from supervision.web.management.commands import screenshots
from tests.databases import ROOT

pytestmark = pytest.mark.tier("all")

IMAGES = ROOT / "docs" / "images"


def test_the_readme_names_the_two_commands_and_its_pictures_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in ("demo", "test"):
        assert f"\nmake {command}\n" in readme
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)
    for picture in re.findall(r"\((docs/images/[^)]+)\)", readme):
        assert (ROOT / picture).exists(), picture
    kept = {file.name for file in IMAGES.glob("*.png")}
    assert kept == {f"{name}-{width}.png" for name in screenshots.SHOTS for width in screenshots.WIDTHS}
    assert sum(file.stat().st_size for file in IMAGES.glob("*.png")) < 1_800_000


#: Guides that are about no form of their own.
NO_FORM = {"ai-lam-thay-ai.md", "han-va-thu-bao.md"}


def test_every_form_has_a_picture_in_its_guide_and_every_picture_is_described() -> None:
    for page in sorted((ROOT / "docs" / "guide").glob("*/*.md")):
        pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", page.read_text(encoding="utf-8"))
        assert all(alt and (page.parent / address).exists() for alt, address in pictures), page
        assert pictures or page.name in NO_FORM, page


@pytest.mark.django_db
def test_without_sample_data_there_is_nothing_to_picture(settings: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="make demo"):
        call_command("screenshots", to=tmp_path, stdout=io.StringIO())
    settings.DEMO = False
    with pytest.raises(CommandError, match="sample data only"):
        call_command("screenshots", to=tmp_path, stdout=io.StringIO())
    assert list(tmp_path.iterdir()) == []
