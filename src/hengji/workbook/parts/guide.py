"""填报说明: what each sheet is for, and the few rules of filling in. Nothing is read from it."""

from hengji.model.item import RegisterKind
from hengji.model.system import IndicatorSystem
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.needs import needed_registers, other_registers
from hengji.workbook.pages import Page, Pages, lines

_SHEET = layout.GUIDE
_FIXED = ((layout.COVER, "必填"), (layout.ITEMS, "计分"))
_CLOSING = (
    (layout.JUDGEMENTS, "计分"), (layout.CLAIMS, "申报"), (layout.EVIDENCE, "报告"),
    (layout.NARRATIVE, "报告"), (layout.VALUES, "选填"),
)  # fmt: skip
_RULES = (
    "白色格子填写，灰色格子自动计算或不用填。各表已保护但没有密码，需要时可在“审阅”里撤销保护。",
    "没有发生的填0或“无”；不知道的就空着，不要填“/”或“—”。空着、无和0是三回事。",
    "金额单位以“单位”列为准；要用别的单位，在数后面写明，例如 5000元。",
    "有台账的先填台账。填完后在台账上方把“已填完”选“是”，系统才用台账计数计分；今年没有这类事项的把“本年无此项”选“是”。",
    "台账里表头带 * 的列必填；表头为灰色的列可以空着，由系统按行计算。行不够就接着往下填。",
    "“自评得分”不填，则按系统计算的得分；要申报另一个分数，请写明理由。不考核的指标写明不考核理由。",
    "填好保存后，运行 hengji score 计分，运行 hengji report 写出自评报告和评分表。",
)


def write_guide(pages: Pages, system: IndicatorSystem) -> None:
    """Writes the sheet: the rules of filling in, then the sheets with links to them."""
    page = pages.framed(_SHEET, frozen=0)
    row = 3
    for sheet, use in _FIXED:
        row = _line(page, row, sheet.name, use, sheet.about)
    for kinds, use in ((needed_registers(system), "台账，计分"), (other_registers(system), "台账，参考")):
        for kind in kinds:
            row = _register(page, row, kind, use)
    for sheet, use in _CLOSING:
        row = _line(page, row, sheet.name, use, sheet.about)
    last = len(_SHEET.fields) - 1
    page.band(row, 0, last, "填写规则", look.SECTION)
    for number, rule in enumerate(_RULES, start=1):
        row += 1
        text = f"{number}. {rule}"
        page.band(row, 0, last, text, look.NOTE)
        page.height(row, lines(text, 92))
    page.print_to(row, last)


def _register(page: Page, row: int, kind: RegisterKind, use: str) -> int:
    return _line(page, row, layout.sheet_name(kind), use, kind.about or kind.title)


def _line(page: Page, row: int, sheet: str, use: str, about: str) -> int:
    page.link(row, 0, sheet)
    page.text(row, 1, use, look.CENTRED)
    page.text(row, 2, about, look.NOTE)
    page.height(row, lines(about, 62))
    return row + 1
