"""R13: what is done once for each year - a count of the assets, a survey, the self-evaluation itself - on a day of another one."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_WHEN = r"(?<!\d)(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?\d{1,2}\s?日)?(?:\s?[至到~—–\-]{1,2}\s?(?:\d{1,2}\s?月)?(?:\d{1,2}\s?日)?)?(?:[上中下]旬|底|末|初|份)?"
# 「2022年11月盘点1,286件」, 「2022年12月5日至12日电话回访用水户300户，满意286户」
_ACT = pattern(
    rf"{_WHEN}(?P<who>(?:(?!20\d\d|年)[^。;\n\t|]){{0,60}}?)(?P<act>盘点|资产清查|问卷|回访|入户(?:调查|访问|问卷)|(?:电话|随机|现场|抽样|第三方|线上|网上)[^。;\n\t|\d]{{0,6}}(?:调查|访问|访谈)|民意调查|满意度(?:调查|测评)|(?:委托)?第三方调查)(?P<told>[^。;\n\t|]{{0,80}})"
)
_COUNTED = pattern(r"\d\s?[,\d]*\s?(?:份|户|人|名|件|台|套|家|个|位|%|万元)|账[实物卡]相?[符一]")
_HEADS = pattern(r"(?:^|[。;,:.|\t\n(])\s?(?:[\u4e00-\u9fff]{0,10}[于在]|[经由][\u4e00-\u9fff]{2,14})?\s?$")
_NUMBERS = pattern(r"[〔\[(]20\d\d[〕\])]|《[^《》]*》")  # years of papers
_OF_ANOTHER = pattern(
    r"上年|去年|上一|上次|前次|历次|首次|曾|同期|[比较]20|对比|整改|审计(?!单位|局)|巡[察视]|反馈|结转|以来|跨年|续|验收|本年|发现的|发现问题|问题线索|移交|基线|普查"
)


def yearly_acts(case: Case) -> Iterator[Finding]:
    """R13: a survey or a count of assets on a day of last year, with its figures, where the leaf or paragraph tells none of the evaluated year."""
    if not case.year or not case.found.year_stated or case.found.kind is DocumentKind.OTHER:
        return
    acts = _ACT.finditer(case.flat) if re.search("盘点|清查|问卷|回访|访|调查|测评", case.flat) else ()
    for match in acts:
        if int(match["y"]) != case.year - 1 or not _COUNTED.search(match["told"]):
            continue
        if case.chapter_key(match.start()) in (*CHAPTERS_OF_NOW, "绩效目标"):
            continue
        low = max(case.flat.rfind(mark, 0, match.start()) for mark in "。;\n\t|") + 1
        lead = case.flat[low : match.start()]
        if not _HEADS.search(lead or "。") or _now_too(case, match):
            continue
        if _OF_ANOTHER.search(lead + match[0]):
            continue
        message = f"评价的是{case.year}年度，这次{match['act']}的时间却写{match['y']}年，可能是沿用旧稿"
        span = Span(match.start(), match.start("who"))
        yield case.finding("R13", span, message, stated=match["y"], recomputed=str(case.year))


def _now_too(case: Case, match: re.Match[str]) -> bool:
    """Whether the same is told of the evaluated year, or just after it, in the sentence or anywhere in the leaf."""
    sentence = _NUMBERS.sub("", case.text(case.sentence(match.start())))
    if str(case.year) in sentence:
        return True
    acts = _ACT.finditer(_around(case, match.start()))
    return any(int(act["y"]) >= case.year for act in acts)


def _around(case: Case, position: int) -> str:
    """The leaf's own text or row in which a place stands, else its paragraph."""
    item = case.item_at(position)
    if item is not None and not item.table:
        return case.text(Span(item.span.start, item.body.end))
    if case.in_table(position) or item is not None:
        end = case.flat.find("\n", position)
        return case.flat[case.flat.rfind("\n", 0, position) + 1 : end if end >= 0 else len(case.flat)]
    return case.text(case.paragraph(position))


# 「我局于2023年3月成立自评小组，采取查阅账簿、现场察看的方式」
_EVALUATES = pattern(
    r"自评(?:工作)?(?:小组|组|专班)|(?:评价|工作)(?:工作)?(?:小组|组)|(?:开展|组织|启动|进行)[^,。;\d]{0,6}自评"
)
_HOW = pattern(
    r"查阅|核对|查看|察看|抽查|抽看|逐项|打分|核分|采取|采用|通过[^,。;]{2,20}方式|依据|根据|按照|启动|结束|完成自评"
)
_SECTION = pattern("自评|评价工作|工作开展|组织(?:实施|情况|过程)|评价(?:过程|实施|组织)")
_LAST_MONTH = 10  # in which a year's own self-evaluation cannot have begun
_STANDING = pattern("领导小组|监控|中期|上年|去年|制度|办法")


def evaluated_too_early(case: Case) -> Iterator[Finding]:
    """R13: the self-evaluation on a day before the evaluated year was over; not standing groups, nor last year's evaluation."""
    if not case.year or not case.found.year_stated or case.found.kind is not DocumentKind.OVERALL:
        return
    for match in re.finditer(_WHEN, case.flat) if "自评" in case.flat else ():
        year, month = int(match["y"]), int(match["m"])
        if year not in (case.year, case.year - 1) or month > _LAST_MONTH:
            continue
        section = case.section(match.start())
        if section is None or not _SECTION.search(section.title) or case.item_at(match.start()) is not None:
            continue
        sentence = case.sentence(match.start())
        text = case.text(sentence)
        if not (_EVALUATES.search(text) and _HOW.search(text)) or _STANDING.search(text):
            continue
        earlier = (str(y) in text for y in range(case.year - 2, case.year) if y != year)
        if any(earlier) or case.flat[match.end() : match.end() + 1] == "《":
            continue
        clause = re.split("[,。;]", case.flat[match.end() : sentence.end])[0]
        lead = re.split("[,。;]", case.flat[sentence.start : match.start()])[-1]
        if _PAPER.search(clause) or _TO_THE_END.search(match[0]) or _TIME_EVALUATED.search(lead):
            continue
        message = f"{case.year}年度的自评应在{case.year + 1}年进行，这里写{match[0]}，可能是年份写错"
        span = Span(match.start(), match.end())
        yield case.finding("R13", span, message, stated=match["y"], recomputed=str(case.year + 1))


# The time that is evaluated, which no evaluation is made in: 「评价时段为2023年1月1日至12月31日」.
_TO_THE_END = pattern(r"月(?:\s?1\s?日)?\s?[至到~—–\-]{1,2}\s?12\s?月")
_TIME_EVALUATED = pattern(r"时段|期间|范围|周期|区间|基准|截[至止]|数据|资金|支出|业务|凭证")
_PAPER = pattern("印发|出台|下发|修订|通知|办法|成立以来|制定")
