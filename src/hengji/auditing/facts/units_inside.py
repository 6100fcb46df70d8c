"""R08: how many offices the department has inside, told twice and differently, in whichever order of words."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_N = r"(?P<{}>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})\s?个"
_INSIDE = pattern(
    rf"内设(?:机构|部门)?(?:共|有|为|设)?{_N.format('a')}(?:[职业]能)?(?:内设)?(?:机构|部门|[股科处]室|[股科处])?(?!乡|镇|村|中心|站)"
    rf"|(?<![第其])(?<!其中){_N.format('b')}(?:职能)?内设(?:机构|部门|[股科处]室)"
)
_OTHERS = pattern(r"下属|所属|二级|事业单位|中心|支队|大队|原|合并|新增|撤|其中|各")


def units_inside(case: Case) -> Iterator[Finding]:
    """R08: 「内设6个股室」, and 「全局5个内设股室分工协作」."""
    told: dict[int, list[Span]] = {}
    for match in _INSIDE.finditer(case.flat) if "内设" in case.flat else ():
        lead = case.flat[case.sentence(match.start()).start : match.start()]
        number = read_chinese(match["a"] or match["b"])
        if number is not None and not _OTHERS.search(lead):
            told.setdefault(int(number), []).append(Span(*match.span()))
    if len(told) != _TWO:
        return
    (one, first), (other, second) = sorted(told.items(), key=lambda each: (-len(each[1]), each[1][0].start))
    if case.paragraph(first[0].start) != case.paragraph(second[0].start):
        message = f"内设机构这里写{other}个，另一处写{one}个；同一份报告只用一个数"
        yield case.finding("R08", second[0], message, stated=str(other), recomputed=str(one), also=(first[0],))


_TWO = 2
