"""R31 within a paragraph: what is counted off in running text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from hengji.auditing.case import Case
from hengji.auditing.text.numbering import CN
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_IN_ORDER = 2  # entries in the right order, so that these are a list
_SAID_ORDINAL = pattern(r"(?<=[。;:,、\n\t])\s?(?P<n>[一二三四五六七八九])是(?!否|指(?![导挥引定派标]))")


def said_in_order(case: Case) -> Iterator[Finding]:
    """R31: 「一是……二是……二是……」 within one paragraph: a number said twice, or one left out."""
    for paragraph in case.found.paragraphs:
        if case.flat.count("是", paragraph.start, paragraph.end) < _IN_ORDER:
            continue
        last = 0
        for match in _SAID_ORDINAL.finditer(case.flat, paragraph.start, paragraph.end):
            number = CN.index(match["n"])
            if last and (number == last or number > last + 1) and number > 1:
                span = Span(match.start("n"), min(paragraph.end, match.end() + 12))
                wrong = "重复" if number == last else f"跳过了“{CN[last + 1]}是”"
                yield case.finding(
                    "R31", span, f"“{match['n']}是”{wrong}", stated=f"{match['n']}是", recomputed=f"{CN[last + 1]}是"
                )
                number = max(number, last + 1) if number > last else last + 1
            last = number


# The ways to count off within a paragraph, each with how its first entry looks.
_BEFORE = r"(?<![^。;:,、\n\t])\s?"
_MARKS = {
    "第{},": pattern(rf"{_BEFORE}第(?P<n>[一二三四五六七八九])[,、:](?!第)"),
    "其{},": pattern(rf"{_BEFORE}其(?P<n>[一二三四五六七八九])[,、:是]"),
    "({})": pattern(rf"{_BEFORE}\((?P<n>\d{{1,2}})\)(?=[\u4e00-\u9fff《\"])"),
    "（{}）": pattern(rf"{_BEFORE}\((?P<n>[一二三四五六七八九])\)(?=[\u4e00-\u9fff《\"])"),
    "{}": pattern(r"(?P<n>[①-⑨])(?=[\u4e00-\u9fff《\"])"),
    "{}.": pattern(rf"{_BEFORE}(?P<n>\d)[.、]\s?(?=[\u4e00-\u9fff《\"])"),
    "{}是": _SAID_ORDINAL,
}
_FIRST = r"\s?(?:一是|第一[,、:]|其一[,、:是]|\(1\)|\(一\)|①|1[.、]\s?(?!\d))"


def _value(written: str) -> int:
    if "①" <= written[0] <= "⑨":
        return ord(written) - ord("①") + 1
    return int(written) if written.isdigit() else CN.index(written)


def counted_off_in_order(case: Case) -> Iterator[Finding]:
    """R31: 「（1）……；（2）……；（4）……」 within one paragraph, in whatever signs: a number left out or said twice."""
    for way, form in _MARKS.items():
        if form is _SAID_ORDINAL:
            continue  # said_in_order
        for paragraph in case.paragraphs_with(form):
            if paragraph.end - paragraph.start < _LIST or case.in_table(paragraph.start):
                continue
            marks = list(form.finditer(case.flat, paragraph.start, paragraph.end))
            odd = _odd_one([_value(mark["n"]) for mark in marks], _SAID if way in _IN_WORDS else _SHORTEST)
            if odd is None:
                continue
            at, due = odd
            mark = marks[at]
            number = _value(mark["n"])
            if way == "{}." and number < due:
                continue  # run_on_in_order
            if number > due and _stands_between(case, way, due, Span(marks[at - 1].end(), mark.start())):
                continue
            wrong = "重复" if number < due else "跳号"
            span = Span(mark.start("n"), min(paragraph.end, mark.end() + 12))
            yield case.finding(
                "R31", span, f"逐条列举的编号“{mark['n']}”{wrong}，应为第{due}条", stated=mark["n"], recomputed=str(due)
            )


def _stands_between(case: Case, way: str, number: int, span: Span) -> bool:
    """Whether the number that seems left out stands there before a figure or a letter: 「(5)12315投诉……」."""
    written = "①②③④⑤⑥⑦⑧⑨"[number - 1] if way == "{}" else CN[number] if way not in _IN_DIGITS else str(number)
    mark = f"({written})" if way in ("({})", "（{}）") else way.format(written)[:-1] if way[-1] in ",." else written
    behind = "[.、]" if way == "{}." else ""
    return re.search(rf"(?<!\d){re.escape(mark)}{behind}", case.flat[span.start : span.end]) is not None


_IN_DIGITS = ("({})", "{}.")


def _odd_one(numbers: list[int], shortest: int) -> tuple[int, int] | None:
    """Where the only list of a paragraph that begins with 1 repeats a number or leaves one out, and what is due there."""
    if len(numbers) < shortest or numbers[0] != 1 or numbers.count(1) > 1:
        return None
    odd = [at for at, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1]
    if len(odd) != 1 or numbers[odd[0]] - numbers[odd[0] - 1] not in (0, 2):
        return None
    return odd[0], numbers[odd[0] - 1] + 1


_SHORTEST, _SAID = 3, 2  # entries of a list whose order can be told; in words fewer are enough
_IN_WORDS = ("第{},", "其{},")

_SO_MANY = pattern(
    rf"(?<![十\d第])(?P<n>[二两三四五六七八九])\s?(?:(?:个|大|点|条)?(?:方面|问题|不足|困难|原因|举措|措施|建议|环节)[^。;\d一二三四五六七八九]{{0,12}}[:。,]|[个项步条类种点件大][^。;,\d一二三四五六七八九]{{0,10}}:)(?={_FIRST})"
)


def as_many_as_said(case: Case) -> Iterator[Finding]:
    """R31: 「存在以下三个方面的问题：一是……；二是……。」, and no third in the paragraph or the next."""
    for match in _SO_MANY.finditer(case.flat):
        paragraph = case.paragraph(match.end())
        form = next(
            f
            for f in _MARKS.values()
            if (first := f.search(case.flat, match.end() - 1)) and first.start() <= match.end()
        )
        stated = form is _SAID_ORDINAL
        end = case.paragraph(paragraph.end + 1).end
        marks = list(form.finditer(case.flat, match.end() - 1, end))
        if not stated:  # entries of other signs may stand each in its paragraph
            marks = [mark for mark in marks if mark.start() < paragraph.end]
        told = [_value(each["n"]) for each in marks]
        listed = next((at for at, (n, due) in enumerate(zip(told, range(1, 10), strict=False)) if n != due), len(told))
        said = CN.index(match["n"].replace("两", "二"))
        if listed > 1 and listed == len(told) and abs(said - listed) == 1:
            if not stated and _goes_on(case, form, paragraph.end):
                continue
            span = Span(match.start(), match.end() - 1)
            last = marks[-1][0].strip(" 。;:,、\n")
            message = f"写“{case.found.text(span)}”，随后{'只到' if listed < said else '有'}“{last}”"
            yield case.finding("R31", span, message, stated=match["n"], recomputed=CN[listed])


def _goes_on(case: Case, form: re.Pattern[str], end: int) -> bool:
    """Whether the next paragraph begins with an entry of the same signs."""
    following = case.paragraph(end + 1)
    mark = form.search(case.flat, following.start, following.end)
    return mark is not None and mark.start() <= following.start + 1


_RUN_ON = pattern(r"(?P<n>\d(?<![^。;:、,\s)].)\d?)[.．、]\s?(?=[\u4e00-\u9fff《“\"])")


def run_on_in_order(case: Case) -> Iterator[Finding]:
    """R31: entries that follow each other in one paragraph, 「3.……；4.……；4.……」: a number that stands twice."""
    for paragraph in case.found.paragraphs:
        if paragraph.end - paragraph.start < _LIST or case.in_table(paragraph.start):
            continue
        last, counted = 0, 0
        for match in _RUN_ON.finditer(case.flat, paragraph.start, paragraph.end):
            number = int(match["n"])
            if number == last and counted >= _IN_ORDER:
                span = Span(match.start("n"), min(paragraph.end, match.end() + 12))
                yield case.finding(
                    "R31", span, f"编号“{number}.”重复", stated=f"{number}.", recomputed=f"{number + 1}."
                )
                break
            counted = counted + 1 if number == last + 1 else int(number == 1)
            last = number


_LIST = 20  # characters: what is shorter counts nothing off
