"""Waivers (不再提示): findings that a person has judged, each with a reason; a waiver without one is refused."""

from dataclasses import dataclass, replace
from pathlib import Path

from hengji.auditing.audit import Audit
from hengji.library.check_texts import load_checks
from hengji.library.nodes import plain_data, read_tree
from hengji.model.problem import HengjiError, Problem

_REASON = 4


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver: a code, the words it stands at (any where empty), the file (any where empty), and why."""

    code: str
    reason: str
    quote: str = ""
    file: str = ""


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
    code, reason = str(data["code"]), str(data["reason"]).strip()
    if code not in load_checks():
        raise HengjiError(f"{where}：没有“{code}”这条规则")
    if len(reason) < _REASON:
        raise HengjiError(f"{where}：{code} 没有写理由")
    return Waiver(code, reason, str(data.get("quote", "")), str(data.get("file", "")))


def without_waived(outcome: Audit, waivers: tuple[Waiver, ...]) -> Audit:
    """The audit without what is waived; each waived finding stays with its reason in ``waived``."""
    kept, gone = [], list(outcome.waived)
    for finding in outcome.findings:
        waiver = next((w for w in waivers if _covers(w, finding.code, finding.quote, finding.file)), None)
        if waiver is None:
            kept.append(finding)
        else:
            gone.append((finding, waiver.reason))
    return replace(outcome, findings=tuple(kept), waived=tuple(gone))


def _covers(waiver: Waiver, code: str, quote: str, file: str) -> bool:
    return (
        waiver.code == code and (not waiver.quote or waiver.quote in quote) and (not waiver.file or waiver.file in file)
    )
