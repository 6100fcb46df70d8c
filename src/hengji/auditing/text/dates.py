"""R13: plans, accounts, terms and days that cannot be those of the evaluated year."""

import re
from collections import Counter
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_TERM = pattern(
    r"(?:服务|合同|实施|运维|租赁|项目)(?:期限?|时间|周期|期间)[^。;,]{0,6}?(?P<of>20\d\d)年1月1日[至到\-—~](?P=of)年12月31日"
)


def old_terms(case: Case) -> Iterator[Finding]:
    """A term of service that is the whole of another year."""
    for match in _TERM.finditer(case.flat):
        if int(match["of"]) == case.year - 1:
            span = Span(match.start(), match.end())
            message = f"评价的是{case.year}年度，期限却是{match['of']}年全年"
            yield case.finding("R13", span, message, stated=match["of"], recomputed=str(case.year))


_ACCOUNTS = pattern(
    r"(?P<of>20\d\d)\s?年(?:度)?(?:部门)?(?:收支)?决算[^。;,]{0,10}?(?:于|在)?\s?(?:(?P<on>20\d\d)\s?年)?\s?\d{1,2}\s?月\s?\d{1,2}\s?日[^。;]{0,6}(?:批复|公开)"
)


def old_accounts(case: Case) -> Iterator[Finding]:
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


_PLAN = pattern(
    r"^.{0,12}?(20\d\d)年.{0,40}(?:工作方案|实施方案|工作计划|工作要点|工作安排|任务清单|工作清单|重点任务|任务分解表?|目标责任书|责任书|考核方案)$"
)


def old_plans(case: Case) -> Iterator[Finding]:
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


_OF_ONE_YEAR = pattern(r"(?:工作要点|任务清单|重点任务|任务分解表?|责任书|责任状|工作计划)$")
_LEANS_ON = pattern(r"(?:依据|按照|对照|根据|围绕|执行|落实)\s?$")
_FOLLOWED = pattern(
    r"(?:按照?|对照|根据|依据|落实|围绕|执行)[^,。;:《》]{0,16}?(?P<plan>(?P<of>20\d\d)年(?:度)?(?![—\-~至到起])[^,。;《》\d]{0,12}(?:计划|方案|要点|民生实事|工作任务|责任[书状]|考核目标)(?!完成情况|执行情况|结余))"
)
_OVER_YEARS = pattern(r"[三五]年|规划|十[三四五]五|跨年|结转|延续|中长期|滚动|[〔《]")
_YEAR_OF_SIGNING = pattern(
    r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日|(?P<y2>20\d\d)[.\-/](?P<m2>\d{1,2})[.\-/](?P<d2>\d{1,2})"
)
_WHOLE_YEAR = pattern(r"全年(?!预算|目标|计划|任务)|年末|年底(?!前)|12\s?月\s?31\s?日")
_LONG_REPORT = 400  # characters: a form may be dated when its targets were set


def dated_too_early(case: Case) -> Iterator[Finding]:
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
_BEGUN = pattern(rf"{_MONTH}(?:正式)?(?:开工|动工|开始施工|进场施工)")
_FINISHED = pattern(rf"{_MONTH}[^。;,]{{0,6}}(?:竣工|完工)")


def finished_before_begun(case: Case) -> Iterator[Finding]:
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


_BY = pattern(r"(?P<y>20\d\d)\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?[底末]?(?:之|以)?前")
_ON = pattern(r"(?P<y>20\d\d)\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?")


def done_years_ahead(case: Case) -> Iterator[Finding]:
    """A row whose target is a day of the evaluated year, and which was done in an earlier one: 「2023年11月30日前｜2022年11月18日竣工」."""
    for item in case.found.items:
        due, done = _BY.fullmatch(item.target), _ON.match(item.actual)
        if due is None or done is None or int(due["y"]) != case.year or int(done["y"]) >= case.year:
            continue
        if "提前" not in item.actual + item.remark and str(case.year) not in item.actual:
            message = f"要求{due[0]}完成，这里写的是{done[0]}，早在{case.year}年度之前，可能是年份写错或沿用旧稿"
            yield case.finding("R13", item.quote, message, stated=done["y"], recomputed=due["y"], item=item.name)


_EVENT = pattern(r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日)?")
_HAPPENED = pattern(
    r"已|发放|收回|回收|开展|调查|召开|完成|验收|印发|公开|批复|盘点|清查|测评|检查|审议|审定|通过|授予|评为|审计"
)
_PLANNED = pattern(
    r"[拟将]|预计|最迟|不迟于|不晚于|力争|约定|计划|底前|日前|月前|之前|以前|前(?:完成|补|报|支付|办理|整改|印发|修订)|后(?:支付|拨付|结算|付清|退还)|届?期满|前由|到期|期限|截[止至]|有效期|下一步|下一?年|尚未|没有应|未到|(?<![年月日])[至到]\s?\0"
)
_BY_THEN = pattern(r"[底末]?(?:之|以)?前(?!(?:均|都|全部)?[已曾])")
_BY_WHOM = pattern(r"(?:负责|牵头|落实|(?:责任|牵头)(?:人|股室|科室|部门|单位)[^,。;]{0,12})(?:[,;:]|$)[^。]{0,16}$")


# What a thing was by then: 「未覆盖的7户为2024年7月停业的经营户」; what is to begin then is known before.
_SAID_OF = pattern(r"(?:[为系是因]|由于)\s?$")
_STATE = pattern(r"\s?(?!实施|执行|施行|生效|启用|开始|起|新)[\u4e00-\u9fff]{2,6}的[\u4e00-\u9fff]")


def after_the_report(case: Case) -> Iterator[Finding]:
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
        if _BY_THEN.match(after) and not surely:
            continue  # a term: 「2024年5月31日前在门户网站公开」
        if (case.chapter_key(match.start()) in CHAPTERS_OF_NOW and not surely) or _PLANNED.search(
            before[-24:] + "\0" + after[:40]
        ):
            continue
        happened = _HAPPENED.search(after[:40]) is not None or (_SAID_OF.search(before) and _STATE.match(after))
        if not happened or case.flat[match.end() : match.end() + 1] == "起":
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
        yield from (finding for finding in after_the_report(case) if finding.code == "R36")
