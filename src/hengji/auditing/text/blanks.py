"""R41: places left to be filled in that show by their form alone: errors of a spreadsheet, fields of a template, a year without its digits."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.residue import RESIDUE
from hengji.library.residue import load_instructions, load_leftovers
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_COUNTED = r"(?=\s?(?:[次个项人户份家名处件亩吨]|万元|元|%|公里))"
_FORMS = (
    ("电子表格的错误值", pattern(r"#(?:REF|DIV/0|N/A|VALUE|NAME|NUM|NULL)[!?]?(?![A-Za-z])")),
    ("没有算出的数", pattern(rf"(?<![A-Za-z])(?:NaN|null|None|undefined)(?![A-Za-z]){_COUNTED}")),
    ("没有填写的数", pattern(rf"(?<=[\u4e00-\u9fff])[?]{{2,}}{_COUNTED}")),
    (
        "模板里的字段",
        pattern(r"\{\{[^{}\n]{0,20}\}\}|\$\{[^{}\n]{0,20}\}|<(?:单位|部门|项目|金额|日期)[^<>\n]{0,8}>"),
    ),
    (
        "模板里没有替换的内容",
        pattern(r"[\[{](?:填报|主管|预算|本)?(?:单位|部门|项目|负责人|金额|日期|年份|年度|数据)(?:名称|全称)?[\]}]"),
    ),
    ("没有写全的年份", pattern(r"(?<!\d)(?:20|二[〇○0])(?:[Xx×＊*_＿]{1,2}|\s_)年")),
    (
        "没有填写的日期",
        pattern(r"20\d\d年[ \t]+月[ \t]+日(?=[\u4e00-\u9fff])|(?<![A-Za-z\d])[Xx×＊*]{1,2}月[Xx×＊*]{1,2}日"),
    ),
    ("没有填写的附件号", pattern(r"(?:见|详见)附件[Xx×](?![\u4e00-\u9fffXx×])")),
    (
        "没有填写的内容",
        pattern(
            r"(?<=[数量额率况果期间])(?:尚)?待(?:补充|核实|确认|补填|填)(?=[,。;)\n])|\((?:此|该)(?:数|处|项)[^()\d]{0,4}待[^()]{1,6}\)"
        ),
    ),
)
_CROSSED = pattern("(?<![A-Za-z0-9-])[Xx×]{2}(?![A-Za-z0-9-])")  # other such places, told as one residue
_ADMITTED = ("存在问题", "相关建议", "问题与建议")


def blanks(case: Case) -> Iterator[Finding]:
    """What is still to be filled in, each form of it told at its first place."""
    for what, form in _FORMS:
        for match in form.finditer(case.flat):
            admitted = case.chapter_key(match.start()) in _ADMITTED and "待" in match[0]
            if admitted or (match[0].endswith("年") and _CROSSED.search(case.flat)):
                continue
            span = Span(match.start(), match.end())
            yield case.finding("R41", span, f"“{match[0]}”是{what}", stated=match[0])
            break


def leftovers(case: Case) -> Iterator[Finding]:
    """R41: what a template or a model text left behind, and what it told the writer to write, each kind at its first place."""
    for left in load_leftovers():
        for match in left.form.finditer(case.flat):
            line = _line(case, match)
            if not (left.empty and _TICKED.search(line)):
                yield _left(case, match, left.told)
                break
    for match in _BRACKETS.finditer(case.flat):
        said = load_instructions().search(match["said"])
        if said is not None and not _FACTS.search(match["said"]) and not RESIDUE.search(match[0]):
            yield _left(case, match, "写给填报人的提示")


def _line(case: Case, match: re.Match[str]) -> str:
    end = case.flat.find("\n", match.end())
    return case.flat[case.flat.rfind("\n", 0, match.start()) + 1 : end if end >= 0 else len(case.flat)]


def _left(case: Case, match: re.Match[str], what: str) -> Finding:
    shown = match[0].strip()
    return case.finding("R41", Span(match.start(), match.end()), f"“{shown}”像是{what}", stated=shown)


_BRACKETS = pattern(r"\((?P<said>[^()\n]{4,60})\)")
_FACTS = pattern(r"20\d\d|\d\s?(?:万元|元|%|个|项|人|件)")
_TICKED = pattern("[☑☒√✓✔■●◉]")
