"""A rule that gives a share of the points: the sum or the measure that it names, and what else it gives for which range."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from hengji.auditing.rescoring.exact.ranges import RANGE, Range, range_of
from hengji.auditing.rescoring.worked.expression import Expression, expression
from hengji.auditing.rescoring.worked.outcome import GIVES, OPEN, STEPS, score_of
from hengji.model.patterns import pattern

_CLAUSE = pattern(r"[^,;。]+")
# The words around a sum that are no part of it.
_BEFORE = pattern(
    r"^(?:的|则|就|均|都|一律|未达到?(?:目标|标准)?的?|否则|其余|其他|不足的|低于[\d.]+%的?|[\d.]+%以下的?|得分|等于|本项|该项|指标|实际|自评|计分|公式|规则|标准|评分|计算|为|是|:|\"|=|按照?|以|直接|(?=得分)|依|根据)*(?:得分=|=)?(?:按照?|以)?"
)
_BEHIND = pattern(
    r"(?:\"|的|来|直接)*(?:(?:折算|折合|换算|核算|计算|计|算|折|得|给|赋|打|评|记|为|确定|折成|算出|得出)+(?:本项|该项)?(?:得分|分数|分|成绩)?)?(?:\"|的)*$"
)
_RATE_WORD = r"(?:比例|之比|比值|比率|百分比|率|占比|比重|程度|进度|完成度|度)"
_IN_SHARE = pattern(
    rf"(?:按照?|以|依|随|根据)(?P<of>[^,。;\d每]{{0,24}}?{_RATE_WORD})(?:来|直接|相应)*(?:折算|折合|换算|核算|计算|计|折|得|给|赋|打|评|记|算)+(?:为|得分|分值|分数|得|成|分|出|,|$)*(?=[,;。)]|$)"
    rf"|(?:按照?|以)(?P<of2>[^,。;\d每扣]{{0,20}}?{_RATE_WORD})(?=[,;。]|$)"
    rf"|(?P<of3>[^,。;\d每扣]{{2,16}}{_RATE_WORD})(?:折算|折成)(?:得分|分数|分)"
    rf"|按(?:照)?(?P<down>(?:完成|实际|达成)[^,。;\d每]{{0,8}}?(?:比例|率))(?:同比例|相应|等比例)(?:扣|减)(?:减|除)?分?$"
    rf"|(?:按照?|以)?(?P<less>(?:未完成|未达|缺|短缺|差距|缺口|少)[^,。;\d每]{{0,8}}?{_RATE_WORD})(?:扣|减)(?:减|除)?分?"
)
_LIMIT = pattern(
    r"^(?:(?:得分)?(?:最高|最多|至多|上限)(?:得|为|计|不超过)*(?:\d+(?:\.\d+)?分|满分|分值|标准分)?|(?:得分)?(?:不超过|不得超过|以)?(?:满分|分值|\d+(?:\.\d+)?分)?(?:为限|为上限|封顶)|封顶(?:\d+分)?|超(?:额|出|过|完成|计划|任务|目标)[^,;。每]{0,14}(?:按(?:满分|\d+分|100%)(?:计|算)?|不(?:另|再)?(?:加|计|给)[^,;。]{0,4}|计满分|得满分|得\d+分)|多[^,;。]{1,6}不(?:另)?加分|得(?:数|分)?(?:保留|取|精确到)[^,;。]{0,4}[一二两]?位小数|保留[一二两]位小数|四舍五入|按(?:满分|100%)(?:计算?|算))$"
)
_MET = pattern(
    rf"^[^,;。\d]{{0,12}}?(?<![未不没])(?:达到?|完成|实现|不低于|≥|大于等于|超过|全部|100%)[^,;。\d]{{0,12}}{GIVES}$"
)
_BANDED = pattern(rf"^(?P<subject>[\u4e00-\u9fff\"、=÷]{{0,24}}?){RANGE}(?:\([^)]*\))?{GIVES}$")
_RANGE_OF_SHARE = pattern(rf"{RANGE}(?:\([^)]*\))?(?:的|时|部分|之间)*[,:]?$")
_RULE_LIKE = pattern(r"[扣减得计给]\s?\d|\d分|满分|分值|每|系数|不得|不计|免|除")


@dataclass(frozen=True, slots=True)
class Band:
    """What a range of the measure gives."""

    range: Range
    score: Fraction


@dataclass(frozen=True, slots=True)
class ShareRule:
    """``whole`` is the sum where the rule writes one, ``of`` the words of the measure else; ``only`` the range that it is for."""

    words: str
    whole: Expression | None
    of: str
    only: Range | None
    bands: tuple[Band, ...]
    goal: Fraction | None  # in per cent, as the rule names it
    met: bool  # whether what was aimed at gives the points
    lost: bool  # whether the sum is what is taken off
    mean: str  # 加权 or 平均 where the measure is a mean


def share_rule(text: str, points: Fraction) -> ShareRule | None:
    """The rule of a text in one spelling; None where it gives no share, or a clause of it is not understood."""
    if OPEN.search(text) or STEPS.search(text):
        return None
    if (mean := _MEAN.search(text)) is not None and not _BANDED_MEAN.search(text):
        return ShareRule(text, None, "", None, (), None, False, False, "加权" if "加权" in mean[0] else "平均")
    goal = GOAL.search(text)
    text = _BARE_SCORE.sub("得", _NOTED.sub("", text))
    read = _Read(points)
    if not all(read.clause(clause) for clause in _clauses(text)):
        return None
    if len(read.shares) != 1 or read.held or _in_parts(read.bands, points):
        return None
    words, whole, of, only, lost = read.shares[0]
    aimed = Fraction(goal["n"] or goal["m"]) if goal is not None else None
    of_mean = "加权" if "加权" in text else "平均" if _OF_MEAN.search(text) else ""
    return ShareRule(words, whole, of, only, tuple(read.bands), aimed, read.met, lost, of_mean)


_OF_MEAN = pattern(r"平均|均值")


@dataclass(slots=True)
class _Read:
    """What the clauses of a rule gave so far; ``held`` is a condition whose outcome is in the next clause."""

    points: Fraction
    shares: list[tuple[str, Expression | None, str, Range | None, bool]] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    met: bool = False
    held: str = ""

    def clause(self, clause: str) -> bool:
        """Reads a clause; False where it is not understood."""
        if _LIMIT.match(clause) or self._band(clause) or self._share(clause) or self._met(clause):
            self.held = ""
            return True
        if _RANGE_OF_SHARE.search(clause) and clause.endswith(_OPENING) and not _RULE_LIKE.search(clause):
            self.held = f"{clause},"
            return True
        if _RULE_LIKE.search(clause):
            return False
        self.held = f"{clause}," if clause.endswith("的") else ""
        return True

    def _band(self, clause: str) -> bool:
        over = _OVER.match(self.held + clause)
        if over is not None:
            self.bands.append(Band(Range(Fraction(100), None, False, None, "%"), score_of(over, self.points)))
            return True
        told = (_BANDED.match(self.held + clause) if self.held else None) or _BANDED.match(clause)
        within = range_of(told) if told is not None else None
        if told is None or within is None or (within.low == within.high and not told["xu"]):
            return False
        self.bands.append(Band(within, score_of(told, self.points)))
        return True

    def _share(self, clause: str) -> bool:
        share = _share(clause, self.points)
        if share is None:
            return False
        limited = _RANGE_OF_SHARE.search(self.held.rstrip(",")) or _leading_range(clause)
        only = range_of(limited) if limited is not None else None
        within = only if only is not None and only.low != only.high else None
        self.shares.append((clause, share[0], share[1], within, share[2]))
        return True

    def _met(self, clause: str) -> bool:
        reached = _MET.match(clause) or _MET.match(self.held + clause)
        if reached is None or score_of(reached, self.points) != self.points:
            return False
        self.met = True
        return True


_OPENING = ("的", "时", "间", "上", "下", "内", "%")


# 「实际采购金额大于采购计划金额的，本项得0分」
_OVER = pattern(
    rf"^[\u4e00-\u9fff\"]{{0,12}}?(?:大于|超过|超出|高于|突破|超)(?:了)?[\u4e00-\u9fff]{{0,6}}(?:计划|预算|目标|任务|编制|100%)[\u4e00-\u9fff]{{0,4}}?{GIVES}$"
)
GOAL = pattern(
    r"(?:目标|标准|基准|计划|要求)(?:值|数|率)?(?:为|是|\(|:|≥)?(?P<n>\d{1,3}(?:\.\d+)?)%|(?P<m>\d{1,3}(?:\.\d+)?)%(?:\(目标\)|的(?:目标|标准)|(?=,(?:不足|未达|达不到|低于)[^,;。\d]{0,6}按))"
)


# 「以各项目自评得分按资金加权平均，再乘10%」, 「按四个季度满意度的均值乘分值」
_MEAN = pattern(
    r"加权平均[^;。]{0,16}(?:[×乘]|折|[得计]分|[÷/])|(?:平均值|均值|算术平均数?|平均数)[^;。\d]{0,10}(?:[×乘]|折|[得计]分|[÷/])"
)
_BANDED_MEAN = pattern(r"\d%?(?:及|或)?以[上下内]|扣|满分的|每|否则|[得计给]\d|不得")
_NOTED = pattern(r"\((?:年度)?(?:目标|标准)值?\)")
_BARE_SCORE = pattern(r"(?<=[上下内间%)])(?=\d{1,2}(?:\.\d+)?分)")  # 「80%以上12分」 in the spelling of others


def _in_parts(bands: list[Band], points: Fraction) -> bool:
    """Whether the scores are those of parts, which make the points together."""
    return len(bands) > 1 and all(band.score < points for band in bands) and sum(band.score for band in bands) == points


def _clauses(text: str) -> Iterator[str]:
    return (match[0] for match in _CLAUSE.finditer(text))


def _leading_range(clause: str) -> re.Match[str] | None:
    """The range that opens the clause of a share: of 「70%-80%之间按12分×(优良路率÷80%)」, 「低于98%的以完成度×9分」."""
    return pattern(rf"^[\u4e00-\u9fff\"]{{0,12}}?{RANGE}(?:的|时|部分|之间)*(?=[按以])").match(clause)


def _share(clause: str, points: Fraction) -> tuple[Expression | None, str, bool] | None:
    """The sum of a clause, or the words of its measure, and whether that is what is taken off."""
    if re.search(r"[×÷*=xX]|乘|除以|/", clause) and "每" not in clause:
        told = _leading_range(clause)
        core = clause[told.end() :] if told is not None else clause
        lost = re.match(r"^(?:应)?扣分=", core) is not None
        core = re.sub(r"^(?:应)?扣分=", "", core)
        core = _BEFORE.sub("", core)
        core = core.rpartition("=")[2] if "得分" in core.partition("=")[0] else core
        for text in (_BEHIND.sub("", core), core):
            whole = expression(text)
            if whole is not None and whole.names and _of_points(whole, points):
                return whole, "", lost
    if _RATIO_ALONE.fullmatch(clause) and (whole := expression(f"{clause}×分值")) is not None:
        return whole, "", False
    if _BY_TENTHS.search(clause):
        return None, "", False
    match = _IN_SHARE.search(clause)
    if match is None:
        return None
    if re.search(r"[扣减](?!少)", clause.replace(match[0], "")):
        return None
    if match["less"] or match["down"]:
        return None, match["less"] or match["down"], False
    of = match["of"] or match["of2"] or match["of3"]
    whole = expression(f"{of}×分值")
    return (whole if whole is not None and len(whole.names) > 1 else None), of, False


_RATIO_ALONE = pattern(r"[\u4e00-\u9fff]{2,10}[÷/][\u4e00-\u9fff]{2,10}")
# 「少几成扣几成」
_BY_TENTHS = pattern(r"[少差欠缺](?:了)?几成,?[扣减]几成|完成几成,?[得计给]几成")


def _of_points(whole: Expression, points: Fraction) -> bool:
    """Whether a sum is one of the points: by their word or their number."""
    return (
        "分值" in whole.text
        or any(word in whole.text for word in ("满分", "权重", "标准分", "总分"))
        or _number_in(whole.tree, points)
    )


def _number_in(node: object, number: Fraction) -> bool:
    if isinstance(node, tuple):
        return any(_number_in(part, number) for part in node)
    return isinstance(node, Fraction) and node == number
