"""Previews of evidence (佐证预览): made in a guarded process, kept by hash, never served from the file itself."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from hengji.files import written_whole
from hengji.model.document import BlockKind, Document
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading import read_document
from hengji.reading.guarded import read_many
from hengji.reading.preview import Rendered, render
from hengji.web.filings import files

_SECONDS = 30.0
_MEMORY = 2_000_000_000
_KEPT = 3000  # pictures and texts; the oldest go
_SPARE = 300  # how many more there may be before somebody looks
_MOST_TEXT = 200_000  # characters of a text that is shown
_READ = (".docx", ".doc", ".wps", ".xlsx", ".xls", ".ods", ".odt", ".et")
_PAGE = pattern(r"第\s*([0-9]{1,5})\s*页")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a file something stands: a page (0 where none is said) and the words there."""

    page: int = 0
    quote: str = ""

    def on(self, page: int) -> str:
        """The words to mark on a page: none where they stand on another."""
        return self.quote if self.page in (0, page) else ""


def locator_of(text: str) -> Locator:
    """第2页，合计5.00 as page and words."""
    match = _PAGE.search(text)
    words = (text[: match.start()] + text[match.end() :] if match else text).strip(" ，,；;。:：")
    return Locator(int(match[1]) if match else 0, words)


def locators(text: str, proves: Sequence[str]) -> dict[str, str]:
    """The locator of each thing a file proves: a line that begins with its name is its own, the rest is for all."""
    own: dict[str, str] = {}
    rest: list[str] = []
    for line in text.splitlines():
        name, colon, words = line.replace(":", "：").partition("：")
        if colon and name.strip() in proves:
            own[name.strip()] = words.strip()
        elif line.strip():
            rest.append(line.strip())
    return {name: own.get(name, "\n".join(rest)) for name in proves} | {"": "\n".join(rest)}


def joined(general: str, own: dict[str, str]) -> str:
    """The other way: one text from the general locator and those of single things."""
    return "\n".join(
        [*filter(None, [general]), *(f"{name}：{words}" for name, words in own.items() if words != general)]
    )


def how_of(name: str) -> str:
    """How a file can be looked at: as pages, picture, text, or not at all."""
    ending = Path(name).suffix.lower()
    if ending == ".pdf":
        return "pages"
    if ending in files.IMAGES:
        return "picture"
    return "text" if ending in _READ else ""


def page(sha256: str, name: str, number: int, quote: str) -> Rendered:
    """One page of a PDF with the quotation marked. Raises HengjiError in one sentence."""
    key = hashlib.sha256(f"{number}\n{quote}".encode()).hexdigest()[:16]
    kept = _folder() / f"{sha256}-{key}.png"
    told = kept.with_suffix(".json")
    try:
        pages, marked = json.loads(told.read_text(encoding="ascii"))
        return Rendered(kept.read_bytes(), pages, marked)
    except (OSError, ValueError):
        made = _guarded(sha256, name, partial(render, number=number, quote=quote))
    _keep(kept, made.png)
    _keep(told, json.dumps([made.pages, made.marked]).encode())
    return made


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of a text as it is shown: a paragraph's pieces, or a table's rows of cells; marked pieces are the quotation."""

    pieces: tuple[tuple[str, bool], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def text(sha256: str, name: str, quote: str) -> tuple[Shown, ...]:
    """A Word or Excel file as text, the quotation marked. Raises HengjiError in one sentence."""
    kept = _folder() / f"{sha256}.json"
    try:
        blocks = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        blocks = _plain(_guarded(sha256, name, read_document))
        _keep(kept, json.dumps(blocks, ensure_ascii=False).encode())
    return tuple(_shown(block, quote) for block in blocks)


def _plain(document: Document) -> list[object]:
    found: list[object] = []
    room = _MOST_TEXT
    for block in document.blocks:
        room -= len(block.text)
        if room < 0:
            break
        if block.kind is BlockKind.TABLE:
            found.append([[cell.text for cell in row] for row in block.rows()])
        elif block.text.strip():
            found.append(block.text)
    return found


def _shown(block: object, quote: str) -> Shown:
    if isinstance(block, list):
        return Shown(rows=tuple(tuple(row) for row in block))
    said = str(block)
    if len(quote) < 2 or quote not in said:  # noqa: PLR2004 - one character is no quotation
        return Shown(pieces=((said, False),))
    before, _, after = said.partition(quote)
    return Shown(pieces=((before, False), (quote, True), (after, False)))


def _guarded(sha256: str, name: str, work: Callable[[Path], T]) -> T:
    """The work done in a child process on a copy under the file's own name, so that what is said names it."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / files.plain_name(name)
        try:
            shutil.copyfile(files.path_of(sha256), copy)
        except OSError:
            raise HengjiError(f"“{name}”的文件不在了，请联系管理员") from None
        outcome = next(read_many([copy], work, jobs=1, seconds=_SECONDS, memory=_MEMORY))[1]
    if isinstance(outcome, HengjiError):
        raise outcome
    return outcome


def _folder() -> Path:
    return Path(settings.PREVIEWS)


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as draft:
        draft.write_bytes(data)
    kept = list(path.parent.iterdir())
    if len(kept) > _KEPT + _SPARE:
        for old in sorted(kept, key=lambda each: each.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
