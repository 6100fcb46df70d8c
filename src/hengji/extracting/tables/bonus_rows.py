"""Rows of a bonus or a deduction in a table of scores, and the rows below them that tell what it is made of."""

from dataclasses import replace
from decimal import Decimal

from hengji.extracting.tables.cell_names import plain_name
from hengji.extracting.tables.table_scores import OpenBonus, TableScores
from hengji.model.extraction import Extra, Span
from hengji.model.patterns import pattern

_ROW = pattern(
    r"(?:加减分|加扣分|扣分|加分|减分|扣减分|附加分|奖励分|奖励加分)(?:项目?|情况|合计)?(?:\((?:最高|最多|不超过|上限|满分).{1,8}\))?"
)
_LED = pattern(r"(?<=项)[:—-]+.+")  # 「加分项：市级以上表彰」
_LESS = ("减", "扣", "倒")


def read_bonus(name: str, points: Decimal | None, score: Decimal | None, span: Span, found: TableScores) -> bool:
    """Reads a row that is a bonus's or a part of one into what was found; whether it was one."""
    name = plain_name(name)
    if _ROW.fullmatch(_LED.sub("", name)) and (score is None or points is None or score <= points):
        found.bonus = OpenBonus(name, score) if score is not None or points is None else None
        if score is not None:
            found.extras.append(Extra(name, abs(score), span, span, score < 0 or name.startswith(_LESS)))
        return score is not None
    if points is not None:
        found.bonus = None
    return found.bonus is not None and score is not None and _part(name, score, span, found.bonus, found)


def _part(name: str, score: Decimal, span: Span, bonus: OpenBonus, found: TableScores) -> bool:
    """Reads a part of a bonus: it tells what a score that is known was given for, or is one of its own."""
    if bonus.left is None:
        found.extras.append(Extra(name, abs(score), span, span, score < 0 or bonus.name.startswith(_LESS)))
        return True
    if abs(score) > abs(bonus.left):
        found.bonus = None  # its parts cannot be more than the whole
        return False
    found.bonus = replace(bonus, left=abs(bonus.left) - abs(score))
    whole = found.extras[-1]
    found.extras[-1] = replace(whole, body=Span(whole.body.start, max(whole.body.end, span.end)))
    return True
