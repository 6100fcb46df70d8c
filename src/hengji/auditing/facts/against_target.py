"""R08: a rate said to be beyond its target that is below it, or to have missed one that it reaches."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_R = r"(?P<{}>\d{{1,3}}(?:\.\d+)?)%"
_GOOD = r"(?P<name>满意度|合格率|达标率|保证率|完成率|办结率|普及率|覆盖率|巩固率|完好率|及时率|整改率|就业率)"  # more of which is better
_BEYOND = pattern(
    _GOOD + r"(?:的)?(?:年度|年初)?目标(?:值)?(?:为|是)?[≥]?" + _R.format("aim") + r"(?:以上)?,(?:实际|完成)(?:完成|达到|为)*" + _R.format("done") + r",(?P<said>超过?|高于|超出|达到|完成)(?:了)?(?:年度|年初)?目标"
)  # fmt: skip
_MISSED = pattern(
    _GOOD + r"(?:为|是|达到?)?" + _R.format("done") + r",(?P<said>未达到?|没有达到|低于|未完成|不及)(?:年度|年初|设定的?|预期)?(?:目标(?:值)?)?(?:的)?" + _R.format("aim") + r"(?:以上)?(?:的)?(?:年度|年初)?目标(?!值?的?差)"
)  # fmt: skip


def against_its_target(case: Case) -> Iterator[Finding]:
    """R08: 「目标95%，实际94.20%，超过目标」; 「合格率98.60%，未达到95%的目标」."""
    for form, missed in ((_BEYOND, False), (_MISSED, True)):
        for match in form.finditer(case.flat) if "目标" in case.flat else ():
            aim, done = read_decimal(match["aim"]), read_decimal(match["done"])
            if aim is None or done is None or (done < aim) == missed or (not missed and done == aim):
                continue
            way = "低于" if done < aim else "不低于"
            message = f"{match['name']}{match['done']}%{way}目标{match['aim']}%，这里写“{match['said']}”"
            yield case.finding("R08", Span(*match.span()), message, stated=match["said"], recomputed=way)
