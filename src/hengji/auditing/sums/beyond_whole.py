"""R07: a part that is more than its whole: 「检测120批次，其中合格124批次」, 「发放问卷300份，回收312份」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_FIRST = r"(?:^|[。;:\n\t])[^。;:\n\t\d]{0,30}?"  # the first figure of its sentence, so that nothing stands before to be counted in
_UNIT = r"(?P<unit>[万亿]?[\u4e00-\u9fff]{1,3}?)"
_OF_WHICH = pattern(
    rf"{_FIRST}(?P<whole>{_N})\s?{_UNIT}[,(、]\s?其中:?[^。;,、\d\n\t]{{1,12}}?(?P<part>{_N})\s?(?P=unit)(?=[,。;、)])"
)
_HANDED_OUT = pattern(
    rf"发[放出](?:调查|满意度|纸质|电子|群众|服务对象)*(?:问卷|调查表|测评表)[^。;,\d]{{0,6}}(?P<whole>{_N})\s?(?P<unit>份|张)[,、(]\s?(?:实际|共)?(?:收回|回收)[^。;,\d]{{0,8}}(?P<part>{_N})\s?(?P=unit)"
)
_CHECKED = pattern(
    rf"(?:抽检|检测|检验|抽查|检查|验收|抽样|送检|盘点|回访)[^。;,、\d\n\t]{{0,8}}(?P<whole>{_N})\s?{_UNIT}[,、(](?P<how>其中)?[\u4e00-\u9fff]{{0,2}}?(?:合格|达标|满意|账实相符)(?P<part>{_N})\s?(?P=unit)(?=[,。;、)])"
)
_NO_COUNT = pattern(r"[年月日时分号]|个?百分点|[万亿]?元")  # money has checks of its own


def parts_within_wholes(case: Case) -> Iterator[Finding]:
    """R07: a figure said to be of another one right before it, in the same unit, and more than it."""
    seen: set[int] = set()
    for form in (_OF_WHICH, _HANDED_OUT, _CHECKED):
        for match in form.finditer(case.flat):
            whole, part = read_decimal(match["whole"]), read_decimal(match["part"])
            if whole is None or part is None or part <= whole or match.start("part") in seen:
                continue
            if _NO_COUNT.match(match["unit"]):
                continue
            seen.add(match.start("part"))
            unit = match["unit"]
            message = f"其中的{match['part']}{unit}多于总数{match['whole']}{unit}"
            yield case.finding(
                "R07",
                Span(match.start("part"), match.end("part") + len(unit)),
                message,
                stated=match["part"],
                recomputed=f"≤{match['whole']}",
                also=(Span(*match.span("whole")),),
            )
