"""R07: quarters, halves of the year, and the done and the undone, against the whole that one sentence tells with them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"[万亿]?[\u4e00-\u9fff]{1,3}?"
_BETWEEN = r"[^,。;、\d\n\t%]{0,10}?"
_SEASONS = (
    (r"第?(?:1|一)季度", r"第?(?:2|二)季度", r"第?(?:3|三)季度", r"第?(?:4|四)季度"),
    (r"1\s?[-—~至]\s?6\s?月", r"7\s?[-—~至]\s?12\s?月"),
    (r"上半年", r"下半年"),
)


def _form(names: tuple[str, ...]) -> re.Pattern[str]:
    parts = [rf"{name}{_BETWEEN}(?P<p{n}>{_N})\s?" for n, name in enumerate(names)]
    first = parts[0] + rf"(?P<unit>{_UNIT})"
    rest = "".join(rf"[,、;]\s?{part}(?P=unit)" for part in parts[1:])
    return re.compile(
        rf"{first}{rest}[,、;]\s?(?:全年|合计|共计|全年共|全年合计){_BETWEEN}(?P<all>{_N})\s?(?P=unit)(?=[,。;)])"
    )


_FORMS = tuple((_form(names), len(names)) for names in _SEASONS)
_YES = "按期|按时|及时|合格|达标|通过|完成|办结|签订|整改|完好|满意"
_PAIRED = pattern(
    rf"(?P<all>{_N})\s?(?P<unit>{_UNIT}),(?:其中)?:?(?P<yes>{_YES})(?:[\u4e00-\u9fff]{{0,2}}?)(?P<p0>{_N})\s?(?P=unit)[,、;](?:(?:不|未|没有)(?P=yes)|(?<=[;、,])(?:逾期|超期|超时))(?:[\u4e00-\u9fff]{{0,4}}?)(?P<p1>{_N})\s?(?P=unit)(?=[,。;)])"
)
_DENIED = pattern(rf"[,、;](?:(?:不|未|没有)(?:{_YES})|逾期|超期|超时)")  # stands in each of these
_IN_TIME = ("按期", "按时", "及时")
_CHANGING = pattern("[人户名]|[万亿]?元")  # of these, others come and go


def _complete(match: re.Match[str]) -> bool:
    """Whether the two are all there is: a word and its denial, or in time and late, of things that do not come and go."""
    late = "逾期" in match[0] or "超期" in match[0] or "超时" in match[0]
    return not _CHANGING.fullmatch(match["unit"]) and "其中" in match[0] and (not late or match["yes"] in _IN_TIME)


def seasons_make_the_year(case: Case) -> Iterator[Finding]:
    """R07: 「1季度28批次、2季度32批次、3季度30批次、4季度30批次，全年126批次」; 「6份，其中按期签订5份、逾期签订2份」."""
    paired = ((_PAIRED, 2),) if _DENIED.search(case.flat) else ()
    for form, count in (*_FORMS, *paired):
        for match in form.finditer(case.flat):
            if form is _PAIRED and not _complete(match):
                continue
            parts = [Decimal(match[f"p{n}"].replace(",", "")) for n in range(count)]
            made, told = sum(parts, Decimal(0)), Decimal(match["all"].replace(",", ""))
            if made == told or abs(made - told) * 4 > told:
                continue
            listed = " + ".join(match[f"p{n}"] for n in range(count))
            unit = match["unit"]
            message = f"{listed} = {made}{unit}，这里写共{match['all']}{unit}"
            span = Span(match.start("all"), match.end("all") + len(unit))
            also = tuple(Span(*match.span(f"p{n}")) for n in range(count))
            yield case.finding("R07", span, message, stated=match["all"], recomputed=str(made), also=also)
