"""Units of money that a report tells once: at its head, in a sentence on all its amounts, in a heading, in a list's title."""

from dataclasses import dataclass

from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.patterns import pattern

_MONEY = r"(?P<unit>万元|亿元|千元|元)(?![\u4e00-\u9fff/])"
# 「金额单位：万元」, 「单位：万元、分」, 「货币单位:人民币万元」
_LABEL = pattern(rf"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{{2,6}})?单位\s?[:为是]?\s?(?:均为)?(?:人民币)?\s?{_MONEY}")
# 「本报告金额除注明外单位为万元」, 「以下金额单位均为万元」, 「文中收支数据均以万元计」
_RULE = pattern(
    r"(?:金额|资金|数据|数字|数值|收支|经费|款项|货币|预决算|各数|数额|单位)[^。;\d]{0,20}?(?:单位|[均都][为以按用]|以|按)[^。;\d]{0,8}?"
    r"(?P<unit>万元|亿元|千元|元)(?=\)|,|;|。|\s|$|为|计|列|表|[、(])"
)
_OF_ALL = pattern(
    r"本报告|本文|本自评|以[下上]|下[列文述同]|文[中内]|全文|报告|除|如[无未]|凡|所有|各项|涉及|[均都]|统一"
)
_OF_A_TABLE = pattern(r"[上下附本此该各]表|表[中内格一二三四五六七八九十\d]|附件")
_OF_THE_TEXT = pattern(r"文[中内字]|正文")
# 「2023年部门预算（万元）：」, 「收支情况（单位：万元）」, 「预算执行（金额单位:万元,下同）」
_BRACKETED = pattern(
    r"\d\s?(?P<same>万元|亿元|千元|元)\s?\((?:以下|金额|单位|数额|均)*(?:同|下同|以下同)\)|"
    r"\((?:[^()\d]{0,6}单位\s?[:为]?\s?)?(?:人民币)?\s?(?P<unit>万元|亿元|千元|元)(?P<on>[^()\d]{0,4}下同)?\)"
)
_OWN = pattern(r"\d\s?[万亿千]?元")
_SHORT = 40  # characters of a title
_HEAD = 12  # passages before a report begins
_UNITS_ONLY = pattern(rf"[(\s]*{_LABEL.pattern}[\s).]*")


@dataclass(frozen=True, slots=True)
class ToldUnit:
    """A unit and the part of the document whose amounts are told in it."""

    start: int
    end: int
    unit: str


def unit_at(units: tuple[ToldUnit, ...], position: int) -> str:
    """The unit told for a place: that of the part which began last; empty where none was told."""
    held = [told for told in units if told.start <= position < told.end]
    return max(held, key=lambda told: told.start).unit if held else ""


def told_units(parts: tuple[Passage, ...], tree: Outline) -> tuple[ToldUnit, ...]:
    """The units told for the whole or for parts of a document."""
    end = max((part.whole.end for part in parts), default=0) + 1
    found: list[ToldUnit] = []
    for index, part in enumerate(parts):
        if "元" not in part.flat or (part.cell is not None and index > _HEAD):
            continue
        whole = _of_whole(part) or (_at_head(part) if _before_all(index, parts, tree) else None)
        if whole:
            found.append(ToldUnit(0 if not found else part.whole.start, end, whole))
        elif part.cell is None:
            told = _of_part(part)
            if told is not None:
                found.append(ToldUnit(part.whole.start, end if told[1] else _until(index, parts, tree), told[0]))
    return tuple(found)


def _of_whole(part: Passage) -> str:
    """The unit of a sentence on all amounts of the report."""
    for sentence in part.flat.replace(";", "。").split("。"):
        match = _RULE.search(sentence)
        if match is not None and _OF_ALL.search(sentence) and not _only_of_a_table(sentence):
            return match["unit"]
    return ""


def _only_of_a_table(sentence: str) -> bool:
    """Whether a unit is told for tables and not for the text: 「附表金额单位：万元」, not 「表中及文中金额单位：万元」."""
    return _OF_A_TABLE.search(sentence) is not None and _OF_THE_TEXT.search(sentence) is None


def _before_all(index: int, parts: tuple[Passage, ...], tree: Outline) -> bool:
    """Whether a passage stands before the first numbered chapter."""
    first = next((section.span.start for section in tree.sections if section.mark), None)
    return parts[index].whole.start < first if first is not None else index < _HEAD


def _at_head(part: Passage) -> str:
    if part.cell is not None and not _UNITS_ONLY.fullmatch(part.flat):
        return ""
    match = _LABEL.search(part.flat)
    return match["unit"] if match is not None and not _only_of_a_table(part.flat) else ""


def _of_part(part: Passage) -> tuple[str, bool] | None:
    """The unit that a title, or a sentence before its figures, tells in brackets or after 「单位」, and whether all goes on so."""
    match = _BRACKETED.search(part.flat) or (_LABEL.search(part.flat) if len(part.flat) <= _SHORT else None)
    if match is not None and match.groupdict().get("same"):
        return match["same"], True
    if match is None or _OWN.search(part.flat, match.end()):
        return None
    return match["unit"], "下同" in match[0]


def _until(index: int, parts: tuple[Passage, ...], tree: Outline) -> int:
    """Where the part ends that such a passage opens: its section where it heads one, else the lines below until one has units of its own."""
    part, owner = parts[index], tree.of_passage[index]
    if owner is not None and part.whole.start <= tree.sections[owner].span.start < part.whole.end:
        inside = set(tree.within(owner))
    elif len(part.flat) > _SHORT and not part.flat.rstrip().endswith(":"):
        return part.whole.end
    else:
        inside = {owner} if owner is not None else set()
    end = part.whole.end
    for other in range(index + 1, len(parts)):
        at = tree.of_passage[other]
        if (at not in inside and at is not owner) or (parts[other].cell is None and _OWN.search(parts[other].flat)):
            break
        end = parts[other].whole.end
    return end
