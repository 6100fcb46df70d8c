"""R41: a measure given to an office that the unit's own full list of offices does not have."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.zones import measure_zones, problem_zones
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_OFFICE = r"[\u4e00-\u9fff]{1,9}?[股科室处部]"
_LIST = pattern(
    rf"(?:内设|设有?|设置)(?P<list>{_OFFICE}(?:[、和]{_OFFICE})+)(?:共)?(?P<n>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})个(?:内设|职能)?(?:股室|科室|处室|机构|部门|股|科|处)"
)
_GIVEN = pattern(
    r"由(?P<name>(?!各|相关|有关|[县市区乡镇](?:[\u4e00-\u9fff]{1,6}局|级|里|直)|本|我|主管|责任)[\u4e00-\u9fff]{2,7}[股科处])(?=负责|牵头|会同|在|于|组织|20|\d)"
)


def offices_are_its_own(case: Case) -> Iterator[Finding]:
    """「由市场规范股负责」 where the six offices are named and 市场规范股 is none of them."""
    match = _LIST.search(case.flat) if "内设" in case.flat or "设" in case.flat else None
    if match is None:
        return
    own = re.split("[、和]", match["list"])
    told = match["n"].replace("两", "二")
    if len(own) != (int(told) if told.isdigit() else read_chinese(told)):
        return
    for zone in (*measure_zones(case), *problem_zones(case)):
        for given in _GIVEN.finditer(case.flat, zone.start, zone.end):
            name = given["name"]
            if case.flat.count(name) == 1 and not any(_called(name, office) for office in own):
                span = Span(given.start("name"), given.end("name"))
                message = f"措施写由“{name}”办理，基本情况里列出的{len(own)}个内设机构没有它，可能是从其他单位抄来的"
                yield case.finding("R41", span, message, stated=name, also=(Span(match.start("list"), match.end()),))
                return


def _called(name: str, office: str) -> bool:
    """Whether a name may be short for an office, or the other way: 计财股 of 计划财务股."""
    short, long = sorted((name[:-1], office[:-1]), key=len)
    rest = iter(long)
    return all(character in rest for character in short) or len(set(short) & set(long)) >= max(2, len(short) - 1)
