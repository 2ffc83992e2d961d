"""Every word a person reads: both catalogs whole, both languages clean, the words of the house."""

from __future__ import annotations

import ast
import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django import forms
from django.core.management import call_command
from django.test import Client
from django.utils import timesince, translation

from supervision.casefiles.models import Case
from supervision.demo.world import declared
from supervision.law.forms.s2 import SPEC
from supervision.organizations.models import Level, Mandate, Organization, Territory, User
from supervision.web.formfields import DateField
from supervision.web.management.commands.catalogs import compiled, gather_messages, messages
from tests.markup import html_of
from tests.reading import VIETNAMESE, Piece, read
from tests.stages import AGENCIES, go

#: Gathering messages writes files among the sources for a moment, so one worker reads and gathers.
pytestmark = pytest.mark.xdist_group("sources")

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "supervision" / "locale"
GETTEXT = pytest.mark.skipif(not shutil.which("msgfmt"), reason="no gettext tools on this machine")
FORBIDDEN = re.compile(r"vụ việc|vui lòng|\bOK\b", re.I)
BARE_BUTTONS = {"gửi", "đồng ý", "tiếp tục", "ok", "lưu", "xóa", "có", "send", "submit", "continue", "save"}
#: Words of an English sentence that no Vietnamese one has.
ENGLISH = re.compile(r"\b(the|of|is|are|was|were|your|you|this|please|and|with|must|cannot|not)\b", re.I)
#: What a page must never print: half-made templates, Python's own words, other people's classes.
RAW = re.compile(r"\{\{|\{%|%\(\w+\)[sd]|\bNone\b(?! of)|\bTrue\b|\bFalse\b|\bExecute\b|mdc-|vf-")


# -- catalogs ----------------------------------------------------------------------------


def entries(language: str) -> list[tuple[str, list[str], str]]:
    """Return (message id, translations, flags) of every entry of a catalog, its header left out."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    found = []
    for block in text.split("\n\n")[1:]:
        said: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if match := re.match(r'(msgid|msgid_plural|msgctxt|msgstr(?:\[\d\])?) "(.*)"$', line):
                key = match[1]
                said[key] = match[2]
            elif line.startswith('"') and key:
                said[key] += line[1:-1]
        flags = " ".join(line for line in block.splitlines() if line.startswith("#,"))
        if said.get("msgid"):
            found.append((said["msgid"], [v for k, v in said.items() if k.startswith("msgstr")], flags))
    return found


@pytest.mark.parametrize("language", ["en", "vi"])
def test_nothing_is_untranslated_or_doubtful(language: str) -> None:
    found = entries(language)
    assert len(found) > 100
    assert not [said for said, translations, _flags in found if not all(translations)]
    assert not [said for said, _translations, flags in found if "fuzzy" in flags]


@GETTEXT
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_compiled_catalogs_say_what_the_sources_say(language: str) -> None:
    source = LOCALE / language / "LC_MESSAGES" / "django.po"
    assert messages(source.with_suffix(".mo").read_bytes()) == messages(compiled(source))


@GETTEXT
def test_every_message_of_templates_and_code_is_in_the_english_catalog(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(ROOT)
    gather_messages(ignored=["supervision/locale"])
    gathered = set(re.findall(r'^msgid "(.+)"$', (folder / "django.po").read_text(encoding="utf-8"), re.M))
    assert gathered - {said for said, _translations, _flags in entries("en")} == set()


def test_english_is_english_and_vietnamese_is_vietnamese() -> None:
    quoted = re.compile(r"“[^”]*”|%\(\w+\)[sd]|\S*/\S*")
    wrong = [
        said
        for said, translations, _flags in entries("en")
        if any(VIETNAMESE.search(quoted.sub("", words)) for words in translations)
    ]
    assert not wrong
    assert not [said for said, words, _flags in entries("vi") if any(ENGLISH.search(one) for one in words)]


def test_the_messages_keep_to_the_words_of_the_house() -> None:
    for said, translations, _flags in entries("en"):
        assert not FORBIDDEN.search(said), said
        assert "!" not in "".join([said, *translations]), said
        assert not re.search(r"\bplease\b", " ".join(translations), re.I), said
    for said, translations, _flags in entries("vi"):
        assert not FORBIDDEN.search(" ".join(translations)) and "!" not in "".join(translations), said


# -- pairs T(vi, en) in the sources ------------------------------------------------------


def pairs() -> Iterator[tuple[str, str, str]]:
    """Yield (place, Vietnamese, English) of every pair in code and data; braces stand for values."""
    files = [*(ROOT / "supervision").rglob("*.py"), *(ROOT / "workflows").rglob("*.py")]
    for file in sorted(files):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "T":
                given = {"vi": None, "en": None} | dict(zip(("vi", "en"), node.args, strict=False))
                given |= {one.arg: one.value for one in node.keywords if one.arg}
                said = {name: _constant(value) for name, value in given.items()}
                if None not in said.values():
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", said["vi"], said["en"]

    for file in sorted((ROOT / "supervision").rglob("*.yaml")):
        for said in _in_yaml(yaml.safe_load(file.read_text(encoding="utf-8"))):
            yield str(file.relative_to(ROOT)), said["vi"], said["en"]


def _in_yaml(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and set(value) == {"vi", "en"}:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _in_yaml(one)


def _constant(node: Any) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        return "".join(map(str, parts))
    return None


def test_every_pair_says_something_in_both_languages() -> None:
    found = list(pairs())
    assert len(found) > 300
    quoted = re.compile(r"“[^”]*”|\{\w*\}|\S*/\S*|Mẫu \w+")  # an invented place keeps its name
    for place, vietnamese, english in found:
        assert bool(vietnamese.strip()) == bool(english.strip()), place
        assert not VIETNAMESE.search(quoted.sub("", english)), (place, english)
        assert not FORBIDDEN.search(vietnamese) and "!" not in vietnamese + english, (place, vietnamese)
        assert set(re.findall(r"\{\w+\}", vietnamese)) == set(re.findall(r"\{\w+\}", english)), place


# -- documents for people ----------------------------------------------------------------

DOCS = ROOT / "docs"
READ = [
    "glossary.md",
    "guide/vi/doan-giam-sat.md",
    "guide/en/supervision-delegation.md",
    "tutorial/README.md",
]


def test_the_guide_names_every_step_of_the_form() -> None:
    guide = (DOCS / "guide/vi/doan-giam-sat.md").read_text(encoding="utf-8")
    assert not [step.title.vi for step in SPEC.steps if step.title.vi not in guide]


@pytest.mark.parametrize("name", READ)
def test_the_guides_lead_somewhere_and_keep_to_the_words_of_the_house(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    links = re.findall(r"(?<!!)\[[^]]*\]\(([^)#]+)(?:#[^)]*)?\)", text)
    missing = [one for one in links if not (DOCS / name).parent.joinpath(one).exists()]
    assert not missing
    assert not FORBIDDEN.search(text)


# -- pages -------------------------------------------------------------------------------

PUBLIC = ["/", "/ket-luan/", "/kien-nghi/", "/xac-minh/", "/tiep-can/", "/dang-nhap/", "/huong-dan/",
          "/thu-mau/", "/suc-khoe/ready", "/khong-co-trang-nay/", "/v/khong-co/"]  # fmt: skip
ACCOUNTS = ["canbo1", "truongdoan", "chutich1", "vanthu1", "phunu", "daumoi1", "lanhdao7", "quantri"]
PAGES_EACH = 30


def known_data() -> re.Pattern[str]:
    """Names of bodies and people, titles and case titles: what stays Vietnamese on every page."""
    names = {"Tiếng Việt", "Đoàn giám sát", "“Điều 1.”"}
    names |= set(Territory.objects.filter(level=Level.PROVINCE).values_list("name", flat=True))
    names |= {one["name"].partition(" ")[2] for one in declared()["communes"]}
    sample = Organization.objects.filter(code__endswith="-24") | Organization.objects.filter(is_sample=True)
    for organization in sample | Organization.objects.filter(code="mttq"):
        names |= {organization.name, organization.short_name}
    names |= set(User.objects.values_list("display_name", flat=True))
    names |= set(Mandate.objects.values_list("title", flat=True))
    names |= set(Case.objects.values_list("title", flat=True))
    wanted = sorted((re.escape(name) for name in names if name), key=len, reverse=True)
    return re.compile("|".join(wanted) + r"|\S+/\S+")


def crawl(client: Client, starts: Iterable[str], limit: int) -> Iterator[tuple[str, str]]:
    """Yield (address, HTML) of pages reached by links from `starts`."""
    todo, seen = list(starts), set(starts)
    while todo and len(seen) < 10 * limit and limit:
        address = todo.pop(0)
        answer = client.get(address)
        if "text/html" not in answer.headers.get("Content-Type", "") or answer.status_code in (301, 302):
            continue
        limit -= 1
        html = html_of(answer)
        yield address, html
        for link in read(html).links:
            link = link.split("#")[0]
            if link.startswith("?"):
                link = address.split("?")[0] + link
            ours = link.startswith("/") and not link.startswith(("/static/", "/tep/"))
            if ours and link not in seen and link.startswith("/en/") == address.startswith("/en/"):
                seen.add(link)
                todo.append(link)


def leaks_in_english(html: str, data: re.Pattern[str]) -> list[str]:
    return [
        piece.words
        for piece in read(html).pieces
        if piece.lang != "vi"
        and VIETNAMESE.search(piece.words)  # first: names are many
        and VIETNAMESE.search(data.sub("", piece.words))
    ]


def leaks_in_vietnamese(html: str, english: set[str]) -> list[str]:
    found = []
    for piece in read(html).pieces:
        if piece.lang == "en" or piece.words in ("English",):
            continue
        words = re.sub(r"\S+[@/]\S+", "", piece.words)
        if words in english or (ENGLISH.search(words) and not VIETNAMESE.search(words)):
            found.append(piece.words)
    return found


def is_bare(piece: Piece) -> bool:
    return "button" in piece.path and piece.words.lower() in BARE_BUTTONS


def visitor(username: str = "") -> Client:
    client = Client(raise_request_exception=False)
    if username:
        user = User.objects.get(username=username)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def all_pages(prefix: str) -> Iterator[tuple[str, str, str]]:
    """Yield (account, address, HTML) of the portal and of what each account reaches."""
    for address, html in crawl(visitor(), [prefix + one for one in PUBLIC], 80):
        yield "", address, html
    for username in ACCOUNTS:
        client = visitor(username)
        starts = [f"{prefix}/viec-cua-toi/", f"{prefix}/tu-cach/", f"{prefix}/doi-mat-khau/"]
        for address, html in crawl(client, starts, PAGES_EACH):
            yield username, address, html


@pytest.fixture(params=["decided", "answered", "followed"])
def world(request: pytest.FixtureRequest, stage: Callable[..., Any]) -> Any:
    """The supervision with a decision, with reports, and with recommendations being answered."""
    if request.param != "followed":
        return stage(request.param)
    driver = stage("recommended")
    go(driver, 22, "publish")
    first = driver.recommendation(1)
    go(driver, 23, "receive_recommendation", first)
    go(driver, 30, "draft_reply", first, verdict="partly_accepted", reason="Thiếu kinh phí")
    go(driver, 31, "approve_reply", first)
    assert first.addressee.code == AGENCIES[0]
    return driver


@pytest.mark.tier("all")
def test_english_pages_say_nothing_in_vietnamese_that_is_not_marked(world: Any) -> None:
    data = known_data()
    found: dict[str, str] = {}
    count = 0
    for account, address, html in all_pages("/en"):
        count += 1
        for words in leaks_in_english(html, data):
            found.setdefault(words, f"{account} {address}")
    assert count > 50
    assert not found


@pytest.mark.tier("all")
def test_vietnamese_pages_say_nothing_in_english_and_nothing_unmade(world: Any) -> None:
    english = {one for _said, words, _flags in entries("en") for one in words if " " in one}
    english |= {said for said, words, _flags in entries("vi") if [said] != words}
    found: dict[str, str] = {}
    for account, address, html in all_pages(""):
        pieces = read(html).pieces
        wrong = leaks_in_vietnamese(html, english)
        wrong += [one.words for one in pieces if RAW.search(one.words) or FORBIDDEN.search(one.words)]
        wrong += [one.words for one in pieces if is_bare(one) or "!" in one.words]
        for words in wrong:
            found.setdefault(words, f"{account} {address}")
    assert not found


# -- forms -------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "sent", "words"),
    [
        ("/dang-nhap/", {"login": "canbo1", "password": "sai"}, "Tên đăng nhập hoặc mật khẩu không đúng"),
        ("/en/dang-nhap/", {"login": "canbo1", "password": "sai"}, "User name or password is wrong"),
        ("/dang-nhap/", {}, "Điền: Tên đăng nhập"),
        ("/en/dang-nhap/", {}, "Fill in: User name"),
    ],
)
def test_a_refused_sign_in_is_told_in_the_language_of_the_page(
    address: str, sent: dict[str, str], words: str
) -> None:
    said = html_of(visitor().post(address, sent))
    assert words in said


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "words"), [("", "Hai lần gõ mật khẩu mới"), ("/en", "same password")])
def test_a_refused_change_of_password_too(prefix: str, words: str) -> None:
    user = User.objects.create_user(username="thu", password="mat-khau-cu-2026", display_name="Người thử")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"oldpassword": "mat-khau-cu-2026", "password1": "mot-mat-khau-moi", "password2": "khac"}
    page = client.post(f"{prefix}/doi-mat-khau/", sent)
    assert words in html_of(page)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_written_day_is_day_first_in_both_languages(language: str) -> None:
    with translation.override(language):
        for written in ("05/03/2026", "5.3.2026", "05-03-2026", "2026-03-05"):
            assert DateField().clean(written) == dt.date(2026, 3, 5), written
            assert forms.DateField().clean(written) == dt.date(2026, 3, 5), written


def test_how_long_ago_is_said_in_vietnamese() -> None:
    with translation.override("vi"):
        start = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
        assert timesince.timesince(start, start + dt.timedelta(days=3)) == "3\xa0ngày"


def test_the_command_that_keeps_the_catalogs_is_content() -> None:
    if shutil.which("msgfmt"):
        call_command("catalogs", "--check")
