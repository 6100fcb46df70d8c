"""R33: honours behind a bonus: their year, number, issuer, counted once, and the rule that gives the points."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Award, Extra, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal

_TARIFF = re.compile(
    r"每(?:项|个|次)?[^,。;]{0,16}(?:加|计)\s?\d|每(?:项|个|次)\s?\d+(?:\.\d+)?\s?分|(?:国家级|省级|市级|县级|省部级|地市级|国家|省|市|县)[^,。;]{0,14}(?:加|计|各加)\s?\d+(?:\.\d+)?\s?分|加\s?\d+(?:\.\d+)?\s?分[^。]{0,40}加\s?\d|标准[^。]{0,20}加|按[^。]{0,30}(?:规定|标准|办法)[^。]{0,12}加|加\d+(?:\.\d+)?分[,。;)]?$|\(加\s?\d"
)


def honours(case: Case) -> Iterator[Finding]:
    """What is claimed as bonus, against what is named for it."""
    for extra in case.found.extras:
        body = case.text(extra.body)
        if extra.deduction or extra.claimed == 0 or (extra.claimed is None and not _ADDED.search(body)):
            continue
        own = [award for award in case.found.awards if extra.body.start <= award.span.start < extra.body.end]
        if not own and not re.search(r"获|表彰|荣誉|创新|试点|命名|先进|奖", body):
            yield case.finding("R33", extra.span, "加分没有写依据的荣誉、文件或事项", item=extra.name)
            continue
        named = len(re.findall(r"评为|获评|荣获|授予|命名|表彰为|确定为|评选为|通报表扬", body))
        alone = len(re.findall(r"加\s?\d", body)) == 1 and named > 1 and not re.search(r"每|各|按|依据|标准|规定", body)
        if extra.claimed is not None and (alone or not _TARIFF.search(body)):
            yield case.finding(
                "R33",
                extra.span,
                f"加分只写总数，没有写每项加几分、按什么标准（共{len(own)}项）" if own else "加分没有写按什么标准",
                item=extra.name,
            )
        yield from _over_the_cap(case, extra)
        yield from _from_itself(case, own)
        yield from _without_number(case, own)
        yield from _wrong_year(case, own)
        yield from _twice(case, own)
        for match in _FORWARDED.finditer(body):
            span = Span(extra.body.start + match.start(), extra.body.start + match.end())
            yield case.finding("R33", span, "转发的是同一项表彰，一项荣誉只计一次")


_ADDED = re.compile(r"加\s?\d")
_CAP = re.compile(
    r"加分(?:项)?[^。;,\d]{0,10}(?:最多|最高|上限|不超过|不得超过|封顶)[^。;,\d]{0,10}(?P<cap>\d{1,2}(?:\.\d+)?)\s?分"
)


def _over_the_cap(case: Case, extra: Extra) -> Iterator[Finding]:
    """More bonus than the rule that the report itself quotes allows."""
    caps = {read_decimal(match["cap"]) for match in _CAP.finditer(case.flat)}
    cap = caps.pop() if len(caps) == 1 else None
    if cap is not None and extra.claimed is not None and extra.claimed > cap:
        message = f"加{extra.claimed}分，超过报告所引加分上限{cap}分"
        yield case.finding("R33", extra.span, message, item=extra.name, stated=str(extra.claimed), recomputed=str(cap))


_GIVEN = re.compile(
    r"(?:被[^,。;]{0,20}(?:授予|评为|命名|表彰|确定为)|荣获|获评|荣膺|(?:授予|获得?)[^,。;]{0,30}(?:称号|奖|先进|表彰|荣誉|示范))"
)
_ANOTHER_YEAR = re.compile(r"(?P<of>20\d\d)\s?年")
_AS_BACKGROUND = re.compile(
    r"曾|不计|未计|不加分|未加分|未申请|上一?年度|未(?:在|作|列|申报)|不属于|不在|无关|背景|连续|蝉联|继续|保持|复[审核评]|届满|以来|起|不作为|已满"
)
_AS_PROOF = re.compile(r"体现|肯定|证明|说明|表明|反映|标志|成效|加\s?\d|计\s?\d")


def tells_of_an_award(sentence: str) -> bool:
    """Whether a sentence tells of an award: its year is then a matter of R33, not of R13."""
    return _GIVEN.search(sentence) is not None


def honours_of_another_year(case: Case) -> Iterator[Finding]:
    """An award of an earlier year, told as what this year's work achieved."""
    if not case.year or not case.found.year_stated:
        return
    extras = [extra.body for extra in case.found.extras]
    for sentence in case.found.sentences:
        text = case.text(sentence)
        if "20" not in text:
            continue
        years = {int(match["of"]) for match in _ANOTHER_YEAR.finditer(text)}
        earlier = years - {case.year, case.year + 1}
        if not earlier or max(earlier) >= case.year or _GIVEN.search(text) is None or _AS_BACKGROUND.search(text):
            continue
        if case.year + 1 in years or (case.year in years and _AS_PROOF.search(text) is None):
            continue
        if any(body.start <= sentence.start < body.end for body in extras):
            continue
        if case.chapter_key(sentence.start) in _NOT_THIS_YEARS:
            continue
        of = max(earlier)
        message = f"这是{of}年的荣誉，评价的是{case.year}年度，不能作为本年度的成效"
        yield case.finding("R33", sentence, message, stated=str(of), recomputed=str(case.year))


_NOT_THIS_YEARS = ("基本情况", "存在问题", "相关建议", "问题与建议", "绩效目标")


def honours_of_its_own(case: Case) -> Iterator[Finding]:
    """An honour told in an indicator that the unit gave itself: 「获本单位某某奖」, without a bonus for it."""
    name = re.sub(r"\s|\(.*?\)", "", case.found.department)
    if len(name) < _NAMED or not any(f"{given}{name}" in case.flat for given in ("获", "获得", "被")):
        return
    extras = [extra.body for extra in case.found.extras]
    for match in re.finditer(
        rf"(?:获得?|荣获|被){re.escape(name)}[^。;,]{{0,30}}(?:奖|先进|荣誉|称号|表彰)", case.flat
    ):
        if any(body.start <= match.start() < body.end for body in extras):
            continue
        span = Span(match.start(), match.end())
        yield case.finding("R33", span, f"这项荣誉由“{name}”自己颁发，不能证明成效", stated=name)


_NAMED = 5  # characters of a department's name: less may be part of other words


def _without_number(case: Case, own: list[Award]) -> Iterator[Finding]:
    """An honour that names no document, beside others that do."""
    if any(award.number or award.title for award in own):
        for award in own:
            if not award.number and not award.title:
                message = f"“{award.name[:24]}”没有写表彰文件和文号，无法核实"
                yield case.finding("R33", award.span, message, severity=Severity.INFO)


def _from_itself(case: Case, own: list[Award]) -> Iterator[Finding]:
    """An honour that the unit gave itself."""
    name = re.sub(r"\s|\(.*?\)", "", case.found.department)
    for award in own:
        issuer = award.title.partition("关于")[0].strip()
        if name and issuer == name:
            yield case.finding("R33", award.span, f"这项荣誉由“{issuer}”自己颁发，不宜加分", stated=issuer)
        elif name and len(issuer) > 4 and issuer in name:
            message = f"颁发单位“{issuer}”与本单位有隶属关系，请核对能否加分"
            yield case.finding("R33", award.span, message, severity=Severity.INFO, stated=issuer)


def _wrong_year(case: Case, own: list[Award]) -> Iterator[Finding]:
    for award in own:
        named = award.year is not None and str(award.year) in award.name + award.title
        if _AS_BACKGROUND.search(case.text(case.sentence(award.span.start))):
            continue
        if award.year is not None and case.year and (award.year < case.year or (named and award.year != case.year)):
            yield case.finding(
                "R33",
                award.span,
                f"这是{award.year}年的荣誉，评价的是{case.year}年度",
                stated=str(award.year),
                recomputed=str(case.year),
            )


_FORWARDED = re.compile(r"[^,。;]{0,12}转发[^,。;]{0,8}(?:上述|该|此|前述|同一|这[一份个])[^。;]{0,24}[加计]\s?\d")


def _twice(case: Case, own: list[Award]) -> Iterator[Finding]:
    seen: dict[str, Award] = {}
    for award in own:
        key = re.sub(r"\(.*?\)|\(.*$|[\s\"“”年度\d]|称号|荣誉|全[国省市县]|[省市县区]级?", "", award.name)
        before = seen.get(key) or next((o for o in seen.values() if award.number and o.number == award.number), None)
        if before is not None:
            yield case.finding("R33", award.span, f"“{award.name[:24]}”前面已经计过，一项荣誉只计一次")
        seen.setdefault(key, award)


def shared_honours(case: Case) -> Iterator[Finding]:
    """One honour that several departments of the same run count."""
    for award in case.found.awards:
        for peer in case.peers:
            if peer.department != case.found.department and any(
                award.number and award.number == other.number and other.name == award.name for other in peer.awards
            ):
                yield case.finding("R33", award.span, f"“{peer.department}”也用同一荣誉加分", severity=Severity.INFO)
                break
