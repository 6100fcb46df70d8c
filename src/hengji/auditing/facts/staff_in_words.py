"""R17: what is said of the staff in words, against the numbers told elsewhere: nobody hired, nobody retired, more than the posts, one to so many."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import whole_of_staff
from hengji.auditing.numbers import number, percent_fits, places
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_COUNTED_IN = ("人", "名")
_OF_SOME = pattern(
    r"上年|去年|20\d\d年|本级|[局委办院]机关|下属|所属|二级|其[他余]|新增|超|违规|要求|规定|不得|应|拟|今后|科室|窗口|[站所院校馆]$"
)
_LEAD = 14  # characters before a denial that say of whom it is
_GONE = pattern(r"清退|辞退|解聘|解除|退出|转为|上年|年初|超|核定|控制数|限额|村|社区|企业|公司|承包|外包")
# 「在编人数比核定编制多出7人」
_AGAINST_POSTS = pattern(
    r"(?:在编|实有|在职|在岗|现有)[^,。;\d]{0,8}[比较](?:核定)?(?:的)?编制(?:数|总数)?(?P<way>多|超|少|低)(?:出|过|了|于|编制)?\s?(?P<n>\d{1,4})\s?[人名]"
)
# 「现有在职馆员17名，较核定编制空编1名」
_WITH_VACANT = pattern(
    r"(?:在职|实有|在编|现有)[^,。;、\d]{0,8}(?P<people>\d{1,4})\s?[名人][,、(][^,。;、\d]{0,10}(?:空编|缺编|空缺(?:编制)?|缺员)\s?(?P<n>\d{1,3})\s?[名人个]"
)
_OF_ONE_UNIT = pattern(
    r"本级|机关|中心|大队|中队|支队|[站所院校科股]|行政|事业|工勤|参公|(?<!本)馆(?!员)|上年|去年|年初"
)
# 「民警与警务辅助人员之比为1∶1.5」
_RATIO = pattern(
    r"(?P<a>[\u4e00-\u9fff]{2,8}?)(?:人数)?[与和同](?P<b>[\u4e00-\u9fff]{2,10}?)(?:的)?(?:人数|数量)?(?:的)?(?:之比|比例|配比|人数比|比)(?:约)?(?:为|是|达到?)?(?:约)?\s?(?P<x>\d{1,3}(?:\.\d+)?)\s?[:∶比]\s?(?P<y>\d{1,3}(?:\.\d+)?)"
)
_FILLING = pattern(r"^(?:其中|全[局校院馆队系统]+|在职|在编|实有|现有|年末|另有)+")
_PEOPLE = pattern("(?:人员|人数)$")
_OTHER_POSTS = pattern(
    r"(?<![政业勤外项])编制(?:数|总数)?(?:为)?(?P<n>\d{1,4})\s?[名人个],?(?:年末)?(?:实有|在编|在职|现有)(?:人员|在编|在职)?(?P<m>\d{1,4})\s?[名人]"
)
_NEAR = 4  # the part of the posts by which a slip may be off


def staff_in_words(case: Case) -> Iterator[Finding]:
    """What is said of the staff that its numbers deny."""
    yield from _against_posts(case)
    yield from _one_to_so_many(case)


def _own(case: Case, start: int) -> bool:
    """Whether words are of all the staff in the evaluated year, and no aim."""
    lead = case.flat[max(case.sentence(start).start, start - _LEAD) : start].replace(f"{case.year}年", "")
    return _OF_SOME.search(lead) is None and not case.aimed_at(start)


def _clause(case: Case, quantity: Quantity) -> str:
    lead = case.flat[quantity.sentence.start : quantity.span.start]
    return re.split("[,;、]", lead)[-1]


def _against_posts(case: Case) -> Iterator[Finding]:
    """So many more or fewer than the posts, posts filled and free that make another whole, and other posts beside the same people."""
    for posts, people in whole_of_staff(case):
        for match in _AGAINST_POSTS.finditer(case.flat):
            more = match["way"] in ("多", "超")
            right = people - posts if more else posts - people
            if Decimal(match["n"]) != right and not _of_one_unit(case, match):
                meant = f"多{people - posts}人" if people > posts else f"少{posts - people}人"
                message = f"这里写“{match[0]}”，编制{posts}名、在编{people}人，{meant}"
                yield case.finding("R17", Span(*match.span()), message, stated=match["n"], recomputed=meant)
        for match in _WITH_VACANT.finditer(case.flat):
            made = Decimal(match["people"]) + Decimal(match["n"])
            alone = "编制" not in case.flat[case.sentence(match.start()).start : match.start("people")]
            near = abs(Decimal(match["people"]) - people) * _NEAR <= people
            if made != posts and alone and near and not _of_one_unit(case, match):
                message = (
                    f"这里在编{match['people']}人与空编{match['n']}名合计{made}，另一处编制{posts}名、在编{people}人"
                )
                yield case.finding(
                    "R17", Span(*match.span()), message, stated=match["people"], recomputed=f"{posts}−{people}"
                )
    yield from _beside_other_posts(case)


def _of_one_unit(case: Case, match: re.Match[str]) -> bool:
    """Whether the words before speak of one unit, one kind of posts or another year."""
    lead = case.flat[max(case.sentence(match.start()).start, match.start() - _LEAD) : match.start()]
    return _OF_ONE_UNIT.search(lead + re.sub(r"\d.*", "", match[0])) is not None


def _beside_other_posts(case: Case) -> Iterator[Finding]:
    """「编制184名，实有139人」 beside 「核定编制148名：18名、84名、46名」 with the same 139 people."""
    granted = {
        q.number
        for q in case.quantities("编制数")
        if q.year == case.year and not q.scope and case.chapter_key(q.span.start) == "基本情况"
    }
    posts = next(iter(granted)) if len(granted) == 1 else Decimal(0)
    told = {
        q.number
        for q in case.found.quantities
        if q.unit in _COUNTED_IN and q.year == case.year and case.chapter_key(q.span.start) == "基本情况"
    }
    for match in _OTHER_POSTS.finditer(case.flat) if posts else ():
        other, people = Decimal(match["n"]), Decimal(match["m"])
        if (
            case.chapter_key(match.start()) == "基本情况"
            or people not in told
            or not 0 < abs(other - posts) * _NEAR <= posts
        ):
            continue
        if not _of_one_unit(case, match):
            message = f"这里写编制{other}名，基本情况里核定编制是{posts}名"
            yield case.finding("R17", Span(*match.span()), message, stated=str(other), recomputed=str(posts))
            return


def _one_to_so_many(case: Case) -> Iterator[Finding]:
    """「民警与警务辅助人员之比为1∶1.5」, where 66 and 142 make 1∶2.15."""
    words = load_staff_words().hired
    for match in _RATIO.finditer(case.flat):
        sides = [_core(match[key]) for key in ("a", "b")]
        if not (any(words.search(side) for side in sides) or any("辅助" in side for side in sides)):
            continue
        told = [_people_named(case, side) for side in sides]
        x, y = Fraction(match["x"]), Fraction(match["y"])
        if not all(told) or not x or not y or case.aimed_at(match.start()) or not _own(case, match.start()):
            continue
        rights = [Fraction(other.number) * x / Fraction(one.number) for one in told[0] for other in told[1]]
        exact = x <= y  # one to so many, and not so many to one
        if any((exact and percent_fits(y, places(match["y"]), right / 100, 1)) or _rough(y, right) for right in rights):
            continue
        one, other = told[0][0], told[1][0]
        shown, said = f"{match['x']}∶{number(rights[0])}", f"{match['x']}∶{match['y']}"
        message = f"{one.value}人与{other.value}人之比是{shown}，这里写{said}"
        also = (one.span, other.span)
        yield case.finding("R17", Span(*match.span()), message, stated=said, recomputed=shown, also=also)
        return


def _core(name: str) -> str:
    """A name of people without the words round it that name nobody: 「民警」 of 「在职民警」, 「在编」 of 「在编人员」."""
    plain = _PEOPLE.sub("", name)
    return short if len(short := _FILLING.sub("", plain)) > 1 else plain


def _rough(told: Fraction, right: Fraction) -> bool:
    """Whether a ratio is told in round numbers: within a tenth."""
    return abs(told - right) * 10 <= right


def _people_named(case: Case, name: str) -> list[Quantity]:
    """The people told by a name, with or without 「人员」 at its end."""
    ends = (name, f"{name}人员")
    return [
        q
        for q in case.found.quantities
        if q.unit in _COUNTED_IN
        and q.year == case.year
        and not q.vague
        and q.number
        and len(name) > 1
        and case.flat[q.sentence.start : q.span.start].endswith(ends)
        and _GONE.search(_clause(case, q)) is None
    ]
