"""Masking (遮盖): telephone and identity numbers and the cover's personal names, covered in every output."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from hengji.auditing.audit import Audit
from hengji.auditing.language import masked
from hengji.model.document import Block, Cell, Document
from hengji.model.extraction import Extraction
from hengji.model.finding import Finding

_NAME_LABELS = ("单位负责人", "部门负责人", "负责人", "填报人", "经办人", "联系人")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_ROLES = re.compile(
    r"((?:单位|部门|项目|主要)?负\s*责\s*人|填\s*报\s*人|经\s*办\s*人|联\s*系\s*人|审\s*核\s*人|制\s*表\s*人|复\s*核\s*人|主任|局长|书记|同志)([（(][^()（）]{0,8}[)）])?([:：\s]{1,6})([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)


def masked_audit(outcome: Audit) -> Audit:
    """The same audit over a text of the same length with persons covered; offsets stay what they were."""
    names = _names(outcome.found)
    document = _document(outcome.found.document, names)
    cover = {label: cover_words(value, names) for label, value in outcome.found.cover.items()}
    found = replace(
        outcome.found,
        document=document,
        cover=cover,
        problems=_all(outcome.found.problems, names),
        suggestions=_all(outcome.found.suggestions, names),
        kind_reason=cover_words(outcome.found.kind_reason, names),
    )
    return replace(outcome, found=found, findings=tuple(_finding(finding, names) for finding in outcome.findings))


def cover_words(text: str, names: frozenset[str]) -> str:
    """A text with numbers and these names covered, as long as before."""
    shown = masked(text)
    for name in names:
        shown = shown.replace(name, name[0] + "*" * (len(name) - 1))
    return shown


_NUMBER_LABELS = ("电话", "手机", "联系方式", "传真", "身份证", "邮箱")
_OFFICE = re.compile(r"(?:办公室|[股室科处局所站队组办院馆]|中心|单位|部门|同志)$")


def persons(cover: Mapping[str, str], texts: Iterable[str]) -> frozenset[str]:
    """The persons that a cover and labelled places in texts name; an office is no person."""
    named = {name for label, value in cover.items() if _names_somebody(label) for name in _NAME.findall(value)}
    named |= {match[4] for text in texts for match in _ROLES.finditer(text)}
    return frozenset(name for name in named if not _OFFICE.search(name))


def masked_cover(label: str, value: str, names: frozenset[str]) -> str:
    """A line of a cover for everybody's eyes: names keep their first character, numbers keep nothing."""
    if any(word in label for word in _NUMBER_LABELS):
        return re.sub(r"[0-9A-Za-z０-９]", "*", value)
    if _names_somebody(label) and not _OFFICE.search(value):
        return re.sub(r"\w+", lambda match: match[0][0] + "*" * (len(match[0]) - 1), value)
    return cover_words(value, names)


def _names_somebody(label: str) -> bool:
    plain = re.sub(r"\s", "", label)
    return any(plain.startswith(word) or plain.endswith(word) for word in _NAME_LABELS)


def _names(found: Extraction) -> frozenset[str]:
    """The persons that the cover and labelled places name."""
    named = {value for label, value in found.cover.items() if label in _NAME_LABELS and _NAME.fullmatch(value)}
    named |= {match[4] for match in _ROLES.finditer(found.document.text)}
    return frozenset(named)


def _all(texts: tuple[str, ...], names: frozenset[str]) -> tuple[str, ...]:
    return tuple(cover_words(text, names) for text in texts)


def _document(document: Document, names: frozenset[str]) -> Document:
    text = cover_words(document.text, names)
    blocks = tuple(_block(block, text) for block in document.blocks)
    return replace(document, text=text, blocks=blocks)


def _block(block: Block, text: str) -> Block:
    cells = tuple(_cell(cell, text) for cell in block.cells)
    return replace(block, text=text[block.start : block.end], cells=cells)


def _cell(cell: Cell, text: str) -> Cell:
    return replace(cell, text=text[cell.start : cell.end])


def _finding(finding: Finding, names: frozenset[str]) -> Finding:
    def shown(words: str) -> str:
        return cover_words(words, names)

    return replace(
        finding,
        quote=_bare_number(shown(finding.quote)),
        message=shown(finding.message),
        stated=_bare_number(shown(finding.stated)),
    )


def _bare_number(text: str) -> str:
    """A telephone number that stands alone, as the quotation of R39 does."""
    return "*" * len(text) if re.fullmatch(r"[\d\s-]{7,13}", text) else text
