"""What offices send every day is accepted: papers of ours, Word and Excel files with all that they hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
from pikepdf import Array, Dictionary, Name, String

from supervision.demo import papers
from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.files import inspection
from tests.documents.papers import front, officer_and_chair
from tests.documents.test_verification import signed
from tests.files import disguised, hostile, samples
from tests.files.hostile import W, action, field, pdf_with, related, relations, word

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
SVG_TYPE = (
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
)
FORMULAS = [
    'IF(A1="a|b","(""c"")",{1,2;3,4})',
    "Table1[Cột|1]+1",
    "Table1[[#This Row],[Có/Không | %]]*2",
    "Table1[a'#]&amp;Table1[b']|']",
    "SUM([@[Ý kiến | góp ý]])",
    "'Ông''A|b'!A1+'[1]Trang 1'!B2",
    "[1]Sheet1!A1+[1]!VND(A1)",
    "CALLS(1)+'CALL('!A1+MyRegister(2)",
    'HYPERLINK("https://mattran.org.vn","Mặt trận")',
    'HYPERLINK("#\'"&amp;B2&amp;"\'!A1",B2)',
    'HYPERLINK(CONCATENATE("https://vbpl.vn/?id=",A1),"Xem")',
    'HYPERLINK("[Biểu 1.xlsx]Trang1!A1","Biểu 1")',
    '_xlfn.IFS(A1&gt;0,"a")&amp;CHAR(124)&amp;"|"',
    "_xlfn.STDEV.S(A1:A9)+_xlfn.F.DIST.RT(1,2,3)+_xlfn.T.INV.2T(1,2)+NETWORKDAYS.INTL(A1,B1)",
    "_xlfn.FORECAST.ETS.CONFINT(A1,B1:B9,C1:C9)+ERROR.TYPE(A1)+_xlfn.PERCENTILE.INC(A1:A9,1)",
    "_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)(2)",
]


def _workbook() -> bytes:
    """A sheet with formulas, names, links, notes, a picture, a chart, choices, colours and a button."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Ý kiến | góp ý")
    sheet.write_row(0, 0, ["TT", "Ý kiến", "Ghi | chú"])
    sheet.write_formula(1, 0, '=IF(A1="x|y",SUM(A2:A9),1)')
    sheet.write_formula(2, 0, '=\'Ý kiến | góp ý\'!A1&"("&LEFT(B1,2)&")"')
    sheet.write_url(3, 0, "https://mattran.org.vn/")
    sheet.write_url(4, 0, "internal:'Ý kiến | góp ý'!A1")
    sheet.write_comment(1, 1, "Đã trao đổi với Sở")
    sheet.insert_image(6, 1, "a.png", {"image_data": io.BytesIO(samples.png())})
    sheet.insert_button(8, 1, {"caption": "Xem"})
    sheet.data_validation(1, 2, 9, 2, {"validate": "list", "source": ["có", "không"]})
    sheet.conditional_format(1, 0, 9, 0, {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format({"bold": True})})  # fmt: skip
    book.define_name("Vung", "='Ý kiến | góp ý'!$A$1:$B$9")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Ý kiến | góp ý'!$A$2:$A$9"})
    sheet.insert_chart(12, 1, chart)
    book.close()
    return out.getvalue()


def _kept_by_openpyxl() -> bytes:
    out = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(_workbook()))
    book.save(out)
    return out.getvalue()


class _Pipe(io.BytesIO):
    """Where nothing can be written a second time: sizes stand behind each entry."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_where: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def _as_it_goes() -> bytes:
    out = _Pipe()
    _copy(out, force_zip64=False)
    return out.getvalue()


def _long_sizes() -> bytes:
    out = io.BytesIO()
    _copy(out, force_zip64=True)
    return out.getvalue()


def _copy(out: io.BytesIO, *, force_zip64: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(samples.docx())) as given, zipfile.ZipFile(out, "w") as written:
        for name in given.namelist():
            with written.open(name, "w", force_zip64=force_zip64) as part:
                part.write(given.read(name))


WORD_FILES: dict[str, Callable[[], bytes]] = {
    "a long letter": lambda: papers.docx("Kính gửi: Sở Nội vụ\n" + "Điều 1. Phạm vi\n" * 500),
    "page numbers and contents": lambda: word(field(" PAGE ") + field(' TOC \\o "1-3" \\h \\z \\u ')),
    "a link as a field": lambda: word(field(' HYPERLINK "https://vanban.chinhphu.vn/?a=DDE" ')),
    "a reference, a date, a sum": lambda: word(field("REF Muc1 \\h") + field('DATE \\@ "dd/MM/yyyy"') + field("=SUM(ABOVE)")),
    "a condition over a page number": lambda: word(field("IF ", field("PAGE"), ' = 1 "" ', field("PAGE"))),
    "a link": lambda: related("hyperlink", "https://mattran.org.vn/"),
    "a link by mail": lambda: related("hyperlink", "mailto:vanthu@example.vn"),
    "a link within": lambda: related("hyperlink", "#Muc1"),
    "a picture inside": lambda: samples.docx({"word/media/image1.png": samples.png()}),
    "a photo inside": lambda: samples.docx({"word/media/image1.jpeg": samples.jpg()}),
    "a drawing of Windows": lambda: samples.docx({"word/media/image1.emf": b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(20)}),
    "a font inside": lambda: hostile.typed(
        "application/vnd.openxmlformats-officedocument.obfuscatedFont", samples.hidden_font(), "word/fonts/font1.odttf"
    ),
    "settings of a printer": lambda: hostile.typed(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings", b"H\0P\0 \0", "word/p.bin"
    ),
    "words about DDE": lambda: word("<w:r><w:t>Trường DDEAUTO và javascript: trong tệp Word</w:t></w:r>"),
    "a box of text said twice": lambda: samples.docx({"word/a.xml": f"<mc:AlternateContent {W}><w:p/></mc:AlternateContent>"}),
    "an equation with bars": lambda: word(f'<m:oMath {M}><m:f><m:num><m:r><m:t>P(A|B)</m:t></m:r></m:num></m:f></m:oMath>'),
    "Word on the web": lambda: samples.archive({
        "[Content_Types].xml": samples.TYPES.format(main="word/document2.xml", type=samples.WORD),
        "_rels/.rels": relations("officeDocument", "word/document2.xml", ""),
        "word/document2.xml": f"<w:document {W}/>",
    }),
    "a link to a paper beside it": lambda: related("hyperlink", "Ph%E1%BB%A5%20l%E1%BB%A5c%201.docx"),
    "a link to a paper in the folder above": lambda: related("hyperlink", "../Bi%E1%BB%83u/S%E1%BB%91 li%E1%BB%87u.xlsx"),
    "a link without its scheme": lambda: related("hyperlink", "mattran.org.vn:8080/van-ban?id=7"),
    "a link to a server of files": lambda: related("hyperlink", "ftp://vbpl.vn/"),
    "a field's link to a place": lambda: word(field(' HYPERLINK  \\l "Muc1" \\o "Mục 1" ')),
    "a field's link with a part by another field": lambda: word(field(' HYPERLINK "https://mattran.org.vn/', field("MERGEFIELD So"), '"')),
    "a field that is a number only": lambda: word(field(" ", field(" PAGE "), " \\* MERGEFORMAT")),
    "a field that is a bookmark": lambda: word(field(" TenDonVi \\* MERGEFORMAT")),
    "a field that was put in another's place": lambda: word(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:del><w:r><w:delInstrText> PAGE </w:delInstrText></w:r></w:del>'
        '<w:ins><w:r><w:instrText> NUMPAGES </w:instrText></w:r></w:ins><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "citations of a program for books": lambda: word(field(' ADDIN ZOTERO_ITEM CSL_CITATION {"a": "DDE | b"} ')),
    "a place to write in": lambda: word(field(" MACROBUTTON NoMacro [Bấm vào đây] ")),
    "a field over a box of text": lambda: word(field(' IF 1 = 1 "', '<mc:AlternateContent><mc:Choice><w:t>a</w:t></mc:Choice></mc:AlternateContent>', '" ""')),
    "a picture of a mail": lambda: related("image", "cid:image001.png@01DA0B1C.5E2A7F10"),
    "a picture of a mail, as a field": lambda: word(field(' INCLUDEPICTURE "cid:image001.png@01DA0B1C" \\* MERGEFORMATINET ')),
    "a picture of a mail, as a shape": lambda: word(
        '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" href="https://mattran.org.vn/">'
        '<v:imagedata src="" o:title="" o:href="cid:image001.png@01DA0B1C"/><v:fill on="t"/></v:shape></w:pict>'
    ),
    "a drawing with its document type": lambda: samples.docx({"word/media/a.svg": f'<?xml version="1.0"?>{SVG_TYPE}<svg xmlns="http://www.w3.org/2000/svg"/>'}),
    "a drawing with links and styles": lambda: samples.docx({"word/media/a.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><style>.a{fill:url(#b)}</style>'
        '<a x:href="https://mattran.org.vn/"><rect style="fill: url(\'#b\')" transform="scale(2)"/></a><use x:href="#c"/>'
        '<image x:href="data:image/png;base64,iVBORw0KGgo="/></svg>'
    )}),
    "a packed drawing": lambda: samples.docx({"word/media/image1.emz": samples.gzipped(samples.emf())}),
    "a white page as a BMP": lambda: samples.docx({"word/media/image1.bmp": samples.bmp(2_000, 2_000)}),
    "a chart with its numbers": lambda: samples.docx({"word/embeddings/Microsoft_Excel_Sheet1.xlsx": _workbook(), "word/charts/chart1.xml": (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:f>Sheet1!$A$1:$B$9</c:f><c:externalData r:id="r1"/></c:chartSpace>'
    ), "word/charts/_rels/chart1.xml.rels": relations("package", "../embeddings/Microsoft_Excel_Sheet1.xlsx", "")}),
    "a template of the office": lambda: related("attachedTemplate", "file:///C:\\Users\\VanThu\\Templates\\CongVan.dotm", part="settings"),
    "a letter that was merged once": lambda: samples.docx({"word/settings.xml": f'<w:settings {W}><w:mailMerge><w:mainDocumentType w:val="formLetters"/></w:mailMerge></w:settings>'}),
    "data of somebody's own": lambda: samples.docx({"customXml/item1.xml": "<root><script>a</script><f>a|b (c)</f><x:control xmlns:x='urn:x'/></root>"}),
    "settings of a Mac's printer": lambda: hostile.typed(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
        '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist/>',
        "word/printerSettings1.bin",
    ),
    "written as it goes": _as_it_goes,
    "sizes in long numbers": _long_sizes,
    "a whole field struck out": lambda: word(f"<w:del>{field('PAGE')}</w:del><w:ins>{field('NUMPAGES')}</w:ins>"),
    "lines behind its end": lambda: samples.docx() + b"\r\n",
    "folders of their own": lambda: samples.docx({"word/media/": b""}),
}  # fmt: skip


@pytest.mark.parametrize("name", WORD_FILES)
def test_an_ordinary_word_file_is_accepted(name: str) -> None:
    inspection.inspect(WORD_FILES[name](), "docx")


@pytest.mark.parametrize("make", [_workbook, _kept_by_openpyxl])
def test_an_ordinary_spreadsheet_is_accepted(make: Callable[[], bytes]) -> None:
    inspection.inspect(make(), "xlsx")


@pytest.mark.parametrize("formula", FORMULAS)
def test_an_ordinary_formula_is_accepted(formula: str) -> None:
    inspection.inspect(hostile.cell(formula), "xlsx")


def _form(document: hostile.pikepdf.Pdf) -> None:
    written = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), F=4, Rect=Array([0, 0, 9, 9])
    )
    cleared = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("b"), A=action("ResetForm")
    )
    printed = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("c"), A=action("Named", N=Name.Print)
    )
    fields = Array([document.make_indirect(one) for one in (written, cleared, printed)])
    document.pages[0].Annots = fields
    document.Root.AcroForm = Dictionary(Fields=fields)


def _tagged(document: hostile.pikepdf.Pdf) -> None:
    """Texts of kinds of their own, an outline, and a font that is called as a key of files is."""
    table = Dictionary(S=Name("/Bảng"), A=Dictionary(O=Name.Table, Scope=Name.Row), K=0)
    document.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=document.make_indirect(table))
    second = document.make_indirect(
        Dictionary(Title=String("Điều 2"), Dest=Array([0, Name.Fit]), SE=document.Root.StructTreeRoot.K)
    )
    first = document.make_indirect(
        Dictionary(Title=String("Điều 1"), A=action("GoTo", D=Array([0, Name.Fit])), Next=second)
    )
    document.Root.Outlines = Dictionary(First=first, Last=second, Count=2)
    font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    document.pages[0].Resources = Dictionary(Font=Dictionary(F=font, RF=font, Mac=font))


def _saved_by_word() -> bytes:
    """Two tables, the second empty, which names a table in a stream for readers that know streams."""
    body, places = b"%PDF-1.7\r\n", []
    for number, one in enumerate(disguised.PAGE, start=1):
        places.append(len(body))
        body += b"%d 0 obj\r\n%b\r\nendobj\r\n" % (number, one)
    places.append(len(body))
    rows = b"".join(b"\x01" + place.to_bytes(2) + b"\x00" for place in places)
    body += b"4 0 obj\r\n<</Type/XRef/W[1 2 1]/Root 1 0 R/Index[1 4]/Size 5/Length %d>>\r\n" % len(rows)
    body += b"stream\r\n%b\r\nendstream\r\nendobj\r\n" % rows
    first = len(body)
    body += b"xref\r\n0 5\r\n0000000000 65535 f\r\n" + b"".join(b"%010d 00000 n\r\n" % at for at in places)
    body += b"trailer\r\n<</Size 5/Root 1 0 R>>\r\nstartxref\r\n%d\r\n%%%%EOF\r\n" % first
    table = (
        b"xref\r\n0 0\r\ntrailer\r\n<</Size 5/Root 1 0 R/Prev %d/XRefStm %d>>\r\nstartxref\r\n%d\r\n%%%%EOF"
    )
    return body + table % (first, places[-1], len(body))


PDF_FILES = {
    "saved by Word": _saved_by_word(),
    "a link of a printed page that does nothing": pdf_with(hostile.linked(action("URI", URI=String("javascript:void(0)")))),
    "a table at its beginning": pdf_with(lambda document: None, linearize=True),
    "a table one line too early": samples.pdf(1).replace(b"xref\n0 ", b"\nxref\n0 "),
    "more objects announced than there are": hostile.tabled(*disguised.PAGE).replace(b"/Size 4", b"/Size 9"),
    "a form to fill in": pdf_with(_form),
    "an outline and texts of many kinds": pdf_with(_tagged),
    "a link without its scheme, with a port": pdf_with(hostile.linked(action("URI", URI=String("mattran.org.vn:8080/x")))),
    "a link to a paper beside it": pdf_with(hostile.linked(action("URI", URI=String("Phụ lục 1.docx")))),
    "a key of its own": pdf_with(lambda document: document.docinfo.__setitem__("/JS", String("Sở Tư pháp"))),
    "zeros behind its end": samples.pdf(1) + bytes(500),
    "a link": pdf_with(hostile.linked(action("URI", URI=String("https://mattran.org.vn/a?b=javascript:")))),
    "a link without a scheme": pdf_with(hostile.linked(action("URI", URI=String("phu-luc-1")))),
    "a link within": pdf_with(hostile.linked(action("GoTo", D=Array([0, Name.Fit])))),
    "opened at a page": pdf_with(hostile.on_open(Array([0, Name.Fit]))),
    "opened by an action": pdf_with(hostile.on_open(action("GoTo", D=Array([0, Name.Fit])))),
    "a twin in JSON": pdf_with(hostile.attaching(b'{"so": "07/KH"}', "van-ban.json")),
    "an invoice in XML": pdf_with(hostile.attaching(b"<?xml version='1.0'?><CrossIndustryInvoice/>", "factur-x.xml")),
    "words about scripts": pdf_with(
        lambda document: setattr(document.Root, "Info", Dictionary(Title=String("/JavaScript (và /Launch)")))
    ),
    "an index in streams": pdf_with(lambda document: None, object_stream_mode=hostile.pikepdf.ObjectStreamMode.generate),
}  # fmt: skip


@pytest.mark.parametrize("name", PDF_FILES)
def test_an_ordinary_pdf_is_accepted(name: str) -> None:
    assert inspection.inspect(PDF_FILES[name], "pdf") == {"pages": 1}


@pytest.mark.parametrize(
    "behind",
    [b"", b"\x00\x00", samples.jpg(), bytes(40) + b"SEFT"],
    ids=["nothing", "padding", "a second picture", "notes of the camera"],
)
def test_a_photo_as_phones_write_it_is_accepted(behind: bytes) -> None:
    inspection.inspect(samples.jpg(more=behind), "jpg")


def test_a_signed_paper_of_ours_is_accepted_with_its_twin(db: None) -> None:
    officer, chair = officer_and_chair(front())
    DemoAuthority().issue([chair])
    _document, data = signed(officer, chair)
    assert inspection.inspect(data, "pdf")["pages"]
