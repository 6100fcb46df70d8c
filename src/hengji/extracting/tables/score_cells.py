"""What a single cell of a score table says: a score in words or worked out, points that stand with a name, two numbers in one cell."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from hengji.extracting.tables.grid import cell_number
from hengji.model.patterns import pattern

_N = r"\d{1,3}(?:\.\d{1,4})?"
_FULL = pattern(r"(?:得|自评|计|评)?(?:满分|全分)|全部?得分|不扣分|未扣分")
_BELOW_ZERO = pattern(rf"[-－–](?P<n>{_N})分?")
_LOST = pattern(rf"(?:自评)?(?:扣减?|减|失)(?P<n>{_N})分?")
_GRADED = pattern(
    rf"(?:优秀?|良好?|中等?|较?差|合格|达标|完成)?[(\[【〔](?:得|自评)?(?P<n>{_N})分?[)\]】〕]"
)  # 「良（4.5分）」
_TOLD = pattern(rf"(?:本项|自评|实际)?(?:自评|实|得|计|评)(?:得|分)?分?[:为]?(?P<n>{_N})分?(?:[(,;].{{0,24}})?")
_WORKED = pattern(rf"[\d.+\-－—×x*/÷%()]{{3,40}}[=≈](?P<n>{_N})分?")
_BOXED = pattern(rf"[☑√■✓✔](?:得)?({_N})(?:分|(?=□|$))")  # 「☑5分□4分□3分」
_SLASHED = pattern(rf"(?P<a>{_N})分?/(?P<b>{_N})分?")
_NAMED = pattern(
    rf"(?P<name>.*?[\u4e00-\u9fff)”\"])[:,、—-]*(?:\((?:分值|满分|权重|标准分|共|计)?[:为]?(?P<n>{_N})(?:分|%)\)"
    rf"|\((?:分值|满分|权重|标准分)[:为]?(?P<worded>{_N})\)|[\[【](?P<square>{_N})分[\]】]|(?:分值|满分|权重)[:为]?(?P<said>{_N})(?:分|%)?|(?P<bare>{_N})分)"
)
_LED = pattern(rf"[(\[【](?:分值|满分|权重)?[:为]?(?P<n>{_N})(?:分|%)[)\]】](?P<name>.*?[\u4e00-\u9fff)”\"])")
_NUMBERED = pattern(
    rf"(?P<name>.*?[\u4e00-\u9fff)”\"])(?:[(\[【](?P<n>{_N})[)\]】]|(?P<glued>[1-9]\d?(?:\.\d)?)%?)"
    rf"|(?:[(\[【](?P<led>{_N})[)\]】]|(?P<ahead>[1-9]\d?(?:\.\d)?)分(?!钟|之))(?P<behind>.*?[\u4e00-\u9fff)”\"])"
)


class First(Enum):
    """Which of two numbers in one cell stands first; the larger are the points where nothing says it."""

    POINTS = auto()
    SCORE = auto()
    UNSAID = auto()


_OF_POINTS = r"(?:指标|标准)?(?:分值|满分|标准分|权重|应得分?)"
_OF_SCORE = r"(?:单位|实际|本项)?(?:自评得分|自评分|自评|得分|评分|实得分?|得)"
_SEPARATED = r"(?:\s?[/,;、(|]\s?|\s)"
_PAIR = pattern(
    rf"(?:(?P<p1>{_OF_POINTS})|(?P<s1>{_OF_SCORE}))?[:为]?\s?(?P<a>{_N})\s?分?{_SEPARATED}"
    rf"(?:(?P<p2>{_OF_POINTS})|(?P<s2>{_OF_SCORE}))?[:为]?\s?(?P<b>{_N})\s?分?\s?\)?[。;]?"
)
_PAIR_HEAD = pattern(
    rf"(?:(?P<points>{_OF_POINTS})[/和与及、,|(]?{_OF_SCORE}|{_OF_SCORE}[/和与及、,|(]?{_OF_POINTS})(?:\(分\))?\)?"
)


@dataclass(frozen=True, slots=True)
class NamedPoints:
    """A name without the points that its cell prints, and the points."""

    name: str
    points: Decimal


def score_in(text: str, points: Decimal | None) -> Decimal | None:
    """The score that a cell says: 「9.5」, 「9.5分」, 「满分」, 「扣0.5分」, 「得9.5分」, 「10-0.5=9.5」, 「☑9.5分□8分」; None where it says none."""
    number = cell_number(text.removeprefix("+"))
    if number is not None or not text:
        return number
    below = _BELOW_ZERO.fullmatch(text)
    if below is not None:
        return -Decimal(below["n"])
    if points is not None and _FULL.fullmatch(text):
        return points
    lost = _LOST.fullmatch(text)
    if lost is not None:
        return points - Decimal(lost["n"]) if points is not None else None
    slashed = _SLASHED.fullmatch(text)
    if slashed is not None:
        return _beside(Decimal(slashed["a"]), Decimal(slashed["b"]), points)
    boxed = _BOXED.findall(text) if "□" in text else []
    if boxed:
        return Decimal(boxed[0]) if len(boxed) == 1 else None
    told = _TOLD.fullmatch(text) or _WORKED.fullmatch(text) or _GRADED.fullmatch(text)
    return Decimal(told["n"]) if told else None


def _beside(a: Decimal, b: Decimal, points: Decimal | None) -> Decimal | None:
    """The score of 「0.5/4.5」 (what was taken off, and what is left) or 「4.5/5」, where the points are known."""
    if points is None or points not in (a, b, a + b):
        return None
    return b if points in (a, a + b) else a


def first_of_pair(header: str) -> First:
    """Which of two numbers stands first under a header of both: 「分值/得分」, 「得分（满分）」."""
    match = _PAIR_HEAD.fullmatch(header)
    if match is None:
        return First.UNSAID
    return First.POINTS if match["points"] else First.SCORE


def pair_in(text: str, first: First = First.UNSAID) -> tuple[Decimal, Decimal] | None:
    """Points and score of a cell that has both: 「5/4.5」, 「5分（4.5分）」, 「得4.5分（满分5分）」; a blank (of a new line) parts them, too."""
    match = _PAIR.fullmatch(text.strip())
    if match is None:
        return None
    a, b = Decimal(match["a"]), Decimal(match["b"])
    if match["p1"] or match["s2"]:
        return a, b
    if match["s1"] or match["p2"]:
        return b, a
    if first is First.UNSAID:
        return max(a, b), min(a, b)
    return (a, b) if first is First.POINTS else (b, a)


def named_points(text: str, *, bare: bool = False) -> NamedPoints | None:
    """Name and points of a cell that has both: 「预算执行率（10分）」, 「预算执行率10分」; ``bare`` where 「预算执行率（10）」 is meant so, too."""
    match = _NAMED.fullmatch(text)
    if match is not None:
        told = next(match[key] for key in ("n", "worded", "square", "said", "bare") if match[key])
        return NamedPoints(match["name"], Decimal(told))
    match = _LED.fullmatch(text)
    if match is not None:
        return NamedPoints(match["name"], Decimal(match["n"]))
    match = _NUMBERED.fullmatch(text) if bare else None
    if match is None:
        return None
    told = next(match[key] for key in ("n", "glued", "led", "ahead") if match[key])
    return NamedPoints(match["name"] or match["behind"], Decimal(told))
