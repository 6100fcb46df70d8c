"""R23: a bare 100 % in a row of a table that is scored nowhere, or alone among scored rows that tell of how many."""

from collections.abc import Iterator, Sequence

from hengji.auditing.case import Case
from hengji.auditing.proof.claims import HUNDRED
from hengji.auditing.scores.tree import tables
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding
from hengji.model.patterns import pattern


def hundred_in_rows(case: Case) -> Iterator[Finding]:
    """R23: a row of a table without scores and goals that names a rate, gives 100 % and no other figure."""
    for grid in case.grids:
        heads = "".join(grid.lines[0]) if grid.lines else ""
        rates = [row for row, texts in enumerate(grid.lines) if row and _bare_row(texts)]
        if not rates or _OTHER_SIDE_TOLD.search(heads) or not _RESULT_TOLD.search(heads):
            continue
        span = grid.row_span(rates[0])
        if not any(
            i.table and i.quote.start < grid.row_span(grid.rows - 1).end and i.quote.end > span.start
            for i in case.found.items
        ):
            yield case.finding("R23", span, "写100%，没有写分子和分母", stated="100%")


def _bare_row(texts: Sequence[str]) -> bool:
    """Whether a row names a rate and gives nothing but 100 %, its number in the list aside."""
    cells = [cell.strip() for cell in texts if cell.strip()]
    cells = cells[1:] if cells and _ORDINAL.fullmatch(cells[0]) else cells
    whole = [cell for cell in cells if HUNDRED.fullmatch(cell)]
    rest = "".join(cell for cell in cells if cell not in whole)
    named = any(cell.endswith("率") and not _CONTENT.search(cell) for cell in cells)
    return named and len(whole) == 1 and _DIGIT.search(rest) is None and not _PAPER.search(rest)


_ORDINAL = pattern(r"\(?[\d一二三四五六七八九十]{1,3}\)?[、.]?")
_PAPER = pattern(r"《|附件|详见|台账|清单")
_OTHER_SIDE_TOLD = pattern(r"目标|计划|任务|应|标准|指标值|年初|分值|得分|权重|预算|总数|分子|分母")
_RESULT_TOLD = pattern(r"完成|实际|结果|达到|实现")
_DIGIT = pattern(r"\d")
_CONTENT = pattern(r"满意")


def hundred_alone(case: Case) -> Iterator[Finding]:
    """R23: the one scored row with 100 % and no other figure, where every other rate of its table tells of how many it is."""
    for items in tables(case):
        rates = [item for item in items if _rate(item)]
        bare = [item for item in rates if HUNDRED.fullmatch(item.actual.strip()) and not _DIGIT.search(item.remark)]
        counted = sum(1 for item in rates if _COUNTS.search(_RATES.sub(" ", f"{item.actual};{item.remark}")))
        if len(bare) == 1 and counted == len(rates) - 1 >= _FELLOWS and not _told_in_text(case, bare[0]):
            yield case.finding("R23", bare[0].quote, "写100%，没有写分子和分母", stated="100%", item=bare[0].name)


def _rate(item: ScoredItem) -> bool:
    """Whether a row is on a rate of things that can be counted, and has points for it."""
    counted = item.name.endswith(("率", "密度", "比例")) and _OF_MONEY.search(item.name) is None
    return counted and bool(item.claimed) and not item.of_execution and not item.doubtful


def _told_in_text(case: Case, item: ScoredItem) -> bool:
    """Whether running text tells a figure of what a row is about, or a paper that shows it: 「账物相符，在册2,316件」, 「账物核对清单」."""
    own = pairs_of(item.name.removesuffix("率"))
    for _, text in case.running:
        if not own & pairs_of(text):
            continue
        done = _PARTS.split(_AIMED.sub(" ", text))
        if any(len(own & pairs_of(told)) >= min(_ALIKE, len(own)) and _COUNTS.search(told) for told in done):
            return True
        if any(own & pairs_of(paper[0]) for paper in _PROVING.finditer(text)):
            return True
    return _PAPER.search(item.remark) is not None


_FELLOWS = 2  # rates that tell of how many: fewer are no custom
_ALIKE = 3  # pairs of characters
_OF_MONEY = pattern(r"预算|资金|经费|采购|支出|执行|控制|到位|拨付|发放|投资|收入|满意")
_RATES = pattern(r"\d+(?:\.\d+)?\s?%")
_COUNTS = pattern(r"\d[\d,.]*\s?(?![\d年月日%])")
_AIMED = pattern(r"[^,。;]*(?:不低于|不少于|不高于|≥|目标|以上|应达)[^,。;]*")  # clauses that tell what was aimed at
_PARTS = pattern(r"[。;]")
_PROVING = pattern(r"[\u4e00-\u9fff]{2,10}(?:表|台账|记录|清单|名册|凭证|报告|单|簿|截图|底册|台帐|证明)")
