"""A PDF is the same paper for every reader: what one of them could take for something else is refused."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from supervision.files import inspection
from tests.files import structures
from tests.files.disguised import PAGE
from tests.files.hostile import action, attaching, linked, on_open, pdf_with

_ASKS = {"S": Name.URI, "URI": String("http://10.0.0.1/open")}


def _refusal(data: bytes) -> str:
    with pytest.raises(inspection.Refused) as refused:
        inspection.inspect(data, "pdf")
    return str(refused.value)


def _opened_by_a_stream(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = document.make_stream(b"", **_ASKS)


def _shown_by_a_stream(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=document.make_stream(b"", **_ASKS))


def _moments_in_a_stream(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = document.make_stream(b"", O=document.make_indirect(Dictionary(**_ASKS)))


def _followed_by_a_stream(document: pikepdf.Pdf) -> None:
    after = document.make_stream(b"", **_ASKS)
    document.Root.OpenAction = action("GoTo", D=Array([0, Name.Fit]), Next=after)


def _followed_by_a_list_in_a_list(document: pikepdf.Pdf) -> None:
    after = Array([Array([Dictionary(**_ASKS)])])
    document.Root.OpenAction = action("GoTo", D=Array([0, Name.Fit]), Next=after)


def _opened_by_a_list(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Array([document.make_indirect(Dictionary(**_ASKS))])


def _step_of_a_show(document: pikepdf.Pdf) -> None:
    document.pages[0].PresSteps = Dictionary(Type=Name.NavNode, NA=Dictionary(**_ASKS))


def _linked_by_a_stream(document: pikepdf.Pdf) -> None:
    linked(document.make_stream(b"", S=Name.Baz))(document)


def _address_in_a_stream(document: pikepdf.Pdf) -> None:
    linked(action("URI", URI=document.make_stream(b"file://10.0.0.1/a")))(document)


def _file_in_a_stream(document: pikepdf.Pdf) -> None:
    name = document.make_stream(b"\\\\10.0.0.1\\a")
    document.Root.AF = Array([document.make_indirect(Dictionary(Type=Name.Filespec, F=name))])


def _file_of_nothing(document: pikepdf.Pdf) -> None:
    one = Dictionary(Type=Name.Filespec, F=String("\\\\10.0.0.1\\a"), EF=Dictionary())
    document.Root.AF = Array([document.make_indirect(one)])


ACTIONS: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "an address on opening": (_opened_by_a_stream, "action"),
    "an address when a page is shown": (_shown_by_a_stream, "action"),
    "moments": (_moments_in_a_stream, "action"),
    "an address after a step": (_followed_by_a_stream, "action"),
    "a list in a list": (_followed_by_a_list_in_a_list, "action"),
    "a list on opening": (_opened_by_a_list, "action"),
    "a step of a show": (_step_of_a_show, "action"),
    "an unknown action of a link": (_linked_by_a_stream, "action"),
    "an address as text": (_address_in_a_stream, "link"),
    "a file's name as text": (_file_in_a_stream, "external"),
    "a file that attaches nothing": (_file_of_nothing, "embedded"),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_a_stream_or_a_list_is_judged_like_the_dictionary_it_stands_for(name: str) -> None:
    change, why = ACTIONS[name]
    assert _refusal(pdf_with(change)) == why


def test_what_a_stream_may_do_by_itself_is_what_its_dictionary_may() -> None:
    def still(document: pikepdf.Pdf) -> None:
        on_open(document.make_stream(b"", S=Name.Named, N=Name.NextPage))(document)

    inspection.inspect(pdf_with(still), "pdf")


@pytest.mark.parametrize(
    "name",
    [
        "evil.bat\x00.json",
        "evil.bat\n.json",
        "\\\\10.0.0.1\\s\\a.json",
        "../a.json",
        "C:a.json",
        "evil.bat:.json",
        "evil\u202enosj.json",
        ".json",
        'a".json',
    ],
)
def test_an_attached_file_has_a_plain_name(name: str) -> None:
    def change(document: pikepdf.Pdf) -> None:
        file = Dictionary(F=document.make_stream(b"[]"))
        one = Dictionary(Type=Name.Filespec, F=String("a.json"), UF=String(name), EF=file)
        document.Root.AF = Array([document.make_indirect(one)])

    def offered(document: pikepdf.Pdf) -> None:
        one = Dictionary(F=String("a.json"), EF=Dictionary(F=document.make_stream(b"[]")))
        names = Array([String(name), document.make_indirect(one)])
        document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))

    assert (_refusal(pdf_with(change)), _refusal(pdf_with(offered))) == ("embedded", "embedded")


@pytest.mark.parametrize("name", ["Văn bản số 07 (bản 2).json", "07-KH.MTTQ.json"])
def test_a_name_in_plain_words_is_kept(name: str) -> None:
    inspection.inspect(pdf_with(attaching(b"[]", name)), "pdf")


@pytest.mark.parametrize("name", structures.LAYOUTS)
def test_what_two_readers_may_find_in_two_places_is_refused(name: str) -> None:
    assert _refusal(structures.LAYOUTS[name]) == "structure"


def test_what_a_newer_object_has_replaced_is_judged_as_well() -> None:
    catalog, pages, page = PAGE
    live = catalog.replace(b">>", b"/OpenAction << /S /J#61vaScript /JS (a) >> >>")
    assert _refusal(structures.updated(structures.placed(live, pages, page), {1: catalog})) == "script"
    packed = structures.packed({1: (5, 0)}, (1, live))
    assert _refusal(structures.updated(packed, {1: catalog})) == "script"


@pytest.mark.parametrize("name", structures.ORDINARY)
def test_a_file_that_lies_as_its_tables_say_is_kept(name: str) -> None:
    inspection.inspect(structures.ORDINARY[name], "pdf")
