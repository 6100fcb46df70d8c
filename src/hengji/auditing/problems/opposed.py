"""R18: what a leaf with full marks asserts, against a lack told elsewhere of the same object in the same aspect."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.problems.admitting import Admission, says_no
from hengji.auditing.problems.lacks import Lack, lacks_of
from hengji.auditing.problems.settled import tolerates
from hengji.auditing.wording import pairs_of
from hengji.library.aspects import Aspect, load_aspects
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A leaf with the words of its name, its account and its rule; the clause that asserts, and in which aspects."""

    item: ScoredItem
    name: str
    said: str
    rule: str
    claims: tuple[tuple[Span, frozenset[str]], ...]
    aspects: frozenset[str]
    asserts: bool  # in words, and not only by its rule
    none: frozenset[str]  # what it says there was none of
    accounts: tuple[Span, ...]


def opposed(case: Case, full: list[ScoredItem], lost: list[ScoredItem]) -> Iterator[Admission]:
    """The leaves with full marks whose assertion a lack contradicts: of all leaves the one that speaks most of what is lacking."""
    lacks = tuple(lacks_of(case)) if full else ()
    if not lacks:
        return
    ids = {id(item) for item in full}
    paid = {id(item) for item in lost}
    names = {item.name for item in case.found.items}
    accounts = [span for leaf in _leaves(case) for span in leaf.accounts]
    for lack in lacks:
        if case.text(lack.span).strip("0123456789.、() ") in names:
            continue
        if any(span.start <= lack.span.start < span.end for span in accounts):
            continue  # told by a leaf itself
        weighed = [(_nearness(case, lack, leaf), leaf) for leaf in _leaves(case)]
        against = [each for each in weighed if id(each[1].item) in ids and _contradicts(case, each[1], lack)]
        weight, leaf = max(against, key=lambda each: each[0], default=(0, None))
        if leaf is None or weight < _least(case, leaf, lack) or tolerates(case, leaf.item):
            continue
        if any(_is_nearer(other, weight, paid, each) for other, each in weighed if each is not leaf):
            continue
        yield Admission(lack.span, leaf.item, _claim(case, leaf, lack), sure=True)


def _least(case: Case, leaf: _Leaf, lack: Lack) -> int:
    """How near a leaf must be, in hundredths of a word: nearer where it asserts nothing in words, or the lack is told in passing."""
    least = _SILENT if not leaf.asserts else _LEAST
    kinds = [kind for kind in _KINDS if kind.search(case.text(lack.span))]
    own = f"{leaf.name} {leaf.said} {leaf.rule}"
    if kinds and not any(kind.search(own) for kind in kinds):
        least = _FOREIGN  # it names things of a kind that the leaf does not
    if not lack.problem:
        if lack.mended:
            return _FOREIGN * 10
        least += _PASSING if _COUNTED.search(case.text(lack.span)) else 2 * _PASSING
    return least


_LEAST, _SILENT, _PASSING, _FOREIGN = 110, 180, 60, 300


def _is_nearer(other: int, weight: int, paid: set[int], leaf: _Leaf) -> bool:
    """Whether another leaf is as near to a lack: one that lost points pays for it, another is the one that it is of."""
    if id(leaf.item) in paid:
        return other * _CLEAR[1] > weight * _CLEAR[0]
    return _GENERAL.search(leaf.name) is None and other * _FAR[1] > weight * _FAR[0]


_CLEAR, _FAR = (9, 10), (13, 10)  # what another leaf's nearness may be at most, to that of the leaf


@once
def _leaves(case: Case) -> tuple[_Leaf, ...]:
    return tuple(_leaf_of(case, item) for item in case.found.items)


def _leaf_of(case: Case, item: ScoredItem) -> _Leaf:
    said, rule = _account(case, item)
    text = " ".join(case.text(span) for span in said)
    claims = [(span, _kept(case.text(span))) for span in said]
    claims = [(span, aspects) for span, aspects in claims if aspects or _NONE.search(case.text(span))]
    counted = _counted_all(case, said)
    if counted is not None:
        claims.append((counted, frozenset(("完成",))))
    ruled = {aspect.name for aspect in load_aspects() if aspect.told.search(rule)}
    named = {aspect.name for aspect in load_aspects() if aspect.kept.search(item.name)}
    own = frozenset(aspect for _, aspects in claims for aspect in aspects)
    asked = {aspect.name for aspect in load_aspects() if aspect.kept.search(rule)}
    denied = {each for match in _NONE.finditer(text) for each in _told(match["what"])}
    asserts = bool(claims)
    if not claims and said and (ruled or asked):
        claims = [(Span(said[0].start, said[-1].end), frozenset())]
    aspects = own | denied | (frozenset(ruled | named | asked) if claims else frozenset())
    if "公开" in item.name:
        aspects &= {"公开"}
    elif named and "完成" not in named:
        aspects -= {"完成"} if "质量" not in named else {"完成", "时间"} - named
    aspects -= frozenset(aspect.name for aspect in load_aspects() if _tells(aspect, f"{item.name},{text}"))
    if _MONEY.search(f"{item.name} {text}") is None:
        aspects -= {"用款"}
    if _GENERAL.search(item.name) or _less_than_all(item, text):
        claims = []
    none = frozenset(
        word for match in _NONE.finditer(text) for word in pairs_of(match["what"]) if not _STOP.search(word)
    )
    return _Leaf(
        item, item.name, text, rule, tuple(claims), aspects, asserts, none, (item.body, *_told_apart(case, item))
    )


def _told(text: str) -> frozenset[str]:
    return frozenset(aspect.name for aspect in load_aspects() if aspect.told.search(text))


def _tells(aspect: Aspect, text: str) -> bool:
    """Whether a leaf's own account tells openly of a lack."""
    return any(
        not says_no(text[: match.start()]) and _NO.search(text[: match.start()]) is None
        for match in aspect.told.finditer(text)
    )


def _less_than_all(item: ScoredItem, text: str) -> bool:
    """Whether a leaf's account tells openly a rate below the hundred."""
    return item.name[-1:] in "率度" and any(_HALF < Decimal(m[1]) < _ALL for m in _RATE.finditer(text))


_NO = pattern(r"(?:没有|未|无|零|从未|没|不)\Z|无一[^,。;]{0,3}\Z")
_RATE = pattern(r"(?<![\d.])(\d{2}(?:\.\d+)?)\s?%")
_HALF, _ALL = Decimal(50), Decimal(100)
_MONEY = pattern(r"资金|经费|专款|财务|支出|付款|拨付|专项|款项|凭证|报销")
# Leaves that judge everything at once, or only papers.
_GENERAL = pattern(
    r"效益|效果|影响|目标|立项|依据|职责|制度(?:的)?(?:健全|建设|完善)(?:性|情况|度)?$|管理制度健全|实施程序|效能|预算编制|满意"
)
_NONE = pattern(r"(?:无|未(?:发生|出现|发现|有)?|没有(?:发生|出现|发现)?|零|不存在)(?P<what>[\u4e00-\u9fff]{2,10})")


def _account(case: Case, item: ScoredItem) -> tuple[list[Span], str]:
    """The clauses of a leaf's own account, and the words of its rule."""
    said: list[Span] = []
    rules = [item.rule, item.target]
    own = Span(item.body.start if item.table else max(item.body.start, item.span.end), item.body.end)
    for start, end in (own, *_told_apart(case, item)):
        _sort(case, item, Span(start, end), said, rules)
    return said, " ".join(rules)


def _told_apart(case: Case, item: ScoredItem) -> Iterator[Span]:
    """The lines elsewhere that open with a leaf's name: 「④往来款清理:年末往来科目无长期挂账」."""
    for match in re.finditer(re.escape(item.name), case.flat) if len(item.name) >= _NAME else ():
        at = match.start()
        if item.body.start <= at < item.body.end or case.in_table(at):
            continue
        line = case.flat.rfind("\n", 0, at) + 1
        if _MARK.fullmatch(case.flat, line, at) and _OPENS.match(case.flat, match.end()):
            end = case.flat.find("\n", at)
            yield Span(match.end(), end if end >= 0 else len(case.flat))


_NAME = 3  # characters
_MARK = pattern(r"[\s\u2460-\u2473\u3000()\d一二三四五六七八九十、.①-⑳甲乙丙丁·●■◆*-]*")
_OPENS = pattern(r"[:(—;,-]|\d+分")


def _sort(case: Case, item: ScoredItem, told: Span, said: list[Span], rules: list[str]) -> None:
    """Puts the clauses of an account where they belong: to what is said, or to the rule."""
    start = told.start
    brackets = [match.span() for match in _BRACKET.finditer(case.flat, start, told.end)]
    clauses = list(_CLAUSE.finditer(case.flat, start, told.end))
    for match, following in itertools.zip_longest(clauses, clauses[1:]):
        text = match[0].strip()
        if len(text) < _WORD or _SCORE.fullmatch(text) or text in (item.name, *item.path, item.target):
            continue
        if item.rule and text in item.rule:
            continue
        condition = text.endswith("的") and following is not None and RULED.search(following[0]) is not None
        inside = any(first <= match.start() < last for first, last in brackets)
        if inside or condition or RULED.search(text):
            rules.append(text)
        else:
            said.append(Span(match.start(), match.end()))


# A rule in brackets: 「(在用电梯、锅炉检查全覆盖,漏一台扣0.1分)」
_BRACKET = pattern(r"\([^()\n]*(?:扣|满分|不得分|[×xX*])[^()\n]*\)")
_WORD = 2  # characters
_CLAUSE = pattern(r"(?:[^,。;\n\t]|(?<=\d),(?=\d{3}))+")
_SCORE = pattern(r"[^\d扣漏少缺超]{0,12}\(?\d+(?:\.\d+)?分?\)?")
# 「少清1公里扣1分」, 「凡超进度付款的」, 「90%以上满分」
RULED = pattern(
    r"^(?:[评计打考][^,。;]{0,3}|完成)?(?:规则|方法|要点|标准|办法|依据|口径|目标值?|要求|要点)[:为]|[扣减](?:\s?\d[\d.]*\s?分)|扣(?:分|完|减|除)|^(?:凡|要求|每[^,。;]{0,10}(?:扣|得))|(?:得|计|记)?满分(?=[,。;]|$)|不得分|的,?得\s?\d|以[上内下](?:\([^)]*\))?(?:得|计|满)"
)


def _kept(text: str) -> frozenset[str]:
    """In which aspects a clause says that all is well."""
    if _PART.search(text):
        return frozenset()
    return frozenset(aspect.name for aspect in load_aspects() if aspect.kept.search(text))


_PART = pattern(r"除[^,。;]{1,20}外|大部分|基本|多数|其[余中他]")


def _counted_all(case: Case, said: list[Span]) -> Span | None:
    """The clauses that tell of as many done as there were to do: 「受理88件,88件办结」."""
    seen: dict[tuple[str, str], Span] = {}
    for span in said:
        for count in _COUNTED.findall(case.text(span)):
            if count in seen and count[1] not in _NO_UNITS:
                return Span(seen[count].start, span.end)
            seen[count] = span
    return None


_COUNTED = pattern(r"(?<![\d.])(\d[\d,.]*|[一二两三四五六七八九十])\s?(公里|平方米|人次|[\u4e00-\u9fff])")
_NO_UNITS = "年月日天元万亿分时点"


def _contradicts(case: Case, leaf: _Leaf, lack: Lack) -> bool:
    """Whether a leaf asserts something in an aspect that is told to be lacking; a state that was made good is none."""
    if not leaf.claims:
        return False
    told = case.text(lack.span)
    steps, own = set(_STEP.findall(told)), set(_STEP.findall(leaf.name))
    if steps and own and not steps & own:
        return False
    if _COUNTS.search(leaf.name) and (not _COUNTED.search(told) or _ONLY_LATE.search(told)):
        return False
    lacking = lack.aspects | ({"时间"} if "完成" in lack.aspects else frozenset())  # not done is not done in time
    shared = leaf.aspects & lacking
    if (
        "未做" in lack.aspects
        and lack.problem
        and leaf.aspects & {"完成", "时间", "使用"}
        and _left_undone(case, leaf, lack)
    ):
        shared |= {"未做"}
    if lack.mended and not leaf.none & pairs_of(told) and not _AT_ONCE.search(leaf.said):
        shared -= {aspect.name for aspect in load_aspects() if aspect.state}
    return bool(shared)


_STEP = pattern(
    "签订|备案|公开|公告|公示|验收|支付|归档|盘点|报送|申报|立项|监控|自评|决算|编制"
)  # of a course of things
_COUNTS = pattern(r"(?:数量?|[人场班期批户]次?|人数|次数|面积|长度|里程|[成户期台套处个]数|规模)$")
_ONLY_LATE = pattern(r"滞后|停工|延期|推迟|迟|晚")


def _left_undone(case: Case, leaf: _Leaf, lack: Lack) -> bool:
    """Whether what a clause says was not done is what a leaf says was: 「没有补演」, 「48场逐村演完」."""
    own = set(f"{leaf.name}{' '.join(case.text(span) for span, _ in leaf.claims)}")
    return any(set(match["act"]) & own - _COMMON for match in _NOT_DONE.finditer(case.text(lack.span)))


_NOT_DONE = pattern(r"(?:未能?|没(?:有|能)?|再没|再未)(?:人|谁|再)?(?P<act>[\u4e00-\u9fff]{1,3})")
_COMMON = set("的了在有到得能人一个上下年月日时成为于和与及全部均都已完按期及时率数分按不无未没")
_AT_ONCE = pattern("一次|首次")  # what is right only afterwards was not


def _claim(case: Case, leaf: _Leaf, lack: Lack) -> Span:
    """The clause that asserts what a lack contradicts: of the same aspect, and with most of its words."""
    words = pairs_of(case.text(lack.sentence))
    return max(
        leaf.claims,
        key=lambda each: (
            bool((each[1] & lack.aspects) - {"完成"}),
            bool(each[1] & lack.aspects),
            len(words & pairs_of(case.text(each[0]))),
        ),
    )[0]


def _nearness(case: Case, lack: Lack, leaf: _Leaf) -> int:
    """How much a leaf speaks of what is lacking, in hundredths of a word that no other leaf has."""
    core = case.text(lack.span)
    before = case.flat[lack.sentence.start : lack.span.start]
    near, far, head = pairs_of(core), pairs_of(before), pairs_of(_heading(case, lack))
    own, ruled = pairs_of(f"{leaf.name} {leaf.said}"), pairs_of(leaf.rule)
    counted = _frequency(case)
    weight = 0
    for pair in (near | far | head) & (own | ruled):
        if not _STOP.search(pair):
            each = _RARITY.get(counted[pair], 10) * (100 if pair in own else 60)
            weight += each * (100 if pair in near else 70 if pair in far else 50) // 10000
    told, claims = f"{before}{core}", " ".join(case.text(span) for span, _ in leaf.claims)
    for kind, named, all_of in _kinds(case):
        if kind.search(told):
            if kind.search(leaf.name):
                weight += 80 * _KIND_RARITY.get(named, 25) // 100
            elif kind.search(claims):
                weight += 60 * _KIND_RARITY.get(all_of, 25) // 100
    weight += _JUDGED * any(told_of.search(core) and judge.search(leaf.name) for told_of, judge in _JUDGES)
    weight += 100 * bool(leaf.none & near)
    counts, own_counts = set(_COUNTED.findall(told)), set(_COUNTED.findall(leaf.said))
    units = {unit for _, unit in counts} & {unit for _, unit in own_counts} - set(_NO_UNITS) - {"个"}
    same = {(n, unit) for n, unit in counts & own_counts if unit not in _NO_UNITS and n.isdigit() and int(n) > _FEW}
    return weight + 50 * bool(units) + 100 * bool(same)


_JUDGED = 110
# What is told of money, purchases, books and things, and the leaves that judge it by their names.
_JUDGES = tuple(
    (pattern(told), pattern(leaf))
    for told, leaf in (
        (
            r"白条|挪|挤占|付款|付到|审批单|报销|垫付|现金|坐支|截留|先付|票据|多付|多拨",
            r"资金(?:使用|支出|管理)|资金(?:合规|安全)|财务(?!制度健全)|支出(?:合规|规范)|专款|专项资金|会计",
        ),
        (r"采购|购买|购置|商户|招标|询价|供应商|供货商|电子卖场|中标", r"采购|招标|招投标"),
        (r"挂账|往来|应收|应付|暂付|押金|保证金|借款|借给|周转金|备用金", r"往来|财务|会计|债权"),
        (r"账(?![户号])|实物|盘|遗失|丢失|报废|闲置|空置|入账|登记|卡片|找不到|去向|下落", r"资产(?!配置|收益)"),
    )
)
_FEW = 9  # larger numbers are not the same by chance


def _heading(case: Case, lack: Lack) -> str:
    """What a problem opens with, before the sentence of a lack: 「5.2补贴发放环节衔接不畅」."""
    line = case.flat.rfind("\n", 0, lack.sentence.start) + 1
    text = case.flat[line : lack.sentence.start]
    return text if lack.problem and len(text) < _SHORT and _OPENED.match(text) else ""


_SHORT = 60  # characters
_OPENED = pattern(
    r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}[、是]|\d{1,2}(?:\.\d{1,2})?[.、\s]?(?=[\u4e00-\u9fff])(?![万亿元]))"
)


_RARITY = {1: 100, 2: 60, 3: 35}
_KIND_RARITY = {1: 100, 2: 80, 3: 60, 4: 40}
_STOP = pattern(
    r"[年月日个未没有已均全各每\d不至到后前中的了]|其中|同时|情况|存在|出现|发生|造成|影响|导致|仍|尚|情形|问题|现象|行为|事项|及时|按期|按时|如期|合格|达标|规范|合规|手续|审批|支付|局|财政|审计|检查|小时|分钟"
)


@once
def _frequency(case: Case) -> Counter[str]:
    """How many leaves have each pair of characters."""
    return Counter(pair for leaf in _leaves(case) for pair in pairs_of(f"{leaf.name} {leaf.said} {leaf.rule}"))


@once
def _kinds(case: Case) -> tuple[tuple[re.Pattern[str], int, int], ...]:
    """The kinds of things, of how many leaves' names each is, and of how many that name or assert it."""
    texts = [
        (leaf.name, " ".join((leaf.name, *(case.text(span) for span, _ in leaf.claims)))) for leaf in _leaves(case)
    ]
    return tuple(
        (kind, sum(1 for name, _ in texts if kind.search(name)), sum(1 for _, text in texts if kind.search(text)))
        for kind in _KINDS
    )


# Words for things of one kind.
_KINDS = tuple(
    pattern(form)
    for form in (
        r"资产|设备|仪|电脑|笔记本|车|打印机|相机|摄像|家具|空调|无人机|水泵|投影|服务器|卡片|器材|机",
        r"盘点|清点|清查|账实|账物|实物",
        r"资金|专款|专项|补助|补贴|经费|款|奖补|拨付|付到|支付",
        r"采购|招标|询价|购置|供应商|供货|中标|招投标",
        r"工程|标段|施工|路段|片区|项目区|工地|管网|路面",
        r"凭证|报销|票据|白条|发票|列支|财务|支付凭|现金支",
        r"合同|协议|签约|签订",
        r"公务用?车|车辆|执法车|加油|油卡|油费|燃油|用车",
        r"接待|公函|陪餐|用餐",
        r"会议|会务",
        r"培训|学员|课程|班次|讲座|开班|期班|两期|一期",
        r"编外|临聘|聘用|编制内|在编|超编|借调",
        r"档案|卷宗|归档|案卷|立卷",
        r"药品|药|试剂|疫苗|耗材",
        r"物资|帐篷|储备|库存|仓库|棉被",
        r"信访|工单|热线|诉求|投诉|来信|举报",
        r"低保|救助|特困|困难户|优抚|高龄|残疾人|补助对象|领取人|对象",
        r"搬迁|住户|住房|危房|房屋|用房|房间|宿舍",
        r"软件|系统|平台|网站|信息化|数据库",
        r"安全|事故|火灾|受伤|伤亡",
        r"满意|评价|测评|问卷",
        r"台账|登记|记录|日志",
        r"现金|公务卡|报销|刷卡|结算",
        r"考核|打分|评分|监督",
        r"验收|竣工|完工",
        r"巡查|巡护|巡检|巡河|巡山",
    )
)
