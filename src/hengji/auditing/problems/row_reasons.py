"""R19: whether a table's row, or what is told beside it, gives the reason for the points that it lost."""

import re
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import number
from hengji.auditing.problems.shortfalls import LOST_BY, meets_target, number_of, reached, shows_shortfall, tells_loss
from hengji.auditing.text.chapters import EMPTY
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_SHARED = 2  # pairs of characters beyond the common words


def row_reasoned(case: Case, item: ScoredItem, lost: str) -> bool:
    """Whether a row tells why it lost so many points, or shows it, or the report does in its place."""
    if item.of_execution and item.actual:
        return True  # the rate in the row is the reason
    if meets_target(item) and not LOST_BY.search(f"{item.actual} {item.remark}"):
        return _told_beside(case, item, lost) or reason_told(case, item.name) or _taken_in_words(case, item, lost)
    if _ONLY_POINTS.fullmatch(item.remark) and tells_loss(item.actual):
        return True  # the remark tells how much, what was done tells why: 「2份合同未归档 | 扣0.5分」
    if _shown(case, item) or _in_band(item) or _counted_short(item):
        return True
    if not item.has_remark and item.actual and not item.target and not item.remark:
        return tells_loss(item.actual) or shows_shortfall(case, item, item.actual)
    if _told_beside(case, item, lost) or reason_told(case, item.name) or _taken_in_words(case, item, lost):
        return True
    account = "" if item.actual or item.remark or item.target or _RULE_LIKE.search(item.rule) else item.rule
    if _DIGIT.search(account):
        return tells_loss(account)  # what was done, under the heading of rules
    if (not item.has_remark and _told_of(item.name, running_text(case))) or _TAKEN_FOR.search(item.rule):
        return True  # a table without a place for reasons: the report tells them
    return _remarked(case, item)


_ONLY_POINTS = pattern(r"\s*(?:自评|酌情|本项|应|共|失|予以)*扣?\s?(?:减|除)?\s?\d+(?:\.\d+)?\s?分?[。;]?\s*")


def _shown(case: Case, item: ScoredItem) -> bool:
    """Whether the row itself shows what was missed, and has no place to say why."""
    if item.has_remark or not (item.target and item.actual) or item.target.lstrip("≥≤=") == item.actual:
        return False
    compared = _DIGIT.search(item.target) or LOST_BY.search(item.actual)
    return compared is not None and not _denied(case)


def _told_beside(case: Case, item: ScoredItem, lost: str) -> bool:
    """Whether the reason stands in the line after the row."""
    after = min((i.span.start for i in case.found.items if i.span.start > item.quote.start), default=len(case.flat))
    beside = case.flat[item.quote.end : min(item.quote.end + _BESIDE, after)]
    return lost in beside and re.search(rf"\w{{4,}}[^。\n]{{0,40}}扣\s?{re.escape(lost)}分", beside) is not None


def _remarked(case: Case, item: ScoredItem) -> bool:
    """Whether a row's remark is a reason: words or a computation, and not only what was done."""
    if _cause_left_out(case, item) or _of_what_was_done(case, item):
        return tells_loss(item.remark) or shows_shortfall(case, item, item.remark)
    own = [q for q in case.found.quantities if item.body.start <= q.span.start < item.body.end]
    if (reached(item, item.remark, own) or _DONE_WELL.search(item.remark)) and not LOST_BY.search(item.remark):
        return False
    if _alone_without_cause(case, item):
        return False
    derived = re.search(r"\d[\d,.]*\s?[/÷×]\s?\d|\d%", item.remark) is not None
    worded = re.search(r"[\u4e00-\u9fff]{2,}", item.remark) is not None
    return (derived or worded) and not re.fullmatch(r"无.{0,4}|已?完成|达标", item.remark)


def _alone_without_cause(case: Case, item: ScoredItem) -> bool:
    """Whether a row's remark tells only what was done well, where every other row that lost points tells what was missed."""
    cause = cause_cell(case, item) or ""
    if "".join(cause.split()) not in ("", "".join(item.remark.split())):
        return False  # it stands in a column of its own
    lost = _lost_rows(case)
    return len(lost) > _FELLOWS and [other for other in lost if _only_done(other)] == [item]


@once
def _lost_rows(case: Case) -> list[ScoredItem]:
    """The rows with a remark that lost points."""
    return [
        item
        for item in case.found.items
        if item.table and item.remark and item.points is not None and item.claimed is not None
        if item.claimed < item.points
    ]


def _only_done(item: ScoredItem) -> bool:
    """Whether a remark tells something done, and no figure or word of it tells anything missed: 「应盘1,264件，实盘1,264件」."""
    if item.target and item.actual and item.target.lstrip("≥≤=") != item.actual:
        return False  # the two show what was missed, or are looked at for themselves
    text = _RISEN.sub(" ", _ALL_OF_IT.sub(" ", _NO_FAULT.sub(" ", item.remark)))
    if LOST_BY.search(text) or _RATED.search(text) or _LESS_WELL.search(text) or _REFERRED.search(text):
        return False
    if not (_WELL.search(item.remark) or _RISEN.search(item.remark)):
        return False
    counts = [(number_of(m["n"]), m["unit"]) for m in _COUNT.finditer(_DATES.sub(" ", text))]
    units = {unit for _, unit in counts}
    if counts and "每" in item.rule:
        return False  # what was counted may be what the rule takes points off for
    return all(len({n for n, own in counts if own == unit}) == 1 for unit in units)


_FELLOWS = 2  # rows that tell what was missed, by which a remark is known for the place of reasons
_NO_FAULT = pattern(r"(?:未|没有|无)(?:发生|出现|发现|收到|提出|反映)?[^,。;]*(?:问题|违规|违纪|投诉|事故|意见|情况)")
_ALL_OF_IT = pattern(r"率[^,。;\d]{0,2}100(?:\.0+)?%")
_RISEN = pattern(
    r"由[^,。;]{0,12}?\d[^,。;]{0,10}(?:提[高升]|增加|压[缩减]|[下升缩]?[降升短])[到至为][^,。;]{0,12}"
)  # what became better
_REFERRED = pattern(r"详?见|参见|同上|综合|附[件表]")
_RATED = pattern(r"%|[×÷/]|比例|折算|标准|按[^,。;]{0,8}[计得扣分]|得\s?\d|扣")
_LESS_WELL = pattern(r"[较过太][多高大少小慢长晚低]|[少短低弱慢粗难减调追推停]|变更|延|整改|问题|部分|个别|有待|加强")
_WELL = pattern(
    r"相符|一致|规范|健全|完善|齐全|完整|到位|达标|合格|全部|均|已|完成|印发|汇编|制定|建立|出台|落实|公开|公示|及时|良好|有效|问题"
)
_DATES = pattern(r"20\d\d年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日|底|末|初)?|\d+号|\[20\d\d\]")
_COUNT = pattern(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[\u4e00-\u9fff]{1,2})")


_DONE_WELL = pattern(
    r"(?:超过|达到)(?:了)?(?:年初|年度|预定|全年)?(?:计划|目标|任务)|超额完成|(?:全部|均|都|如期|圆满|按期)(?:已)?(?:完成|达标|实现)"
)


@once
def running_text(case: Case) -> str:
    """The running text."""
    return "\n".join(case.text(span) for span in case.found.paragraphs)


def _in_band(item: ScoredItem) -> bool:
    """Whether the row's rule gives just the claimed points for some band, and the row tells the figure that falls into it."""
    got = number(item.claimed or Decimal(0))
    told = f"{item.actual} {item.remark}"
    return got in _GIVEN.findall(item.rule) and _DIGIT.search(told) is not None


_GIVEN = pattern(r"[计得]\s?(\d+(?:\.\d+)?)\s?分")
_TAKEN_OFF = pattern(r"扣\s?(\d+(?:\.\d+)?)\s?分")


def taken_in(text: str) -> list[str]:
    """The points that a text says are taken off, as they are written."""
    return _TAKEN_OFF.findall(text)


def _taken_in_words(case: Case, item: ScoredItem, lost: str) -> bool:
    """Whether a sentence of running text takes just these points off for what the row's name speaks of."""
    named = pairs_of(item.name)
    told = (text for _, text in case.running if "扣" in text and lost in taken_in(text))
    return any(len(named & pairs_of(text)) >= _SHARED and _SHOWN.search(_without(text, lost)) for text in told)


def _without(text: str, lost: str) -> str:
    """The text without the words that take just these points off."""
    return _TAKEN_OFF.sub(lambda match: "" if match[1] == lost else match[0], text)


def told_with_points(case: Case, item: ScoredItem, lost: Decimal) -> bool:
    """Whether a sentence beside a leaf that has no words of its own takes just these points off, or computes the score, for what it is about."""
    off, left = number(lost), number(item.claimed or Decimal(0))
    taken = rf"(?:扣\s?{re.escape(off)}|(?:比例|×[^,。;]{{0,12}}|折算)[^,。;]{{0,4}}[得计]\s?{re.escape(left)})\s?分"
    named = pairs_of(item.name) | {item.name[k : k + 2] for k in range(len(item.name) - 1)}
    for sentence, text in case.running:
        if "分" not in text or (off not in text and left not in text):
            continue
        if not re.search(taken, text) or case.chapter_key(sentence.start) == "自评结论":
            continue
        other = case.item_at(sentence.start)
        if other not in (None, item) and other.points is not None and other.claimed != other.points:
            continue  # what another leaf lost
        for part in re.split(r"[。;]", text):
            if re.search(taken, part) and len(named & pairs_of(part)) >= 1 and _SHOWN.search(re.sub(taken, "", part)):
                return True
    return False


_SHOWN = pattern(r"\d%|实际\d|未(?!扣)|没有|不[足到够]|低于|少于|因")


def _counted_short(item: ScoredItem) -> bool:
    """Whether a row counts fewer done than there were: 「6条整改到位5条」."""
    told = f"{item.actual};{item.remark}"
    if not (item.actual or item.remark or "分" in item.rule):
        told = item.rule  # a column for rules and results alike
    pairs = _OF_SO_MANY.finditer(_RISEN.sub(" ", told))
    return any(number_of(m["done"]) < number_of(m["due"]) for m in pairs)


_OF_SO_MANY = pattern(
    r"(?P<due>\d[\d,]*(?:\.\d+)?)(?P<unit>[\u4e00-\u9fff])[^,。;\d%]{1,8}?(?P<done>\d[\d,]*(?:\.\d+)?)(?P=unit)"
)
_DIGIT = pattern(r"\d")
_RULE_LIKE = pattern(r"分|比例|乘|达|以上|以下|[≥≤×÷]|要求|应当|是否|反映|考核|评价|判断|根据|酌情")
_TAKEN_FOR = pattern(r"(?:未|没有|不)(?!得|计|扣)[^,。;]{1,20},?扣\s?\d")


def cause_cell(case: Case, item: ScoredItem) -> str | None:
    """What stands in a leaf's cell of a column for why points were lost; None where its table has no such column."""
    return next((text for span, text in _causes(case) if span.start <= item.quote.start < span.end), None)


@once
def _causes(case: Case) -> list[tuple[Span, str]]:
    """The rows of tables that have a column for why points were lost, and what stands there."""
    return cells_under(case, _CAUSE)


@once
def _accounts(case: Case) -> list[tuple[Span, str]]:
    """The same of a column for what was done (自评情况)."""
    return cells_under(case, _DONE)


def cells_under(case: Case, form: re.Pattern[str]) -> list[tuple[Span, str]]:
    """The rows of tables that have a column with such a heading, and what stands in it."""
    found: list[tuple[Span, str]] = []
    for grid in case.grids:
        heads = [
            (r, c) for r in range(min(grid.rows, _HEAD)) for c, text in enumerate(grid.lines[r]) if form.search(text)
        ]
        for row in range(heads[0][0] + 1, grid.rows) if heads else ():
            found.append((grid.row_span(row), grid.text(row, heads[0][1])))
    return found


_HEAD = 4  # rows in which a table's columns are named
_CAUSE = pattern(r"^(?:扣分|失分|丢分|未得分|未得满分|偏差)(?:的)?(?:原因|说明|理由)")


_DONE = pattern(r"^(?:自评|完成|执行|实际|工作)情况$")


def _of_what_was_done(case: Case, item: ScoredItem) -> bool:
    """Whether a row's remark is only its account of what was done."""
    told = next((text for span, text in _accounts(case) if span.start <= item.quote.start < span.end), None)
    return told is not None and told == "".join(item.remark.split()) and not item.target and not item.actual


def _cause_left_out(case: Case, item: ScoredItem) -> bool:
    """Whether a row has a place of its own for the cause of its loss, beside its remark, and says there that there is none."""
    cause = cause_cell(case, item)
    return cause is not None and cause.strip("—-/ 。") in ("", "无") and item.remark.strip("—-/ 。") not in ("", "无")


_BESIDE = 70  # characters behind a row


def reason_told(case: Case, name: str) -> bool:
    """Whether a sentence of running text says why the indicator lost points: 「……比合同晚50天，项目推进及时性扣1分」."""
    at = case.flat.find(name)
    while at >= 0:
        lost = _LOST_BEHIND.match(case.flat, at + len(name))
        if lost is not None and not case.in_table(at):
            before = case.flat[case.sentence(at).start : at]
            if (
                _GIVEN_BEHIND.match(lost[0])
                or _GIVEN_AFTER.match(case.flat, lost.end())
                or ("扣" not in before and LOST_BY.search(before.rpartition(":")[2][-_BESIDE:]))
            ):
                return True
        at = case.flat.find(name, lost.end() if lost is not None else at + 1)
    return False


_LOST_BEHIND = pattern(r"[^,。;]{0,6}扣|(?:因|由于)[^,。;]{2,40}扣")
_GIVEN_AFTER = pattern(r"\s?\d+(?:\.\d+)?\s?分[,:(]?(?:主要)?(?:原因|因|由于|系)")
_GIVEN_BEHIND = pattern(r"因|由于")


def _denied(case: Case) -> bool:
    """Whether the chapter of problems says that there are none."""
    for key in ("存在问题", "问题与建议"):
        span, section = case.chapter_span(key), case.chapter(key)
        if span is not None and section is not None:
            return EMPTY.match(case.text(Span(section.span.end, span.end)).strip()) is not None
    return False


def _told_of(name: str, text: str) -> bool:
    """Whether the text says of an indicator more than how many points it lost."""
    core = re.sub(r"[率性]$|情况$", "", name)[:4]
    return core in text and core in re.sub(re.escape(core) + r"[^,，、。;；\d]{0,10}扣\s?\d+(?:\.\d+)?\s?分", "", text)
