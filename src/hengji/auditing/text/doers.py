"""R41: another body of this level named as the doer of what every body does for itself: 「县残疾人联合会先后制定财务、采购、资产5项制度」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.residue import as_of_another, is_another
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DOER = pattern(
    r"(?:^|(?<=[。;,\n\t])|(?<=\d\.)|(?<=[按依参]照)|(?<=[依根]据))(?:20\d\d年(?:度)?,?|全年,?|年内,?)?(?P<name>(?:[\u4e00-\u9fff]{2,4}?[市县区旗]|[市县区旗])[\u4e00-\u9fff]{2,10}?(?:局|委员会|联合会|协会|馆|党校))"
    r"(?=(?P<matter>[^。;\n\t,]{0,40}))",
    re.MULTILINE,
)
# What a body has and does for itself, right behind its name.
_OWN_MATTER = pattern(
    r"^(?:党[组委])?(?:20\d\d年|全年|先后|已|均|严格|不断|积极|共|累计|进一步)*"
    r"(?:(?:制定|修订|建立|完善|健全|出台|执行|落实|印发)(?:了|健全|完善|并完善)?[^,。;]{0,24}(?:(?:财务|采购|资产|合同|差旅|报销|内控|收支|预算)[^,。;]{0,16}制度|内部控制(?:手册|制度)|内控(?:手册|制度))"
    r"|(?:的)?(?:全部|各项)?(?:[\"“]?三公[\"”]?经费|固定资产|内部控制|内控|在编|预算执行(?:率|进度)|部门预算|部门整体|整体支出|自评工作|绩效自评|财务(?:管理)?制度)"
    r"|(?:成立|组建)[^,。;]{0,12}(?:自评|绩效)[^,。;]{0,8}(?:小组|工作组|专班)"
    r"|[^,。;]{0,16}(?:本单位|本部门)(?:的)?(?:预算|财务|资产|绩效|内控))"
)
_OF_OTHERS = pattern(
    r"指导|监督|检查|抽查|批复|下达|考核|通报(?!\d)|转发|审核|要求|配合|联合|会同|协助|与本|与我|本局|我局|统一|调度|共同|牵头"
)
_ONCE_OR_TWICE = 2


def others_as_doers(case: Case) -> Iterator[Finding]:
    """Another body, named once or twice and not as one above, that does this one's own housekeeping."""
    own = re.sub(r"\s|\(.*?\)", "", case.found.department)
    for match in _DOER.finditer(case.flat) if own else ():
        name = match["name"]
        if _OWN_MATTER.match(match["matter"]) is None or _OF_OTHERS.search(match["matter"]):
            continue
        if case.flat.count(name) <= _ONCE_OR_TWICE and name not in own and is_another(name, own):
            yield as_of_another(case, Span(match.start("name"), case.sentence(match.start("name")).end), name)
