"""The conventions of docs/adr and of the design, as tests instead of prose."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from tests.databases import ROOT

#: From the top down; an app may point only to itself and to what is below it.
LAYERS = (
    "supervision.urls",
    "supervision.web supervision.portal",
    "supervision.demo",
    "supervision.page supervision.client",
    "workflows",
    "supervision.cases",
    "supervision.casefiles",
    "supervision.drafts",
    "supervision.documents",
    "supervision.publication",
    "supervision.notices",
    "supervision.legaltext",
    "supervision.files",
    "supervision.deadlines",
    "supervision.access",
    "supervision.organizations",
    "supervision.audit",
    "supervision.law supervision.language supervision.limits supervision.transparency",
    "supervision.errors",
)

#: Gathering messages writes files among the sources for a moment, so one worker reads and gathers.
pytestmark = pytest.mark.xdist_group("sources")
RANK = {name: -rank for rank, names in enumerate(LAYERS) for name in names.split()}
PLAIN = {"supervision.settings", "supervision.static", "supervision.locale"}

#: Longer than the house allows, with the size it may not outgrow: a ratchet.
LONG_FILES: dict[str, int] = {
    "supervision/access/matrix.py": 430,  # one table, read as one
    "supervision/law/rules.py": 400,  # a table: a row for each term
}
LONG_FUNCTIONS: dict[str, int] = {
    "supervision/organizations/successions.py:succeed": 43,
    "supervision/cases/services/inquiries.py:draft_notice": 46,
    "supervision/cases/services/opening.py:open_case": 45,
    "supervision/cases/services/plans.py:draft_decision": 47,
}
FILE_LINES, FUNCTION_LINES = 300, 40

#: Where markup is declared safe or a CSRF check is left out, and why that is right there.
TRUSTED_MARKUP: dict[str, str] = {
    "supervision/documents/services.py": "a paper's text from our own template, which escapes every value",
    "supervision/web/templatetags/gs.py": "icons and aria-current: constants of ours, nothing anyone typed",
    "supervision/portal/highlight.py": "search words in <mark>; every piece around is escaped there",
    "supervision/portal/views/drafts.py": "anonymous, reads no session; what is sent anyone may send",
    "supervision/portal/views/verify.py": "anonymous, reads no session and changes nothing; spares a cookie",
    "templates/portal/publication.html": "frozen text, a paper's own or escaped parts, by publication.text",
    "templates/notices/notice.txt": "plain text of a mail, where &amp; would be shown as such",
    "templates/notices/digest.txt": "plain text of a mail, where &amp; would be shown as such",
}


@cache
def sources() -> tuple[Path, ...]:
    """Every Python file of the product, migrations aside."""
    found = [*(ROOT / "supervision").rglob("*.py"), *(ROOT / "workflows").rglob("*.py")]
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def app_of(module: str) -> str:
    """Return the app that a module belongs to: "supervision.cases.models.plans" -> "supervision.cases"."""
    return "workflows" if module.split(".")[0] == "workflows" else ".".join(module.split(".")[:2])


def imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), node.lineno


# -- layers ------------------------------------------------------------------------------


def test_the_layers_here_are_those_of_the_import_linter() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("layers = [") :]
    lines = re.findall(r'"([^"]+)"', block[: block.index("]")])
    assert [re.sub(r"[|()]", " ", line).split() for line in lines] == [line.split() for line in LAYERS]


def test_the_page_about_packages_draws_the_layers() -> None:
    page = (ROOT / "docs/reference/packages.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in page.splitlines() if re.match(r"\| \d+ \|", line)]
    assert [re.findall(r"`([^`]+)`", row) for row in rows] == [line.split() for line in LAYERS]


def test_foreign_keys_point_down_as_imports_do() -> None:
    wrong = []
    for model in apps.get_models():
        here = app_of(model.__module__)
        if here not in RANK:
            continue  # a package from outside
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            there = app_of(target.__module__)
            if there in RANK and there != here and RANK[there] >= RANK[here]:
                wrong.append(f"{model.__name__}.{field.name} -> {there}.{target.__name__}")
    assert not wrong, wrong


def test_the_record_of_events_has_no_foreign_key_to_anything_else() -> None:
    fields = [f for m in apps.get_app_config("audit").get_models() for f in m._meta.local_fields]
    others = [f for f in fields if f.is_relation and f.related_model._meta.app_label != "audit"]
    assert not [field.name for field in others]


@pytest.mark.parametrize(
    ("package", "owner"),
    [
        ("viewflow", "workflows"),
        ("guardian", "supervision.access"),
        ("weasyprint", "supervision.documents"),
        ("pyhanko", "supervision.documents"),
        ("pyhanko_certvalidator", "supervision.documents"),
    ],
)
def test_one_app_alone_imports_a_heavy_package(package: str, owner: str) -> None:
    folder = ROOT / owner.replace(".", "/")
    wrong = [
        f"{name_of(path)}:{line}"
        for path in sources()
        if folder not in path.parents
        for module, line in imports(path)
        if module.split(".")[0] == package
    ]
    assert not wrong, wrong


def test_only_workflows_executes_a_step() -> None:
    """`execute()` of an activation; a cursor's `execute(sql)` has arguments and is another thing."""
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        if ROOT / "workflows" not in path.parents
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "execute"
        and not node.args
    ]
    assert not wrong, wrong


def test_only_confirming_makes_a_confirmation() -> None:
    """Whoever could write the row could sign in another's name."""
    made = re.compile(
        r"\b(Confirmation|ConfirmedAct)(\(|\.objects\.(create|bulk_create|get_or_create|update))"
    )
    found = {
        name_of(path)
        for path in sources()
        if "migrations" not in path.parts and made.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"workflows/acts/confirming.py", "workflows/models.py"}


def test_no_import_is_relative() -> None:
    wrong = [
        f"{name_of(path)}:{line}"
        for path in sources()
        for module, line in imports(path)
        if module.startswith(".")
    ]
    assert not wrong, wrong


def test_every_folder_of_the_product_says_what_lives_there_and_what_must_not() -> None:
    folders = [*sorted((ROOT / "supervision").iterdir()), ROOT / "workflows"]
    short = []
    for folder in folders:
        if not (folder / "__init__.py").exists() or f"supervision.{folder.name}" in PLAIN:
            continue
        said = ast.get_docstring(tree(folder / "__init__.py")) or ""
        if len([line for line in said.splitlines() if line.strip()]) < 2:
            short.append(name_of(folder))
    assert not short, f"two lines wanted in the docstring of {short}"


# -- size --------------------------------------------------------------------------------


def test_files_stay_short() -> None:
    sizes = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources()
        if "forms" not in path.parts or "law" not in path.parts  # one form is one list of steps
    }
    _ratchet(sizes, FILE_LINES, LONG_FILES)


def test_functions_stay_short() -> None:
    sizes = {}
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                lines = (node.end_lineno or 0) - node.lineno + 1
                if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                    lines -= (first.end_lineno or 0) - first.lineno + 1  # its docstring does not count
                key = f"{name_of(path)}:{node.name}"
                sizes[key] = max(lines, sizes.get(key, 0))
    _ratchet(sizes, FUNCTION_LINES, LONG_FUNCTIONS)


def _ratchet(sizes: dict[str, int], limit: int, allowed: dict[str, int]) -> None:
    """Nothing is over `limit` but what is listed, and that is not longer than listed."""
    over = {name: size for name, size in sizes.items() if size > allowed.get(name, limit)}
    assert not over, f"over {limit} lines: {over}"
    idle = {name for name in allowed if name in sizes and sizes[name] <= limit}
    if idle:
        warnings.warn(f"short enough now, take these off the list: {sorted(idle)}", stacklevel=2)


# -- safety ------------------------------------------------------------------------------


def test_markup_is_trusted_and_csrf_is_left_out_only_where_a_reason_is_given() -> None:
    pattern = re.compile(r"\|\s*safe\b|\bmark_safe\(|\bcsrf_exempt\b|\bautoescape off\b|\bSafeString\(")
    kinds = (".html", ".txt")  # gathering messages leaves other files beside them for a moment
    templates = [path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in kinds]
    files = [*sources(), *templates]
    found = {name_of(path) for path in files if pattern.search(path.read_text(encoding="utf-8"))}
    assert found == set(TRUSTED_MARKUP), "list each of these with its reason in TRUSTED_MARKUP"


def test_no_query_is_built_from_a_request() -> None:
    pattern = re.compile(r"\*\*\s*request\.|\.extra\(|\.raw\(")
    wrong = [name_of(path) for path in sources() if pattern.search(path.read_text(encoding="utf-8"))]
    assert not wrong, wrong


def test_no_setting_is_read_from_the_environment_outside_the_settings() -> None:
    allowed = {
        "supervision/wsgi.py",  # names the settings
        "supervision/files/sandbox.py",  # hands PATH to the child that parses hostile files
    }
    wrong = [
        name_of(path)
        for path in sources()
        if "settings" not in path.parts
        and "management" not in path.parts
        and name_of(path) not in allowed
        and re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_hold_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|file:|git\+", text)
    pinned = re.findall(r"^[a-z0-9._-]+(?:\[[^]]+\])?==", text, re.M)
    blocks = re.split(r"^(?=[a-z0-9._-]+(?:\[[^]]+\])?==)", text, flags=re.M)[1:]
    assert len(pinned) > 30
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_demonstration_is_installed_from_the_same_pins_as_the_tests() -> None:
    pins = [
        dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]+\])?==([^ ;\\]+)", (ROOT / name).read_text(), re.M))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert {name: version for name, version in pins[1].items() if name in pins[0]} == pins[0]


# -- templates and addresses -------------------------------------------------------------


def test_every_template_is_used() -> None:
    folder = ROOT / "templates"
    texts = [path.read_text(encoding="utf-8") for path in [*sources(), *folder.rglob("*.html")]]
    everything = "\n".join(texts)
    by_name = ("documents/", "notices/", "django/forms/", "account/", "404", "403", "400", "500")
    unused = {
        name
        for path in sorted(folder.rglob("*.*"))
        if not (name := str(path.relative_to(folder))).startswith(by_name) and name not in everything
    }
    assert not unused, unused


def templates() -> dict[str, list[str]]:
    """Return the lines of every template: pages, their parts, papers and mails."""
    folder = ROOT / "templates"
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8").splitlines()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".txt")
    }


def test_a_template_can_be_reviewed_line_by_line() -> None:
    """Long sentences go into `blocktranslate trimmed`, long includes into a `with` around them.

    No formatter keeps this: djlint --reformat joins what stands in a line of text again, up to 400
    characters, and puts white space where it shows, before a chip and between the pieces of a changed word.
    """
    long = [
        f"{name}:{number}"
        for name, lines in templates().items()
        for number, line in enumerate(lines, 1)
        if len(line) > 120
    ]
    assert not long


def test_a_template_opens_one_block_a_line() -> None:
    block = (
        "section|article|aside|header|footer|main|nav|table|thead|tbody|tr|ul|ol|dl|form|fieldset|details|div"
    )
    two = re.compile(rf"<(?:{block})\b.*<(?:{block})\b")
    wrong = [
        f"{name}:{number}"
        for name, lines in templates().items()
        for number, line in enumerate(lines, 1)
        if name.endswith(".html") and ("\t" in line or line != line.rstrip() or two.search(line))
    ]
    assert not wrong


def test_a_page_reads_as_a_table_of_contents() -> None:
    """What does not fit is cut into parts named for what they show, as templates/web/case/."""
    _ratchet({name: len(lines) for name, lines in templates().items()}, 150, {})


def test_only_the_root_template_says_that_a_page_has_errors() -> None:
    titles = {
        path.name: re.findall(r"(?s){% block title %}.*?{% endblock %}", path.read_text(encoding="utf-8"))
        for path in (ROOT / "templates").rglob("*.html")
    }
    assert [name for name, found in titles.items() if any("Lỗi" in title for title in found)] == []


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every pattern of the site with its whole address, nested includes as well."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


def test_every_address_has_a_declared_rule_and_every_rule_an_address() -> None:
    rules = import_module("supervision.web.rules").URL_RULES
    names = {entry.name: address for address, entry in addresses()}
    unnamed = [address for address, entry in addresses() if not entry.name]
    assert not unnamed, f"an address without a name cannot have a rule: {unnamed}"
    assert not (missing := {name: names[name] for name in names if name not in rules}), missing
    assert not (idle := set(rules) - set(names)), idle


def test_no_page_of_the_process_engine_or_of_the_admin_is_mounted() -> None:
    wrong = [
        address
        for address, entry in addresses()
        if (entry.callback.__module__ or "").split(".")[0] in {"viewflow", "guardian"}
        or "admin" in address.split("/")
    ]
    assert not wrong, wrong
