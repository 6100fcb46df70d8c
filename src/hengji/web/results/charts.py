"""The statistics as charts and tables, the same for the page, the downloads and the summary report."""

from decimal import Decimal
from fractions import Fraction

from hengji.model.numerals import round_half_up
from hengji.web.charts import Chart, Kind, Reference, Series
from hengji.web.results.statistics import Year
from hengji.web.sheets import Sheet


def charts_of(said: Year, address: str = "", query: str = "") -> dict[str, Chart]:
    """The charts of a year by name; none where too few were reviewed. The table of each is at ``<address><name>.csv``."""

    def download(name: str) -> str:
        return f"{address}{name}.csv{query}" if address else ""

    if not said.enough:
        return {}
    ordered = sorted(said.counted, key=lambda each: (each.gap, each.filing))
    references = tuple(Reference(grade.low, f"{grade.name} {int(grade.low)}") for grade in said.grades if grade.low)
    scores = [each.claimed for each in ordered] + [each.reviewed for each in ordered]
    floor = Fraction(min(scores) // 500 * 5)
    gap = Chart(
        id="gap",
        title="自评与复核的差距",
        kind=Kind.GAP,
        head="单位",
        labels=tuple(each.department for each in ordered),
        series=(
            Series("自评", tuple(Decimal(each.claimed) / 100 for each in ordered), "claimed"),
            Series("复核", tuple(Decimal(each.reviewed) / 100 for each in ordered), "reviewed"),
        ),
        references=tuple(each for each in references if each.at >= floor),
        low=floor,
        high=max(Fraction(100), Fraction(max(scores), 100)),
        note="按差距从小到大排列；复核已定稿的用定稿得分。",
        download=download("gap"),
    )
    bands = Chart(
        id="bands",
        title="各分数段单位数",
        kind=Kind.BARS,
        head="分数段",
        labels=tuple(name for name, _, _ in said.bands),
        series=(
            Series("自评", tuple(number for _, number, _ in said.bands), "claimed"),
            Series("复核", tuple(number for _, _, number in said.bands), "reviewed"),
        ),
        unit="个",
        places=0,
        download=download("bands"),
    )
    found = {"gap": gap, "bands": bands}
    if len(said.by_year) > 1:
        found["years"] = Chart(
            id="years",
            title="各年度平均分",
            kind=Kind.LINES,
            head="年度",
            labels=tuple(each.name for each in said.by_year),
            series=(
                Series("自评", tuple(each.claimed for each in said.by_year)),
                Series("复核", tuple(each.reviewed for each in said.by_year)),
            ),
            low=Fraction(min(min(each.claimed, each.reviewed) for each in said.by_year) // 5 * 5),
            high=Fraction(100),
            download=download("years"),
        )
    return found


def _points(hundredths: int | Fraction) -> Decimal:
    exact = round_half_up(Fraction(hundredths) / 100)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"))


def _mean(number: Fraction) -> Decimal:
    return _points(number * 100)


def percent(share: Fraction) -> str:
    """A share with one decimal."""
    exact = round_half_up(share * 100, 1)
    return f"{Decimal(exact.numerator) / Decimal(exact.denominator):.1f}%"


def sheets_of(said: Year) -> dict[str, Sheet]:
    """Every table of a year by name."""
    several = len({leaf.system for leaf in said.leaves}) > 1
    ordered = sorted(said.counted, key=lambda each: (each.gap, each.filing))
    return {
        "gap": Sheet(
            "自评与复核",
            ("单位", "类别", "自评得分", "复核得分", "自评−复核", "自评等次", "复核等次", "是否定稿"),
            [
                (e.department, e.kind, _points(e.claimed), _points(e.reviewed), _points(e.gap), e.claimed_grade, e.grade, "是" if e.settled else "否")
                for e in ordered
            ],
        ),
        "bands": Sheet("分数段", ("分数段", "自评（个）", "复核（个）"), said.bands),
        "grades": Sheet("等次", ("等次", "自评（个）", "复核（个）"), said.by_grade),
        "leaves": Sheet(
            "各指标得分率",
            (*(("指标体系",) if several else ()), "编号", "指标", "单位数", "自评满分单位", "复核满分单位", "自评得分率", "复核得分率", "无人失分"),
            [
                (*((e.system,) if several else ()), e.leaf, e.name, e.filings, e.full_claimed, e.full_reviewed, percent(e.claimed_rate), percent(e.rate), "是" if e.never_lost else "")
                for e in said.leaves
            ],
        ),
        "outliers": Sheet(
            "分差异常",
            ("单位", "自评−复核", "比较范围", "同类单位数", "下四分位数", "中位数", "上四分位数", "主要来自"),
            [
                (e.counted.department, _points(e.counted.gap), e.peers, e.number, _points(e.quartiles.low), _points(e.quartiles.median), _points(e.quartiles.high), sources(e.sources))
                for e in said.outliers
            ],
        ),
        "kinds": Sheet(
            "按类别",
            ("类别", "单位数", "自评平均分", "复核平均分", "自评−复核"),
            [(e.name, e.filings, _mean(e.claimed), _mean(e.reviewed), _mean(e.gap)) for e in said.by_kind],
        ),
        "years": Sheet(
            "按年度",
            ("年度", "单位数", "自评平均分", "复核平均分", "自评−复核"),
            [(e.name, e.filings, _mean(e.claimed), _mean(e.reviewed), _mean(e.gap)) for e in said.by_year],
        ),
        "left": Sheet("没有计入", ("单位", "类别", "原因"), [(e.department, e.kind, e.reason) for e in said.left]),
    }  # fmt: skip


def sources(found: tuple[tuple[str, str, int], ...]) -> str:
    """The leaves that a gap comes from, in words."""
    return "，".join(f"{leaf} {name} −{_points(gap)}" for leaf, name, gap in found)
