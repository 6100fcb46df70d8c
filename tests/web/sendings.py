"""What departments send in, invented: reports, tables and evidence of many, and everything that goes wrong with files."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import docx
import xlsxwriter

from hengji.library import load_system
from hengji.reading import ocr
from hengji.web.intake.reading import Read, read
from tests.reading.making import pdf_of

_NAMES = (
    "教育局", "卫生健康局", "民政局", "交通运输局", "农业农村局", "水利局", "文化广电旅游体育局", "应急管理局", "统计局", "林业局", "司法局",
    "自然资源局", "住房和城乡建设局", "审计局", "医疗保障局", "退役军人事务局", "市场监督管理局", "科学技术局", "信访局", "档案馆", "总工会", "残疾人联合会",
    "供销合作社联合社", "人力资源和社会保障局", "发展和改革局", "工业和信息化局", "商务局", "生态环境局", "气象局", "城市管理局", "政务服务数据管理局",
    "机关事务管理局", "乡村振兴局", "妇女联合会", "科学技术协会", "文学艺术界联合会", "红十字会", "党校", "融媒体中心", "公路事务中心",
)  # fmt: skip
SYSTEM = "guangdong/lechang/department-overall"


def names(place: str, number: int) -> list[str]:
    """Invented departments of a place; beyond forty they are numbered subordinate units."""
    return [
        f"{place}{_NAMES[n % len(_NAMES)]}{'第' + str(n // len(_NAMES)) + '分局' if n >= len(_NAMES) else ''}"
        for n in range(number)
    ]


def scores() -> list[tuple[str, str, str]]:
    """Every leaf of the system with its points and an invented score, as tables print them."""
    leaves = load_system(SYSTEM).leaves()
    return [(leaf.name, f"{float(leaf.points or 0):g}", f"{float(leaf.points or 0):g}") for leaf in leaves]


def paragraphs(name: str, year: int, budget: str = "820.50") -> list[str]:
    """The running text of an invented report, around its table."""
    return [
        f"{name}{year}年度部门整体支出绩效自评报告",
        f"部门名称：{name}", "填报人：张三", f"填报日期：{year + 1}年5月20日",
        "一、部门基本情况", f"（虚构）{name}承担本领域的管理和服务工作。{year}年年度部门预算资金{budget}万元，部门预算资金实际支出{budget}万元。",
        "二、自评结论", f"经自评，{year}年度部门整体支出绩效自评得分100分，等次为优。",
        "三、绩效分析", "TABLE",
        "四、存在问题", f"（虚构）{name}预算编制还不够细，个别项目支出进度偏慢。",
        "五、相关建议", "（虚构）建议提前开展项目论证，按季度通报支出进度。",
        name, f"{year + 1}年5月20日",
    ]  # fmt: skip


@cache
def report_docx(name: str, year: int, budget: str = "820.50") -> bytes:
    """A report as a Word file."""
    made = docx.Document()
    for text in paragraphs(name, year, budget):
        if text == "TABLE":
            rows = scores()
            table = made.add_table(rows=len(rows) + 2, cols=3)
            for number, cells in enumerate([("三级指标", "分值", "自评得分"), *rows, ("合计", "100", "100")]):
                for cell, words in zip(table.rows[number].cells, cells, strict=True):
                    cell.text = words
        else:
            made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@cache
def accounts_docx(name: str, year: int, spent: str) -> bytes:
    """The published final accounts of an invented department, as far as one table of them."""
    made = docx.Document()
    for text in (f"{name}{year}年度部门决算", "收入支出决算总表", "公开01表 金额单位：万元"):
        made.add_paragraph(text)
    lines = (
        ("项目", "行次", "决算数", "项目", "行次", "决算数"),
        ("一、一般公共预算财政拨款收入", "1", spent, "一、一般公共服务支出", "32", spent),
        ("本年收入合计", "27", spent, "本年支出合计", "58", spent),
        ("总计", "31", spent, "总计", "62", spent),
    )
    table = made.add_table(rows=len(lines), cols=6)
    for row, cells in zip(table.rows, lines, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@cache
def report_pdf(name: str, year: int) -> bytes:
    """A report as a PDF."""
    rows = "".join(f"[{each[0]}], [{each[1]}], [{each[2]}], " for each in [("三级指标", "分值", "自评得分"), *scores()])
    texts = [
        f"#table(columns: (1fr, 15mm, 20mm), {rows})" if text == "TABLE" else text for text in paragraphs(name, year)
    ]
    return pdf_of("\n\n".join(texts))


@cache
def table_xlsx(name: str, year: int) -> bytes:
    """A table of scores as a workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("评分表")
        sheet.write(0, 0, f"{name}{year}年度部门整体支出绩效自评评分表")
        for number, cells in enumerate([("三级指标", "分值", "自评得分"), *scores(), ("合计", "100", "100")], start=1):
            for column, words in enumerate(cells):
                sheet.write(number, column, float(words) if words.replace(".", "").isdigit() else words)
    return stream.getvalue()


def report_text(name: str, year: int) -> bytes:
    """A report as plain text in the encoding of an old system."""
    rows = "\n".join("\t".join(each) for each in scores())
    return "\n".join(rows if text == "TABLE" else text for text in paragraphs(name, year)).encode("gb18030")


NOTICE = (
    "关于开展2023年度部门整体支出绩效自评的通知\n各部门：\n现将有关事项通知如下。请各单位于2024年5月31日前报送自评报告。\n特此通知。\n联系人：张三"
).encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 200


@dataclass
class Sending:
    """Files by name, and how many of them stand where in the end."""

    files: dict[str, bytes] = field(default_factory=dict)
    expect: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, data: bytes, state: str) -> None:
        """One more file, with where it should stand."""
        self.files[name] = data
        self.expect[state] = self.expect.get(state, 0) + 1


def zipped(files: dict[str, bytes], gbk: Sequence[str] = ()) -> bytes:
    """A zip; the names in ``gbk`` are written as old Windows programs write them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(_OldName(name) if name in gbk else zipfile.ZipInfo(name), data)
    return stream.getvalue()


class _OldName(zipfile.ZipInfo):
    """A member whose name is written in GBK without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - Python's own name
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def mixed(departments: Sequence[str], year: int, total: int) -> Sending:
    """So many files of these departments: mostly good ones, and one in five something else."""
    sending = Sending()
    for spoil in _spoilt(departments, year):
        sending.add(*spoil)
    good = iter(_good(departments, year))
    while len(sending.files) < total:
        sending.add(*next(good))
    return sending


def _spoilt(departments: Sequence[str], year: int) -> Iterator[tuple[str, bytes, str]]:
    first, second = departments[0], departments[1]
    report = report_docx(first, year)
    yield f"{first}/自评报告.docx", report, "matched"
    yield f"{first}/评分表.xlsx", table_xlsx(first, year), "matched"
    yield f"{first}/佐证/公示截图.png", PICTURE, "matched"
    yield f"{first}/佐证/会议纪要.txt", "会议纪要：研究年度工作安排。".encode(), "matched"
    yield f"{first}/自评报告（副本）.docx", report, "double"
    yield "damaged.docx", b"PK\x03\x04 damaged", "unread"
    yield "扫描件.pdf", b"%PDF-1.7 broken", "unread"
    yield "有密码.doc", ENCRYPTED, "unread"
    yield "空文件.docx", b"", "unread"
    yield "改过扩展名.docx", b"MZ\x90\0\0\0\0\0" * 40, "unread"
    yield "Thumbs.db", b"litter", "litter"
    yield f"__MACOSX/{first}/._自评报告.docx", b"litter", "litter"
    yield "~$自评报告.docx", b"litter", "litter"
    yield "通知.txt", NOTICE, "other"
    yield f"{second}报告.txt", report_text(second, year), "matched"
    yield "简称.docx", report_docx("甲县文旅局", year, "711.00"), "doubtful"
    yield "外地.docx", report_docx("丙县" + departments[2][2:], year, "712.00"), "doubtful"
    yield "前年.docx", report_docx(departments[3], year - 1, "713.00"), "doubtful"
    yield f"套一层/{departments[4]}.pdf", report_pdf(departments[4], year), "matched"


def _good(departments: Sequence[str], year: int) -> Iterator[tuple[str, bytes, str]]:
    for name in departments[7:]:
        yield f"{name}/{name}{year}年自评报告.docx", report_docx(name, year), "matched"
        yield f"{name}/评分表.xlsx", table_xlsx(name, year), "matched"
        for number in range(1, 4):
            yield f"{name}/佐证材料/附件{number}.txt", f"{name}附件{number}：制度汇编第{number}册。".encode(), "matched"


def read_without_recogniser(path: Path) -> Read:
    """What reading a file gives where hengji[ocr] is not installed; runs in the child process."""
    ocr.available = lambda: False
    return read(path)
