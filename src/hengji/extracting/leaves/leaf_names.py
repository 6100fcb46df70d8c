"""What can be the name of an indicator, and which words in front of a number of points are one."""

import re

from hengji.extracting.list_numbers import NOT_A_MONTH, OPENS_NAME
from hengji.model.patterns import pattern

_LEADS = pattern(
    r"^(?:其中|另外|此外|[一二三四五六七八九十]是|以及|(?:首先|其次|再次|再者|最后)(?:是|为)?|先是)?(?:至于|关于|对于|对(?=\")|指标(?:\d+:?|:|[一二三四五六七八九十]{1,3}(?!级)[ 、:.]*)|[一二三四]级指标(?=[\u4e00-\u9fff]{4}|\d{3,6}[\u4e00-\u9fff]))?"
    r"(?:(?:主要|重点|具体|仅|只|单独)?(?:考核|考评|考查|考察)(?!结果|机制|管理(?!制度)|办法|工作|情况|评价|制度|得分|指标|目标|任务|成绩))?"
)
_IN_GROUP = pattern(  # 「运行成本指标包括公用经费控制率」, 「效益类主要包括甲」, 「投入由目标设定」
    r"^[\u4e00-\u9fff、]{2,12}?(?<![自理事缘路])由(?![于来])(?=[\u4e00-\u9fff\"]{3})|^[\u4e00-\u9fff、\d]{2,20}?(?:(?:类|方面|部分)?(?:[一二三]级)?指标|类|方面|部分)(?:主要|具体|共|分别)?(?:包括|包含|下设|涵盖)了?(?=[\u4e00-\u9fff\"]{3})"
)
_GROUPING = pattern(r"包[括含]|下设|涵盖|由")  # stands in each of these
_OF_LIST = pattern(r"[\u4e00-\u9fff]{2,14}(?:中|里)的?(?=\")")  # 「县财政局评分表中“甲”」
_ASKED = pattern(r"(?:指标)?(?:应?[占是为有得])?多少分?\??$")  # 「问：甲占多少分？」
_IN_FIELD = pattern(r"(?:在(?!职|编|岗|校|建)|就(?!业))(?P<name>.{3,20})(?:方面|上|指标上)")
_MARK = pattern(
    r"^\s*(?:[-·●◆*▪■○]\s?|[(（]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)）][、.]?\s?|\d{1,2}(?:\.\d{1,2}){1,2}(?!\d)\.?\s?(?=[\u4e00-\u9fff\"《]|\d{3,6}[\u4e00-\u9fff])"
    + NOT_A_MONTH
    + r"|\d{1,2}\s?[.、)]\s?"
    + OPENS_NAME
    + r"|[①-⑳][、.]?\s?|[一二三四五六七八九十]{1,3}[、.]\s?|指标\s?\d{1,2}\s?:\s?)+"
)
_TAILS = pattern(
    r"(?:(?:这)?(?:一|1)?(?:项)?(?:三级)?指标|这一项|一项|这项|项目得分|(?:自评)?(?:得分|评分|打分)情况|的)$"
)
_TAIL_ENDS = ("标", "项", "得分", "况", "的", "\n")
# What no name begins with, and what none holds.
_NO_OPENING = pattern(
    r"的|由|并入|乘以|(?:办法|细则|方案|文件)$|(?:失分|丢分|(?:调整|调入|承接|并入|折算)后|指标体系分|本(?!级|地|科)|该|此|各(?!类)|每(?!万|千|百|[周日天月年季][^,。;\d]{2,8}(?:时间|时长|次数|天数|时数|频次|人次|数量|率)$|[^,。;\d]{2,14}成本$)|共(?!同|享|有)|其中|另|这)|标准分|应得|实得|基本分|原[有来]?分|指标$|权重|(?:基础|附加)分|年度$|综合(?:得|评[分价定])?$|(?:累计|目标值?|完成|实绩|实际|计划)$|因此|因而|折[合算]|得了?$|计算?$|评分|分项"
    r"|[两二三四五六七八九十][项个类][^各]{0,3}各|经(?!济|营|费|办|常)|按(?!期|时|规(?!则))|根据|对照|由于|因(?!公|灾|病)|截至|所以|以上|上述|全部|均(?!衡|等)|未(?!成年|办结)|没有|其余|其他(?!交通|收入|支出|费用)|剩余|说明|理由|原因$|情况$|依据|名称$"
    r"|[一二三四]级(?:指标)?$|指标(?:名称|内容)$|如(?!期|实)|[四五]舍|含|承接|加上|后按|至|以下"
)
_NO_NAME = pattern(
    r"[×÷=】]|(?:办法|细则|方案|文件)规定$|分值|满分|总分(?![馆行支校社院公局店站会部])|合计|总计|共计|自评(?!开展|组织|工作|质量|报告|结果|公开)|得分|加分|扣分|等级$|扣[减掉除]?$|(?<!取)得$|分别|[平移调转]入|平移|(?:含|以[上下])(?:至|到)|标准为$|(?:[分值级次定价核秀]|^|[有到合])标准$|为\"?(?:优|良|中|差|优秀|良好|合格|不合格)\"?$|(?:等[级次]|结[论果])[为是]|(?:体系|分别|主要)由|(?:基础|基本|附加)分$|^(?:再|又|另)?酌|(?<![压精缩])减$|[乘除]以?$|[各每]$|后[取计]?$|^不(?:予|再|参与|纳入)?(?:考[核评]|参评|评分|计分)$|保留|小数|(?<!行)为$|[由从]$|(?<![存实潜内所现])在$|^(?:复核|复评|初评|终评|审定)(?:后取)?$"
)
_CLAUSE = pattern(r"[。;,:!?|\t\n]")
_DIGITS_FIT = pattern(
    r"(?:^\d{3,6}|^\d{1,2}月(?:[底末初份]|前)*(?=[^,。;\d]*[率度量数比性值]$)|\d{5}|PM\d(?:\.\d)?|[A-Z]+\d*|\d+[A-Z])(?=[\u4e00-\u9fff])"
)
_CODED = pattern(r"[\dA-Z]")  # stands in all of those
_FACT = pattern(
    r"\d|已经|没有|完成了|开展了|未发现|均已|全部|超过|低于|高于|达到|符合(?!性|率|度|$)|.{3}符合$|了(?!解)|着$"
)
_SHORTEST = 2
_LONGEST = 26
_HAN = pattern(r"[\u4e00-\u9fff]")


def leaf_name(words: str) -> str:
    """The name that words tell: without what leads to it (其中, 考核, 关于), without quotation marks around the whole."""
    name = words.strip("、 ")
    if name.endswith('"') and (listed := _OF_LIST.match(name)) is not None:
        name = name[listed.end() :]
    group = _IN_GROUP.match(name) if _GROUPING.search(name) is not None else None
    name = name[group.end() :] if group is not None else name
    lead = _LEADS.match(name)
    name = name[lead.end() :] if lead is not None else name
    if "多少" in name:
        name = _ASKED.sub("", name)
    within = _IN_FIELD.fullmatch(name)
    name = within["name"] if within else name
    for left, right in ('""', "《》"):
        inside = name[1:-1]
        if len(name) > 2 and name[0] == left and name[-1] == right and left not in inside and right not in inside:
            return inside
    return name


def is_name(name: str) -> bool:
    """Whether words can be an indicator's name."""
    if not _SHORTEST <= len(name) <= _LONGEST or _NO_OPENING.match(name) or _NO_NAME.search(name):
        return False
    if len(_HAN.findall(name)) < _SHORTEST:
        return False
    words = _DIGITS_FIT.sub("", name) if _CODED.search(name) else name
    return not _FACT.search(words) and name.count('"') % 2 == 0


def without_mark(text: str) -> str:
    """The text without the number or dot that opens its line."""
    return text[mark.end() :] if (mark := _MARK.match(text)) else text


def name_behind(text: str, low: int, end: int) -> tuple[str, int, int] | None:
    """The name that ends at ``end``, no further back than ``low``, and its range: the last clause without its mark and leads."""
    opens = low
    for match in _CLAUSE.finditer(text, low, end):
        opens = match.end()
    return name_of(text, opens, end)


def name_of(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The name that a range of a text tells, and where it stands; None where it tells none."""
    words = text[start:end]
    bare = bare_words(words).strip(" 、,:;)】]")
    if bare[:1].isdigit():
        bare = _without_order(bare, text)
    if text[:start].rstrip()[-1:] in (")", "】", "分", "、", '"'):
        bare = re.sub(r"^(?:和|及|与|以及|、)(?=[\u4e00-\u9fff]{3})", "", bare)
    if bare.endswith(_TAIL_ENDS):
        bare = _TAILS.sub("", bare) or bare
    name = leaf_name(_last_part(_outside(bare)))
    if not is_name(name):
        return None
    at = text.find(name, start, end)
    return (name, at, at + len(name)) if at >= 0 else None


_CODE = pattern(
    r"^\s*(?:[【\[(]?(?:[A-Za-z]\d{1,3}(?:[.-]\d{1,2})*|\d{1,2}(?:[.-]\d{1,2})+|指标\d{1,2}|第\d{1,2}项|\d{1,2}(?=[】\]])|[a-zA-Z](?=[.、)])|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+)[】\])]?[.、:\s]*(?=[\u4e00-\u9fff\"《]|(?<=[】\]\s])(?:\d{1,2}月|\d{3,6}[\u4e00-\u9fff]|[A-Z]+\d))"
    r"|[^\u4e00-\u9fffA-Za-z\d\"'《〈「(\s]+\s?(?=[\u4e00-\u9fff\"《A-Za-z\d])"
    r"|(?:问|[一二三四]级指标|(?:绩效|评价|考核)?指标(?:名称|内容)?(?:[一二三四五六七八九十]{1,2})?|名称|项目名称)\s?:\s?|[一二三四]级指标(?=\")|[一二三四]级指标\s+(?=[\u4e00-\u9fff]{2}))+"
)
_PARTS = pattern(r"[\s/|·→]+|[—–-]+(?=[\u4e00-\u9fff\"]|\d{3,6}[\u4e00-\u9fff])")

_PARTED = pattern(r"[\s/|·→—–-]")


_OPENERS = frozenset(
    "一二三四五六七八九十指第问绩评考名项"
)  # the Chinese characters that numbers and labels begin with
# The group in front of its first leaf, and an order glued to a name: 「数量指标—1甲…；2乙…」.
_GROUPED = pattern(r"[\u4e00-\u9fff]{2,12}\s?[—–-]{1,2}\s?(?=[(]?1\s?[.、)]|1[\u4e00-\u9fff\"]|①|[(]一[)])")
_GLUED_ORDER = pattern(r"\d{1,2}?(?=[\u4e00-\u9fff\"]{3}|\d{3,5}[\u4e00-\u9fff])(?![台个名次件份家场]|项(?!目))")
_FIRST_GLUED = pattern(r"[—–-]\s?1[\u4e00-\u9fff\"]")


def _without_order(bare: str, text: str) -> str:
    """Words without the order glued to them, in a text whose first leaf has one behind the dash of its group."""
    order = _GLUED_ORDER.match(bare)
    return bare[order.end() :] if order is not None and _FIRST_GLUED.search(text) else bare


def bare_words(words: str) -> str:
    """Words without what opens a line: numbers, codes, marks, and labels (三级指标：)."""
    before = ""
    if "—" in words or "-" in words:
        grouped = _GROUPED.match(words)
        words = words[grouped.end() :] if grouped is not None else words
    while words != before and not ("\u4e00" <= words[:1] <= "\u9fff" and words[:1] not in _OPENERS):
        before, words = words, without_mark(words)
        code = _CODE.match(words)
        words = words[code.end() :] if code is not None else words
    return words


def _outside(words: str) -> str:
    """Words up to a bracket that is not closed in them: 「预算完成率（过程类，」."""
    opened = words.rfind("(")
    return words[:opened] if opened > 0 and ")" not in words[opened:] else words


_ON_PATH = pattern(r"[\u4e00-\u9fff]{2,12}\s?(?:[·/|]|[—–-]{1,2})\s?")


def path_before(text: str, name_at: int) -> bool:
    """Whether only the group of a name stands before it in its line: 「资金管理·预算执行率」."""
    return _ON_PATH.fullmatch(text[:name_at].lstrip()) is not None


def _last_part(words: str) -> str:
    """The last of parts that spaces or strokes set apart (投入—目标合理性), where it can be a name of its own."""
    if not _PARTED.search(words):
        return words
    parts = [part for part in _PARTS.split(words) if part]
    last = parts[-1] if parts else words
    return last if len(parts) > 1 and len(_HAN.findall(last)) > _SHORTEST else words
