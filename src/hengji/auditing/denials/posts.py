"""R17: 「局机关满编运行」, 「下辖单位没有超编」, against the posts and the people told of that scope elsewhere."""

from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.denials.clauses import Clause, clauses, scope_of, told, year_of
from hengji.auditing.denials.facts import Staffing, staffings
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# 「满编运行」, 「一个空编都没有」, 「编制已全部用足」
_FULL = pattern(
    r"(?<![未不非年初按到如若])满编|(?:没有|无|不存在|未出现|没)(?:任何|一个|一名)?(?:空编|缺编|编制空缺)|一[个名](?:空编|编制)(?:也|都)(?:没有|不空|不缺)|(?:空编|缺编)(?:数)?(?:为)?(?:零|0[个名人])|编制(?:已|均|已经)?(?:全部|都|悉数)?(?:用[满足完尽]|使用完|占满|配齐)|(?:在编|实有|在职)[^,\d]{0,6}与(?:核定)?编制[^,\d]{0,4}(?:一致|持平|相等|相同)"
)
# 「没有超编」, 「人员规模控制在核定编制以内」
_WITHIN = pattern(
    r"(?:未|没有|无|不|不存在|未出现|未发生)(?:一[人名])?(?:任何)?超编|(?:控制|保持|限定|管控)?在(?:核定|批准)?(?:的)?编制(?:数|限额|总数|总额|范围|额度|控制数)?(?:以|之)?内|(?:未|没有)(?:超出?|突破|超过)(?:核定)?(?:的)?编制|(?:未|没有)(?:超出?|突破|超过)核定数"
)
_NOT_PEOPLE = pattern(r"车辆|公车|用车|领导职数|职数|副职|编外|核定后|\d\s?[人名个]")


@once
def posts_against_words(case: Case) -> tuple[Finding, ...]:
    """What is said of posts filled or kept that the posts and people of another place deny."""
    return tuple(_against(case))


def _against(case: Case) -> Iterator[Finding]:
    for form, full in ((_FULL, True), (_WITHIN, False)):
        for clause in clauses(case):
            if not form.search(clause.text) or _NOT_PEOPLE.search(clause.text) or not told(case, clause):
                continue
            if year_of(case, clause) != case.year:
                continue
            known = _of_scope(case, clause)
            wrong = [s for s in known if (s.people < s.posts if full else s.people > s.posts)]
            if not known or len(wrong) < len(known):
                continue
            one = wrong[0]
            message = f"这里写“{clause.text[:30]}”，另一处编制{one.posts}名、在编{one.people}人"
            meant = f"空缺{one.posts - one.people}名" if full else f"超编{one.people - one.posts}人"
            yield case.finding("R17", clause.span, message, stated=clause.text[:30], recomputed=meant, also=(one.span,))
            break


def _of_scope(case: Case, clause: Clause) -> list[Staffing]:
    """What other places tell of the scope of a clause; nothing where its own sentence tells it."""
    scope = scope_of(case, clause)
    known = [s for s in staffings(case) if s.scope == scope]
    return [] if any(s.piece == clause.piece for s in known) else known
