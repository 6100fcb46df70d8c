"""The verdict of an audit: what may be said of a document where nothing, or nothing more, was found."""

from hengji.auditing.audit import Audit
from hengji.auditing.registry import OF_FILINGS, RULES
from hengji.model.extraction import DocumentKind
from hengji.model.finding import Severity

GRAVITY = {Severity.ERROR: "P0", Severity.WARNING: "P1", Severity.INFO: "P2", Severity.STYLE: "P3"}
PASSED = "通过"
_UNCHECKED, _PARTLY, _WAIVED = "未核查", "部分核查", "无其他发现"
_GIVEN_ONLY = {"R37", *OF_FILINGS}  # asked of accounts and of filings: a report alone is checked without them
_LEFT_OUT = "按要求没有核查（--select、--ignore）"


def verdict(audit: Audit) -> str:
    """The gravest finding's grade; without one what was checked: 通过 only where all was read and asked, and nothing set aside."""
    worst = next((GRAVITY[severity] for severity, count in audit.counts().items() if count), "")
    if worst:
        return worst
    if audit.found.kind is DocumentKind.OTHER:
        return _UNCHECKED
    if _partly(audit):
        return _PARTLY
    return _WAIVED if audit.waived else PASSED


def nothing_found(audit: Audit) -> str:
    """The sentence that stands in the place of findings where there is none."""
    if not audit.found.document.has_words:
        return "没有读出文字，没有核查。"
    left = len(audit.not_checked)
    if audit.found.kind is DocumentKind.OTHER:
        return f"不是自评材料，{'全部' if _checked(audit) <= 0 else '多数'}规则没有核查（{left}条）。"
    if audit.waived:
        return "没有其他发现。"
    if audit.selected is not None:
        return "所选的规则没有发现问题。"
    if audit.found.kind is DocumentKind.ACCOUNTS:
        return "决算材料只查一部分规则，查了的没有发现问题。"
    return "读出的部分没有发现问题。" if _has_doubts(audit) else "没有发现问题。"


def reservations(audit: Audit) -> list[str]:
    """What a reader of the verdict must know beside it: what kind was not checked, what was left out, what was waived."""
    said = []
    if audit.found.kind is DocumentKind.OTHER:
        said.append(f"{len(audit.not_checked)}条规则没有核查")
    if left_out(audit):
        said.append(chosen(audit))
    if audit.waived:
        codes = "、".join(sorted({finding.code for finding, _ in audit.waived}))
        said.append(f"不再提示{len(audit.waived)}处（{codes}）")
    return said


def chosen(audit: Audit) -> str:
    """What was asked for where not all rules were: by what is shorter to say, the rules that were or those that were not."""
    left, asked = left_out(audit), sorted(audit.selected or ())
    if not left:
        return ""
    if len(asked) <= len(left):
        return f"按要求只核查{len(asked)}条：{'、'.join(asked)}"
    return f"按要求没有核查{len(left)}条：{'、'.join(left)}"


def left_out(audit: Audit) -> tuple[str, ...]:
    """The codes that were not asked for."""
    return () if audit.selected is None else tuple(code for code in (*RULES, *OF_FILINGS) if code not in audit.selected)


def all_not_checked(audit: Audit) -> list[tuple[str, str]]:
    """(code, why) of every rule that was not checked, also of those that were not asked for, by code."""
    return sorted((*audit.not_checked, *((code, _LEFT_OUT) for code in left_out(audit))))


def _checked(audit: Audit) -> int:
    return len(RULES) + len(OF_FILINGS) - len({code for code, _ in audit.not_checked}) - len(left_out(audit))


def _partly(audit: Audit) -> bool:
    """Whether rules that a report alone can be asked were not asked, or parts of it were not read."""
    return _has_doubts(audit) or any(code not in _GIVEN_ONLY for code, _ in all_not_checked(audit))


def _has_doubts(audit: Audit) -> bool:
    return bool(audit.found.document.unread or audit.found.doubts)
