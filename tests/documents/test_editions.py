"""Of a public edition nothing hidden can be had back: REDACTED=100 for the long run."""

from __future__ import annotations

import copy
import io
import os
import random
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command

from supervision.documents import editions, services, tasks
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document
from supervision.documents.render import paper_html
from supervision.documents.services import article_html
from supervision.documents.verification import verify
from supervision.files.services import open_blob
from supervision.language.hiding import Passage, hide
from supervision.notices.models import Notice
from supervision.organizations.models import Mandate
from supervision.publication.log import signing
from tests.documents.papers import AT, prepared
from tests.documents.test_verification import published

COUNT = int(os.environ.get("REDACTED", "8"))
SEALED = sorted(code for code, kind in KINDS.items() if kind.sealed)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def some_words(document: Document, die: random.Random) -> list[str]:
    """Return passages of the paper's own text, three to six words each, that its template does not say."""
    own = [field.name for field in KINDS[document.kind].fields if field.name in document.context]
    long = [text for text in texts([document.context[name] for name in own]) if len(text.split()) > 7]
    body = document.organization
    of_template = squeezed(f"{paper_html(without_own_words(document, own))} {body.name} {body.short_name}")
    found: list[str] = []
    while len(found) < 3:
        words = die.choice(long).split()
        first = die.randrange(len(words) - 6)
        phrase = " ".join(words[first : first + die.randint(3, 6)])
        if all(word.isalnum() for word in phrase.split()) and squeezed(phrase) not in of_template:
            found.append(phrase)
    return found


def without_own_words(document: Document, own: list[str]) -> Document:
    """Return the paper with every sentence of its own taken out; never to be saved."""
    bare = copy.copy(document)
    bare.context = {**document.context, **{name: blanked(document.context[name]) for name in own}}
    return bare


def blanked(value: Any) -> Any:
    if isinstance(value, str):
        return "x" if len(value.split()) > 3 else value
    if isinstance(value, dict):
        return {key: blanked(one) for key, one in value.items()}
    return [blanked(one) for one in value] if isinstance(value, list) else value


def squeezed(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).casefold()
    return "".join(sign for sign in plain if not sign.isspace() and sign != "\u2060")


def everything_in(data: bytes) -> Iterator[str]:
    """Every text of a PDF by every way of reading: pages, raw bytes, streams, attachments, each revision."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    yield from _decodings(thing.read_bytes())
                except pikepdf.PdfError:
                    yield from _decodings(thing.read_raw_bytes())
            else:
                yield from (str(one) for one in _strings(thing))
        for name in pdf.attachments:
            yield pdf.attachments[name].get_file().read_bytes().decode()
        assert not any("/Thumb" in page for page in pdf.pages)
    yield from _decodings(data)
    end = data.find(b"%%EOF")
    while end >= 0:
        yield _extracted(data[: end + 6])
        end = data.find(b"%%EOF", end + 1)


def _decodings(data: bytes) -> Iterator[str]:
    yield data.decode(errors="replace")
    yield data.decode("utf-16-be", errors="replace")


def _strings(thing: Any) -> Iterator[str]:
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Dictionary):
        for one in thing.values():
            if not getattr(one, "is_indirect", False):
                yield from _strings(one)
    elif isinstance(thing, pikepdf.Array):
        for one in thing:
            if not getattr(one, "is_indirect", False):
                yield from _strings(one)


def _extracted(data: bytes) -> str:
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True).stdout.decode()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("number", range(COUNT))
def test_nothing_hidden_can_be_had_back(
    number: int, officer: Mandate, chair: Mandate, tmp_path: Path
) -> None:
    die = random.Random(number)
    kind = SEALED[number % len(SEALED)]
    document = services.request_signature(prepared(kind, officer), signer=chair, capacity="TM", at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    words = some_words(document, die)
    whole = open_blob(document.renditions.get(is_signed=True).blob.sha256).read()
    before = squeezed(_extracted(whole))
    assert all(squeezed(one) in before for one in words), "the original says it"
    kept = {key: document.context[key] for key in ("number_text", "code", "verify_address", "issued_on")}
    passages = [Passage(one, "[đã che: dữ liệu cá nhân]") for one in words]
    editions.ask(document, {**hide(document.context, passages), **kept}, at=AT)
    assert editions.shown(document) is None, "it is being printed"
    editions.print_now(document.pk, at=AT)
    shown = editions.shown(document)
    assert shown is not None and shown.rendition.is_public
    data = open_blob(shown.rendition.blob.sha256).read()
    for text in (*everything_in(data), article_html(shown.document), shown.document.subject):
        found = squeezed(text)
        assert not [one for one in words if squeezed(one) in found]
    printed = squeezed(_extracted(data))
    assert squeezed("[đã che: dữ liệu cá nhân]") in printed
    assert squeezed("BẢN CÔNG BỐ, CÓ PHẦN ĐÃ CHE") in printed
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    verdict = verify(path, name="a.pdf", at=AT)
    assert verdict.kind == "not_ours" and len(verdict.signatures) == 1, "sealed by the body alone"


def test_another_passage_makes_another_edition_and_none_makes_none(officer: Mandate, chair: Mandate) -> None:
    document = services.request_signature(prepared("letter", officer), signer=chair, capacity="TM", at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    editions.ask(document, {**document.context, "body": "Một [đã che: x]"}, at=AT)
    editions.print_now(document.pk, at=AT)
    first = editions.shown(document)
    editions.ask(document, {**document.context, "body": "Hai [đã che: x]"}, at=AT)
    assert editions.shown(document) is None
    editions.print_now(document.pk, at=AT)
    editions.print_now(document.pk, at=AT)
    second = editions.shown(document)
    assert first and second and first.rendition.blob.sha256 != second.rendition.blob.sha256
    assert document.renditions.filter(is_public=True).count() == 1
    editions.ask(document, document.context, at=AT)
    last = editions.shown(document)
    assert last is not None and last.rendition.is_signed
    assert Document.objects.get(pk=document.pk).public_context is None


def test_an_edition_that_was_lost_is_asked_for_again(
    officer: Mandate, chair: Mandate, run_tasks: Callable[..., int]
) -> None:
    """Its task died, or the body's key was not there: until it is printed, the tick asks each minute."""
    document = services.request_signature(prepared("letter", officer), signer=chair, capacity="TM", at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    Document.objects.filter(pk=document.pk).update(
        public_context={**document.context, "body": "Một [đã che: x]"}
    )
    assert editions.waiting() == [document.pk]
    call_command("tick")
    call_command("tick")
    run_tasks()
    assert editions.waiting() == [] and editions.shown(document) is not None


def test_where_no_key_is_here_the_log_alone_proves_the_edition(
    officer: Mandate, chair: Mandate, tmp_path: Path, settings: Any
) -> None:
    document = services.request_signature(prepared("letter", officer), signer=chair, capacity="TM", at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    settings.SIGNING_KEYS = "supervision.documents.signing.keys.Elsewhere"
    editions.ask(document, {**document.context, "body": "Một [đã che: x]"}, at=AT)
    editions.print_now(document.pk, at=AT)
    shown = editions.shown(document)
    assert shown is not None and shown.certificates == []
    blob = shown.rendition.blob
    published(document, pdf_sha256=blob.sha256, pdf_size=blob.size, certificates=shown.certificates)
    signing.sign_checkpoint(at=AT)
    path = tmp_path / "a.pdf"
    path.write_bytes(open_blob(blob.sha256).read())
    verdict = verify(path, name="a.pdf", at=AT)
    assert verdict.kind == "genuine" and verdict.heading.vi.endswith("không mang chữ ký số")


def test_an_edition_that_cannot_be_printed_says_why_once_and_is_printed_when_it_can_be(
    officer: Mandate, chair: Mandate
) -> None:
    document = services.request_signature(prepared("plan", officer), signer=chair, capacity="TM", at=AT)
    tasks.sign_now(document.pk, at=AT)
    document.refresh_from_db()
    broken = {**document.context, "schedule": [{"on": "chưa rõ ngày"}]}
    editions.ask(document, broken, at=AT)
    for _twice in range(2):
        editions.print_now(document.pk, at=AT)
    document.refresh_from_db()
    assert "không in được" in document.edition_trouble and editions.shown(document) is None
    assert Notice.objects.filter(kind="document.stuck", organization=document.organization).count() == 1
    editions.ask(document, {**document.context, "purpose": "[đã che]"}, at=AT)
    editions.print_now(document.pk, at=AT)
    document.refresh_from_db()
    assert document.edition_trouble == "" and editions.shown(document) is not None
