"""汇总报告 for the government and the people's congress: every figure from the statistics, the rest marked for a person."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from hengji.web.filings.models import FilingRow
from hengji.web.results.charts import percent, sheets_of, sources
from hengji.web.results.publishing import standing
from hengji.web.results.statistics import LEAST, METHOD, LeafRate, Year
from hengji.web.results.uses import Line, budget_year, proposals
from hengji.web.scores.refresh import shown
from hengji.web.sheets import Sheet
from hengji.web.states.machine import DONE, OPEN
from hengji.writing.blocks import (
    Align,
    Bar,
    Block,
    Chart,
    ChartRow,
    Column,
    Heading,
    Ink,
    Report,
    Table,
    Title,
    plain_runs,
    todo,
)  # fmt: skip
from hengji.writing.blocks import Line as TextLine
from hengji.writing.conclusion import share
from hengji.writing.desk import sentence
from hengji.writing.docx import report_docx
from hengji.writing.numbering import numbered
from hengji.writing.typesetting import report_pdf

READERS = {"government": "本级人民政府", "congress": "本级人大常委会"}
FORMS: dict[str, Callable[[Report], bytes]] = {"docx": report_docx, "pdf": report_pdf}
_LOWEST = 5


def report_of(region_id: int, region: str, said: Year, lines: list[Line], to: str) -> Report:
    """The whole report for one of the two readers."""
    congress = to == "congress"
    title = (f"关于{region}{said.year}年度部门整体支出", "绩效评价结果的报告" if congress else "绩效自评复核情况的报告")
    body = [
        *_opening(region, said, to),
        *_basis(said),
        *_results(said),
        *([] if congress else _gaps(said)),
        *_leaves(said, whole=not congress),
        *_after(region_id, said),
        *_use(said, lines),
        Heading(1, "存在的问题和原因"),
        *_facts(said),
        sentence(todo("问题的原因分析，可参照上文得分率最低的指标和整改清单")),
        Heading(1, "下一步工作"),
        sentence(todo("下一步工作安排")),
        sentence(todo("落款单位和成文日期")),
        *(_annex(said) if congress else []),
    ]
    return Report("".join(title), region, date(said.year, 12, 31), numbered([Title(title, cover=False), *body]))


def _opening(region: str, said: Year, to: str) -> list[Block]:
    return [TextLine(plain_runs(f"{READERS[to]}：".replace("本级", region))), sentence(f"现将{said.year}年度部门整体支出绩效自评、复核情况报告如下。")]  # fmt: skip


def _basis(said: Year) -> list[Block]:
    whole = len(said.counted) + len(said.left)
    settled = sum(each.settled for each in said.counted)
    text = f"本年度开展自评的单位{whole}个，已复核{len(said.counted)}个，其中已定稿{settled}个。"
    if said.left:
        reasons = Counter(each.reason for each in said.left)
        listed = "；".join(f"{reason}的{number}个" for reason, number in reasons.most_common())
        text += f"没有计入以下各项统计的{len(said.left)}个：{listed}。"
    found: list[Block] = [Heading(1, "基本情况"), sentence(text)]
    if not said.enough:
        found.append(sentence(f"已复核的不足{LEAST}个，以下只列数字，不作分布和异常的判断。"))
    return found


def _results(said: Year) -> list[Block]:
    found: list[Block] = [Heading(1, "复核结果")]
    whole = said.whole
    if whole is None:
        return [*found, sentence("还没有复核结果。")]
    text = f"自评平均{_two(whole.claimed)}分，复核平均{_two(whole.reviewed)}分，相差{_two(whole.gap)}分。"
    if said.by_grade:
        text += "复核等次：" + "，".join(f"{name}{number}个" for name, _, number in said.by_grade if number) + "。"
    if said.full_shares:
        stated, kept = said.full_shares
        text += f"得满分的指标，自评占{percent(stated)}，复核后占{percent(kept)}。"
    sheets = sheets_of(said)
    found += [sentence(text), _table(sheets["bands"])]
    if said.enough:
        found.append(_bands(said))
    found.append(_table(sheets["kinds"]))
    if len(said.by_year) > 1:
        found.append(_table(sheets["years"]))
    return found


def _bands(said: Year) -> Chart:
    most = Fraction(max(max(stated, kept) for _, stated, kept in said.bands))
    rows = tuple(
        ChartRow(
            name,
            (
                Bar(Ink.HOLLOW, share(Fraction(stated), most), str(stated)),
                Bar(Ink.SOLID, share(Fraction(kept), most), str(kept)),
            ),
        )
        for name, stated, kept in said.bands
    )
    return Chart("各分数段单位数", rows, ((Ink.HOLLOW, "自评"), (Ink.SOLID, "复核")), unit="个")


def _gaps(said: Year) -> list[Block]:
    found: list[Block] = [Heading(1, "自评与复核的差距"), _table(_short(sheets_of(said)["gap"], (0, 2, 3, 4, 6)))]
    if not said.enough:
        return found
    if not said.outliers:
        return [*found, sentence("与同类单位相比，没有分差异常的单位。")]
    text = "；".join(
        f"{each.counted.department}相差{shown(each.counted.gap)}分（{each.peers}{each.number}个单位的中位数为{_two(each.quartiles.median / 100)}分），主要来自{sources(each.sources) or '加减分'}"
        for each in said.outliers
    )
    return [*found, sentence(f"分差异常的单位{len(said.outliers)}个：{text}。"), sentence(f"判断方法：{METHOD}")]


def _leaves(said: Year, *, whole: bool) -> list[Block]:
    if not said.leaves:
        return []
    never = [leaf for leaf in said.leaves if leaf.never_lost]
    text = f"共{len(said.leaves)}项指标。"
    if never:
        text += f"无人失分的{len(never)}项：{'、'.join(leaf.name for leaf in never)}，可考虑调整分值或标准。"
    low = _lowest(said)
    if low:
        text += "复核得分率最低的是" + "、".join(f"{leaf.name}（{percent(leaf.rate)}）" for leaf in low) + "。"
    found: list[Block] = [Heading(1, "各指标得分情况"), sentence(text)]
    if whole:
        sheet = sheets_of(said)["leaves"]
        width = len(sheet.heads)
        found.append(_table(_short(sheet, (width - 8, width - 7, width - 6, width - 4, width - 3, width - 2))))
    return found


def _lowest(said: Year) -> list[LeafRate]:
    lost = [leaf for leaf in said.leaves if not leaf.never_lost]
    return sorted(lost, key=lambda leaf: leaf.rate)[:_LOWEST]


def _after(region_id: int, said: Year) -> list[Block]:
    rows = FilingRow.objects.filter(department__region_id=region_id, year=said.year)
    marks = Counter(rows.values_list("rectification", flat=True))
    public = standing().filter(filing__in=rows).count()
    text = f"要求整改的单位{marks[OPEN] + marks[DONE]}个，已验收{marks[DONE]}个，整改中{marks[OPEN]}个。已公开结果的单位{public}个。"
    return [Heading(1, "申诉、整改和公开"), sentence(_objected(said) + text)]


def _objected(said: Year) -> str:
    if not said.objections:
        return "没有单位提出申诉。"
    return f"单位对{said.objections}项扣分提出申诉，经核实改分{said.changed}项。"


def _use(said: Year, lines: list[Line]) -> list[Block]:
    words, number = proposals(), Counter(line.proposal for line in lines)
    listed = "，".join(f"{words[name]}{number[name]}个" for name in words if number[name])
    text = f"按定稿等次，对编制{budget_year(said.year)}年预算的建议：{listed}。" if listed else "还没有可以提出建议的定稿结果。"  # fmt: skip
    return [Heading(1, "结果应用建议"), sentence(text)]


def _facts(said: Year) -> list[Block]:
    low = _lowest(said)
    if not low:
        return []
    text = "；".join(f"{leaf.name}，{leaf.filings - leaf.full_reviewed}个单位失分" for leaf in low)
    return [sentence(f"失分较集中的指标：{text}。")]


def _annex(said: Year) -> list[Block]:
    return (
        [Heading(1, "附：各单位结果"), _table(_short(sheets_of(said)["gap"], (0, 1, 2, 3, 6)))] if said.counted else []
    )


def _short(sheet: Sheet, columns: tuple[int, ...]) -> Sheet:
    """The sheet with these columns only."""
    heads = tuple(sheet.heads[at] for at in columns)
    return Sheet(sheet.name, heads, [tuple(row[at] for at in columns) for row in sheet.rows])


def _table(sheet: Sheet) -> Table:
    widths = [
        max(len(head), *(len(str(row[at] or "")) for row in sheet.rows), 3) for at, head in enumerate(sheet.heads)
    ]
    columns = tuple(
        Column(head, min(width, 14), _align(sheet, at))
        for at, (head, width) in enumerate(zip(sheet.heads, widths, strict=True))
    )
    rows = tuple(tuple(plain_runs("" if field is None else str(field)) for field in row) for row in sheet.rows)
    return Table(sheet.name, columns, rows)


def _align(sheet: Sheet, at: int) -> Align:
    if sheet.rows and all(not isinstance(row[at], str) for row in sheet.rows):
        return Align.RIGHT
    return Align.LEFT if at == 0 else Align.CENTRE


def _two(number: Fraction) -> str:
    return shown(round(number * 100))
