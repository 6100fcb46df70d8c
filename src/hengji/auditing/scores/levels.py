"""R34: whose money a reason for 不考核 denies: that of the province, the city, the county."""

from hengji.model.patterns import pattern


def levels_denied(told: str) -> frozenset[str]:
    """Whose money a reason denies, by the clauses that deny: 「市级财力未安排」; nothing where it is not said."""
    clauses = [clause for clause in _CLAUSES.split(told) if _DENIED_MONEY.search(clause)]
    return frozenset(level for clause in clauses for level in _LEVEL.findall(clause))


_CLAUSES = pattern("[,。;:\\n\\t]")
_DENIED_MONEY = pattern(r"无|没有|未(?!来)|不(?!考核|适用)")
_LEVEL = pattern(r"中央|省(?!市|略)|自治区|市(?=级|财|本级|里)|[县区旗](?=级|财|本级|里)|上级")
_UPPER = "上级"  # of whatever level


def of_other_levels(denied: frozenset[str], fact: str) -> bool:
    """Whether money that is told to be there is of other levels than those that are denied."""
    told = frozenset(_LEVEL.findall(fact))
    return bool(denied and told) and _UPPER not in denied | told and denied.isdisjoint(told)
