"""R03 of sums that one sentence works out itself: base, bonus and total; the scores of parts and what they are said to make."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.totals import extras_of
from hengji.auditing.scores.tree import level_name, level_sums, open_levels
from hengji.model.extraction import Span, Stated
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_N = r"\d{1,3}(?:\.\d{1,2})?"
_MOST = Decimal(100)
_HALF = Decimal(50)
# 「基础分94.5分，加分3分，减分0.5分，综合得分97分」
_BUILT = pattern(
    rf"(?:基础|基本|指标|各项|百分制)(?:自评)?(?:合计)?(?:得)?分(?:合计)?(?:为|是|:)?\s?(?P<base>{_N})\s?分[^。;\d]{{0,24}}?"
    rf"(?P<steps>(?:[,、;(+加]?[^。;\d,]{{0,16}}?(?:加分(?:项)?(?:得分|得|合计|共|为)*|附加分|奖励分|减分(?:项)?(?:合计|共|为)*|(?<![最可每])加|扣减|减去|减)\s?{_N}\s?分\)?(?:\([^()]{{0,60}}\))?)+)"
    rf"[^。;\d]{{0,12}}?(?P<last>(?:最终|综合|自评|合计|总计|共计|总|实际|部门|最后)+(?:自评)?(?:得分|总分|评分|得|分)*(?:为|是|:|=|计)?\s?(?P<total>{_N})\s?分)"
)
_STEP = pattern(rf"(?P<word>(?<![最可每相])加|附加|奖励|减|扣减)[^\d,;()]{{0,8}}?(?P<n>{_N})\s?分")
_BRACKETS = pattern(r"\([^()]*\)")
# 「投入14.5分、过程28分、产出33分，合计75.5分」
_PART = rf"[\u4e00-\u9fff\"]{{2,14}}?(?:\([^()\d]*\))?(?:得分|得|自评|计|:)*\s?{_N}\s?分"
_LISTED = pattern(
    rf"(?P<parts>{_PART}(?:[、,;和]\s?(?:其中)?{_PART}){{1,29}})[,;。、]?\s?(?:以上|上述|[两三四五六七八九]项|各项|四类)*"
    rf"(?P<sum>(?:合计|共计|总计|累计|相加|加总|汇总)(?:自评)?(?:总)?(?:得分|得|分|为|是|:)*\s?(?P<total>{_N})\s?分)"
)
_PARTS = pattern(rf"(?P<parts>{_PART}(?:[、,;和+]\s?{_PART}){{1,7}})")
_TWO = pattern(rf"分[、,;和+]\s?{_PART}")  # stands in every such list
_EACH = pattern(rf"(?P<name>[\u4e00-\u9fff\"]{{2,14}}?)(?:得分|得|自评|计|:)*\s?(?P<n>{_N})\s?分")
_NUMBERS = pattern(rf"({_N})\s?分")
_SCORED = pattern(r"得分|自评|得\s?\d|得为")
_OTHER = pattern(r"分值|满分|权重|扣|失分|加分|减分|上年|去年|标准|每|最高|调[入整出]|基础|基本")


def sums_in_sentences(case: Case) -> Iterator[Finding]:
    """R03 of both kinds of sum."""
    if "分" not in case.flat:
        return
    yield from _built(case)
    yield from _built_behind(case)
    yield from _listed(case)
    yield from _parts_told(case)
    yield from _subtotals(case)
    yield from _counted_behind(case)
    yield from _losses(case)


_SUBTOTAL = pattern(
    rf"(?:本章|本节|本部分|本类|本级|该部分|以上|小计|合计)(?:指标)?(?:自评)?(?:得分)?(?:小计|合计|共计|得分|得|共)(?:为|是|:)?\s?(?P<n>{_N})\s?分"
)


def _subtotals(case: Case) -> Iterator[Finding]:
    """A paragraph that scores its leaves one by one and closes with a subtotal they do not make: 「……5.5分。本章小计34.5分」."""
    if not case.certainty.tree:
        return
    for match in _SUBTOTAL.finditer(case.flat):
        place = case.paragraph(match.start())
        items = [
            i for i in case.found.items if place.start <= i.span.start and i.quote.end <= match.start() and not i.table
        ]
        claims = [i.claimed for i in items if i.claimed is not None]
        made = sum(claims, Decimal(0))
        if len(items) > _FEWEST and len(claims) == len(items) and Decimal(match["n"]) not in (made, _MOST):
            message = f"{match[0]}，而所列各项相加 {' + '.join(map(number, claims))} = {number(made)}分"
            span = Span(match.start(), match.end())
            yield case.finding("R03", span, message, stated=match["n"], recomputed=number(made))


_COUNTED = pattern(
    rf"(?P<count>\d{{1,2}})\s?[项个](?:三级|末级|具体|评价|考核)*(?:指标)?[^。;:\d]{{0,12}}?(?P<sum>(?:合计|共计?|总计|累计)(?:得分|得|计|为)*\s?(?P<n>{_N})\s?分)[:,(](?:分别为|分别是|即|包括|其中)?(?P<parts>[^。;]{{8,600}})"
)
_IN_BRACKETS = pattern(rf"\((?:得|自评|分值|满分|计)*\s?(?P<n>{_N})\s?分\)")


def _counted_behind(case: Case) -> Iterator[Finding]:
    """A sum before its list, which has as many parts as it says: 「13项指标得满分，合计78分：甲（5分）、乙（6分）……」."""
    for match in _COUNTED.finditer(case.flat) if "指标" in case.flat else ():
        parts = [Decimal(n) for n in _IN_BRACKETS.findall(match["parts"])]
        made = sum(parts, Decimal(0))
        if len(parts) != int(match["count"]) or len(parts) <= _FEWEST or made == Decimal(match["n"]):
            continue
        if not match["parts"].rstrip("。").endswith("分)"):
            continue  # a list that goes on otherwise
        span = Span(match.start("sum"), match.end("sum"))
        message = f"{match['sum']}，而所列{len(parts)}项相加是{number(made)}分"
        yield case.finding("R03", span, message, stated=match["n"], recomputed=number(made))


_LOST_SUM = pattern(
    rf"(?:(?:合计|共计?|总计|累计|一共|总共)(?:自评)?(?:扣分|扣减|扣除|失分|丢分|扣|失|减)|(?:扣分|失分|丢分)(?:合计|共计?|总计|累计|(?=\d))|(?<![\u4e00-\u9fff])(?:扣分|失分|丢分)(?:为|是|:))(?:合计|共计|为|是|:)*\s?(?P<n>{_N})\s?分"
)
_SUM_SAID = pattern(r"[计共]")  # else only a list tells that it is a sum
_SUM_LOST = pattern(r"[计共评分][扣失丢减合共总累为是:\d]")  # stands in each of these
_LOST_EACH = pattern(rf"(?P<n>{_N})\s?分")
_BY_RULE = pattern(r"每|最多|最高|不超过|上年|去年|可扣|标准|规则")


def _losses(case: Case) -> Iterator[Finding]:
    """What a report says it lost in all, against the list behind or before it and the total: 「合计扣3.39分：甲扣1分，乙扣1.39分」."""
    total = case.found.totals.base or plausible_total(case)
    lost = _MOST - Decimal(total.value) if total is not None else None
    for match in _LOST_SUM.finditer(case.flat) if _SUM_LOST.search(case.flat) else ():
        if case.item_at(match.start()) is not None or case.in_table(match.start()):
            continue
        sentence = case.sentence(match.start())
        text = case.text(sentence)
        told, at = Decimal(match["n"]), match.start() - sentence.start
        behind, before = text[match.end() - sentence.start :], text[:at]
        if _BY_RULE.search(text) or told == lost or (lost is not None and told < lost and _of_some(case, before)):
            continue
        lists = [[Decimal(n) for n in _LOST_EACH.findall(part)] for part in (behind, before)]
        made = next((sum(each, Decimal(0)) for each in lists if len(each) > 1), None)
        if made is None and _of_some(case, before):
            continue
        if (
            made == told
            or (made is None and lost is None)
            or (made is not None and made != lost and "其中" in behind[:4])
        ):
            continue
        if made is None and not (
            (
                _beside_total(total, before)
                or (_SUM_SAID.search(match[0]) and (_OF_ALL.search(before) or not _told_what(before)))
            )
            and case.certainty.tree
            and lost is not None
            and 0 < told < lost + _HALF
        ):
            continue
        right = made if made is not None else lost
        assert right is not None
        why = (
            f"所列各项相加是{number(right)}分"
            if made is not None
            else f"得分{number(_MOST - right)}分，应扣{number(right)}分"
        )
        span = Span(match.start(), match.end())
        yield case.finding("R03", span, f"{match[0]}，而{why}", stated=match["n"], recomputed=number(right))


_OF_ALL = pattern(r"自评|总[分体计]|得分|全部|各项|本年|全年|年度")
_AMOUNTS = pattern(r"(?:\d|[一两二三四五六七八九十])\s?(?!项指标$)[\u4e00-\u9fff]|[\u4e00-\u9fff]{4,}[、,]")


def _told_what(before: str) -> bool:
    """Whether a sentence tells what the points were lost for, and so speaks of these losses: 「2笔报销缺附件、1份合同备案迟延，共扣1分」."""
    return _AMOUNTS.search(before) is not None


def _beside_total(total: Stated | None, before: str) -> bool:
    """Whether the sentence tells the total right before what was lost: 「自评得分96.07分，等级为“优”，失分3.93分」."""
    told = _LOST_EACH.findall(before)
    return total is not None and len(told) == 1 and Decimal(told[0]) == Decimal(total.value)


_SOME = pattern(r"(?P<n>[两二三四五六七八九]|\d{1,2})\s?[项个](?!百分)[^,。;\d]{0,8}$")


def _of_some(case: Case, before: str) -> bool:
    """Whether the words before a sum of losses name or count some of the leaves that lost points, but not all of them."""
    losing = [i for i in case.found.items if i.points is not None and i.claimed is not None and i.claimed < i.points]
    counted = _SOME.search(before)
    if counted is not None:
        return 0 < (read_chinese(counted["n"]) or Decimal(0)) < len(losing)
    return 0 < sum(1 for item in losing if item.name in before) < len(losing)


def plausible_total(case: Case) -> Stated | None:
    """The one printed total of a report; None where it prints several."""
    values = {total.value for total in case.found.totals.all_claimed}
    return case.found.totals.claimed if len(values) == 1 else None


def _built(case: Case) -> Iterator[Finding]:
    """Base, bonus and deduction that do not make the total of their own sentence."""
    for match in _BUILT.finditer(case.flat) if re.search("基础|基本|指标得分|各项", case.flat) else ():
        steps = _BRACKETS.sub("", match["steps"])
        moves = [Decimal(m["n"]) * (-1 if m["word"] in ("减", "扣减") else 1) for m in _STEP.finditer(steps)]
        base, total = Decimal(match["base"]), Decimal(match["total"])
        made = base + sum(moves, Decimal(0))
        capped = total == _MOST and made > _MOST
        if not moves or base <= _HALF or total in (made, base) or (capped and not _is_uncapped(case)):
            continue
        worked = number(base) + "".join(f" {'−' if m < 0 else '+'} {number(abs(m))}" for m in moves)
        yield case.finding(
            "R03",
            Span(match.start(), match.end()),
            f"{match['last']}，而{worked} = {number(made)}分"
            + ("；只有100分封顶才能得到，报告没有写明封顶" if capped else ""),
            stated=number(total),
            recomputed=number(made),
        )


_BUILT_BEHIND = pattern(
    rf"(?P<last>(?:自评|综合|最终|总)[^。;,\d]{{0,6}}(?:得分|总分|评分|得|分)(?:为|是|:)?\s?(?P<total>{_N})\s?分)[^;\d]{{0,30}}?基[础本](?:得)?分(?:为|是|:)?\s?(?P<base>{_N})\s?分(?:\([^()]{{0,80}}\))?"
    rf"(?P<steps>(?:[,、;]?\s?(?:其中)?(?:加分(?:项)?|附加分|奖励分|减分(?:项)?|扣减)(?:得分|得|合计|共|为)*\s?{_N}\s?分(?:\([^()]{{0,60}}\))?)+)"
)


def _built_behind(case: Case) -> Iterator[Finding]:
    """The same where the total stands first: 「自评得分100分。其中基础分98分，加分3分」."""
    for match in _BUILT_BEHIND.finditer(case.flat) if "基础" in case.flat or "基本分" in case.flat else ():
        moves = [
            Decimal(m["n"]) * (-1 if m["word"] == "减" else 1)
            for m in _STEP_BEHIND.finditer(_BRACKETS.sub("", match["steps"]))
        ]
        base, total = Decimal(match["base"]), Decimal(match["total"])
        made = base + sum(moves, Decimal(0))
        capped = total == _MOST and made > _MOST
        if extras_of(case) is not None or total in (made, base) or (capped and not _is_uncapped(case)):
            continue
        worked = number(base) + "".join(f" {'−' if m < 0 else '+'} {number(abs(m))}" for m in moves)
        span = Span(match.start(), match.end("last"))
        yield case.finding(
            "R03",
            span,
            f"{match['last']}，而{worked} = {number(made)}分"
            + ("；只有100分封顶才能得到，报告没有写明封顶" if capped else ""),
            stated=number(total),
            recomputed=number(made),
        )


_STEP_BEHIND = pattern(rf"(?P<word>加|减)[^\d,;()]{{0,8}}?(?P<n>{_N})\s?分")


def _is_uncapped(case: Case) -> bool:
    """Whether nothing in a report tells that its score ends at 100, and no other check asks: bonus and deduction were not read."""
    return case.found.totals.cap is None and extras_of(case) is None and _CAP.search(case.flat) is None


_CAP = pattern(
    r"封顶|(?:不(?:得)?超过?|不高于|超(?:过|出)|最高|上限|以内|至多|以)(?:总分|满分|为|是|计|得)*\s?100\s?分|(?:总分|满分)[^。;\d]{0,6}100\s?分[^。;]{0,8}为(?:限|止)|100\s?分(?:计|为限|为上限|止|封)"
)


def _listed(case: Case) -> Iterator[Finding]:
    """Scores of parts, listed, that do not make the sum behind them."""
    for match in _lists(case.flat):
        sentence = case.sentence(match.start())
        around = case.text(Span(sentence.start, match.end()))
        if not _SCORED.search(around) or _OTHER.search(
            around[max(0, len(around) - (match.end() - match.start()) - 16) :]
        ):
            continue
        parts = [Decimal(n) for n in _NUMBERS.findall(match["parts"])]
        total, made = Decimal(match["total"]), sum(parts, Decimal(0))
        if total in (made, _MOST) or any(part >= total for part in parts):
            continue
        yield case.finding(
            "R03",
            Span(match.start("sum"), match.end("sum")),
            f"{match['sum']}，而所列各项相加 {' + '.join(map(number, parts))} = {number(made)}分",
            stated=number(total),
            recomputed=number(made),
        )


_SUM_WORD = pattern("合计|共计|总计|累计|相加|加总|汇总")
_BEFORE_SUM = pattern(r"分[,;。、]?\s?(?:以上|上述|[两三四五六七八九]项|各项|四类)*$")  # how a list ends
_BACK = 420  # characters of a list, and of the sum behind it
_AHEAD = 20
_GOES_ON = ("、", "和")  # before a list that was cut


def _lists(text: str) -> Iterator[re.Match[str]]:
    """The lists of scores with a sum, looked for only in front of its word."""
    for said in _SUM_WORD.finditer(text):
        opens = max(text.rfind(mark, 0, said.start()) for mark in "。\n") + 1
        if not _BEFORE_SUM.search(text, max(opens, said.start() - _AHEAD), said.start()):
            continue
        if not text.count("分", max(opens, said.start() - _BACK), said.start()) > 1:
            continue
        for match in _LISTED.finditer(text, max(opens, said.start() - _BACK), said.end() + _AHEAD):
            if match.start("sum") == said.start() and text[match.start() - 1 : match.start()] not in _GOES_ON:
                yield match


def _parts_told(case: Case) -> Iterator[Finding]:
    """Scores of groups that the conclusion tells, against the leaves of each: 「其中投入19.5分、过程29.2分、产出30分」."""
    total = case.found.totals.claimed
    span = case.chapter_span("自评结论")
    if span is None and total is not None and not case.in_table(total.span.start):
        span = case.paragraph(total.span.start)
    if span is None or not case.certainty.tree or not _TWO.search(case.flat, span.start, span.end):
        return
    sums, unsure = level_sums(case), open_levels(case)
    if len(sums) < _FEWEST:
        return
    for match in _PARTS.finditer(case.flat, span.start, span.end):
        told = [(m, sums[name]) for m in _EACH.finditer(match["parts"]) if (name := level_name(m["name"])) in sums]
        if len(told) < _FEWEST or _OTHER.search(match["parts"]):
            continue
        if any(Decimal(m["n"]) == worth != made for m, (worth, made) in told) and not any(
            Decimal(m["n"]) == made != worth for m, (worth, made) in told
        ):
            continue  # their points, not their scores
        if all(Decimal(m["n"]) == worth for m, (worth, _) in told):
            continue
        printed = {(level_name(g.name), g.claimed) for g in case.found.groups}
        for each, (_, made) in told:
            if (level_name(each["name"]), Decimal(each["n"])) in printed or level_name(each["name"]) in unsure:
                continue  # told of the group's own score
            if Decimal(each["n"]) != made:
                at = match.start("parts") + each.start()
                yield case.finding(
                    "R03",
                    Span(at, match.start("parts") + each.end()),
                    f"结论里写“{level_name(each['name'])}”{each['n']}分，下级得分之和是{number(made)}分",
                    stated=each["n"],
                    recomputed=number(made),
                )


_FEWEST = 2
