"""Passages: the paragraphs and table cells of a document, with lines that a file broke in the middle joined again."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from hengji.extracting.flat import flat, flat_whole
from hengji.extracting.list_numbers import OPENS_NAME
from hengji.extracting.run_on import cut
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_ENDS = pattern(r"[。！？；:：!?;…]\s*$")
_STARTS = pattern(
    rf"\s*([一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{{1,3}}[、.．]|[（(][一二三四五六七八九十]{{1,3}}[)）]|\d{{1,2}}[.、．]{OPENS_NAME}|[（(]?\d{{1,2}}[)）]|[①-⑳]|第[一二三四五六七八九十]+[章部]"
    r"|附件|[一二三四五六七八九]是|单位负责人|填\s*报\s*人|联系电话|填报日期|部门名称)"
)
_CUT_NUMBER = pattern(r"[\u4e00-\u9fff][^\n]*[\d.,%]$")
_UNIT_FIRST = pattern(r"(?:万?元|亿元|分|%|个|项|人|名|份|件|户|次)[,，。;；、)）]")
_CLOSES = pattern(r"\s*[,，。；;、：）】》”%％]")
# A row of figures, or a name with its points: 「预算完成率 6 6」, 「预算完成率　6分　自评6分」; what no line of prose goes on with.
_ROW = pattern(
    r"(?:^|[\s,，;；|/])\d{1,3}(?:[.．]\d+)?分?[\s,，;；|/]+\d{1,3}(?:[.．]\d+)?分?(?=[\s,，;；|/]|$)"
    r"|^\s*[\u4e00-\u9fff“”]{2,20}(?:\s+|[:：])\s*(?:满分|分值)?\d{1,3}(?:[.．]\d+)?分"
    r"|^[^，。；;]{2,30}?[:：\s](?:分值|满分|权[重数]|标准分|[配标]分)\s?[:：=]?\s?[\[【(（]?\d"
    r"|^[^，。；;]{2,80}?(?:\s{2}|\t)(?:自评得?分?|(?:实|折算|加权)?得分?)\s?[:：=]?\s?[\[【(（]?\d{1,3}(?:\.\d{1,2})?\s?分?[\]】)）]?\s*$|^[^（(，。；;]{2,24}[（(][^）)]{1,8}[)）]\s?→"
)
_OPEN = pattern(r"[（(《〔][^）)》〕]{0,30}$")
_LONG = 18  # characters: what is shorter says nothing about the width of the page
_SLACK = 3
_FEW = 8  # lines: fewer do not show where they break
_FEWEST = 4  # of lines as wide as a page fewer will do
_PAGE = 28  # characters
_WIDEST = 60
_NARROW = 0x2E7F  # characters up to here are half as wide


class Passage(NamedTuple):
    """A paragraph, note or cell: its words (``text``), the same in one spelling (``flat``), and the way back to the document."""

    text: str
    flat: str
    starts: tuple[int, ...]  # where each piece begins in the text
    places: tuple[int, ...]  # where it begins in the document
    whole: Span  # its range in the document
    block: Block
    cell: Cell | None = None

    def at(self, position: int) -> int:
        """The place in the document of a character of the passage."""
        piece = bisect_right(self.starts, position) - 1
        return self.places[piece] + position - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The range in the document of a range of the passage, which must not be empty."""
        if len(self.places) == 1:  # most passages: one line
            place = self.places[0]
            return Span(place + start, place + (end if end > start else start + 1))
        return Span(self.at(start), self.at(max(start, end - 1)) + 1)


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages in reading order; wrapped lines of text and PDF files are joined, cells stand one by one."""
    found = _passages(document)
    return tuple(map(_without_pinyin, found)) if _TONED.search(document.text) else found


_TONED = pattern("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_PINYIN = pattern(
    r"(?<=[\u4e00-\u9fff])[(（]?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]?(?=[\u4e00-\u9fff，。；：、（）()《》〔“”\s]|$)"
)


def _without_pinyin(passage: Passage) -> Passage:
    """The passage without the readings that a site put behind its characters: 「績(jī)效自評(píng)」."""
    gone = [match.span() for match in _PINYIN.finditer(passage.text) if _TONED.search(match[0])]
    if not gone:
        return passage
    text = ""
    starts: list[int] = []
    places: list[int] = []
    position = 0
    for start, end in (*gone, (len(passage.text), len(passage.text))):
        if start > position:
            # a piece of the joined lines may begin inside what is kept
            cuts = [position, *(s for s in passage.starts if position < s < start)]
            for cut, after in zip(cuts, [*cuts[1:], start], strict=True):
                starts.append(len(text))
                places.append(passage.at(cut))
                text += passage.text[cut:after]
        position = end
    return Passage(text, flat(text), tuple(starts), tuple(places), passage.whole, passage.block, passage.cell)


def _passages(document: Document) -> tuple[Passage, ...]:
    found: list[Passage] = []
    lines: list[tuple[str, int, Block]] = []
    whole = flat_whole(document.text)
    width = _width(document) if document.form in ("txt", "html", "ocr", "doc") else None
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            found.extend(_joined(lines, width, whole))
            lines = []
            found.extend(
                [_one(cell.text, cell.start, whole, block, cell) for cell in block.cells if cell.text],
            )
        elif block.kind is not BlockKind.IMAGE:
            if lines and (block.level or block.kind is BlockKind.NOTE):
                found.extend(_joined(lines, width, whole))
                lines = []
            position = block.start
            for line in block.text.split("\n"):
                for start, piece in cut(line):
                    if piece.strip():
                        lines.append((piece, position + start, block))
                position += len(line) + 1
    found.extend(_joined(lines, width, whole))
    return tuple(found)


_LEADER = pattern(r"[.…·_]{4,}|…{2,}")
Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Width:
    """At how much a file breaks its lines, and how that is measured: in characters or in columns of the page."""

    most: int
    measure: Measure

    def is_full(self, line: str) -> bool:
        """Whether a line reaches the edge, so that it may go on in the next."""
        return self.measure(line) >= self.most - _SLACK


def _width(document: Document) -> _Width | None:
    """The width at which the file breaks its lines, or None where a line is a paragraph."""
    lines = [
        line.rstrip()
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH
        for line in block.text.split("\n")
        if len(line) >= _LONG
    ]
    found = [width for measure in (_wide, len) if (width := _measured(lines, measure)) is not None]
    return max(found, default=(0, None), key=lambda each: each[0])[1]


def _measured(lines: list[str], measure: Measure) -> tuple[int, _Width] | None:
    """How many lines end at the same edge, and the edge; None where lines end anywhere."""
    lengths = sorted(measure(line) for line in lines)
    most = lengths[-1] if lengths else 0
    page = _PAGE <= most <= _WIDEST  # as wide as a page: then few lines show it
    if len(lengths) < (_FEWEST if page else _FEW):
        return None
    near = sum(1 for length in lengths if length >= most - _SLACK)
    # A line that ends a paragraph stops anywhere: of the others nearly all reach the edge.
    broken = sum(1 for line in lines if not _ENDS.search(line))
    enough = near * (6 if page else 3) >= len(lengths) and near >= _FEWEST - 1
    return (near, _Width(most, measure)) if enough and near * 10 >= broken * 7 else None


def _wide(line: str) -> int:
    return sum(2 if ord(character) > _NARROW else 1 for character in line) // 2


def _joined(lines: list[tuple[str, int, Block]], width: _Width | None, whole: str) -> list[Passage]:
    groups: list[list[tuple[str, int, Block]]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_passage(group, whole) for group in groups]


def _continues(before: tuple[str, int, Block], line: tuple[str, int, Block], width: _Width | None) -> bool:
    same, alike = before[2] is line[2], before[2].kind is line[2].kind
    if width is None and before[2].page is not None and alike and _OPEN.search(before[0]):
        return True  # a page's line broke inside a bracket
    if before[2].page is not None and alike and _GOES_ON.search(before[0]) and not _STARTS.match(line[0]):
        return True  # no paragraph ends with a comma
    if alike and len(before[0]) >= _LONG and _CLOSES.match(line[0]):
        return True  # no paragraph begins with a comma
    if alike and _UNIT_FIRST.match(line[0]) and _CUT_NUMBER.search(before[0]):
        return True  # a line broke between a number and its unit
    if (width is None and not same) or "\t" in before[0].strip() or "\t" in line[0].strip():
        return False  # a line with a tab in it is a row
    if _LEADER.search(before[0]) and _LEADER.search(line[0]):
        return False  # cells with dots or lines between them
    if _ENDS.search(before[0]) or _STARTS.match(line[0]) or _ROW.search(line[0]):
        return False
    if width is not None:
        return width.is_full(before[0])
    return same and len(before[0]) >= _LONG


_GOES_ON = pattern(r"^[^\t]*[\u4e00-\u9fff\d%][,，、]\s*$")


def _one(text: str, place: int, whole: str, block: Block, cell: Cell | None = None) -> Passage:
    """The passage of a line or cell as it stands; ``whole`` is the document in one spelling."""
    end = place + len(text)
    return Passage(text, whole[place:end], (0,), (place,), Span(place, end), block, cell)


def _passage(lines: list[tuple[str, int, Block]], whole: str) -> Passage:
    first, begin, block = lines[0]
    if len(lines) == 1:
        return _one(first, begin, whole, block)
    text, plain = "", ""
    starts: list[int] = []
    places: list[int] = []
    for number, (line, place, _) in enumerate(lines):
        kept = line.rstrip() if number < len(lines) - 1 else line
        lead = len(kept) - len(kept.lstrip()) if number else 0
        starts.append(len(text))
        places.append(place + lead)
        text += kept[lead:]
        plain += whole[place + lead : place + len(kept)]
    end = places[-1] + len(text) - starts[-1]
    return Passage(text, plain, tuple(starts), tuple(places), Span(begin, end), block)
