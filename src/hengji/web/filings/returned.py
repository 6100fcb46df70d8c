"""Our own report come back from Word (改过的报告): what a person changed in it, laid beside the data; nothing is taken by itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from fractions import Fraction

from hengji.auditing.recognise import leaf_ids_of
from hengji.extracting.filing import filing_of
from hengji.model.document import BlockKind, Document
from hengji.model.extraction import Extraction
from hengji.model.filing import Filing, Source, Value
from hengji.model.numerals import read_decimal
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.model.units import dimension
from hengji.web.filings import offers
from hengji.web.filings.bridge import Change, value_data
from hengji.web.filings.offers import Offer
from hengji.web.filings.tables import CLAIM, COVER, PARAGRAPH, VALUE
from hengji.workbook import layout
from hengji.writing import compose_report
from hengji.writing.blocks import Block, Chart, Cover, Emphasis, Heading, Mark, Paragraph, Table, Title, text_of
from hengji.writing.desk import Desk
from hengji.writing.figures import Figures, Gap
from hengji.writing.outlines import load_outline
from hengji.writing.template import Kind, Referable, Reference

_ALIKE = 0.5
_MOST_NOTICES = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report as we print it: its words, and whose they are."""

    text: str
    source: tuple[str, int] | None = None
    label: str = ""  # of the cover
    heading: bool = False
    todo: bool = False  # nothing but a mark for what is still to be written


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: offers, and sentences about what cannot be taken."""

    offers: tuple[Offer, ...]
    notices: tuple[str, ...]


def compared(found: Extraction, filing: Filing, system: IndicatorSystem, card: Scorecard) -> Returned:
    """What the document says otherwise than the report of today's data."""
    ours = list(_lines(compose_report(filing, system, card).blocks))
    theirs, positions = _read(found.document)
    work = _Compare(found, filing, system, card, ours, theirs, positions)
    work.run()
    return Returned(tuple(work.made()), tuple(work.notices[:_MOST_NOTICES]))


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Mark():
                yield Line(_plain(block.text))
            case Title():
                yield from (Line(_plain(line)) for line in block.lines)
            case Cover():
                for label, runs in block.rows:
                    yield Line(_plain(f"{label}：{text_of(runs)}"), label=label)
            case Heading():
                yield Line(_plain(block.number + block.text), heading=True)
            case Paragraph():
                marks = all(run.emphasis is Emphasis.TODO for run in block.runs)
                yield Line(_plain(text_of(block.runs)), block.source, todo=marks)
            case Table():
                yield Line(_plain(block.caption))
                if block.unit:
                    yield Line(f"单位：{block.unit}")
                yield Line(_row([column.head for column in block.columns]))
                yield from (Line(_row([text_of(cell) for cell in row])) for row in block.rows)
            case Chart():
                yield Line(_plain(block.caption))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _row(cells: Sequence[str]) -> str:
    return "\t".join(map(_plain, cells))


def _read(document: Document) -> tuple[list[str], list[tuple[int, int]]]:
    """The lines of a document with where each stands in its text."""
    lines: list[str] = []
    positions: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            for row in block.rows():
                lines.append(_row([cell.text for cell in row]))
                positions.append((row[0].start, row[-1].end))
        elif block.kind is BlockKind.PARAGRAPH and block.text.strip():
            lines.append(_plain(block.text))
            positions.append((block.start, block.end))
    return lines, positions


class _Compare:
    """One comparison in progress: chapters as they came back, figures that differ, and what cannot be taken."""

    def __init__(
        self,
        found: Extraction,
        filing: Filing,
        system: IndicatorSystem,
        card: Scorecard,
        ours: list[Line],
        theirs: list[str],
        positions: list[tuple[int, int]],
    ) -> None:
        self.found, self.filing, self.system = found, filing, system
        self.ours, self.theirs, self.positions = ours, theirs, positions
        self.scores = {leaf.id: leaf.score for leaf in card.leaves}
        self.desk = Desk(filing, system, card, load_outline(system.outline, system))
        self.figures = Figures(filing, system, card)
        self.chapters: dict[str, list[tuple[str, str, str]]] = {}  # chapter -> text, place, words of the document
        self.touched: set[str] = set()
        self.changed: list[tuple[int, int]] = []
        self.values: dict[tuple[str, int], Offer] = {}
        self.covers: list[Offer] = []
        self.notices: list[str] = []

    def run(self) -> None:
        """Walks both texts side by side."""
        matcher = SequenceMatcher(None, [line.text for line in self.ours], self.theirs, autojunk=False)
        for tag, i, i_end, j, j_end in matcher.get_opcodes():
            if tag == "equal":
                for line in self.ours[i:i_end]:
                    self._keep(line)
            else:
                self._segment(self._chapter(i - 1), list(range(i, i_end)), list(range(j, j_end)))
        self._figures()

    def _keep(self, line: Line) -> None:
        if line.source is not None and line.source[1] > 0:
            chapter, number = line.source
            self.chapters.setdefault(chapter, []).append((self.filing.narrative[chapter][number - 1], "", ""))

    def _segment(self, chapter: str, ours: list[int], theirs: list[int]) -> None:
        """A stretch that differs: lines are paired in order where they are alike, the rest came or went."""
        while theirs:
            j = theirs.pop(0)
            self.changed.append(self.positions[j])
            at = next((n for n, i in enumerate(ours) if self._alike(self.ours[i], self.theirs[j])), None)
            if at is None:
                marks = [n for n, i in enumerate(ours) if self.ours[i].todo and self.ours[i].source]
                if marks and marks[0] == 0:
                    source = self.ours[ours.pop(0)].source
                    assert source is not None
                    chapter = source[0]
                self._new(chapter, j)
                continue
            for gone in ours[:at]:
                self._gone(self.ours[gone])
            line = self.ours[ours[at]]
            del ours[: at + 1]
            chapter = line.source[0] if line.source else ("" if line.heading else chapter)
            self._altered(line, j)
        for gone in ours:
            self._gone(self.ours[gone])

    def _chapter(self, at: int) -> str:
        """Which chapter a new line behind this one belongs to: that of the nearest line above it, up to a heading."""
        above, below = self.ours[at : at + 1], self.ours[at + 1 : at + 2]
        if above and above[0].todo and below and below[0].source is not None and below[0].source[1]:
            return below[0].source[0]  # a mark that was left standing: what is new belongs to what was written
        for line in reversed(self.ours[: at + 1]):
            if line.heading:
                return next((chapter for chapter in layout.CHAPTERS if chapter in line.text), "")
            if line.source is not None:
                return line.source[0]
        return ""

    @staticmethod
    def _alike(line: Line, text: str) -> bool:
        if line.label:
            return text.startswith(f"{line.label}：")
        return SequenceMatcher(None, line.text, text, autojunk=False).ratio() >= _ALIKE

    def _where(self, j: int) -> tuple[str, str]:
        start, end = self.positions[j]
        return self.found.document.place(start), self.found.document.text[start:end].strip()

    def _new(self, chapter: str, j: int) -> None:
        place, words = self._where(j)
        if not chapter:
            self.notices.append(f"{place}“{words[:40]}”不属于任何可填的章节，没有带回。")
            return
        self.touched.add(chapter)
        self.chapters.setdefault(chapter, []).append((_escaped(words), place, words))

    def _gone(self, line: Line) -> None:
        if line.source is not None and line.source[1] > 0:
            self.touched.add(line.source[0])
            self.chapters.setdefault(line.source[0], [])

    def _altered(self, line: Line, j: int) -> None:
        place, words = self._where(j)
        if line.label:
            text = words.partition("：")[2].strip()
            if text and "【待填写" not in text:
                self.covers.append(Offer((Change(COVER, (line.label,), {"text": text}),), place, words))
        elif line.source is not None and line.source[1] > 0:
            chapter, number = line.source
            self.touched.add(chapter)
            text = self._bound(self.filing.narrative[chapter][number - 1], words, place)
            self.chapters.setdefault(chapter, []).append((text, place, words))
        elif line.todo and line.source is not None:
            self._new(line.source[0], j)
        else:
            self.notices.append(f"{place}“{words[:40]}”由系统按数据生成，文字不能带回；其中的数请改数据项。")

    def _bound(self, template: str, words: str, place: str) -> str:
        """The new words with the references of the old text kept, so that figures stay bound to the data."""
        pieces = Referable(self.system).template(template).pieces
        printed = [piece if isinstance(piece, str) else self._print(piece) for piece in pieces]
        old = "".join(printed)
        blocks = SequenceMatcher(None, old, words, autojunk=False).get_matching_blocks()
        made: list[str] = []
        at, position = 0, 0
        for piece, text in zip(pieces, printed, strict=True):
            start, end = position, position + len(text)
            position = end
            if isinstance(piece, str):
                continue
            here = _mapped(blocks, start, end, len(old), len(words))
            if here is None or here[0] < at:
                self.notices.append(f"{place}引用的“{piece.name}”在改过的文字里找不到了，这里以后不再随数据变。")
                continue
            made += [_escaped(words[at : here[0]]), _spelt(piece)]
            at = here[1]
            self._figure(piece, text, words[here[0] : here[1]], place, words)
        return "".join([*made, _escaped(words[at:])])

    def _print(self, reference: Reference) -> str:
        text = self.figures.text(reference)
        return f"【待填写：{text.what}】" if isinstance(text, Gap) else text

    def _figure(self, piece: Reference, printed: str, words: str, place: str, sentence: str) -> None:
        """A bound figure that was typed over: the text stays bound, the figure is offered to the data."""
        if printed == words:
            return
        years = {Kind.ITEM: 0, Kind.BARE: 0, Kind.LAST_YEAR: 1, Kind.BARE_LAST_YEAR: 1}
        number = re.match(r"-?[\d,]+(?:\.\d+)?", words)
        if piece.kind not in years or number is None or read_decimal(number[0].replace(",", "")) is None:
            self.notices.append(f"{place}引用的“{piece.name}”被改成“{words[:20]}”，没有带回；请改它所依据的数据。")
            return
        item = self.system.dictionary.items[piece.name]
        unit = words[number.end() :].strip() or item.unit
        if dimension(unit) != dimension(item.unit):
            self.notices.append(f"{place}引用的“{piece.name}”被改成“{words[:20]}”，单位与数据项不同，没有带回。")
            return
        self._value(item.name, self.filing.year - years[piece.kind], number[0].replace(",", ""), unit, place, sentence)

    def _value(self, item: str, year: int, stated: str, unit: str, place: str, quote: str) -> None:
        value = Value(stated, unit, source=Source.READ, locator=place, quote=quote[:200])
        change = Change(VALUE, (item, year, ""), value_data(value))
        self.values.setdefault((item, year), Offer((change,), place, quote[:200]))

    def _figures(self) -> None:
        """Figures read out of the lines that differ and of no others."""
        read = filing_of(self.found, self.system, leaf_ids_of(self.found, self.system))
        for offer in offers.of_filing(read):
            change = offer.changes[0]
            if change.table is CLAIM and self._printed(str(change.place[0]), change.data):
                continue  # the line differs, but its score is the one that we printed
            if change.table in (VALUE, CLAIM) and offer.quote and self._in_changed(offer.quote):
                key = (str(change.place[0]), int(str(change.place[1])) if change.table is VALUE else 0)
                self.values.setdefault(key, offer)

    def _printed(self, leaf: str, claim: Mapping[str, object] | None) -> bool:
        number = read_decimal(str(claim["score"])) if claim is not None else None
        return number is not None and self.scores.get(leaf) == Fraction(number)

    def _in_changed(self, quote: str) -> bool:
        text = self.found.document.text
        return any(quote in text[start:end] or text[start:end] in quote for start, end in self.changed)

    def made(self) -> Iterator[Offer]:
        """The offers: cover, figures, then text; a chapter that lost or gained paragraphs is one offer."""
        yield from self.covers
        yield from self.values.values()
        for chapter in sorted(self.touched):
            came, there = self.chapters.get(chapter, []), self.filing.narrative.get(chapter, ())
            if len(came) != len(there):
                offer = offers.of_chapter(chapter, [text for text, _, _ in came], len(there))
                if offer is not None:
                    yield Offer(offer.changes, next((place for _, place, _ in came if place), ""))
                continue
            for number, (text, place, words) in enumerate(came, start=1):
                if text != there[number - 1]:
                    yield Offer((Change(PARAGRAPH, (chapter, number), {"text": text}),), place, words[:200])


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _spelt(piece: Reference) -> str:
    """A reference as it is written in a template."""
    match piece.kind:
        case Kind.ITEM | Kind.WORD:
            return f"{{{piece.name}}}"
        case Kind.EXPRESSION:
            return f"{{={piece.name}}}"
    return f"{{{piece.kind.value}:{piece.name}}}"


def _mapped(blocks: Sequence[Match], start: int, end: int, old: int, new: int) -> tuple[int, int] | None:
    """Where a stretch of the old text went: from behind the character before it to the character behind it."""
    before = 0 if start == 0 else _where(blocks, start - 1)
    after = new if end == old else _where(blocks, end)
    if before is None or after is None:
        return None
    first = before + (start > 0)
    return (first, after) if first <= after else None


def _where(blocks: Sequence[Match], position: int) -> int | None:
    return next((b + position - a for a, b, size in blocks if a <= position < a + size), None)
