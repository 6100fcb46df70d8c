"""R24: the counts of a survey, each a part of the one before it: sent out, given back, valid, content."""

import re
from collections.abc import Iterator
from itertools import combinations

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_COUNT = r"(?P<n>\d[\d,]*)\s?(?P<unit>[份人户名张家])"
_SENT = pattern(rf"(?:发放|发出|投放|下发)(?!率)[^,。;\d]{{0,12}}{_COUNT}")
_BACK = pattern(rf"(?:收回|回收)(?!率|有效)[^,。;\d]{{0,8}}{_COUNT}")
_VALID = pattern(rf"有效(?!率)(?:问卷|样本|答卷|调查表|反馈)?[^,。;\d率]{{0,4}}{_COUNT}")
_ASKED = pattern(rf"(?:调查|回访|访谈|走访|测评)(?!表|问卷)[^,。;\d、]{{0,6}}{_COUNT}")
_CONTENT = pattern(rf"(?<![不非])满意(?!度|率)(?:[和与或及]基本满意|及以上|的)?(?:票|问卷)?(?:为|有|共)?{_COUNT}")
_STAGES = (("发放", _SENT), ("调查", _ASKED), ("收回", _BACK), ("有效", _VALID), ("满意", _CONTENT))
_SAME = frozenset({frozenset("人名")})
_SEVERAL = pattern("每|各|线上|网络|扫码|分别|另|上年|去年|上一年|两次|第二次")
_STAFF = pattern(
    r"(?:对|向|面向|在)[本我](?:局|委|院|馆|站|校|单位|部门|中心|镇|街道)(?:机关)?(?:全体)?\d{0,4}名?(?:在职)?(?:干部职工|职工|工作人员|干部|员工)[^。;]{0,16}(?:调查|测评|问卷|访谈)"
)
_OUTSIDE = pattern("(?:群众|公众|服务对象|社会|企业|用户|居民|村民|市民|受益对象|办事人)[^,。;]{0,4}满意[度率]")


_WHEN = pattern(
    r"(?P<y>20\d\d)年(?:\d{1,2}月)?[^。;,\d]{0,12}(?:调查|回访|访谈|测评|发放问卷|问卷)[^。]{0,60}?(?P<of>20\d\d)年(?:度)?[\u4e00-\u9fff]{0,10}满意[度率](?:为|达到?|是)?\s?\d"
)
_COMPARED = pattern("上年|去年|较|比|提高|提升|增长|下降|分别|和20|与20")


def survey_counts(case: Case) -> Iterator[Finding]:
    """More given back than sent out, more valid than given back, more content than asked; one's own staff asked for all others."""
    for sentence, text in case.running if "满意" in case.flat else ():
        if "满意" in text and not _SEVERAL.search(text):
            yield from _out_of_order(case, sentence, text)
        when = _WHEN.search(text) if "满意" in text else None
        if when is not None and int(when["of"]) == case.year > int(when["y"]) and not _COMPARED.search(text):
            span = Span(sentence.start + when.start(), sentence.start + when.end())
            message = f"{when['of']}年的满意度用的是{when['y']}年的调查"
            yield case.finding("R24", span, message, stated=when["y"], recomputed=when["of"])
        item = case.item_at(sentence.start) if "满意" in text else None
        of_it = item is not None and not item.table and item.name.endswith(("满意度", "满意率"))
        staff = _STAFF.search(text) if "满意" in text else None
        if staff is not None and item is not None and of_it and _OUTSIDE.search(item.name):
            span = Span(sentence.start + staff.start(), sentence.start + staff.end())
            message = f"“{item.name}”的调查对象却是本单位职工，不能代表服务对象"
            yield case.finding("R24", span, message, stated=staff[0], item=item.name)
        elif staff is not None and (outside := _OUTSIDE.search(text, staff.end())) is not None:
            span = Span(sentence.start + outside.start(), sentence.start + outside.end())
            message = f"“{outside[0]}”的调查对象却是本单位职工，不能代表服务对象"
            yield case.finding("R24", span, message, stated=staff[0])


def _out_of_order(case: Case, sentence: Span, text: str) -> Iterator[Finding]:
    told = [(name, found[0]) for name, form in _STAGES if len(found := list(form.finditer(text))) == 1]
    for (before, whole), (behind, part) in combinations(told, 2):
        one_kind = whole["unit"] == part["unit"] or frozenset((whole["unit"], part["unit"])) in _SAME
        if one_kind and _number(part) > _number(whole):
            span = Span(sentence.start + part.start("n"), sentence.start + part.end())
            message = f"{behind}{part['n']}{part['unit']}，多于{before}的{whole['n']}{whole['unit']}"
            also = (Span(sentence.start + whole.start("n"), sentence.start + whole.end()),)
            yield case.finding("R24", span, message, stated=part["n"], recomputed=whole["n"], also=also)
            return


def _number(match: re.Match[str]) -> int:
    return int(match["n"].replace(",", ""))
