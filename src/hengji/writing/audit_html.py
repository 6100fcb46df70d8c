"""An audit as one self-contained page: the document with marks on the left, the findings on the right, a click jumps between them."""

import itertools
from collections.abc import Sequence
from decimal import Decimal
from html import escape

from hengji.auditing import Audit
from hengji.auditing.verdict import all_not_checked, nothing_found, reservations, verdict
from hengji.library.check_texts import load_checks
from hengji.model.document import Block, BlockKind, Document
from hengji.model.extraction import KIND_CN, ScoredItem
from hengji.model.finding import SEVERITY_CN, Finding, Severity
from hengji.writing.audit_data import decimal
from hengji.writing.audit_page import SCRIPT, STYLE, STYLE_WITHOUT_SCRIPT

_MOST_BARS = 60
_MOST_QUOTE = 120
_ROW, _LINE, _LEFT, _WIDE = 18, 13, 180, 150  # of the chart, in units of its own
_FITTING, _MOST_NAME = 15, 3  # characters of a line of a name, and lines of it


def audits_page(audits: Sequence[Audit], failures: Sequence[tuple[str, str]] = ()) -> str:
    """The page for one or several documents; several begin with a table of them all."""
    title = (
        f"{audits[0].found.department or audits[0].found.document.file} 核查"
        if len(audits) == 1 and not failures
        else f"{len(audits) + len(failures)}份材料核查"
    )
    body = [_summary(audits, failures)] if len(audits) != 1 or failures else []
    body += [_document(number, audit) for number, audit in enumerate(audits)]
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style><noscript><style>{STYLE_WITHOUT_SCRIPT}</style></noscript></head><body>{''.join(body)}<script>{SCRIPT}</script></body></html>\n"
    )


def _summary(audits: Sequence[Audit], failures: Sequence[tuple[str, str]]) -> str:
    rows = [
        f'<tr><td><a href="#d{n}">{escape(a.found.document.file)}</a></td><td>{escape(a.found.department or "—")}</td><td>{KIND_CN[a.found.kind]}</td>'
        + "".join(f'<td class="n">{a.counts()[severity] or ""}</td>' for severity in Severity)
        + f"<td>{verdict(a)}</td></tr>"
        for n, a in enumerate(audits)
    ]
    rows += [
        f'<tr class="failed"><td>{escape(file)}</td><td colspan="7">{escape(why)}</td></tr>' for file, why in failures
    ]
    heads = "".join(f"<th>{head}</th>" for head in ("文件", "部门", "材料", *SEVERITY_CN.values(), "结论"))
    return f'<header class="all"><h1>核查汇总</h1><table class="list"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></header>'


def _document(number: int, audit: Audit) -> str:
    found = audit.found
    counts = " ".join(
        f'<span class="count {severity}">{SEVERITY_CN[severity]} {count}</span>'
        for severity, count in audit.counts().items()
    )
    total = found.totals
    parts = [f"{found.year}年度" if found.year else "年度没有写", KIND_CN[found.kind]]
    if total.claimed is not None:
        parts.append(f"自评得分 {total.claimed.value}分" + (f"，{total.grade.value}" if total.grade else ""))
    if audit.scorecard is not None and audit.scorecard.totals is not None:
        parts.append(audit.scorecard.totals.sentence)
    unread = "".join(f"<li>{escape(each)}</li>" for each in (*found.document.unread, *found.doubts))
    listed = "".join(_finding(number, index, finding, found.document) for index, finding in enumerate(audit.findings))
    listed = listed or f'<p class="none">{nothing_found(audit)}</p>'
    said = "".join(f"<li>{escape(each)}</li>" for each in reservations(audit))
    return (
        f'<section class="doc" id="d{number}"><header><h1>{escape(found.department or found.document.file)}</h1>'
        f"<p>{escape('　'.join(parts))}</p><p>{counts}　<small>{escape(found.kind_reason)}</small></p>"
        + (f'<ul class="unread">{unread}{said}</ul>' if unread or said else "")
        + f'</header><div class="panes"><article class="text">{"".join(text for _, text in marked(number, audit))}</article>'
        f"<aside>{listed}{_waived(audit)}{_chart(audit)}{_skipped(audit)}</aside></div></section>"
    )


def _waived(audit: Audit) -> str:
    """What a person has judged, each with the reason."""
    listed = "".join(
        f"<li><code>{finding.code}</code> {escape(finding.message)}（{escape(finding.locator)}）"
        f"<blockquote>{escape(finding.quote[:_MOST_QUOTE])}</blockquote>理由：{escape(why)}</li>"
        for finding, why in audit.waived
    )
    return (
        f'<details class="waived"><summary>不再提示（{len(audit.waived)}处）</summary><ul>{listed}</ul></details>'
        if listed
        else ""
    )


def _skipped(audit: Audit) -> str:
    """The rules that were not checked, each with the reason."""
    skipped = [
        f"<li>{code} {escape(load_checks()[code].title)}：{escape(why)}</li>"
        for code, why in all_not_checked(audit)
        if code in load_checks()
    ]
    return (
        f"<details><summary>没有核查的规则（{len(skipped)}条，没有核查不等于通过）</summary><ul>{''.join(skipped)}</ul></details>"
        if skipped
        else ""
    )


def _finding(number: int, index: int, finding: Finding, document: Document) -> str:
    rows = [
        ("核算", f"{finding.stated} → {finding.recomputed}" if finding.recomputed else finding.stated),
        ("怎样改", finding.advice),
        ("依据", finding.basis),
        ("位置", finding.locator),
    ]
    detail = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows if value)
    for place in finding.also:
        block = document.block_at(place.start)
        words = f"{escape(place.locator)}：{escape(place.quote[:_MOST_QUOTE])}"
        link = f'<a href="#b{number}-{block.start}">{words}</a>' if block is not None else words
        detail += f"<dt>另见</dt><dd>{link}</dd>"
    quote = f"<blockquote>{escape(finding.quote[:_MOST_QUOTE])}</blockquote>" if finding.quote else ""
    title = load_checks()[finding.code].title if finding.code in load_checks() else ""
    return (
        f'<div class="finding {finding.severity}" id="f{number}-{index}" data-mark="m{number}-{index}" tabindex="0"><p><b>{index + 1}</b> '
        f'<span class="tag">{SEVERITY_CN[finding.severity]}</span> <code title="{escape(title)}">{finding.code}</code> {escape(finding.message)}</p>'
        f'{quote}<dl>{detail}</dl><button type="button" class="shut">收起</button></div>'
    )


def marked(number: int, audit: Audit) -> list[tuple[Block, str]]:
    """The document block by block, the words of each finding marked; overlapping marks stack their numbers.

    Finding i is marked with m<number>-<i>, its number leads to f<number>-<i>, and a block is called b<number>-<where it begins>.
    """
    spans = [
        (f.start, max(f.end or f.start, f.start), i, f.severity)
        for i, f in enumerate(audit.findings)
        if f.start is not None
    ]
    out: list[tuple[Block, str]] = []
    for block in audit.found.document.blocks:
        own = [
            span
            for span in spans
            if span[0] <= block.end and (span[1] > block.start or span[0] == span[1] >= block.start)
        ]
        out.append((block, _block(number, block, own)))
    return out


Mark = tuple[int, int, int, Severity]


def _block(number: int, block: Block, marks: list[Mark]) -> str:
    name = f'id="b{number}-{block.start}"'
    if block.kind is BlockKind.TABLE:
        rows = []
        for row in block.rows():
            cells = "".join(
                f"<td{_span('rowspan', c.rows)}{_span('colspan', c.columns)}>{_words(number, c.text, c.start, [m for m in marks if m[0] < c.end + 1 and m[1] >= c.start])}</td>"
                for c in row
            )
            rows.append(f"<tr>{cells}</tr>")
        return f'<table class="source" {name}>{"".join(rows)}</table>'
    tag = "h3" if block.level else "p"
    return f"<{tag} {name}>{_words(number, block.text, block.start, marks)}</{tag}>"


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def _words(number: int, text: str, start: int, marks: list[Mark]) -> str:
    """A text cut where marks begin and end; each piece carries the marks over it, each mark its number at its beginning."""
    cuts = {0, len(text)}
    for begin, end, _, _ in marks:
        cuts |= {min(max(begin - start, 0), len(text)), min(max(end - start, 0), len(text))}
    ordered = sorted(cuts)
    out = [_number(number, mark) for mark in marks if mark[0] == mark[1] and mark[0] == start]
    for left, right in itertools.pairwise(ordered):
        over = [m for m in marks if m[0] - start <= left and m[1] - start >= right and m[0] < m[1]]
        begun = [m for m in over if m[0] - start == left or (left == 0 and m[0] < start)]
        piece = escape(text[left:right])
        out.extend(_number(number, mark) for mark in begun if mark[0] - start == left)
        worst = min((m[3] for m in over), key=list(Severity).index, default=None)
        ids = " ".join(f"m{number}-{m[2]}" for m in over)
        out.append(f'<mark class="hit {worst}" data-marks="{ids}">{piece}</mark>' if worst is not None else piece)
    return "".join(out)


def _number(number: int, mark: Mark) -> str:
    return f'<sup class="hit-number {mark[3]}" id="m{number}-{mark[2]}" data-leads="f{number}-{mark[2]}">{mark[2] + 1}</sup>'


def _chart(audit: Audit) -> str:
    """Points, claimed and recomputed score of every indicator: a picture and the table behind it."""
    known = [item for item in audit.found.items if item.points is not None or item.claimed is not None][:_MOST_BARS]
    if len(known) < 2:  # noqa: PLR2004 - one bar compares nothing
        return ""
    most = max(max(item.points or Decimal(0), item.claimed or Decimal(0)) for item in known) or Decimal(1)
    tops = list(itertools.accumulate((_height(item) for item in known), initial=0))
    bars = "".join(_bar(audit, item, top, most) for top, item in zip(tops, known, strict=False))
    rows = "".join(
        f"<tr><td>{escape(item.name)}</td><td>{decimal(item.points) or '—'}</td><td>{_claim(item)}</td><td>{decimal(audit.computed(item)) or '—'}</td></tr>"
        for item in known
    )
    words = "分值（框）、自评得分（实）、按报告的数重算（◇）"
    return (
        f'<figure><figcaption>{words}</figcaption><svg viewBox="0 0 420 {tops[-1] + 4}" role="img" aria-label="{words}">{bars}</svg>'
        f"<details><summary>数据表</summary><table><tr><th>指标</th><th>分值</th><th>自评</th><th>重算</th></tr>{rows}</table></details></figure>"
    )


def _claim(item: ScoredItem) -> str:
    return "不考核" if item.not_applicable else decimal(item.claimed) or "—"


def _height(item: ScoredItem) -> int:
    return _ROW + _LINE * (len(_lines(item.name)) - 1)


def _lines(name: str) -> list[str]:
    """A name in lines that fit beside the bars; only a very long one is cut."""
    lines = [name[at : at + _FITTING] for at in range(0, len(name), _FITTING)] or [""]
    return lines if len(lines) <= _MOST_NAME else [*lines[: _MOST_NAME - 1], f"{lines[_MOST_NAME - 1][:-1]}…"]


def _bar(audit: Audit, item: ScoredItem, y: int, most: Decimal) -> str:
    points, claimed = ((value or Decimal(0)) * _WIDE / most for value in (item.points, item.claimed))
    computed = audit.computed(item)
    diamond = ""
    if computed is not None:
        x = _LEFT + Decimal(computed.numerator) / Decimal(computed.denominator) * _WIDE / most
        diamond = f'<path class="computed" d="M{x:.1f} {y + 2}l5 6.5l-5 6.5l-5 -6.5z"/>'
    name = "".join(
        f'<tspan x="0" y="{y + 12 + n * _LINE}">{escape(line)}</tspan>' for n, line in enumerate(_lines(item.name))
    )
    return (
        f'<text y="{y + 12}"><title>{escape(item.name)}</title>{name}</text><rect class="full" x="{_LEFT}" y="{y + 3}" width="{points:.1f}" height="11"/>'
        f'<rect class="got" x="{_LEFT}" y="{y + 5}" width="{claimed:.1f}" height="7"/>{diamond}'
        f'<text x="{_LEFT + max(points, claimed) + 10:.0f}" y="{y + 12}">{_claim(item)} / {decimal(item.points) or "—"}</text>'
    )
