"""Take the pictures of README from the demonstration: `manage.py screenshots`, with Chromium installed."""

from __future__ import annotations

import os
import shutil
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from PIL import Image

from supervision.casefiles.models import Case
from supervision.cases.models import AnnualPlan, Criticism
from supervision.drafts.models import Call
from supervision.publication.models import Publication
from workflows.models import WorkItem

#: Any of these draws them.
CHROMIUM = ("chromium", "chromium-browser", "chromium-headless-shell")
WIDTHS = {"390": 844, "1280": 800}
#: Name of the picture, and who looks ("" is a reader without an account).
SHOTS = {
    "home": "",
    "publication": "",
    "verify": "",
    "inbox": "canbo1",
    "case": "canbo1",
    "work": "daumoi7",
    "study": "canbo1",
    "joined": "vanthu1",
    "board": "uyvienttnd",
    "investment": "uyviengsdt",
    "criticism": "canbo1",
    "answers": "daumoi1",
    "remarks": "",
    "talk": "chutichxa",
    "opinions": "canbo1",
    "opinion": "phunu",
    "dialogue": "canboxa",
    "plan": "canbo1",
    "year": "",
    "draft": "canbo1",
    "contribute": "",
    "contributions": "canbo1",
    "groups": "canbo1",
    "compare": "canbo1",
}
#: Pictures of the page of a case: of which form, from which part of it on.
CASES = {
    "study": "nghien-cuu-van-ban",
    "joined": "tham-gia-giam-sat",
    "board": "thanh-tra-nhan-dan",
    "investment": "giam-sat-dau-tu-cong-dong",
    "criticism": "hoi-nghi-phan-bien",
    "talk": "doi-thoai-phan-bien",
    "opinions": "gop-y#kn",
    "dialogue": "doi-thoai-nhan-dan#kn",
}


class Command(BaseCommand):
    help = "Write docs/images/<page>-<width>.png from the sample data; needs playwright and Chromium."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "docs" / "images")
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *, to: Path, quiet: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Pictures are taken of the sample data only.")
        if not Publication.objects.exists():
            raise CommandError("There is no sample data here yet: run `make demo` first.")
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in this thread
        call_command("collectstatic", interactive=False, ignore_patterns=["viewflow"], verbosity=0)
        to.mkdir(parents=True, exist_ok=True)
        with _Site() as address:
            for name in take(address, to):
                if not quiet:
                    self.stdout.write(name)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing about each request."""


class _Site:
    """The site on a free port of this machine, for as long as the pictures take."""

    def __enter__(self) -> str:
        self.server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *problem: Any) -> None:
        self.server.shutdown()
        self.server.server_close()


def addresses() -> dict[str, str]:
    """Return what each picture shows: the newest publication with recommendations, the most urgent work."""
    newest = Publication.objects.order_by("-published_at")
    publication = newest.filter(follow_ups__isnull=False).first() or newest.first()
    assert publication is not None
    open_work = WorkItem.objects.filter(finished_at__isnull=True).select_related("case")
    followed = open_work.filter(organization__code="mttq-24", recommendation__isnull=False).first()
    asked = open_work.filter(organization__code="ubnd-24-24m05").order_by("deadline__due_on").first()
    case = followed.case if followed else WorkItem.objects.latest("pk").case
    return {
        "home": "/",
        "publication": publication.address,
        "verify": "/xac-minh/",
        "inbox": "/viec-cua-toi/?nhom=chua-nhan",
        "case": f"/ho-so/{case.public_id}/",
        "work": f"/viec-cua-toi/{asked.public_id}/" if asked else "/viec-cua-toi/",
        **{name: _case_of(form) for name, form in CASES.items()},
        **_of_forms(),
        **_of_drafts(),
    }


def _case_of(what: str) -> str:
    form, hash_, part = what.partition("#")
    case = Case.objects.filter(form=form).order_by("pk").first()
    return f"/ho-so/{case.public_id}/{hash_}{part}" if case else "/ho-so/"


def _of_forms() -> dict[str, str]:
    """Return pages of a form's own: answers being drafted, remarks in public, an opinion, the year's plan."""
    answers = WorkItem.objects.filter(step="draft_answers", finished_at__isnull=True).first()
    remarks = Publication.objects.filter(form="phan-bien-bang-van-ban").first()
    receiving = WorkItem.objects.filter(step="collect", finished_at__isnull=True).first()
    plan = AnnualPlan.objects.order_by("-year").first()
    return {
        "answers": f"/viec-cua-toi/{answers.public_id}/" if answers else "/viec-cua-toi/",
        "remarks": f"{remarks.address}#kien-nghi" if remarks else "/ket-luan/",
        "opinion": f"/ho-so/{receiving.case.public_id}/y-kien/moi/" if receiving else "/ho-so/",
        "plan": f"/ke-hoach-nam/{plan.public_id}/" if plan else "/ke-hoach-nam/",
        "year": f"/ke-hoach/{plan.year}/{plan.organization.code}/" if plan else "/ke-hoach/",
    }


def _of_drafts() -> dict[str, str]:
    """Return pages on drafts: one put to everyone, what came, the groups in it, another's next version."""
    call = Call.objects.filter(is_public=True).order_by("-pk").first()
    ours = Criticism.objects.filter(case__lead__code="mttq-24")  # the body of who looks
    compared = ours.filter(draft__versions__number=2).first()
    if call is None or compared is None:
        return dict.fromkeys(("draft", "contribute", "contributions", "groups", "compare"), "/du-thao/")
    asked = f"/phan-bien/{Criticism.objects.get(draft=call.draft).public_id}"
    return {
        "draft": f"{asked}/du-thao/#dieu-4",
        "contribute": f"/du-thao/{call.public_id}/gop-y/?o=dieu-5-khoan-1",
        "contributions": f"{asked}/gop-y/?nhom=taken",
        "groups": f"{asked}/nhom/?nhom=xong",
        "compare": f"/phan-bien/{compared.public_id}/du-thao/so-sanh/",
    }


def take(address: str, to: Path) -> list[str]:
    """Take every picture; return the names of the files. CommandError without a browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CommandError("playwright is not installed: run `make test` once.") from error
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise CommandError("There is no Chromium on this machine.")
    names, shown = [], addresses()
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for width, height in WIDTHS.items():
            for name, username in SHOTS.items():
                context = browser.new_context(
                    viewport={"width": int(width), "height": height},
                    locale="vi-VN",
                    timezone_id=settings.TIME_ZONE,
                    base_url=address,
                    java_script_enabled=False,
                )
                page = context.new_page()
                if username:
                    _sign_in(page, username)
                page.goto(shown[name])
                picture = to / f"{name}-{width}.png"
                page.screenshot(path=picture)
                Image.open(picture).quantize(64).save(picture, optimize=True)  # flat colours: half the size
                names.append(f"{name}-{width}.png")
                context.close()
        browser.close()
    return names


def _sign_in(page: Any, username: str) -> None:
    page.goto("/dang-nhap/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", settings.DEMO_PASSWORD)
    page.locator("main form button").first.click()
