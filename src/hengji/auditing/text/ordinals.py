"""R31 within a paragraph: what is counted off in running text."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.numbering import CN
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_IN_ORDER = 2  # entries in the right order, so that these are a list
_SAID_ORDINAL = pattern(r"(?<=[。;:,\n\t])\s?(?P<n>[一二三四五六七八九])是(?!否|指(?![导挥引定派标]))")


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


_SO_MANY = pattern(
    r"(?P<n>[二两三四五六七八九])\s?(?:个|大|点|条)?(?:方面|问题|不足|困难|原因|举措|措施|建议|环节)[^。;\d一二三四五六七八九]{0,12}[:。,](?=\s?一是)"
)


def as_many_as_said(case: Case) -> Iterator[Finding]:
    """R31: 「存在以下三个方面的问题：一是……；二是……。」, and no third in the paragraph or the next."""
    for match in _SO_MANY.finditer(case.flat):
        end = case.paragraph(case.paragraph(match.end()).end + 1).end
        told = [CN.index(each["n"]) for each in _SAID_ORDINAL.finditer(case.flat, match.end() - 1, end)]
        listed = next((at for at, (n, due) in enumerate(zip(told, range(1, 10), strict=False)) if n != due), len(told))
        said = CN.index(match["n"].replace("两", "二"))
        if listed > 1 and listed == len(told) and abs(said - listed) == 1:
            span = Span(match.start(), match.end() - 1)
            message = (
                f"写“{case.text(span)}”，随后只到“{CN[listed]}是”"
                if listed < said
                else f"写“{case.text(span)}”，随后有“{CN[listed]}是”"
            )
            yield case.finding("R31", span, message, stated=match["n"], recomputed=CN[listed])


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
