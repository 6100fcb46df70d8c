"""Word files as programs and people make them: what was removed or hidden is not read, all else is, in order."""

import io
import zipfile

import pytest

from hengji.model.document import BlockKind
from hengji.model.finding import Finding, Severity
from hengji.reading import read_data
from hengji.reading.docx import read_docx
from hengji.reading.numbering import written
from hengji.writing.annotated_docx import annotated_docx

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def _docx(body: str, main: str = "word/document.xml", **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        target = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
        archive.writestr("_rels/.rels", _RELATIONS.format(target))
        archive.writestr(main, f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            kind = "numbering" if name == "numbering" else "styles"
            archive.writestr(f"word/{name}.xml", f"<w:{kind} {_NAMES}>{text}</w:{kind}>")
    return stream.getvalue()


def _r(text: str, properties: str = "") -> str:
    return f"<w:r>{properties and f'<w:rPr>{properties}</w:rPr>'}<w:t>{text}</w:t></w:r>"


def _p(*runs: str, properties: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{''.join(runs)}</w:p>"


def _row(*texts: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(f'<w:tc>{_p(_r(text))}</w:tc>' for text in texts)}</w:tr>"


_INNER = f"<w:tbl>{_row('指标', '分值')}{_row('数量', '10')}</w:tbl>"
_CASES = {
    "hidden": (_p(_r("看得见"), _r("隐藏", "<w:vanish/>"), _r("的", '<w:vanish w:val="0"/>')), "看得见的"),
    "removed row": (f"<w:tbl>{_row('甲', '1')}{_row('乙', '2', properties='<w:trPr><w:del/></w:trPr>')}</w:tbl>", "甲\t1"),
    "removed cell": (
        f"<w:tbl><w:tr><w:tc>{_p(_r('留'))}</w:tc><w:tc><w:tcPr><w:cellDel/></w:tcPr>{_p(_r('删'))}</w:tc></w:tr></w:tbl>",
        "留",
    ),
    "removed end of a paragraph": (
        _p(_r("支出860."), properties="<w:rPr><w:del/></w:rPr>") + _p(_r("40万元")),
        "支出860.40万元",
    ),
    "removed and moved": (
        _p(
            "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
            f"<w:ins>{_r('插入')}</w:ins><w:moveFrom>{_r('移走')}</w:moveFrom><w:moveTo>{_r('移来')}</w:moveTo>",
        ),
        "插入移来",
    ),
    "controls": (
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{_p(_r('块'))}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:sdt><w:sdtContent>{_row('行', '格')}</w:sdtContent></w:sdt></w:tbl>"),
        "块\n行\t格",
    ),
    "field": (
        _p("<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>", _r("123.45"), f"<w:fldSimple>{_r('页')}</w:fldSimple>"),
        "123.45页",
    ),
    "ruby": (_p(f"<w:r><w:ruby><w:rt>{_r('jì')}</w:rt><w:rubyBase>{_r('绩')}</w:rubyBase></w:ruby></w:r>", _r("效")), "绩效"),
    "formula": (
        _p(
            _r("率="),
            "<m:oMath><m:f><m:num><m:r><m:t>860</m:t></m:r></m:num><m:den><m:r><m:t>900</m:t></m:r></m:den></m:f></m:oMath>",
        ),
        "率=860/900",
    ),
    "old way of merging": (
        "<w:tbl><w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:hMerge w:val="{merge}"/></w:tcPr>{_p(_r(text))}</w:tc>'
            for merge, text in (("restart", "合"), ("continue", ""))
        )
        + f"<w:tc>{_p(_r('右'))}</w:tc></w:tr>{_row('1', '2', '3')}</w:tbl>",
        "合\t右\n1\t2\t3",
    ),
    "a frame round everything": (
        f"<w:tbl><w:tr><w:tc>{_p(_r('一、标题'))}{_INNER}{_p(_r('尾'))}</w:tc></w:tr></w:tbl>",
        "一、标题\n指标\t分值\n数量\t10\n尾",
    ),
    "a table in a cell": (
        f"<w:tbl><w:tr><w:tc>{_p(_r('绩效指标'))}</w:tc><w:tc>{_INNER}{_p()}</w:tc></w:tr></w:tbl>",
        "绩效指标\t\n指标\t分值\n数量\t10",
    ),
    "two forms of one run": (
        _p(
            f"<mc:AlternateContent><mc:Choice>{_r('新')}</mc:Choice><mc:Fallback>{_r('旧')}</mc:Fallback></mc:AlternateContent>"
        ),
        "新",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", _CASES)
def test_what_stands_on_the_page_is_read(case: str) -> None:
    body, text = _CASES[case]
    assert read_docx("a.docx", _docx(body)).text == text


def test_hidden_text_is_said_by_style_too() -> None:
    styles = '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="k"><w:basedOn w:val="h"/></w:style>'
    body = _p(_r("留"), _r("隐", '<w:rStyle w:val="k"/>')) + _p(_r("全隐"), properties='<w:pStyle w:val="h"/>')
    document = read_docx("a.docx", _docx(body, styles=styles))
    assert document.text == "留"
    assert document.unread == ("有2处隐藏文字，打印时看不到，没有读",)


def test_changes_that_are_tracked_are_said() -> None:
    body = _p(
        _r("其中基本支出"),
        "<w:del w:id='1'><w:r><w:delText>210.00</w:delText></w:r></w:del>",
        f"<w:ins w:id='2'>{_r('200.00')}</w:ins>",
        _r("万元"),
    ) + _p(_r("段"), properties="<w:rPr><w:ins w:id='3'/></w:rPr>")
    document = read_docx("a.docx", _docx(body))
    assert document.text == "其中基本支出200.00万元\n段"
    assert document.unread == ("有2处修订还没有接受或拒绝，按接受以后的文字读",)


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad", "\u2060", "&#8203;", "&#xFEFF;", "\u200d\u200e"])
def test_what_cannot_be_seen_parts_no_words(unseen: str) -> None:
    data = _docx(_p(_r(f"支出3{unseen}00.00{unseen}万元，"), _r(f"结余{unseen}1.50万元")))
    assert read_docx("a.docx", data).text == "支出300.00万元，结余1.50万元"


def test_radicals_are_the_characters_meant() -> None:
    assert read_docx("a.docx", _docx(_p(_r("⽀出⻔⼾⻚金")))).text == "支出门户页金"


def test_the_main_part_may_have_any_name() -> None:
    found = read_data("a.docx", _docx(_p(_r("正文")), main="word/document2.xml"))
    assert (found.form, found.text) == ("docx", "正文")


@pytest.mark.parametrize(
    ("chunk", "text", "said"),
    [
        ("<html><p>块里的文字</p></html>", "正文\n块里的文字\n尾", False),
        ("%PDF-1.4 块", "正文\n尾", True),
    ],
)
def test_a_file_within_the_text_is_read_or_said(chunk: str, text: str, said: bool) -> None:
    stream = io.BytesIO(_docx(f'{_p(_r("正文"))}<w:altChunk r:id="r9"/>{_p(_r("尾"))}'))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/chunk.html", chunk)
        relation = f'<Relationship Id="r9" Type="{_OFFICE}/aFChunk" Target="chunk.html"/>'
        archive.writestr("word/_rels/document.xml.rels", _RELATIONS.format(relation))
    document = read_docx("a.docx", stream.getvalue())
    assert document.text == text
    assert bool(document.unread) == said


def _level(depth: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def _list(levels: str, number: int = 1, definition: int = 0) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{definition}">{levels}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/></w:num>'
    )


def _item(text: str, depth: int | None = 0, style: str = "") -> str:
    level = f'<w:ilvl w:val="{depth}"/>' if depth is not None else ""
    listed = f'<w:numPr>{level}<w:numId w:val="1"/></w:numPr>' if depth is not None else ""
    return _p(_r(text), properties=(f'<w:pStyle w:val="{style}"/>' if style else "") + listed)


_OFFICIAL = (
    _level(0, "chineseCountingThousand", "%1、") + _level(1, "chineseCounting", "（%2）") + _level(2, "decimal", "%3.")
)
_HEADINGS = (
    '<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="3"><w:basedOn w:val="2"/></w:style>'
)
_LINKED = _level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>') + _level(
    1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'
)
_NUMBERED = {
    "levels": (
        _item("甲") + _item("乙", 1) + _item("丙", 2) + _item("丁", 2) + _item("戊", 1) + _item("己") + _item("庚", 1),
        _list(_OFFICIAL), "", "一、甲\n（一）乙\n1.丙\n2.丁\n（二）戊\n二、己\n（一）庚",
    ),
    "a level that goes on": (
        _item("甲") + _item("乙", 1) + _item("丙") + _item("丁", 1),
        _list(_level(0, "decimal", "%1.") + _level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')), "",
        "1.甲\n(1)乙\n2.丙\n(2)丁",
    ),
    "an empty paragraph counts": (_item("") + _item("乙"), _list(_OFFICIAL), "", "二、乙"),
    "by the style, inherited": (
        _item("章", None, "1") + _item("节", None, "2") + _item("节", None, "3") + _item("章", None, "1"),
        _list(_LINKED), _HEADINGS, "一、章\n（一）节\n（二）节\n二、章",
    ),
    "by a style of lists": (
        _item("甲") + _item("乙", 1),
        ('<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId'
        f' w:val="0"/></w:num><w:abstractNum w:abstractNumId="5"><w:styleLink w:val="L"/>{_OFFICIAL}</w:abstractNum>'),
        "", "一、甲\n（一）乙",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", _NUMBERED)
def test_automatic_numbers_stand_where_word_shows_them(case: str) -> None:
    body, numbering, styles, text = _NUMBERED[case]
    assert read_docx("a.docx", _docx(body, numbering=numbering, styles=styles)).text == text


@pytest.mark.parametrize(
    ("form", "first", "twelfth"),
    [
        ("chineseLegalSimplified", "壹", "壹拾贰"),
        ("ideographTraditional", "甲", "12"),
        ("decimalEnclosedParen", "⑴", "⑿"),
        ("decimalEnclosedCircleChinese", "①", "⑫"),
        ("decimalFullWidth", "１", "１２"),
        ("ideographZodiac", "子", "亥"),
        ("none", "", ""),
    ],
)
def test_numbers_in_words_forms(form: str, first: str, twelfth: str) -> None:
    assert written(1, form) == first
    assert written(12, form) == twelfth


def test_a_paragraph_of_several_pieces_is_one_block() -> None:
    body = _p(_r("一"), properties="<w:rPr><w:del/></w:rPr>") + f"<w:tbl>{_row('甲', '乙')}</w:tbl>" + _p(_r("二"))
    assert [block.kind for block in read_docx("a.docx", _docx(body)).blocks] == [
        BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH,
    ]  # fmt: skip


@pytest.mark.parametrize("case", _CASES)
def test_comments_find_their_words_and_change_none(case: str) -> None:
    data = _docx(_CASES[case][0])
    document = read_docx("a.docx", data)
    findings = [
        Finding(code="R11", severity=Severity.ERROR, message="不符", quote=document.text[n], start=n, end=n + 1)
        for n in range(len(document.text))
    ]
    made = annotated_docx(data, document, findings)
    assert read_docx("a.docx", made).text == document.text
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("word/document.xml").count(b"commentReference") == len(findings)
