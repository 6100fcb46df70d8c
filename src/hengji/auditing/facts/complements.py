"""R08: all of so many done in a leaf, and elsewhere so many of them done and the others not: the two make the whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_fact_words
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_COUNT = pattern(
    r"(?<![\d.,第年月])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,2})?|[一二两三四五六七八九十]{1,3})\s?"
    r"(?P<u>公里|千米|平方米|批次|[个项家所处间宗座条户件份起台辆套栋口眼村亩吨场盏株张段])(?!月|百分|以上|左右)"
)
_NOT_DONE = pattern(
    r"(?:尚?未|没有?|还没|未能|没能|无法)(?:能|有)?(?:按期|如期|全部)?[^,。;]{0,8}?(?:完工|完成|建成|竣工|验收|投用|投入使用|启用|开工|进场|实施|交付|动工|通水|通车|办结|整改|安装|敷设|到位|开展|启动)"
    r"|(?:推迟|延[期迟后]|顺延|留|拖|转|缓|结转|挪)(?:至|到|待)(?:20\d\d年|次年|下年|来年|翌年|第二年|明年)"
    r"|[停缓]工(?!通知|令|整)|停建|仍在(?:建|施工|装修|安装|办理)|尚在(?:建|施工|装修|安装|办理)|[尚仍]?待[^,。;]{1,14}(?:后|再|20\d\d年)|(?:等|候)[^,。;]{0,10}(?:审批|批复|到位|完成后)|后再[修建做装办]"
)
_REST = pattern(r"(?:剩[余下]的?|其余的?|余下的?|另外?有?的?)")
_IN_TIME = pattern(r"按期|按时|如期|及时|逾期|超期|工期|目标值")  # when, or how well: all may be done nevertheless
_EVERY = pattern(r"全部|均已?|全数|悉数|100(?:\.0+)?%|百分之百|都已")
_WORN = pattern(r"办结|办理|完成|实际|目标|计划|建设|工作|项目|任务|数量|全年|情况|年度|公里|平方|改造|实施")
_CLAUSE = pattern(r"[^,;。\n]+")


@dataclass(frozen=True, slots=True)
class Whole:
    """A leaf with all its points that tells so many, and that all are done."""

    item: ScoredItem
    number: Decimal
    unit: str
    counter: str  # the unit as it is written
    span: Span
    words: frozenset[str]
    twice: bool  # whether the number is told more than once: as what was there and as what was done


def some_left_elsewhere(case: Case) -> Iterator[Finding]:
    """R08: 「建成并启用24个」, and in another place 「已启用21所，其余3所待通水后投入使用」."""
    if _NOT_DONE.search(case.flat) is None:
        return
    for sentence, text in case.running_with(_NOT_DONE):
        told = _parts(text) if _NOT_DONE.search(text) else []
        if not told:
            continue
        timed = _IN_TIME.search(text) is not None
        item = case.item_at(sentence.start)
        for whole in wholes(case):
            if timed and _IN_TIME.search(whole.item.name) is None:
                continue
            if whole.item is item or whole.span.start in range(sentence.start, sentence.end):
                continue
            made = _makes(whole, told)
            if made is None or not _of_one_thing(case, whole, text, exact=made[1]):
                continue
            span = Span(sentence.start + made[0].start, sentence.start + made[0].end)
            admitted, count = case.found.text(span), f"{whole.number}{whole.counter}"
            message = f"这里写“{admitted}”，“{whole.item.name}”写{count}全部完成并得满分"
            yield case.finding(
                "R08", span, message, stated=admitted, recomputed=count, item=whole.item.name, also=(whole.span,)
            )
            break


def fewer_done_elsewhere(case: Case) -> Iterator[Finding]:
    """R08: 「重点工作8项，完成8项」 in the leaf with all its points, and 「重点工作共8项，完成7项」 elsewhere."""
    for sentence, text in case.running_with(_FEWER):
        if _FEWER.search(text) is None or _IN_TIME.search(text) or case.aimed_at(sentence.start):
            continue
        found = (_fewer(case, sentence, text, match) for match in _FEWER.finditer(text))
        yield from (each for each in found if each is not None)


def _fewer(case: Case, sentence: Span, text: str, match: re.Match[str]) -> Finding | None:
    """The finding of so many that were to be done and fewer that were, against the leaf that has all of them done."""
    number, done = (read_chinese(match[name]) for name in ("n", "m"))
    item, words = case.item_at(sentence.start), pairs_of(_WORN.sub(" ", text[: match.end()]))
    for whole in wholes(case):
        same = whole.item is not item and whole.number == number and whole.counter == match["u"]
        if not same or done is None or not 0 < done < whole.number or not _tells_twice(case, whole):
            continue
        if whole.words & words:
            span = Span(sentence.start + match.start(), sentence.start + match.end())
            count = f"{whole.number}{whole.counter}"
            admitted = case.found.text(span)
            message = f"这里写“{admitted}”，“{whole.item.name}”写{count}全部完成并得满分"
            return case.finding(
                "R08", span, message, stated=admitted, recomputed=count, item=whole.item.name, also=(whole.span,)
            )
    return None


def _tells_twice(case: Case, whole: Whole) -> bool:
    """Whether a leaf tells its number as what was there and as what was done."""
    passage = case.leaf_span(whole.item) if whole.item.table else case.leaf_passage(whole.item)
    counted = [m for m in _COUNT.finditer(case.text(passage)) if m["u"] == whole.counter]
    return len({m["n"] for m in counted}) == 1 and len(counted) > 1


_FEWER = pattern(
    r"(?<![\d.,])(?P<n>\d{1,5})\s?(?P<u>[个项家所处座条户件份台辆套村亩场盏])[^。;\d]{0,10}[,、]\s?(?:其中|已|实际|全年|年内|只|仅|共)*(?:完成|办结|建成|完工|竣工|投用|整改|办理)了?\s?(?P<m>\d{1,5})\s?(?P=u)"
)


def _of_one_thing(case: Case, whole: Whole, text: str, *, exact: bool) -> bool:
    """Whether words say that a sentence speaks of what a leaf counts, or no other leaf counts by that unit (as many of them)."""
    alike = whole.words & pairs_of(_WORN.sub(" ", text))
    if alike:  # 9户 are not the 9个 of a leaf
        return any(m["u"] == whole.counter for m in _COUNT.finditer(text))
    others = [w for w in wholes(case) if w.unit == whole.unit and w.item is not whole.item]
    if exact:
        counters = [match["u"] for match in _COUNT.finditer(text) if _alike(_unit(match["u"]), whole.unit)]
        return counters == [whole.counter] * _TWO and all(other.number != whole.number for other in others)
    return whole.unit in _MEASURES and not others


_TWO = 2
_MEASURES = ("公里", "亩", "吨", "平方米", "米")


_Part = tuple[Decimal | None, str, bool, Span]  # how many, of what unit, whether done, where the clause stands


def _parts(text: str) -> list[_Part]:
    """What the clauses of a sentence count, each done or not; of what is left no number need be told."""
    found: list[_Part] = []
    for clause in _CLAUSE.finditer(text):
        counts, at = list(_COUNT.finditer(clause[0])), Span(*clause.span())
        undone = _NOT_DONE.search(clause[0]) is not None
        if not counts and undone and found and _REST.search(text[found[-1][3].start : found[-1][3].end]):
            found[-1] = (*found[-1][:2], False, Span(found[-1][3].start, at.end))  # 「剩下4公里,因封冻留到次年」
        elif not counts and undone and _REST.match(clause[0]):
            found.append((None, "", False, at))
        found += [(read_chinese(c["n"].replace(",", "")), _unit(c["u"]), not undone, at) for c in counts]
    return found if len({done for _, _, done, _ in found}) > 1 else []


def _unit(unit: str) -> str:
    return load_fact_words().units.get(unit, unit)


_THINGS = ("个", "座", "条", "村", "户", "台", "件", "栋", "口", "段")


def _makes(whole: Whole, told: list[_Part]) -> tuple[Span, bool] | None:
    """Where a part done and a part left make the whole, or a part is less and the rest is told without a number; and whether they make it."""
    for number, unit, done, at in told:
        if not done or number is None or not _alike(unit, whole.unit) or number >= whole.number:
            continue
        for other, of, is_done, place in told:
            exact = other is not None and _alike(of, whole.unit) and number + other == whole.number
            if exact and any(n is not None and n + (other or 0) == number for n, *_ in told):
                continue  # 「计划新建20个，建成18个，2个转到2024年」: the whole is told with them
            if not is_done and (exact or (other is None and number * 2 >= whole.number)):
                return Span(min(at.start, place.start), max(at.end, place.end)), exact
    return None


def _alike(one: str, other: str) -> bool:
    return one == other or (one in _THINGS and other in _THINGS)


@once
def wholes(case: Case) -> tuple[Whole, ...]:
    """The leaves with all their points that tell a number twice, or once and that all of it is done."""
    return tuple(whole for item in case.found.items for whole in _of_leaf(case, item))


def _of_leaf(case: Case, item: ScoredItem) -> Iterator[Whole]:
    if item.points is None or item.claimed is None or not item.points or item.claimed < item.points:
        return
    passage = case.leaf_span(item) if item.table else case.leaf_passage(item)
    text = case.text(passage)
    told: dict[tuple[Decimal, str], list[re.Match[str]]] = {}
    for match in _COUNT.finditer(text):
        number = read_chinese(match["n"].replace(",", ""))
        if number is not None and number > 1:
            told.setdefault((number, match["u"]), []).append(match)
    for (number, unit), matches in told.items():
        if len(matches) > 1 or _EVERY.search(text):
            span = Span(passage.start + matches[-1].start(), passage.start + matches[-1].end())
            words = pairs_of(_WORN.sub(" ", item.name + " " + text))
            yield Whole(item, number, _unit(unit), unit, span, words, len(matches) > 1)
