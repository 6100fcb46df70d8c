"""Who speaks, of which year, and when: the cover's labels, the title, the closing lines."""

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hengji.extracting.passages import Passage
from hengji.library.texts import load_page_words
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_LABELS = (
    "部门名称", "部门(单位)名称", "单位名称", "填报单位", "填报部门", "评价单位", "自评单位", "项目单位", "项目实施单位", "实施单位", "主管部门", "预算部门", "预算单位", "预算部门单位",
    "项目主管部门", "地方主管部门", "中央主管部门", "省级主管部门", "资金使用单位",
    "单位负责人", "部门负责人", "负责人", "填报人", "经办人", "联系人", "联系电话", "填报日期", "填报时间", "填表日期", "编制日期", "报告日期", "项目名称", "预算编码", "评价方式",
    "评价年度", "单位编码",
)  # fmt: skip
_UNIT_LABELS = (
    "部门名称",
    "部门(单位)名称",
    "单位名称",
    "填报单位",
    "填报部门",
    "评价单位",
    "自评单位",
    "预算部门",
    "预算单位",
    "预算部门单位",
    "项目单位",
    "项目实施单位",
    "实施单位",
    "资金使用单位",
    "主管部门",
    "项目主管部门",
    "地方主管部门",
)
_SUFFIX = r"局|委员会|办公室|委|厅|部|院|中心|所|站|处|会|政府|署|馆|队|公司|学校|中学|小学|大学|学院|医院|法院|检察院|联合会|总工会|团委|妇联|支队|大队|街道|管委会|档案馆|党校|联|办|中心校|中心学校|中心小学|幼儿园|合作社联合社|合作社(?!联合社)|供销社|联社|报社|剧团|歌舞团|艺术团|文工团|乌兰牧骑|剧院|剧场|电视台|气象台|林场|农场|牧场|渔场|种畜场|良种场|苗圃|公园|博物院|文联|作协|科协|残联|工商联|[乡镇](?=\s?(?:20\d\d\s?年(?:度)?)?(?:部门|单位|整体))"
_UNIT = pattern(rf"[\u4e00-\u9fff（）()]{{2,28}}?(?:{_SUFFIX})(?:\([^()]{{2,14}}\))?")
_TITLE_UNIT = pattern(
    rf"^(?:附件\d*[:]?)?\s*(?:关于)?(?:20\d\d\s?年(?:度)?)?\s?(?P<unit>[\u4e00-\u9fff()、]{{2,30}}?(?:{_SUFFIX}))(?:本级|机关)?\s?(?:关于)?(?:20\d\d\s?年(?:度)?)?(?:市级|县级|区级|省级|本级|机关)?\s?(?:部门|单位|预算|整体|项目|财政|绩效|政府|\(单位\)|决算|预决算|专项资金(?:绩效|支出|项目)|转移支付|衔接资金)"
)
_YEAR = pattern(r"(20\d\d)\s?年(?:度)?")
_YEAR_ALONE = pattern(r"^\s*\(?(20\d\d)\s?年度\)?\s*$|(?<![\u4e00-\u9fff])(?:评价)?年度:\s?(20\d\d)(?!\d|[./-])")
_YEAR_CN = pattern(r"二[〇零○O0]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])年")
_DATE_CN = pattern(_YEAR_CN.pattern + r"([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_CN = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_DATE = pattern(r"(20\d\d)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?")
_SUBJECT = pattern(r"绩效|自评|评价|决算|预算|总结")
_FIRST = 25


@dataclass(frozen=True, slots=True)
class Cover:
    """The printed labels, the department, the evaluated year (and whether it is said), and the report's own date."""

    labels: Mapping[str, str]
    department: str
    year: int | None
    dated: tuple[int, int, int] | None


def cover(passages: tuple[Passage, ...], file: str) -> Cover:
    """What the first page and the last lines say of unit, year and date."""
    labels = _labels(passages)
    dated = _date(labels, passages)
    return Cover(labels, _SEAL.sub("", _department(labels, passages, file)), _year(passages, file, dated), dated)


_SEAL = pattern(r"[(（](?:盖章|公章|签章|印章|单位公章|单位盖章|加盖公章|章|印|(?:以下)?简称[^()（）]{1,12})[)）]")
_LABEL = pattern(
    rf"(?P<label>{'|'.join(re.escape(label) for label in sorted(_LABELS, key=len, reverse=True))})(?:\([^()]{{1,8}}\))?(?P<mark>:?)"
)
_NEXT_LABEL = pattern(
    r"\n[\u4e00-\u9fff]{2,6}:.*|(?:金额)?单位:.*|(?:\(章\))?(?:[报填编][送报表制])?(?:日期|时间):.*", re.DOTALL
)
_TABS = pattern(r"(?<=\S)\t+(?=\S)")
_MOST = 120  # characters of a line that can hold labels
_MANY_LABELS = 4  # in the beginning of a longer line: a form that was copied as one run of words


def _labels(passages: tuple[Passage, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for index, passage in enumerate(passages[: _FIRST * 3]):
        text = _TABS.sub("\n", passage.flat[: _MOST * 2]) if "\t" in passage.flat else passage.flat[: _MOST * 2]
        text = text.replace(" ", "").replace("\t", "")
        told = list(_LABEL.finditer(text))
        form = len(text) > _MOST and len(told) >= _MANY_LABELS
        if len(text) > _MOST and not form:
            continue  # no label stands in a paragraph
        several = len(told) > 1
        matches = [
            m
            for m in told
            if m["mark"]
            or (several and (form or len(text) < _MOST // 2) and _UNIT.match(text[m.end() :]))
            or (
                m.start() == 0
                and (passage.cell is not None or m.end() == len(text) or _UNIT.fullmatch(text[m.end() :]))
            )
        ]
        for match, after in zip(matches, [*matches[1:], None], strict=False):
            value = text[match.end() : after.start() if after is not None else len(text)]
            value = _NEXT_LABEL.split(value)[0].strip("_:|。, ").rstrip("(") or _next(passages, index)
            if value and value not in _LABELS:
                found.setdefault(match["label"], _SEAL.sub("", value))
    return found


def _next(passages: tuple[Passage, ...], index: int) -> str:
    """The value of a label that stands alone: the next cell of its row, or the next line."""
    here = passages[index]
    if index + 1 >= len(passages):
        return ""
    after = passages[index + 1]
    if here.cell is not None and (after.cell is None or after.cell.row != here.cell.row):
        return ""
    value = after.flat.strip("| \t")
    return value if len(value) <= 40 and not re.search(r"[:。]$", value) else ""


def _department(labels: dict[str, str], passages: tuple[Passage, ...], file: str) -> str:
    for label in _UNIT_LABELS:
        value = re.sub(r"^\d+[-－—]?", "", labels.get(label, ""))
        if len(value) >= 3 and not _NO_UNIT.search(value):
            return value
    for passage in passages[:_FIRST]:
        text = _TITLED.sub("", re.sub(r"[\s\"]", "", passage.flat).lstrip("《"))
        if len(text) > _TITLE and (run_on := _RUN_ON_TITLE.match(text)) is not None:
            text = run_on[0]
        if len(text) <= _TITLE and _SUBJECT.search(text):
            match = _TITLE_UNIT.match(text)
            if match is not None:
                return _INTO_NAME.sub("", match["unit"])
    if name := _beside_title(passages[:_TOP]):
        return name
    for passage in reversed(passages[-6:]):
        text = re.sub(r"\s", "", passage.flat)
        match = _UNIT.fullmatch(text)
        if match is not None:
            return text
    return _frequent(passages) or _published(passages) or _from_file(file)


def _beside_title(passages: tuple[Passage, ...]) -> str:
    """A line that is nothing but a unit's name, above or below the title of its report."""
    pairs = list(itertools.pairwise(passages))
    for name, title in (*pairs, *((second, first) for first, second in pairs)):
        text = re.sub(r"\s", "", name.flat)
        alone = name.cell is None and title.cell is None and len(title.flat) <= _TITLE
        if alone and _UNIT.fullmatch(text) and _TITLE_ALONE.match(title.flat):
            return text
    return ""


# No name of a unit: what was left open, a line of money, a section of a unit.
_NO_UNIT = pattern(r"[Xx×*＿_]{2}|(?:支出|收入|预算|决算|资金)$|^[\u4e00-\u9fff]{1,8}[科股]室?$|^本(?:单位|部门|级)$")
_TOP = 8  # passages at the top among which a unit's name stands over the title of its report
_TITLE_ALONE = pattern(r"\s*(?:关于)?(?:20\d\d\s?年度?)?\s?(?:部门|单位|整体|项目)[^。;,]{0,24}(?:绩效|自评)")
_TITLE = 80  # characters of a title at most
_TITLED = pattern(r"^(?:标题|名称):?(?=[\u4e00-\u9fff])")
_RUN_ON_TITLE = pattern(r"[^。;:,]{6,60}?自评价?(?:情况)?(?:总结)?报告(?=[一1根为现(])")
_PUBLISHER = pattern(
    rf"(?:{load_page_words().publishers.pattern}):?[\s|]*(?P<unit>[\u4e00-\u9fff()]{{2,24}}?(?:{_SUFFIX}))(?=[^\u4e00-\u9fff]|文字|浏览|发布|作者|时间|点击|字[号体]|打印|公开|$)"
)
_PATH = pattern(
    r">+\s?(?P<unit>[\u4e00-\u9fff]{1,6}[县市区州旗省][\u4e00-\u9fff]{2,14}(?:局|委员会|中心|联合会|院|校))\s?(?=>)"
)


def _published(passages: tuple[Passage, ...]) -> str:
    """Who published the page, by the page's own lines, or whose branch of the site it stands in."""
    head = "\n".join(passage.flat for passage in passages[:_FIRST])
    for form in (_PATH, _PUBLISHER):
        for match in form.finditer(head):
            if not load_page_words().publish_for_all.search(match["unit"]):
                return _INTO_NAME.sub("", match["unit"])
    return ""


def _from_file(file: str) -> str:
    match = _TITLE_UNIT.match(re.sub(r"[\s_]", "", file))
    return match["unit"] if match else ""


_FULL_NAME = pattern(
    r"[\u4e00-\u9fff]{1,6}[县市区州旗省][\u4e00-\u9fff]{1,14}?(?:局|委员会|办公室|委|厅|院|中心(?:小?学?校|小学)?|街道办事处|镇人民政府|乡人民政府|联合会)"
)
_INTO_NAME = pattern(r"^(?:纳入|包括|根据|按照|依据|经|由|向|报|与|和|及)+(?=[\u4e00-\u9fff]{4})")


def _named(text: str) -> list[str]:
    """The units that a text names with their places, without the words that run into a name."""
    return [_INTO_NAME.sub("", name) for name in _FULL_NAME.findall(text)]


def _frequent(passages: tuple[Passage, ...]) -> str:
    """The unit with its place's name that the text names most often."""
    counted: Counter[str] = Counter()
    spoken: set[str] = set()
    for passage in passages[:80]:
        counted.update(name for name in _named(passage.flat) if not _ISSUER.search(name))
        spoken.update(_named(_CITED.sub("", passage.flat) if "《" in passage.flat else passage.flat))
    best = next(((name, number) for name, number in counted.most_common() if name in spoken), None)
    return best[0] if best is not None and best[1] > 1 else ""


_CITED = pattern(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_ISSUER = pattern(r"财政[厅局]$|^[年月日]")  # who hands out the money, and a name that a date runs into


def _year(passages: tuple[Passage, ...], file: str, dated: tuple[int, int, int] | None) -> int | None:
    counted: Counter[int] = Counter()
    for number, passage in enumerate(passages[:_FIRST]):
        text = passage.flat
        title = len(text) <= 80 and bool(_SUBJECT.search(text)) and not _DATE.search(text)
        for match in _YEAR.finditer(text):
            counted[int(match[1])] += (40 if number < 8 else 10) if title else 0
        alone = _YEAR_ALONE.search(text) if len(text) <= 80 else None
        if alone is not None:
            counted[int(alone[1] or alone[2])] += 30
        for match in _YEAR_CN.finditer(text):
            counted[int(f"20{_CN[match[1]]}{_CN[match[2]]}")] += 20 if title else 0
    if not +counted:
        match_file = re.search(r"20\d\d", file)
        if match_file is not None:
            return int(match_file[0])
        counted = Counter(int(y) for p in passages for y in re.findall(r"(20\d\d)\s?年", p.flat))
        if dated is not None and counted:
            counted[dated[0] - 1] += 2
            if dated[1] <= _STILL_RUNNING:  # a year that is not over is one of plans: 「2025年6月前补装」
                counted = Counter({year: number for year, number in counted.items() if year < dated[0]})
    best = counted.most_common(1)
    return best[0][0] if best and best[0][1] else None


_STILL_RUNNING = 10  # the last month in which a report is not yet one of the same year


def _date(labels: dict[str, str], passages: tuple[Passage, ...]) -> tuple[int, int, int] | None:
    for label in ("填报日期", "填报时间", "填表日期", "编制日期", "报告日期"):
        match = _DATE.search(labels.get(label, ""))
        if match is not None:
            return int(match[1]), int(match[2]), int(match[3])
    ends = [*reversed(passages[-6:]), *passages[:_FIRST]]
    for passage in [*(p for p in ends if p.cell is None), *(p for p in ends if p.cell is not None)]:
        text = passage.flat.strip()
        match = _DATE.fullmatch(text)
        if match is not None:
            return int(match[1]), int(match[2]), int(match[3])
        written = _DATE_CN.fullmatch(text)
        month, day = (read_chinese(written[n]) for n in (3, 4)) if written is not None else (None, None)
        if written is not None and month is not None and day is not None:
            return int(f"20{_CN[written[1]]}{_CN[written[2]]}"), int(month), int(day)
    for passage in passages:
        told = _TOLD_DATE.search(passage.flat)
        match = _DATE.match(passage.flat, told.end()) if told is not None else None
        if match is not None:
            return int(match[1]), int(match[2]), int(match[3])
    return None


_TOLD_DATE = pattern(r"(?:填报|报告|编制|报送)日期[为是:]\s?")
