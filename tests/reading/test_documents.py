"""Reading text, web pages and Word files: order, places, numbers, merged cells, and hostile files. Every text is invented."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.model.problem import HengjiError
from hengji.reading import read_data, read_document
from hengji.reading.docx import read_docx
from hengji.reading.html import read_html
from hengji.reading.numbering import chinese, written
from hengji.reading.text import read_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def _docx(body: str, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return stream.getvalue()


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def _sound(document: Document) -> None:
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
        for cell in block.cells:
            assert document.text[cell.start : cell.end] == cell.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding(encoding: str) -> None:
    document = read_text("a.txt", "一、基本情况\r\n\r\n预算5万元，镕喆。\n".encode(encoding))
    assert _texts(document) == ["一、基本情况", "预算5万元，镕喆。"]
    assert document.place(document.text.index("镕")) == "第2段"


_TRADITIONAL = (
    "榕浦縣林業局2023年度部門整體支出績效自評報告\n一、部門基本情況\n本局編制十四名，全年支出五百萬元。\n"
    "二、自評結論\n自評得分九十六分，等級為優。\n三、存在問題\n造林任務沒有全部完成，驗收資料歸檔不及時。\n"
)


def test_big5_is_told_by_its_characters() -> None:
    document = read_data("報告.txt", _TRADITIONAL.encode("cp950"))
    assert document.text.startswith("榕浦縣林業局2023年度部門整體支出")
    assert not document.unread
    assert read_data("報告.txt", _TRADITIONAL.encode("gb18030")).text == document.text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("报告.docx", b"bad"),
        ("报告.ofd", bytes(each for n in range(900) for each in (0x81 + n % 32, 0x40 + n % 60))),
        ("演示.pptx", b"\x01\x02\x03hello world\x05" * 30),
        ("报告.xls", b"a,b\n1,2\n"),
        ("乱码.txt", bytes(range(1, 32)) * 40),
        ("乱码.txt", "".join(chr(0x3400 + 37 * n % 0x1900) for n in range(400)).encode("gb18030")),
    ],
    ids=["three-bytes", "pairs", "controls", "no-chinese", "text-of-controls", "rare-characters"],
)
def test_what_is_no_text_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(HengjiError, match="认不出来"):
        read_data(name, data)


def test_a_report_saved_as_text_under_a_documents_name_is_read() -> None:
    said = "青溪县水务局2023年度部门整体支出绩效自评报告\n自评得分九十七分，等级为优。"
    for encoding in ("utf-8", "gb18030"):
        assert read_data("报告.doc", said.encode(encoding)).text == said


def test_an_uncertain_encoding_is_told() -> None:
    rare = "".join(chr(0x3400 + 41 * n % 0x1900) for n in range(45))
    document = read_data("报告.txt", ("青溪县水务局自评报告说明全年支出情况" * 3 + rare).encode("gb18030"))
    assert "文字编码拿不准" in document.unread[0]


def test_rows_of_bars_and_tabs_are_tables() -> None:
    document = read_text(
        "a.txt", "指标 | 分值 | 得分 |\n---|---|---\n产出 | 50 | 48\n结束\n甲\t乙\t丙\n1\t\t3\n".encode()
    )
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.TABLE, BlockKind.PARAGRAPH, BlockKind.TABLE]
    assert [[cell.text for cell in row] for row in document.blocks[2].rows()] == [["甲", "乙", "丙"], ["1", "", "3"]]
    assert document.place(document.text.index("48")) == "表1第2行第3列"
    _sound(document)


def test_lines_of_two_cells_are_a_table_where_most_end_in_figures() -> None:
    rows = "项目\t2023年决算数（万元）\n基本支出\t612.30\n项目支出\t248.10\n合计\t860.40"
    document = read_text("a.txt", f"收支情况如下。\n{rows}\n以上。".encode())
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]
    cover = read_text("a.txt", "部门名称\t水务局\n填报人\t甲\n日期\t2024年4月18日".encode())
    assert all(block.kind is BlockKind.PARAGRAPH for block in cover.blocks)


def test_comma_separated_values_are_a_table() -> None:
    document = read_data("a.csv", '指标,分值,得分\r\n"产出,数量",50,48\r\n\r\n'.encode("gb18030"))
    assert [[cell.text for cell in row] for row in document.blocks[0].rows()] == [
        ["指标", "分值", "得分"],
        ["产出,数量", "50", "48"],
    ]
    _sound(document)


def test_a_page_without_its_chrome() -> None:
    page = """<html><head><meta charset="gb2312"><title>门户网站</title><style>p{}</style></head><body>
    <div class="top-nav">首页 > 公开</div><script>var a='自评得分100分'</script>
    <h2>一、概况</h2><p>预算&nbsp;5万元<br>支出4万元</p><p style="display: none">看不见</p>
    <table><tr><th rowspan=2>指标</th><th colspan=2>分</th></tr><tr><td>满分</td><td>得分</td></tr>
    <tr><td>产出</td><td>50</td><td>48</td></tr></table>
    <div id="footer">版权所有</div></body></html>"""
    document = read_html("a.html", page.encode("gb18030"))
    assert _texts(document)[:3] == ["一、概况", "预算 5万元", "支出4万元"]
    assert document.blocks[0].level == 2
    assert not any(word in document.text for word in ("首页", "版权", "var a", "看不见", "门户"))
    table = document.blocks[3]
    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in table.cells][:3] == [
        ("指标", 0, 0, 2, 1),
        ("分", 0, 1, 1, 2),
        ("满分", 1, 1, 1, 1),
    ]
    _sound(document)


_NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"""
_STYLES = f"""<w:styles {W}><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="x"><w:basedOn w:val="1"/></w:style></w:styles>"""


def _listed(text: str, depth: int, list_id: int = 1) -> str:
    return _p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_and_heading_styles_are_restored() -> None:
    body = _listed("概况", 0) + _listed("职责", 1) + _listed("编制", 1) + _listed("结论", 0) + _listed("得分", 1)
    body += _listed("要点", 2) + _listed("另起", 0, 2) + _p("标题", '<w:pStyle w:val="x"/>')
    document = read_docx("a.docx", _docx(body, numbering=_NUMBERING, styles=_STYLES))
    assert _texts(document) == [
        "一、概况",
        "（一）职责",
        "（二）编制",
        "二、结论",
        "（一）得分",
        "要点",
        "五、另起",
        "标题",
    ]
    assert document.blocks[-1].level == 1


def test_removed_text_and_field_codes_are_gone_and_boxes_and_notes_are_read() -> None:
    box = f"<w:txbxContent>{_p('框里的话')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>支出</w:t></w:r><w:del><w:r><w:delText>旧数</w:delText></w:r></w:del><w:ins><w:r><w:t>5万元</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r><w:r><w:tab/><w:t>完</w:t></w:r></w:p>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    notes = f'<w:footnotes {W}><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote>{_p("脚注的话")}</w:footnote></w:footnotes>'
    document = read_docx("a.docx", _docx(body, footnotes=notes))
    assert _texts(document) == ["支出5万元\t完", "框里的话", "脚注的话"]
    assert document.blocks[2].kind is BlockKind.NOTE


def test_merged_cells_keep_their_columns(tmp_path: Path) -> None:
    written_by_hand = docx.Document()
    table = written_by_hand.add_table(rows=3, cols=4)
    for row in range(3):
        for column in range(4):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(2, 0)).text = "资金管理"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "执行率"
    written_by_hand.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    cells = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in document.blocks[0].cells}
    assert cells["资金管理"] == (0, 0, 3, 1)
    assert cells["执行率"] == (1, 1, 1, 2)
    assert cells["13"] == (1, 3, 1, 1)
    assert cells["21"] == (2, 1, 1, 1)
    _sound(document)


_ROWS = st.lists(
    st.lists(st.tuples(st.text(max_size=4), st.integers(0, 3), st.just(1), st.just(1)), max_size=3).map(tuple),
    max_size=3,
)
_PIECES = st.one_of(
    st.text(min_size=1, max_size=8).map(lambda text: Piece(BlockKind.PARAGRAPH, text)),
    _ROWS.map(lambda rows: Piece(BlockKind.TABLE, rows=tuple(rows))),
)


@settings(max_examples=100)
@given(st.lists(_PIECES, max_size=6))
def test_every_offset_is_sound(pieces: list[Piece]) -> None:
    document = assemble("a", "txt", pieces)
    _sound(document)
    for position in range(len(document.text)):
        assert document.place(position)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百〇五"), (110, "一百一十")]
)
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese(number) == text


def test_other_number_forms() -> None:
    assert [
        written(14, form) for form in ("decimal", "lowerRoman", "upperLetter", "decimalEnclosedCircle", "decimalZero")
    ] == ["14", "xiv", "N", "⑭", "14"]


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "空文件"),
        (lambda: b"\0\n \t", "空文件"),
        (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (lambda: b"PK\x03\x04 broken", "已损坏"),
        (lambda: b"PK\x05\x06" + bytes(18), "空的压缩包"),
        (lambda: b"MZ\x90\0\0\0\0\0\0", "不是能读的文件"),
        (lambda: _docx("</w:body>"), "已损坏"),
        (lambda: _docx("<w:p/>").replace(b"word/document.xml", b"word/other123.xml"), "压缩包"),
        (_bomb, "过大"),
        (lambda: _docx("").replace(b"<w:document", b"<!DOCTYPE x><w:d", 1), "已损坏"),
    ],
    ids=["empty", "blank", "encrypted", "broken-zip", "empty-zip", "program", "broken-xml", "no-body", "bomb", "crc"],
)
def test_hostile_files_are_one_sentence(tmp_path: Path, make: Callable[[], bytes], said: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(make())
    with pytest.raises(HengjiError, match=said) as caught:
        read_document(path)
    assert len(caught.value.problems) == 1


def test_entities_and_deep_nesting_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    path.write_bytes(stream.getvalue())
    with pytest.raises(HengjiError, match="不允许的XML声明"):
        read_document(path)
    deep = "<w:sdt>" * 50_000 + "</w:sdt>" * 50_000
    path.write_bytes(_docx(deep))
    with pytest.raises(HengjiError, match="嵌套"):
        read_document(path)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "<html>", "<table><tr><td>", "PK\x03\x04"]))
def test_garbage_never_brings_a_reader_down(noise: bytes, head: str) -> None:
    for read in (read_text, read_html, read_docx):
        try:
            _sound(read("a", head.encode() + noise))
        except HengjiError:
            continue


def test_the_real_report_is_read_line_by_line(shared: Path) -> None:
    path = shared / "seed" / "lechang-2023.txt"
    document = read_document(path)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert _texts(document) == lines
    _sound(document)
