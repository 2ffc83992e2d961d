"""A new form is two files: a declaration and a flow. Shown on a copy of the tree (`design.md` 4.10)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.databases import ROOT, url_of

NEW = Path(__file__).with_name("eighth")


def copy_of_the_tree(folder: Path) -> Path:
    leave = shutil.ignore_patterns("__pycache__", "var", "node_modules")
    for name in ("supervision", "workflows", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.mark.xdist_group("eighth")
def test_a_new_form_is_two_files(tmp_path: Path, prepared: Any) -> None:
    from django.db import connections

    tree = copy_of_the_tree(tmp_path / "tree")
    shutil.copy(NEW / "form.py", tree / "supervision/law/forms/di_thuc_te.py")
    shutil.copy(NEW / "flow.py", tree / "workflows/flows/di_thuc_te.py")
    name = prepared.copy()
    settings = {**connections.settings["default"], "NAME": name}
    env = os.environ | {
        "DATABASE_URL": url_of(settings),
        "DJANGO_SETTINGS_MODULE": "supervision.settings.test",
        "VAR_DIR": str(tmp_path / "var"),
        "PYTHONPATH": str(tree),
    }
    try:
        for command in (
            ["manage.py", "migrate", "--verbosity=0"],
            ["manage.py", "makemigrations", "--check", "--dry-run"],
            ["manage.py", "check"],
            [str(NEW / "journey.py")],
        ):
            done = subprocess.run(
                [sys.executable, *command], cwd=tree, env=env, capture_output=True, text=True
            )
            assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        assert "journey ended well" in done.stdout
    finally:
        prepared.drop(name)
