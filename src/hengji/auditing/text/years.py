"""R13 and R14: the year a sentence speaks of, and words that only meant something on the day of writing."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.proof.evidence import old_evidence
from hengji.auditing.proof.honours import tells_of_an_award
from hengji.auditing.text.lapsed import lapsed_years
from hengji.auditing.wording import OTHERS, told_times
from hengji.model.extraction import DocumentKind, Span, YearMention
from hengji.model.finding import Finding

_LAST = re.compile(
    r"上年|上一年|去年|决算|结转|结余|同比|相比|比\s?20|较\s?20|增长|增加|减少|下降|降低|提高|基期|基数|往年|历年|评价结果|问题|整改|审计|入库|项目库|起(?<!\d起)|以来|至今|公开|批复|结束|延续|跨年|计划|规划|印发|制定|修订|建成|成立|启动|开工|签订|总结|会议|排查|摸底|普查|审议|审定|研究|党组会|常务会|期初|年初|变动|差异|事前|评估|转入|滚动|对比|完成情况|参照|参考|实际完成数|编列|测算"
)
_NEXT = re.compile(
    r"转入|推迟|延至|实施|补|计划|打算|下一步|建议|预算|将|拟|明年|下年|规划|目标|印发|通知|发文|表彰|公布|命名|通报|公开|评审|填报|报告|自评|报送|年初|年底前|月底前|前完成|结转|使用|继续|到20|至20|截至|开展|决定|认定|评选|授予|荣誉|获|完成|支付|报|日"
)
_FOUNDED = re.compile(
    r"成立|组建|挂牌|始建|设立|废止|失效|停止执行|自|起(?<!\d起)|以来|建于|改制|更名|机构改革|修订|印发|施行|实施|出台|颁布|规划|十[一二三四]五|建成|购置|评定|认定|迁建|迁入|投用|投入使用|取得|启用|立项|开工|中标|签订|批准|批复|公布|命名|确定的|列入|第[一二三四五六七八九十\d]+届|届"
)
# Last year's number in front of a statement on this year; in front of a noun (2022年度国土调查成果) it tells which one.
_STATEMENT = re.compile(
    r"度?(?:[,:]|\d{1,2}\s?月|我|本|全|共|累计|完成|实现|开展|组织|县|市|区|各|部门|单位|预算|总|实际|末|底|在|收|支|政府采购|固定资产|编制|核定|实有|[\"“]?三公)"
)
_RANGE = re.compile(r"20\d\d\s?年?\s?[-—–~至到]\s?(?:20)?\d\d")
_RELATIVE = re.compile(
    r"今年|目前(?<!项目前)|现阶段|去年(?<!除去年)(?!终奖|终一)|截[止至]目前|近期|当前|至今|明年|上个月(?<!\d上个月)"
    r"|日前(?<=[。,;:\n\t]..)|近日(?<=[。,;:\n\t]..)|前不久(?<=[。,;:\n\t]...)|不久前(?<=[。,;:\n\t]...)"
)
_ALWAYS_RELATIVE = ("今年", "去年", "目前", "截止目前", "截至目前")  # in every chapter, that of plans included
_ALLOWED_RELATIVE = re.compile(
    r"目前(?:尚|存在|我国|(?:所|已)?(?:实行|执行|适用|采用)的)|当前(?:页|位置|栏目)|当前(?:形势|工作|和今后)|明年.{0,6}(?:预算|计划|工作)|(?:自|从).{0,12}至今|目前(?:的)?(?:工作)?(?:存在|不足)|政府工作报告"
)
_SENTENCE = 8
_DONE = re.compile(r"已|完成了|实现了|累计|共计|全年|支出\d|收到|均|新增|当年")
_CHAPTERS_OF_NOW = ("存在问题", "相关建议", "问题与建议", "应用公开")


def years_fit(case: Case) -> Iterator[Finding]:
    """R13: every year is the evaluated one, or has a role in its sentence that lets it be another."""
    if not case.year or not case.found.year_stated:
        return
    if case.found.kind is DocumentKind.OTHER:
        yield from lapsed_years(case)
        return  # a notice sets dates and speaks of years to come
    if case.found.kind is DocumentKind.ACCOUNTS:
        yield from (
            _wrong_year(case, mention)
            for mention in case.found.years
            if mention.year != case.year and _stale(case, mention)
        )
        yield from lapsed_years(case)
        return  # accounts tell of many years
    yield from _old_plans(case)
    old = list(_old_accounts(case))
    yield from old
    yield from _old_terms(case)
    yield from _dated_too_early(case)
    yield from _finished_before_begun(case)
    later = [finding for finding in _after_the_report(case) if finding.code == "R13"]
    yield from later
    lapsed = list(lapsed_years(case))
    yield from lapsed
    told = [(finding.start or 0, finding.end or 0) for finding in (*later, *old, *lapsed, *old_evidence(case))]
    bonus = [extra.body for extra in case.found.extras]  # whose honours are a matter of R33
    until = _lasts_until(case)
    for mention in case.found.years:
        if case.year <= mention.year <= until or _has_role(case, mention):
            continue
        if any(body.start <= mention.span.start < body.end for body in bonus):
            continue
        if not any(start <= mention.span.start < end for start, end in told):
            yield _wrong_year(case, mention)


_AS_OF = re.compile(r"截[至止]到?\s?(?P<y>20\d\d)\s?年(?:\s?12\s?月(?:\s?31\s?日|底|末)|底|末)")


def _lasts_until(case: Case) -> int:
    """The last year that is evaluated: a project named by the year it began in is evaluated up to the day its money is told of."""
    told = [int(match["y"]) for match in _AS_OF.finditer(case.flat)] if case.found.kind is DocumentKind.PROJECT else []
    return max((year for year in told if year <= case.year + _PROJECT_YEARS), default=case.year)


_PROJECT_YEARS = 2  # for which a project named by its first year may last


def _wrong_year(case: Case, mention: YearMention) -> Finding:
    return case.finding(
        "R13",
        mention.span,
        f"评价的是{case.year}年度，这里写{mention.year}年，句中看不出为什么用这个年份，可能是沿用旧稿",
        stated=str(mention.year),
        recomputed=str(case.year),
    )


_TERM = re.compile(
    r"(?:服务|合同|实施|运维|租赁|项目)(?:期限?|时间|周期|期间)[^。;,]{0,6}?(?P<of>20\d\d)年1月1日[至到\-—~](?P=of)年12月31日"
)


def _old_terms(case: Case) -> Iterator[Finding]:
    """A term of service that is the whole of another year."""
    for match in _TERM.finditer(case.flat):
        if int(match["of"]) == case.year - 1:
            span = Span(match.start(), match.end())
            message = f"评价的是{case.year}年度，期限却是{match['of']}年全年"
            yield case.finding("R13", span, message, stated=match["of"], recomputed=str(case.year))


_ACCOUNTS = re.compile(
    r"(?P<of>20\d\d)\s?年(?:度)?(?:部门)?(?:收支)?决算[^。;,]{0,10}?(?:于|在)?\s?(?:(?P<on>20\d\d)\s?年)?\s?\d{1,2}\s?月\s?\d{1,2}\s?日[^。;]{0,6}(?:批复|公开)"
)


def _old_accounts(case: Case) -> Iterator[Finding]:
    """Final accounts approved within the year they are of, or older than the ones that the evaluated year disclosed."""
    for match in _ACCOUNTS.finditer(case.flat):
        of, on = int(match["of"]), int(match["on"]) if match["on"] else None
        early, old = on is not None and on <= of, of < case.year - 1 and (on is None or on - of > 1)
        if of == case.year - 2 and on == case.year - 1 and not early:  # one year behind throughout
            paragraph = case.text(case.paragraph(match.start()))
            leaf = case.item_at(match.start())
            old = (
                leaf is not None and "公开" in leaf.name and f"{case.year - 1}年" not in paragraph.replace(match[0], "")
            )
        if early or old:
            span = Span(match.start(), match.end())
            why = f"{of}年的决算不可能在{on}年批复、公开" if early else f"{case.year}年应当公开{case.year - 1}年的决算"
            yield case.finding(
                "R13", span, f"{why}，可能是年份写错或沿用旧稿", stated=str(of), recomputed=str(case.year - 1)
            )


_PLAN = re.compile(
    r"^.{0,12}?(20\d\d)年.{0,40}(?:工作方案|实施方案|工作计划|工作要点|工作安排|任务清单|工作清单|重点任务|任务分解表?|目标责任书|责任书|考核方案)$"
)


def _old_plans(case: Case) -> Iterator[Finding]:
    """A plan made for another year, cited as what this year's work followed."""
    for citation in case.found.citations:
        match = _PLAN.match(citation.title)
        if match is None:
            continue
        ends = case.sentence(citation.span.start).end
        if (
            case.chapter_key(citation.span.start) == "基本情况"
            and str(case.year) not in case.flat[citation.span.end : ends]
        ):
            continue
        before = case.flat[max(0, citation.span.start - 6) : citation.span.start]
        last = int(match[1]) == case.year - 1 and _OF_ONE_YEAR.search(citation.title) and _LEANS_ON.search(before)
        if int(match[1]) < case.year - 1 or last:
            yield case.finding(
                "R13",
                citation.span,
                f"评价的是{case.year}年度，依据的却是{match[1]}年的方案或计划",
                stated=match[1],
                recomputed=str(case.year),
            )
    for match in _FOLLOWED.finditer(case.flat):
        of, around = int(match["of"]), case.flat[max(0, match.start() - 12) : match.end() + 8]
        told = case.flat[match.end() : case.flat.find("。", match.end())]
        background = case.chapter_key(match.start()) == "基本情况" and str(case.year) not in told
        if of >= case.year - 1 or _OVER_YEARS.search(around) or background:
            continue
        message = f"评价的是{case.year}年度，依据的却是{of}年的计划或任务"
        span = Span(match.start("plan"), match.end("plan"))
        yield case.finding("R13", span, message, stated=str(of), recomputed=str(case.year))


_OF_ONE_YEAR = re.compile(r"(?:工作要点|任务清单|重点任务|任务分解表?|责任书|责任状|工作计划)$")
_LEANS_ON = re.compile(r"(?:依据|按照|对照|根据|围绕|执行|落实)\s?$")
_FOLLOWED = re.compile(
    r"(?:按照?|对照|根据|依据|落实|围绕|执行)[^,。;:《》]{0,16}?(?P<plan>(?P<of>20\d\d)年(?:度)?(?![—\-~至到起])[^,。;《》\d]{0,12}(?:计划|方案|要点|民生实事|工作任务|责任[书状]|考核目标)(?!完成情况|执行情况|结余))"
)
_OVER_YEARS = re.compile(r"[三五]年|规划|十[三四五]五|跨年|结转|延续|中长期|滚动|[〔《]")
_YEAR_OF_SIGNING = re.compile(
    r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日|(?P<y2>20\d\d)[.\-/](?P<m2>\d{1,2})[.\-/](?P<d2>\d{1,2})"
)
_WHOLE_YEAR = re.compile(r"全年(?!预算|目标|计划|任务)|年末|年底(?!前)|12\s?月\s?31\s?日")
_LONG_REPORT = 400  # characters: a form may be dated when its targets were set


def _dated_too_early(case: Case) -> Iterator[Finding]:
    """A report signed before the year was over that tells of the whole year."""
    dated = case.found.dated
    if dated is None or dated[0] > case.year or len(case.flat) < _LONG_REPORT or not _WHOLE_YEAR.search(case.flat):
        return
    counted = Counter(mention.year for mention in case.found.years)
    if counted[case.year] <= counted[case.year - 1]:
        return  # it is the evaluated year that may have been read wrongly
    at = [
        match
        for match in _YEAR_OF_SIGNING.finditer(case.flat)
        if tuple(int(match[key] or match[f"{key}2"]) for key in ("y", "m", "d")) == dated
    ]
    if at:
        shown = f"{dated[0]}年{dated[1]}月{dated[2]}日"
        message = f"报告日期是{shown}，{case.year}年还没有结束，文中却已有全年的数"
        yield case.finding("R13", Span(at[-1].start(), at[-1].end()), message, stated=shown)


_MONTH = r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日)?"
_BEGUN = re.compile(rf"{_MONTH}(?:正式)?(?:开工|动工|开始施工)")
_FINISHED = re.compile(rf"{_MONTH}[^。;,]{{0,6}}(?:竣工|完工)")


def _finished_before_begun(case: Case) -> Iterator[Finding]:
    """A work finished on a day before the one on which it was begun, told right behind it."""
    for begun in _BEGUN.finditer(case.flat) if "工" in case.flat else ():
        end = case.flat.find("\n", begun.end())
        match = _FINISHED.search(case.flat, begun.end(), end if end >= 0 else len(case.flat))
        if match is None or _BEGUN.search(case.flat, begun.end(), match.start()):
            continue
        days = [tuple(int(each[key] or 0) for key in ("y", "m", "d")) for each in (begun, match)]
        if days[1][:2] < days[0][:2]:
            message = f"{begun[0]}，这里写{match[0]}，完工早于开工，可能是年份写错"
            yield case.finding("R13", Span(match.start(), match.end()), message, stated=match["y"])


_EVENT = re.compile(r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日)?")
_HAPPENED = re.compile(
    r"已|发放|收回|回收|开展|调查|召开|完成|验收|印发|公开|批复|盘点|清查|测评|检查|审议|审定|通过|授予|评为|审计"
)
_PLANNED = re.compile(
    r"[拟将]|预计|约定|计划|底前|日前|月前|之前|以前|前(?:完成|补|报|支付|办理|整改|印发|修订)|后(?:支付|拨付|结算|付清|退还)|届?期满|前由|到期|期限|截[止至]|有效期|下一步|[至到\-—~]\s?$"
)


_BY_WHOM = re.compile(r"(?:负责|牵头|落实|(?:责任|牵头)(?:人|股室|科室|部门|单位)[^,。;]{0,12})(?:[,;:]|$)[^。]{0,16}$")


def _after_the_report(case: Case) -> Iterator[Finding]:
    """Something told as done on a day after the report's own date."""
    dated = case.found.dated
    if dated is None or dated[0] not in (case.year + 1, case.year + 2) or _of_evidence(case, dated):
        return
    for match in _EVENT.finditer(case.flat):
        day = (int(match["y"]), int(match["m"]), int(match["d"] or 0))
        if day <= dated or (not match["d"] and day[:2] <= dated[:2]) or day[0] > dated[0] + 1:
            continue
        low, high = case.flat.rfind("。", 0, match.start()) + 1, case.flat.find("。", match.end())
        low = max(low, case.flat.rfind("\n", 0, match.start()) + 1)
        high = high if 0 <= high < match.end() + 80 else match.end() + 80
        before, after = case.flat[low : match.start()], re.split(r"[;\n]", case.flat[match.end() : high])[0]
        if _BY_WHOM.search(case.flat, low, match.start()):
            continue  # who is to do it by when: 「办公室负责，2024年7月完成调整」
        surely = re.search(r"已于?\s?$", before) is not None
        if (case.chapter_key(match.start()) in _CHAPTERS_OF_NOW and not surely) or _PLANNED.search(
            before[-24:] + "\0" + after[:40]
        ):
            continue
        if _HAPPENED.search(after[:40]) is None or case.flat[match.end() : match.end() + 1] == "起":
            continue
        shown = f"{dated[0]}年{dated[1]}月{dated[2]}日"
        message = f"报告日期是{shown}，这里写的{match[0]}还没有到，却写成已经做了的事"
        code = "R36" if "公开" in after and "本报告" in before else "R13"
        yield case.finding(code, Span(match.start(), match.end()), message, stated=match[0], recomputed=shown)


def _of_evidence(case: Case, day: tuple[int, int, int]) -> bool:
    """Whether the report's date is that of a paper in its list of evidence, and so none of its own."""
    shown = f"{day[0]}年{day[1]}月{day[2]}日"
    at = case.flat.rfind(shown)
    return at >= 0 and "佐证" in case.flat[case.flat.rfind("\n", 0, at) + 1 : at]


def disclosed_after_the_report(case: Case) -> Iterator[Finding]:
    """R36: 「本报告已于……公开」, on a day after the report's own date."""
    if "本报告" in case.flat:
        yield from (finding for finding in _after_the_report(case) if finding.code == "R36")


def _stale(case: Case, mention: YearMention) -> bool:
    """Whether a year is surely a wrong one: the balance or the source of figures that should be the evaluated year's."""
    after = case.flat[mention.span.end : mention.span.end + 30]
    closing = re.search(r"截[至止]\s?$", case.flat[max(0, mention.span.start - 4) : mention.span.start]) is not None
    if closing and re.match(r"\s?年?\s?12\s?月\s?31\s?日", after):
        alone = str(case.year) not in case.text(mention.sentence)
        own = _SAYS_AS_OF.search(case.flat[max(0, mention.span.start - 16) : mention.span.start]) is not None
        return mention.year != case.year - 1 or (alone and (own or _STANDS.search(after) is not None))
    return mention.year == case.year - 1 and _STALE.match(after) is not None


def _in_a_row(case: Case, mention: YearMention, others: set[int]) -> bool:
    """Whether a year is one of several that are told in a row, or a step up to the evaluated one."""
    if case.year - 1 in others and set(range(mention.year, case.year)) <= others and (
        case.year in others or len(others) > 1
    ):  # fmt: skip
        return True  # year by year up to the evaluated one, or the years before it
    if _THIS_TOO.match(case.flat, mention.span.end, mention.sentence.end):
        return True  # what became this year of last year's work
    around = case.flat[max(0, mention.span.start - 8) : mention.span.end + 8]
    step = re.match(r"\s?年?(?:度)?的?\s?\d", case.flat[mention.span.end : mention.span.end + 6])
    if step is not None and _FROM_BASE.search(case.flat, mention.span.start - 2, mention.sentence.end):
        return True  # 「由2020年的9.2公斤提高到14.6公斤」
    return bool(_RANGE.search(around) or _SERIES.search(around)) or (case.year in others and step is not None)


def _of_last_year(case: Case, mention: YearMention, key: str, around: str) -> bool:
    """Whether the words around last year's number let it be last year."""
    if key == "绩效目标":
        return bool(_LAST.search(around))
    if _OWN_WORK.match(case.flat[mention.span.end : mention.span.end + 14]):
        return _COMPARED.search(around) is not None
    return bool(_LAST.search(around)) or not _STATEMENT.match(case.flat[mention.span.end : mention.span.end + 8])


_SCORED = re.compile(r".?|.{0,24}?(?:得分?|自评分?)[:为]?\s?[\d.]+分[,:;]?")  # what of a leaf stands before its text
_BOTH_SIDES = re.compile(
    r"\s?年?(?:度)?[^。;]{0,14}预算[^。;]{0,10}\d[^。;]{0,6}万?元[^。;]{0,12}(?:决算|支出|实际|执行)[^。;]{0,8}\d[^。;]{0,24}(?:率|比)[^。;]{0,6}\d"
)
_OVER_TIME = re.compile(r"变动|增长|增减|压减|下降|公开|上年|比")


def _in_place_of_this_year(case: Case, mention: YearMention, key: str) -> bool:
    """Whether last year stands where the evaluated one belongs: over a leaf's own figures, or over the year's goals."""
    return _leafs_figures(case, mention) or (key == "绩效目标" and _sets_goals(case, mention))


def _leafs_figures(case: Case, mention: YearMention) -> bool:
    """Whether last year opens a leaf's own budget, spending and rate, and the leaf nowhere names the evaluated year."""
    item = case.item_at(mention.span.start)
    opens = _SCORED.fullmatch(case.flat, mention.sentence.start, mention.span.start)
    if item is None or opens is None or _OVER_TIME.search(item.name):
        return False
    if str(case.year) in case.text(item.body):
        return False
    return _BOTH_SIDES.match(case.flat, mention.span.end) is not None or _tells_results(case, mention)


_RESULT = re.compile(r"\s?年?(?:度)?,?(?:全年)?[\u4e00-\u9fff\"]{2,14}\d[\d,.]*\s?(?:万?[\u4e00-\u9fff]{1,3}|%)")
_OTHERWISE = re.compile(
    "的|上年|去年|同期|比|较|增长|下降|减少|提高|基期|开工|立项|建成|启动|购置|签订|批[复准]|下达|申报|评[为定]|获|启用|起|以来|因|底|末|结转|结余|决算|预算|公开|印发|制定|前"
)


_COMPARED_TO = re.compile("上年|去年|同期|比20|较20|相比|增长")


def _tells_results(case: Case, mention: YearMention) -> bool:
    """Whether last year opens what the leaf itself did, with a figure: 「2022年新通客车建制村6个」."""
    match = _RESULT.match(case.flat, mention.span.end)
    told = case.flat[mention.span.end : mention.sentence.end]
    return match is not None and not _OTHERWISE.search(re.split("[,;。]", told)[0]) and not _COMPARED_TO.search(told)


_GOAL_OF = re.compile(r"\s?年?(?:度)?(?:,|我[局委办]|全[县市区])?(?:计划|拟|将|力争|预期|年度?目标|总体目标)")


def _sets_goals(case: Case, mention: YearMention) -> bool:
    """Whether last year opens the goals of a section that nowhere names the evaluated year: 「2022年计划……」."""
    section = case.section(mention.span.start)
    opens = mention.span.start - mention.sentence.start <= 1 and _GOAL_OF.match(case.flat, mention.span.end)
    return section is not None and bool(opens) and str(case.year) not in case.text(section.body)


def _has_role(case: Case, mention: YearMention) -> bool:
    sentence = case.text(mention.sentence)
    if _stale(case, mention):
        return False
    key = case.chapter_key(mention.span.start)
    around = case.flat[max(mention.sentence.start, mention.span.start - 12) : mention.span.end + 26]
    others = {other.year for other in case.found.years if other.sentence == mention.sentence}
    if _in_a_row(case, mention, others) or _NOT_COUNTED.search(sentence) or tells_of_an_award(sentence):
        return True
    if _OF_A_TITLE.match(case.flat, mention.span.end) or _CONTAINS.search(
        case.flat, max(0, mention.span.start - 6), mention.span.start
    ):
        return True  # of the paper whose title follows; what a book or a table tells of
    told = _told_by_figures(case, mention)
    if told is not None:
        return told
    if len(sentence) < 14 or key in _CHAPTERS_OF_NOW or _date_like(case, mention.span):
        return True
    if key != "绩效目标" and (_tells_which(case, mention) or _opens_a_balance(case, mention)):
        return True
    if case.year in others and mention.year in (case.year - 1, case.year + 1):
        return True
    section = case.section(mention.span.start)
    if mention.year == case.year - 1 and _in_place_of_this_year(case, mention, key):
        return False
    prepared = section is not None and _PREPARED.search(section.title + sentence[:12])
    if mention.year == case.year - 1 and prepared and _PREPARES.search(sentence):
        return True  # a budget and its targets are made the year before
    if mention.year == case.year - 1:
        return _of_last_year(case, mention, key, around)
    if mention.year > case.year:
        if _found_before_signing(case, mention):
            return True
        return bool(_NEXT.search(around)) or mention.year > case.year + 2 or not _DONE.search(sentence)
    return _of_an_earlier_year(case, mention, around)


# What may stand before a year that dates what a clause tells; with other words before it, it is part of what they name.
_DATES_A_CLAUSE = re.compile(
    r"(?:截[至止]到?|到|至|在|于|自|从|综上|其中|目前|主要|[一二三四五六七八九]是|另外?|此外|[经据]统计|[我本该全][\u4e00-\u9fff]{1,4})*\s?"
)
_CLAUSE_BEFORE = re.compile(r"[^,。;:、()\n\t|\d]*$")


def _tells_which(case: Case, mention: YearMention) -> bool:
    """Whether a year only tells which thing is meant: 「兑付2022年度奖补资金」, 「2023年底前完成设计的清溪桥进入施工」."""
    before = _CLAUSE_BEFORE.search(case.flat, mention.sentence.start, mention.span.start)
    if before is not None and _DATES_A_CLAUSE.fullmatch(before[0]) is None:
        return True
    return _OF_A_THING.match(case.flat, mention.span.end) is not None


_OF_A_THING = re.compile(
    r"\s?年?(?:度|底|末)?(?:之?前|内|已|由|经)*[\u4e00-\u9fff]{2,12}的[\u4e00-\u9fff\d.,]{2,16}(?:进入|已|均|全部|投入|转入|开始|整改|补|列入|上线|通过|陆续|本年|当年)"
)
_AMOUNT = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?=\s?(?P<unit>万?[\u4e00-\u9fff]))")


def _opens_a_balance(case: Case, mention: YearMention) -> bool:
    """Whether last year's end is what this year began with: 「2023年末3,180.00万元，年内新增160.00万元，年末3,340.00万元」."""
    if mention.year != case.year - 1 or case.flat[mention.span.end : mention.span.end + 2].strip("年")[:1] not in ("末", "底"):
        return False
    told = list(_AMOUNT.finditer(case.flat, mention.span.end, mention.sentence.end))
    opening = told[0] if told else None
    if opening is None:
        return False
    numbers = [Decimal(m[0].replace(",", "")) for m in told if m["unit"] == opening["unit"]]
    first, rest = numbers[0], numbers[1:]
    return any(first + moved == end or first - moved == end for moved, end in itertools.pairwise(rest))


def _told_by_figures(case: Case, mention: YearMention) -> bool | None:
    """What the figures beside last year say: its own beside this year's, or this year's own under a wrong year; None where they say nothing."""
    if mention.year >= case.year:
        return None
    if _valued_otherwise(case, mention):
        return True
    if _counterpart(case, mention) or (mention.year == case.year - 1 and _told_beside(case, mention)):
        return True
    work = mention.year == case.year - 1 or _OF_A_YEAR.match(case.flat, mention.span.end) is not None
    return False if work and _tells_this_years(case, mention) else None


def _valued_otherwise(case: Case, mention: YearMention) -> bool:
    """Whether what last year's sentence tells is told of this year too, each of several figures with another value: it is no old draft."""
    own = [q for q in case.by_sentence.get(mention.sentence, ()) if q.item and q.span.start > mention.span.start]
    values = [(q, {other.number for other in case.quantities(q.item)}) for q in own]
    return len(own) > 1 and all(told and q.number not in told for q, told in values)


_OF_A_YEAR = re.compile(r"\s?年?(?:度)?[,]?(?:计划|全年|共|累计|完成|开展|举办|预算|支出)")


def _of_an_earlier_year(case: Case, mention: YearMention, around: str) -> bool:
    """Whether the words around a year before last let it be told."""
    which = _SAYS_WHICH.match(case.flat, max(0, mention.span.start - 1))
    after = case.flat[mention.span.end : mention.span.end + 6]
    return which is not None or bool(_FOUNDED.search(around)) or bool(_LAST.search(after))


_THIS_TOO = re.compile(r"[^。;]{2,40}本年度?(?!度?[末底])")
_NOT_COUNTED = re.compile(
    r"(?:供|[用以]?作|以资|便于|用于|仅供)[^,。;]{0,4}(?:对比|比较|参考|对照|参照)|(?:巡[察视]|审计)[^。]{0,30}问题|不计[入分]|未计[入分]|未(?:在|作|列)[^,。;]{0,10}(?:计分|加分|得分)|未(?:申报|参与)|不(?:属于|在)[^,。;]{0,8}(?:年度|年内)|与本年[^,。;]{0,6}无关|仅作[^,。;]{0,4}背景|不作为"
)
# The year, or the day, of a paper whose title follows: 「2017年《……规范》」, 「2022年10月30日，省财政厅以《……通知》」.
_OF_A_TITLE = re.compile(
    r"\s?年?(?:度)?(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?[,]?[^,。;《》\d]{0,14}(?:以|印发|下发|转发|收到)|版|修订|印发|发布|出台|颁布)?的?《"
)
_CONTAINS = re.compile(r"(?:记载|收录|记述|辑录|反映|所属期[为是]?|数据[为是])(?:的是)?\s?$")
# A budget and its goals are handed in late in the year before: 「整体目标申报表于2022年12月报出」.
_REPORTED = re.compile(
    r"(?:目标|预算|申报表|项目库)[^。;,]{0,8}20\d\d\s?年\s?(?:[89]|1[0-2])\s?月[^。;,]{0,8}(?:报|编|审|入库|提交|填)"
)
_AMOUNT_ONLY = re.compile(
    r"\s?年?(?:度)?(?:全年)?(?:末)?(?P<of>[\u4e00-\u9fff\"“”]{2,10}?)?(?:支出|决算|预算|收入|为|是|实际|同期)[^,。;]{0,12}\d[\d,.]*\s?(?:亿元|万元|元|人|个|件|%)"
)
_WORK_ONLY = re.compile(
    r"\s?年?(?:度)?(?P<of>[\u4e00-\u9fff]{2})[^。,;\d]{0,8}\d[\d,.]*\s?[\u4e00-\u9fff]{1,3}(?:,[^。,;\d]{2,8}\d[\d.]*%)?。"
)
_SHORT_SENTENCE = 30
_BACK = 200
# A year that tells which thing is meant, not when this year's work was done: 「2015年以前入藏」「2020年数字化的旧报刊」「(2022年检测评定为四类桥)」.
_SAYS_WHICH = re.compile(
    r"\D?20\d\d\s?年(?:度|底|末)?(?:及其?)?(?:以前|之前|以后|以来)|\D?20\d\d\s?年(?:度|底|末)?[\u4e00-\u9fff]{2,8}的(?!工作)[\u4e00-\u9fff]|\(20\d\d\s?年(?!.{0,4}(?:全年|共|完成))"
)
_COUNTED_FIGURE = re.compile(
    r"(?<![\d.])(?<!\d,)(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{3,}(?:\.\d+)?|\d{2,}\.\d+)\s?(?P<unit>万?元|[\u4e00-\u9fff]{1,3})"
)
_OF_THE_PAST = re.compile(
    r"上年|上一年|去年|20\d\d年(?:度|末|底)?结[转余]|结转[至到]?本年|同比|相比|基期|基数|往年|同期|持平|[比较与]20\d\d"
)


def _tells_this_years(case: Case, mention: YearMention) -> bool:
    """Whether the first figure behind last year is told elsewhere as this year's: 「2022年整治路域环境312公里」 beside a leaf with 312公里."""
    sentence, told = case.text(mention.sentence), case.flat[mention.span.end : mention.sentence.end]
    if mention.span.start - mention.sentence.start > _LEADS or _OF_THE_PAST.search(sentence):
        return False
    figure = _COUNTED_FIGURE.search(re.split(r"[;。]", told)[0])
    if figure is None:
        return False
    shown = f"{figure['n']}{figure['unit']}"
    at = case.flat.find(shown)
    while at >= 0:
        line = case.flat[case.flat.rfind("\n", 0, at) + 1 : at + len(shown)]
        own = case.sentence(at) if not case.in_table(at) else None
        beside = case.text(own) if own is not None else line
        if not mention.sentence.start <= at < mention.sentence.end and not (
            _OF_THE_PAST.search(beside) or str(mention.year) in beside
        ):
            return True
        at = case.flat.find(shown, at + 1)
    return False


_LEADS = 4  # characters before the year that opens a sentence


def _beside_this_year(case: Case, mention: YearMention) -> bool:
    """Last year's figure that follows this year's: 「2023年支出47.84万元；2022年支出49.10万元」."""
    sentence = mention.sentence
    first = mention.span.start - sentence.start <= 1
    if not first or sentence.end - sentence.start > _SHORT_SENTENCE:
        return False
    paragraph = case.paragraph(mention.span.start)
    before = case.flat[max(paragraph.start, mention.span.start - _BACK) : mention.span.start]
    told = _AMOUNT_ONLY.match(case.flat, mention.span.end) or _WORK_ONLY.match(case.flat, mention.span.end)
    return told is not None and (told["of"] or "") in before and re.search(r"\d", before) is not None


def _told_beside(case: Case, mention: YearMention) -> bool:
    """Whether last year's figure stands beside this year's, or what was handed in last year was made for this one."""
    lead = case.flat[max(mention.sentence.start, mention.span.start - _FIGURE_BEFORE) : mention.span.end + 20]
    if _STOOD.match(case.flat, mention.span.end) and re.search(
        r"\d\s?[\u4e00-\u9fff]{1,4},$", case.flat[max(0, mention.span.start - _FIGURE_BEFORE) : mention.span.start]
    ):
        return True
    return _beside_this_year(case, mention) or _in_brackets(case, mention) or _REPORTED.search(lead) is not None


_ITS_FIGURE = re.compile(
    r"\s?年?(?:度)?(?:末|底|同期)?(?:为|是|支出|实际)?\s?\d[\d,.]*\s?(?P<unit>万?[\u4e00-\u9fff]{1,2}|%)"
)
_FIGURE_THEN = re.compile(r"\d\s?(?P<unit>万?[\u4e00-\u9fff]{1,2}|%)[,;]$")


def _counterpart(case: Case, mention: YearMention) -> bool:
    """Last year's figure right behind this year's, in one unit: 「持证残疾人7,936人，2023年末为7,562人」."""
    figure = _ITS_FIGURE.match(case.flat, mention.span.end)
    before = _FIGURE_THEN.search(case.flat[max(0, mention.span.start - _FIGURE_BEFORE) : mention.span.start])
    return figure is not None and before is not None and figure["unit"][:1] == before["unit"][:1]


def _in_brackets(case: Case, mention: YearMention) -> bool:
    """Last year's figure in a bracket behind this year's: 「累计达到41所（2022年末为32所）」."""
    before = case.flat[max(0, mention.span.start - _FIGURE_BEFORE) : mention.span.start]
    return _OPENED.search(before) is not None and _FIGURE.match(case.flat, mention.span.end) is not None


_STOOD = re.compile(r"\s?年?[末底]为\s?\d")  # 「持证7,936人，2023年末为7,562人」
_FIGURE_BEFORE = 16  # characters
_OPENED = re.compile(r"\d\s?[\u4e00-\u9fff%]{0,6}\((?:其中)?$")
_FIGURE = re.compile(r"\s?年?(?:度|末|底)?[^()。;\d]{0,8}\d[\d,.]*[^()。;\d]{0,6}\)")


def _found_before_signing(case: Case, mention: YearMention) -> bool:
    """A month of the year after, before the report was signed: when it was checked, audited or surveyed."""
    month = re.match(r"\s?年?\s?(\d{1,2})\s?月", case.flat[mention.span.end - 1 : mention.span.end + 6])
    if month is None or mention.year != case.year + 1:
        return False
    return case.found.dated is None or (mention.year, int(month[1])) <= case.found.dated[:2]


_SAYS_AS_OF = re.compile(r"(?:以上|上述|本表|本报告)[^,。;]{0,8}截[至止]\s?$")
_STANDS = re.compile(
    r"共有|在编|在职|实有|保有量|账面|原值|车辆|资产|负债|^\s?年?12月31日,[^。;]{0,8}(?:已|均)(?!.*(?:结转|结余|上年))"
)
_STALE = re.compile(r"\s?(?:年|年度)?[\u4e00-\u9fff]{0,6}(?:年报|报表)数")
# What was done in a year, told as this year's work; words by which it is last year's all the same.
_OWN_WORK = re.compile(
    r"\s?年?(?:度)?(?:1\s?月?[至到\-—]12\s?月)?(?:[防主]?汛期?|[春夏秋冬]季|秋冬季|[上下]半年|第?[一二三四]季度)?[,]?"
    r"(?:计划[^。;]{2,24}实际|检查|共?举办|开展|演出|培训|我[局办委中院县市区厅校馆所站会]|本[局单部厅校馆]|共|累计|全[年县市区省镇乡校系局馆院站所委厅])"
)
_COMPARED = re.compile(
    r"上年|上一年|去年|同比|相比|决算|结转|结余|增长|下降|减少|降低|提高|基期|基数|变动|差异|年度?[^,。;]{0,8}自评|绩效评价|预算执行|公开|批复"
)
_FROM_BASE = re.compile(
    r"[由从]\s?20\d\d\s?年?(?:度|末|底)?的?[^,。;]{1,20}?(?:[提上增升扩拓延压缩下降减][\u4e00-\u9fff]{0,3}|变|改)[到至为]"
)
_SERIES = re.compile(r"20\d\d\s?年?(?:度)?[、和及]\s?20\d\d\s?年")
_PREPARED = re.compile(r"预算编制|绩效目标|目标设[定置]|测算|立项|事前|背景")
_PREPARES = re.compile(
    r"编制|编列|核定|编报|上报|申报|报送|审核|论证|评审|评估|测算|设定|确定|立项|排查|调研|摸底|批复|下达|[起于]"
)


def _date_like(case: Case, span: Span) -> bool:
    """A full date (「2024年5月21日」) of an event says when, not of which year the work was."""
    return bool(re.match(r"\s?\d{1,2}\s?月\s?\d{1,2}\s?日", case.flat[span.end : span.end + 8]))


def relative_words(case: Case) -> Iterator[Finding]:
    """R14: 今年, 目前, 去年 in a report on a closed year; each word is told once, with all its places."""
    told: dict[str, list[Span]] = {}
    for match in _RELATIVE.finditer(case.flat):
        start, end = case.sentence(match.start())
        key = case.chapter_key(start)
        if end - start < _SENTENCE or match.start() >= end or _quoted(case.flat[start:end], match.start() - start):
            continue
        if _ALLOWED_RELATIVE.search(case.flat[max(start, match.start() - 14) : min(end, match.end() + 10)]):
            continue
        if match[0] == "目前" and key in _CHAPTERS_OF_NOW and f"{case.year + 1}年" in case.flat[start : match.start()]:
            continue  # behind a date of the year after it says how far things are by then
        if match[0] == "目前" and key in _CHAPTERS_OF_NOW and "建议" in case.flat[start : match.start()]:
            continue  # how things are when something is proposed
        if match[0] == "目前" and key in _CHAPTERS_OF_NOW and case.flat.startswith("正", match.end()):
            continue  # what is being done about a problem
        if match[0] not in _ALWAYS_RELATIVE and case.chapter_key(start) in _CHAPTERS_OF_NOW:
            continue
        told.setdefault(match[0], []).append(Span(match.start(), match.end()))
    named = {"今年": case.year, "去年": case.year - 1, "明年": case.year + 1}
    for word, places in told.items():
        meant = f"{named[word]}年" if word in named else f"截至{case.year}年12月31日"
        meant = meant if case.year else "具体的年份或日期"
        message = f"“{word}”在已结束的年度里所指不明，应写“{meant}”{told_times(len(places))}"
        yield case.finding("R14", places[0], message, stated=word, recomputed=meant, also=places[1 : OTHERS + 1])


def _quoted(text: str, position: int) -> bool:
    """Whether a position stands in a title or in a short quotation."""
    if text.rfind("《", 0, position) > text.rfind("》", 0, position):
        return True
    opens = text.rfind('"', 0, position)
    closes = text.find('"', position)
    return text.count('"', 0, position) % 2 == 1 and 0 < closes - opens <= _QUOTATION


_QUOTATION = 24  # characters
