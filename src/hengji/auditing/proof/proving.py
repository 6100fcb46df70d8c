"""R35: whether the papers that leaves refer to are there, are of the year, and prove what they are to prove."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.proof.attachments import Attachment, attached
from hengji.library.evidence import load_evidence_words
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_REFERRED = pattern(r"(?:详见|参见|见|附|[、,和及])?(?:附件|佐证)[ \t]?(?P<n>\d{1,2})(?![\d.\-－—])")
_POINTED = pattern(r"附件|佐证|附表|附后|[详参]?见|《|〔|清单|台账|评分表|报告\d")
_LAW = pattern("《中华人民共和国[^《》]*》")  # by which every leaf was made
_LAST_MONTHS = 11  # from this month on a paper that goes on through the year shows it whole


def papers_prove(case: Case) -> Iterator[Finding]:
    """The attachments that leaves with points refer to, each held against what is told of it and against its leaf."""
    start, listed = attached(case)
    if not listed:
        return
    referred = _referred(case, start)
    if not referred:
        return
    yield from _short_list(case, listed, referred)
    yield from _unproved(case, listed, referred)
    for each in listed:
        items = [item for number, item, _ in referred if number == each.number]
        if items:
            yield from _of_its_own(case, each, items)
    yield from _told_wanting(case, listed, referred, start)


def _referred(case: Case, start: int) -> list[tuple[int, ScoredItem, Span]]:
    """The attachments that leaves with points refer to in running text."""
    found = []
    for match in _REFERRED.finditer(case.flat, 0, start):
        item = case.item_at(match.start())
        if item is not None and item.claimed and not item.table:
            found.append((int(match["n"]), item, Span(match.start(), match.end())))
    return found


def _short_list(
    case: Case, listed: list[Attachment], referred: list[tuple[int, ScoredItem, Span]]
) -> Iterator[Finding]:
    """A list of one or two papers, where leaves refer to more."""
    last = listed[-1].number
    within = any(number <= last for number, _, _ in referred)
    beyond = [(number, item, span) for number, item, span in referred if number > last]
    if len(listed) > _FEW or not within or not beyond:
        return
    number, item, span = beyond[0]
    message = f"引用的附件{number}，附件清单只列到第{last}项"
    yield case.finding("R35", span, message, stated=str(number), recomputed=str(last), item=item.name)


_FEW = 2


def _unproved(case: Case, listed: list[Attachment], referred: list[tuple[int, ScoredItem, Span]]) -> Iterator[Finding]:
    """The one leaf that refers to nothing, where every other does and no paper of the list is left over."""
    leaves = [item for item in case.found.items if item.claimed and not item.table]
    proved = {item.span for _, item, _ in referred}
    bare = [item for item in leaves if item.span not in proved]
    if len(bare) != 1 or len(leaves) != len(case.found.items) or len(leaves) <= _FEW or len(proved) < _FEW:
        return
    told = _LAW.sub("", case.text(Span(bare[0].span.end, bare[0].body.end)))
    spare = {each.number for each in listed} - {number for number, _, _ in referred}
    if spare or _POINTED.search(told) or any(_shared(bare[0].name, each.what) for each in listed):
        return
    message = f"其他指标都注明了附件，“{bare[0].name}”已经计分，没有对应的佐证材料"
    yield case.finding("R35", bare[0].quote, message, item=bare[0].name)


def _shared(one: str, other: str) -> bool:
    return any(one[k : k + 2] in other for k in range(len(one) - 1))


def _of_its_own(case: Case, each: Attachment, items: list[ScoredItem]) -> Iterator[Finding]:
    """What an entry itself says against being the evidence of its leaves."""
    words = load_evidence_words()
    told = " ".join(f"{' '.join(item.path)} {item.name} {case.text(item.body)}" for item in items)
    name = items[0].name
    for subject in words.subjects:
        if subject.titles.search(each.what) and not subject.words.search(told) and not _shared(name, each.what):
            message = f"“{name}”的佐证是附件{each.number}“{each.what}”，与该指标无关"
            yield case.finding("R35", each.span, message, stated=each.what, item=name)
            return
    lasting = _LASTING.search(told) or _LASTING.search(each.what)
    signed = _SIGNED.search(each.what)
    years = [int(year) for year in _YEAR.findall(each.what)]
    if signed is not None and not lasting and years and max(years) < case.year - 1:
        yield _of_another_time(case, each, name, signed["y"])
    ended = words.valid_until.search(each.what)
    if ended is not None and int(ended["y"]) < case.year:
        yield _of_another_time(case, each, name, ended[0])
    kept = words.kept_until.search(each.what) if words.running.search(each.what) and ended is None else None
    early = kept is not None and (int(kept["y"]), int(kept["m"] or 12)) < (case.year, _LAST_MONTHS)
    if kept is not None and early and not _FINISHED.search(each.what):
        yield _of_another_time(case, each, name, kept[0])


def _of_another_time(case: Case, each: Attachment, name: str, when: str) -> Finding:
    message = f"评价的是{case.year}年度，“{name}”的佐证附件{each.number}是“{each.what}”，不能反映全年"
    return case.finding("R35", each.span, message, stated=when, recomputed=str(case.year), item=name)


_YEAR = pattern(r"(20\d\d)年")
_SIGNED = pattern(r"(?:合同|协议)[^()]{0,6}\((?P<y>20\d\d)年[^()]{0,10}(?:签订|签署|订立|签)[^()]{0,6}\)")
_LASTING = pattern(r"跨年|分期|续签|续约|长期|[两二三四五]年期|期限|履约|质保|分年")
_FINISHED = pattern(r"(?:全部|均|已)(?:完成|办结|完工|结束)")


def _told_wanting(
    case: Case, listed: list[Attachment], referred: list[tuple[int, ScoredItem, Span]], start: int
) -> Iterator[Finding]:
    """A paper that leaves refer to and that is told not to be there, to be blank or not whole: in its entry, below the list or in a table of papers."""
    words = load_evidence_words()
    for match in words.wanting.finditer(case.flat, start):
        low = max(case.flat.rfind(mark, 0, match.start()) for mark in "。;\n") + 1
        ends = [at for at in (case.flat.find(mark, match.end()) for mark in "。;\n") if at >= 0]
        clause = case.flat[low : min(ends, default=len(case.flat))]
        number = _number(case, listed, match.start(), low)
        items = [item for n, item, _ in referred if n == number]
        if items and not words.excused.search(clause):
            message = f"“{items[0].name}”已经计分，佐证附件{number}却写“{match[0]}”"
            yield case.finding("R35", Span(match.start(), match.end()), message, item=items[0].name)
            return


def _number(case: Case, listed: list[Attachment], at: int, low: int) -> int:
    """Of which attachment a place speaks: the last one named before it in its clause, else the entry it stands in."""
    named = list(_REFERRED.finditer(case.flat, low, at))
    if named:
        return int(named[-1]["n"])
    inside = [each.number for each in listed if each.span.start <= at < each.span.end]
    return inside[0] if inside else 0
