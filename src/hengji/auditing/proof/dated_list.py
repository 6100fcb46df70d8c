"""R35: papers in the list of evidence, by their own dates, that are not of the evaluated year."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.proof.attachments import attached, attachments_hold
from hengji.auditing.proof.evidence import evidence_complete
from hengji.auditing.proof.proving import papers_prove
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ENTRY = pattern(
    r"(?:^|(?<=[\s;。:]))(?P<label>附件|佐证|材料|证明)?(?:材料)?[ \t]?\d{1,2}[ \t.、:．)]{0,3}(?P<what>[^\n;。]{4,60})"
)
# An entry of a list whose numbers a browser gives: 「缴存职工满意度调查报告（2021年11月）」
_LINE = pattern(r"^(?P<what>[\u4e00-\u9fff、“”\"《》]{4,40}\([^()\n]{0,8}20\d\d\s?年[^()\n]{0,8}\))$", re.MULTILINE)
# What shows one year and no other: by when it was made, or by the year in its name.
_OF_ONE_YEAR = pattern(
    r"执行(?:情况)?表|截图|回访|访问记录|走访记录|盘点|问卷|签到|台账|凭证|监控表|花名册|工资|流水|照片|登记[表簿册]|对账单|明细|报表|统计表|支付|回单|测评|满意度|验收[单表书]|检测报告|年报|自评表|评分表"
)
_STANDING = pattern(
    r"规划|办法|制度|方案|合同|协议|标准|批复|决定|规定|规程|通知|手册|证书|许可|[〔\[【《]|上年|以前|历年|对比|决算|年至|—|-20|—20|立项|评审|论证|跨年|续建|前期|整改|延续|结转"
)
_YEAR = pattern(r"(?<![\d〔\[])(20\d\d)(?=\s?年|[.\-/]\d)")
_DATED = pattern(r"\((?:[^()\d]{0,8})20\d\d\s?年[^()]{0,16}\)|^20\d\d\s?年")
_HEAD = pattern("附件|佐证|(?:支撑|证明)材料|材料(?:清单|目录)")
_HALF = 2  # the list stands behind the middle


def dated_list(case: Case) -> Iterator[Finding]:
    """R35: 「附件2 预算执行表（2022年12月）」 in the list of a report on 2023; not papers that hold for years, nor last year's accounts."""
    if not case.year or not case.found.year_stated:
        return
    entries = [(span, what) for span, what in _entries(case) if _is_old(case, what)]
    if not entries:
        return
    findings = (*evidence_complete(case), *attachments_hold(case), *papers_prove(case))
    known = [Span(f.start or 0, f.end or 0) for f in findings]
    for span, what in entries:
        if not any(k.start < span.end and span.start < k.end for k in known):
            known.append(span)
            year = _YEAR.findall(what)[-1]
            message = f"评价的是{case.year}年度，佐证却是{year}年的材料"
            yield case.finding("R35", span, message, stated=year, recomputed=str(case.year))


def _entries(case: Case) -> Iterator[tuple[Span, str]]:
    """The entries of the list of evidence: those of the attachments, and numbered lines below a word for evidence."""
    for each in attached(case)[1]:
        yield each.span, each.what
    head = _HEAD.search(case.flat, len(case.flat) // _HALF)
    if head is None:
        return
    for match in (*_ENTRY.finditer(case.flat, head.start()), *_LINE.finditer(case.flat, head.start())):
        if match.groupdict().get("label") or case.item_at(match.start("what")) is None:
            yield Span(match.start("what"), match.end("what")), match["what"]


def _is_old(case: Case, what: str) -> bool:
    """Whether an entry's only year is one before the evaluated one, and the paper shows one year."""
    years = {int(year) for year in _YEAR.findall(what)}
    if len(years) != 1 or not case.year - 3 <= max(years) < case.year or _STANDING.search(what):
        return False
    return _OF_ONE_YEAR.search(what) is not None and _DATED.search(what) is not None
