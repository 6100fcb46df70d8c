"""读报告: what an audit says at a glance: how the total comes about and whether it holds, chapters, and what was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing import Audit
from hengji.library.check_texts import load_checks
from hengji.model.extraction import DocumentKind, Section
from hengji.model.finding import SEVERITY_CN, Finding, Place, Severity
from hengji.web.filings.findings import key_of
from hengji.writing.audit_data import audit_data

_FULL = Decimal(100)
_DEEP = 2


@dataclass(frozen=True, slots=True)
class Strip:
    """The figures of the total as printed and as they add up, and the verdict in words."""

    figures: tuple[tuple[str, str], ...]
    verdict: str


def strip(audit: Audit) -> Strip:
    """Claimed, sum, bonus, total, capped, verdict."""
    total = audit_data(audit)["total"]
    assert isinstance(total, dict)
    names = (("claimed", "自评得分"), ("base", "各项之和"), ("bonus", "加分"), ("deduction", "扣分"), ("raw", "合计"))
    figures = [
        (word, _shown(total[key], signed=key == "bonus")) for key, word in names if key != "deduction" or total[key]
    ]
    return Strip((*figures, ("封顶后", _shown(total["recomputed"]))), _verdict(audit, total))


def _shown(number: object, *, signed: bool = False) -> str:
    if number is None:
        return "—"
    text = str(number)
    if not text.replace(".", "").isdigit():
        return text
    return ("+" if signed else "") + format(Decimal(text).quantize(Decimal("0.01")), "f")


def _verdict(audit: Audit, total: dict[str, object]) -> str:
    found = audit.found
    if found.kind is not DocumentKind.OVERALL:
        return "不是部门整体支出自评报告，不核总分"
    if found.document.unread or found.doubts:
        return "有认不出的内容，不下结论"
    claimed, capped, raw = (_number(total[key]) for key in ("claimed", "recomputed", "raw"))
    if claimed is None:
        return "没有写自评得分"
    if capped is None:
        return "各项得分没有读全，不能核算"
    if claimed != capped:
        more = "高" if claimed > capped else "低"
        return f"自评比各项合计{more} {abs(claimed - capped).normalize():f} 分"
    if raw is None or raw <= _FULL:
        return "分数相符"
    return "分数相符，按 100 分封顶" if found.totals.cap else "分数相符，报告未写封顶"


def _number(text: object) -> Decimal | None:
    return Decimal(str(text)) if text is not None and str(text).replace(".", "").isdigit() else None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One line of the outline: its words, where it begins, how deep it stands, how many findings are in it."""

    title: str
    anchor: str
    depth: int
    number: int


def outline(audit: Audit) -> list[Chapter]:
    """Cover, chapters and their first parts with the number of findings, and what concerns the whole."""
    sections = [(section, depth) for section in audit.found.sections if (depth := _depth(audit, section)) < _DEEP]
    starts = [section.span.start for section, _ in sections]
    placed = [finding.start for finding in audit.findings if finding.start is not None]

    def between(begin: int, end: int | None) -> int:
        return sum(begin <= at and (end is None or at < end) for at in placed)

    first = starts[0] if starts else None
    found = [Chapter("封面" if starts else "全文", _anchor(audit, 0), 0, between(0, first))] if first != 0 else []
    for (section, depth), end in zip(sections, [*starts[1:], None], strict=True):
        title = f"{section.mark}{section.title}"[:40]
        found.append(Chapter(title, _anchor(audit, section.span.start), depth, between(section.span.start, end)))
    nowhere = len(audit.findings) - len(placed)
    return [*found, Chapter("没有位置的", "", 0, nowhere)] if nowhere else found


def _depth(audit: Audit, section: Section) -> int:
    if not section.heading:
        return _DEEP
    depth, above = 0, section.parent
    while above is not None and depth < _DEEP:
        depth, above = depth + 1, audit.found.sections[above].parent
    return depth


def _anchor(audit: Audit, position: int) -> str:
    block = audit.found.document.block_at(position)
    return f"b0-{block.start}" if block is not None else ""


def reading(audit: Audit) -> list[tuple[str, str]]:
    """读出: how much was read of each kind."""
    found = audit.found
    scored = sum(item.claimed is not None for item in found.items)
    absent = sum(item.not_applicable for item in found.items)
    return [
        ("指标", f"{len(found.items)} 项"), ("得分", f"{scored} 项"), ("不考核", f"{absent} 项"), ("数", f"{len(found.quantities)} 个"),
        ("引用文件", f"{len(found.citations)} 处"), ("表彰", f"{len(found.awards)} 项"),
        ("读不出", f"{len(found.document.unread) + len(found.doubts)} 处"),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the right column shows it."""

    index: int
    finding: Finding
    title: str
    key: str
    aside: str = ""  # why a person holds that it does not stand
    also: tuple[tuple[str, Place], ...] = ()  # the anchor and the words of its other end

    @property
    def number(self) -> int:
        """Its number in the margin of the words."""
        return self.index + 1

    @property
    def sums(self) -> str:
        """核算: what is stated and what comes out."""
        finding = self.finding
        return f"{finding.stated} → {finding.recomputed}" if finding.recomputed else finding.stated


def listed(audit: Audit, by: str, severities: Sequence[str], asides: dict[str, str]) -> list[Shown]:
    """The findings of these severities, the gravest first; by chapter in the order of the text, by rule by their codes."""
    checks, order = load_checks(), list(Severity)
    found = []
    for index, finding in enumerate(audit.findings):
        if severities and finding.severity.value not in severities:
            continue
        key = key_of(finding)
        title = checks[finding.code].title if finding.code in checks else ""
        also = tuple((_anchor(audit, place.start), place) for place in finding.also)
        found.append(Shown(index, finding, title, key, asides.get(key, ""), also))
    if by == "rule":
        return sorted(found, key=lambda each: (each.finding.code, each.index))
    if by == "section":
        return found
    return sorted(found, key=lambda each: (order.index(each.finding.severity), each.index))


def counts(audit: Audit) -> list[tuple[Severity, str, int]]:
    """The four counts."""
    number = audit.counts()
    return [(severity, SEVERITY_CN[severity], number[severity]) for severity in Severity]
