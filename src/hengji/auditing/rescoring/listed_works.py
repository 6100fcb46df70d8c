"""R06 of rules that give points for each of works that they name: 「培训、检查、宣传、演练四项，每完成一项得2分」, and one of them was put off."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.leaf_facts import own_words
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_WORK = r"[\u4e00-\u9fff\"]{2,10}"
# 「业务培训、鉴定开放、安全检查、执法协查四项工作，每完成一项得2分」
_EACH = pattern(
    rf"(?P<works>{_WORK}(?:[、和]{_WORK}){{1,7}}?)(?:等)?(?P<count>[两二三四五六七八\d])(?:项|个|类)(?:重点|年度|专项)?(?:工作|任务|内容|活动)?,?每[\u4e00-\u9fff]{{0,4}}?(?:一|1)?(?:项|个|类)?(?:可|各)?[得计](?P<n>\d{{1,2}}(?:\.\d+)?)分"
)
_UNDONE = pattern(
    r"推迟到|推迟至|延至|延到|顺延至|取消|(?:未|没有|没能|未能)(?:按计划|按要求|按规定|如期|按期|能)?(?:完成|报送|编报|开展|实施|举办|进行|启动|落实|组织)|停办|暂停"
)
_YET = pattern(r"但已|后已|随后|已于|均已|补(?:开|办|做)|其中|部分")
_APART = pattern(r"[、和]")
_CLAUSES = pattern(r"[;。|]|,(?=[\u4e00-\u9fff])")
_LONGEST = 260  # characters of a leaf


def scored_by_works(case: Case) -> Iterator[Finding]:
    """A leaf that claims more than its rule gives for the named works that were done, where it says itself of some that they were not."""
    for item in case.found.items if "每" in case.flat else ():
        points = worth(case, item)
        if item.claimed is None or not points or item.doubtful or item.not_applicable:
            continue
        told = _undone(case, item, Fraction(points))
        if told is not None and told[1] < Fraction(item.claimed):
            work, right = told
            claimed = number(Fraction(item.claimed))
            message = f"“{item.name}”按每项计分的标准，“{work}”没有完成，应得{number(right)}分，自评{claimed}分"
            place = case.leaf_passage(item)
            yield case.finding(
                "R06",
                place,
                message,
                severity=Severity.WARNING,
                stated=claimed,
                recomputed=number(right),
                item=item.name,
            )


def _undone(case: Case, item: ScoredItem, points: Fraction) -> tuple[str, Fraction] | None:
    """The works that a leaf names in its rule and tells not to have been done, and what the others give."""
    facts = own_words(case, item)
    text = f"{compact(item.rule)};{facts}" if item.rule else facts
    rule = _EACH.search(text) if len(text) <= _LONGEST else None
    if rule is None:
        return None
    works = _APART.split(rule["works"])
    count, each = Fraction(read_chinese(rule["count"].replace("两", "二")) or 0), Fraction(rule["n"])
    if count != len(works) or count * each != points:
        return None
    clauses = _CLAUSES.split(f"{text[: rule.start()]};{text[rule.end() :]}")
    lost = [w for w in works if any(w in c and _UNDONE.search(c) and not _YET.search(c) for c in clauses)]
    return ("、".join(lost), points - each * len(lost)) if lost else None
