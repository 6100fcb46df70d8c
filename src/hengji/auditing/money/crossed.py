"""R09 told by what was paid: running costs of the body itself out of a project's money, or the other way round."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.library.lines import load_crossings
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_SAID_SO = pattern(r"(?<![未没无不])(?:经|已)[^。;]{0,20}(?:批复|批准|同意|核准)|调剂(?!手续|审批)")
_DENIED = pattern(
    r"(?:不存在|没有|未|无|不得|严禁|禁止|杜绝|防止|避免|不[能准允]|不再|以前年度|上年|去年)[^,。;]{0,14}$"
)
_BEFORE = 24  # characters before a payment that may deny it


def paid_from_the_other(case: Case) -> Iterator[Finding]:
    """R09: 「机关日常印刷费1.90万元从节水宣传项目中列支」, 「用项目剩余的9.60万元发放在编人员年终考核奖金」."""
    if "项目" not in case.flat:
        return
    forms = load_crossings()
    for sentence, quantities in case.by_sentence.items():
        money = [q for q in quantities if dimension(q.unit) == "money" and not q.table and q.number]
        text = case.text(sentence) if money else ""
        match = next((m for form in forms if (m := form.search(text)) is not None), None) if "项目" in text else None
        if match is None or _SAID_SO.search(text) or _denied(text, match) or case.aimed_at(sentence.start):
            continue
        if case.chapter_key(sentence.start) == "相关建议" or not any(
            sentence.start + match.start() <= q.span.start < sentence.start + match.end() + _BEFORE for q in money
        ):
            continue
        span = Span(sentence.start + match.start(), sentence.start + match.end())
        message = f"写“{match[0]}”，资金在基本支出与项目支出之间移动，没有写明调剂的批复"
        yield case.finding("R09", span, message, stated=match[0])
        return


def _denied(text: str, match: re.Match[str]) -> bool:
    return _DENIED.search(text[max(0, match.start() - _BEFORE) : match.start()]) is not None
