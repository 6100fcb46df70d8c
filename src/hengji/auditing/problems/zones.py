"""Where a report tells its problems and its measures: chapters, rows of a form, or lines that only look like headings."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_NUMBERED = r"(?:第?[一二三四五六七八九十壹贰叁肆伍陆柒捌]{1,3}(?:部分|[章节、.])?\s*|\d{1,2}[、.]\s*|问\s?:\s*)"
_PROBLEMS = pattern(
    rf"^[ \t\u3000]*{_NUMBERED}[^。,;\n\t]{{0,10}}(?:问题|不足)[^。,;\n\t]{{0,10}}[?:]?[ \t\u3000]*$", re.MULTILINE
)
_MEASURES = pattern(
    rf"^[ \t\u3000]*{_NUMBERED}[^。,;\n\t]{{0,10}}(?:措施|建议|整改|下一步)[^。,;\n\t]{{0,10}}[?:]?[ \t\u3000]*$",
    re.MULTILINE,
)
_RUN_ON = pattern(
    r"(?<=[。\s])[一二三四五六七八九十]、[^。,;:\n]{0,6}问题(?:及原因|和原因|与原因)?(?:分析)?\s?(?=\(|1|[\u4e00-\u9fff])"
)
_NEXT = pattern(
    r"(?:^[ \t\u3000]*|(?<=。))(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]部分|问\s?:)", re.MULTILINE
)


@once
def problem_zones(case: Case) -> list[Span]:
    """The problems' text: of the chapter and of a form's rows, else between lines that look like headings."""
    span = case.chapter_span("存在问题") or case.chapter_span("问题与建议")
    measures = measures_inside(case)
    if span is not None:
        end = measures.start if measures is not None else span.end
        span = Span(_own_start(case, span), _before_scores(case, Span(span.start, end)))
    found = [*([span] if span is not None else _opened(case)), *_rows(case, _PROBLEM_CELL)]
    return found or _lines(case, _PROBLEMS) or _lines(case, _RUN_ON)


def _before_scores(case: Case, span: Span) -> int:
    """Where the rows of a table of scores begin that stands behind the problems without a chapter of its own, else the end."""
    rows = [i.quote.start for i in case.found.items if i.table and span.start < i.quote.start < span.end]
    return min(rows) if len(rows) >= _ROWS else span.end


_ROWS = 3  # leaves: fewer are no table of scores


def _own_start(case: Case, span: Span) -> int:
    """Where a chapter of problems begins to tell them: behind what was done well, where that stands first under a heading of its own."""
    inside = [s for s in case.found.sections if span.start < s.span.start < span.end and s.rank > _TOP_RANK]
    first = next((n for n, s in enumerate(inside) if s.key in ("存在问题", "问题与建议")), 0)
    before = inside[:first]
    return inside[first].span.start if before and all(s.rank >= inside[first].rank for s in before) else span.start


_TOP_RANK = 10  # of a chapter


@once
def measure_zones(case: Case) -> list[Span]:
    """The same of the measures and suggestions."""
    span = case.chapter_span("相关建议") or measures_inside(case)
    if span is not None:
        return [span]
    return [*_rows(case, _MEASURE_CELL)] or _lines(case, _MEASURES) or _right_behind(case)


def _right_behind(case: Case) -> list[Span]:
    """The part whose heading stands right behind the chapter of problems and is one of measures in any words: 「第四章 补短板」, 「4 对策」."""
    span = case.chapter_span("存在问题")
    head = _ANSWERING.match(case.flat, span.end) if span is not None else None
    if span is None or head is None:
        return []
    own = next((s for s in case.found.sections if head.start() <= s.span.start < head.end()), None)
    above = case.section(span.start)
    rank = max(own.rank if own is not None else 0, above.rank if above is not None else 0)
    after = (s.span.start for s in case.found.sections if s.span.start >= head.end() and s.rank <= rank and s.heading)
    return [Span(span.end, next(after, len(case.flat)))]


_ANSWERING = pattern(
    r"\s*[^。,;:\n\t]{0,12}(?:措施|办法|对策|举措|打算|改进|整改|补短板|补齐|下一?步|安排|思路)[^。,;:\n\t]{0,8}[:。]?[ \t]*(?=\n|$)"
)


@once
def measures_inside(case: Case) -> Span | None:
    """The part of the problems' chapter behind a heading of its own for the measures: 「（一）存在的问题 …（二）整改情况 …」."""
    span = case.chapter_span("存在问题") or case.chapter_span("问题与建议")
    if span is None:
        return None
    inside = [s for s in case.found.sections if span.start < s.span.start < span.end]
    for before, section in itertools.pairwise(inside):
        if section.heading and before.rank > section.rank and _OF_MEASURES.fullmatch(section.title.strip(" 。:")):
            own = next(
                (s.span.start for s in inside if s.span.start > section.span.start and s.rank <= section.rank), None
            )
            return Span(section.span.end, own or span.end)
    labels = [*_LABELLED.finditer(case.flat, *span)]
    return Span(labels[0].end(), case.paragraph(labels[0].end()).end) if len(labels) == 1 else None


# A line behind the problems that opens with what it tells: 「办法:押金4月底前函询收回;……」.
_LABELLED = pattern(
    r"(?<=\n)[ \t]*(?:下一?步)?(?:改进|整改|解决|应对|工作)?(?:的)?(?:措施|办法|对策|举措|打算|安排|思路|改进|整改):(?=[^\n]{8})"
)


_OF_MEASURES = pattern(
    r"(?:下一步|今后|后续)?(?:的)?(?:改进|整改|工作|应对|解决)?(?:的)?(?:措施|整改情况|落实情况|打算|安排|计划|思路|办法|对策|方案)(?:及(?:时限|责任人?|完成情况))?"
)


def _rows(case: Case, form: re.Pattern[str]) -> Iterator[Span]:
    """The cell beside one that says 存在问题, or 改进措施."""
    for grid in case.grids:
        for row, texts in enumerate(grid.lines):
            for column, text in enumerate(texts[:-1]):
                if ("问题" in text or "措施" in text) and form.fullmatch(text) and grid.text(row, column + 1).strip():
                    yield grid.span(row, column + 1)


_PROBLEM_CELL = pattern(rf"(?:{_NUMBERED})?存在(?:的)?(?:主要)?问题(?:(?:及|和|与)?原因(?:分析)?)?")
_MEASURE_CELL = pattern(rf"(?:{_NUMBERED})?(?:下一步)?(?:改进|整改|工作)?(?:的)?措施")


def _opened(case: Case) -> Iterator[Span]:
    """The paragraph behind one that says only 存在问题."""
    for before, after in itertools.pairwise(case.found.paragraphs):
        if re.fullmatch(r"\s*存在(?:的)?(?:主要)?问题\s*\|?\s*", case.text(before)):
            yield after


def _lines(case: Case, form: re.Pattern[str]) -> list[Span]:
    """From a line that looks like a heading to the next one."""
    found = []
    for match in form.finditer(case.flat):
        after = _NEXT.search(case.flat, match.end())
        found.append(Span(match.end(), after.start() if after is not None else len(case.flat)))
    return found


ITEM = pattern(
    r"(?:^|(?<=[。;:\n\t ]))(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九]是|[1-9]\d?[.、](?:(?=20\d\d年|123[14]5|\d{1,3}(?![万亿元亩吨])[\u4e00-\u9fff])|(?!\d))|\d\.\d{1,2}\s(?=[\u4e00-\u9fff]|20\d\d年))",
    re.MULTILINE,
)


def numbered(case: Case, zone: Span) -> Iterator[Span]:
    """The numbered problems or measures of a zone, else its lines."""
    text = case.text(zone)
    starts = [match.start() for match in ITEM.finditer(text)] or [
        match.start() for match in re.finditer(r"[^\n]+", text)
    ]
    for start, following in itertools.pairwise([*starts, len(text)]):
        end = following
        if not case.in_table(zone.start):
            end = min(end, max(case.paragraph(zone.start + start).end - zone.start, start + 1))
        yield Span(zone.start + start, zone.start + start + len(text[start:end].rstrip()))


def unnumbered(case: Case, measures: Span) -> list[Span]:
    """The problems of running text without numbers: the clauses between semicolons of one sentence, else its sentences."""
    zone = next(iter(problem_zones(case)), None) or _above(case, measures)
    if zone is None or (zone.start < measures.end and measures.start < zone.end):
        return []  # one chapter for both
    text = case.text(zone)
    head = _HEAD.match(text)
    told = text[head.end() if head is not None else 0 :].rstrip()
    start = zone.start + len(text.rstrip()) - len(told)
    ends = ";" if told.count("。") <= 1 and ";" in told else "。"
    pieces = re.finditer(rf"[^{ends}\n]+", told.rstrip("。"))
    return [Span(start + m.start(), start + m.end()) for m in pieces if len(m[0].strip()) > 1]


# 「(三)存在问题。」, 「存在的主要困难和问题\n」
_HEAD = pattern(r"[^。,;\n]{0,10}(?:问题|不足|困难)[^。,;\n]{0,10}[。:\n]\s*")
_BARE = pattern(r"^[ \t\u3000]*[^。,;:\d\n\t]{0,8}(?:问题|不足|困难)[^。,;:\n\t]{0,6}[ \t\u3000]*$", re.MULTILINE)
_FAR = 600  # characters of problems above their measures


def _above(case: Case, measures: Span) -> Span | None:
    """The lines right above the measures, under a heading of their own that has no number."""
    found = [*_BARE.finditer(case.flat, max(measures.start - _FAR, 0), measures.start)]
    return Span(found[-1].start(), measures.start) if found else None
