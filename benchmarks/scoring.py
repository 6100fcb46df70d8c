"""Exact scoring of 20,000 departments × 27 leaves beside a bare Decimal loop, zen-engine with its trace, and LibreOffice."""

import json
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import xlsxwriter
import zen

from benchmarks.measure import Ratio, median
from hengji.library import load_system
from hengji.scoring import TableScores, score_table

DEPARTMENTS = 20_000
SYSTEM = load_system("guangdong/lechang/department-overall")
CENT = Decimal("0.01")
# The figures the computed leaves read, under short names for the peers, which know no Chinese ones.
INPUTS = {
    "budget": "年度部门预算资金", "spent": "部门预算资金实际支出", "carry": "年末结转结余", "stock": "国库集中支付结转结余存量资金",
    "plan": "采购预算金额", "bought": "实际采购金额", "used": "在用固定资产总额", "assets": "固定资产总额", "staff": "在编人数",
    "quota": "编制数", "pub": "公用经费支出", "pub_budget": "公用经费预算数", "tri": "三公经费决算数", "tri_budget": "三公经费预算数",
    "done": "完成重点工作数", "ordered": "交办重点工作数", "met": "绩效指标达标数", "set": "绩效指标设定数", "ontime": "按时完成项目数",
    "planned": "计划完成项目数", "covered": "已设绩效目标支出", "due": "应设绩效目标支出", "replied": "回复信访工单数",
    "received": "收到信访工单数", "happy": "满意人数", "asked": "满意度调查人数", "open": "按时公开事项数", "openable": "应公开事项数",
    "defects": "预算编制缺陷数", "area": "办公用房实有面积", "norm": "办公用房标准面积", "over": "超标准配置资产数",
}  # fmt: skip
CLAIMED = ("1.1.1", "1.1.3", "1.1.4", "1.2.2", "1.2.3", "2.1.5", "2.1.6", "2.2.1", "2.2.2", "2.3.2", "2.5", "3.3")


def columns() -> tuple[dict[str, list[Decimal]], dict[str, list[Decimal]]]:
    """Plausible random figures, and full claims for the leaves that figures do not decide."""
    chance = random.Random(20231231)
    figures = {key: [Decimal(chance.randrange(1, 100_000)) / 100 for _ in range(DEPARTMENTS)] for key in INPUTS}
    points = {leaf.id: Decimal(int(leaf.points or 0)) for leaf in SYSTEM.leaves()}
    return figures, {leaf: [points[leaf]] * DEPARTMENTS for leaf in CLAIMED}


def ours(figures: dict[str, list[Decimal]], claims: dict[str, list[Decimal]]) -> TableScores:
    values = {INPUTS[key]: column for key, column in figures.items()}
    return score_table(SYSTEM, 2023, values, claims=claims)


def _share(top: Decimal, bottom: Decimal, points: int) -> Decimal:
    return min(Decimal(1), top / bottom) * points


def _steps(x: Decimal, bands: tuple[tuple[str, str], ...], last: str) -> Decimal:
    return next((Decimal(score) for bound, score in bands if x >= Decimal(bound)), Decimal(last))


def _less(x: Decimal, bands: tuple[tuple[str, str], ...]) -> Decimal:
    return next((Decimal(score) for bound, score in bands if x <= Decimal(bound)), Decimal(0))


def _leaves(d: dict[str, Decimal]) -> Iterator[Decimal]:
    """The fifteen leaves that figures decide, by hand."""
    yield max(Decimal(0), 5 - d["defects"])
    yield _share(d["covered"], d["due"], 2)
    yield _share(d["spent"], d["budget"], 3)
    yield _less(d["carry"] / d["budget"], (("0", "3"), ("0.1", "2.1"), ("0.2", "1.2")))
    yield _less(d["stock"] / d["budget"], (("0", "3"), ("0.05", "2.1"), ("0.1", "1.2")))
    yield Decimal(0) if d["bought"] > d["plan"] else _share(d["bought"], d["plan"], 2)
    yield _share(d["open"], d["openable"], 4)
    yield Decimal(2) if d["area"] <= d["norm"] and d["over"] == 0 else Decimal(0)
    yield _steps(d["used"] / d["assets"], (("0.9", "3"), ("0.75", "2.1"), ("0.6", "1.2")), "0")
    yield Decimal(2) if d["staff"] <= d["quota"] else Decimal(0)
    yield (Decimal(3) if d["pub"] <= d["pub_budget"] else Decimal(0)) + (
        Decimal(3) if d["tri"] <= d["tri_budget"] else Decimal(0)
    )
    yield _share(d["done"], d["ordered"], 3)
    yield _share(d["met"], d["set"], 3)
    yield _share(d["ontime"], d["planned"], 3)
    yield _share(d["replied"], d["received"], 2) + _steps(
        d["happy"] / d["asked"], (("0.9", "3"), ("0.8", "2"), ("0.7", "1")), "0"
    )


def bare(figures: dict[str, list[Decimal]], claims: dict[str, list[Decimal]]) -> list[Decimal]:
    """The same rules in the plainest Python: no trace, no missing figures, no moved points."""
    totals = []
    for number in range(DEPARTMENTS):
        row = {key: column[number] for key, column in figures.items()}
        total = Decimal(0)
        for score in _leaves(row):
            total += score.quantize(CENT, ROUND_HALF_UP)
        for column in claims.values():
            total += column[number].quantize(CENT, ROUND_HALF_UP)
        totals.append(min(Decimal(100), total))
    return totals


_ZEN = {
    "a": "max([0, 5 - defects])", "b": "min([1, covered / due]) * 2", "c": "min([1, spent / budget]) * 3",
    "d": "carry / budget <= 0 ? 3 : carry / budget <= 0.1 ? 2.1 : carry / budget <= 0.2 ? 1.2 : 0",
    "e": "stock / budget <= 0 ? 3 : stock / budget <= 0.05 ? 2.1 : stock / budget <= 0.1 ? 1.2 : 0",
    "f": "bought > plan ? 0 : min([1, bought / plan]) * 2", "g": "min([1, open / openable]) * 4",
    "h": "area <= norm and over == 0 ? 2 : 0",
    "i": "used / assets >= 0.9 ? 3 : used / assets >= 0.75 ? 2.1 : used / assets >= 0.6 ? 1.2 : 0",
    "j": "staff <= quota ? 2 : 0", "k": "(pub <= pub_budget ? 3 : 0) + (tri <= tri_budget ? 3 : 0)",
    "l": "min([1, done / ordered]) * 3", "m": "min([1, met / set]) * 3", "n": "min([1, ontime / planned]) * 3",
    "o": "min([1, replied / received]) * 2 + (happy / asked >= 0.9 ? 3 : happy / asked >= 0.8 ? 2 : happy / asked >= 0.7 ? 1 : 0)",
} | {f"x{number}": f"claim{number}" for number in range(len(CLAIMED))}  # fmt: skip


def zen_seconds(figures: dict[str, list[Decimal]], sample: int = 1_000) -> float:
    """Seconds that zen-engine needs with its trace for all departments, from a sample (its numbers are floats)."""
    expressions = [{"id": key, "key": key, "value": value} for key, value in _ZEN.items()]
    graph = {
        "nodes": [
            {"id": "1", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {
                "id": "2",
                "name": "score",
                "type": "expressionNode",
                "position": {"x": 1, "y": 0},
                "content": {"expressions": expressions},
            },
            {"id": "3", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "a", "sourceId": "1", "targetId": "2", "type": "edge"},
            {"id": "b", "sourceId": "2", "targetId": "3", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    claims = {f"claim{number}": 1.0 for number in range(len(CLAIMED))}
    rows = [{key: float(column[n]) for key, column in figures.items()} | claims for n in range(sample)]

    def run() -> None:
        for row in rows:
            decision.evaluate(row, {"trace": True})

    return median(run, 3) * DEPARTMENTS / sample


def libreoffice_seconds(figures: dict[str, list[Decimal]]) -> float | None:
    """Seconds that LibreOffice needs to open the same departments and rules as a workbook and recalculate them."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        warm, full = Path(folder) / "warm.xlsx", Path(folder) / "full.xlsx"
        _workbook(figures, 1, warm)
        _workbook(figures, DEPARTMENTS, full)
        return [_convert(program, path, Path(folder)) for path in (warm, full, full)][-1]


def _workbook(figures: dict[str, list[Decimal]], rows: int, path: Path) -> None:
    keys = list(INPUTS)
    place = {key: xlsxwriter.utility.xl_col_to_name(number) for number, key in enumerate(keys)}
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row in range(rows):
        for column, key in enumerate(keys):
            sheet.write_number(row, column, figures[key][row])
        c = {key: f"{letter}{row + 1}" for key, letter in place.items()}
        for offset, formula in enumerate(_formulas(c)):
            sheet.write_formula(row, len(keys) + offset, f"=ROUND({formula},2)", None, "")
        for offset in range(len(CLAIMED)):
            sheet.write_formula(row, len(keys) + 15 + offset, "=ROUND(4,2)", None, "")
        first, last = (xlsxwriter.utility.xl_col_to_name(len(keys) + n) for n in (0, 14 + len(CLAIMED)))
        sheet.write_formula(
            row, len(keys) + 15 + len(CLAIMED), f"=MIN(100,SUM({first}{row + 1}:{last}{row + 1}))", None, ""
        )
    book.close()


def _formulas(c: dict[str, str]) -> list[str]:
    def share(top: str, bottom: str, points: int) -> str:
        return f"MIN(1,{c[top]}/{c[bottom]})*{points}"

    return [
        f"MAX(0,5-{c['defects']})", share("covered", "due", 2), share("spent", "budget", 3),
        f"IF({c['carry']}/{c['budget']}<=0,3,IF({c['carry']}/{c['budget']}<=0.1,2.1,IF({c['carry']}/{c['budget']}<=0.2,1.2,0)))",
        f"IF({c['stock']}/{c['budget']}<=0,3,IF({c['stock']}/{c['budget']}<=0.05,2.1,IF({c['stock']}/{c['budget']}<=0.1,1.2,0)))",
        f"IF({c['bought']}>{c['plan']},0,{share('bought', 'plan', 2)})", share("open", "openable", 4),
        f"IF(AND({c['area']}<={c['norm']},{c['over']}=0),2,0)",
        f"IF({c['used']}/{c['assets']}>=0.9,3,IF({c['used']}/{c['assets']}>=0.75,2.1,IF({c['used']}/{c['assets']}>=0.6,1.2,0)))",
        f"IF({c['staff']}<={c['quota']},2,0)", f"IF({c['pub']}<={c['pub_budget']},3,0)+IF({c['tri']}<={c['tri_budget']},3,0)",
        share("done", "ordered", 3), share("met", "set", 3), share("ontime", "planned", 3),
        f"{share('replied', 'received', 2)}+IF({c['happy']}/{c['asked']}>=0.9,3,IF({c['happy']}/{c['asked']}>=0.8,2,IF({c['happy']}/{c['asked']}>=0.7,1,0)))",
    ]  # fmt: skip


def _convert(program: str, path: Path, folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "csv", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return time.perf_counter() - start


def run() -> list[Ratio | str]:
    figures, claims = columns()
    table, totals = ours(figures, claims), bare(figures, claims)
    assert [Decimal(int(cents)) / 100 for cents in table.finals] == totals, "两种算法的结果必须相同"
    seconds = median(lambda: ours(figures, claims))
    found: list[Ratio | str] = [
        Ratio(
            f"精确计分 {DEPARTMENTS} 个部门 × 27 项 / 裸 Decimal 循环",
            seconds,
            median(lambda: bare(figures, claims), 3),
            10,
        ),
        Ratio("同上 / zen-engine（带 trace，浮点）", seconds, zen_seconds(figures), 1),
    ]
    office = libreoffice_seconds(figures)
    found.append(
        "没有 LibreOffice，未比"
        if office is None
        else Ratio("同上 / LibreOffice 打开并重算同一张表", seconds, office, 0.1)
    )
    one = median(lambda: table.card(7), 20)
    found.append(f"其中任一部门的完整评分表（带依据）：{one * 1000:.1f} ms")
    return found
