"""R21: full marks that are argued for with words alone."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import number
from hengji.auditing.problems.row_reasons import cells_under
from hengji.library.texts import load_claim_words
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NUMBER = pattern(r"\d")
HUNDRED = pattern(r"(?<![\d.])100(?:\.0+)?\s?%|百分之百|百分之一百|百分百|双百(?=[,。;、)]|$)|双百分")
# What makes of the 100 % behind it one that was not reached, or a bound.
NOT_REACHED = pattern(
    r"(?:未|没有?|尚未)(?:能)?(?:达到?|到|实现|完成)\s?$|率按\s?$|不足\s?$|[低小大高等]于(?:或?等于)?\s?$|(?:[不未]|没有?)(?:超过?|超出|突破|[大高]于)了?\s?$|(?:超过?|超出|突破|[大高]于)\s?$|距离?\s?$|(?<![按照])要求[^,。;]{2,20}达到?了?\s?$"
)
_NEAR = 40
_NOTHING_LEFT = pattern(
    r"(?:未|没有|无|不)(?:新建|新增|发生|安排|涉及|产生|存在|承担|开展)[^,。;]{2,24}(?:计|得|按|不)[^,。;]{0,10}(?:满分|考核|扣分)|(?:未|没有|无|不)(?:新建|安排|涉及|承担)[^,。;]{0,12}|(?:均?无|没有|不存在)[^,。;]{0,16}(?:结转|结余|存量资金|楼堂馆所)|(?:没有|无|未(?:发生|出现|发现|收到))[^,。;]{0,16}(?:投诉|质疑|处罚|诉讼|事故)"
)
_DISCLOSED = pattern(r"(?:公开|公示)[^。;]{0,12}(?:预算|决算)|(?:预决算|预算|决算|绩效|自评)[^。;]{0,30}(?:公开|公示)")


def hundred_in(text: str) -> re.Match[str] | None:
    """The first 100 % of a text that is not said to be missed."""
    if "100" not in text and "百" not in text:
        return None
    return next((match for match in HUNDRED.finditer(text) if not NOT_REACHED.search(text, 0, match.start())), None)


def _own_sentences(case: Case, item: ScoredItem) -> list[Span]:
    sentences = case.found.sentences
    first = bisect_left(sentences, item.body.start, key=lambda span: span.start)
    return list(sentences[first : bisect_left(sentences, item.body.end, key=lambda span: span.start)])


def full_marks_proved(case: Case) -> Iterator[Finding]:
    """R21: full marks in running text with neither number, document nor evidence."""
    for item in unproved(case):
        if not _praised(argument(case, item)):
            continue
        yield case.finding(
            "R21",
            _argument_span(case, item),
            f"“{item.name}”得满分，理由里没有数据、文件或佐证",
            stated=number(item.claimed or Decimal(0)),
            item=item.name,
        )
    yield from _rows_told_apart(case)
    yield from _rows_of_praise(case)


def _rows_of_praise(case: Case) -> Iterator[Finding]:
    """The same of a row whose account is praise alone, in a table whose other rows mostly tell figures or papers."""
    accounts = dict(cells_under(case, _ACCOUNT))
    leaves = [i for i in case.found.items if i.table and not i.not_applicable]
    said = {id(i): _said(i, accounts.get(i.quote, "")) for i in leaves}
    rows = [i for i in leaves if said[id(i)] and not _RULED.search(said[id(i)])]
    told = [said[id(item)] for item in rows]
    if len(rows) * 2 <= sum(1 for each in leaves if not (each.actual or each.remark) and each.rule):
        return  # the column tells rules
    proved = sum(1 for text in told if _NUMBER.search(text) or load_claim_words().papers.search(text))
    for item, text in zip(rows, told, strict=True) if proved * 2 > len(rows) else ():
        if (
            full_or_unknown(item)
            and words_alone(text, item.name)
            and len(set(load_claim_words().boasts.findall(text))) >= _PRAISE
        ):
            message = f"“{item.name}”得满分，说明里没有数据、文件或佐证"
            yield case.finding("R21", item.quote, message, stated=number(item.claimed or Decimal(0)), item=item.name)


# The heading of a column that tells why so many points were given, and words by which it tells how points are given at all.
_ACCOUNT = pattern(r"^(?:计分|得分|评分|自评|打分)?(?:的)?(?:说明|依据|情况|理由|简述)")
_RULED = pattern(r"满分|每[^,。;]{0,12}扣|不得分|得0分|[≥≤]")


def _said(item: ScoredItem, account: str) -> str:
    facts = f"{item.actual} {item.remark or account}".strip()
    return facts or ("" if _RULED.search(item.rule) or _GIVES.search(item.rule) else item.rule)


_GIVES = pattern(r"[得计]\s?\d|分值|权重|比例|应当|是否|反映|考核|标准")


def _rows_told_apart(case: Case) -> Iterator[Finding]:
    """The same of a row without a word of its own, which a paragraph headed by its name argues for."""
    rows = {
        i.name: i for i in case.found.items if i.table and full_or_unknown(i) and _word_only(f"{i.actual}{i.remark}")
    }
    for paragraph in case.found.paragraphs if rows else ():
        heading = _HEADED.match(case.flat, paragraph.start, paragraph.end)
        item = rows.get(heading["name"].strip('“”"')) if heading is not None else None
        if item is None or heading is None:
            continue
        text = _SCORE_SAID.sub("", case.flat[heading.end() : paragraph.end])
        if words_alone(text) and _praised(text):
            message = f"“{item.name}”得满分，理由里没有数据、文件或佐证"
            span = Span(heading.start(), paragraph.end)
            yield case.finding("R21", span, message, stated=number(item.claimed or Decimal(0)), item=item.name)


def _word_only(told: str) -> bool:
    """Whether the cells of a row tell nothing, or one word that any row may have: 「合规」."""
    return _ONE_WORD.fullmatch(told) is not None


_ONE_WORD = pattern(
    r"[/—\-\s]*|(?:基本|均|已|全部)?(?:符合|合规|合法|规范|健全|完善|完整|良好|达标|达成|完成|有效|明确|合理|科学|到位|及时|安全|较好|优|是|齐全)(?:要求|预期|规定|[、,]?(?:有效|规范|合理|完整|合规))?"
)
_HEADED = pattern(
    r"\s*(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、.])\s*(?P<name>[^。,;:(\n]{4,20})(?:\([^()]*\))?[。:]"
)


@once
def unproved(case: Case) -> tuple[ScoredItem, ...]:
    """The leaves of running text that claim full marks with words alone."""
    return tuple(i for i in case.found.items if not i.table and full_or_unknown(i) and _in_words_alone(case, i))


def _in_words_alone(case: Case, item: ScoredItem) -> bool:
    text = argument(case, item)
    if "公开" in item.name and _DISCLOSED.search(text):
        return False  # what has no date is R36
    return words_alone(text, item.name)


def words_alone(text: str, name: str = "") -> bool:
    """Whether an argument is words alone: no number, no paper, no act that could be looked up, those of the leaf's own name aside."""
    words = load_claim_words()
    if len(text) < ARGUED or _NUMBER.search(_NO_FIGURES.sub("", text)) or words.papers.search(text):
        return False
    if any(act[0] not in name for act in words.acts.finditer(text)) and len(words.boasts.findall(text)) < _MUCH_PRAISE:
        return False
    return not (_NOTHING_LEFT.search(text) or _NOT_ASKED.search(text))


def _praised(text: str) -> bool:
    """Whether an argument praises; one that only denies a fault states a fact, if without its source."""
    rest = _RULE_TOLD.sub("", text)
    return len(rest) < ARGUED // 2 or len(set(load_claim_words().boasts.findall(text))) >= _PRAISE


_RULE_TOLD = pattern(
    r"对照|按照?|根据|评分标准|本项|无扣分(?:情形|事项|项)?|没有扣分(?:情形|事项|项)?|不扣分|[得计](?:满分|分)|[,。;]"
)
_PRAISE, _MUCH_PRAISE = 2, 3  # words of praise: that make a boast, and that make one although something was checked
_NO_FIGURES = pattern(r"20\d\d|12345")  # a year and the number of a hotline
_NOT_ASKED = pattern(r"不适用|不涉及|没有[^,。;]{0,12}(?:预算|支出|任务|事项)[^。;]{0,10}(?:得|计)满分")
ARGUED = 8  # characters: less is no argument


def full_or_unknown(item: ScoredItem) -> bool:
    """Whether a leaf claims all its points, or claims some where its points are not printed."""
    return item.claimed is not None and item.claimed > 0 and (item.points is None or item.claimed >= item.points)


def argument(case: Case, item: ScoredItem) -> str:
    """What a leaf says beside its heading and its score."""
    kept: list[str] = []
    position = item.body.start
    if _ITS_NUMBER.fullmatch(case.flat, position, item.span.start):
        position = item.span.start
    whole = item.quote.start == item.span.start and _is_passage(case.flat[item.span.end : item.quote.end])
    for span in sorted((item.span,) if whole else (item.span, item.quote)):
        if position < span.start:
            kept.append(case.flat[position : min(span.start, item.body.end)])
        position = max(position, span.end)
    kept.append(case.flat[position : item.body.end])
    text = "".join(kept)
    return (_SCORE_SAID.sub("", text) if _POINTS_SAID.search(text) else text).strip(" ,。)\n")


_ITS_NUMBER = pattern(r"[\s\d.、()]{1,8}")  # in a list: 「5.目标管理（5分）」


def _is_passage(told: str) -> bool:
    """Whether what stands between a leaf's name and its score argues for it: the score stands last."""
    return len(told) > _PASSAGE or len(_SCORE_SAID.sub("", told)) > _PASSAGE // 2


_PASSAGE = 30  # characters: a heading and its score are shorter
_POINTS_SAID = pattern(r"\d\s?分")
_SCORE_SAID = pattern(r"(?:自评|满分|分值)?得?分?\s?\d+(?:\.\d+)?\s?分[,。]?")


def _argument_span(case: Case, item: ScoredItem) -> Span:
    """From the score to the end of the argument, which holds no proof anywhere."""
    own = [s for s in _own_sentences(case, item) if s.end > item.quote.end + 3]
    if not own:
        return item.quote
    first, last = own[0], own[-1]
    joined = first.start - item.quote.end < _NEAR
    return Span(min(item.quote.start, first.start) if joined else first.start, last.end)
