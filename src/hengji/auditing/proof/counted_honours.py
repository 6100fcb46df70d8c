"""R33 of each honour that is counted: given at all, by paper, to the unit, once, in this year, and at the level that gave it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case
from hengji.extracting.tables.grid import Grid
from hengji.library.honour_words import load_honour_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_ADDED = pattern(
    r"(?<!合)(?<!共)(?<!总)(?<!每项)(?<!每个)(?<!每次)(?<!各)(?<!最高)(?<!最多)(?<!可)[加计]\s?(?P<n>\d+(?:\.\d+)?)\s?分"
)
_RULE = pattern(r"规定|细则|标准|办法|每[项个次]|累计不超过|最高|封顶|上限")
_NOT_COUNTED = pattern(
    r"(?:不|未|没有|不予|不再|暂不|本次未|均未)(?:再|予|重复|申报|申请|计入|列入|作为)?(?:加分|计分|申报|计入|加|计)|加\s?0\s?分|待[^,。;]{0,12}(?:后|时)再"
)
_HONOUR = pattern(
    r"表[彰扬]|授予|评为|获|先进|优秀|示范|命名|称号|荣誉|奖|创建|通报|名单|劳模|劳动模范|第[一二三四五六七八九十]位|〔20"
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """An honour with its points: the words from the one before it to its 「加n分」."""

    text: str
    points: str
    span: Span


def _counted(case: Case) -> Iterator[tuple[Span, list[_Counted]]]:
    """The honours counted in each paragraph."""
    for paragraph in case.found.paragraphs if "分" in case.flat else ():
        text = case.text(paragraph)
        if ("加" not in text and "计" not in text) or not _HONOUR.search(text):
            continue
        pieces: list[_Counted] = []
        low = 0
        for match in _ADDED.finditer(text):
            piece = text[low : match.start()]
            rule = max((piece.rfind(mark) for mark in "。\n"), default=-1) + 1
            head = piece[:rule]
            kept = piece[rule:] if _RULE.search(head) else piece
            end = match.end()
            stop = min((at for at in (text.find(mark, end) for mark in "。;\n") if at >= 0), default=len(text))
            tail = text[end:stop] if not _ADDED.search(text, end, stop) else ""
            if _HONOUR.search(kept) and not _PRICE_ONLY.search(kept) and not _NOT_COUNTED.search(kept + tail):
                start = paragraph.start + low + len(piece) - len(kept)
                pieces.append(_Counted(kept + "|" + tail, match["n"], Span(start, paragraph.start + end)))
            low = end
        if pieces:
            yield paragraph, pieces


_PRICE_ONLY = pattern(r"(?:规定|细则》|(?<!高)标准(?!化)|办法》)[^。;]{0,30}$")


def honours_not_given(case: Case) -> Iterator[Finding]:
    """「列为创建对象，验收安排在……加1.5分」, 「口头表扬，没有印发文件……加1分」, 「一名工作人员获劳动模范……加0.5分」."""
    words = load_honour_words()
    for paragraph, pieces in _counted(case):
        whole = case.text(paragraph)
        for one in pieces:
            if (match := words.pending.search(one.text)) is not None:
                message = f"“{match[0]}”还不是正式获得的荣誉，不能加分"
            elif (match := words.unwritten.search(one.text)) is not None:
                message = f"“{match[0]}”，没有表彰文件可以核实，不能加分"
            elif (match := words.personal.search(one.text)) is not None and not words.persons_count.search(whole):
                message = f"“{match[0]}”是个人荣誉，不能作为单位的荣誉加分"
            else:
                continue
            yield case.finding("R33", one.span, message, stated=one.points)


_SAID = pattern(
    r"(?:按(?:照)?|作为|视同|视为|比照|对照|套用|归为|计为|属于)(?P<level>国家|全国|省|自治区|市|县|区)(?:部)?级(?:党委|政府|部门|表彰|奖励|荣誉|奖项|及以上|标准|的|类|项目|先进){0,3}"
)
_GIVER = pattern(
    r"(?:(?:中共)?[\u4e00-\u9fff]{2,6}(?P<place>[省市县区州旗])(?<![社园小景]区)|(?<![\u4e00-\u9fff])(?P<bare>[省市县区])|(?<=[由被获经据向从])(?P<by>[省市县区]))"
    r"(?:委(?:员会)?(?:办公室)?|人民政府|政府|(?:(?![被获由])[\u4e00-\u9fff]){1,8}?(?:局|厅|委员会|办公室|联合会|总工会|指挥部|领导小组))"
)
_RANK = {"国家": 4, "全国": 4, "省": 3, "自治区": 3, "市": 2, "州": 2, "县": 1, "区": 1, "旗": 1}


def above_the_giver(case: Case) -> Iterator[Finding]:
    """「青溪县委办公室……按市级加1分」: counted at a level above that of who gave it."""
    department = case.found.department
    for _, pieces in _counted(case):
        for one in pieces:
            said = list(_SAID.finditer(one.text))
            if not said:
                continue
            before = one.text[: said[-1].start()]
            levels = {m["place"] or m["bare"] or m["by"] for m in _GIVER.finditer(before)}
            ranks = {_RANK[level] for level in levels}
            if "市" in levels and re.search(r"[\u4e00-\u9fff]市", department):
                continue  # a county-level city: its 市 may be either
            claimed = _RANK[said[-1]["level"]]
            if ranks and max(ranks) < claimed:
                message = f"颁发单位是{max(levels, key=_RANK.__getitem__)}级的，这里按{said[-1]['level']}级加分"
                yield case.finding("R33", one.span, message, stated=said[-1]["level"])


_NUMBER = pattern(r"[\u4e00-\u9fff]{1,10}[〔\[(](?:20\d\d)[〕\])](?:第)?\d+号")
_TITLE = pattern(r"[\"“](?P<t>[^\"”“]{4,30})[\"”]")
_BARE = pattern(r"20\d\d|年度|年|全[国省市县区]|[省市县区]级|荣誉|称号|获|[\s、]")


def honour_counted_twice(case: Case) -> Iterator[Finding]:
    """One paper or one title behind two counts, in whatever words they are told."""
    for _, pieces in _counted(case):
        numbers: dict[str, int] = {}
        titles: dict[str, int] = {}
        for index, one in enumerate(pieces):
            told, _, tail = one.text.partition("|")
            papers = told + (tail if tail.startswith("(") else "")  # 「加0.5分（农田办〔2023〕2号）」
            own_numbers = {_key(m[0]) for m in _NUMBER.finditer(papers)}
            own_titles = {_BARE.sub("", m["t"]) for m in _TITLE.finditer(told)}
            again = [n for n in own_numbers if numbers.get(n, index) != index]
            same = [t for t in own_titles if len(t) >= _LONG and titles.get(t, index) != index]
            if again or (same and (not own_numbers or not numbers)):
                what = (again or same)[0]
                yield case.finding("R33", one.span, f"“{what}”前面已经计过，一项荣誉只计一次", stated=one.points)
            for n in own_numbers:
                numbers.setdefault(n, index)
            for t in own_titles:
                titles.setdefault(t, index)


_LONG = 5


def _key(number: str) -> str:
    """A paper's number without words that run into it."""
    return re.sub(r"^.*?(?=[\u4e00-\u9fff]{2}[〔\[(])", "", number)


def tabled_honours(case: Case) -> Iterator[Finding]:
    """A row of a table of honours with points for one of an earlier year."""
    for grid in case.grids:
        yield from _earlier_rows(case, grid)


def _earlier_rows(case: Case, grid: Grid) -> Iterator[Finding]:
    head = grid.row(0)
    points = next((c for c, text in enumerate(head) if re.search("加分|分值|得分|计分", text)), None)
    when = next((c for c, text in enumerate(head) if re.search("时间|年度|年份|日期", text)), None)
    named = any(re.search("荣誉|表彰|奖项|获奖|称号", text) for text in head)
    if points is None or when is None or not named or not case.year:
        return
    for row in range(1, grid.rows):
        year = re.search(r"(?<!\d)20\d\d", grid.text(row, when))
        told = "".join(grid.row(row))
        if (
            year is None
            or int(year[0]) >= case.year
            or str(case.year) in told
            or not read_decimal(grid.text(row, points))
        ):
            continue
        message = f"这是{year[0]}年的荣誉，评价的是{case.year}年度"
        yield case.finding("R33", grid.span(row, when), message, stated=year[0], recomputed=str(case.year))
