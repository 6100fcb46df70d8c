"""R25: the economy of a whole region told as what one unit's money brought about."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.library.texts import load_economy
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_NOT_CLAIMED = ("基本情况", "存在问题", "相关建议", "问题与建议", "佐证材料")
_ASKED = pattern(r"全|我|辖区|县域|区域|城乡|农|脱贫|地区|体现|说明|表明|证明|反映|显现|彰显|足见|印证|效益|下")
_TOLD = pattern(r"\d|增长|提高|提升|增加|上升|达到|突破|降至|下降|稳步|持续|改善|向好")
# What says that the figure is the work of this unit's money.
_LINKED = pattern(
    r"其中[^。;]{0,24}(?:本|我)[局办委院中厅校馆站所会]|(?:本|我)[局办委院中厅校馆站所会][^,。;]{0,12}(?:投入|资金|扶持|项目)[^,。;]{0,16}\d"
)
# A measure that was set as the unit's own target, and is held to it: 「增长7.2%，目标为增长6.5%以上」.
_HELD_TO = pattern(r"\d[^。;]{0,16}[,(](?:年度|年初|绩效)?目标值?(?:为|是|:)?[^,。;\d完]{0,8}\d")
# The state of the region in general; a scored leaf that says only this says nothing of the unit.
_BOILERPLATE = pattern(
    r"全[市县区省镇州旗](?:国民)?经济(?:和)?社会[^,。;\d]{0,8}(?:平稳|健康|持续|稳定|协调|快速|高质量|稳中)[^,。;\d]{0,8}(?:发展|向好)"
    r"|全[市县区省镇乡州旗][^。;]{0,30}(?:人民|群众|居民)?生活水平[^,。;]{0,8}(?:提高|改善|提升)"
    r"|全[市县区省镇州旗](?:各项)?(?:生产|事业|工作)[^。;\d]{0,16}经济[^,。;\d]{0,6}(?:平稳|稳定|持续|健康)"
    r"|(?:全[市县区省镇州旗]|我[市县区省镇州]|辖区)(?:国民)?(?:经济|社会|居民|营商环境|面貌|产业)[^,。;]{0,30}(?:增长|发展|提升|改善|平稳|稳定|向好|提高|增强|繁荣|进步)"
)
_EFFECT = pattern(r"效益|效果|影响|公平|社会|经济|可持续|贡献")
_TAKEN_FOR = pattern(
    r"(?:充分)?(?:体现|说明|表明|证明|反映|显现|彰显|足见|印证)[^。;]{0,16}(?:效益|成效|效果|资金|绩效)|资金(?:使用)?效益[^,。;]{0,4}(?:显著|明显|显现|良好)"
    r"|(?:资金|支出)[^,。;]{0,4}(?:拉动|带动|撬动|支撑)[^,。;]{0,8}(?:显著|明显|突出|有力|强劲)"
)
_CLAIMED = pattern(
    r"贡献|引擎|归功|效益|成效|显著|效果|体现|说明|表明|证明|得益于"
    r"|(?:带动|拉动|助推|助力|撬动|支撑|推动|促进)[^。;]{0,40}(?:增长|增速|提高|上升|前移|进位|晋位|提升|改善|攀升|突破)"
)
_THROUGH_US = pattern(
    r"(?:受益?于?|得益于|归功于|有赖于)(?:了)?(?:本|该)项目|(?:受益?于?|得益于|归功于|有赖于)[^,。;]{1,12}(?:带动|推动|拉动|促进|投入|服务|工作)(?=[,。;的])|(?:^|(?<=[,;。:]))经过?[^,。;\d]{2,14}(?:努力|管控|治理|推动|带动|整治|执勤|执法|保障|宣传|引导|推进|服务),|(?:项目|资金|活动|工程)(?:的)?(?:实施|建成|投用|落实|开展|投入)?后?(?:使|让|令|促使)(?:得|了)?(?=全[市县区省镇乡州旗]|我[市县区省镇乡州旗])|在[^,。;]{1,12}(?:努力|推动|带动|推进|支持|引领|服务|拉动|支撑|保障|助力)下|随着[^,。;]{0,10}(?:资金|支出|经费|项目)[^,。;]{0,6}(?:到位|落实|投入|下达)|(?:带动|拉动|促进|推动)了?(?:全|我)[市县区省镇乡州旗][^,。;]{0,4}(?:经济|社会)|通过(?:我|本)[^,。;]{1,8}(?:努力|工作|推动|带动|投入|实施|落实)|通过[\u4e00-\u9fff、]{2,18}(?:的?(?:开展|实施|举办|推进|建设|投入|运行|落实)|活动|项目),"
)


# A paragraph that tells what the money was good for: 「2.经济效益。……」.
_AS_EFFECT = pattern(
    r"\s*(?:\(?[一二三四五六七八九十\d]{1,2}[)、.:]+)?\s*(?:关于)?(?:经济|社会|经济社会|可持续)(?:效益|影响)[。:\s]"
)


def region_effects(case: Case) -> Iterator[Finding]:
    """R25 (heuristic): a measure of the region's economy as a result, by a unit whose task it is not."""
    told = list(_in_text(case))
    yield from told
    said = "".join(case.text(Span(finding.start or 0, finding.end or 0)) for finding in told)
    yield from _in_cells(case, said)
    yield from _in_plain_tables(case)


def _in_text(case: Case) -> Iterator[Finding]:
    for sentence, text in case.running:
        if (
            not (_ASKED.search(text) or _names_it(case, text))
            or case.chapter_key(sentence.start) in _NOT_CLAIMED
            or (case.aimed_at(sentence.start) and not _tells_what_was_done(case, sentence))
        ):
            continue
        item = case.item_at(sentence.start)
        if item is not None and (item.table or not item.claimed):
            item = None
        if _of_the_region(case, sentence) or _in_general(case, sentence, item):
            what = f"“{item.name}”" if item is not None else "这里"
            message = f"{what}用全地区的变化作依据，看不出与本部门支出的关系"
            name = item.name if item is not None else ""
            yield case.finding("R25", sentence, message, severity=Severity.INFO, item=name)


_AS_DONE = pattern(r"\s*(?:(?:年度|全年|总体)?(?:目标)?(?:实际)?完成情况|实际完成(?:值|目标)?):")


def _tells_what_was_done(case: Case, sentence: Span) -> bool:
    """Whether a paragraph beside the goals tells what came of them: 「实际完成情况：……」."""
    return _AS_DONE.match(case.text(case.paragraph(sentence.start))) is not None


def _in_cells(case: Case, said: str) -> Iterator[Finding]:
    """The same in the cells of a table that argue for a leaf's effect, unless running text that was told already says it."""
    economy, department = load_economy(), _answers_for(case)
    for item in case.found.items:
        if (
            not item.table
            or not item.claimed
            or _owns_the_loss(item)
            or not _EFFECT.search("".join((*item.path, item.name)))
        ):
            continue
        for told in (*re.split(r"[。;]", f"{item.actual};{item.remark}"), _measure_named(item)):
            if not economy.regions.search(told) or not _TOLD.search(told) or _LINKED.search(told):
                continue
            if _says(said, told) or economy.background.search(told) or not _not_its_own(told, department):
                continue
            message = f"“{item.name}”用全地区的变化作依据，看不出与本部门支出的关系"
            yield case.finding("R25", item.quote, message, severity=Severity.INFO, item=item.name)
            break


def _measure_named(item: ScoredItem) -> str:
    """A leaf that is itself a measure of the whole region, with its figure: 「全市居民消费价格涨幅 ≤3% 0.4%」."""
    figure = _FIGURE.search(item.actual)
    return f"{item.name}{figure[0]}" if figure is not None and _WHOLE_REGION.match(item.name) else ""


_WHOLE_REGION = pattern(r"(?:全|我)[省市县区州旗](?!直|属|级)")


def _names_it(case: Case, text: str) -> bool:
    """Whether a text names the region, not an office of it, by the name that the department's own begins with."""
    region = _REGION.match(case.found.department)
    at = text.find(region[0]) if region is not None else -1
    while region is not None and at >= 0:
        if _OFFICE.match(text, at + len(region[0])) is None:
            return True
        at = text.find(region[0], at + 1)
    return False


_OFFICE = pattern(r"[\u4e00-\u9fff]{1,10}[局委办院]")
_REGION = pattern(r"[\u4e00-\u9fff]{1,6}?[县市区州旗](?=[\u4e00-\u9fff])")


def _in_plain_tables(case: Case) -> Iterator[Finding]:
    """The same in a table without scores that is told to show effects: by its header, or by the words right before or behind it."""
    economy, department = load_economy(), _answers_for(case)
    for block in case.found.document.blocks:
        if not block.cells or case.chapter_key(block.start) in _NOT_CLAIMED or case.item_at(block.start) is not None:
            continue
        around = case.flat[max(0, block.start - _BESIDE) : block.end + _BESIDE]
        if not _SHOWS.search(around) or economy.background.search(around):
            continue
        if any(block.start <= item.quote.start < block.end for item in case.found.items):
            continue
        for row in re.finditer(r"[^\n]+", case.flat[block.start : block.end]):
            told = row[0]
            if not economy.regions.search(told) or not _TOLD.search(told) or _LINKED.search(told):
                continue
            if _not_its_own(told, department):
                message = "这张表用全地区的变化作成效，看不出与本部门支出的关系"
                span = Span(block.start + row.start(), block.start + row.end())
                yield case.finding("R25", span, message, severity=Severity.INFO)
                break


_BESIDE = 40  # characters before and behind a table in which it is told what it shows
_SHOWS = pattern("效益|成效|效果")


def _owns_the_loss(item: ScoredItem) -> bool:
    """Whether a leaf gives up points for what it tells of the region: it takes no credit for it."""
    return item.points is not None and item.claimed is not None and item.claimed < item.points and "扣" in item.remark


def _answers_for(case: Case) -> str:
    """The department whose own task a region's figure may be: no museum or school answers for one."""
    return "" if _INSTITUTION.search(case.found.department) else case.found.department


_INSTITUTION = pattern(r"(?:馆|学校|中学|小学|幼儿园|医院|剧院|剧团|艺术团)$")


def _says(said: str, told: str) -> bool:
    """Whether all figures of a cell stand in what was told already."""
    figures = _FIGURE.findall(told)
    return bool(figures) and all(figure in said for figure in figures)


_FIGURE = pattern(r"\d+(?:\.\d+)?\s?%?")


def _of_the_region(case: Case, sentence: Span) -> bool:
    """Whether a sentence tells a measure of the region that is not this department's own task, and no link to its money."""
    economy, text = load_economy(), case.text(sentence)
    named = economy.regions.search(text) or _names_it(case, text)
    if not (named or _TAKEN_FOR.search(text) or _THROUGH_US.search(text)) or not _TOLD.search(text):
        return False
    if economy.background.search(text) or _LINKED.search(text) or _HELD_TO.search(text):
        return False
    claimed = (
        _CLAIMED.search(text) or _THROUGH_US.search(text) or _AS_EFFECT.match(case.text(case.paragraph(sentence.start)))
    )
    if case.item_at(sentence.start) is None and not claimed:
        return False
    return _not_its_own(text, _answers_for(case))


def _not_its_own(text: str, department: str) -> bool:
    """Whether a text tells a measure of the region that is not the department's own task, or takes its own for what the money did."""
    taken = _TAKEN_FOR.search(text) is not None or _THROUGH_US.search(text) is not None
    return any(
        form.search(text) and (taken or not any(word in department for word in owners))
        for form, owners in load_economy().measures
    )


def _in_general(case: Case, sentence: Span, item: ScoredItem | None) -> bool:
    """Whether a sentence holds that the region does well: for a scored leaf's effect, or for what the money was good for."""
    text = case.text(sentence)
    if not _BOILERPLATE.search(text):
        return False
    if item is None:
        return _TAKEN_FOR.search(text) is not None or _THROUGH_US.search(text) is not None
    return _EFFECT.search("".join((*item.path, item.name))) is not None or "经济社会" in text.replace(
        "经济和社会", "经济社会"
    )
