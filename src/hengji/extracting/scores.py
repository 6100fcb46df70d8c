"""Points and scores in running text: a score is a number tied to a score word, never any number next to 「分」."""

import re
from dataclasses import dataclass
from decimal import Decimal

_N = r"(?P<n>(?<![\d.])-?\d{1,3}(?:\.\d{1,4})?)"
_POINTS_IN_TITLE = re.compile(
    r"\(\s?(?:本?项?指?标?(?:满分|分值|权重|标准分|计分|共|总分|分数)\s?[:为]?\s?)?" + _N + r"\s?分?\s?(?:\)|[,;、/ ])"
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
    r"^(?:本|该|此|各|每|共|其中|另)|分值|满分|总分|合计|总计|共计|自评|得分|加分|扣分|^指标$|^权重$|^(?:基础|附加)|年度|等级|综合|^各项"
)
_LEADS = re.compile(r"^(?:其中|另外|此外|一是|二是|三是|四是|五是|以及|和|及|与)")


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
    found = [leaf for match in _INLINE.finditer(text) if (leaf := _inline(match, text)) is not None]
    for match in _INLINE_ABSENT.finditer(text) if _ABSENT.search(text) else ():
        name = _LEADS.sub("", match["name"].strip('"“”、'))
        overlapped = any(leaf.start < match.end("points") and match.start() < leaf.end for leaf in found)
        if not overlapped and not _NO_NAME.search(name):
            start = match.end("name") - len(match["name"].lstrip('"“”'))
            leaf = Inline(
                name, Decimal(match["points"]), None, start, match.end("name"), match.end(), absence_in(match["why"])
            )
            found.append(leaf)
    found.extend(_all_full(text, found))
    found.extend(_unscored(text, found))
    line = _line(text)
    if line is not None and not any(leaf.start < line.end and line.start < leaf.end for leaf in found):
        found.append(line)
    return sorted(found, key=lambda leaf: leaf.start)


# A leaf that is a line of its own, its facts between points and score: 「改造户数，分值5分，目标60户，完成60户，自评5分。」
_LINE = re.compile(
    r"\s*(?:[-·●◆*]\s?)?(?P<name>[\u4e00-\u9fff\"“”、]{2,24}?)(?:指标)?\s?[,:(]\s?(?:本项)?(?:分值|满分|权重|标准分|指标分值|计分|共|计)?\s?(?:为|:)?\s?"
    r"(?P<points>\d{1,2}(?:\.\d{1,2})?)\s?分\s?\)?\s?[,;:。、]"
)


def _line(text: str) -> Inline | None:
    """The leaf that a whole line tells, points first and the score wherever it stands in the line."""
    match = _LINE.match(text)
    if match is None or _NO_NAME.search(match["name"]) or len(_LINE_POINTS.findall(text)) > 1:
        return None
    points = Decimal(match["points"])
    claim = claim_in(text[match.end() :], points)
    absence = absence_in(text[match.end() :]) if claim is None else None
    if (claim is None and absence is None) or (claim is not None and claim.number > points):
        return None
    end = match.end() + (claim.end if claim is not None else 0)
    start = match.start("name")
    return Inline(
        match["name"].strip('"、'), points, claim.number if claim else None, start, match.end("name"), end, absence
    )


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
    name = _LEADS.sub("", raw)
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


def points_of(title: str) -> Found | None:
    """The points a heading prints in brackets: 「（5分）」, 「(4分,自评得分4分)」, 「（满分5分）」."""
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


def points_in(text: str) -> Found | None:
    """The points that running text states: 「指标分值18分」, 「本项20分，自评18.80分」."""
    match = _POINTS.search(text) or _OWN_POINTS.search(text)
    return Found(Decimal(match["n"]), match.start(), match.end()) if match else None


def claim_in(text: str, points: Decimal | None = None) -> Found | None:
    """The score that a text claims for one indicator; rule text (每…扣0.5分, 计5分) claims nothing.

    Of several the first behind a word of its own (自评得分) holds; a bare 「得5分」 holds only where no rule stands.
    """
    own = _OWN_POINTS.search(text)
    for match in _CLAIM.finditer(text):
        if own is not None and own.start() <= match.start() < own.end():
            continue
        if not _is_rule(text, match):
            return Found(Decimal(match["n"]), match.start(), match.end())
    for match in _BARE_CLAIM.finditer(text):
        if not _is_rule(text, match) or _computed(text, match):
            return Found(Decimal(match["n"]), match.start("n") - 1, match.end(), strong=False)
    full = _FULL_CLAIM.search(text)
    if full is not None and points is not None and not _RULE.search(_sentence(text, full.start())):
        return Found(points, full.start(), full.end(), strong=False)
    return None


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
