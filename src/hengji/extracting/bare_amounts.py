"""Amounts of running text that bear no unit, where the report says once at its head that all of them are in 万元."""

from collections.abc import Iterable

from hengji.model.patterns import pattern

_SAID = pattern(r"\s*(?:金额|货币|计量)?单位:\s?(?:人民币)?万元\s*")
_HEAD = 12  # lines in which a report says its unit
_AMOUNT = pattern(
    r"(?:支出|预算|收入|经费|资金|追加|补助|决算|结转|费用?|支付|采购|工程|设备|货物|服务)[\u4e00-\u9fff]{0,2}\d[\d,]*\.\d\d(?=[,。;、()\s]|$)"
)
_WITH_UNIT = pattern(r"\d\s?万元")
_ENOUGH, _FEW = 5, 2
_BEHIND = pattern(r"[,。;、()\s]|$")
_SCORES = pattern(r"(?:得分|得|分值|系数|权重|评分|扣|计|得率|综合分|均分)$")


def amounts_are_bare(lines: Iterable[str]) -> bool:
    """Whether a report says its unit at its head, and tells its amounts without one."""
    told = list(lines)
    if not any(_SAID.fullmatch(line) for line in told[:_HEAD]):
        return False
    bare = sum(len(_AMOUNT.findall(line)) for line in told)
    return bare >= _ENOUGH and sum(len(_WITH_UNIT.findall(line)) for line in told) <= _FEW


def is_bare_amount(text: str, start: int, end: int) -> bool:
    """Whether a number is such an amount: to the cent, behind words that are no score's."""
    number = text[start:end].strip()
    whole, _, cents = number.partition(".")
    words = text[max(0, start - 4) : start].rstrip()
    told = bool(words) and "\u4e00" <= words[-1] <= "\u9fff"
    return (
        told
        and whole[:1].isdigit()
        and len(cents) == len("00")
        and _BEHIND.match(text, end) is not None
        and not _SCORES.search(words)
    )
