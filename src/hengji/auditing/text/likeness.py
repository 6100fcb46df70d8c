"""R32: passages copied within a report, from last year's, and between departments."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import Indel

from hengji.auditing.case import Case
from hengji.auditing.text.standing import own_words
from hengji.extracting.flat import flat, flat_whole
from hengji.model.extraction import Extraction, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_LONG = 36  # characters: shorter passages are alike by their form alone
_GRAM = 5
_ALIKE = 0.85
_SAME = 0.9
_SHARED_BY = 0.5  # a passage that so many of the reports hold is the template's
_MANY = 4
# Reports from which a passage is taken for everybody's, however many there are. A guess, and no setting: what is told is a
# hint that no score rests on, and the text of the check says the number.
_MOST_SHARED = 12
_MOST_HOLDERS = 8  # paragraphs that a run of characters is remembered for: beyond, it is everybody's phrase


def copied_inside(case: Case) -> Iterator[Finding]:
    """Two long paragraphs of one report that are nearly the same."""
    texts = _long(case, [_without_heading(case, span) for span in case.found.paragraphs], _LONG)
    grams = cache(lambda index: _grams(texts[index][1]))  # only of those that are worth a closer look
    holders: dict[str, tuple[int, ...]] = {}
    told: list[Span] = []
    samples: list[set[str]] = []
    for later, (_, text) in enumerate(texts):
        # A part of the runs of characters shows which paragraphs are worth a closer look.
        own = {text[i : i + _GRAM] for i, first in enumerate(text) if ord(first) & 1}
        samples.append(own)
        common = own & holders.keys()
        near: list[int] = []
        if len(common) * 2 > len(own):
            shared = Counter(itertools.chain.from_iterable([holders[gram] for gram in common]))
            closest = sorted(shared, key=lambda earlier: (-shared[earlier], earlier))[:3]
            near = [earlier for earlier in closest if shared[earlier] * 2 > len(own)]
        for gram in common:
            if len(holders[gram]) < _MOST_HOLDERS:
                holders[gram] = (*holders[gram], later)
        holders.update(dict.fromkeys(own - common, (later,)))
        twin = next(
            (
                e
                for e in near
                if _matches(texts[e][1], text)
                or (_may_be_alike(samples[e], texts[e][1], own, text) and _alike(grams(e), grams(later)))
            ),
            None,
        )
        if twin is not None and not _of_other_figures(case.text(texts[twin][0]), case.text(texts[later][0])):
            place = case.found.document.place(texts[twin][0].start)
            told.append(texts[later][0])
            message = f"这一段与{place}几乎相同，可能重复粘贴"
            yield case.finding("R32", texts[later][0], message, stated=place, also=(texts[twin][0],))
    sentences = list(_copied_sentences(case, told))
    yield from sentences
    yield from _copied_clauses(case, told + [Span(f.start or 0, f.end or 0) for f in sentences])
    yield from _copied_cells(case)


# What a paragraph of no indicator is headed with in its own line: 「（五）治理水平提升。镇政府推行……」.
_RUN_IN = pattern(r"\s*(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]+|[一二三四五六七八九十]是)\s?[^。;,:\n\d]{2,20}[。:]")


def _without_heading(case: Case, span: Span) -> Span:
    """A paragraph without the heading in its own line, by which copies differ."""
    match = _RUN_IN.match(case.flat, span.start, span.end)
    return span if match is None or case.item_at(span.start) is not None else Span(match.end(), span.end)


_LONG_CELL = 60  # characters


def _copied_cells(case: Case) -> Iterator[Finding]:
    """Two long cells of a form in prose that are nearly the same; how points are given may be said twice."""
    cells = [Span(cell.start, cell.end) for block in case.found.document.blocks for cell in block.cells]
    seen: list[tuple[Span, str]] = []
    for span, text in _long(case, cells, _LONG_CELL):
        if _GIVES_POINTS.search(text) or not _PROSE.search(case.text(span)):
            continue
        twin = next((before for before, other in seen if _matches(other, text)), None)
        if twin is not None and not _of_other_figures(case.text(twin), case.text(span)):
            place = case.found.document.place(twin.start)
            yield case.finding("R32", span, f"这一格与{place}几乎相同，可能重复粘贴", stated=place, also=(twin,))
        seen.append((span, text))


_GIVES_POINTS = pattern(r"\d分|得分[=:×为÷]|计分|满分|扣分|权重|得\d")
_PROSE = pattern(r"[,。;][^,。;]+[,。;][^,。;]+[,。;]")


def _may_be_alike(one: set[str], one_text: str, other: set[str], other_text: str) -> bool:
    """Whether two passages can be alike by their samples: then no more is missing in those than may be missing in all."""
    shared = len(one & other)
    least = min(len(sample) - (1 - _ALIKE) * len(text) for sample, text in ((one, one_text), (other, other_text)))
    return shared >= least


_CLAUSE_LEAST = 9  # characters of a clause that leads to another place
_CLAUSES = 3
_RUN_LEAST = 40  # characters of clauses that stand again elsewhere
_NEARLY = 0.8
_FIGURES_MOST = 0.1  # of its characters: facts with their figures are told again on purpose
_LISTED_MOST = 0.3  # the same for entries of one list


def _copied_clauses(case: Case, told: list[Span]) -> Iterator[Finding]:
    """Three clauses or more in a row that stand again at another place, whatever leads to them: 「一是甲，乙，丙，丁」, 「二是戊，乙，丙，丁」."""
    long = [(sentence, words) for sentence, words in case.running if len(words) >= _RUN_LEAST // 2]
    split = [(sentence.start, _BREAK.split(words)) for sentence, words in long]
    if not _repeats([parts for _, parts in split]):
        return
    clauses = [clause for start, parts in split for clause in _clauses(start, parts)]
    first: dict[str, int] = {}
    done = -1
    for at, (_, text) in enumerate(clauses):
        before = first.setdefault(text, at) if len(text) >= _CLAUSE_LEAST else at
        if before == at or at <= done:
            continue
        low, high = _run(clauses, before, at)
        done = high
        if high - low + 1 < _CLAUSES:
            continue
        whole = "".join(clauses[n][1] for n in range(low, high + 1))
        span = Span(clauses[low][0][0], clauses[high][0][1])
        digits = sum(character.isdigit() for character in whole)
        here, there = case.section(span.start), case.section(clauses[low - at + before][0][0])
        most = _LISTED_MOST if here is there and case.item_at(span.start) is None else _FIGURES_MOST
        if len(whole) < _RUN_LEAST or digits > len(whole) * most:
            continue
        if "\n" in case.text(span) or len(_AMOUNT.findall(case.text(span))) >= _AMOUNTS:
            continue  # lines of a table; amounts that are asked for twice
        if _FIGURE.findall(whole) != _FIGURE.findall(
            "".join(clauses[n - at + before][1] for n in range(low, high + 1))
        ):
            continue  # the same said of another year or another thing: goals and results, one year and the next
        if any(one.start < span.end and span.start < one.end for one in told) or _OF_THE_TABLE.search(whole):
            continue
        twin = Span(clauses[low - at + before][0][0], clauses[high - at + before][0][1])
        place = case.found.document.place(twin.start)
        yield case.finding("R32", span, f"这几句与{place}几乎相同，可能重复粘贴", stated=place, also=(twin,))


def _of_other_figures(one: str, other: str) -> bool:
    """Whether two passages tell the same with figures of their own: the goals of one year and of the next."""
    ours, theirs = (
        [figure for figure in _FIGURE.findall(text) if not _A_YEAR.fullmatch(figure)] for text in (one, other)
    )
    if sorted(ours) == sorted(theirs):
        return False  # the same, in whatever order
    least = min(len(ours), len(theirs))
    if len(ours) == len(theirs):
        return least >= _SOME and sum(a == b for a, b in zip(ours, theirs, strict=True)) * 2 < least
    return least >= _SOME and len({*ours} & {*theirs}) * 2 < least


def _facts(one: str, other: str) -> bool:
    """Whether sentences tell of amounts, which a form asks for at several places, or each of figures of its own."""
    return len(_AMOUNT.findall(other)) >= _AMOUNTS or _of_other_figures(one, other)


_AMOUNT = pattern(r"\d\s?(?:[亿万]?元|%)")
_AMOUNTS = 2
_FIGURE = pattern(r"\d+(?:\.\d+)?")
_A_YEAR = pattern(r"20\d\d")
_SOME = 3


def _repeats(sentences: list[list[str]]) -> bool:
    """Whether any long clause of these sentences stands twice; a cheap look before the places of all of them are worked out."""
    parts = [part for clauses in sentences for part in clauses if len(part) >= _CLAUSE_LEAST]
    return len(set(parts)) < len(parts)


def _clauses(start: int, parts: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """The clauses of a sentence that begins at ``start``: where each stands, and its words."""
    for part in parts:
        if part:
            yield (start, start + len(part)), part.strip()
        start += len(part) + 1


_BREAK = pattern(r"[,。;:\n]")


def _run(clauses: list[tuple[tuple[int, int], str]], before: int, at: int) -> tuple[int, int]:
    """From where to where around ``at`` the clauses are nearly those around ``before``."""
    low = high = at
    while before - (at - low) > 0 and _near(clauses[low - 1][1], clauses[before - (at - low) - 1][1]):
        low -= 1
    while (
        high + 1 < len(clauses)
        and before + (high - at) + 1 < low
        and _near(clauses[high + 1][1], clauses[before + (high - at) + 1][1])
    ):
        high += 1
    return low, high


def _near(left: str, right: str) -> bool:
    least = min(len(left), len(right))
    return left == right or (least >= _CLAUSE_LEAST - 2 and Indel.normalized_similarity(left, right) >= _NEARLY)


def _long(case: Case, spans: Iterable[Span], shortest: int) -> list[tuple[Span, str]]:
    """The passages that are long enough even when stripped of marks, stripped."""
    texts = [(span, _plain(case.text(span))) for span in spans if span.end - span.start >= shortest]
    return [(span, text) for span, text in texts if len(text) >= shortest]


def _copied_sentences(case: Case, told: list[Span]) -> Iterator[Finding]:
    """A long sentence that stands word for word, or nearly, at two places that otherwise differ."""
    seen: list[tuple[Span, str]] = []
    long = (sentence for sentence in case.found.sentences if sentence.end - sentence.start >= _LONG_SENTENCE)
    outside = (sentence for sentence in long if not case.in_table(sentence.start))
    for sentence, plain in _long(case, outside, _LONG_SENTENCE):
        twin = next((before for before, text in seen if _matches(text, plain)), None)
        if twin is not None and _facts(case.text(twin), case.text(sentence)) and not _siblings(case, twin, sentence):
            continue
        if twin is not None and not any(span.start <= sentence.start < span.end for span in told):
            place = case.found.document.place(twin.start)
            message = f"这一句与{place}几乎相同，可能重复粘贴"
            yield case.finding("R32", sentence, message, stated=place, also=(twin,))
        seen.append((sentence, plain))


def _siblings(case: Case, one: Span, other: Span) -> bool:
    """Whether two passages stand under two headings of one chapter, no indicators: there no form asks for the same twice."""
    here, there = case.section(one.start), case.section(other.start)
    if here is None or there is None or here is there or here.parent is None or here.parent != there.parent:
        return False
    return case.item_at(one.start) is None and case.item_at(other.start) is None


_LONG_SENTENCE = 44  # characters of a sentence: shorter ones are alike by their form alone


def copied_from_last_year(case: Case) -> Iterator[Finding]:
    """Paragraphs of last year's report that stand unchanged, its figures included."""
    if case.previous is None:
        return
    old = _index(case.previous)
    for span in case.found.paragraphs:
        text = case.text(span)
        plain = _plain(text)
        if len(plain) < _LONG or _standing(case, span, text) or len(_plain(own_words(text))) < _LONG:
            continue
        grams = _grams(plain)
        for other, before in old:
            same = plain == other
            if same or _alike(before, grams):
                figures = re.findall(r"\d+(?:\.\d+)?", text)
                kept = "，其中的数字也没有变" if same and figures else ""
                yield case.finding(
                    "R32",
                    span,
                    f"这一段与去年的报告{'完全相同' if same else '几乎相同'}{kept}",
                    severity=Severity.WARNING if same and figures else Severity.INFO,
                )
                break
    yield from _open_problems(case)


def _standing(case: Case, span: Span, text: str) -> bool:
    """Whether a passage tells what does not change from year to year: duties, organisation."""
    section = case.section(span.start)
    heading = section.title if section is not None else ""
    return case.chapter_key(span.start) == "基本情况" or bool(re.search("职责|职能|机构设置", heading + text[:20]))


def _open_problems(case: Case) -> Iterator[Finding]:
    assert case.previous is not None
    now = "".join(case.found.problems)
    for problem in case.previous.problems:
        plain = _plain(flat(problem))
        if len(plain) >= 12 and _alike(_grams(plain), _grams(_plain(flat(now)))) and now:
            section = case.chapter("存在问题")
            if section is not None:
                yield case.finding(
                    "R32", section.span, "存在的问题与去年相同，没有说明去年的问题整改到哪一步", severity=Severity.INFO
                )
                return


def copied_from_peers(case: Case) -> Iterator[Finding]:
    """Passages shared with another department of the same run; the template's own sentences are left out."""
    if not case.peers:
        return
    counted: Counter[str] = Counter()
    indexes = [(peer, _index(peer)) for peer in case.peers]
    for _, index in indexes:
        counted.update({text for text, _ in index})
    most = max(2, int(len(case.peers) * _SHARED_BY))
    for span in case.found.paragraphs:
        plain = _plain(case.text(span))
        if len(plain) < _LONG or (counted[plain] >= most and len(case.peers) >= _MANY) or _OF_THE_TABLE.search(plain):
            continue
        grams = _grams(plain)
        for peer, index in indexes:
            if peer.department == case.found.department:
                continue
            if any(plain == text or _alike(grams, other) for text, other in index):
                yield _of_peer(case, span, peer.department or peer.document.file)
                break


Passages = Sequence[tuple[Span, str]]  # the long paragraphs of a report, stripped of marks


def passages(found: Extraction) -> Passages:
    """The paragraphs of a report that can be told apart from those of others."""
    whole = flat_whole(found.document.text)
    texts = ((span, _plain(whole[span.start : span.end])) for span in found.paragraphs)
    return [(span, text) for span, text in texts if len(text) >= _LONG and not _OF_THE_TABLE.search(text)]


def shared(reports: Sequence[tuple[str, Passages]]) -> list[dict[Span, int]]:
    """For each report (department, passages) of one run: the passages that another department's has too, and which.

    All reports at once, each passage looked at once: a part of its runs of characters leads to those that may be alike.
    What so many of the reports hold is the template's and left out.
    """
    everything = [(at, span, text) for at, (_, own) in enumerate(reports) for span, text in own]
    grams = [_grams(text) for _, _, text in everything]
    alike: list[dict[int, None]] = [{} for _ in everything]  # passage: the reports that hold it, in order
    holders: dict[str, list[int]] = {}
    for later, (at, _, text) in enumerate(everything):
        number: Counter[int] = Counter()
        own = {text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1) if ord(text[i]) & 1}
        for gram in own:
            known = holders.setdefault(gram, [])
            number.update(known)
            if len(known) < _MOST_SHARED:
                known.append(later)
        for earlier, common in number.items():
            other = everything[earlier][0]
            apart = other != at and (reports[other][0] != reports[at][0] or not reports[at][0])
            if apart and common * 2 > len(own) and _alike(grams[earlier], grams[later]):
                alike[later].setdefault(other)
                alike[earlier].setdefault(at)
    most = min(max(2, int((len(reports) - 1) * _SHARED_BY)), _MOST_SHARED)
    found: list[dict[Span, int]] = [{} for _ in reports]
    for (at, span, _), others in zip(everything, alike, strict=True):
        if others and (len(others) < most or len(reports) - 1 < _MANY):
            found[at][span] = next(iter(others))
    return found


def told_of_peers(case: Case, spans: Mapping[Span, str]) -> list[Finding]:
    """The findings for passages that another department's report has too, by whose report that is."""
    return [_of_peer(case, span, name) for span, name in spans.items()]


def _of_peer(case: Case, span: Span, name: str) -> Finding:
    return case.finding("R32", span, f"这一段与“{name}{_OF_PEERS}", severity=Severity.INFO)


def of_peers(finding: Finding) -> bool:
    """Whether a finding compares with other reports of the same run."""
    return finding.code == "R32" and finding.message.endswith(_OF_PEERS)


_OF_PEERS = "”的报告几乎相同"
# What the scoring table says, and so every report under it: which aspects are assessed, how points are given.
_OF_THE_TABLE = pattern(r"[从由围绕].{4,}方面(?:进行|开展)?(?:考核|评价|分析)|优.{0,6}良.{0,6}中.{0,6}差|满分为?100分")


def _index(found: Extraction) -> Sequence[tuple[str, frozenset[str]]]:
    whole = flat_whole(found.document.text)
    texts = (_plain(whole[span.start : span.end]) for span in found.paragraphs)
    return [(text, _grams(text)) for text in texts if len(text) >= _LONG]


def _plain(text: str) -> str:
    text = _CLAIMED.sub("", text) if "分" in text[:48] else text
    return _MARKS.sub("", _NUMBERED.sub("", text))


_CLAIMED = pattern(r"^.{0,40}?(?:自评得?分?|[计得])[:：]?\s?\d+(?:\.\d+)?\s?分[)）。，,]*")
_NUMBERED = pattern(r"\A[一二三四五六七八九十\d]+[、.]")
_MARKS = pattern(r"[\s,。;:、!?\"'()\[\]]+")


def _grams(text: str) -> frozenset[str]:
    return frozenset([text[i : i + _GRAM] for i in range(max(1, len(text) - _GRAM + 1))])


def _matches(left: str, right: str) -> bool:
    """Whether two passages are nearly the same."""
    return Indel.normalized_similarity(left, right, score_cutoff=_SAME) >= _SAME


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    if len(small) * 3 < len(large) * 2:
        return False
    return len(small & large) >= _ALIKE * len(small)
