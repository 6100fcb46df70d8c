"""R18: a problem whose opening words judge what one leaf alone is about, by its name, and whose next words tell a fact of it."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import ALLOWED, RULE, Admission, is_of_another_year, is_right_again
from hengji.auditing.problems.claiming import place_of
from hengji.auditing.problems.contradicting import names_alone
from hengji.auditing.problems.qualities import at_fault, beside, of_its_quality
from hengji.auditing.problems.zones import ITEM, numbered
from hengji.library.texts import load_qualities
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_BEGINS = 8  # characters within which a problem names what it is about
_SENTENCE = pattern(r"[^。;\n]+")
_OPENING = pattern(r"(?:20\d\d年(?:度|末)?|[我本][局委院单位]*|部分|个别|少数|有的|对)?")
_STOP = pattern(r"[,。;:]")
_FIGURE_ONLY = pattern(r"率$|满意|[达完]成|进度|执行")  # what its own figures decide
_OF_A_RATE = pattern(
    r"率[^,。;]{0,4}(?:不高|不足|[偏较]?低|未达)"
)  # another quality than those that leaves are named by
_KIND = pattern(r"(?:管理|情况|质量|工作|建设)?(?:规范|合规|合理|科学|准确|及时|完整|有效|健全|完善)?性?$")
# A fault of what was done, told as a fact.
_FACT = pattern(
    r"未(?!来)|没有|(?<![淹沉埋出])没(?![收落])|缺(?=[\u4e00-\u9fff])|漏|错|逾期|超期|晚了?\d|擅自|后补|补[签写登记]|找不到|查不到|对不上|不[符全齐一]|重复|照[搬抄]|雷同|相同|由同一|空着|空白"
)
_COUNT = pattern(r"(?<![\d.])[1-9]\d*(?:\.\d+)?\s?(?:[个笔份件户台套项批处条辆次宗张人名家所座株]|万?元)")
_OTHERS = pattern(
    r"由(?:上级|国家|中央|[省市县区](?!审计|纪委|巡察)[\u4e00-\u9fff]{0,8}?[局厅委办院部府处])(?![^,。;]{0,6}(?:指出|查出|发现|通报|退回))|由[^,。;]{2,14}(?:负责|管理|决定|统筹|承担|经营|建设|安排|审理|组织|发放|办理)|属[^,。;]{0,10}(?:因素|原因|职[责能]|事权)|不(?:属于?|在|列入)[^,。;]{0,10}(?:范围|任务|职责|预算)|乡镇自|外部|[建完竣][成工]后|后期|后续|[待等][^,。;]{0,8}(?:批复|判决|批准)"
)


def judged_leaves(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """The problems that open with a judgement on the object of a leaf with full marks and go on to tell a fact."""
    for span, text in _problems(case, zones):
        head, rest = (*_STOP.split(text, maxsplit=1), "")[:2]
        rest = rest.split("另", 1)[0]
        if not (at_fault(head) and (_COUNT.search(rest) or _FACT.search(rest))) or _OTHERS.search(text):
            continue
        if RULE.search(text):
            continue
        if ALLOWED.search(text) or is_right_again(case, text) or is_of_another_year(case, text, text):
            continue
        named = [item for item in case.found.items if _opens_with(case, item, head)]
        if not (_FACT.search(rest) or _FACT.search(head) or any(_denied(item.name, head) for item in named)):
            continue
        if len(named) != 1 or named[0] not in full or _FIGURE_ONLY.search(named[0].name) or _OF_A_RATE.search(head):
            continue
        if _of_its_quality(named[0].name, text) and not any(item.name in text for item in lost):
            yield Admission(span, named[0], place_of(case, named[0]))


def _of_its_quality(name: str, text: str) -> bool:
    """Whether a problem is of the quality that a name ends with: by that word, or by those that library/fields.yaml has for it."""
    quality = _QUALITY.search(name)
    known = any(name.endswith(each) for each in load_qualities())
    return of_its_quality(name, text) and (quality is None or known or quality["word"] in text)


_QUALITY = pattern(r"(?P<word>[\u4e00-\u9fff]{2})性$")


def _problems(case: Case, zones: list[Span]) -> Iterator[tuple[Span, str]]:
    """The numbered problems; the sentences where they have no numbers. Each without its number."""
    for zone in zones:
        for each in numbered(case, zone):
            mark = ITEM.match(case.text(each))
            if mark is not None:
                span = Span(each.start + mark.end(), each.end)
                yield span, case.text(span).strip(" 。;\n")
                continue
            for match in _SENTENCE.finditer(case.text(each)):
                span = Span(each.start + match.start(), each.start + match.end())
                yield span, match[0].strip()


def _opens_with(case: Case, item: ScoredItem, head: str) -> bool:
    """Whether the first words of a problem name what a leaf is about: by its whole stem, 「支出不均衡」 too, or by a pair that no other leaf has."""
    opening = _OPENING.match(head)
    told = head[opening.end() if opening else 0 :]
    stem = _stem(item.name)
    if len(stem) >= _STEM:
        form = rf"{re.escape(stem[:2])}(?:不够?|欠|未)?{re.escape(stem[2:])}"
        held = stem[:2] in told and stem[2:] in told
        match = re.search(form, told[: _BEGINS + len(stem)]) if held else None
        if match is not None:
            return not beside(told, match[0])
        if all(pair in told for pair in (stem[:2], stem[-2:])):
            return True
    return any(
        _ALL_OF_IT.fullmatch(item.name.replace(pair, "")) and not beside(told, pair)
        for pair in names_alone(case).get(item.name, ())
        if pair in told[:_BEGINS]
    )


def _denied(name: str, head: str) -> bool:
    """Whether a problem denies just what a leaf's name says: 支出不均衡 of 支出均衡性."""
    stem = _stem(name)
    return (
        len(stem) >= _STEM
        and re.search(rf"{re.escape(stem[:2])}(?:不够?|欠|未){re.escape(stem[2:])}", head) is not None
    )


_STEM = 4
# What a name may have beside the one general word that it is about: 资产 of 固定资产管理, not 信息 of 信息公开.
_ALL_OF_IT = pattern(
    r"(?:政府|固定|国有|公务|财务|绩效|运行|项目|部门|单位|会计)*(?:管理|核算|控制|执行|编制|监管|情况|质量|规范|合规|[性度])*"
)


def _stem(name: str) -> str:
    return _KIND.sub("", name)
