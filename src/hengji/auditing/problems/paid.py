"""R18: a problem that another leaf lost points for, by its own account or by that leaf's."""

from collections.abc import Iterable

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import Admission
from hengji.auditing.problems.qualities import at_fault
from hengji.auditing.slips import digits_of
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_MORE_OF_IT = pattern(r"[,;](?:另外?|此外|同时|还|且)")
_BEARS_ON = pattern(r"(?:影响|拉低|导致|致使|造成|使得?|涉及)(?P<names>[^。;]+)")
_COUNT = pattern(r"(?<![\d.,])([1-9]\d*)\s?(?!年|月|日|号)([\u4e00-\u9fff])")
_FIGURE = pattern(r"\d[\d,]*\.\d+(?!\d|\s?%)")  # an amount: years and counts recur by chance
_NAME, _DIGITS, _WORDS = 4, 4, 3


def paid_for(case: Case, admission: Admission, lost: Iterable[ScoredItem]) -> bool:
    """Whether a problem says which leaf it bore on, which lost points, or such a leaf tells its figure or most of its words, and more than the one it stands against."""
    losers = [item for item in lost if item is not admission.item]
    clause = _MORE_OF_IT.split(case.text(admission.span))[0]
    clause = _own_part(case, admission, losers) or clause
    bears = _BEARS_ON.search(clause)
    if bears is not None and any(len(item.name) >= _NAME and item.name in bears["names"] for item in losers):
        return True
    told = {each for each in _FIGURE.findall(clause) if len(digits_of(each)) >= _DIGITS}
    accounts = [_account(case, item) for item in losers]
    if any(told & set(_FIGURE.findall(account)) for account in accounts):
        return True
    words, own = pairs_of(clause), _account(case, admission.item)
    counted, missing = _counts(clause), words - pairs_of(own)
    if not admission.sure and any(
        counted & _counts(account) and missing & pairs_of(account) for account in accounts if counted
    ):
        return True
    least = max(_WORDS, len(words & pairs_of(own)) + 1, (len(words) + 1) // 2)
    return not admission.sure and any(len(words & pairs_of(account)) >= least for account in accounts)


def _own_part(case: Case, admission: Admission, losers: list[ScoredItem]) -> str:
    """The part between commas that counts a fault of its own by a word of the leaf's name, where no leaf that lost points has a word of it: 「村级经费列支不当,有1笔广告服务未报采购计划」."""
    named = pairs_of(admission.item.name)
    accounts = [pairs_of(_account(case, item)) for item in losers]
    for part in case.text(admission.span).split(",")[1:]:
        own = pairs_of(part)
        if _COUNT.search(part) and own & named and at_fault(part) and not any(own & account for account in accounts):
            return part
    return ""


def _counts(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((number, counter) for number, counter in _COUNT.findall(text))


def _account(case: Case, item: ScoredItem) -> str:
    return f"{item.name} {case.text(item.body)} {item.actual} {item.remark}"
