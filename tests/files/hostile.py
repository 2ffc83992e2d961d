"""Files that do something: each carries one thing that no paper needs. Nothing in them is a real program."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.files import samples

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MZ = b"MZ" + bytes(60) + b"This program cannot be run in DOS mode"


# -- PDF ---------------------------------------------------------------------------------


def pdf_with(change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    """Return a PDF of one page as `change` leaves it."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def action(kind: str, **more: object) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **more)


def on_open(one: pikepdf.Object) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = one

    return change


def linked(one: pikepdf.Object) -> Callable[[pikepdf.Pdf], None]:
    """A link on the page that does `one` when it is touched."""

    def change(document: pikepdf.Pdf) -> None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=one)
        document.pages[0].Annots = document.make_indirect(Array([document.make_indirect(link)]))

    return change


def attaching(data: bytes, name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)

    return change


def _script_behind_a_reference(document: pikepdf.Pdf) -> None:
    kind = document.make_indirect(Name("/JavaScript"))
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), document.make_indirect(Dictionary(S=kind))]))
    )


def _page_action(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=action("URI", URI=String("https://example.vn/da-doc")))


def _chained(document: pikepdf.Pdf) -> None:
    later = action("URI", URI=String("https://example.vn/"))
    document.Root.OpenAction = action("Named", N=Name.NextPage, Next=Array([document.make_indirect(later)]))


def _xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp:xdp/>"))


def _rich_media(document: pikepdf.Pdf) -> None:
    film = Dictionary(Type=Name.Annot, Subtype=Name("/RichMedia"), Rect=Array([0, 0, 9, 9]))
    document.pages[0].Annots = Array([document.make_indirect(film)])


def _outside_stream(document: pikepdf.Pdf) -> None:
    document.pages[0].Contents = document.make_stream(b"", F=String("\\\\10.0.0.1\\a\\b"))


def _font_program(document: pikepdf.Pdf) -> None:
    matrix = Array([1, 2, 3, 4, 5, String("0); alert(1)")])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontMatrix=matrix)
    document.pages[0].Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))


def escaped(data: bytes) -> bytes:
    """The same names spelled with `#xx`, so that no search for the word finds them."""
    return data.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/OpenAction", b"/Open#41ction")


def tabled(*objects: bytes, twice: int = 0) -> bytes:
    """A PDF of these objects, numbered from 1, the catalog first; no number is above `twice`, if given."""
    body, entries = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        entries.append(b"%d 1\n%010d 00000 n \n" % (min(number, twice) if twice else number, len(body)))
        body += b"%d 0 obj\n%b\nendobj\n" % (int(entries[-1].split()[0]), one)
    end = b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 1\n0000000000 65535 f \n" + b"".join(entries) + end


def updated() -> bytes:
    """A paper to which a later revision adds an action on opening."""
    first = samples.pdf(1)
    root = int(first[first.index(b"/Root ") + 6 :].split()[0])
    pages = first[first.index(b"/Pages ") :].split(b"R", 1)[0] + b"R"
    again = b"%d 0 obj\n<< /Type /Catalog %b /OpenAction << /S /Launch /F (cmd.exe) >> >>\nendobj\n" % (
        root,
        pages,
    )
    start = int(first.rstrip().rsplit(b"\n", 2)[1])
    at = len(first)
    table = (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    )
    return first + again + table % (root, at, root + 9, root, start, at + len(again))


SCRIPT = action("JavaScript", JS=String("app.alert(1)"))
LAUNCH = action("Launch", F=String("cmd.exe"))
PDFS: dict[str, tuple[bytes, str]] = {
    "JavaScript on opening": (pdf_with(on_open(SCRIPT)), "script"),
    "JavaScript of a link": (pdf_with(linked(SCRIPT)), "script"),
    "JavaScript in object streams": (
        pdf_with(linked(SCRIPT), object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "script",
    ),
    "JavaScript with escaped names": (escaped(pdf_with(on_open(SCRIPT))), "script"),
    "JavaScript behind a reference": (pdf_with(_script_behind_a_reference), "script"),
    "Launch on opening": (pdf_with(on_open(LAUNCH)), "action"),
    "Launch of a link": (pdf_with(linked(LAUNCH)), "action"),
    "Launch in a later revision": (updated(), "action"),
    "SubmitForm": (pdf_with(linked(action("SubmitForm", F=String("http://example.vn/")))), "action"),
    "ImportData": (pdf_with(linked(action("ImportData", F=String("a.fdf")))), "action"),
    "another file": (
        pdf_with(linked(action("GoToR", F=String("\\\\10.0.0.1\\a.pdf"), D=Array([0, Name.Fit])))),
        "action",
    ),
    "an attached file": (pdf_with(linked(action("GoToE", T=Dictionary(R=Name.C, N=String("a"))))), "action"),
    "an address on opening": (pdf_with(on_open(action("URI", URI=String("https://example.vn/")))), "action"),
    "an address when a page is shown": (pdf_with(_page_action), "action"),
    "an address after a step": (pdf_with(_chained), "action"),
    "an address that is a script": (
        pdf_with(linked(action("URI", URI=String("javascript:alert(1)")))),
        "link",
    ),
    "an address that is a share": (pdf_with(linked(action("URI", URI=String("\\\\10.0.0.1\\a")))), "link"),
    "Rendition": (pdf_with(linked(action("Rendition", OP=0))), "action"),
    "Movie": (pdf_with(linked(action("Movie"))), "media"),
    "RichMedia": (pdf_with(_rich_media), "media"),
    "XFA": (pdf_with(_xfa), "form"),
    "a program": (pdf_with(attaching(MZ, "van-ban.json")), "embedded"),
    "a script that calls itself JSON": (pdf_with(attaching(b"WScript.Echo(1)", "a.json")), "embedded"),
    "JSON that calls itself a script": (pdf_with(attaching(b'[\n"calc"\n]', "a.bat")), "embedded"),
    "a page of HTML that is XML": (
        pdf_with(attaching(b"<html><script>1</script></html>", "a.xml")),
        "embedded",
    ),
    "XML with entities": (
        pdf_with(attaching(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "a.xml")),
        "embedded",
    ),
    "an archive": (pdf_with(attaching(samples.archive({"a.txt": "a"}), "a.zip")), "embedded"),
    "a stream kept elsewhere": (pdf_with(_outside_stream), "external"),
    "a program in a font's matrix": (pdf_with(_font_program), "script"),
    "locked by its owner": (
        pdf_with(lambda document: None, encryption=pikepdf.Encryption(owner="a", user="")),
        "password",
    ),
}


# -- Word and Excel ----------------------------------------------------------------------


def word(inner: str, **more: str | bytes) -> bytes:
    body = f"<w:document {W}><w:body><w:p>{inner}</w:p></w:body></w:document>"
    return samples.docx({"word/more.xml": body, **more})


def field(*pieces: str) -> str:
    """A field whose code stands in runs of its own; a piece that begins with "<" is taken as it is."""
    runs = [one if one.startswith("<") else f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces]
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return "".join((mark("begin"), *runs, mark("separate"), "<w:r><w:t>1</w:t></w:r>", mark("end")))


def relations(kind: str, target: str, mode: str) -> str:
    return _RELATIONS.format(
        f'<Relationship Id="r1" Type="{_TYPE}{kind}" Target="{target}" TargetMode="{mode}"/>'
    )


def related(kind: str, target: str, mode: str = "External", part: str = "document") -> bytes:
    return samples.docx({f"word/_rels/{part}.xml.rels": relations(kind, target, mode)})


def typed(kind: str, body: str | bytes, name: str = "word/anh.png") -> bytes:
    """A DOCX with a part of that content type under an innocent name."""
    types = samples.TYPES.format(main="word/document.xml", type=samples.WORD)
    types = types.replace("</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>')
    return samples.docx({"[Content_Types].xml": types, name: body})


def sheet(inner: str) -> bytes:
    return samples.xlsx(
        {"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{inner}</sheetData></worksheet>"}
    )


def cell(formula: str) -> bytes:
    return sheet(f'<row r="1"><c r="A1"><f>{formula}</f><v>0</v></c></row>')


_ENTITY = "<?xml version='1.0' encoding='{}'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
WORDS: dict[str, tuple[bytes, str]] = {
    "DDEAUTO in one run": (word(field(" DDEAUTO c:\\\\a.exe ")), "dde"),
    "DDE in small letters": (word(field('dde "a" "b"')), "dde"),
    "DDE over runs": (word(field(" DD", "EAU", "TO", " c:\\\\a.exe")), "dde"),
    "DDE over runs with hidden signs": (word(field(" D\u200bD", "E\u00ad ", " a")), "dde"),
    "DDE in a simple field": (word('<w:fldSimple w:instr="&#68;DEAUTO a b"/>'), "dde"),
    "DDE with a name by QUOTE": (word(field(field("QUOTE 68 68 69"), " a b")), "dde"),
    "DDE with half a name by QUOTE": (word(field("DD", field("QUOTE 69"), " a b")), "dde"),
    "DDE by SET and REF": (word(field('SET a "DDEAUTO"') + field(field("REF a"), " c")), "dde"),
    "DDE inside another field": (word(field("IF 1 = 1 ", field("DDE a b"), " x")), "dde"),
    "DDE in a field left open": (
        word('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDE a</w:instrText></w:r>'),
        "dde",
    ),
    "DDE with another prefix": (
        samples.docx({"word/a.xml": f'<q:p {W.replace(":w=", ":q=")}><q:fldSimple q:instr=" DDE a"/></q:p>'}),
        "dde",
    ),
    "a text from elsewhere": (word(field("INCLUDETEXT http://example.vn/a.docx")), "external"),
    "a picture from elsewhere": (related("image", "http://example.vn/a.png"), "external"),
    "a template, single quotes": (
        samples.docx({"word/_rels/settings.xml.rels": _RELATIONS.format(
            f"<Relationship Id='r1' Type='{_TYPE}attachedTemplate' Target='http://a/' TargetMode='External'/>")}),
        "template",
    ),
    "a template by an entity": (
        samples.docx({"word/_rels/settings.xml.rels": _RELATIONS.format(
            f'<Relationship Id="r1" Type="{_TYPE}attachedTempl&#97;te" Target="http://a/" TargetMode="Ext&#101;rnal"/>')}),
        "template",
    ),
    "a link to a share": (related("hyperlink", "file://10.0.0.1/a.docx"), "link"),
    "a link that is a script": (related("hyperlink", "javascript:alert(1)"), "link"),
    "a page of HTML": (related("aFChunk", "a.html", "Internal"), "embedded"),
    "a page of HTML under no relationship": (word("<w:altChunk/>"), "embedded"),
    "an object": (word("<w:object><o:OLEObject/></w:object>"), "embedded"),
    "a control": (word("<w:control/>"), "embedded"),
    "macros by type": (typed("application/vnd.ms-office.vbaProject", b"x"), "macro"),
    "macros by content": (samples.docx({"word/anh.png": b"\xd0\xcf\x11\xe0" + bytes(600)}), "embedded"),
    "a macro template as main part": (samples.docx(type_=samples.MACRO), "macro"),
    "a template as main part": (samples.docx(type_=samples.WORD.replace("document.main", "template.main")), "type"),
    "a program called a picture": (samples.docx({"word/media/image1.png": MZ}), "embedded"),
    "a program": (samples.docx({"word/a.scr": MZ}), "embedded"),
    "a batch file": (samples.docx({"word/a.bat": b"@echo off\r\ncalc"}), "embedded"),
    "a script": (samples.docx({"word/a.ps1": b"Start-Process calc"}), "embedded"),
    "a shell script called a picture": (samples.docx({"word/media/a.jpeg": b"#!/bin/sh\n"}), "embedded"),
    "a shortcut": (samples.docx({"word/a.lnk": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(90)}), "embedded"),
    "an archive": (samples.docx({"word/a.dat": samples.archive({"a.exe": MZ})}), "embedded"),
    "two parts of one name": (samples.docx({"WORD/document.xml": "<x/>"}), "broken"),
    "entities in UTF-16": (samples.docx({"word/a.xml": _ENTITY.format("utf-16").encode("utf-16")}), "entities"),
    "entities in EBCDIC": (samples.docx({"word/a.xml": _ENTITY.format("cp037").encode("cp037")}), "broken"),
    "entities in UTF-7": (samples.docx({"word/a.xml": _ENTITY.format("utf-7").encode("utf-7")}), "entities"),
    "entities in another name": (samples.docx({"word/media/a.png": _ENTITY.format("utf-8")}), "entities"),
    "another encoding": (samples.docx({"word/a.xml": b"<?xml version='1.0' encoding='latin-1'?><x>\xe9</x>"}), "entities"),
    "a picture with a script": (samples.docx({"word/media/a.svg": '<svg onload="a()"/>'}), "script"),
}  # fmt: skip
SHEETS: dict[str, tuple[bytes, str]] = {
    "a macro sheet under another name": (samples.xlsx({"xl/worksheets/sheet9.xml": "<xm:macrosheet/>"}), "macro"),
    "a macro sheet by its relationship": (
        samples.xlsx({"xl/_rels/workbook.xml.rels": _RELATIONS.format(
            '<Relationship Id="r" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" '
            'Target="worksheets/sheet1.xml"/>')}),
        "macro",
    ),
    "DDE in a cell": (cell("cmd|'/C calc'!A0"), "dde"),
    "DDE in a cell, both quoted": (cell("'cmd'|'/C calc'!'A0'"), "dde"),
    "DDE in a name": (samples.xlsx({"xl/a.xml": "<definedName>cmd|'/c calc'!A1</definedName>"}), "dde"),
    "DDE by a link": (samples.xlsx({"xl/links/a.xml": "<externalLink><ddeLink/></externalLink>"}), "dde"),
    "an OLE link": (samples.xlsx({"xl/links/a.xml": "<externalLink><oleLink/></externalLink>"}), "external"),
    "another workbook": (samples.xlsx({"xl/a/b.xml": "<externalLink><externalBook/></externalLink>"}), "external"),
    "the network in a cell": (cell('_xlfn.WEBSERVICE("http://example.vn/")'), "external"),
    "a connection to data": (samples.xlsx({"xl/c.xml": "<connections><connection/></connections>"}), "external"),
    "buttons of the ribbon": (samples.xlsx({"customUI/customUI.xml": "<customUI onLoad='a'/>"}), "macro"),
}  # fmt: skip
IMAGES: dict[str, tuple[bytes, str]] = {
    "a program behind a JPEG": (samples.jpg(more=MZ), "appended"),
    "PHP behind a JPEG": (samples.jpg(more=b"<?php system($_GET['a']);"), "appended"),
    "a program behind a JPEG with a camera's mark": (samples.jpg(more=MZ + b"SEFT"), "appended"),
    "a page behind a PNG": (samples.png(more=b"<script>"), "appended"),
}
FILES = [
    (name, extension, data, why)
    for extension, found in (("pdf", PDFS), ("docx", WORDS), ("xlsx", SHEETS))
    for name, (data, why) in found.items()
] + [(name, "png" if "PNG" in name else "jpg", *found) for name, found in IMAGES.items()]
