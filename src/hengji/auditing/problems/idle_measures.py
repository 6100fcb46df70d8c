"""R19: measures that say themselves that nobody does them at no time, that are an attitude alone, or whose doer and date stand blank."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.measures import attitude_only
from hengji.auditing.problems.zones import problem_zones
from hengji.library.texts import load_claim_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern


def idle_measures(case: Case) -> Iterator[Finding]:
    """A measure of the problems' chapter that leaves open who and when in words, or is an attitude behind its heading."""
    yield from _blank_cells(case)
    for zone in problem_zones(case):
        for match in _MEASURE.finditer(case.flat, zone.start, zone.end):
            text = match["said"]
            if case.in_table(match.start()) or _DEFINITE.search(text):
                continue
            words = load_claim_words()
            if words.no_time.search(text) and (words.nobody.search(text) or not _DOER.search(text)):
                message = "这条措施没有写明由谁改、何时改完"
            elif _wishes_alone(text) and not _told_apart(case, match.end(), zone):
                message = "这个问题只有表态，没有写措施、责任人和时限"
            else:
                continue
            yield case.finding("R19", Span(match.start(), match.end()), message, severity=Severity.INFO)


# From the words that open a measure to the end of its sentence.
_MEASURE = pattern(
    r"(?:(?<=[。;\n])|(?<=^))[ \t]*(?P<open>下一步|下步|今后|对此|为此|改进措施|整改措施|具体整改办法|整改办法|具体办法|改进方向)[,:]?(?P<said>[^。\n]{4,120})(?=[。\n]|\Z)",
    re.MULTILINE,
)
_DEFINITE = pattern(r"\d|[季年月]底|年内|[上下]半年|季度")
_DOER = pattern(r"由?(?!相关|有关)[\u4e00-\u9fff]{2,6}[股科室办](?=[负牵在于会]|$)|专班|专人")
_WISH = pattern(
    r"(?:一是|二是|三是|四是)?(?:我[局委办院单位]+|本单位|将|要|也|也将|会|必须|应)*(?:(?:进一步|不断|继续|持续|切实|努力|更加|认真|高度)*(?:总结经验(?:教训)?|吸取教训|完善机制|健全机制|(?:强化|加强)(?:沟通|协调|监督|协作)+|强化管理|改进工作(?:方法|方式)?|取长补短|举一反三|引以为戒))"
)
_WORK = pattern(
    r"(?:进一步|不断|继续|持续|切实)*(?:加强|强化|做好|抓好|重视|推进|规范|改进)[^,。;\d]{2,14}(?:工作|管理)"
)


def _wishes_alone(text: str) -> bool:
    """Whether every part of a measure is an attitude, whatever work it names beside one."""
    parts = [
        re.sub(r"^(?:[一二三四五]是|今后|将|要|我[局委办院单位]+)+", "", part.strip())
        for part in re.split(r"[,;、]", text)
    ]
    idle = [part for part in parts if part]
    pure = [attitude_only(part) or _WISH.fullmatch(part) is not None for part in idle]
    return (
        sum(pure) >= 1
        and len(idle) > 1
        and all(plain or _WORK.fullmatch(part) is not None for plain, part in zip(pure, idle, strict=True))
    )


def _told_apart(case: Case, at: int, zone: Span) -> bool:
    """Whether more of the measure follows: a list, or who does it and when."""
    rest = case.flat[at : min(zone.end, case.paragraph(at - 1).end)]
    return _DEFINITE.search(rest) is not None or _LISTED.match(case.flat, at) is not None


_LISTED = pattern(r"[。\s]*(?:\(?[一1][)、.]|一是|第一)")
_BY = pattern(r"责任(?:单位|股室|科室|处室|部门|人|主体)|(?:牵头|承办|负责)(?:单位|股室|科室|部门|人)")
_WHEN = pattern(r"(?:完成|整改|办结)?(?:时间|时限|期限)|计划完成")
_WHAT = pattern(r"措施|整改|改进|办法")


def _blank_cells(case: Case) -> Iterator[Finding]:
    """A row of a table of problems whose measure is told, and whose doer or date stands blank."""
    for grid in case.grids:
        heads = grid.lines[0] if grid.lines else ()
        named = [[n for n, head in enumerate(heads) if form.search(head)] for form in (_WHAT, _BY, _WHEN)]
        what, who, when = (next(iter(each), None) for each in named)
        if what is None or (who is None and when is None):
            continue
        asked = [n for n in (who, when) if n is not None and n != what]
        for row, texts in enumerate(grid.lines):
            cells = [texts[n].strip() if n < len(texts) else "" for n in asked]
            if row and what < len(texts) and len(texts[what].strip()) >= _SAID and asked and not all(cells):
                yield case.finding(
                    "R19", grid.row_span(row), "这条措施没有写明由谁改、何时改完", severity=Severity.INFO
                )


_SAID = 4  # characters of a measure
