"""PDFs: reading order, wrapped lines, tables with merged cells over pages, and the place of every character."""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.shared import Pt
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from hengji.model.document import BlockKind, Document
from hengji.model.problem import HengjiError
from hengji.reading import read_data, read_document
from hengji.reading.flow import Paragraph, parts_of
from hengji.reading.glyphs import Frame, Glyph, Page, text_of
from hengji.reading.lines import lines_of, orphans
from hengji.reading.pdf import read_pdf
from hengji.reading.pdf_places import pdf_places
from tests.conftest import RequireProgram
from tests.reading.making import pdf_by_hand, pdf_of

_SENTENCE = "本部门全年预算1234.56万元，执行1200.00万元，执行率为97.20%，其中 budget management 一项支出5.8万元，比上年减少3.1%。"


def _read(source: str) -> Document:
    return read_pdf("a.pdf", pdf_of(source))


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def _rows(document: Document, table: int = 0) -> list[list[str]]:
    tables = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    return [[cell.text for cell in row] for row in tables[table].rows()]


def test_wrapped_lines_are_paragraphs_and_digits_stay_in_their_sentences() -> None:
    document = _read(f"一、基本情况\n\n{_SENTENCE}\n\n{_SENTENCE}\n\n二、结论\n\n完成。")
    plain = [_SENTENCE.replace("其中 ", "其中").replace(" 一项", "一项")] * 2
    assert [text.replace("其中 ", "其中").replace(" 一项", "一项") for text in _texts(document)] == [
        "一、基本情况",
        *plain,
        "二、结论",
        "完成。",
    ]
    assert {block.page for block in document.blocks} == {1}
    assert document.pages == 1
    assert document.form == "pdf"


def test_a_heading_of_two_levels_begins_a_paragraph_below_a_full_line() -> None:
    lines = [f"{'完成全部采购任务' * 5}"[:length] + "。" for length in range(30, 40)]
    source = "#set par(first-line-indent: 0pt)\n" + "\n\n".join(
        f"{line}\n\n4.2.{number}　公用经费控制率（满分5分）" for number, line in enumerate(lines, 1)
    )
    told = {block.text for block in read_pdf("a.pdf", pdf_of(source)).blocks}
    assert {f"4.2.{number}　公用经费控制率（满分5分）" for number in range(1, 11)} <= told


def test_a_paragraph_goes_on_over_the_page_and_running_lines_are_gone() -> None:
    source = """#set page(header: align(center)[某局绩效自评报告], footer: context align(center)[— #counter(page).display() —])
""" + "\n\n".join(f"第{n}件事：{_SENTENCE * 3}" for n in range(12))
    document = _read(source)
    assert document.pages == 2
    assert len(document.blocks) == 12
    assert all(text.startswith(f"第{n}件事：") for n, text in enumerate(_texts(document)))
    assert "自评报告" not in document.text
    assert "—" not in document.text


@pytest.mark.parametrize(
    "footer", ["#counter(page).display()", "第 #counter(page).display() 页 共 4 页", "#counter(page).display() / 4"]
)
def test_page_numbers_of_any_form_are_dropped(footer: str) -> None:
    body = "#pagebreak()".join(f"第{n}段的内容。\n\n 100\n\n" for n in range(4))
    document = _read(f"#set page(footer: context align(center)[{footer}])\n{body}")
    assert _texts(document) == [text for n in range(4) for text in (f"第{n}段的内容。", "100")]


_MERGED = """#table(columns: (3em, 1fr, 4em, 4em),
  [一级], [指标], [分值], [得分],
  table.cell(rowspan: 2)[产出], [完成重点工作数量的指标名称比较长需要换行才能显示完整的情况下也不断开], [10], [9.5],
  [质量达标], [20], [20],
  table.cell(colspan: 2)[合计], [30], [29.5])"""


def test_merged_cells_from_ruling_lines() -> None:
    document = _read(f"前文。\n\n{_MERGED}\n\n后文。")
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]
    cells = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in document.blocks[1].cells}
    assert cells["产出"] == (1, 0, 2, 1)
    assert cells["合计"] == (3, 0, 1, 2)
    assert cells["29.5"] == (3, 3, 1, 1)
    assert "完成重点工作数量的指标名称比较长需要换行才能显示完整的情况下也不断开" in cells
    for cell in document.blocks[1].cells:
        assert document.text[cell.start : cell.end] == cell.text


@pytest.mark.parametrize("header", ["table.header([序号], [名称], [金额]),", "[序号], [名称], [金额],"])
def test_a_table_goes_on_over_pages_with_or_without_its_head(header: str) -> None:
    rows = "".join(f"[{n}], [项目{n}], [{n}.50]," for n in range(1, 81))
    document = _read(f"#table(columns: 3, {header} {rows})")
    assert document.pages is not None
    assert document.pages > 1
    assert _rows(document) == [["序号", "名称", "金额"], *([str(n), f"项目{n}", f"{n}.50"] for n in range(1, 81))]


def test_a_cell_merged_downward_reaches_over_the_page() -> None:
    rows = "".join(f"[指标{n}], [{n}]," for n in range(1, 71))
    document = _read(f"#table(columns: 3, table.cell(rowspan: 70, breakable: true)[产出], {rows})")
    table = document.blocks[0]
    assert len(document.blocks) == 1
    assert (table.cells[0].text, table.cells[0].rows) == ("产出", 70)


def test_two_numbers_in_a_cell_are_not_glued() -> None:
    document = _read("#table(columns: (40pt, 60pt), [120 \\ 340], [全年预算数（万元）], [1], [2])")
    assert _rows(document)[0] == ["120 340", "全年预算数（万元）"]


def test_tables_with_lines_across_only_and_open_sides() -> None:
    document = _read(
        "#table(columns: 3, stroke: none, table.hline(), [名称], [数量], [金额], table.hline(), [办公设备], [12], [34.50], "
        "[车辆], [1], [20.00], table.hline())\n\n#table(columns: 2, stroke: (x, y) => (left: if x > 0 {1pt}, y: 1pt), [甲], [1], [乙], [2])"
    )
    assert _rows(document, 0) == [["名称", "数量", "金额"], ["办公设备", "12", "34.50"], ["车辆", "1", "20.00"]]
    assert _rows(document, 1) == [["甲", "1"], ["乙", "2"]]


def test_a_frame_around_text_is_no_table() -> None:
    document = _read(f"#rect(width: 100%)[{_SENTENCE}]\n\n#underline[部门名称：某局]")
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 2


def test_turned_text_reads_upright(tmp_path: Path) -> None:
    for angle in (-90, 90, 180):
        document = _read(
            f"#rotate({angle}deg, reflow: true)[#box(width: 200mm)[全年预算1234.56万元。\n#table(columns: 2, [甲], [1.5], [乙], [2])]]"
        )
        assert _texts(document)[0] == "全年预算1234.56万元。"
        assert _rows(document) == [["甲", "1.5"], ["乙", "2"]]
    turned = pypdfium2.PdfDocument(pdf_of(_SENTENCE))
    turned[0].set_rotation(90)
    turned.save(tmp_path / "a.pdf")
    assert "执行率为97.20%" in read_document(tmp_path / "a.pdf").text


def test_digits_on_another_baseline_land_in_their_sentence() -> None:
    # Letters in one run, digits in another five points higher, as some programs print Chinese and digits.
    content = "BT /F1 16 Tf 60 700 Td (abc     defgh) Tj ET BT /F1 16 Tf 92 705 Td (24) Tj ET BT /F1 16 Tf 60 672 Td (next) Tj ET"
    document = read_data("a.pdf", pdf_by_hand(content))
    assert re.sub(r"\s", "", document.blocks[0].text) == "abc24defgh"


def test_the_better_of_two_orders_is_taken() -> None:
    # Digits printed so high that they stand on lines of their own, but drawn where they belong.
    glyphs, x = [], 0.0
    for character in "年度项目2024个，涉及预算金额1755万元":
        top = 82.0 if character.isdigit() else 100.0
        glyphs.append(Glyph(character, x, top, x + 12, top + 12, 0))
        x += 12
    page = Page(0, Frame(0, 0, 595, 842), glyphs, [], [])
    assert [line.text for line in lines_of(glyphs)] != ["年度项目2024个，涉及预算金额1755万元"]
    [part] = parts_of([page])
    assert isinstance(part, Paragraph)
    assert text_of(part.glyphs) == "年度项目2024个，涉及预算金额1755万元"


def test_columns_of_numbers_are_not_called_orphans_for_nothing() -> None:
    lines = lines_of([])
    assert lines == []
    assert orphans(lines) == 0


def _boxed(data: bytes, document: Document, words: str, start: int = 0) -> Iterator[str]:
    at = document.text.index(words, start)
    file = pypdfium2.PdfDocument(data)
    for page, boxes in pdf_places(data, [(at, at + len(words))])[0]:
        for box in boxes:
            yield re.sub(r"\s", "", file[page].get_textpage().get_text_bounded(*box))


def test_the_place_of_words_on_the_page() -> None:
    data = pdf_of("一、情况\n\n" + f"{_SENTENCE}\n\n" * 12 + _MERGED)
    document = read_pdf("a.pdf", data)
    assert "".join(_boxed(data, document, "执行率为97.20%，其中")) == "执行率为97.20%，其中"
    assert "".join(_boxed(data, document, "29.5")) == "29.5"
    last = document.blocks[-2]
    found = "".join(_boxed(data, document, last.text, last.start))
    assert found == re.sub(r"\s", "", last.text)
    assert pdf_places(data, []) == []


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_frames_turn_there_and_back(turns: int) -> None:
    frame = Frame(10, 20, 600, 860, turns)
    box = (30.0, 40.0, 50.0, 80.0)
    left, top, right, bottom = frame.upright(*box)
    assert 0 <= left < right <= frame.width
    assert 0 <= top < bottom <= frame.height
    assert frame.in_points(left, top, right, bottom) == box


def _office_pdf(path: Path, soffice: Path) -> Path:
    subprocess.run(
        [str(soffice), f"-env:UserInstallation=file://{path.parent}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return path.with_suffix(".pdf")


def test_word_through_libreoffice_reads_as_the_word_file(tmp_path: Path, require_program: RequireProgram) -> None:
    written = docx.Document()
    for number in range(30):
        paragraph = written.add_paragraph(f"第{number}条 {_SENTENCE}")
        paragraph.paragraph_format.first_line_indent = Pt(24)
    table = written.add_table(rows=40, cols=4, style="Table Grid")
    for row in range(40):
        for column in range(4):
            table.cell(row, column).text = f"第{row}行第{column}列的内容比较长" if column == 1 else str(row * column)
    table.cell(1, 0).merge(table.cell(3, 0)).text = "合并"
    written.save(str(tmp_path / "a.docx"))
    pdf = _office_pdf(tmp_path / "a.docx", require_program("soffice"))

    def plain(document: Document) -> list[str]:
        return [re.sub(r"[ \t]", "", line) for line in document.text.split("\n")]

    assert plain(read_document(pdf)) == plain(read_document(tmp_path / "a.docx"))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: pdf_of(_SENTENCE)[:300], "已损坏"),
        (lambda: b"%PDF-1.7\nnothing here", "已损坏"),
        (lambda: pdf_by_hand(*["BT /F1 9 Tf (x) Tj ET"] * 2_001), "超过2000页"),
        (pdf_by_hand, "没有页面|已损坏"),
    ],
    ids=["cut", "hollow", "long", "empty"],
)
def test_pdfs_that_cannot_be_read_are_one_sentence(make: object, said: str) -> None:
    assert callable(make)
    with pytest.raises(HengjiError, match=said) as caught:
        read_data("a.pdf", make())
    assert len(caught.value.problems) == 1


def test_a_pdf_with_a_broken_table_of_objects_is_still_read() -> None:
    whole = pdf_by_hand("BT /F1 12 Tf 60 700 Td (score 95) Tj ET")
    start = whole.index(b"xref")
    broken = whole[:start] + re.sub(rb"\d{10} 00000 n", b"0000009999 00000 n", whole[start:])
    assert read_data("a.pdf", broken).text == "score 95"


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    data = pdf_by_hand("BT /F1 12 Tf (x) Tj ET")
    encrypted = "<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + "00" * 32 + "> /U <" + "11" * 32 + "> >>"
    data = data.replace(b"trailer <<", f"trailer << /ID [<00> <00>] /Encrypt {encrypted}".encode())
    with pytest.raises(HengjiError, match="打开密码"):
        read_data("a.pdf", data)
    assert not list(tmp_path.iterdir())


def test_real_final_accounts(shared: Path) -> None:
    document = read_document(shared / "real" / "sh_putuo_shgzb_2024_juesuan.pdf")
    assert document.pages == 24
    assert "编报绩效目标的2024年度项目1个，涉及预算金额175.52万元；绩效跟踪评价的2024年度项目1个" in document.text
    tables = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    assert [len(list(table.rows())) for table in tables[:5]] == [3, 32, 20, 20, 34]
    assert document.text.count("\t307.82") > 10


def test_real_budget(shared: Path) -> None:
    document = read_document(shared / "real" / "sh_putuo_wanli_2024_budget.pdf")
    income = [block for block in document.blocks if block.kind is BlockKind.TABLE][1]
    assert "208\t05\t05\t机关事业单位基本养老保险缴费支出\t4,608,515\t4,608,515\t0\t0\t0" in income.text
    assert income.page == 11
    assert income.text.split("\n")[-1].startswith("合计")


def test_bytes_and_paths_give_the_same_places(tmp_path: Path) -> None:
    data = pdf_of(_SENTENCE)
    (tmp_path / "a.pdf").write_bytes(data)
    assert pdf_places(tmp_path / "a.pdf", [(0, 3)]) == pdf_places(io.BytesIO(data).getvalue(), [(0, 3)])


_LEFT = "本部门全年预算1234.56万元，执行1200.00万元，执行率为97.20%，其中基本支出800.5万元，项目支出399.5万元。"
_RIGHT = "右栏写存在问题，采购执行率只有56.00%，主要是论证不充分，下一步由办公室整改到位，年底前完成。"


@pytest.mark.parametrize("head", ["", "#align(center)[= 某局2023年度部门整体支出绩效自评报告的全文在此]\n"])
def test_two_columns_are_read_one_after_the_other(head: str) -> None:
    body = f"一、概况\n\n{_LEFT * 3}\n\n二、执行\n\n{_LEFT * 2}\n#colbreak()\n三、问题\n\n{_RIGHT * 3}\n\n四、建议\n\n{_RIGHT}"
    document = read_pdf("a.pdf", pdf_of(f"#set page(footer: align(center)[— 1 —])\n{head}#columns(2)[{body}]"))
    expected = ["一、概况", _LEFT * 3, "二、执行", _LEFT * 2, "三、问题", _RIGHT * 3, "四、建议", _RIGHT]
    assert [block.text for block in document.blocks][-8:] == expected
    assert len(document.blocks) == 8 + bool(head)


def test_a_sentence_goes_on_in_the_next_column() -> None:
    document = read_pdf("a.pdf", pdf_of(f"#set page(height: 12cm)\n#columns(2)[{_LEFT * 5}]"))
    assert document.text == _LEFT * 5


def test_labels_side_by_side_are_no_columns() -> None:
    pairs = "[填报单位：青溪县水务局], [填报日期：2024年4月1日], " * 6
    document = read_pdf("a.pdf", pdf_of(f"#grid(columns: (1fr, 1fr), row-gutter: 1em, {pairs})"))
    assert document.text.startswith("填报单位：青溪县水务局\t填报日期：2024年4月1日")


def test_a_slanted_watermark_is_no_text() -> None:
    mark = "#set page(background: rotate(45deg, text(60pt, fill: luma(220))[内部资料]))\n"
    assert read_pdf("a.pdf", pdf_of(mark + _LEFT)).text == _LEFT


def test_what_was_filled_into_a_form_is_read() -> None:
    page = pdf_by_hand("BT /F1 12 Tf 60 700 Td (Total score) Tj ET")
    writer = PdfWriter(io.BytesIO(page))
    look = StreamObject()
    look.set_data(b"/Tx BMC BT /F1 12 Tf 2 4 Td (97.50) Tj ET EMC")
    font = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    look.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject(map(NumberObject, (0, 0, 80, 16))),
        NameObject("/Resources"): DictionaryObject({NameObject("/Font"): font}),
    })  # fmt: skip
    field = writer._add_object(DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"), NameObject("/FT"): NameObject("/Tx"),
        NameObject("/T"): TextStringObject("score"), NameObject("/V"): TextStringObject("97.50"), NameObject("/F"): NumberObject(4),
        NameObject("/Rect"): ArrayObject(map(NumberObject, (160, 695, 240, 711))),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
    }))  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = ArrayObject([field])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([field])})
    stream = io.BytesIO()
    writer.write(stream)
    assert "97.50" in read_pdf("a.pdf", stream.getvalue()).text
