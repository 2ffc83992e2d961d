"""Elements act in whole, listed namespaces: what only looks like Office's changes nothing of what is read."""

from __future__ import annotations

import pytest

from supervision.files import inspection
from tests.files import samples

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_IGNORED = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x"'
_SPACES = [
    "http://schemas.openxmlformats.org/foo/2026/main",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main/",
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://schemas.microsoft.com/office/word/2003/wordml",
    "http://purl.oclc.org/ooxml/foo",
    "urn:schemas-microsoft-com:vml",
    "http://www.w3.org/2000/svg",
    _SHEET,
    "urn:x",
    "",
]
_MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
_BEGIN, _SEPARATOR, _END = (_MARK(kind) for kind in ("begin", "separate", "end"))
_DDE = "<w:r><w:instrText> DDEAUTO c:\\\\a.exe </w:instrText></w:r>"
#: What stands between the beginning of a field and its end; {x} is an element's prefix, {y} an attribute's.
_TRICKS = {
    "a separator": '<w:r><{x}fldChar {y}fldCharType="separate"/></w:r>' + _DDE + _SEPARATOR,
    "a code": "<w:r><{x}instrText>PAGE </{x}instrText></w:r>" + _DDE + _SEPARATOR,
    "a deleted code": "<w:r><{x}delInstrText>PAGE </{x}delInstrText></w:r>" + _DDE + _SEPARATOR,
    "a simple field round the code": '<{x}fldSimple {y}instr="PAGE">' + _DDE + "</{x}fldSimple>" + _SEPARATOR,
    "a run round a separator": '<{x}r><w:fldChar w:fldCharType="separate"/></{x}r>' + _DDE + _SEPARATOR,
    "a control round a separator": "<{x}sdt>" + _SEPARATOR + "</{x}sdt>" + _DDE + _SEPARATOR,
    "words before the code": "<w:r><{x}t>PAGE </{x}t></w:r>" + _DDE + _SEPARATOR,
    "a drawing round it all": _SEPARATOR + _END + "<{x}svg>" + _BEGIN + _DDE + _END + "</{x}svg>" + _BEGIN,
    "a style round the code": "<{x}svg><{x}style>" + _DDE + "</{x}style></{x}svg>" + _SEPARATOR,
    "a formula round the code": "<{x}f>" + _DDE + "</{x}f>" + _SEPARATOR,
}  # fmt: skip


def _letter(inner: str, names: str) -> bytes:
    body = f'<w:document xmlns:w="{_WORD}" {names}><w:body><w:p>{inner}</w:p></w:body></w:document>'
    return samples.docx({"word/more.xml": body})


def _refusal(data: bytes, extension: str) -> str:
    with pytest.raises(inspection.Refused) as refused:
        inspection.inspect(data, extension)
    return str(refused.value)


@pytest.mark.parametrize("space", _SPACES)
@pytest.mark.parametrize("trick", _TRICKS)
def test_no_other_namespace_hides_a_field(trick: str, space: str) -> None:
    prefixes = {"x": "x:" if space else "", "y": "x:" if space else ""}
    names = f'{_IGNORED} mc:ProcessContent="x:*" xmlns:x="{space or "urn:x"}"'
    data = _letter(_BEGIN + _TRICKS[trick].format(**prefixes) + _END, names)
    assert _refusal(data, "docx") in ("dde", "field", "embedded", "broken", "script")


@pytest.mark.parametrize("prefix", ["x:", ""])
def test_a_mark_says_what_it_is_in_the_letter_s_own_namespace(prefix: str) -> None:
    names = 'xmlns:x="http://schemas.openxmlformats.org/foo"'
    separator = f'<w:r><w:fldChar {prefix}fldCharType="separate"/></w:r>'
    assert _refusal(_letter(_BEGIN + separator + _DDE + _SEPARATOR + _END, names), "docx") == "field"
    around = f'<w:fldSimple {prefix}instr="PAGE">{_DDE}</w:fldSimple>'
    assert _refusal(_letter(_BEGIN + around + _SEPARATOR + _END, names), "docx") == "field"


@pytest.mark.parametrize("space", ["http://www.w3.org/2000/svg", "http://schemas.microsoft.com/foo", "urn:x"])
@pytest.mark.parametrize(
    "around",
    [
        "<x:svg>{}</x:svg>",
        "<x:svg><x:style>{}</x:style></x:svg>",
        '<x:f>"{}"</x:f>',
        "<x:f>{}</x:f>",
        "<x:formula>A1<x:f/>{}</x:formula>",
    ],
)
def test_no_other_namespace_hides_a_formula(around: str, space: str) -> None:
    cell = around.format("<f>cmd|'/c calc'!A1</f>")
    names = f'{_IGNORED} mc:ProcessContent="x:*" xmlns:x="{space}"'
    part = f'<worksheet xmlns="{_SHEET}" {names}><sheetData><row><c>{cell}</c></row></sheetData></worksheet>'
    assert _refusal(samples.xlsx({"xl/worksheets/sheet1.xml": part}), "xlsx") in ("dde", "broken")


def test_what_another_part_says_in_a_control_is_no_code() -> None:
    page = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>" + page + "</w:sdtContent></w:sdt>"
    bound = control.format('<w:dataBinding w:xpath="/a"/>')
    assert _refusal(_letter(_BEGIN + bound + _SEPARATOR + _END, ""), "docx") == "dde"
    inspection.inspect(_letter(_BEGIN + control.format("") + _SEPARATOR + _END, ""), "docx")
    inspection.inspect(_letter(bound, ""), "docx")


def test_types_and_relationships_of_somebody_s_own_are_refused() -> None:
    own = '<x:{} xmlns:x="urn:x" PartName="/a.xml" ContentType="a/b" Target="a.xml" Type="http://x/officeDocument"/>'
    types = samples.TYPES.format(main="word/document.xml", type=samples.WORD)
    types = types.replace("</Types>", own.format("Override") + "</Types>")
    assert _refusal(samples.docx({"[Content_Types].xml": types}), "docx") == "broken"
    related = f"<Relationships>{own.format('Relationship')}</Relationships>"
    assert _refusal(samples.docx({"_rels/.rels": related}), "docx") == "broken"
    one = '<Relationship xmlns:x="urn:x" Type="t/image" Target="a.png" x:TargetMode="Internal"/>'
    mode = f"<Relationships>{one}</Relationships>"
    assert _refusal(samples.docx({"word/_rels/document.xml.rels": mode}), "docx") == "broken"
