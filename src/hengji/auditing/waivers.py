"""Waivers (不再提示): findings that a person has judged, each with a reason; a waiver without one is refused."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hengji.auditing.audit import Audit
from hengji.auditing.case import Case
from hengji.extracting.flat import flat_whole
from hengji.library.check_texts import load_checks
from hengji.library.nodes import plain_data, read_tree
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.problem import HengjiError, Problem

_REASON = 4
AROUND = 14  # characters that are printed before and after a finding's words
_SHORT = 24  # characters of a quotation that is told


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver: a code, the words it stands at (any where empty), the file (any where empty), and why."""

    code: str
    reason: str
    quote: str = ""
    file: str = ""
    number: int = 0  # in its list, from 1


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a YAML file: ``waivers:`` with code, reason, and optionally quote and file. Raises HengjiError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise HengjiError(f"{path} 打不开或不是UTF-8文本") from None
    problems: list[Problem] = []
    tree = read_tree(text, path.name, problems)
    if problems or tree is None:
        raise HengjiError(*problems)
    data = plain_data(tree)
    listed = data.get("waivers") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        raise HengjiError(f"{path.name}：最外层应是 waivers: 和一列规则，每条写 code 和 reason")
    return tuple(_waiver(each, path.name, number) for number, each in enumerate(listed, 1))


def _waiver(data: object, file: str, number: int) -> Waiver:
    where = f"{file} 第{number}条"
    if not isinstance(data, dict) or not {"code", "reason"} <= data.keys() <= {"code", "reason", "quote", "file"}:
        raise HengjiError(f"{where}：应写 code 和 reason，可以加 quote、file")
    code, reason = _text(data["code"]).upper(), _text(data["reason"])
    if code not in load_checks():
        raise HengjiError(f"{where}：没有“{code}”这条规则")
    if not reason:
        raise HengjiError(f"{where}：{code} 没有写理由")
    if len(reason) < _REASON:
        raise HengjiError(f"{where}：{code} 的理由“{reason}”太短，请写明为什么不成立（至少{_REASON}个字）")
    return Waiver(code, reason, _text(data.get("quote")), _text(data.get("file")), number)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def without_waived(outcome: Audit, waivers: Sequence[Waiver]) -> tuple[Audit, frozenset[Waiver]]:
    """The audit without what is waived, which stays with its reason in ``waived``; and the waivers that hit something."""
    gone: dict[int, Waiver] = {}
    used: set[Waiver] = set()
    for waiver in waivers:
        covered = _covered(outcome, waiver)
        if covered:
            used.add(waiver)
        for index in covered:
            gone.setdefault(index, waiver)
    kept = tuple(finding for index, finding in enumerate(outcome.findings) if index not in gone)
    waived = tuple((outcome.findings[index], gone[index].reason) for index in sorted(gone))
    return replace(outcome, findings=kept, waived=(*outcome.waived, *waived)), frozenset(used)


def unused(waivers: Iterable[Waiver], used: Iterable[Waiver], audits: Sequence[Audit]) -> Iterator[str]:
    """A sentence for each waiver that hit nothing: 「第2条没有用上：…」."""
    hit = set(used)
    for waiver in waivers:
        if waiver not in hit:
            yield f"第{waiver.number}条没有用上：{_why_unused(waiver, audits)}"


def _why_unused(waiver: Waiver, audits: Sequence[Audit]) -> str:
    code = waiver.code
    of_file = [audit for audit in audits if waiver.file in audit.found.document.file]
    if waiver.file and not of_file:
        return f"没有名称含“{waiver.file}”的文件"
    if all(audit.selected is not None and code not in audit.selected for audit in of_file):
        return f"{code} 没有选，没有核查"
    own = [finding for audit in of_file for finding in _of_code(audit, code)]
    if not own:
        return f"{code} 没有发现"
    if any(_where(audit, waiver.quote) for audit in of_file):
        return f"原文里有“{_shown(waiver.quote)}”，那一句里没有 {code} 的发现（{code} 另有{len(own)}处）"
    return f"原文里没有“{_shown(waiver.quote)}”这句话（{code} 有{len(own)}处发现）"


def _of_code(audit: Audit, code: str) -> list[Finding]:
    return [f for f in (*audit.findings, *(f for f, _ in audit.waived)) if f.code == code]


def _shown(quote: str) -> str:
    return quote if len(quote) <= _SHORT else f"{quote[:_SHORT]}…"


def _covered(outcome: Audit, waiver: Waiver) -> list[int]:
    """Which findings a waiver covers: those whose own words it quotes; without any, those whose sentence or row it quotes."""
    if waiver.file not in outcome.found.document.file:
        return []
    own = [(index, finding) for index, finding in enumerate(outcome.findings) if finding.code == waiver.code]
    if not own or not waiver.quote:
        return [index for index, _ in own]
    quoted = _where(outcome, waiver.quote)
    case = Case(outcome.found)
    at = [index for index, finding in own if _meet(quoted, _places(finding))]
    near = [index for index, finding in own if _meet(quoted, (_around(case, place) for place in _places(finding)))]
    said = [index for index, finding in own if _bare(waiver.quote) in _bare(finding.message)]
    return at or near or said


def _places(finding: Finding) -> list[Span]:
    """The words of a finding and those of its other ends."""
    own = [] if finding.start is None else [Span(finding.start, max(finding.end or 0, finding.start + 1))]
    return [*own, *(Span(place.start, place.end) for place in finding.also)]


def _around(case: Case, place: Span) -> Span:
    """The sentences or rows that words stand in, and at least as much beside them as the screen prints."""
    text = case.found.document.text
    first, last = case.sentence(place.start), case.sentence(max(place.start, place.end - 1))
    line_start = text.rfind("\n", 0, place.start) + 1
    line_end = text.find("\n", place.end)
    before = max(line_start, place.start - AROUND)
    after = min(line_end if line_end >= 0 else len(text), place.end + AROUND)
    return Span(min(before, first.start), max(after, last.end if last.end > place.start else after))


def _meet(quoted: Sequence[Span], places: Iterable[Span]) -> bool:
    return any(one.start < place.end and place.start < one.end for place in places for one in quoted)


def _where(outcome: Audit, quote: str) -> list[Span]:
    """Where a quotation stands in the document, whatever the spelling of its marks and the breaks within it."""
    text = outcome.found.document.text
    flat = flat_whole(text)
    kept = [at for at, character in enumerate(flat) if not character.isspace()]
    bare, wanted = "".join(flat[at] for at in kept), _bare(quote)
    if not wanted:
        return []
    return [Span(kept[m.start()], kept[m.end() - 1] + 1) for m in re.finditer(re.escape(wanted), bare)]


def _bare(text: str) -> str:
    """A text in one spelling without any space."""
    return re.sub(r"\s", "", flat_whole(text))
