"""R15: receptions, cars and travel abroad said to have cost nothing, where the report tells how many there were."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.money.three_public import nothing_spent
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ZERO = r"(?:支出|决算数?|经费|费用?|开支|实际支出)*(?:均|都)?(?:为|是|:)?\s?(?:0(?:\.0+)?\s?(?:万?元)?|零(?:支出|开支)?)(?=[,。;、)\n\t]|$)"
_DENY = r"(?:未|没有|无)(?:发生|开支|列支|产生)?(?:任何)?"
# 「公务接待费为0」, 「全年未发生公务接待」
_NO_RECEPTION = pattern(rf"公务接待{_ZERO}|{_DENY}公务接待(?:费用?|支出|活动|事项)*(?=[,。;、)\n\t]|$)")
# 「全年公务接待36批次412人次」
_RECEPTIONS = pattern(
    r"(?:公务接待|国内接待|接待(?:来访|上级|外来|调研|考察|检查)[^,。;\d]{0,10})[^,。;\d]{0,8}(?P<n>[1-9]\d*)\s?(?:批次?|次)(?:[、,(]?\s?[1-9]\d*\s?人次?)?"
)
_FOR_MONEY = pattern("公务接待|国内接待|接待费|用餐|就餐|食堂|餐饮|陪餐")
_OTHER = pattern(
    r"上年|去年|20\d\d年|预算|计划|限额|标准|控制|目标|下属|所属|二级|机关食堂免费|不产生费用|未发生费用|工作餐|群众|游客|旅客|读者|观众"
)
_NEAR = 24  # characters before a claim or a count that say of what it is


def receptions_of_nothing(case: Case) -> Iterator[Finding]:
    """「公务接待费为0」 beside 「全年公务接待36批次412人次」."""
    if "公务接待" not in case.flat:
        return
    denied = next((m for m in _NO_RECEPTION.finditer(case.flat) if _own(case, m.start(), m.end())), None)
    told = next((m for m in _RECEPTIONS.finditer(case.flat) if _own(case, m.start(), m.end())), None)
    if denied is None or told is None or any(True for _ in nothing_spent(case)):
        return
    alike = case.paragraph(denied.start()) == case.paragraph(told.start())
    if alike or (not told[0].startswith("公务接待") and not _FOR_MONEY.search(case.text(case.sentence(told.start())))):
        return  # told beside it, which it then accounts for; or guests who cost nothing
    message = f"这里写“{denied[0]}”，另一处写“{told[0]}”"
    span, other = Span(*denied.span()), Span(*told.span())
    yield case.finding("R15", span, message, stated=denied[0], recomputed=told[0], also=(other,))


def _own(case: Case, start: int, end: int) -> bool:
    """Whether a place tells of the year's own receptions."""
    sentence = case.sentence(start)
    around = case.flat[max(sentence.start, start - _NEAR) : min(sentence.end, end + _NEAR // 2)]
    around = around.replace(f"{case.year}年", "")
    clause = around[: start - max(sentence.start, start - _NEAR) + (end - start)].split("。")[-1].split(";")[-1]
    return _OTHER.search(clause) is None and not case.aimed_at(start)
