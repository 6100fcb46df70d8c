"""R06 of a bonus: so much for every honour of a level, as the report tells it, against the honours that it lists and what it added."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.extracting.leaves.aspects import count_of
from hengji.model.extraction import Span
from hengji.model.finding import Finding

_RULE = re.compile(
    r"(?P<level>国家|省部|部|省|市|县|区|镇)级[^,、;。\d]{0,12}?每[项次个](?:奖励|荣誉|表彰|表扬)?(?:计|加)(?P<n>\d(?:\.\d+)?)分"
)
_CAP = re.compile(r"(?:不超过|最高(?:加|为|计)?|上限(?:为)?|以)(?P<n>\d{1,2}(?:\.\d+)?)分(?:为限|封顶)?")
_HONOUR = re.compile(
    r"(?P<level>国家|省部|部|省|市|县|区|镇)级[^,、;。\d]{0,16}?(?P<count>\d{1,2}|[一二两三四五六七八九])[项次个]"
)
_LEVEL = re.compile(r"(?:国家|省部|部|省|市|县|区|镇)级")
_ADDED = re.compile(r"(?:共|合计|自评|应|可|申报)?(?:加|计)分?(?P<n>\d{1,2}(?:\.\d+)?)分")
_FAR = 300  # characters behind a rule in which its honours are listed
_FEWEST = 2  # levels of a rule


def bonus_by_rule(case: Case) -> Iterator[Finding]:
    """What a sentence adds for the honours that it counts, against the rule of their levels before it."""
    rules = list(_RULE.finditer(case.flat)) if "级" in case.flat and "加" in case.flat and "每" in case.flat else []
    worth = {match["level"]: Decimal(match["n"]) for match in rules}
    if len(worth) < _FEWEST or len(worth) != len(rules) or case.in_table(rules[0].start()):
        return
    cap = _CAP.search(case.flat, rules[0].start(), rules[-1].end() + 40)
    position = case.sentence(rules[-1].end()).end
    while position < min(rules[-1].end() + _FAR, len(case.flat) - 1):
        sentence = case.sentence(position)
        yield from _added(case, sentence, worth, Decimal(cap["n"]) if cap is not None else None)
        position = max(sentence.end, position + 1)


def _added(case: Case, sentence: Span, worth: dict[str, Decimal], cap: Decimal | None) -> Iterator[Finding]:
    text = case.text(sentence)
    honours, added = list(_HONOUR.finditer(text)), list(_ADDED.finditer(text))
    if (
        not honours
        or len(added) != 1
        or added[0].start() < honours[-1].end()
        or len(honours) != len(_LEVEL.findall(text))
    ):
        return  # of some the number is not told, or what they add is told one by one
    if any(match["level"] not in worth for match in honours):
        return
    right = sum((worth[m["level"]] * (count_of(m["count"]) or 0) for m in honours), Decimal(0))
    right = right if cap is None else min(right, cap)
    told = Decimal(added[0]["n"])
    if told > right:
        yield case.finding(
            "R06",
            Span(sentence.start + honours[0].start(), sentence.start + added[0].end()),
            f"按所写加分标准，所列{len(honours)}类表彰应加{number(right)}分，写{number(told)}分",
            stated=number(told),
            recomputed=number(right),
        )
