"""R31: the numbers of headings and of the entries below them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hengji.auditing.case import Case
from hengji.model.extraction import DocumentKind, ScoredGroup, Section, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

CN = "零一二三四五六七八九十"


def numbering(case: Case) -> Iterator[Finding]:
    """R31: numbers of headings: repeated, skipped, or at the wrong level; bonus headed inside the 100."""
    told: set[int] = set()
    series: dict[tuple[int | None, int], tuple[int, Section]] = {}
    repeated: dict[tuple[int | None, int], int] = {}
    counted: dict[int, int] = {}
    late: set[tuple[int | None, int]] = set()  # series that begin with a later number
    outer: dict[tuple[int | None, int], int] = {}  # where a series stood when one of its own form began below it
    sections = case.found.sections
    attached = _attachments(case)
    for index, section in enumerate(sections):
        number = ordinal(section.mark)
        if number is None or section.rank == 45 or section.span.start >= attached:
            continue
        key = (section.parent, section.rank)
        above = sections[section.parent] if section.parent is not None else None
        restarts = above is not None and number == 1 and section.rank == above.rank + 1 and not section.heading
        follows = restarts and not _DOTTED.search(section.mark) and "\n" not in _between(case, above, section)
        if above is not None and follows and (above.parent, above.rank) not in late:
            told.add(index)
            message = f"“{above.title[:14]}”下面的条目应降一级编号，不应与它同级从1重新开始"
            yield case.finding("R31", _mark_span(case, section), message, stated=section.mark)
        before = series.get(key)
        series[key] = (number, section)
        runs_on = counted.get(section.rank) == number - 1 and not _begin_anew(case, section)  # across the parts
        counted[section.rank] = number
        heads = above is not None and above.heading and bool(above.mark) and not _DOTTED.search(section.mark)
        late_start = before is None and heads and number in _LATE and not runs_on
        if late_start and not _between(case, above, section):
            late.add(key)
            message = f"编号从“{section.mark}”开始，前面没有“{_next_mark(section, 1)}”"
            yield _misnumbered(case, section, message, 1)
        if before is None or index in told:
            continue
        last, earlier = before
        if section.heading and _goes_on(outer, key, number, last):
            continue
        if number == last:
            told.add(index)
            repeated[key] = repeated.get(key, 0) + 1  # the next number may count this one: that is one fault, not two
            yield _misnumbered(case, section, f"编号“{section.mark}”重复，前面“{earlier.title[:14]}”已用过", last + 1)
        elif 1 < number < last and section.heading and earlier.heading and key not in late:
            told.add(index)
            repeated[key] = last + 1 - number
            yield _misnumbered(case, section, f"编号“{section.mark}”排在“{earlier.mark}”之后，次序颠倒或重复", last + 1)
        elif any(
            between(case, earlier, section, left_out)
            for left_out in range(last + 1, number)
            for between in (_counted_between, _marked_between)
        ):
            continue
        elif (
            number > last + 1 + repeated.get(key, 0)
            and number - last < 5
            and (section.heading or _begins_a_line(case, earlier, section))
        ):
            told.add(index)
            yield _misnumbered(case, section, f"编号由“{earlier.mark}”跳到“{section.mark}”", last + 1)
    yield from _bonus_inside(case)
    yield from _closing_marks(case)


def _goes_on(outer: dict[tuple[int | None, int], int], key: tuple[int | None, int], number: int, last: int) -> bool:
    """Whether a number goes on a series in which another one of its form began: 「三、分项得分」, 「一、投入」 to 「四、效益」 below it, 「四、主要成效」."""
    if number == 1 and last > 1:
        outer[key] = last
    found = number not in (1, last + 1) and number == outer.get(key, 0) + 1
    if found:
        del outer[key]
    return found


def _between(case: Case, above: Section | None, section: Section) -> str:
    """What stands between a section and the one above it."""
    return case.flat[above.span.end : section.span.start].strip("。:： \n\t\u3000") if above is not None else ""


def _begin_anew(case: Case, section: Section) -> bool:
    """Whether the entries below the other parts beside this one's begin with 1 again, so that numbers do not go on across them."""
    sections = case.found.sections
    above = sections[section.parent] if section.parent is not None else None
    if above is None:
        return False
    first: dict[int, int | None] = {}
    for each in sections:
        if each.rank == section.rank and each.parent is not None and each.parent not in first:
            first[each.parent] = ordinal(each.mark)
    beside = [
        n
        for parent, n in first.items()
        if (sections[parent].parent, sections[parent].rank) == (above.parent, above.rank)
    ]
    return beside.count(1) > 1


_DOTTED = pattern(r"\d[.．]\d")  # may be 「1.」 in front of a figure: 「1.3项指标没有量化」
_LATE = range(2, 7)  # numbers that the first entry below a heading may wrongly bear


def _counted_between(case: Case, earlier: Section, section: Section, number: int) -> bool:
    """Whether a line between two entries bears the number that seems left out, in front of a figure: 「2.1个项目延期」."""
    if not section.mark[:1].isdigit():
        return False
    between = case.flat[earlier.span.end - 1 : section.span.start]  # with the full stop that closes a title
    mark = _next_mark(section, number).translate(_NARROW)
    if _DOTTED.search(mark) and any(line.lstrip().startswith(mark) for line in between.split("\n")):
        return True
    return any(str(number) == (match["n"] or match["on"]) for match in _COUNTED.finditer(between))


# A number that opens a line in front of a figure, or the entry that follows another one in its paragraph.
_COUNTED = pattern(r"^\s*(?P<n>\d+)\s?[.、]\s?\d|(?<=[。;])\s?(?P<on>\d+)\s?[.、]\s?[\u4e00-\u9fff《\"(]", re.MULTILINE)


def _marked_between(case: Case, earlier: Section, section: Section, number: int) -> bool:
    """Whether the mark that seems left out stands within the text between two entries: 「……(二)……。(三)……」."""
    mark = _next_mark(section, number).translate(_NARROW)
    return not mark[:1].isdigit() and mark in case.flat[earlier.span.end : section.span.start]


_NARROW = str.maketrans("（）．", "().")


def _begins_a_line(case: Case, earlier: Section, section: Section) -> bool:
    """Whether two entries are paragraphs of one list, each at the beginning of its line with nothing but the first one's text between."""
    starts = (case.flat[max(0, s.span.start - 1) : s.span.start].strip() == "" for s in (earlier, section))
    return all(starts) and case.flat.count("\n", earlier.span.end, section.span.start) == 1


_ATTACHED = pattern(r"^\s*附(?:件|表|录)?\s?(?:清单|目录)?\s?[:：]", re.MULTILINE)


def _attachments(case: Case) -> int:
    """Where the list of attachments at the end begins, which has numbers of its own; the end of the text without one."""
    starts = [match.start() for match in _ATTACHED.finditer(case.flat)]
    late = [start for start in starts if start * 2 > len(case.flat)]
    return late[-1] if late else len(case.flat)


def _misnumbered(case: Case, section: Section, message: str, right: int) -> Finding:
    """The finding on a section's mark, with the number that it should bear."""
    return case.finding(
        "R31", _mark_span(case, section), message, stated=section.mark, recomputed=_next_mark(section, right)
    )


_TITLE_LENGTH = 18  # characters: what is longer is a sentence in a list


def _closing_marks(case: Case) -> Iterator[Finding]:
    """Headings that stand alone: with and without a full stop among those of one parent and form; outlines for others left out."""
    if case.found.kind is DocumentKind.OTHER:
        return
    families: dict[tuple[int | None, int], list[Section]] = {}
    for section in case.found.sections:
        line = case.flat[section.span.end : section.span.end + 1]
        if section.heading and section.mark and line in ("", "\n") and len(section.title) <= _TITLE_LENGTH:
            families.setdefault((section.parent, section.rank), []).append(section)
    for family in families.values():
        closed = [s for s in family if case.text(s.span).rstrip().endswith("。")]
        odd = closed if len(closed) * 2 <= len(family) else [s for s in family if s not in closed]
        if len(family) > 1 and odd and len(odd) < len(family):
            mark = "多了" if odd is closed else "少了"
            yield case.finding(
                "R31",
                odd[-1].span,
                f"标题“{odd[-1].title[:20]}”末尾{mark}句号，与同级标题不一",
                stated=case.text(odd[-1].span).strip()[-1:],
            )


_DIGITS, _CHINESE = pattern(r"\d+(?:\.\d+)*"), pattern(r"[一二三四五六七八九十]+")


@lru_cache(maxsize=256)
def ordinal(mark: str) -> int | None:
    """The number that a mark bears, in whatever form."""
    digits = _DIGITS.search(mark)
    if digits is not None:
        return int(digits[0].split(".")[-1])
    if mark and "①" <= mark[0] <= "⑳":
        return ord(mark[0]) - ord("①") + 1
    chinese = _CHINESE.search(mark)
    return _chinese(chinese[0]) if chinese else None


def _chinese(text: str) -> int | None:
    if "十" not in text:
        return CN.index(text) if len(text) == 1 else None
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (CN.index(tens) if tens else 1) * 10 + (CN.index(ones) if ones else 0)


def _next_mark(section: Section, number: int) -> str:
    chinese = CN[number] if number <= 10 else f"十{CN[number - 10]}" if number < 20 else str(number)
    return re.sub(
        r"[一二三四五六七八九十]+|\d+(?!.*\d)",
        chinese if re.search(r"[一二三四五六七八九十]", section.mark) else str(number),
        section.mark,
        count=1,
    )


def _mark_span(case: Case, section: Section) -> Span:
    """The mark and the title, or the start of a long entry."""
    end = min(section.span.end, section.span.start + 40)
    text = case.flat[section.span.start : end]
    if not section.heading:
        end = section.span.start + len(text) + 12
        line = case.flat.find("\n", section.span.start)
        end = min(end, line if line >= 0 else end)
    return Span(section.span.start, max(end, section.span.start + 1))


def _sums_without(case: Case, group: ScoredGroup) -> bool:
    """Whether the points and the score that a part says it has are those of its leaves alone: the bonus under it is counted apart."""
    leaves = case.parts_of[1].get(group.section, [])
    claims = [item.claimed for item in leaves if item.claimed is not None]
    return (
        group.claimed is not None
        and group.points == sum(item.points or 0 for item in leaves)
        and group.claimed == sum(claims)
    )


def _bonus_inside(case: Case) -> Iterator[Finding]:
    """A bonus headed inside a scored part, in a report that does not tell it apart from the 100 points."""
    for extra in case.found.extras if case.found.totals.base is None else ():
        if extra.section is None or extra.claimed in (None, 0):
            continue
        section = case.found.sections[extra.section]
        parent = case.found.sections[section.parent] if section.parent is not None else None
        group = next(
            (
                g
                for g in case.found.groups
                if parent is not None and g.section == section.parent and g.points is not None
            ),
            None,
        )
        whole = group is not None and group.points is not None and group.points >= 100
        if parent is not None and parent.key in ("自评结论", "自评组织"):
            continue
        if group is not None and _sums_without(case, group):
            continue
        if group is not None and not whole and not re.search(r"分之?外|单列|另计|不计入", case.text(extra.body)[:80]):
            yield case.finding(
                "R31",
                section.span,
                f"加减分编在“{group.name}”（{group.points}分）里面，应与各一级指标并列，在100分之外",
                severity=Severity.INFO,
            )
