"""R35: what a report lists as evidence (佐证材料): a list at all, for every leaf, of the evaluated year."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.wording import matches_from
from hengji.model.extraction import DocumentKind, ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_EVIDENCE = pattern(
    r"附件\s?\d?\s?[:：、.]|佐证|附表|见附件|附后|详见附|证明材料|支撑材料|评分表|自评表|(?:收集|整理|归集|调阅|查阅)[^。;]{0,24}(?:资料|材料|凭证|台账)"
)
_NAMED_PAPER = pattern(r"《|〔")
_FIGURE = pattern(
    r"(?<![\d.(（])(?P<n>\d[\d,]*(?:\.\d+)?)(?![\d.、)）]|\s?年)(?<!100(?=%))"
)  # a bare 100% shows nothing
_WORDS, _ARGUED = pattern(r"[\u4e00-\u9fff]"), 8  # characters of a leaf's own argument at least
_IN_POINTS = pattern(r"\s?分(?![钟类项])")
_TITLED_ATTACHMENT = pattern(r"\A\s*附件\s?\d*")  # of the report itself
_UNPROVED = 8  # leaves without number or document, from which a list of evidence is missed
_CLEARLY = 2  # more of them than of those with a number or a document
_COUNTED = pattern(
    r"(?:佐证|支撑|证明)(?:材料|资料)(?:清单|目录)?\s?\([^()]{0,16}?(?P<n>\d{1,3})\s?项(?:末级|三级|具体|评价)?指标[^()]{0,16}\)"
    r"|(?:佐证|证明|本|支撑)(?:材料|资料)?(?:清单|目录)[^。;\n\d]{0,4}按\s?(?P<m>\d{1,3})\s?项(?:末级|三级|具体|评价)?指标(?:逐项|分别|一一)"
)
_MAY_COUNT = pattern("项(?:末级|三级|具体|评价)?指标")  # stands in each of these
_WANTING = pattern(
    r"(?:材料|资料|佐证|记录|底稿|附件)[^,。;\t\n]{0,4}(?:暂缺|待(?:补|上传|提供|收集|归集|整理)|后补|缺失|未提供|未收集|未归集|未上传)|(?:材料|资料|佐证|记录|底稿)正在(?:收集|整理|补充|归集)|暂无佐证|(?:尚未|暂未|未能)(?:收集|提供|归集|整理)[^,。;\t\n]{0,4}(?:材料|佐证)"
    r"|(?:尚未|暂未|未能)(?:收齐|收集齐|补齐)"
    r"|(?:材料|资料|佐证|台账|问卷|单据?|报告|凭证|名册|清册|册)[^,。;\t\n]{0,2}(?:正在|尚在|仍在|还在)(?:收集|整理|归集|补办|汇总|装订|补充|补)[^。;\t\n]{0,12}?(?:后续|稍后|随后|另行|容后|之后)(?:再?行?)(?:补充|补报|补交|补送|补附|提供|报送|上传|附上)"
    r"|\((?:[^()]{0,8}(?:材料|资料|表|册))?(?:正在)?(?:收集|整理|归集|补办|汇总|装订|补充)中\)"
    r"|\((?:[^()]{0,8}(?:材料|资料|表|册|记录|报告|底稿|证))?(?:暂?缺|缺失|未收集|未提供|待补|后补)[^()]{0,8}\)"
)
_LACK = pattern(
    "缺|待[补上提收归整]|后补|未提供|未收集|未归集|未上传|正在|[尚仍还]在|[集理办总订充]中\\)|尚未|暂未|未能|暂无佐证"
)  # one of them stands in each of these
_MAY_BEGIN = pattern(
    r"材料|资料|佐证|记录|底稿|附件|台账|问卷|单|报告|凭证|[名清]?册|暂无佐证|尚未|暂未|未能|\("
)  # how these begin
_COLUMN = pattern(r"佐证(?:资料|材料)?.{0,4}|支撑材料|证明材料|(?:材料|资料)名称")
_PROOF = ("佐证", "支撑", "证明", "材料", "资料")  # how these headers begin
_NOTHING = pattern(
    r"无|没有|暂无|暂?缺(?:失)?|(?:暂|尚)?未(?:提供|收集|归集|整理|上传|报送)|(?:资料|材料)?(?:待|后|另|再)(?:补充?|提供|上传|报送|收集|归集|整理|补齐|完善|后补|附)|(?:资料|材料)?正?在?(?:收集|整理|补充|归集)中"
)
# The same with what is wanting, or why: 「暂缺，未提供合同和验收单」; not where the rest is there.
_LACKING = pattern(
    r"\(?(?:暂缺|缺失|暂无|(?:暂|尚)?未(?:能)?(?:提供|收集到?|归集|整理|上传|取得|报送)|没有(?:提供|收集|归集|上传)|待(?:补|提供|收集|上传|归集)|后补|无(?:相关|对应)?(?:佐证|证明)?(?:材料|资料))"
)
_SOME_THERE = pattern(
    r"其[余他]|除|外|另有|另附|但|已(?!经?无法)|[见附]|电子|系统|网[页站上]|不需|无需|\d{1,2}月(?:份)?的?[^,。;]{0,4}[表册单]"
)
_PAPERS_HEAD = pattern(r"(?:提供的?|所附|附)?(?:材料|资料)(?:名称|清单|情况|及说明)?")
_LEAF_HEAD = pattern(r"(?:对应|所属|三级|评价|绩效|支撑)?的?指标(?:名称)?")
_DATED = pattern(r"(20\d\d)年")
_STANDING = pattern(r"规划|办法|制度|方案|合同|标准|批复|决定|规定|[〔\[【]")  # what holds for years


def evidence_complete(case: Case) -> Iterator[Finding]:
    """R35: a list of evidence for another number of leaves, a leaf with points and no evidence, evidence of an earlier year."""
    yield from _counted_otherwise(case)
    yield from _wanting(case)
    yield from old_evidence(case)
    yield from _old_in_text(case)
    yield from _old_in_list(case)


def _counted_otherwise(case: Case) -> Iterator[Finding]:
    leaves = len(case.found.items)
    told = leaves and case.certainty.tree and _MAY_COUNT.search(case.flat)
    match = _COUNTED.search(case.flat) if told else None
    number = (match["n"] or match["m"]) if match is not None else ""
    if match is None or len(_MAY_COUNT.findall(match[0])) > 1:
        return  # none, or the count of each of several parts
    if int(number) not in (leaves, _entries(case)):
        message = f"佐证材料清单写按{number}项指标列示，报告里的末级指标是{leaves}项"
        yield case.finding("R35", Span(match.start(), match.end()), message, stated=number, recomputed=str(leaves))


def _entries(case: Case) -> int:
    """How many leaves there are where the parts that one entry tells its points of are no leaves of their own: 「其中经济效益4分得4分」."""
    scored = {group.section for group in case.found.groups if group.section is not None}
    within = [item.section for item in case.found.items if not item.table and item.section in scored]
    return len(case.found.items) - len(within) + len(set(within))


def _wanting(case: Case) -> Iterator[Finding]:
    """A leaf with points whose evidence is said not to be there: by its own text, or in the list of evidence that names it."""
    for match in matches_from(_MAY_BEGIN, _WANTING, case.flat) if _LACK.search(case.flat) else ():
        item = _named_before(case, match.start())
        if item is not None and not _NONE_SUCH.search(case.flat[max(0, match.start() - _LEAD) : match.start()]):
            span = Span(match.start(), match.end())
            yield case.finding("R35", span, f"“{item.name}”已经计分，佐证材料却没有", item=item.name)


# 「抽查凭证216份,无附件缺失」: what is said not to be so
_NONE_SUCH = pattern(r"(?:无|没有|没|未|不存在|不得|不允许|杜绝|防止|避免|排除|是否)[^,。;\d]{0,6}$")
_LEAD = 10
_NAMED = 24  # characters before the words in which the list names a leaf


def _named_before(case: Case, position: int) -> ScoredItem | None:
    """The leaf with points that a place in the list of evidence speaks of, or in whose text it stands."""
    low = case.flat.rfind("\n", 0, position) + 1
    if not case.in_table(position):
        low = max(low, position - _NAMED, *(case.flat.rfind(mark, 0, position) + 1 for mark in "。;:"))
    line = case.flat[low:position]
    if case.in_table(position):
        end = case.flat.find("\n", position)
        line = case.flat[low : end if end >= 0 else len(case.flat)]
    scored = [i for i in case.found.items if i.claimed and len(i.name) > 1]
    named = next((i for i in scored if i.name in line), None) or next(
        (i for i in scored if _core(i.name) in line), None
    )
    named = named or _by_number(case, line)
    own = case.item_at(position)
    return named or (own if own is not None and own.claimed and not own.table else None)


_ENTRY = pattern(r"(?:^|[\s;:])(?:附件|佐证)?\s?(?P<n>\d{1,2})\s?[.、:．)][^\d.、\n]{2,24}$")


def _by_number(case: Case, line: str) -> ScoredItem | None:
    """The leaf with points that names a list's entry as its evidence: 「3.培训签到册」 by 「见佐证3」."""
    entry = _ENTRY.search(line)
    if entry is None:
        return None
    form = re.compile(rf"(?:佐证|附件|证明)(?:材料)?\s?{entry['n']}(?!\d)")
    return next((i for i in case.found.items if i.claimed and form.search(case.flat, i.span.start, i.body.end)), None)


def _old_in_list(case: Case) -> Iterator[Finding]:
    """A dated entry of an earlier year in the list of evidence, named by a leaf with points."""
    start = case.flat.find("清单", len(case.flat) // 2)
    for match in _LISTED_YEAR.finditer(case.flat, start) if start >= 0 else ():
        if int(match["year"]) >= case.year - 1 or _STANDING.search(match["what"] + match["more"]):
            continue
        item = _by_number(case, f" {match['n']}.{match['what']}") or _by_name(case, match["what"])
        if item is not None:
            message = f"评价的是{case.year}年度，佐证却是{match['year']}年的材料"
            span = Span(match.start("what"), match.end())
            yield case.finding("R35", span, message, stated=match["year"], recomputed=str(case.year), item=item.name)


def _by_name(case: Case, entry: str) -> ScoredItem | None:
    """The leaf with points whose name heads a list's entry: 「就业培训人次：培训签到册」."""
    name, _, what = entry.partition(":")
    return next((i for i in case.found.items if i.claimed and i.name == name and what), None)


_LISTED_YEAR = pattern(
    r"(?P<n>\d{1,2})\s?[.、．)]\s?(?P<what>[^\d.、;\n]{2,24})\((?P<year>20\d\d)年(?P<more>[^()\n]{0,12})\)"
)


def _core(name: str) -> str:
    """A leaf's name without what it measures: 「放心农贸市场建设数量」 is listed as 「农贸市场建设」."""
    core = re.sub(r"(?:数量|数|率|情况|性)$", "", name)
    return core[-_SHORT:] if len(core) > _SHORT else core


_SHORT = 6


def _old_in_text(case: Case) -> Iterator[Finding]:
    """Evidence of an earlier year that a leaf of running text names as its own."""
    proofs = [*(_PROVED_BY.finditer(case.flat) if "佐证" in case.flat else ()), *_PAPER_OF.finditer(case.flat)]
    for match in proofs:
        item = case.item_at(match.start())
        told = match.groupdict()
        year, what = told["year"] or told["year2"], told["what"] or told.get("what2") or ""
        if item is None or item.table or not item.claimed or int(year) >= case.year - 1:
            continue
        if not _STANDING.search(what):
            message = f"评价的是{case.year}年度，佐证却是{year}年的材料"
            span = Span(match.start(), match.end())
            yield case.finding("R35", span, message, stated=year, recomputed=str(case.year), item=item.name)


_PROVED_BY = pattern(
    r"(?:佐证|证明|支撑)(?:材料|资料)?(?:为|是|见|:)[^,。;\n]{0,12}?(?P<year>20\d\d)年(?P<what>[^,。;\n]{0,24})"
)


# A paper of what one year was like, by its date: 「见固定资产盘点表（2021年11月15日）」, 「依据2020年满意度调查报告」.
_PAPER_OF = pattern(
    r"(?:详?见|附有?|依据|根据)(?P<what>[\u4e00-\u9fff]{2,12}(?:表|台账|问卷|册|记录|回单|检测报告|调查报告|盘点报告))\((?P<year>20\d\d)年[^()\n]{0,10}\)"
    r"|(?:详?见|附有?|依据|根据)(?P<year2>20\d\d)年度?(?P<what2>[\u4e00-\u9fff]{0,8}(?:盘点|满意度|问卷|抽样|检测|统计|签到)[\u4e00-\u9fff]{0,4}(?:表|台账|问卷|册|记录|报告))"
)


def _of_papers(heads: Sequence[str]) -> set[int]:
    """The column of papers beside one of the leaves that they are for: 「对应指标｜材料」."""
    named = any(_LEAF_HEAD.fullmatch(text) for text in heads)
    return {c for c, text in enumerate(heads) if named and text and _PAPERS_HEAD.fullmatch(text)}


def _none_of_it(text: str) -> bool:
    """Whether a cell of papers says that there is none, with what is wanting: 「暂缺，未提供合同和验收单」."""
    return _LACKING.match(text.strip()) is not None and _SOME_THERE.search(text) is None


def old_evidence(case: Case) -> Iterator[Finding]:
    """Evidence of an earlier year in a table's column of evidence."""
    for grid in case.grids:
        columns: set[int] = set()
        for row in range(grid.rows):
            columns |= {c for c, text in enumerate(grid.row(row)) if text[:2] in _PROOF and _COLUMN.fullmatch(text)}
            columns |= _of_papers(grid.row(row))
            for column in columns:
                text = grid.text(row, column)
                if (
                    (_NOTHING.fullmatch(text.strip("()。 ")) or _none_of_it(text))
                    and (item := case.item_at(grid.span(row, column).start) or _named_in(case, grid.row(row)))
                    is not None
                    and item.claimed
                ):
                    yield case.finding(
                        "R35", grid.span(row, column), f"“{item.name}”已经计分，佐证材料却没有", item=item.name
                    )
                match = _DATED.search(text)
                if match and int(match[1]) < case.year - 1 and not _STANDING.search(text):
                    yield case.finding(
                        "R35",
                        grid.span(row, column),
                        f"评价的是{case.year}年度，佐证却是{match[1]}年的材料",
                        stated=match[1],
                        recomputed=str(case.year),
                    )


_WHEN_HEAD = pattern(
    r"(?:材料|资料|佐证)?(?:的)?(?:形成|取得|产生|出具|编制|所属|落款|归档)?(?:时间|日期|期间|时段|年份|年月)"
)
_ALL_YEARS = pattern(r"20\d\d(?=\s?[年.\-/])")


def evidence_by_time(case: Case) -> Iterator[Finding]:
    """R35: the row of a list of evidence whose column of times names only an earlier year, where most rows name the evaluated one or the next."""
    for grid in case.grids:
        heads = [(row, _time_column(grid.row(row))) for row in range(min(grid.rows, _HEADS))]
        found = next(((row, *at) for row, at in heads if at is not None), None)
        if found is None or not case.year:
            continue
        head, papers, column = found
        told = [
            (row, {int(year) for year in _ALL_YEARS.findall(grid.text(row, column))})
            for row in range(head + 1, grid.rows)
        ]
        now = [row for row, years in told if years and max(years) >= case.year]
        for row, years in told:
            if not years or max(years) >= case.year or len(now) < _MOST_NOW or len(told) > 2 * len(now):
                continue
            paper = grid.text(row, papers)
            if _ONE_YEAR.search(paper) or not (_STANDING.search(paper) or _FROM_BEFORE.search(paper)):
                message = f"评价的是{case.year}年度，佐证却是{max(years)}年的材料"
                span, stated = grid.span(row, column), str(max(years))
                yield case.finding("R35", span, message, stated=stated, recomputed=str(case.year))


def _time_column(heads: Sequence[str]) -> tuple[int, int] | None:
    """The columns of papers and of their times in the header of a list of evidence."""
    papers = [c for c, text in enumerate(heads) if _COLUMN.fullmatch(text) or _PAPERS_HEAD.fullmatch(text)]
    times = [c for c, text in enumerate(heads) if text and _WHEN_HEAD.fullmatch(text)]
    return (papers[0], times[0]) if papers and times else None


_ONE_YEAR = pattern("影像|照片|签到|记录|台账|问卷|盘点|凭证|截图|统计表|明细账|验收单|检测报告|流水|回访")


_MOST_NOW = 3  # rows of the evaluated year at least
_FROM_BEFORE = pattern(
    "立项|评审|论证|预算|目标|决算|批文|可研|招标|中标|采购|证书|许可|上年|以前|历年|对比|基期|荣誉|表彰|通报|评估|设计|概算|申报|制定|文件|职责"
)  # what is made before its year, or is held against the years before

_FEW, _MANY = 1, 5  # cells of a column left blank, where so many hold something


def blank_evidence(case: Case) -> Iterator[Finding]:
    """R35: the one scored row whose cell of evidence is blank, where all others hold theirs."""
    for grid in case.grids:
        head = next((r for r in range(min(grid.rows, _HEADS)) if any(_COLUMN.fullmatch(t) for t in grid.row(r))), None)
        if head is None:
            continue
        for column in (c for c, text in enumerate(grid.row(head)) if text[:2] in _PROOF and _COLUMN.fullmatch(text)):
            rows = [
                (row, item)
                for row in range(head + 1, grid.rows)
                if (item := _named_in(case, grid.row(row))) is not None and item.table
            ]
            blank = [(row, item) for row, item in rows if not grid.text(row, column).strip()]
            if len(blank) > _FEW or len(rows) - len(blank) < _MANY:
                continue
            for row, item in blank:
                message = f"“{item.name}”已经计分，佐证一栏空着"
                yield case.finding("R35", grid.row_span(row), message, item=item.name)


_HEADS = 4  # rows among which a table's header stands


def _named_in(case: Case, row: Sequence[str]) -> ScoredItem | None:
    """The leaf with points that a cell of a row names: the row of a list of evidence."""
    named = {name for cell in row for name in (cell, *re.split("[、,;]", cell))}
    return next((item for item in case.found.items if item.claimed and item.name in named), None)


def _shows(text: str, item: ScoredItem) -> bool:
    """Whether a leaf's text names a document or gives a figure of whatever unit that is neither its points nor its score; a bare line of a list argues nothing."""
    if len(_WORDS.findall(text)) < _ARGUED:
        return True
    own = {number for number in (item.points, item.claimed) if number is not None}
    return _NAMED_PAPER.search(text) is not None or any(
        Decimal(match["n"].replace(",", "")) not in own or not _IN_POINTS.match(text, match.end())
        for match in _FIGURE.finditer(text)
    )


def evidence_listed(case: Case) -> Iterator[Finding]:
    """R35: no scorecard, no list of evidence, no attachment behind a narrative of scores."""
    told = [item for item in case.found.items if not item.table]
    if case.found.kind is not DocumentKind.OVERALL or len(told) < 2 or len(told) < len(case.found.items) / 2:
        return
    unproved = sum(1 for item in told if not _shows(case.text(Span(item.span.end, item.body.end)), item))
    told_in_cells = any(item.table and item.actual for item in case.found.items)
    if (
        unproved < _UNPROVED
        or unproved <= len(told) - unproved + _CLEARLY
        or told_in_cells
        or _EVIDENCE.search(_TITLED_ATTACHMENT.sub("", case.flat))
    ):
        return
    yield case.finding(
        "R35",
        case.anchor("绩效分析", "自评结论"),
        "没有佐证材料清单，各项得分没有指向任何附件",
        absent=True,
        severity=Severity.INFO,
    )
