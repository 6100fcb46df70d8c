"""R41: another body in the place of 'we': its party group at the head of one's own evaluation, its section made responsible for one's own measure."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.residue import as_of_another, is_another, is_superior
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_OFFICE = r"(?:局|委员会|办公室|联合会|中心|院|馆|学校|中学|小学|站|残联|妇联|工商联|科协|文联)"
_CHAR = r"(?:(?![将报经由对把])[\u4e00-\u9fff])"  # of a name, and no word that runs into it
# 「县文化和旅游局党组高度重视，成立自评小组」
_LED = pattern(
    rf"(?:^|(?<=[。;,:\n\t经由报交]))(?P<name>(?:{_CHAR}{{2,4}}?[市县区旗州]|[市县区旗州]){_CHAR}{{0,10}}?{_OFFICE})"
    r"(?:党组|党委|党总支|党支部|领导班子|班子|主要领导|主要负责人)(?:成员)?(?:会议?|扩大会议?)?(?:对此|对[^,。;]{2,10})?,?(?:高度|十分|非常)?(?:进行了?)?(?:集体)?(?:重视|专题研究|多次研究|召开|带头|统一部署|审议|审定|审核|审查|研究|讨论)",
    re.MULTILINE,
)
_OWN_MATTER = pattern(r"自评|初评|绩效评价|绩效管理|评价小组|评价工作")
# 「文化馆读者服务部在2024年3月底前恢复全部时段开放」, in a library's report
_PART = pattern(
    r"(?:^|(?<=[。;,\n\t由]))(?P<name>[\u4e00-\u9fff]{2,8}?(?P<kind>馆|医院|学校|中学|小学|站|中心|院|局|所))"
    r"(?P<part>[\u4e00-\u9fff]{2,6}?(?:部|股|科|室|处|组))(?=在20|于20|20\d\d|负责|牵头|将|在\d|于\d)",
    re.MULTILINE,
)
_RUN_ON = pattern(r"^.*(?:由|请|经|会同|报送?)(?=[\u4e00-\u9fff]{2})")  # words that run into a name
_OF_US = pattern(r"^(?:我|本|该|各|全|由|经)")
_MEASURES = ("存在问题", "相关建议", "问题与建议")


def speaking_bodies(case: Case) -> Iterator[Finding]:
    """Another body that is told as only the unit itself would be."""
    own = re.sub(r"\s|\(.*?\)", "", case.found.department)
    if len(own) < _NAMED:
        return
    for match in _LED.finditer(case.flat) if "重视" in case.flat or "党" in case.flat or "领导" in case.flat else ():
        name = match["name"]
        told = case.flat[case.sentence(match.start()).start : match.end() + _BEHIND]
        if not _OWN_MATTER.search(told) or not is_another(name, own) or is_superior(case, name):
            continue
        if case.flat.count(name) <= _ONCE_OR_TWICE:
            yield as_of_another(case, Span(match.start("name"), match.end()), name)
    yield from _parts(case, own)


_NAMED = 5  # characters of a department's name
_BEHIND = 60  # characters behind a body in which it is told what it did
_ONCE_OR_TWICE = 2


def _parts(case: Case, own: str) -> Iterator[Finding]:
    """A section that this report knows as its own, under the name of another body of the same kind."""
    for match in _PART.finditer(case.flat):
        name, part = _RUN_ON.sub("", match["name"]), match["part"]
        if case.chapter_key(match.start()) not in _MEASURES or not own.endswith(match["kind"]) or _OF_US.match(name):
            continue
        known = case.flat.count(part) > case.flat.count(name + part)
        if known and case.flat.count(name) == 1 and name not in own and not all(c in own for c in name):
            yield as_of_another(case, Span(match.start("name"), match.end("part")), name)
