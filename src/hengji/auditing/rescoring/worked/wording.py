"""The words of a leaf set apart: what is rule, and what is fact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.rescoring.worked.leaf import Leaf
from hengji.model.patterns import pattern

_LABEL = pattern(
    r"^[\[【(]?(?:[\u4e00-\u9fff]{0,6}(?:标准|细则|办法|规则|方法|要点|公式|口径|规定)|得分说明|评分说明|计分说明|评分依据|计分依据|计分|评分)[\]】)]?(?:为|是|规定)?[:,】]?(?=[^,。;|\d]|\d)"
)
_LABELLED = pattern(
    r"^[\[【(]?(?:[\u4e00-\u9fff]{0,6}(?:标准|细则|办法|规则|方法|要点|公式|口径)|得分说明|评分说明|计分说明|评分依据|计分依据|计分|评分)[\]】)]?(?:为|是|:|】)"
)
# What only a rule says.
CUE = pattern(
    r"满分|满值|[给得计]满(?=[,;。]|$)|给\d{1,2}(?=[,;。]|$)|不给|分值|权重|标准分|全分|不(?:予)?[得计给记]分|不记分|零分|(?<![\d.])0分|无分|得一半|给一半|折半|否则|其余|其他情[况形]|按[^,。;]{0,20}(?:比例|之比|比值|率|占比|程度)(?:折|计|得|给|算|赋|打|换)|折算|折成|得分=|按[^,;。]{0,10}(?:比例|率)(?:同比例|相应|等比例)[扣减]|每个?(?:时点|节点|阶段)[得计]?\d|乘以?|[×*÷/=][^,。;]{0,16}分|封顶|为限|每[^,。;]{0,16}[扣减]|成分|"
    r"(?:的|上|下|内|者|时|平|降|升|增加|提高|减少|不到|间|于|%|\))[,:]?(?:可|应|则|均)?[得计给记为]?\d{1,2}(?:\.\d+)?分|\d[个件项处次起例户家名人天日卷][^,;。]{0,6}[扣减]\d|一[个件项处次起例户家名人天日卷][^,;。]{0,6}[扣减]\d|[少差欠缺]几成|(?:扣|减)(?:完|到|至)|不(?:予)?扣|[得计给记]\d{1,2}(?:\.\d+)?分(?=[,;])|[×*]\d{1,2}(?:\.\d+)?(?:折算|计)"
)
_CONDITION = pattern(
    r"(?:的|时|者|上|下|内|外|间|平|升|降|于上年|于去年|预算|编制数?|目标值?|计划数?|标准|到\d[^,]*|于\d[^,]*|%|含\)|本数\))$"
)
_FIGURE = pattern(r"\d")


@dataclass(frozen=True, slots=True)
class Wording:
    """The rule of a leaf and its facts, each clause after clause."""

    rule: str
    facts: str


def wording(leaf: Leaf) -> Wording:
    """What of a leaf's words is rule and what fact, without its points and its score."""
    rules, facts = ([leaf.rule] if leaf.rule else []), list[str]()
    for line in leaf.lines:
        for said, labelled in _sentences(line):
            part = said if labelled and not _SELF.search(said) else _without_claim(said, leaf.claimed)
            if labelled:
                rules.append(_LABEL.sub("", part))
            elif part:
                rule, fact = _apart(_without_points(part, leaf.points))
                rules += [rule] if rule else []
                facts += [fact] if fact else []
    return Wording("。".join(rules), "。".join(facts))


def _sentences(line: str) -> Iterator[tuple[str, bool]]:
    """The sentences of a line and the rules that stand in brackets; and whether a label says that it is a rule."""
    bracketed = [match for match in _BRACKET.finditer(line) if len(match[1]) > _SHORT and _is_rule(match[1])]
    for match in bracketed:
        yield match[1].rstrip("。"), True
        line = line.replace(match[0], "。", 1)
    for part in re.split(
        r"[。|]|(?<![,;:])(?=(?:事实|完成情况|实际情况|实际完成(?:情况)?|实绩|佐证|自评情况|评价情况|得分理由|情况说明|自评说明|结果):)",
        line,
    ):
        if part:
            yield part, _LABELLED.match(part) is not None


def _is_rule(words: str) -> bool:
    """Whether words in brackets are a rule, not a bound that is included or a share of the marks."""
    return _LABELLED.match(words) is not None or CUE.search(words) is not None


_SHORT = 6
_SELF = pattern(r"[,;](?:故|因此|所以|据此)?(?:自评|实得|实际得)[^,;]{0,8}$")
_BRACKET = pattern(r"(?<!得分)(?<![×÷*=+-])\(((?:[^()]|\([^()]*\))*)\)(?![×÷*/])")
_SAID = r"(?:[,;]|^)(?:故|因此|所以|据此|综上|对照|按此|按规则|按标准|依标准|应|本项|该项|此项|本指标|合计|共|最终|仍|相应|[\u4e00-\u9fff]{2}折算)*(?:自评|自评分|实际|实|应|自)?(?:得分|得|记|计|打|评分|评|给|自评)(?:分|为|了|是|:)*(?P<n>\d{1,3}(?:\.\d+)?)分?$"
_CLAIM = pattern(_SAID)
_CLAIM_FIRST = pattern(r"^(?:[,;]|自评|得分|实得|得|为|:)*(?P<n>\d{1,3}(?:\.\d+)?)分?(?=[,;:。]|$)")


def _without_claim(part: str, claimed: Fraction) -> str:
    match = _CLAIM.search(part)
    if match is not None and Fraction(match["n"]) == claimed:
        return part[: match.start()]
    first = _CLAIM_FIRST.match(part)
    return part[first.end() :] if first is not None and Fraction(first["n"]) == claimed and "自评" in first[0] else part


_POINTS = pattern(
    r"^[:,;。]*(?:(?:\d{1,2}(?:\.\d+)?)/)?[(\[【]?(?:本项|该项)?(?:满分|分值|标准分|权重分?)?(?:为|是|:)?(?P<n>\d{1,2}(?:\.\d+)?)分?[)\]】]?[,:;]?(?:自评(?:得分)?|实得|得分)?(?:为|:)?(?:\d{1,2}(?:\.\d+)?)?分?[)\]】]?(?=[,;:]|$|[\u4e00-\u9fff(])"
)


def _without_points(part: str, points: Fraction) -> str:
    match = _POINTS.match(part)
    whole = (
        match is not None
        and Fraction(match["n"]) == points
        and ("分" in match[0] or "/" in match[0] or match.end() == len(part))
    )
    return part[match.end() :].lstrip(",;:") if match is not None and whole else part


def _apart(part: str) -> tuple[str, str]:
    """The clauses of a sentence that are rule, and those that are fact."""
    if not CUE.search(part):
        return "", part
    clauses = re.split(r"(?<=[,;])", part)
    cues = [at for at, clause in enumerate(clauses) if CUE.search(clause)]
    if not cues:
        return part, ""
    first, last = cues[0], cues[-1]
    while first and (_CONDITION.search(clauses[first - 1].rstrip(",;")) or not _FIGURE.search(clauses[first - 1])):
        if _FACT.search(clauses[first - 1]):
            break
        first -= 1
    return "".join(clauses[first : last + 1]).strip(",;"), "".join([*clauses[:first], *clauses[last + 1 :]]).strip(",;")


# 「全年完成支出1,187.88万元，占预算1,250.40万元的95.00%」
_FACT = pattern(r"\d(?:,\d{3})*\.\d\d(?!\d)|\d(?:万元|亿元|件|人|户|家|座|起|个(?!百分点|工作日))")
