"""R41: the same office of another place where this one speaks: the draft was written there."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# What stands before a unit's name and is no place.
NO_PLACE = pattern(
    r"隶属|归口|预算|决算|承担|履行|行使|拟订|下达|拨付|转拨|分配|配合|协助|联合|协同|邀请|抄送|移送|移交|提请|报请|督促|参加|接受|采用|选用|评分|得分|标准|年|月|依|据|照|改造|建设|新建|[我全本该各原送交到给入及]$|县级|市级|区级|经|由|向|报|受|请|获|其中|管理|负责|指导|下属|所属|下设|设有|包括|内设|统筹|推进|服务|开展|组织|会|从|在|将|被|为|对|以|其|是|有|和|与|按"
)
_ACTED = pattern(
    r"(?:20\d\d年)?(?:全年|共|累计|完成|实际|组织|开展|认真|严格|坚持|紧紧|深入|积极|全面|切实|高度|年初|按照|根据|以)"
)
_WITH_OTHERS = pattern(r"学习|借鉴|联合|会同|对接|兄弟|邻|考察|交流|移交|来函|协查|对口|相比|高于|低于|先进经验")
_PLACE = pattern(r"^[\u4e00-\u9fff]{2,4}?(?P<level>[市县区旗])")
# What only the unit itself has: 「安浦县水务局的各项内控制度」.
_OWN_MATTERS = pattern(
    r"的?(?:各项|各类|全部|现行|本级|机关)*(?:内控|内部控制|内部管理|财务(?:管理|制度|支出)|管理制度|规章制度|固定资产|部门预算|部门整体|整体支出|绩效(?:目标|自评|管理)|自评|在编|在职|编制|预算(?:编制|执行|安排)|职能配置|党组|领导班子|[\"“]三公|基本支出|项目支出|总支出)"
)
_TWICE = 2  # as often as a slip stands


def same_office_elsewhere(case: Case, name: str, own: str, sentence: Span) -> bool:
    """Whether a sentence begins with the same office of another place, which does what this one should have done."""
    theirs, ours = _PLACE.match(name), _PLACE.match(own)
    if (
        theirs is None
        or ours is None
        or NO_PLACE.search(theirs[0][:-1])
        or name[theirs.end() :] != own[ours.end() :]
        or not elsewhere(name, own)
    ):
        return False
    text = case.text(sentence)
    acted = _ACTED.match(text, text.find(name) + len(name)) is not None
    return acted and _WITH_OTHERS.search(text) is None and case.flat.count(name) <= _TWICE


def elsewhere(name: str, own: str) -> bool:
    """Whether a name is that of the same office in another place of the same level."""
    theirs, ours = _PLACE.match(name), _PLACE.match(own)
    if theirs is None or ours is None or theirs[0] == ours[0]:
        return False
    return (theirs["level"] == "市") == (ours["level"] == "市")


def own_matters_elsewhere(case: Case, own: str) -> Iterator[Span]:
    """The same office of another place, in the middle of a sentence on what only the unit itself has."""
    ours = _PLACE.match(own)
    office = own[ours.end() :] if ours is not None else ""
    if ours is None or len(office) < len("水利局"):
        return
    for start, end in _places_of(case.flat, f"{ours['level']}{office}"):
        name = case.flat[start:end]
        if not elsewhere(name, own) or name.endswith(own) or NO_PLACE.search(name[: -len(office) - 1]):
            continue
        sentence = case.text(case.sentence(start))
        own_matter = _OWN_MATTERS.match(case.flat, end) is not None
        if own_matter and _WITH_OTHERS.search(sentence) is None and case.flat.count(name) <= _TWICE:
            yield Span(start, end)


_PLACE_BEFORE = pattern(r"(?<=[,。;:\n.、 ])[\u4e00-\u9fff]{2,3}$")
_LONGEST_PLACE = 3  # characters


def _places_of(text: str, office: str) -> Iterator[tuple[int, int]]:
    """From where to where an office stands with the name of a place that opens a clause."""
    at = text.find(office)
    while at >= 0:
        place = _PLACE_BEFORE.search(text, max(0, at - _LONGEST_PLACE), at)
        if place is not None:
            yield place.start(), at + len(office)
        at = text.find(office, at + len(office))


# What every body has of its own for its money, its property and its evaluation: 「县妇联财务室」, 「市体育局自评工作小组」.
_OWN_PARTS = pattern(
    r"(?:^|(?<=[由经会同对,。;、:\n\t\d次]))(?P<name>(?:[\u4e00-\u9fff]{2,4}?[省市县区旗州]|[省市县区旗])[\u4e00-\u9fff]{1,10}?(?:局|委员会|中心|联合会|联|院|馆|小学|中学|学校))(?:机关)?"
    r"(?P<part>财务[室股科]|计财[股科]|(?:自评|绩效(?:评价|自评|管理)?|资产(?:管理|清查)?|内控|内部控制|采购)(?:工作|领导|管理)?(?:小组|工作组|专班))",
    re.MULTILINE,
)


def parts_of_another(case: Case) -> Iterator[tuple[Span, str]]:
    """A finance office or a working group of another body, told once, that does what only one's own does; with the body's name."""
    for match in _OWN_PARTS.finditer(case.flat):
        name = match["name"]
        if _COMES_TO_US.match(case.flat, match.end()):
            continue  # a superior's office that came to look
        if case.flat.count(name) == 1 and _WITH_OTHERS.search(case.text(case.sentence(match.start()))) is None:
            yield Span(match.start(), match.end()), name


_COMES_TO_US = pattern(
    r"(?:派[人员出]|来我?|到我|到校|现场|进行|组织|开展)?[^,。;]{0,4}(?:核查|抽查|检查|复核|审核|督查|督导|复审)"
)


# 「县卫生监督所的罚没收入做到收缴分离」: how another body keeps its own money, as what a leaf has to show
_KEEPS = pattern(
    r"(?:^|(?<=[,。;:、\n\t]))(?P<name>(?:[\u4e00-\u9fff]{2,4}?[县市区旗州]|[县市区旗])[\u4e00-\u9fff]{2,10}?(?P<kind>局|委员会|联合会|中心|所|队|站|院|馆|校|中学|小学))的?"
    r"(?:各项|各类|全部)?(?:罚没|非税|收费|经费|资金|财务|账务|支出|会计|资产|固定资产|公务用车|公务接待|采购|合同|票据|往来|预算|报销)[\u4e00-\u9fff、]{0,8}?(?:均|都|全部|能够|能|严格)?(?:做到|实行|执行|实现|落实|坚持|遵循|纳入|通过|符合|履行)",
    re.MULTILINE,
)
_OFFICES = ("局", "委员会", "联合会")
_BELONGS = pattern(r"下属|所属|下辖|下设|直属|管理的|代管|二级|主管|拨付|补助|承担|实施|建设|采购人|牵头|项目")


def money_of_another(case: Case, own: str) -> Iterator[tuple[Span, str]]:
    """How another body of the same kind, told of once, keeps its money, in a scored leaf; with the body's name."""
    office = own.endswith((*_OFFICES, "委", "政府"))
    for match in _KEEPS.finditer(case.flat) if case.found.items else ():
        name, item = match["name"], case.item_at(match.start())
        if item is None or not item.claimed or case.flat.count(name) != 1 or (match["kind"] in _OFFICES) != office:
            continue
        sentence = case.text(case.sentence(match.start()))
        if _BELONGS.search(sentence) is None and _WITH_OTHERS.search(sentence) is None:
            yield Span(match.start(), match.end()), name


_ORDER_OF = pattern(
    r"(?:按照|依据|根据|执行|遵照)《?(?P<name>[\u4e00-\u9fff]{2,4}(?:街道|镇|乡))(?=[\u4e00-\u9fff]{2,20}(?:办法|制度|细则|规定))"
)


def rules_of_another(case: Case, own: str) -> Iterator[Finding]:
    """A street's or town's report that follows the rules of another one."""
    if not re.search(r"街道|镇|乡", own):
        return
    for match in _ORDER_OF.finditer(case.flat):
        if match["name"] not in own:
            span = Span(match.start("name"), match.end("name"))
            message = f"这里写“{match['name']}”的制度，本报告的单位是“{case.found.department}”，可能是从其他单位抄来的"
            yield case.finding("R41", span, message, stated=match["name"], recomputed=case.found.department)
