"""R13: matters that belong to one year each - accounts made public, a season, the staff at a year's end - under another year."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# 「2022年决算公开及时完整」 in a report on 2024, when those of 2023 were made public.
_ACCOUNTS = pattern(r"(?<!\d)(?P<y>20\d\d)\s?年?(?:度)?(?:部门|单位|财政)?决算(?=[^,。;\t\n]{0,12}公开)")
# 「2024年汛期出动机械76台班」 as what was done in 2023.
_SEASON = pattern(
    r"(?<!\d)(?P<y>20\d\d)\s?年(?:度)?(?:主)?(?:汛期(?!之?前|来临)|冬春季?|[春夏秋冬]季|下半年|第?[二三四]季度|暑期|防火期|三夏|三秋)(?P<told>[^。;\n\t]{2,40})"
)
_PLANNED = pattern(r"将(?!近)|拟|计划|预计|力争|目标|准备|继续|安排|预算|任务|开工|启动|前完成")
_DONE = pattern(r"\d\s?[,\d.]*\s?[万\u4e00-\u9fff]")
# 「截至2022年12月31日，人员情况如表1」 in a report on 2023.
_STANDS = pattern(
    r"截[至止到]?\s?(?P<y>20\d\d)\s?年\s?(?:12\s?月\s?31\s?日|年?[末底]),?(?P<told>[^。;\n]{0,24}?(?:人员(?:编制|构成|情况|结构)|编制(?:和|及|与)?人员|机构(?:和|及|与)人员)[^。;\n\d]{0,8}(?:如下|见表|如表|见下表|情况表))"
)


def matter_of_another_year(case: Case) -> Iterator[Finding]:
    """R13: accounts of two years before, a season after the year, staff at the end of the year before."""
    kinds = (DocumentKind.OVERALL, DocumentKind.PROJECT)
    if not case.year or not case.found.year_stated or case.found.kind not in kinds:
        return
    for match in _ACCOUNTS.finditer(case.flat) if "决算" in case.flat else ():
        item = case.item_at(match.start())
        if int(match["y"]) == case.year - 2 and item is not None and not _elsewhere(case, match.start()):
            yield _finding(case, Span(match.start(), match.end()), match["y"], case.year - 1)
    for match in _SEASON.finditer(case.flat):
        later = int(match["y"]) == case.year + 1 and case.chapter_key(match.start()) not in _AHEAD
        if later and _DONE.search(match["told"]) and not _PLANNED.search(case.text(case.sentence(match.start()))):
            yield _finding(case, Span(match.start(), match.start("told")), match["y"], case.year)
    for match in _STANDS.finditer(case.flat):
        if int(match["y"]) == case.year - 1:
            yield _finding(case, Span(*match.span()), match["y"], case.year)


# 「项目于2023年9月12日完成竣工验收」 in a report on 2024, whose row has 「9月12日」 as what was reached.
_DAY = pattern(r"(?<!\d)(?P<y>20\d\d)\s?年\s?(?P<day>\d{1,2}\s?月\s?\d{1,2}\s?日)")
_OF_A_ROW = pattern(
    r"(?:实际)?(?:(?P<y>20\d\d)年)?(?P<day>\d{1,2}月\d{1,2}日)(?:完成|完工|竣工|验收|到位|通过验收|前)*"
)


def day_of_a_row(case: Case) -> Iterator[Finding]:
    """R13: the day that a row gives as reached, told in running text of the year before."""
    if not case.year or not case.found.year_stated:
        return
    cells = [_OF_A_ROW.fullmatch(item.actual.strip()) for item in case.found.items if item.table and item.actual]
    days = {cell["day"] for cell in cells if cell is not None and cell["y"] in (None, str(case.year))}
    for match in _DAY.finditer(case.flat) if days else ():
        day = match["day"].replace(" ", "")
        if day in days and int(match["y"]) == case.year - 1 and not case.in_table(match.start()):
            yield _finding(case, Span(*match.span()), match["y"], case.year)


_AHEAD = (*CHAPTERS_OF_NOW, "绩效目标")


def _elsewhere(case: Case, position: int) -> bool:
    """Whether a leaf tells of the right year's accounts, too, so that the other one is compared or told beside it."""
    item = case.item_at(position)
    return item is not None and f"{case.year - 1}年" in case.text(item.body).replace(" ", "")


def _finding(case: Case, span: Span, stated: str, right: int) -> Finding:
    message = f"评价的是{case.year}年度，这里写{stated}年，应是{right}年的情况，可能是沿用旧稿"
    return case.finding("R13", span, message, stated=stated, recomputed=str(right))
