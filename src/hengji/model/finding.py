"""Findings (核查发现): what a check found, where, and what to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """错误, 疑点, 提示, 文字: P0 to P3."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    STYLE = "style"


SEVERITY_CN = {Severity.ERROR: "错误", Severity.WARNING: "疑点", Severity.INFO: "提示", Severity.STYLE: "文字"}


class Place(NamedTuple):
    """Words of a document and where they stand."""

    quote: str
    start: int
    end: int
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: a public code, how grave, where, what is stated, what was recomputed, what to do and why.

    ``leaf`` and ``item`` name the field it concerns; ``locator`` is the place in the source. ``quote`` is an exact substring of the
    document's text from ``start`` to ``end`` (code points); a finding about something absent has no quote and is anchored by
    ``start`` at the nearest heading. ``also`` is the other end of a contradiction.
    """

    code: str
    severity: Severity
    message: str
    leaf: str = ""
    item: str = ""
    stated: str = ""
    recomputed: str = ""
    locator: str = ""
    advice: str = ""
    basis: str = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    file: str = ""
    also: tuple[Place, ...] = ()
