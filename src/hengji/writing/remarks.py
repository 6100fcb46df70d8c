"""What is written beside a finding in a copy of the original."""

import re

from hengji.library.check_texts import load_checks
from hengji.model.finding import SEVERITY_CN, Finding
from hengji.model.patterns import pattern

AUTHOR, INITIALS = "衡绩", "衡"
_MOST = 4000  # characters of one line
# What neither XML nor a PDF's text may hold, lone surrogates among it.
_UNFIT = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def remark(finding: Finding, *, elsewhere: bool = False) -> list[str]:
    """The lines: code, severity and title; the message; the other end of it; what to do; the basis.

    ``elsewhere`` says that the remark cannot stand at the words themselves, which are quoted then.
    """
    checks = load_checks()
    title = checks[finding.code].title if finding.code in checks else ""
    parts = [f"{finding.code} {SEVERITY_CN[finding.severity]} {title}".strip()]
    parts += [f"所指原文：{finding.quote}"] if elsewhere and finding.quote else []
    parts += [finding.message]
    parts += [f"另见{place.locator}：{place.quote}" for place in finding.also]
    parts += [f"建议：{finding.advice}"] if finding.advice else []
    parts += [f"依据：{finding.basis}"] if finding.basis else []
    return [line[:_MOST] for each in parts for line in re.split("\r\n?|\n", _UNFIT.sub("", each))]
