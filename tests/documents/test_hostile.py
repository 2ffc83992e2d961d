"""Hostile input to the printer ends in a plain failure: nothing fetched, nothing hangs, the parent lives."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from supervision.documents.render import printer
from supervision.files.sandbox import Failed, Sandbox

VECTORS = [
    '<img src="{u}">',
    '<img srcset="{u} 1x">',
    '<object data="{u}"></object>',
    '<embed src="{u}">',
    '<link rel="stylesheet" href="{u}">',
    '<link rel="attachment" href="{u}">',
    '<a rel="attachment" href="{u}">x</a>',
    "<style>@import url({u});</style>",
    '<style>@import "{u}";</style>',
    "<style>@font-face{{font-family:x;src:url({u})}}p{{font-family:x}}</style><p>x</p>",
    '<p style="background:url({u})">x</p>',
    '<p style="border-image:url({u})">x</p>',
    '<p style="list-style-image:url({u});display:list-item">x</p>',
    '<p style="content:url({u})">x</p>',
    "<style>p::before{{content:url({u})}}</style><p>x</p>",
    "<style>@page{{background:url({u})}}</style>",
    "<style>@page{{@top-center{{content:url({u})}}}}</style>",
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{u}"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{u}#a"/></svg>',
    '<base href="{u}"><img src="x.png">',
    "<style>@color-profile x{{src:url({u})}}</style>",
    '<p style="mask:url({u});clip-path:url({u});filter:url({u})">x</p>',
]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None: ...

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_is_fetched(vector: str, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    asked.clear()
    for url in (address, "file:///etc/passwd", "data:text/css,p{}", "paper:../render.py", "ftp://127.0.0.1/"):
        html = f"<html lang=vi><title>x</title><body>{vector.format(u=url)}<p>Chữ</p>"
        try:
            pdf = printer.run("print_paper", html, {}, {}, None)["pdf"]
        except Failed:
            continue
        assert b"root:x:0" not in pdf and b"/EmbeddedFile" not in pdf
    assert asked == []


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td colspan=1000000>x</table>",
        "<style>@page{size:1px;margin:0}</style>" + "<p>chữ</p>" * 500,
        "<div>" * 20_000,
        "<style>body{columns:100000}</style><p>x",
        "<p style='font-size:1e9px'>x",
    ],
    ids=["colspan", "tiny page", "deep", "columns", "huge"],
)
def test_a_paper_that_never_ends_is_cut_off(body: str) -> None:
    short = Sandbox("supervision.documents.printing", seconds=2, memory=600 * 1024**2)
    try:
        short.run("print_paper", f"<html lang=vi><title>x</title>{body}", {}, {}, None)
    except Failed as failed:
        assert failed.reason
    assert short.run("print_stamp", "<p>Vẫn chạy", {})[:5] == b"%PDF-"
    short.close()


def test_a_base_exception_in_the_child_is_a_plain_failure() -> None:
    box = Sandbox("tests.documents.badly", seconds=2)
    for function in ("raise_base", "leave", "crash", "eat_memory", "sleep", "poison"):
        with pytest.raises(Failed):
            box.run(function)
    assert box.run("fine") == "ổn"
    box.close()
