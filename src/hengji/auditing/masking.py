"""Masking (遮盖): persons' names, telephone, identity and account numbers and mail addresses, covered in every output."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, cached_property
from typing import Any

from hengji.auditing.audit import Audit
from hengji.extracting.flat import flat
from hengji.library.texts import load_person_words
from hengji.model.document import Block, BlockKind, Document
from hengji.model.extraction import Extraction, Span
from hengji.model.patterns import pattern

MARK = "*"
_BLANK = "[ \t\u3000]{0,4}"  # two characters of a name are often spaced out to the width of three
_NUMBERS = (
    pattern(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"),
    pattern(r"(?<![\d.])1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})(?!\d|\.\d|\s?(?:元|万|亿))"),
    pattern(r"(?<!\d)\(?0\d{2,3}\)?[- ]?\d{7,8}(?!\d|\.\d|\s?(?:元|万|亿))"),
)
_LABELLED = pattern(
    r"(?:电话|手机|联系方式|传真|座机|微信|QQ|账号|帐号|卡号|身份证(?:号码?)?)[^\d\n]{0,12}(?P<n>\d[\d \-/、]{5,40}\d)"
)
_MAIL = pattern(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][\w-]*(?:\.[\w-]+)+", re.ASCII)
_HAN = "[\u4e00-\u9fff·]"
_NAME_CELL = pattern(rf"\s*{_HAN}(?:{_BLANK}{_HAN}){{1,4}}\s*")


@dataclass(frozen=True)
class Persons:
    """The names and numbers that one or several documents tell of persons."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def __or__(self, other: "Persons") -> "Persons":
        return Persons(self.names | other.names, self.numbers | other.numbers)

    def cover(self, text: str) -> str:
        """A text with names and numbers covered, as long as before: of a name its first character stays, of a number nothing."""
        places = [*_numbers(flat(text)), *self._known(text)]
        if not places:
            return text
        shown = list(text)
        for start, end in places:
            shown[start:end] = [MARK if not each.isspace() else each for each in shown[start:end]]
        return "".join(shown)

    def _known(self, text: str) -> Iterator[tuple[int, int]]:
        for match in self._names.finditer(text) if self._names else ():
            yield match.start() + 1, match.end()
        for match in self._told.finditer(text) if self._told else ():
            yield match.span()

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        spelt = [_BLANK.join(map(re.escape, name)) for name in sorted(self.names, key=len, reverse=True)]
        return re.compile("|".join(spelt)) if spelt else None

    @cached_property
    def _told(self) -> re.Pattern[str] | None:
        spelt = [re.escape(number) for number in sorted(self.numbers, key=len, reverse=True)]
        return re.compile(rf"(?<![\d.])(?:{'|'.join(spelt)})(?!\d|\.\d|\s?(?:元|万|亿))") if spelt else None


def persons_of(found: Extraction) -> Persons:
    """The persons that the cover, labels, offices and tables of a document name, and the numbers they can be reached at."""
    text = found.document.text
    labels = load_person_words().labels
    named = {_plain(value) for label, value in found.cover.items() if label in labels and _NAME_CELL.fullmatch(value)}
    named |= {_plain(each) for each in _named(flat(text))}
    named |= {_plain(each) for block in found.document.blocks for each in _tabled(block)}
    plain = flat(text)
    numbers = {spelt[start:end] for start, end in _numbers(plain) for spelt in (text, plain)}
    # What stands behind the area code is dialled alone, too.
    numbers |= {match[1] for number in numbers if (match := re.search(r"\D(\d{7,8})$", number)) is not None}
    return Persons(frozenset(name for name in named if _is_name(name)), frozenset(numbers))


def persons_in(cover: Mapping[str, str], texts: Iterable[str]) -> Persons:
    """The persons that a cover and texts of ours name: what ``persons_of`` finds in a document that was read."""
    plain = [flat(text) for text in texts]
    named = {
        each for label, value in cover.items() if _names_somebody(label) for each in re.split(r"[\s、，,/]+", value)
    }
    named |= {_plain(each) for text in plain for each in _named(text)}
    numbers = {text[start:end] for text in (*map(flat, cover.values()), *plain) for start, end in _numbers(text)}
    numbers |= {value.strip() for label, value in cover.items() if _NUMBERED.search(_plain(label))}
    numbers |= {match[1] for number in numbers if (match := re.search(r"\D(\d{7,8})$", number)) is not None}
    numbers = {number for number in numbers if any(letter.isdigit() for letter in number)}
    return Persons(frozenset(name for name in named if _is_name(name)), frozenset(numbers))


def masked_cover(label: str, value: str, persons: Persons) -> str:
    """A line of a cover for everybody's eyes: whoever it names keeps the first character, numbers keep nothing."""
    if _NUMBERED.search(_plain(label)):
        return re.sub(r"[0-9A-Za-z@０-９]", MARK, value)
    if _names_somebody(label) and not any(office in value for office in (*load_person_words().offices, *_OFFICES)):
        return re.sub(r"\w+", lambda match: match[0][0] + MARK * (len(match[0]) - 1), value)
    return persons.cover(value)


_NUMBERED = pattern(r"电话|手机|联系方式|传真|身份证|邮箱|微信")
_OFFICES = ("局", "股", "科", "室", "处", "办", "中心", "单位", "部门")


def _names_somebody(label: str) -> bool:
    plain = _plain(label)
    return any(plain.endswith(word) for word in load_person_words().labels) or plain.endswith("人")


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers and addresses of persons stand in a text of one spelling."""
    for form in _NUMBERS:
        for match in form.finditer(text):
            yield match.span()
    for match in _LABELLED.finditer(text):
        yield match.span("n")
    for match in _MAIL.finditer(text) if "@" in text else ():
        yield match.span()


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Names behind a label (a colon or blanks between), names right behind an office, and names before 同志."""
    words = load_person_words()
    surname = "|".join(sorted(words.surnames, key=len, reverse=True))
    name = rf"(?P<n>(?:{surname})(?:{_BLANK}[\u4e00-\u9fff]){{1,2}})"
    labels = "|".join(_BLANK.join(label) for label in (*words.labels, *words.offices))
    offices = "|".join(words.offices)
    after = r"(?=[,。、;.)(\s]|任|为|担任|同志|带队|牵头|主持|负责|等|$)"
    return (
        re.compile(rf"(?:{labels})(?:\([^()]{{0,8}}\))?(?::\s{{0,6}}|[\s]{{1,6}}){name}(?![\u4e00-\u9fff])"),
        re.compile(rf"(?:{offices}){name}{after}"),
        re.compile(rf"{name}同志"),
    )


def _named(text: str) -> Iterator[str]:
    for form in _forms():
        for match in form.finditer(text):
            yield match["n"]


def _tabled(block: Block) -> Iterator[str]:
    """The names in a table's column that is headed 姓名 or the like, and in the cell beside such a label."""
    if block.kind is not BlockKind.TABLE:
        return
    labels = load_person_words().labels
    heads = [cell for cell in block.cells if _plain(cell.text).rstrip(":：") in labels]
    for head in heads:
        end = head.column + head.columns
        for cell in block.cells:
            below = cell.row > head.row and head.column <= cell.column < end
            beside = cell.row == head.row and cell.column == end
            if (below or beside) and _NAME_CELL.fullmatch(cell.text):
                yield cell.text


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _is_name(text: str) -> bool:
    """Whether a text can be a person's name: it begins with a surname and is no word that does."""
    words = load_person_words()
    return (
        2 <= len(text) <= 4
        and text.startswith(words.surnames)
        and not text.startswith(words.words)
        and text not in words.surnames
        and not any(office in text for office in words.offices)
    )


def masked_audit(outcome: Audit, persons: Persons | None = None) -> Audit:
    """The same audit over a text of the same length with persons covered; offsets stay what they were."""
    known = persons or persons_of(outcome.found)
    document = masked_document(outcome.found.document, known)
    found = _covered(replace(outcome.found, document=document), known)
    quotes = (_quoted(finding, document.text) for finding in _covered(outcome.findings, known))
    followed = outcome.known and replace(
        outcome.known,
        found=found,
        leaf_ids=_covered(outcome.known.leaf_ids, known),
        scored=_covered(outcome.known.scorecard, known),
    )
    return replace(
        outcome,
        found=found,
        findings=tuple(quotes),
        known=followed,
        waived=tuple((_quoted(finding, document.text), why) for finding, why in _covered(outcome.waived, known)),
    )


def masked_document(document: Document, persons: Persons) -> Document:
    """The document with persons covered, its text character by character the same place."""
    text = persons.cover(document.text)
    blocks = tuple(
        replace(
            block,
            text=text[block.start : block.end],
            cells=tuple(replace(cell, text=text[cell.start : cell.end]) for cell in block.cells),
        )
        for block in document.blocks
    )
    return replace(
        document,
        file=persons.cover(document.file),
        text=text,
        blocks=blocks,
        unread=tuple(map(persons.cover, document.unread)),
    )


def _quoted(finding: Any, text: str) -> Any:  # noqa: ANN401 - a finding, as it came
    """A finding whose quotation is what the covered text has at its place."""
    also = tuple(place._replace(quote=text[place.start : place.end]) for place in finding.also)
    if finding.quote and finding.start is not None and finding.end is not None:
        return replace(finding, quote=text[finding.start : finding.end], also=also)
    return replace(finding, also=also)


def _covered(value: Any, persons: Persons) -> Any:  # noqa: ANN401 - whatever an audit is made of
    """A value with every text in it covered; documents are left as they are."""
    if type(value) is str:
        return persons.cover(value)
    if isinstance(value, Document | Span):
        return value
    if isinstance(value, Mapping):
        return {_covered(key, persons): _covered(each, persons) for key, each in value.items()}
    if isinstance(value, tuple):
        made = _each(value, persons)
        return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
    if is_dataclass(value) and not isinstance(value, type):
        own = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        return replace(value, **{name: _covered(each, persons) for name, each in own.items()})
    return value


def _each(values: Iterable[Any], persons: Persons) -> list[Any]:
    return [_covered(each, persons) for each in values]
