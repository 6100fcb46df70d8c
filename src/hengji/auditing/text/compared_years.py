"""R13: a year whose figure is said to have grown from that of a later year, or of the same one."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FIGURE = r"\d[\d,]*(?:\.\d+)?\s?[\u4e00-\u9fff%‰]{1,4}"
_COMPARED = pattern(
    r"(?<!\d)(?P<y>20\d\d)\s?年(?:度|末|底)?(?![\d一二三四上下初第])(?P<what>(?:(?!20\d\d)[^。;\n\t\d]){2,24})"
    + _FIGURE
    + r",?(?:比|较|相比)\s?(?P<base>20\d\d)\s?年(?:度|末|底)?的?(?![\d一二三四上下初第])[^,。;\n\t\d]{0,12}"
    + _FIGURE
    + r",?(?:同比)?(?:提高|增长|上升|增加|下降|降低|减少)"
)
_AIMED = pattern("目标|计划|预算|力争|确保|预计|将")


def compared_with_later(case: Case) -> Iterator[Finding]:
    """R13: 「2022年森林覆盖率达到68.31%，比2023年的68.22%提高」: what is told to have changed is of the later year."""
    for match in _COMPARED.finditer(case.flat) if "年" in case.flat else ():
        year, base = int(match["y"]), int(match["base"])
        if year > base or _AIMED.search(match["what"]):
            continue
        odd, meant = ("base", case.year - 1) if year == case.year else ("y", case.year)
        span = Span(match.start(odd), match.end(odd))
        message = f"{year}年的数与{base}年的数相比才有这一变化，先后不合，可能是年份写错"
        yield case.finding("R13", span, message, stated=match[odd], recomputed=str(meant))
