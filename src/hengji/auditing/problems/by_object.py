"""R18: a fact amiss, in whatever field, against the leaf with full marks that speaks of the same thing and says that all is well (amiss.yaml)."""

import re
from collections import Counter
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.problems.admitting import (
    ALLOWED,
    NONE_OF_IT,
    RULE,
    Admission,
    clause_around,
    is_denied,
    is_inside,
    is_of_another_year,
    is_right_again,
)
from hengji.auditing.problems.answering import is_of_the_overseen
from hengji.auditing.problems.claiming import claim_of
from hengji.auditing.problems.contradicting import denied_in, names_alone, said_with, special_of, spoken_of
from hengji.auditing.problems.qualities import of_its_quality
from hengji.auditing.problems.settled import tolerates, within_goal
from hengji.auditing.problems.zones import measure_zones, problem_zones
from hengji.library.amiss import load_amiss, load_feigned, load_good, load_kinds, load_of_itself, load_states
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern


def amiss_of_objects(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """The facts amiss that a report tells, each against the one leaf with full marks that says that all is well with the same thing."""
    zones = [*zones, *_bare_zones(case)]
    for span in _facts(case, zones):
        text = case.text(span)
        weighed = [(weight, item) for item in full if (weight := _weight(case, text, item))]
        best = max((weight for weight, _ in weighed), default=0)
        if best < _LEAST:
            continue
        meant = [item for weight, item in weighed if weight == best]
        if len(meant) > 1:
            meant = [item for item in meant if load_states().search(item.name)]
        if len(meant) != 1 or _is_paid(case, text, meant[0], lost, best):
            continue
        item = meant[0]
        if not is_inside(zones, span.start) and item.name in case.text(case.paragraph(span.start)):
            continue  # its own account, which tells openly what was missed
        claim = claims_well(case, item)
        feigned = claim is None and load_feigned().search(text) is not None
        if (claim is not None or feigned) and judges(case, item, span):
            bare = feigned and _WORDS.search(_own(case, item)) is None
            yield Admission(span, item, span if bare else claim, sure=True)


def _is_paid(case: Case, text: str, item: ScoredItem, lost: list[ScoredItem], best: int) -> bool:
    """Whether a leaf that lost points is as much of a fact; what its first words name comes before what it goes on to name."""
    payers = [other for other in lost if _weight(case, text, other, paid=True) >= best]
    head, comma, _ = text.partition(",")
    if not payers or not comma:
        return bool(payers)
    own = spoken_of(head) & names_alone(case).get(item.name, frozenset())
    named = own and any(denied_in(head, pair) or load_amiss().search(head) for pair in own)
    return not named or any(_weight(case, head, other, paid=True) for other in payers)


def amiss_of_itself(case: Case, full: list[ScoredItem]) -> Iterator[Admission]:
    """A counted fact amiss that a leaf with full marks tells in its own account."""
    for item in full:
        if _BY_FIGURE.search(item.name) or tolerates(case, item):
            continue
        for match in load_of_itself().finditer(case.flat, item.body.start, item.body.end):
            first, stop = clause_around(case.flat, match.start(), match.end())
            clause = case.flat[first:stop]
            if match[0] in f"{item.rule}{item.target}" or not _COUNTED.search(_DATE.sub(" ", clause)):
                continue
            if _holds(case, match, first, clause) and not (_OTHERS.search(clause) or _NO_FACT.search(clause)):
                yield Admission(Span(first, stop), item, Span(first, stop), sure=True)
                break


@once
def _bare_zones(case: Case) -> tuple[Span, ...]:
    """What stands under a line that only says 问题 or 困难, without a number, up to the next such line."""
    found = []
    for match in _BARE.finditer(case.flat):
        after = _SHORT_LINE.search(case.flat, match.end())
        found.append(Span(match.end(), after.start() if after is not None else len(case.flat)))
    return tuple(found)


_BARE = pattern(
    r"^[ \t【\[]*(?:主要)?(?:存在)?(?:的)?(?:主要)?(?:问题|困难|不足)(?:[与和及、](?:问题|困难|不足|原因|打算|改进|短板))?(?:分析)?[】\]:]?[ \t]*$",
    re.MULTILINE,
)
_SHORT_LINE = pattern(r"^[^,。;:\n]{2,14}$", re.MULTILINE)


_WORDS = pattern(r"[\u4e00-\u9fff]{4}")  # an account in words, and no figure alone


def judges(case: Case, item: ScoredItem, span: Span) -> bool:
    """Whether a leaf may answer for a fact at all."""
    if _BY_FIGURE.search(item.name) or tolerates(case, item) or within_goal(case, item, span):
        return False
    text = case.text(span)
    return of_its_quality(item.name, text) and not is_of_the_overseen(item.name, text)


_BY_FIGURE = pattern(r"率$|满意|效益$|影响$|预算执行|工作完成|[达完]成度|公开|目标")


def _facts(case: Case, zones: list[Span]) -> Iterator[Span]:
    """The sentences that tell a fact amiss that stands: of the problems, or told in figures elsewhere."""
    end = 0
    for match in load_amiss().finditer(case.flat):
        at = match.start()
        if at < end:
            continue
        start, stop = clause_around(case.flat, at, match.end())
        clause = case.flat[start:stop]
        inside = is_inside(zones, at)
        if not inside and not _told_elsewhere(case, at, clause):
            continue
        if inside and not _COUNTED.search(_DATE.sub(" ", clause)) and not _PLAIN.search(clause):
            continue
        if not _holds(case, match, start, clause) or _NO_FACT.search(clause):
            continue
        end = stop
        yield Span(start, stop)


_NO_FACT = pattern(r"满意[度率]?|问卷|不是|并非")
_PLAIN = pattern(r"雷同|至今|空白|录像|代签|补填|兼任|仍|开裂|停播|不能|无法|先[^,。;先]{1,6}后|账外|不明")


def _told_elsewhere(case: Case, at: int, clause: str) -> bool:
    if case.item_at(at) is not None or case.in_table(at):
        return False
    if case.chapter_key(at) in _NOT_TOLD and not _NAMED_BY_MEASURE.search(clause):
        return False
    if is_inside(measure_zones(case), at) and not _NAMED_BY_MEASURE.search(clause):
        return False
    return not _OTHERS.search(clause) and (_COUNTED.search(_DATE.sub(" ", clause)) or _LASTS.search(clause)) is not None


_NOT_TOLD = ("相关建议", "应用公开", "佐证材料")
_OTHERS = pattern(
    r"企业|商户|辖区|处罚|剔除|群众|市民|用户|经营|业主|用人单位|开发商|车主|驾驶人|农户|村民|居民|家庭|失主|违法|案件|查处|查获|满意|问卷|诉求|不是|并非"
)
_LASTS = pattern(r"仍|至今|尚未|年[末底]|没有分开")
_NAMED_BY_MEASURE = pattern(r"^[^,。;]{0,6}(?:针对|对|就)[^。;]{4,40}(?:的情况|的问题|的现象|一事)")
_COUNTED = pattern(r"\d|[一两二三四五六七八九十](?=[个笔份件户台套项名批处人次宗起所家座间辆架条])")
_DATE = pattern(r"20\d\d年度?|\d{1,2}月(?:\d{1,2}日)?|第?\d{1,2}季度|\[[^\]]*\]|〔[^〕]*〕\d*号?|^[\d.、() ]{1,6}")


def _holds(case: Case, match: re.Match[str], start: int, clause: str) -> bool:
    """Whether a fact is of this year, and not denied, a rule, allowed or put right."""
    sentence = case.text(case.sentence(match.start()))
    if NONE_OF_IT.search(clause[match.start() - start :]) or is_denied(case.flat, start, match):
        return False
    if RULE.search(clause) or ALLOWED.search(clause) or _MENDED.search(clause[: match.start() - start]):
        return False
    if _MENDED.search(clause[match.end() - start :]) or _WORK_ON.match(clause[match.end() - start :]):
        return False
    before = is_of_another_year(case, sentence, clause) and not (_STILL.search(clause) and not _EARLIER.search(clause))
    return not is_right_again(case, sentence) and not before


# What began in an earlier year and is so still: 「2019年报废的摩托,一直没有核销」.
_STILL = pattern(r"仍|至今|一直|尚未|还(?:没|未|停|挂|在册|在用)")
_EARLIER = pattern(r"上年|往年|去年|已(?:于|经|在)?[^,。;]{0,12}(?:整改|补|入账|办)")


_MENDED = pattern(
    r"已(?:经)?(?:全部|修|补|改|换|恢复|收回|追回|归还|退还|上缴|缴清|解决|整改|采取|延长)|追回\d|(?:没有|未|不)再"
    r"|(?:修[补复缮理]|抢[修救]|回收|收[回缴]|处置|清[理运退除淤]|更换|消除|整治|维修|剔除|核减|销毁|查[处获]|排除|治理|解决|改造|加固)[^,。;]{0,12}$"
)


_WORK_ON = pattern(r"[^,。;\d]{0,8}(?:抢救|修复|修缮|更换|改造|维修|处置|清理|补助|治理)")


def _weight(case: Case, text: str, item: ScoredItem, *, paid: bool = False) -> int:
    """How much a fact is of a leaf: by the words of their own that both have, and by the kinds of things that both name.

    Of a leaf that lost points (``paid``) all that it says counts, else its claim where it makes one.
    """
    said = _own(case, item) if paid else _claimed(case, item)
    pairs = spoken_of(text) & spoken_of(f"{item.name} {said or _own(case, item)}".replace(text, " "))
    counted = _counted(case)
    special = [pair for pair in special_of(pairs) if not _COMMON.fullmatch(pair)]
    own = sum(_MANY - counted[pair] for pair in special if counted[pair] < _MANY)
    if paid and any(pair in item.name for pair in special):
        own += _KIND
    kinds = [leaf for fact, leaf in load_kinds() if fact.search(text)]
    named = _KIND * sum(leaf.search(item.name) is not None for leaf in kinds)
    if named or not any(leaf.search(said) for leaf in kinds):
        return own + named
    return own + (_KIND if paid or _OF_ALL.search(said) else 1)


_MANY, _KIND, _LEAST = 3, 3, 2
_OF_ALL = pattern(r"全部|均|严格|应[^,。;]尽|足额|无一|正常|相符|一致|清楚|合格")
_COMMON = pattern(
    r"发现|检查|抽查|全年|其中|专项|台账|抽看|查阅|以上|以下|上年|年末|年底|分别|共计|累计|部分|个别|上半|下半|半年|季度|月份|登记|记录|使用|工作|服务|标准|要求|规定|按照|严格|及时"
)


@once
def _counted(case: Case) -> Counter[str]:
    """How many leaves speak of each pair of characters."""
    return Counter(pair for i in case.found.items for pair in spoken_of(f"{i.name} {_own(case, i)}"))


def _own(case: Case, item: ScoredItem) -> str:
    """What a leaf says of itself; problems told behind it under a bare line are not its own."""
    if item.table:
        return f"{item.actual} {item.remark}"
    bare = next((zone.start for zone in _bare_zones(case) if zone.start < item.body.end), item.body.end)
    return case.text(Span(item.body.start, max(item.body.start, bare)))


def claims_well(case: Case, item: ScoredItem) -> Span | None:
    """Where a leaf says that all is well; no passage of the problems says so."""
    claim = claim_of(case, item, load_good())
    told = claim is not None and not item.table and is_inside([*problem_zones(case), *_bare_zones(case)], claim.start)
    return None if told else claim


@once
def _claims(case: Case) -> dict[int, str]:
    return {
        id(i): "" if (claim := claims_well(case, i)) is None else said_with(case, i, claim) for i in case.found.items
    }


def _claimed(case: Case, item: ScoredItem) -> str:
    return _claims(case)[id(item)]
