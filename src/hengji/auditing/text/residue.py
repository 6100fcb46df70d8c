"""R41: what a template left behind, and names of other units where this one speaks or acts."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.elsewhere import (
    NO_PLACE,
    elsewhere,
    money_of_another,
    own_matters_elsewhere,
    parts_of_another,
    rules_of_another,
    same_office_elsewhere,
)
from hengji.auditing.wording import OTHERS, matches_from, told_times
from hengji.library.texts import load_person_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_STARS = frozenset("*＊")
_COVERED = pattern(
    r"(?:负责人|填报人|联系人|经办人|审核人|姓\s?名|电话)[:：\s]*[\u4e00-\u9fff]{0,2}$|[\u4e00-\u9fff]同志|[\d*＊]$"
)
_PERSON = pattern(
    r"(?:负责人|填报人|联系人|经办人|审核人|姓名|患者|学生|村民|职工|当事人|受助人)(?P<told>[^,。;]{1,11})$"
)
_GIVEN_NAME = 2  # characters
RESIDUE = pattern(
    r"(?<![A-Za-z0-9-])[Xx×＊*]{2,}(?![A-Za-z0-9-])(?:[县市区局办委元个%万年])?|【[^】]{0,24}】|\((?:单位|部门)名称\)|\(此处[^)]{0,20}\)|\((?:填写|填列|简述|简要(?:说明|概述))[^()]{2,20}\)|此处(?:填写|填列|写)|（\s*）|_{4,}|＿{3,}|(?:填写|填报)说明[:：](?![^\n]{0,60}20\d\d\s?年(?![^\n]*[应请需填]))|\(注[:：]?请[^)]{2,40}\)|请(?:在此|填写|根据[^。,;]{0,6}实际|结合[^。,]{0,8}实际|按实际|逐项填)[^。]{0,16}|示例[:：]|\((?:示例|样例|范例|模板|样表)\)|\((?:字数)?[^()\d]{0,6}\d{2,4}字(?:以内|左右|内)?\)|\((?:数据|内容|此处|金额|情况)?待(?:补充|填|核实|完善)[^()]{0,6}\)|\(\s*\)(?=公里|万元|[个人项次户处亩份家名]|年度|%)|(?<![\u4e00-\u9fff])某年(?:某月)?|某某(?:省|市|县|区|镇|乡|街道|局(?!长)|委员会|项目)|(?:对照|结合|针对|简述|请?说明|描述)[^。;,\n\t()]{2,24}[^。;\n\t()]{0,40}\((?:限)?\d{2,4}字(?:以内|左右|内)\)"
)
_MAY_BEGIN = pattern(r"[Xx×＊*【(此（_＿填请示对结针简说描某]")  # the first characters of these


_LINES = frozenset("_＿")
_OF_A_DAY = pattern(r"\s?[年月日]")


def residue(case: Case) -> Iterator[Finding]:
    """R41: what a template left behind, each kind of it told once, and names of other units where this one speaks."""
    left: dict[str, list[re.Match[str]]] = {}
    for match in matches_from(_MAY_BEGIN, RESIDUE, case.flat):
        if set(match[0]) <= _STARS and _COVERED.search(case.flat[max(0, match.start() - 12) : match.start()]):
            continue  # a name or number that somebody covered
        if set(match[0]) <= _LINES and _OF_A_DAY.match(case.flat, match.end()):
            continue  # a day left blank, which R30 tells
        person = _PERSON.search(case.flat[max(0, match.start() - 14) : match.start()])
        if (
            person is not None
            and len(match[0]) <= _GIVEN_NAME
            and person["told"].endswith(load_person_words().surnames)
        ):
            continue  # a person's name left out on purpose: 「联系人为财务股王××」
        text = match[0]
        if text.startswith("【") and (_FORM_WORDS.search(text) is None or case.flat.startswith(_SAID_OF, match.end())):
            continue  # 「【决策类，20分】」 heads, 「【自评】」 labels; 「【 】内前为满分、后为得分」 explains
        kind = "X" if text[0] in _CROSSES else "hint" if text.endswith(_HINTS) else text
        left.setdefault(kind, []).append(match)
    for same in left.values():
        places = [Span(match.start(), match.end()) for match in same]
        message = f"“{same[0][0]}”像是模板里没有替换的内容{told_times(len(same))}"
        yield case.finding("R41", places[0], message, stated=same[0][0], also=places[1 : OTHERS + 1])
    yield from _other_unit(case)


_SAID_OF = ("内前", "内为", "内的", "中的", "里的", "内数", "内是", "中为", "内分")


# What brackets hold that a form printed to be filled in: nothing, a hint how to, or the kind of thing that belongs there.
_FORM_WORDS = pattern(
    r"^【[\s_＿.…·]*】$|此处|填[写报列入]|待[补填核定]|请(?!示)|示例|样例|如有|可选|注[:：]|[Xx×]{2}|(?<!指标)名称】$"
    r"|^【(?:填报|主管|预算|本)?(?:单位|部门|项目|地区|地方|姓名|[责填经联负][任报办系责]人|日期|时间|年份|年度|金额|数据|数字|数量)】$"
)

_CROSSES = "Xx×＊*"
_HINTS = ("字以内)", "字左右)", "字内)")  # how a form says what is to be written in a cell


_YEAR_FIRST = pattern(
    r"^(?:20\d\d年(?:度)?|本年度|全年|年内|一年来|近年来|报告期内|总体(?:来)?看|总的来[看说]|综上(?:所述)?|综合来看|经自评),?"
)
_FIRST = ("20", "本年", "全年", "年内", "一年", "近年", "报告", "总", "综", "经自评")
_SPEAKS = pattern(
    r"(?!对照|报送|建议|根据|按照|经|由|向|请|受|及|并|全|我|本|省|自评|委托|会同|承[办担接]|负责|履行|[加下内]?[挂设辖])(?P<name>[\u4e00-\u9fff]{2,4}?[县市区旗州](?:[\u4e00-\u9fff]{2,10}?)(?:局|委员会|办公室|中心|联合会))(?!关于|印发|等|和|与|的|、|批复|下达|委托|审计|主办|牵头|组织的|表彰|通报|预算|对|会同|[监印编]?制(?![定度])|[监编]印|[《〔(])"
)


# What is written like an office and is none: estates, parks and committees of those who live there; words that a name runs into.
_NO_OFFICE = pattern(
    r"(?:小|社|园|景|灌|库|辖|片|厂|校)区|(?:业主|居民|村民|家长|职工|管理)委员会$|[因由经被将已]|[和与及或](?:局|中心|办公室|委员会)$"
)


_CONDUCT = pattern(
    r"[,]?(?:党组|党委)?(?:全体|干部职工|严格|认真|高度重视|切实|持续|始终|坚持|紧紧围绕|深入|积极|不断|进一步|制定|建立|印发|出台|20\d\d年|将(?:20\d\d年|绩效|自评|评价))"
)


_UNITS = r"(?:局|委员会|办公室|中心|联合会)"
_ACTS = r"(?:(?:党组|党委|领导班子)?(?:聚焦|锚定|紧扣|立足|紧盯)|(?:全面|圆满|较好地?|顺利)(?:完成|贯彻|落实)|将(?:继续|进一步|不断)|(?:继续|进一步)(?:加强|完善|提高|规范|强化)|全体|干部职工|严格(?:按|执行|落实)|认真(?:落实|贯彻|履行)|高度重视|切实加强|持续加强|始终)"
_UNIT_ACTS = pattern(_UNITS + _ACTS)
_NEARBY = pattern(
    rf"(?P<name>[市县区](?:(?<![^。;,是:].)|(?<=[我本].))(?:[\u4e00-\u9fff]{{2,10}}?){_UNITS})(?={_ACTS})"
)


_WE = pattern(r"我(?<![自本\"“].)(?P<kind>局|院|校|馆|站|委)(?![长领导属派托任员会])")


def _called_otherwise(case: Case, own: str) -> Iterator[Finding]:
    """A bureau that once calls itself a school or a museum: 「我院严格落实陪餐制度」 among so many 「我局」."""
    called: dict[str, list[int]] = {}
    for match in _WE.finditer(case.flat) if own[-1] in "局院校馆站会" else ():
        called.setdefault(match["kind"], []).append(match.start())
    kinds = {"会": "委"}.get(own[-1], own[-1])
    for kind, places in called.items():
        usual = len(called.get(kinds, ()))
        if (
            kind != kinds
            and kind not in own
            and len(places) <= _ONCE_OR_TWICE
            and (usual >= len(places) or (not usual and kind != "站"))
        ):
            span = Span(places[0], places[0] + 2)
            message = f"这里自称“我{kind}”，本报告的单位是“{case.found.department}”，可能是从其他单位抄来的"
            yield case.finding("R41", span, message, stated=f"我{kind}", recomputed=case.found.department)


# 「请区财政局加大对杨桥街道的财力支持」: who asks for money asks for its own
_ASKED_FOR = pattern(
    r"(?:[对给为向]|加大|增加|提高)(?P<name>(?![对给为向大各全我本该乡]|基层|有关|相关|重点|所辖|辖区|贫困|困难|偏远|受灾|试点)"
    r"(?:[\u4e00-\u9fff]{2,4}(?:街道|镇|乡)|[\u4e00-\u9fff]{0,3}[市县区旗][\u4e00-\u9fff]{2,8}(?:局|委员会)))(?:办事处|人民政府)?"
    r"(?:的|给予|予以|在)?(?:财力|财政|经费|资金|预算|公用|人员|转移支付|补助|投入|保障|倾斜|支持)"
)
_ASKS = pattern(r"请|建议|希望|争取")


def _asks_for_another(case: Case, own: str) -> Iterator[Finding]:
    """A report that asks for money for another unit, which it speaks of nowhere else."""
    street = re.search(r"街道|镇|乡", own) is not None
    for match in _ASKED_FOR.finditer(case.flat):
        name = match["name"]
        if (name.endswith(("街道", "镇", "乡")) and (not street or name in own)) or case.flat.count(name) > 1:
            continue
        if not name.endswith(("街道", "镇", "乡")) and not is_another(name, own):
            continue
        if _ASKS.search(case.text(case.sentence(match.start()))):
            yield as_of_another(case, Span(match.start("name"), match.end("name")), name)


def _nearby_unit(case: Case, own: str) -> Iterator[Finding]:
    """Another unit of the same place that speaks as this one does: 「市交通运输局全体干部职工严格……」."""
    for sentence, text in case.running if _UNIT_ACTS.search(case.flat) else ():
        for match in _NEARBY.finditer(text):
            name = match["name"]
            core = name[1:]
            if core in own or own[-len(core) :] == core or core[:2] in own or case.flat.count(name) > 2:
                continue
            act = case.flat[sentence.start + match.end("name") :][:2]
            if act not in ("全体", "干部") and (_OVER_ALL.search(core) or all(each in own for each in core)):
                continue
            start = sentence.start + match.start("name")
            message = f"这里写“{name}”，本报告的单位是“{case.found.department}”，可能是从其他单位抄来的"
            yield case.finding(
                "R41", Span(start, start + len(name)), message, stated=name, recomputed=case.found.department
            )


# Bodies whose papers and acts reach every unit.
_OVER_ALL = pattern(
    r"财政|审计|机关事务|国有资产|国资|纪|监察|组织部|编制|人力资源|人事|政府|党|人大|政协|档案|保密|税务|发展和改革|发改|公共资源|政务服务|网信|统计|司法"
)
_OFFICE = r"(?:局|委员会|办公室|办事处|中心|联合会|总队|支队|厅|委)"
_PAPER = pattern(
    rf"《(?P<name>(?:[\u4e00-\u9fff]{{2,4}}?[省市县区旗州]|[省市县区])[\u4e00-\u9fff]{{2,10}}?{_OFFICE})(?P<title>[^《》]{{0,6}}(?:机关|内部控制|内控|内部管理|财务|支出|经费|报销|差旅|采购|资产|固定资产|合同|印章|考勤|公务用车|公务接待|预算绩效|绩效管理|会计|三重一大|职能配置)[^《》]{{0,16}}(?:办法|制度|细则|规程|手册|规定|规范|汇编))》"
)
_INNER = pattern(
    r"(?:^|(?<=[。;,\n]))(?:20\d\d年(?:\d{1,2}月)?,?)?(?P<name>(?:[\u4e00-\u9fff]{2,4}?[市县区旗州]|[市县区])[\u4e00-\u9fff]{2,10}?(?:局|委员会|办公室|中心|联合会))(?:于?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月|年内|全年)?(?:组织|开展|完成|进行|对|制定|修订|建立)[^,。;]{0,8}(?:固定资产|资产(?:清查|盘点)|内控|内部控制|财务|报销|记账凭证|绩效自评|自评|预算编制|采购计划|干部考勤)"
)


_UNIT_DID = pattern(
    r"(?:局|委员会|办公室|中心|联合会)(?:[于\d年全]|组织|开展|完成|进行|对|制定|修订|建立)"
)  # stands in each of these


# The house rules of a school, museum or hospital bind nobody else.
_HOUSE_RULES = pattern(
    r"《(?P<name>[\u4e00-\u9fff]{2,8}?[省市县区旗州][\u4e00-\u9fff]{1,10}?(?:[馆校院站所队园]|学校|中学|小学))(?P<title>[^《》]{0,6}(?:内部控制|内控|内部管理|财务|报销|差旅|采购|固定资产|合同|印章|考勤|会计|三重一大)[^《》]{0,16}(?:办法|制度|细则|规程|手册|规定|规范))》"
)


def _house_rules_of_another(case: Case, own: str) -> Iterator[Finding]:
    """A house rule of another institution, followed as one's own: 《松岭县档案馆财务报销制度》."""
    for match in _HOUSE_RULES.finditer(case.flat):
        before = case.flat[max(0, match.start() - 12) : match.start()]
        core = re.sub(r"^.*?[省市县区旗州](?=[\u4e00-\u9fff]{2})", "", match["name"])
        if re.search("借鉴|转发|参考|学习", before) or ("参照" in before and _MODEL.match(case.flat, match.end())):
            continue
        if own.endswith(core) and elsewhere(match["name"], own):  # the same institution of another place
            if _KEPT.search(before):
                yield as_of_another(case, Span(match.start(), match.end()), match["name"])
            continue
        known = (
            core in case.flat.replace(match["name"], "") or core in _EVERY_ONE
        )  # one, or all, of its own institutions
        if not known and not all(c in own for c in core):
            yield as_of_another(case, Span(match.start(), match.end()), match["name"])


_KEPT = pattern("参照|执行|按照?|依据|遵照|落实|依照")
_MODEL = pattern(r"[^,。;]{0,16}(?:制定|修订|起草|拟定|完善|建立|编制|出台)")
_EVERY_ONE = ("中小学", "学校", "中学", "小学")


def _papers_of_another(case: Case, own: str) -> Iterator[Finding]:
    """An internal rule of another body of the same standing, listed as one's own: 《县教育局财务支出审批管理办法》."""
    if not re.search(r"(?:局|委员会|办公室|厅|委|联合会)$", own):
        return  # a subordinate body keeps the rules of the one above
    for match in _PAPER.finditer(case.flat):
        before = case.flat[max(0, match.start() - 12) : match.start()]
        of_all = "经费" in match["title"]  # a rule on some money may bind others than the body that made it
        another = (is_another(match["name"], own) and not of_all) or (
            _INTERNAL.search(match["title"]) and elsewhere(match["name"], own)
        )
        another = another or ("职能配置" in match["title"] and not set(core_of(match["name"])) & set(core_of(own)))
        if another and not re.search(r"参照|借鉴|转发|参考|学习", before):
            yield as_of_another(case, Span(match.start(), match.end()), match["name"])


_INTERNAL = pattern(
    r"内部控制|内控|内部管理|报销|差旅|考勤|印章|三重一大|经费[^《》]{0,8}(?:制度|办法|细则)|制度$"
)  # papers that bind nobody but the body itself


def _acts_of_another(case: Case, own: str) -> Iterator[Finding]:
    """Another body that does what only this one does for itself: 「市医疗保障局于2023年10月组织固定资产清查」."""
    for match in _INNER.finditer(case.flat) if _UNIT_DID.search(case.flat) else ():
        if is_another(match["name"], own) and not re.search(r"经|由|与|会同|向|请", match["name"][:2]):
            start = match.start("name")
            yield as_of_another(case, Span(start, case.sentence(start).end), match["name"])


# 「由县水利局建管股在2024年6月底前完成」: a section of another body made responsible for one's own measure
_RESPONSIBLE = pattern(
    rf"(?:由|责成|明确|(?<=[)。;、.\n\t]))(?P<name>(?:[\u4e00-\u9fff]{{2,4}}?[市县区旗州]|[市县区旗])[\u4e00-\u9fff]{{2,10}}?{_OFFICE}|[\u4e00-\u9fff]{{2,6}}(?:局|委员会|联合会))(?P<part>[\u4e00-\u9fff]{{2,6}}?(?:股|科|室|处))(?:负责|牵头|具体|在|于|20\d\d|\d{{1,2}}月|每|完成|制定|编制|按|对)"
)


_PART_ACTS = pattern(
    r"[股科室处](?:负责|牵头|具体|在|于|20\d\d|\d{1,2}月|每|完成|制定|编制|按|对)"
)  # stands in each of these


# 「经县水利局党组会议审议通过」: a meeting that only the body itself holds
_MEETING = pattern(
    rf"(?:经|提交|报)(?P<name>(?:[\u4e00-\u9fff]{{2,4}}?[省市县区旗州]|[省市县区])[\u4e00-\u9fff]{{2,10}}?{_OFFICE})(?:(?:党组|党委|党工委|局务|委务|办务|(?:局长|主任)办公|班子)(?:扩大)?会|(?:党组|党委|党工委|班子)(?:集体)?(?:研究|审议|审定|讨论))"
)


# 「由县水利局各股室填报数据」: the sections that only the body itself has
_SECTIONS = pattern(
    rf"(?P<name>(?:[\u4e00-\u9fff]{{2,4}}?[省市县区旗州]|(?<![\u4e00-\u9fff])[省市县区旗]|(?<=[由对是在])[省市县区旗])[\u4e00-\u9fff]{{2,10}}?{_OFFICE})(?:机关)?各(?:相关|有关|内设)?(?:股室|科室|处室|机构)"
)


def _sections_of_another(case: Case) -> Iterator[Finding]:
    """All sections of another body made to do this one's own work."""
    for match in _SECTIONS.finditer(case.flat) if _ALL_SECTIONS.search(case.flat) else ():
        name = _LEAD.sub("", match["name"])
        if case.flat.count(name) > _ONCE_OR_TWICE or not is_another(name, case.found.department):
            continue
        if not _TOGETHER.search(case.text(case.sentence(match.start()))):
            yield as_of_another(case, Span(match.end("name") - len(name), match.end()), name)


_ALL_SECTIONS = pattern("各(?:相关|有关|内设)?(?:股室|科室|处室|机构)")


def _meetings_of_another(case: Case) -> Iterator[Finding]:
    """A meeting of another body that decided on this one's own matters."""
    for match in _MEETING.finditer(case.flat):
        if is_another(match["name"], case.found.department):
            yield as_of_another(case, Span(match.start(), match.end()), match["name"])


# 「成立由县卫生健康局局长任组长的自评工作组」: the head of another body at the head of one's own group
_HEADED = pattern(
    rf"(?P<name>(?:[\u4e00-\u9fff]{{2,4}}?[市县区旗州]|[市县区旗])[\u4e00-\u9fff]{{2,10}}?{_OFFICE})(?:党组书记、?|党委书记、?)?"
    r"(?:(?:副)?(?:局长|主任|主席|院长|馆长|站长)|(?:主要|分管)?(?:负责人|领导))(?:同志)?(?:担任|任|为)(?:副)?组长"
)
_OWN_GROUP = pattern(r"自评|绩效|评价|内控|内部控制|预算|采购|资产")
# 「县交通运输局现有办公用房」: another body describes itself where this one should
_DESCRIBES = pattern(
    r"(?:^|(?<=[。;\n]))(?P<name>(?:[\u4e00-\u9fff]{2,4}?[市县区旗州]|[市县区旗])[\u4e00-\u9fff]{2,10}?(?<!分)(?:局|委员会|联合会))"
    r"(?=现有|共有|内设|下设|核定|实有|的?主要职责[是为])",
    re.MULTILINE,
)


def _heads_of_another(case: Case) -> Iterator[Finding]:
    """A group of this body's own that the head of another one leads; a description of another one as this one's."""
    for match in _HEADED.finditer(case.flat) if "组长" in case.flat else ():
        name = _LEAD.sub("", match["name"])
        own_group = _OWN_GROUP.search(case.text(case.sentence(match.start()))) is not None
        if own_group and is_another(name, case.found.department):
            yield as_of_another(case, Span(match.start() + len(match["name"]) - len(name), match.end()), name)
    described = case.chapter_span("基本情况")
    for match in _DESCRIBES.finditer(case.flat, *described) if described is not None else ():
        name = match["name"]
        if case.flat.count(name) <= _ONCE_OR_TWICE and is_another(name, case.found.department):
            yield as_of_another(case, Span(match.start(), match.end()), name)


_LEAD = pattern(r"^.*?[由以]")
_ONCE_OR_TWICE = 2


def _measures_of_another(case: Case) -> Iterator[Finding]:
    """A measure of this report that a section of another body is to take."""
    for match in _RESPONSIBLE.finditer(case.flat) if _PART_ACTS.search(case.flat) else ():
        key = case.chapter_key(match.start())
        if key not in ("存在问题", "相关建议", "问题与建议") or not is_another(match["name"], case.found.department):
            continue
        if not is_superior(case, match["name"]) and not _TOGETHER.search(case.text(case.sentence(match.start()))):
            yield as_of_another(case, Span(match.start("name"), match.end("part")), match["name"])


def is_superior(case: Case, name: str) -> bool:
    """Whether a report names a body as the one that it is under: 「主管部门：呼林县交通运输局」, 「是市生态环境局派出机构」."""
    named = re.escape(name)
    return (
        re.search(
            rf"主管(?:部门|单位|机关)(?:\(单位\))?[:是为\s|]{{0,4}}[\u4e00-\u9fff]{{0,6}}{named}|(?:隶属于?|[是系为]|归)[\u4e00-\u9fff]{{0,6}}{named}[\u4e00-\u9fff]{{0,4}}(?:管理|下属|所属|派出|直属|的)",
            case.flat,
        )
        is not None
    )


_TOGETHER = pattern(r"会同|配合|协调|联合|建议|提请")


def core_of(name: str) -> str:
    """A unit's name without its place and without what every office is called."""
    return re.sub(rf"^.*?[省市县区旗州](?=[\u4e00-\u9fff]{{2}})|{_OFFICE}$", "", name)


def is_another(name: str, own: str) -> bool:
    """Whether a name is neither this unit's, nor its superior's, nor that of a body over all."""
    core = core_of(name)
    shortened = all(character in own for character in core)  # 县卫健委 of 卫生健康委员会
    post = core.endswith("副")  # 「由分管副局长约谈」
    return len(core) > 1 and not shortened and not post and core[:2] not in own and not _OVER_ALL.search(core)


_SITUATED = pattern(r"位于|坐落|毗邻|地处")


def as_of_another(case: Case, span: Span, name: str) -> Finding:
    """The finding that a name is another unit's."""
    message = f"这里写“{name}”，本报告的单位是“{case.found.department}”，可能是从其他单位抄来的"
    return case.finding("R41", span, message, stated=name, recomputed=case.found.department)


# Where something stands is told by a place, no body that speaks: 「馆库位于县行政中心东侧」.
_ADDRESS = pattern(
    r"位于|坐落|地处|毗邻|紧邻|邻近|临近|距离?|[设建迁搬入落]在|(?:行政|政务|会议|会展|文体|活动|商业)中心$"
)
_SIDES = (*"东西南北旁侧内外院楼", "大楼", "办公楼", "附近", "对面")


_TO_US = pattern(r"[对向为给到与将把来]我[局委办院单会馆校站]|我[局委办院单会馆校站][^,。;]{0,8}(?:被|获|接受|的)")
_OF_A_KIND = pattern(r"每|各(?!项|股|科|处|室)|均|共?\d+[所个家座处]")  # 「区域性养老服务中心每所设床位60张」


def _matters_of_another(case: Case, own: str) -> Iterator[Finding]:
    """What only one's own body has, keeps or sets up, told of another one."""
    for span in own_matters_elsewhere(case, own):
        yield as_of_another(case, span, case.text(span))
    for span, name in (*parts_of_another(case), *money_of_another(case, own)):
        if is_another(name, own):
            yield as_of_another(case, span, name)


def _other_unit(case: Case) -> Iterator[Finding]:
    own = re.sub(r"\s|\(.*?\)", "", case.found.department)
    if len(own) < 5:
        return
    yield from _called_otherwise(case, own)
    yield from _nearby_unit(case, own)
    yield from rules_of_another(case, own)
    yield from _asks_for_another(case, own)
    yield from _papers_of_another(case, own)
    yield from _house_rules_of_another(case, own)
    yield from _acts_of_another(case, own)
    yield from _measures_of_another(case)
    yield from _sections_of_another(case)
    yield from _meetings_of_another(case)
    yield from _heads_of_another(case)
    yield from _matters_of_another(case, own)
    told = {word for value in case.found.cover.values() for word in re.split(r"[\s、，,]+", value)}
    for sentence, text in case.running:
        match = _SPEAKS.match(_YEAR_FIRST.sub("", text) if text.startswith(_FIRST) else text)
        if match is None or match["name"] in told or _NO_OFFICE.search(match["name"]):
            continue
        name = match["name"]
        if same_office_elsewhere(case, name, own, sentence):
            told.add(name)
            at = case.flat.find(name, sentence.start)
            yield as_of_another(case, Span(at, at + len(name)), name)
            continue
        if name in own or own in name or own[-4:] in name or name[-4:] in own or case.flat.count(name) > 2:
            continue
        if _ADDRESS.search(name) or case.flat.startswith(_SIDES, case.flat.find(name, sentence.start) + len(name)):
            continue
        place, after = (
            re.split(r"(?<=[县市区旗州])", name, maxsplit=1)[0],
            case.flat[case.flat.find(name, sentence.start) + len(name) :][:8],
        )
        if (after.startswith(("将", "20")) and _OVER_ALL.search(name)) or _OF_A_KIND.match(after):
            continue  # who uses every unit's results, or came on a day; things of which there are several
        if after.startswith("20") and _TO_US.search(text):
            continue
        if (
            NO_PLACE.search(place)
            or NO_PLACE.search(place[:-1])
            or (place == own[: len(place)] and not _CONDUCT.match(after))
        ):
            continue  # words before a unit of the same place, or one that is only spoken of
        if _SITUATED.search(name):
            continue  # where the unit is: 「馆库位于县行政中心东侧」
        told.add(name)
        at = case.flat.find(name, sentence.start)
        yield case.finding(
            "R41",
            Span(at, at + len(name)),
            f"这里写“{name}”，本报告的单位是“{case.found.department}”，可能是从其他单位抄来的",
            stated=name,
            recomputed=case.found.department,
        )
