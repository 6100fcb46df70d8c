"""R15, R17: what a report says there was none of, against what it tells of it elsewhere."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case, once
from hengji.auditing.denials import facts
from hengji.auditing.denials.clauses import Clause, clauses_with, reaches, scope_of, told, year_of
from hengji.auditing.denials.denying import denial
from hengji.auditing.denials.facts import Fact
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_STAFF = r"(?:工作|辅助|聘用)?(?:人员|用工|职工|员工|人手|教师|力量|岗位|聘用|工|人|员)"
_WITHOUT_POST = rf"(?:(?:编制外|编外|编制以外|临聘|临时聘用|临时|外聘|劳务派遣|劳务|合同制|聘用制|非在编|非编|自聘|公益性岗位)(?:的)?{_STAFF}|临时工|(?:编制外|编外|外聘|临时)(?=用?$))"
_MEMBERS = r"(?:在职|在编)?(?:人员|职工|干部|干部职工|教师|教职工|工作人员|同志|人)?(?:的)?"
_MEMBERS_BEHIND = r"(?:人员|职工|干部|教师|情况)?"


@dataclass(frozen=True, slots=True)
class _Topic:
    """What may be denied: the rule it falls under, the ways to deny it, and where there was some of it."""

    code: str
    denied: re.Pattern[str]
    there: Callable[[Case], Iterable[Fact]]


def _moved(way: str) -> Callable[[Case], Iterable[Fact]]:
    return lambda case: facts.moved(case, way)


def _of_moves(ways: str) -> re.Pattern[str]:
    return denial(rf"{_MEMBERS}(?:{ways}){_MEMBERS_BEHIND}", acts=rf"(?:人)?(?:{ways}){_MEMBERS_BEHIND}")


_OF_PEOPLE_AND_CARS = (
    _Topic(
        "R17",
        denial(
            rf"{_WITHOUT_POST}|(?:任何|一个|一名)(?:人员|人)(?=$)",
            verbs="聘用|聘请|借用|借调|使用|招聘|招用|雇[用佣请]?|外聘|自聘|返聘|聘任|聘|用",
        ),
        facts.hired,
    ),
    _Topic("R17", _of_moves("新进|招录|调入|录用|新招录?|新录用|招考录用|新增(?=人员|职工|$)"), _moved("新进")),
    _Topic("R17", _of_moves("退休"), _moved("退休")),
    _Topic("R17", _of_moves("调出|调离"), _moved("调出")),
    _Topic("R17", _of_moves("离职|辞职|流失"), _moved("离开")),
    _Topic(
        "R15",
        denial(
            "公务接待|接待费|公款接待|国内接待",
            verbs="安排|组织",
            acts="公务接待|接待(?:来客|来宾|客人|外单位人员)?(?=$)",
        ),
        facts.hosted,
    ),
    _Topic(
        "R15",
        denial(
            r"因公(?:临时)?(?:出国|出境)(?:\(境\))?(?:团组|人员)?|出国\(境\)(?:团组|人员)?|公费出国|出国(?=费|支出|经费)|出境(?=费|支出)",
            verbs="安排|组织|派出?",
            acts=r"(?:因公)?(?:派[人员出]{1,2})?(?:出国|出境)(?:\(境\))?",
        ),
        facts.abroad,
    ),
    _Topic(
        "R15",
        denial(
            r"(?:公务用车|公车|公务车辆?|车辆)(?:的)?(?:购置|更新|采购)",
            acts=r"(?:新?购置?|购买|新购|更新|添置|采购)(?:任何|一辆|新的?)?(?:公务用车|公车|公务车辆?|车辆|车)(?=$)|购车|买车",
        ),
        facts.cars_bought,
    ),
    _Topic(
        "R15",
        denial(r"(?:公务用车|公车|公务车辆?)(?=$|[、和及])", verbs="配备|保有|保留|使用|配置"),
        facts.cars_held,
    ),
)
KINDS = ("货物", "工程", "服务")
_OF_KINDS = r"(?:(?:货物|工程|服务)(?:类)?[和、及或与])*"


def of_kind(kind: str) -> re.Pattern[str]:
    """The ways to deny that anything of a kind was bought."""
    bought = rf"{kind}(?:类)?(?:的)?(?:政府)?(?:采购|项目采购)"
    bare = rf"{kind}(?:类(?:项目)?)?(?=$|[和、及或与])"
    listed = rf"{kind}(?:类)?(?=[和、及或与](?:货物|工程|服务)(?:类)?(?:政府)?采购)"
    none = denial(rf"{_OF_KINDS}(?:{bought}|{listed})", acts=rf"(?:采购|购置|购买)(?:任何)?{_OF_KINDS}{bare}")
    others = "|".join(each for each in KINDS if each != kind)
    # 「只实施了服务类采购」, 「采购全部为服务类」
    only = (
        rf"(?:只|仅)(?:实施|开展|发生|有|涉及|进行|组织|安排)?了?(?:{others})(?:类)?(?:政府)?采购(?:项目|事项|活动)?$"
        rf"|采购(?:项目|支出|内容|事项)?(?:全部|均|都)(?:为|是|属于?)(?:{others})(?:类|项目)*(?:采购)?$"
    )
    return pattern(f"{none.pattern}|{only}")


def _bought(kind: str) -> Callable[[Case], Iterable[Fact]]:
    return lambda case: facts.bought(case, kind)


TOPICS = (
    *_OF_PEOPLE_AND_CARS,
    *(_Topic("R16", of_kind(kind), _bought(kind)) for kind in KINDS),
    _Topic(
        "R16",
        denial(r"政府采购(?:业务|活动|行为)?|采购(?:业务|活动|行为)(?=$)", acts=r"(?:实施|进行|开展|组织)政府采购"),
        facts.bought_at_all,
    ),
)
# 「此外未自行招用临时人员」 denies only the others.
_BESIDES = pattern(r"此外|除[^,]{1,20}(?:外|之外|以外)|其余|其他|另")
_NARROWER = pattern(r"违规|违纪|超|擅自|未经|新增|再新|新聘|新的|自行|额外|不合规|无计划|计划外")
_OF_HIRED = pattern("协管|聘|派遣|编外|临时|代课|辅警|公益")


def staff_denied(case: Case) -> Iterator[Finding]:
    """R17: 「局里没有再聘用编外人员」, where 4 dispatched ones work."""
    return _of_rule(case, "R17")


def public_denied(case: Case) -> Iterator[Finding]:
    """R15: 「局里全年未安排过公务接待」, where 「公务接待费1.26万元」 is told."""
    return _of_rule(case, "R15")


def purchases_denied(case: Case) -> Iterator[Finding]:
    """R16: 「没有货物类采购」, where 「办公家具购置22.40万元」 is told."""
    return _of_rule(case, "R16")


def reasons_denied(case: Case) -> Iterator[Finding]:
    """R34: 「我院无公务用车，不考核」, where six of them are run."""
    return _of_rule(case, "R34")


def _of_rule(case: Case, code: str) -> Iterator[Finding]:
    return (finding for finding in contradictions(case) if finding.code == code)


@once
def contradictions(case: Case) -> tuple[Finding, ...]:
    """Every denial of these topics that the report itself speaks against, the first of each topic."""
    return tuple(finding for topic in TOPICS for finding in _of_topic(case, topic))


def _of_topic(case: Case, topic: _Topic) -> Iterator[Finding]:
    denials = [c for c in clauses_with(case, topic.denied) if _plain(case, c, topic)]
    if not denials:
        return
    there = tuple(topic.there(case))
    for clause in denials:
        scope, year = scope_of(case, clause), year_of(case, clause)
        fact = next(
            (f for f in there if f.year == year and _apart(clause, f, topic) and reaches(case, scope, f.scope)), None
        )
        if fact is not None:
            shown = fact.shown.strip()[:40]
            yield case.finding(
                "R34" if _as_reason(case, clause) else topic.code,
                clause.span,
                f"这里写“{clause.text[:40]}”，另一处写“{shown}”，两处相反",
                stated=clause.text[:40],
                recomputed=shown,
                also=(fact.span,),
            )
            return


def _apart(clause: Clause, fact: Fact, topic: _Topic) -> bool:
    """Whether a fact stands in another sentence; what was bought may follow its denial: 「没有货物类采购，其中办公家具购置22.40万元」."""
    if topic.code == "R16" and topic.there is not facts.bought_at_all:
        return fact.span.start > clause.span.end or fact.span.end < clause.span.start
    return fact.piece != clause.piece


_NOT_ASSESSED = pattern(
    r"不(?:予|再)?考核|不适用|不参与评分|不涉及|不计分|不评分|不参评|分值?(?:[调并移]|平移|转|分摊)|计满分|按满分"
)


def _as_reason(case: Case, clause: Clause) -> bool:
    """Whether a denial is why a leaf is not assessed: 「我院无公务用车，不考核」."""
    item = case.item_at(clause.span.start)
    return (item is not None and item.not_applicable) or _NOT_ASSESSED.search(clause.after[:60]) is not None


def _plain(case: Case, clause: Clause, topic: _Topic) -> bool:
    """Whether a denial is of all of the thing: nothing is left out of it, and no rule says it."""
    match = topic.denied.search(clause.text)
    if match is None or not told(case, clause) or _NARROWER.search(clause.text, 0, match.end()):
        return False
    lead = clause.before[-30:] + clause.text[: match.start()]
    besides = _BESIDES.search(lead)
    return besides is None or (topic.there is facts.hired and not _OF_HIRED.search(lead))
