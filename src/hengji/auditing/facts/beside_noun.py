"""R08: a count right beside its noun, in whichever order, told elsewhere with two digits changed: 「维护公厕68座」, 「86座公厕列入维护」."""

import itertools
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.slips import swapped
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_UNITS = "座|家|所|个|处|条|辆|台|户|名|眼|栋|间|盏|艘|片|口|套|批次|批|期|场次|起|宗|亩|公里"
_BEFORE = pattern(rf"(?<![\d.,])(?P<n>[1-9]\d)(?P<unit>{_UNITS})(?P<noun>[\u4e00-\u9fff]{{2}})")
_BEHIND = pattern(rf"(?P<noun>[\u4e00-\u9fff]{{2}})(?P<n>[1-9]\d)(?P<unit>{_UNITS})")
_WHOLE = pattern(
    r"(?<!分别)(?:下辖|所辖|辖有?|内设|下设|共有|现有|所属)(?P<n>\d{1,3})\s?(?P<unit>个|家|所|座)(?P<noun>[\u4e00-\u9fff]{2,6}?)(?=[,。;、)\d和及]|$)"
)
_ALL = pattern(
    r"(?:全部|所有|全[县市区镇乡州省旗局校系]统?|辖区内?)(?P<n>\d{1,3})\s?(?P<unit>个|家|所|座)(?P<noun>[\u4e00-\u9fff]{2,6})"
    # 「12个行政村全覆盖」, 「13个乡镇均已建成」
    r"|(?<=[,。;:、\n\t])(?P<m>\d{1,3})\s?(?P<of>个|家|所|座)(?P<what>[\u4e00-\u9fff]{2,6}?)(?=全覆盖|实现全覆盖|全部|均已?|无一|逐一)"
)


def beside_its_noun(case: Case) -> Iterator[Finding]:
    """R08: of a noun that the report counts with two numbers only, one the other with its digits changed."""
    told: dict[tuple[str, str], dict[str, list[Span]]] = {}
    for match in itertools.chain(_BEFORE.finditer(case.flat), _BEHIND.finditer(case.flat)):
        span = Span(match.start("n"), match.end("unit"))
        told.setdefault((match["noun"], match["unit"]), {}).setdefault(match["n"], []).append(span)
    for (noun, unit), counts in told.items():
        if len(counts) != _TWO or noun == "指标":  # R05 counts these
            continue
        (one, first), (other, second) = sorted(counts.items(), key=lambda each: (-len(each[1]), each[1][0].start))
        near = any(case.paragraph(a.start) == case.paragraph(b.start) for a in first for b in second)
        if swapped(one, other) and not near:
            message = f"{noun}这里写{other}{unit}，另一处写{one}{unit}，两个数字前后颠倒"
            yield case.finding("R08", second[0], message, stated=other, recomputed=one, also=(first[0],))


_TWO = 2


def all_of_them(case: Case) -> Iterator[Finding]:
    """R08: 「全县辖12个乡镇」 and 「覆盖全部13个乡镇」."""
    wholes = list(_WHOLE.finditer(case.flat))
    for match in _ALL.finditer(case.flat) if wholes else ():
        number, unit, told = match["n"] or match["m"], match["unit"] or match["of"], match["noun"] or match["what"]
        same = [w for w in wholes if w["unit"] == unit and told.startswith(w["noun"])]
        counts = {w["n"] for w in same}
        if len(counts) == 1 and number not in counts and abs(int(number) - int(same[0]["n"])) <= _FEW:
            noun = same[0]["noun"]
            message = f"写全部{number}{unit}{noun}，另一处写{same[0][0]}"
            span = Span(match.start(), max(match.end("unit"), match.end("of")) + len(noun))
            yield case.finding(
                "R08", span, message, stated=number, recomputed=same[0]["n"], also=(Span(*same[0].span()),)
            )


_FEW = 2  # more is another count


_MORE = pattern(
    r"(?<=[,。;])(?P<n>[1-9]\d{0,2})(?P<unit>个|家|所|座)(?P<noun>社区|村|乡镇|镇街|街道|学校|卫生院|司法所|派出所|林场|水库|股室|科室)(?=[,和、于均都])"
)
_PART = 3  # of the whole by which more may be told of one thing


def more_than_there_are(case: Case) -> Iterator[Finding]:
    """R08: 「辖9个社区」, and 「11个社区和8个机构于3月7日前报齐数据」: more than there are."""
    wholes = list(_WHOLE.finditer(case.flat))
    for match in _MORE.finditer(case.flat) if wholes else ():
        same = [w for w in wholes if w["unit"] == match["unit"] and match["noun"] == w["noun"]]
        counts = {int(w["n"]) for w in same}
        if len(counts) != 1 or case.paragraph(match.start()) == case.paragraph(same[0].start()):
            continue
        whole, told = counts.pop(), int(match["n"])
        if whole < told <= whole + whole / _PART:
            span = Span(match.start(), match.end())
            message = f"写{match[0]}，另一处写{same[0][0]}"
            also = (Span(*same[0].span()),)
            yield case.finding("R08", span, message, stated=str(told), recomputed=str(whole), also=also)


_GIVEN = r"(?:下达|交办|部署|安排|确定)[^,。;\d]{0,8}?"
_WORK_GIVEN = pattern(_GIVEN + r"重点(?:工作|任务|事项)(?:任务)?(?:共|为)?(?P<n>\d{1,3})\s?[项件]")
_DONE_OF = pattern(_GIVEN + r"(?P<n>\d{1,3})\s?[项件],(?:已|全部|全年)?(?:完成|办结)")


def work_given(case: Case) -> Iterator[Finding]:
    """R08: 「县委、县政府下达我局重点工作14项」, and 「县委、县政府下达12项，完成12项」 in the leaf on them."""
    told = [m for m in _WORK_GIVEN.finditer(case.flat) if case.chapter_key(m.start()) in ("基本情况", "绩效目标")]
    counts = {m["n"] for m in told}
    if len(counts) != 1:
        return
    right = counts.pop()
    for item in case.found.items:
        match = _DONE_OF.search(case.flat, item.span.start, max(item.body.end, item.quote.end))
        if "重点工作" in item.name and match is not None and match["n"] != right:
            span = Span(match.start(), match.end())
            message = f"“{item.name}”写下达{match['n']}项，另一处写{right}项"
            also = (Span(*told[0].span()),)
            yield case.finding("R08", span, message, stated=match["n"], recomputed=right, also=also, item=item.name)


# The unit's own parts, which it has one number of.
_OWN_PARTS = pattern(
    r"(?P<lead>[^,。;:\n\t]{0,16}?)(?<![\d.第])(?P<n>[1-9]\d?)\s?(?:个|家)(?P<noun>(?:二级|下属|所属|直属|下级|基层)(?:预算|核算|事业|独立核算)?单位|内设机构|内设[股科处]室)(?=[,。;、)的和及与均都全\d]|$)"
)
_SOME_PARTS = pattern(
    r"其[中他余]|部分|新|另|抽|试点|涉及|牵头|负责|有关|相关|除|每|撤|并|增|减|未|没|不|原|改革|上年|拟|计划|独立|公益|编制|各|第|余下|剩"
)
_OFTEN = 2


def own_parts(case: Case) -> Iterator[Finding]:
    """R08: 「3个二级单位」 time and again, and 「4个二级单位的单位决算」 once."""
    told: dict[str, dict[str, list[Span]]] = {}
    for match in _OWN_PARTS.finditer(case.flat):
        if _SOME_PARTS.search(match["lead"]) or case.aimed_at(match.start("n")):
            continue
        span = Span(match.start("n"), match.end("noun"))
        told.setdefault(match["noun"], {}).setdefault(match["n"], []).append(span)
    for noun, counts in told.items():
        if len(counts) != _TWO:
            continue
        (right, often), (odd, once) = sorted(counts.items(), key=lambda each: -len(each[1]))
        apart = all(case.paragraph(a.start) != case.paragraph(once[0].start) for a in often)
        if len(often) >= _OFTEN and len(once) == 1 and apart and abs(int(right) - int(odd)) <= _FEW:
            message = f"{noun}这里写{odd}个，别处都写{right}个"
            yield case.finding("R08", once[0], message, stated=odd, recomputed=right, also=(often[0],))
