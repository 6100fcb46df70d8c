"""R05: parts that are counted and then listed: 「主要内容包括六个部分：文献购置、…、地方文献保护。」, which are five."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LISTED = pattern(
    r"(?P<told>(?:内容|任务|工作|项目|目标|建设|体系|指标)[^。;:,\d\n]{0,8}?(?:包括|分为|包含|含|有|涉及|由)(?:以下)?(?P<n>[三四五六七八九])(?:个|大)?(?:部分|方面|板块|类|子项目|子项))(?:内容|组成|构成)?:(?P<list>[^。:\n\d]{6,200})。"
)
_NUMBERS = {"三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_OPEN = pattern(r"等(?:内容|方面|工作)?$")
_AND = pattern(r"以及|[和及与]")


def content_listed(case: Case) -> Iterator[Finding]:
    """R05: neither the marks nor an 「and」 that may part the last two make as many as are told."""
    for match in _LISTED.finditer(case.flat):
        text, told = match["list"].strip(), _NUMBERS[match["n"]]
        mark = ";" if ";" in text else "、"
        parts = [part.strip() for part in text.split(mark) if part.strip()]
        if _OPEN.search(text) or (mark == "、" and "," in text) or abs(len(parts) - told) > _NEAR or len(parts) < _NEAR:
            continue
        last = parts[-1]
        may_part = _AND.search(last) is not None and case.flat.count(last) == 1
        if told in (len(parts), len(parts) + may_part):
            continue
        message = f"写{match['n']}个，后面列出{len(parts)}个"
        span = Span(match.start("told"), match.end("told"))
        yield case.finding("R05", span, message, stated=str(told), recomputed=str(len(parts)))


_NEAR = 2
