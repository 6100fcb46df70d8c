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
    r"不(?:予|再|参与|纳入|作|进行|列入)?考[核评]|不适用|不(?:参与|计入|纳入)(?:评分|评价|计分|考核)|不涉及(?:此项|该项|本项|该指标|本指标)|无需考核|免于考核|不计分"
)
_MOVED = re.compile(
    r"(?P<n>\d{1,3}(?:\.\d{1,2})?)?分?(?:的)?(?:分值|分数|权重|该项分值|本项分值)?[^,。;]{0,10}?(?:调整|转移|调剂|并入|计入|加到|分配|调)(?:至|到|给|入|为)[^\"《。;]{0,6}?[\"「]?(?P<to>[\u4e00-\u9fff、()]{2,24}?)[\"」]?(?:指标|项|中|上|[,。;]|$)"
)
_MAY_BE_ABSENT = re.compile(r"考[核评]|不适用|不参与|不计|不纳入|不涉及|分值|分数|\d分[^,。;]{0,8}(?:调|转|并|加到)")


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
    return None


def points_in(text: str) -> Found | None:
    """The points that running text states: 「指标分值18分」."""
    match = _POINTS.search(text)
    return Found(Decimal(match["n"]), match.start(), match.end()) if match else None


def claim_in(text: str, points: Decimal | None = None) -> Found | None:
    """The score that a text claims for one indicator; rule text (每…扣0.5分, 计5分) claims nothing.

    Of several the first behind a word of its own (自评得分) holds; a bare 「得5分」 holds only where no rule stands.
    """
    for match in _CLAIM.finditer(text):
        if not _is_rule(text, match):
            return Found(Decimal(match["n"]), match.start(), match.end())
    for match in _BARE_CLAIM.finditer(text):
        if not _is_rule(text, match):
            return Found(Decimal(match["n"]), match.start("n") - 1, match.end(), strong=False)
    full = _FULL_CLAIM.search(text)
    if full is not None and points is not None and not _RULE.search(_sentence(text, full.start())):
        return Found(points, full.start(), full.end(), strong=False)
    return None


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
    number = Decimal(moved["n"]) if moved and moved["n"] else None
    return Absence(receiver, number, start, end)
