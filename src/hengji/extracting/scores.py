"""Points and scores in running text: a score is a number tied to a score word, never any number next to 「分」."""

import re
from dataclasses import dataclass
from decimal import Decimal

_N = r"(?P<n>(?<![\d.])-?\d{1,3}(?:\.\d{1,4})?)"
_POINTS_IN_TITLE = re.compile(
    r"\(\s?(?:本?项?指?标?(?:满分|分值|权重|标准分|计分|共|总分|分数|应得分?|基本分)\s?[:为]?\s?)?"
    + _N
    + r"\s?分?\s?(?:\)|[,;、/ ])"
)
_POINTS = re.compile(
    r"(?:指标分值|指标满分|分值权重|标准分值?|分值|满分值?|指标权重|权重分?|总分值)\s?(?:为|是|共计?|:)?\s?"
    + _N
    + r"\s?分(?!值)"
)
_CLAIM = re.compile(
    r"(?P<word>自评(?:价)?(?:实际|最终|综合)?(?:得分|分值|分数|评分|得|分|计)?|(?:本|该|此)(?:项|指标)(?:指标|工作|自评|实际)*(?:得分|得|计|评分|自评)?"
    r"|(?:实际|指标|最终|评价|综合)得分|实得分?|得分|评分|自我评分|自查得分|评定为?|打分)\s?(?:为|是|计|:)?\s?"
    + _N
    + r"\s?分"
)
_BARE_CLAIM = re.compile(r"(?:^|[,;。:、\s)])(?:得|计|得满分|给)\s?" + _N + r"\s?分")
_FULL_CLAIM = re.compile(r"(?:自评|得|本项|该项|此项|评)[^,。;]{0,6}满分(?!值|为|\d)|不扣分")
_RULE = re.compile(
    r"每(?!年|月|日|周|季|项工作)|[≥≤><]|以上|以下|以内|之间|不足|否则|扣完|酌情|低于|高于|按比例|视情|未.{0,12}(?:扣|不得分)|得分=|达到.{0,8}的|的,?(?:得|计)\d"
)
_DEDUCTED = re.compile(r"扣(?:减|除|掉|分)?\s?" + _N + r"\s?分")
_ABSENT = re.compile(
    r"不(?:予|再|参与|纳入|作|进行|列入)?考[核评]|不(?:参评|予评价|作评价|参加评分)|免(?:予)?考核|不适用|不(?:参与|计入|纳入)(?:评分|评价|计分|考核)|不涉及(?:此项|该项|本项|该指标|本指标)|无需考核|免于考核|不计分"
)
_MOVED = re.compile(
    r"(?P<n>\d{1,3}(?:\.\d{1,2})?)?分?(?:的)?(?:分值|分数|权重|该项分值|本项分值)?[^,。;]{0,10}?(?:(?:调整|转移|平移|调剂|分配|调)(?:至|到|给|入|为)|平均转入|转入|划入|归入|移入|并入|计入|加到)[^\"《。;]{0,6}?[\"「]?(?P<to>[\u4e00-\u9fff、()]{2,24}?)[\"」]?(?:指标|项|中|上|[,。;]|$)"
)
_MAY_BE_ABSENT = re.compile(
    r"考[核评]|参评|不作评价|不予评价|参加评分|不适用|不参与|不计|不纳入|不涉及|分值|分数|\d分[^,。;]{0,8}(?:调|转|并|加到)"
)


# A leaf told in a line of text: 「预算完成率，分值4分，得3.88分」, 「相关性5分，得5分」, 「约束性4分，自评4分」.
_INLINE = re.compile(
    r"(?:^|(?<=[。;,:\n、).]))\s?(?P<name>[\u4e00-\u9fff\"“”][\u4e00-\u9fff\"“”、和与及]{1,24}?(?:\([^()\d]{1,12}\))?)(?:指标)?\s?"
    r"[,:(]?\s?(?:分值|满分|权重|标准分|指标分值|共)?\s?(?:为|:)?\s?(?P<points>\d{1,3}(?:\.\d{1,2})?)\s?分\s?\)?\s?[,;、:。]?\s?"
    r"(?:(?:本项)?(?:自评|实际|实|本年)?(?:自评)?(?:得分|得|评分|计分|计|分)\s?(?:为|:)?|自评)\s?(?P<claim>\d{1,3}(?:\.\d{1,4})?)\s?分"
)
_INLINE_ABSENT = re.compile(
    r"(?:^|(?<=[。;\n]))\s?(?P<name>[\u4e00-\u9fff\"“”]{3,24}?)(?:指标)?\s?[,:(]?\s?(?:分值|满分|权重)?\s?(?P<points>\d{1,3}(?:\.\d{1,2})?)\s?分\s?\)?\s?"
    r"[,;、:](?P<why>[^。;]{0,120}?(?:不(?:予|再|参与|纳入|作|列入)?(?:考[核评]|评[分价])|不适用|不参评|不参加评分)[^。;]*)"
)
_NO_NAME = re.compile(
    r"^(?:本|该|此|各|每|共|其中|另)|^标准分|^应得|^实得|^基本分|分值|满分|总分|合计|总计|共计|自评|得分|加分|扣分|^指标$|^权重$|^(?:基础|附加)|年度|等级|综合|^各项|^因此|^因而|^折[合算]|^得了?$|扣[减掉除]?$|(?<!取)得$|^计$"
)
_LEADS = re.compile(
    r"^(?:其中|另外|此外|一是|二是|三是|四是|五是|六是|以及|和|及|与|首先|其次|再次|最后|至于|关于|对于)?"
    r"(?:(?:主要|重点|具体|仅|只|单独)?(?:考核|考评|考查|考察)(?!结果|机制|管理(?!制度)|办法|工作|情况|评价|制度|得分|指标|目标|任务|成绩))?"
)


@dataclass(frozen=True, slots=True)
class Inline:
    """A leaf told in running text: its name, points and score (None where it is not assessed), and where it stands."""

    name: str
    points: Decimal
    claim: Decimal | None
    start: int
    named: int  # where its name ends
    end: int
    absence: "Absence | None" = None


def inline_scores(text: str) -> list[Inline]:
    """The leaves that a text tells one after another, each by name, points and score."""
    if "分" not in text:
        return []
    text = _unbarred(text)
    found = [*_opening_pair(text), *_trailing(text)]
    told = [leaf for match in _INLINE.finditer(text) if (leaf := _inline(match, text)) is not None]
    found.extend(leaf for leaf in told if not any(o.start < leaf.end and leaf.start < o.end for o in found))
    for match in _INLINE_ABSENT.finditer(text) if _ABSENT.search(text) else ():
        name = _LEADS.sub("", match["name"].strip('"“”、'))
        overlapped = any(leaf.start < match.end("points") and match.start() < leaf.end for leaf in found)
        if not overlapped and not _NO_NAME.search(name):
            start = match.end("name") - len(match["name"].lstrip('"“”'))
            leaf = Inline(
                name, Decimal(match["points"]), None, start, match.end("name"), match.end(), absence_in(match["why"])
            )
            found.append(leaf)
    found.extend(_in_turn(text, found))
    found.extend(_all_full(text, found))
    found.extend(_unscored(text, found))
    line = _line(text)
    if line is not None and line.claim is None and found:
        line = None  # what is not assessed is a leaf further on in the line
    if line is not None and not any(leaf.start < line.end and line.start < leaf.end for leaf in found):
        found.append(line)
    return sorted(found, key=lambda leaf: leaf.start)


_MARKED = r"^\s*(?:[-·●◆*]\s?|\(?\d{1,2}[.、)]\s?|[①-⑳]\s?)?"
_LEAF = r"(?P<name>[\u4e00-\u9fff\"“”、]{3,24}?)(?:指标)?\s?"
_P = r"(?P<points>(?<![\d.])\d{1,2}(?:\.\d{1,2})?)\s?"
_C = r"(?P<claim>(?<![\d.])\d{1,3}(?:\.\d{1,4})?)\s?"
_WORTH = r"(?:满分|分值|权重|标准分|应得分?|共)?\s?[:为]?\s?"
_GOT = r"(?:本项|该项|实际)?(?:自评得分|自评分|自评得|自评|实得分?|得分|得|计|评分)"
# The pairs of points and score that open a line, in the orders and between the marks that clerks put.
_PAIRS = tuple(
    re.compile(_MARKED + form)
    for form in (
        rf"{_LEAF}\({_WORTH}{_P}分?\)\s?(?:[:,]|[-—→=]{{1,3}})\s?(?:{_GOT})?[:为]?\s?{_C}分(?=[。;,\s]|$)",
        rf"{_LEAF}\({_WORTH}{_P}分?\)\s?{_GOT}[:为]?\s?{_C}分?(?=[。;,\s]|$)",
        rf"{_LEAF}[:,]\s?{_WORTH}{_P}分\s?[-—→/]{{1,3}}\s?(?:{_GOT})?{_C}分(?=[。;,\s]|$)",
        rf"{_LEAF}[:,]?\s?{_GOT}[:为]?\s?{_C}分\s?[(,]\s?(?:满分|分值|权重|标准分|应得分?|总分)[:为]?\s?{_P}分\)?(?=[。;:,\s]|$)",
        rf"{_LEAF}[【\[〔]{_WORTH}{_P}分?[】\]〕]\s?[【\[〔(]?(?:{_GOT})?[:为]?\s?{_C}分[】\]〕)]?",
        rf"{_LEAF}\({_WORTH}{_P}分?[,;、]\s?{_GOT}[:为]?\s?{_C}分?\)",
        rf"{_LEAF}\({_WORTH}{_P}分[,;、]\s?(?:自评)?(?:扣|失|丢)(?:减|除|掉)?(?:分)?[:为]?\s?(?P<lost>\d{{1,2}}(?:\.\d{{1,2}})?)分\)",
    )
)


def _opening_pair(text: str) -> list[Inline]:
    """The leaf that opens a line by points and score together, in any order: 「得9.5分（满分10分）」, 「（10分）：9.5分」."""
    for form in _PAIRS:
        match = form.match(text)
        if match is None or _NO_NAME.search(match["name"]):
            continue
        points, groups = Decimal(match["points"]), match.groupdict()
        claim = points - Decimal(groups["lost"]) if groups.get("lost") else Decimal(match["claim"])
        name = leaf_name(match["name"])
        start = match.start("name") + match["name"].find(name)
        return [Inline(name, points, claim, start, start + len(match["name"][match["name"].find(name) :]), match.end())]
    return []


# A leaf whose points come behind its facts: 「预算执行率，支出480万元，执行率96%，20分得19.2分；」.
_TRAILING = re.compile(
    r"(?:^|(?<=[。;\n]))\s?(?:[-·●◆*]\s?|\(?\d{1,2}[.、)]\s?)?(?P<name>[\u4e00-\u9fff\"“”、]{3,16})[,:](?P<facts>[^。;]{2,160}?)[,]\s?(?:满分|分值|标准分|权重|应得)?"
    + _P
    + r"分\s?[,中]?\s?(?:(?:不扣分|没有扣分|扣\s?\d{1,2}(?:\.\d{1,2})?\s?分)[,]\s?)?"
    + _GOT
    + r"[:为]?\s?"
    + _C
    + r"分(?=[。;\s]|$)"
)
_NOT_NAMED = re.compile(r"^(?:我|经|按|根据|对照|依据|为|由|因|全年|年|截|从|通过|目前|综合)")


def _trailing(text: str) -> list[Inline]:
    leaves: list[Inline] = []
    for match in _TRAILING.finditer(text):
        name = leaf_name(match["name"])
        if _NO_NAME.search(name) or _NOT_NAMED.search(name) or re.search(r"\d\s?分", match["facts"]):
            continue
        start = match.start("name") + match["name"].find(name)
        leaf = Inline(name, Decimal(match["points"]), Decimal(match["claim"]), start, match.end("name"), match.end())
        leaves.append(leaf)
    return leaves


def leaf_name(words: str) -> str:
    """The name that words tell: without what leads to it (其中, 考核, 关于), without quotation marks around the whole."""
    name = _LEADS.sub("", words.strip("、"))
    within = _IN_FIELD.fullmatch(name)
    name = within["name"] if within else name
    whole = len(name) > 2 and name[0] == name[-1] == '"' and name.count('"') == 2
    return name[1:-1] if whole else name


_IN_FIELD = re.compile(r"[在就](?P<name>.{3,20})(?:方面|上|指标上)")


# A leaf that is a line of its own, its facts between points and score: 「改造户数，分值5分，目标60户，完成60户，自评5分。」
_LINE = re.compile(
    r"\s*(?:[-·●◆*]\s?|\(?\d{1,2}[.、)]\s?)?(?P<name>[\u4e00-\u9fff\"“”、]{2,24}?)(?:指标)?\s?[,:;(]?\s?(?:本项)?(?:分值|满分|权重|标准分|指标分值|应得分?|计分|共|计)?\s?(?:为|:)?\s?"
    r"(?P<points>(?<![\d.])\d{1,2}(?:\.\d{1,2})?)\s?分\s?\)?\s?[,;:。、]"
)


def _line(text: str) -> Inline | None:
    """The leaf that a whole line tells, points first and the score wherever it stands in the line."""
    match = _LINE.match(text)
    if match is None or _NO_NAME.search(match["name"]) or len(_LINE_POINTS.findall(text)) > 1:
        return None
    points = Decimal(match["points"])
    claim = claim_in(text[match.end() :], points)
    absence = absence_in(text[match.end() :]) if claim is None else None
    if (claim is None and absence is None) or (claim is not None and claim.number > points * 2):
        return None
    end = match.end() + (claim.end if claim is not None else 0)
    name = leaf_name(match["name"])
    start = match.start("name") + match["name"].find(name)
    return Inline(name, points, claim.number if claim else None, start, match.end("name"), end, absence)


# One leaf after another in running text, each with a word for its points, its facts and then its score:
# 「预算执行率满分10分，支出与预算相等，不扣分，计10分。公用经费控制率满分5分，……，得5分」.
_TURN = re.compile(
    r"(?:^|(?<=[。;,:\n)]))\s?(?:[-·●◆*]\s?)?(?P<name>[\u4e00-\u9fff\"“”][\u4e00-\u9fff\"“”、]{1,24}?)(?:这?[一1]?(?:指标|项))?\s?[,:(]?\s?"
    r"(?P<word>的?(?:指标|标准)?(?:分值|满分|权重|标准分|应得分?|总分|基本分))?\s?(?:为|是|:)?\s?(?P<points>(?<![\d.])\d{1,2}(?:\.\d{1,2})?)\s?分(?!钟|之|[以及]?[上下])\s?\)?"
)
_TURN_CLAIM = re.compile(
    r"(?:^|[,;。:、\s(])(?P<own>[\u4e00-\u9fff\"“”]{2,24}?)??(?:本项|该项|此项|本指标|该指标|因此|因而|所以|故|最终|最后|实际|共|全额|酌情|经自查|自查后)*"
    r"(?P<word>自评(?:得分|分值|分|得|计|评|打|为)?|得分|得|计分?|评分|评为?|记|打分?|给|拿到?|拿了|获得?|实得分?)\s?(?:为|是|了|到|:)?\s?(?P<n>\d{1,3}(?:\.\d{1,4})?)\s?分(?=[,;。)、\s]|$)"
)
_TURN_FULL = re.compile(r"(?:得|计|评|拿到?|拿了|自评|记|打)(?:了|为)?满分|不扣分|没有扣分|未扣分|不失分|没有失分")
_TURN_RULE = re.compile(
    r"每[^,。;]{0,12}$|(?:可|应|则|最多|最高|否则|的)[,\s]?$|(?:标准|规则|办法)(?:是|为|:)[^。;]*$|达到[^。;]{0,12}的"
)


def _in_turn(text: str, found: list[Inline]) -> list[Inline]:
    """The leaves that a text tells one after another with their facts between points and score."""
    anchors = [
        match
        for match in _TURN.finditer(text)
        if not _NO_NAME.search(_LEADS.sub("", match["name"]))
        and (match["word"] or _opens_leaf(text, match))
        and not any(leaf.start < match.end("points") and match.start("name") < leaf.end for leaf in found)
    ]
    leaves: list[Inline] = []
    for number, match in enumerate(anchors):
        later = [leaf.start for leaf in found if leaf.start >= match.end()]
        stop = min([*later, *(after.start() for after in anchors[number + 1 : number + 2])], default=len(text))
        points = Decimal(match["points"])
        claim = _turn_claim(text[match.end() : stop], points)
        if claim is None:
            continue
        name = leaf_name(match["name"])
        start = match.start("name") + match["name"].find(name)
        leaves.append(Inline(name, points, claim.number, start, match.end("name"), match.end() + claim.end))
    return leaves


def _opens_leaf(text: str, match: re.Match[str]) -> bool:
    """Whether bare points (「预算执行率20分，」) open a leaf: at the start of a clause, a comma behind them, and no rule or score."""
    before, after = text[match.start("name") - 1 : match.start("name")], text[match.end() : match.end() + 1]
    closes = before == "," and re.match(r",\s?(?:不扣分|没有扣分|扣\s?\d|因此|得|计|自评)", text[match.end() :])
    if not closes and (before not in ("", "。", ";", ":", "\n", " ") or after not in (",", "。", ":")):
        return False
    return not re.search(r"扣|[得计加评失丢]$|分$|方面|各项|每", match["name"])


def _turn_claim(text: str, points: Decimal) -> "Found | None":
    """The score in what follows a leaf's points: at once, else behind a word of its own, else the last that stands alone."""
    claims = [match for match in _TURN_CLAIM.finditer(text) if not _TURN_RULE.search(_sentence_before(text, match))]
    if claims:
        at_once = claims[0].start() <= 1 and not claims[0]["own"]
        own = next((match for match in claims if match["word"].startswith(("自评", "实得"))), None)
        chosen = claims[0] if at_once else own or claims[-1]
        return Found(Decimal(chosen["n"]), chosen.start("word"), chosen.end())
    full = _TURN_FULL.search(text)
    if full is None or _RULE.search(_sentence(text, full.start())) or re.search(r"扣\s?\d", text):
        return None
    return Found(points, full.start(), full.end())


def _sentence_before(text: str, match: re.Match[str]) -> str:
    start = max(text.rfind(mark, 0, match.start("word")) for mark in ("。", ";", "因此", "实际", "所以", "对照")) + 1
    return text[start : match.start("word")]


_LINE_POINTS = re.compile(r"(?:分值|满分|权重|标准分)\s?(?:为|:)?\s?\d")
_OPEN_LEAF = re.compile(r"(?<=。)(?P<name>[\u4e00-\u9fff\"“”]{4,20}?)(?P<points>\d{1,2}(?:\.\d)?)分[,:。](?=.)")


def _unscored(text: str, found: list[Inline]) -> list[Inline]:
    """A leaf among others in a line that tells its points and no score."""
    leaves: list[Inline] = []
    for match in _OPEN_LEAF.finditer(text) if len(found) > 1 else ():
        stop = text.find("。", match.end() - 1)
        rest = text[match.end() : stop if stop >= 0 else len(text)]
        taken = any(leaf.start < match.end() and match.start() < leaf.end for leaf in found)
        if not taken and not _NO_NAME.search(match["name"]) and not re.search(r"\d\s?分|满分|不", rest):
            leaves.append(
                Inline(match["name"], Decimal(match["points"]), None, match.start(), match.end("name"), match.end())
            )
    return leaves


_FULL_LIST = re.compile(
    r"(?P<list>(?:[\u4e00-\u9fff\"]{2,16}\(?\d{1,2}(?:\.\d)?分\)?[、,和及])+[\u4e00-\u9fff\"]{2,16}\(?\d{1,2}(?:\.\d)?分\)?)[,、]?(?:三项|两项|各项)?(?:均|都|全部)(?:自评|得|为|按|计)*满分"
)
_LISTED_LEAF = re.compile(r"(?P<name>[\u4e00-\u9fff\"]{2,16}?)\(?(?P<points>\d{1,2}(?:\.\d)?)分\)?(?:[、,和及]|$)")


def _all_full(text: str, found: list[Inline]) -> list[Inline]:
    """Leaves listed with their points and said to have all of them: 「预算公开2分、决算公开2分，均自评满分」."""
    leaves: list[Inline] = []
    for match in _FULL_LIST.finditer(text) if "满分" in text else ():
        for leaf in _LISTED_LEAF.finditer(text, match.start("list"), match.end("list")):
            name = _LEADS.sub("", leaf["name"].strip("和及、"))
            taken = any(other.start < leaf.end() and leaf.start() < other.end for other in found)
            if not taken and not _NO_NAME.search(name):
                points = Decimal(leaf["points"])
                leaves.append(
                    Inline(name, points, points, leaf.start("name"), leaf.end("name"), leaf.end("points") + 1)
                )
    return leaves


def _inline(match: re.Match[str], text: str) -> Inline | None:
    raw = match["name"]
    name = leaf_name(raw)
    name = name.strip("、和与及") if name.count('"') % 2 == 0 else name.strip('"、和与及')
    if (
        len(name) < _SHORTEST
        or _NO_NAME.search(name)
        or re.search(r"每|≥|≤|以上|以下", text[match.start() : match.end()])
    ):
        return None
    start = match.start("name") + len(raw) - len(raw[raw.find(name[0]) :] if name else raw)
    return Inline(name, Decimal(match["points"]), Decimal(match["claim"]), start, match.end("name"), match.end())


_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A number found in a text, and where."""

    number: Decimal
    start: int
    end: int
    strong: bool = True


# 「（19.2/20分）」, 「（20分/19.2分）」: in either order, the points are the larger.
_SLASHED = re.compile(
    r"\((?:得分|自评|满分)?:?(?P<a>\d{1,3}(?:\.\d{1,2})?)\s?分?\s?/\s?(?:满分|分值|自评|得分)?(?P<b>\d{1,3}(?:\.\d{1,2})?)\s?分\)"
)


def points_of(title: str) -> Found | None:
    """The points a heading prints in brackets: 「（5分）」, 「(4分,自评得分4分)」, 「（满分5分）」."""
    slashed = _SLASHED.search(title)
    if slashed is not None:
        return Found(max(Decimal(slashed["a"]), Decimal(slashed["b"])), slashed.start(), slashed.end())
    for match in _POINTS_IN_TITLE.finditer(title):
        inside = title[match.start() : title.find(")", match.start()) + 1 or len(title)]
        before = title[match.start() : match.start("n")]
        if "分" in inside and not re.search(r"自评|得分|实得|扣", before):
            return Found(Decimal(match["n"]), match.start("n"), match.end("n"))
    bare = _BARE_POINTS.search(title)
    return Found(Decimal(bare["n"]), bare.start("n"), bare.end("n")) if bare else None


_BARE_POINTS = re.compile(r"^[^。;,]{0,6}?[\u4e00-\u9fff、“”\"]{3,24}(?P<n>(?<![\d.])\d{1,2}(?:\.\d{1,2})?)分[。:]?$")


def own_scores(text: str, title: str) -> Inline | None:
    """What a heading's own line tells of it: 「（1）预算编制合理性5分，得5分。」."""
    return next((leaf for leaf in inline_scores(text) if leaf.name == title), None)


_OWN_POINTS = re.compile(
    r"(?:本|该|此)(?:项|指标)(?:指标|工作)?(?:分值|满分|共|计)?\s?(?:为|:)?\s?"
    + _N
    + r"\s?分(?=[,;、(][^。\d]{0,8}(?:自评|得|评))"
)


_BARS = str.maketrans("|\t/", ",,,")


def _unbarred(text: str) -> str:
    """The text with the marks that part the cells of a line (｜, ┃, tabs, slashes) as commas, where they part scores."""
    if not _BARRED.search(text):
        return text
    return text.translate(_BARS)


_BARRED = re.compile(
    r"[|\t/]\s?(?:(?:本项|自评|实际)*得分?|分值|满分|权重|标准分|自评|计|评分?)?\s?[:为]?\s?\d{1,3}(?:\.\d+)?\s?分"
)


def points_in(text: str) -> Found | None:
    """The points that running text states: 「指标分值18分」, 「本项20分，自评18.80分」."""
    match = _POINTS.search(text) or _OWN_POINTS.search(text)
    return Found(Decimal(match["n"]), match.start(), match.end()) if match else None


def claim_in(text: str, points: Decimal | None = None) -> Found | None:
    """The score that a text claims for one indicator; rule text (每…扣0.5分, 计5分) claims nothing.

    Of several the first behind a word of its own (自评得分) holds; a bare 「得5分」 holds only where no rule stands.
    """
    slashed = _SLASHED.search(text) if points is not None else None
    if slashed is not None:
        return Found(min(Decimal(slashed["a"]), Decimal(slashed["b"])), slashed.start(), slashed.end())
    own = _OWN_POINTS.search(text)
    for match in _CLAIM.finditer(text):
        if own is not None and own.start() <= match.start() < own.end():
            continue
        if not _is_rule(text, match):
            return Found(Decimal(match["n"]), match.start(), match.end())
    for match in _BARE_CLAIM.finditer(text):
        if not _is_rule(text, match) or _computed(text, match):
            return Found(Decimal(match["n"]), match.start("n") - 1, match.end(), strong=False)
    closing = _closing_claim(text, points)
    if closing is not None:
        return closing
    full = _FULL_CLAIM.search(text)
    if full is not None and points is not None and not _RULE.search(_sentence(text, full.start())):
        return Found(points, full.start(), full.end(), strong=False)
    return None


_CLOSING = re.compile(
    r"[,;]\s?(?:因此|因而|故|最终|实际|本项|该项)?(?:自评)?(?:得分|得|计分|计|评|记)(?:为)?\s?(?P<n>\d{1,3}(?:\.\d{1,4})?)\s?分\s?[。;]?\s*$"
)
_GIVEN = re.compile(r"(?:得|计|评|记)分?\s?\d{1,3}(?:\.\d{1,4})?\s?分")
_DONE = re.compile(r"\d|完成|通过|没有|均")


def _closing_claim(text: str, points: Decimal | None) -> Found | None:
    """A bare score that closes a paragraph and is the only one there: 「折合24.3万元，低于26.0万元，得5分。」."""
    match = _CLOSING.search(text)
    if match is None or points is None or Decimal(match["n"]) > points or len(_GIVEN.findall(text)) > 1:
        return None
    before = _sentence(text, match.start("n"))[: -len(match[0].rstrip("。; "))]
    if re.search(
        r"每(?!年|月|日|周|季|项工作)|否则|扣完|酌情|视情|的$|规则|标准(?:为|是|:)", before
    ) or not _DONE.search(before):
        return None
    return Found(Decimal(match["n"]), match.start("n") - 1, match.end("n") + 1, strong=False)


def _computed(text: str, match: re.Match[str]) -> bool:
    """Whether a bare score closes a computation: 「按照“得分＝执行率×10分”计算，……，得9.87分。」."""
    clause = _sentence(text, match.start("n"))
    ends = text[match.end() : match.end() + 1] in ("", "。", ";")
    return ends and re.search(r"计算[,:]|[×÷]", clause) is not None and "的,得" not in clause


def _is_rule(text: str, match: re.Match[str]) -> bool:
    clause = _sentence(text, match.start("n"))
    strong = match.re is _CLAIM and match["word"].startswith(("自评", "实", "本", "该", "此"))
    before = text[max(0, match.start() - 8) : match.start()]
    if re.search(r"(?:满分|最高|最多|可|应|则|每\S{0,6})$", before):
        return True
    return not strong and bool(_RULE.search(clause))


def _sentence(text: str, position: int) -> str:
    start = max(text.rfind(mark, 0, position) for mark in "。;") + 1
    ends = [end for end in (text.find(mark, position) for mark in "。;") if end >= 0]
    return text[start : min(ends, default=len(text))]


def deducted_in(text: str) -> Found | None:
    """The points that a text says were taken off: 「扣1分」, rule text left out."""
    for match in _DEDUCTED.finditer(text):
        if not re.search(r"每|酌情|否则|未.{0,12}$|的,?$|扣完|最多|最高", _sentence(text, match.start())[:40]):
            return Found(Decimal(match["n"]), match.start(), match.end())
    return None


@dataclass(frozen=True, slots=True)
class Absence:
    """That an item is not assessed (不考核), where its points went and how many."""

    receiver: str
    moved: Decimal | None
    start: int
    end: int


def absence_in(text: str) -> Absence | None:
    """Whether a text says that its item is not assessed; the receiver of its points where one is named."""
    if not _MAY_BE_ABSENT.search(text):
        return None
    match = _ABSENT.search(text)
    moved = _MOVED.search(text)
    if match is None and (moved is None or "考核" in (moved["to"] or "")):
        return None
    if match is None and not re.search(r"分值|分数|\d分", moved[0] if moved else ""):
        return None
    start = match.start() if match else moved.start() if moved else 0
    end = match.end() if match else moved.end() if moved else 0
    receiver = re.sub(r"^[\"「“]|[\"」”]$|指标$", "", moved["to"]) if moved else ""
    receiver = receiver.removeprefix("至").removeprefix("到")
    if re.match(r"[上前述第()、]|本项|该项|此项", receiver) or len(receiver) < _SHORTEST:
        receiver = ""  # 「计入上述第（1）项」 points at a place, it names no indicator
    number = Decimal(moved["n"]) if moved and moved["n"] else None
    return Absence(receiver, number, start, end)
