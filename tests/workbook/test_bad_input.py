"""Bad workbooks: one clear sentence for each mistake, all together, nothing guessed and nothing lost."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from hengji.files import written_whole
from hengji.library import load_system
from hengji.model.filing import Filing, State, ValueKey
from hengji.model.problem import HengjiError
from hengji.workbook import Opened, open_filing, write_workbook

Sheets = dict[str, list[list[object]]]
_COVER: list[list[object]] = [
    ["项目", "内容"],
    ["单位名称", "某局"],
    ["评价年度", "2023"],
    ["指标体系", "guangdong/lechang/department-overall"],
]


def _book(path: Path, sheets: Sheets, formats: dict[tuple[str, int, int], str] | None = None) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                code = (formats or {}).get((name, r, c))
                if isinstance(value, str) and value.startswith("="):
                    page.write_formula(r, c, value, None, "")
                else:
                    page.write(r, c, value, book.add_format({"num_format": code}) if code else None)
    book.close()
    return path


def _said(path: Path) -> str:
    with pytest.raises(HengjiError) as caught:
        open_filing(path)
    return "\n".join(str(problem) for problem in caught.value.problems)


def _items(*rows: list[object]) -> Sheets:
    return {"封面": _COVER, "数据项": [["数据项", "单位", "本年数", "上年数"], *rows]}


def _open(tmp_path: Path, sheets: Sheets, formats: dict[tuple[str, int, int], str] | None = None) -> Opened:
    return open_filing(_book(tmp_path / "a.xlsx", sheets, formats))


def test_all_mistakes_are_said_together_with_sheet_and_cell(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "a.xlsx",
        _items(
            ["采购预算金额", "万元", "五万", ""],
            ["实际采购金额", "万元", -3, ""],
            ["编制数", "人", "12,34", ""],
            ["没有这个项", "万元", 3, ""],
            ["在编人数", "万元", 3, ""],
            ["采购预算金额", "万元", 5, 6],
            ["采购预算金额", "万元", 5, ""],
            ["年末结转结余", "万元", "=A1", ""],
        )
        | {"自评得分": [["指标编号", "自评得分"], ["2.1.1", "六"], ["9.9", "3"], ["2.1.2", "-1"]]}
        | {
            "转移支付": [
                ["已填完", "是", "本年无此项", "是"],
                ["类别", "金额（万元）", "批准日期"],
                ["一般性", "五", "去年"],
            ]
        }
        | {"文字材料": [["章节", "内容"], ["感想", "很好"]]},
    )
    said = _said(path)
    for expected in ("数据项!C2", "“五万”不是数", "数据项!C3", "负数", "“12,34”不是数", "“没有这个项”不是已声明的数据项", "单位应是“人”", "填了两次",
                     "公式没有保存计算结果", "自评得分“六”不是数", "“9.9”不是本体系", "自评得分是负数", "转移支付!B3", "转移支付!C3", "却填了内容",
                     "不认识的章节“感想”"):  # fmt: skip
        assert expected in said, said


@pytest.mark.parametrize(
    ("cover", "said"),
    [
        (
            [
                ["项目", "内容"],
                ["单位名称", ""],
                ["评价年度", "二〇二三"],
                ["指标体系", "guangdong/lechang/department-overall"],
            ],
            "评价年度“二〇二三”不对",
        ),
        (
            [
                ["项目", "内容"],
                ["单位名称", "某局"],
                ["评价年度", "2031"],
                ["指标体系", "guangdong/lechang/department-overall"],
            ],
            "不在“乐昌市",
        ),
        (
            [["项目", "内容"], ["单位名称", "某局"], ["评价年度", "2023"], ["指标体系", "guangdong/nowhere"]],
            "没有编号为“guangdong/nowhere”",
        ),
        ([["项目", "内容"], ["单位名称", "某局"], ["评价年度", "2023"]], "没有写指标体系"),
    ],
)
def test_a_wrong_cover(tmp_path: Path, cover: list[list[object]], said: str) -> None:
    assert said in _said(_book(tmp_path / "a.xlsx", {"封面": cover, "数据项": [["数据项", "本年数"]]}))


def test_missing_sheets_are_named(tmp_path: Path) -> None:
    assert "缺少工作表“数据项”" in _said(_book(tmp_path / "a.xlsx", {"封面": _COVER}))
    assert "缺少工作表“封面”" in _said(_book(tmp_path / "b.xlsx", {"Sheet1": [["甲"]]}))


def _encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def _docx() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(8):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * 50_000_000)
    return stream.getvalue()


def _entity() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'
        archive.writestr("xl/workbook.xml", text)
        archive.writestr("xl/_rels/workbook.xml.rels", text)
        archive.writestr("xl/styles.xml", text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "空文件"),
        (_encrypted, "打开密码"),
        (lambda: b"%PDF-1.7 ...", "其实是PDF"),
        (_docx, "不是电子表格"),
        ("单位,金额\n甲,5\n".encode, "不是电子表格"),
        (lambda: b"PK\x03\x04" + b"junk" * 50, "已损坏"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"junk" * 500, "已损坏"),
        (_bomb, "超过限制"),
        (_entity, "不允许的XML声明"),
    ],
    ids=["empty", "encrypted", "pdf", "docx", "csv", "broken-zip", "broken-xls", "bomb", "entity"],
)
def test_what_is_no_workbook_is_one_sentence(tmp_path: Path, make: Callable[[], bytes], said: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(make())
    sentence = _said(path)
    assert said in sentence
    assert "\n" not in sentence


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "没有找到" in _said(tmp_path / "none.xlsx")
    assert "是文件夹" in _said(tmp_path)


def test_old_habits_are_read_as_meant(tmp_path: Path) -> None:
    opened = _open(
        tmp_path,
        {
            "封面 ": _COVER,
            "基础数据表": [
                ["某局基础数据表", None, None, None, None],
                ["上年", "数据项", "备注", "计量单位", "本 年 数"],
                [1, 2, 3, 4, 5],
                ["１２．５", "政府采购预算", "见批复", "万元", "１，２００．５０"],
                ["—", "编制人数", "", "人", 30.0],
                ["/", "年末结转结余", "", "万元", "无"],
                ["", "收到信访工单数", "", "件", "7件"],
            ],
        },
    )
    values = opened.filing.values
    assert values[ValueKey("采购预算金额", 2023)].stated == "1,200.50".replace(",", "")
    assert values[ValueKey("采购预算金额", 2022)].stated == "12.5"
    assert values[ValueKey("编制数", 2023)].stated == "30"
    assert ValueKey("编制数", 2022) not in values
    assert values[ValueKey("年末结转结余", 2023)].state is State.NONE
    assert values[ValueKey("收到信访工单数", 2023)].unit == "件"


def test_the_unit_that_is_stated_is_the_unit_that_is_kept(tmp_path: Path) -> None:
    opened = _open(tmp_path, _items(["采购预算金额", "元", 50000, 4.5], ["实际采购金额", "万元", "5万元", ""]))
    value = opened.filing.values[ValueKey("采购预算金额", 2023)]
    assert (value.stated, value.unit) == ("50000", "元")
    assert opened.filing.values[ValueKey("实际采购金额", 2023)].unit == "万元"


def test_binary_noise_and_percent_formats(tmp_path: Path) -> None:
    opened = _open(
        tmp_path,
        _items(
            ["自报满意度", "%", 0.0900000762939453, ""],
            ["采购预算金额", "万元", 912.9699999999999, ""],
            ["自报工单回复率", "%", "95%", ""],
        ),
        {("数据项", 1, 2): "0%"},
    )
    values = opened.filing.values
    assert (values[ValueKey("自报满意度", 2023)].stated, values[ValueKey("自报满意度", 2023)].unit) == ("9", "%")
    assert values[ValueKey("采购预算金额", 2023)].stated == "912.97"
    assert values[ValueKey("自报工单回复率", 2023)].stated == "95"


def test_a_register_in_yuan_is_converted_and_said(tmp_path: Path) -> None:
    sheets = _items(["编制数", "人", 3, ""]) | {
        "采购合同": [
            ["已填完", "是"],
            ["采购类别", "合同名称", "金额（元）", "随便一列"],
            ["货物", "电脑", 56000, "x"],
            ["合计", None, 56000, None],
        ]
    }
    opened = _open(tmp_path, sheets)
    register = opened.filing.registers["采购合同"]
    assert [row.cells["合同金额"] for row in register.rows] == ["5.6"]
    said = "\n".join(map(str, opened.notices))
    assert "56000元已换算成5.6万元" in said
    assert "不认识这一列" in said


def _contracts(tmp_path: Path, *rows: list[object]) -> str:
    head: list[list[object]] = [["已填完", "是"], ["采购类别", "合同名称", "合同金额"]]
    opened = _open(tmp_path, _items(["编制数", "人", 3, ""]) | {"采购合同": [*head, *rows]})
    return "\n".join(map(str, opened.notices))


def test_a_sum_that_its_rows_do_not_make_is_said(tmp_path: Path) -> None:
    first, second = ["货物", "电脑", 5], ["服务", "物业", 3]
    assert "合计" not in _contracts(tmp_path, first, ["小计", None, 5], second, ["小计", None, 3], ["合计", None, 8])
    assert "合同金额写的是9，各行之和是8" in _contracts(tmp_path, first, second, ["小计", None, 9])
    assert "合同金额写的是12，各行之和是0" in _contracts(tmp_path, ["小计", None, 12])


def test_unknown_sheets_are_said_not_dropped_in_silence(tmp_path: Path) -> None:
    opened = _open(tmp_path, _items(["编制数", "人", 3, ""]) | {"草稿": [["随手记"]]})
    assert any("草稿" in str(notice) for notice in opened.notices)


def test_text_never_becomes_a_formula(tmp_path: Path) -> None:
    system = load_system("guangdong/lechang/department-overall")
    filing = Filing(
        department="=HYPERLINK(1)", year=2023, system=system.id, narrative={"存在问题": ("=1+1", "@x", "+1", "-1")}
    )
    path = tmp_path / "a.xlsx"
    write_workbook(filing, system, path)
    with zipfile.ZipFile(path) as archive:
        formulas = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any("HYPERLINK" in sheet.split("<v>")[0] and "<f>HYPERLINK" in sheet for sheet in formulas)
    assert not any("<f>1+1" in sheet for sheet in formulas)


def _fail_half_way(path: Path) -> None:
    path.write_bytes(b"half")
    raise RuntimeError


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"mine")
    with pytest.raises(RuntimeError), written_whole(target) as temporary:
        _fail_half_way(temporary)
    assert target.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
