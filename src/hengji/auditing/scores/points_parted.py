"""R34: the points of a leaf that is not assessed, as its own text parts them: to itself, or more or fewer than it has."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.tree import same_name
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_MOVE = r"(?:并入|调整?[至到入]|转[至到入]|计入|加[至到入]|移[至到入]|归入|划[至到入])"
_ONE = pattern(
    rf"(?<![\d.+])(?P<n>\d{{1,2}}(?:\.\d+)?)\s?分(?:分值|权重)?,?(?:全部|统一|相应|均|已)?{_MOVE}(?P<rest>[^。;\n]{{0,60}})"
)
_PARTS = pattern(r"[\"“](?P<to>[^\"”]{2,20})[\"”]\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def points_parted(case: Case) -> Iterator[Finding]:
    """Points moved to the leaf itself, parts that do not make them, points that the leaf never had."""
    for item in case.not_assessed:
        if item.points is None or item.doubtful or item.table:
            continue
        moves = list(_ONE.finditer(case.flat, item.body.start, item.body.end))
        if len(moves) != 1:
            continue
        move, told = moves[0], Decimal(moves[0]["n"])
        span = Span(move.start(), move.start("rest") + min(len(move["rest"]), _SHOWN))
        parts = [Decimal(part["n"]) for part in _PARTS.finditer(move["rest"])]
        if item.receiver and same_name(item.receiver, item.name):
            yield case.finding("R34", span, f"“{item.name}”不考核，分值却写并入它自己", item=item.name)
        elif len(parts) > 1 and sum(parts) != told:
            message = f"“{item.name}”调出{number(told)}分，各接收指标合计{number(sum(parts, Decimal(0)))}分"
            yield case.finding("R34", span, message, item=item.name, stated=number(told))
        elif told != item.points and not parts and not _KEPT.search(case.text(item.body)):
            message = f"“{item.name}”分值是{number(item.points)}分，写调出的是{number(told)}分"
            yield case.finding(
                "R34", span, message, item=item.name, stated=number(told), recomputed=number(item.points)
            )


def absences_counted(case: Case) -> Iterator[Finding]:
    """Another number of leaves said not to be assessed than there are: 「不考核指标3项」."""
    if not case.certainty.tree or not case.not_assessed:
        return
    for match in _COUNTED.finditer(case.flat):
        told, real = int(match["n"]), len(case.not_assessed)
        if told != real and case.item_at(match.start()) is None and not case.in_table(match.start()):
            span = Span(match.start(), match.end())
            message = f"这里写不考核指标{told}项，报告里不考核的指标是{real}项"
            yield case.finding("R34", span, message, stated=str(told), recomputed=str(real))


_COUNTED = pattern(
    r"不(?:予)?(?:考核|适用|参评)(?:的)?(?:三级|末级|评价)?指标(?:共|有|为|共有)?\s?(?P<n>\d{1,2})\s?[项个]"
)
_SHOWN = 24  # characters of the receivers
_KEPT = pattern(r"[两二三四五六]项|其余|剩余|其中|部分|另|原|保留|合计")
