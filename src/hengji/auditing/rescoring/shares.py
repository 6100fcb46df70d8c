"""The ways in which a scoring rule gives points in proportion."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.rescoring.sheet import Sheet, quoted
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_N = r"\d{1,4}(?:\.\d+)?"
_WORTH = r"(?:本项|该项|本?指标|权重)?(?:分值|满分|权重分?|标准分|(?P<n>\d{1,3}(?:\.\d+)?)(?:分|(?=[,;。|\"计]|$)))"
_AIM = r"(?:\(?≥?\d{1,3}(?:\.\d+)?%\)?)"  # what was aimed at, told where a rule divides by it: 「÷目标值70%」
_DUE = r"(?:\d[\d,.]*[\u4e00-\u9fff]{1,3})"  # the same of a count: 「÷260万页」
_TIMES = r"(?:的)?(?:比例|比率|比重|占比)?[)]?(?:×100%)?(?:×|x|X|\*|乘以|乘)"
_SHARES = tuple(
    pattern(words)
    for words in (
        rf"(?P<over>[\u4e00-\u9fff()]{{2,16}}(?:÷|/|除以|占)(?P<under>[\u4e00-\u9fff()]{{1,16}}?{_AIM}?|{_AIM}|{_DUE})){_TIMES}{_WORTH}",
        rf"(?:率|比例|比重|度|完成值|之比){_TIMES}{_WORTH}",
        rf"(?:分值|满分|权重|(?<![\d.])(?P<n>\d{{1,3}}(?:\.\d+)?)分?)(?:×|x|\*|乘以?)\(?[\u4e00-\u9fff]{{2,10}}(?:÷|/)(?P<under>[\u4e00-\u9fff]{{2,8}}{_AIM}?|{_AIM}|{_DUE})",
        r"(?:分值|满分|权重|(?<![\d.])(?P<n>\d{1,3}(?:\.\d+)?)分?)(?:×|x|\*|乘以?)[\u4e00-\u9fff]{0,10}(?:率|比例|比重)",
        r"按(?:照)?(?:实际|完成)[\u4e00-\u9fff]{0,6}?[与和占同](?P<under>计划|目标|任务|年初|指标)[\u4e00-\u9fff]{0,4}?(?:之|的)?比(?:例|率|重|值)?[计得折赋给算打]",
        r"按(?:照)?(?:实际)?[\u4e00-\u9fff]{2,8}占(?P<under>[\u4e00-\u9fff]{2,8})的?(?:比例|比重|比率)[计得折赋给算打]",
        r"(?<!不)按(?:照)?(?:实际|相应|同等|其)?(?:(?!规定|一定|固定|有关|最高|分值|满分|每)[\u4e00-\u9fff]{2})?(?:值|数)?(?:情况|程度|进度)?的?(?:率|比例|占比|百分比)(?:占|给|折算|计算|折|计|得|乘|扣|赋|算|打)",
        r"(?<!不)按(?:照)?[\u4e00-\u9fff]{0,8}?(?:率|满意度)(?:折算|计算|计分|得分)",
        r"(?<!不)按(?:照)?(?:实际)?(?:完成|执行|支出)(?:率|比例|情况比例|进度比例)|(?<![不余他])按(?:实际|相应)?比例(?=$|[,;。|)])",
    )
)
_TIMES_SIGN = pattern(r"[×x*]")
_MAY_SHARE = pattern(r"[×xX*乘按]")  # one of them stands in each of these
_SHOWN = pattern(
    r"(?<![\d.%])(?P<a>NUM)(?P<p>%?)(?:人次|[人个座公里件项场])?(?:(?:÷|/)(?P<b>NUM)%?)?(?:×100%)?(?:×|x|\*)(?P<n>NUM)(?!%|\d|\.\d)".replace(
        "NUM", r"\d[\d,]*(?:\.\d+)?"
    )
)
_SHOWN_BACK = pattern(
    r"(?<![\d.%])(?P<n>NUM)分?(?:×|x|\*)(?P<a>NUM)(?P<p>%)(?:(?:÷|/)(?P<b>NUM)%?)?".replace("NUM", _N)
)
_FORMULA = pattern(r"[×xX*÷/乘]")


@dataclass(frozen=True, slots=True)
class Share:
    """Points in proportion; ``of_target`` where the rule divides by what was aimed at, ``value`` where the sum is written out."""

    of_target: bool
    words: str
    at: int
    value: Fraction | None = None
    over: str = ""  # what it divides, and by what, where the rule names both
    under: str = ""

    @property
    def aim(self) -> Fraction | None:
        """The rate that it divides by, where the rule tells it: 「实际值÷目标值70%×7分」."""
        told = _RATE.search(self.under)
        return Fraction(told[1]) if told is not None else None

    @property
    def due(self) -> str:
        """The count that it divides by, where the rule tells it: 「完成数÷260万页×8」."""
        return self.under if self.under[:1].isdigit() and "%" not in self.under else ""

    @property
    def vague(self) -> bool:
        """Whether only 「按比例」 is said, and not of what."""
        return _FORMULA.search(self.words) is None


def read_shares(sheet: Sheet, points: Fraction) -> Iterator[Share]:
    """The ways in which a text says that points are given in proportion: sums that are written out, then the words for it."""
    shown = (*_SHOWN.finditer(sheet.rest), *_SHOWN_BACK.finditer(sheet.rest)) if _TIMES_SIGN.search(sheet.rest) else ()
    for match in shown:
        under = _figure(match["b"] or "100")
        divides = _DIVIDES.search(sheet.rest[: match.start()]) is not None  # 「÷目标值70%×7」 shows no sum
        if _figure(match["n"]) == points and (match["p"] or match["b"]) and under and not divides:
            sheet.spans.append(Span(*match.span()))
            yield Share(False, match[0], match.start(), _figure(match["a"]) / under)
    for form in _SHARES if _MAY_SHARE.search(sheet.rest) else ():
        told = form.search(sheet.rest)
        if told is None:
            continue
        groups = told.groupdict()
        if groups.get("n") and Fraction(groups["n"]) != points:
            continue  # a part's points
        sheet.spans.append(Span(*told.span()))
        yield Share(
            _BY_TARGET.search(groups.get("under") or "") is not None,
            quoted(sheet.text, *told.span()),
            told.start(),
            over=_DIVIDED.split(groups.get("over") or "")[0],
            under=groups.get("under") or "",
        )
        return


_DIVIDED = pattern("÷|/|除以|占")
_DIVIDES = pattern(r"(?:÷|/|除以|与)[\u4e00-\u9fff]{0,8}\(?≥?$")
_RATE = pattern(r"(\d{1,3}(?:\.\d+)?)%")
_BY_TARGET = pattern(r"目标|指标值|计划|\d")


def _figure(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))
