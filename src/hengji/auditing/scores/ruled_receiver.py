"""R34: points of a leaf that is not assessed, given to another leaf than the one that the quoted rule names for all of them."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# 「不考核的指标,其分值统一调整至“资金使用合规性”」
_RULE = pattern(
    r"(?:不考核|不适用|不参评|不涉及|不参与评价)的?(?:三级)?(?:指标|事项)[^。;\n]{0,8}(?:分值|得分|权重|分数)(?:统一|一律|均|都|应|全部|一并)+(?:调整|并入|计入|转入|转|加|归|调)(?:至|到|入)?[\"](?P<to>[^\"\n]{2,16})[\"]"
)


def ruled_receiver(case: Case) -> Iterator[Finding]:
    """The leaves whose points went elsewhere than the one rule of the report says."""
    rules = list(_RULE.finditer(case.flat))
    if len({rule["to"] for rule in rules}) != 1:
        return
    to = rules[0]["to"]
    for item in case.found.items:
        received = item.receiver.strip('“”" ')
        if item.not_applicable and received and received not in to and to not in received:
            message = f"办法规定不考核的分值调整到“{to}”，这里调整到了“{received}”"
            yield case.finding("R34", item.body, message, stated=received, recomputed=to, item=item.name)
