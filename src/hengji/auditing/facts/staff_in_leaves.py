"""R17: what a leaf on staff tells of posts and people, against the chapter that describes the department."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.library.texts import load_staff_words
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ON_STAFF = pattern("人员|编制|在职|供养|编外|用工")
_NUMBER = r"(?:人员|职工)?(?:数|人数)?(?:为|共|有)?\s?(?P<n>\d{1,4})\s?[人名]"
_WORKERS = pattern(
    r"在编(?:在岗|在职)?(?P<kind>[\u4e00-\u9fff]{0,6})(?P<n>\d{1,4})\s?[人名][、,和及](?:机关)?工勤(?:人员|编制)?(?P<more>\d{1,3})\s?[人名]"
)
_IN_POST = pattern(rf"在[编职](?:在职|在岗|干部)?{_NUMBER}")
_POSTS_OF_KIND = pattern(rf"(?P<kind>行政|事业|政法专项|参公|工勤)编制{_NUMBER}")
_BACK = 12
_APART = pattern(r"上年|去年|年初|其中|减少|增加|退|下属|新|每|平均|\d+月|(?:19|20)\d\d年(?!末|底)")
_BEHIND = 4


def staff_of_leaves(case: Case) -> Iterator[Finding]:
    """R17: a leaf on staff that leaves out the 工勤, or tells other posts of a kind or other hired people than the first chapter."""
    for item in case.found.items:
        if _ON_STAFF.search(item.name):
            span = Span(item.span.start, max(item.body.end, item.quote.end))
            yield from _without_workers(case, item, span)
            yield from _posts_of_kinds(case, item, span)
            yield from _hired(case, item, span)
            yield from _others_in_post(case, item, span)


def _described(case: Case, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where the chapter that describes the department has a form, outside tables and leaves."""
    for match in form.finditer(case.flat):
        at = match.start()
        if case.chapter_key(at) == "基本情况" and not case.in_table(at) and case.item_at(at) is None:
            yield match


def _without_workers(case: Case, item: ScoredItem, span: Span) -> Iterator[Finding]:
    """「在编11人，编制12名」 of 「在编干部11人、工勤2人」."""
    if "工勤" in case.flat[span.start : span.end] or "控制" not in item.name:
        return
    for match in _described(case, _WORKERS):
        told = _IN_POST.search(case.flat, *span)
        if told is None or told["n"] != match["n"] or "其中" in case.text(case.sentence(match.start())):
            continue
        total = int(match["n"]) + int(match["more"])
        message = f"“{item.name}”在编写{told['n']}人，没有计入工勤人员{match['more']}人，全部在编是{total}人"
        place = Span(*told.span())
        yield case.finding("R17", place, message, stated=told["n"], recomputed=str(total), item=item.name)
        return


def _posts_of_kinds(case: Case, item: ScoredItem, span: Span) -> Iterator[Finding]:
    """「行政编制24名」 in a leaf, 26 in the first chapter."""
    granted: dict[str, set[str]] = {}
    for match in _described(case, _POSTS_OF_KIND):
        granted.setdefault(match["kind"], set()).add(match["n"])
    for match in _POSTS_OF_KIND.finditer(case.flat, *span) if granted else ():
        right = granted.get(match["kind"], set())
        if len(right) == 1 and match["n"] not in right and not _apart(case, match):
            meant = next(iter(right))
            message = f"“{item.name}”写{match['kind']}编制{match['n']}名，基本情况里是{meant}名"
            place = Span(*match.span())
            yield case.finding("R17", place, message, stated=match["n"], recomputed=meant, item=item.name)


def _hired(case: Case, item: ScoredItem, span: Span) -> Iterator[Finding]:
    """「编外人员2人，占6.67%」 in a leaf on the hired, 9 in the first chapter."""
    if load_staff_words().hired.search(item.name) is None:
        return
    right = {m["n"] for m in _described(case, _HIRED) if not _apart(case, m)}
    told = [m for m in _HIRED.finditer(case.flat, *span) if not _apart(case, m)]
    if len(right) != 1 or len({m["n"] for m in told}) != 1 or told[0]["n"] in right:
        return
    meant = next(iter(right))
    place = Span(*told[0].span())
    message = f"“{item.name}”写编外{told[0]['n']}人，基本情况里是{meant}人"
    yield case.finding("R17", place, message, stated=told[0]["n"], recomputed=meant, item=item.name)


# 「2023年末在职34人，其中行政18人、事业14人、工勤2人」
_BY_KIND = pattern(
    r"在[编职](?:在职|在岗|在编|干部)?(?:人员|职工)?(?:数|人数)?(?:为|共|有)?\s?(?P<n>\d{1,4})\s?[人名][,:(]?其中:?(?P<parts>[^。;()]{4,60})"
)
_PART_OF = pattern(r"(?<!\d)(\d{1,4})\s?[人名]")


def _others_in_post(case: Case, item: ScoredItem, span: Span) -> Iterator[Finding]:
    """「在职35人，编制36名，控制率97.22%」 in the leaf, 34 in post in the first chapter, whose kinds make 34."""
    if "控制" not in item.name or item.table:
        return  # cells are held against the text as two values of one number
    whole = {
        match["n"]
        for match in _described(case, _BY_KIND)
        if sum(map(int, _PART_OF.findall(match["parts"]))) == int(match["n"])
    }
    told = [m for m in _IN_POST.finditer(case.flat, *span) if not _apart(case, m)]
    summed = bool(whole)
    whole = whole or _beside_the_same_posts(case, span)
    if len(whole) != 1 or len(told) != 1 or told[0]["n"] in whole:
        return
    meant = next(iter(whole))
    if abs(int(told[0]["n"]) - int(meant)) * _NEAR_TO > int(meant) or "月" in case.text(case.sentence(told[0].start())):
        return
    if _DIFFERENCE_TOLD.search(case.flat[slice(*span)]):
        return
    more = f"，各类人员相加也是{meant}人" if summed else "，编制数相同"
    message = f"“{item.name}”按在职{told[0]['n']}人计算，基本情况里是{meant}人{more}"
    place = Span(*told[0].span())
    yield case.finding("R17", place, message, stated=told[0]["n"], recomputed=meant, item=item.name)


# 「核定编制62名，年末在编在职60人」
_POSTS_THEN_PEOPLE = pattern(
    r"编制(?:数|人数)?(?:为|共|是)?\s?(?P<posts>\d{1,4})\s?[名个人][,;(](?:截至)?(?:20\d\d年)?(?:年?[末底])?(?:12月31日)?[,]?(?:实有|现有|共有|全[\u4e00-\u9fff])?在[编职](?:在职|在岗|在编|干部)?(?:人员|职工)?(?:数|人数)?(?:为|共|有)?\s?(?P<n>\d{1,4})\s?[人名](?!\s?[、和及加+])"
)
_POSTS = pattern(r"编制(?:数|人数)?(?:为|共|是)?\s?(\d{1,4})\s?[名个人]")


def _beside_the_same_posts(case: Case, span: Span) -> set[str]:
    """The people in post that the first chapter tells with the very posts of a leaf: 「在职58人，编制62名」 beside 「核定编制62名，年末在编在职60人」."""
    posts = set(_POSTS.findall(case.flat[slice(*span)]))
    found = list(_described(case, _POSTS_THEN_PEOPLE))
    one = len(found) == 1 and posts == {found[0]["posts"]}
    return {m["n"] for m in (*found, *_described(case, _IN_POST))} if one else set()  # none but that one may be told


_NEAR_TO = 5  # a part of the people by which the two may differ: more are of another whole
_DIFFERENCE_TOLD = pattern("不含|含|包括|加上|扣除|减去|平均|借调|行政|事业|工勤|参公|调入|调出")
_HIRED = pattern(rf"(?:编外|编制外)(?:聘用|合同制|用工|在岗)?{_NUMBER}")


def _apart(case: Case, match: re.Match[str]) -> bool:
    """Whether the words round a number say that it is of another time or of a part, or how many came or are allowed."""
    sentence = case.sentence(match.start())
    lead = _CLAUSE.split(case.flat[max(sentence.start, match.start() - _BACK) : match.start()])[-1]
    behind = _CLAUSE.split(case.flat[match.end() : match.end() + _BEHIND])[0]
    return _APART.search(lead) is not None or _LIMIT.search(lead + "|" + behind) is not None


_CLAUSE = pattern(r"[,;。:(]")
_LIMIT = pattern("不超|不高|控制在|核定|控制数|限额|以内|以下|[站所馆院](?=\\|)|中心|大队")
