"""R21 in passages that were not read as leaves: a sentence that gives points and tells nothing but praise."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.proof.claims import words_alone
from hengji.library.texts import load_claim_words
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PRAISE = 3  # different words of praise: where no points are told, two might stand beside a fact


def praised_apart(case: Case) -> Iterator[Finding]:
    """「管理制度健全性方面，各项制度健全、规范、有效，执行到位，得4分。」 among the parts of a group; not where a leaf of that name lost points."""
    for sentence, text in case.running if "得" in case.flat or "计" in case.flat else ():
        got = _GETS.search(text) if "分" in text else None
        if got is None or case.in_table(sentence.start) or len(_SCORE.findall(text)) != 1:
            continue
        opens = _HEADING.match(text)
        told = text[opens.end() if opens is not None else 0 : got.start()]
        if _LISTS.search(told) or not words_alone(told) or len(set(load_claim_words().boasts.findall(told))) < _PRAISE:
            continue
        if not _is_a_leaf(case, sentence, Decimal(got["n"]) if got["n"] else None):
            continue
        message = f"这里计{got['n'] + '分' if got['n'] else '满分'}，理由里没有数据、文件或佐证"
        yield case.finding("R21", sentence, message, stated=got["n"] or "")


_GETS = pattern(
    r"[,;](?:故|因此|所以)?(?:本项|该项|此项|本?指标)?(?:自评)?[得计](?:满分|(?P<n>[1-9]\d?(?:\.0+)?)\s?分)\s*[。;]?\s*$"
)
_LISTS = pattern(r"从[^。;]{4,}方面(?:进行)?(?:考核|考评|评价|评分|打分|衡量)")  # the parts of a group
_SCORE = pattern(r"\d\s?分|满分")
_HEADING = pattern(
    r"\s*(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]\s?)?(?:[\u4e00-\u9fff\"“”]{4,16}?(?:(?:方面|上),|[:。]))?"
)


def _is_a_leaf(case: Case, sentence: Span, got: Decimal | None) -> bool:
    """Whether a sentence scores something of its own, in full as far as the report tells."""
    item = case.item_at(sentence.start)
    if item is not None and not item.table and item.claimed == got:
        return False  # a leaf, whose whole argument is looked at elsewhere
    text = case.text(case.paragraph(sentence.start))[:_OPENING]
    named = [each for each in case.found.items if len(each.name) > _NAME and each.name in text]
    return all(_in_full(each, got) for each in named)


_OPENING = 40  # characters of a paragraph in which it may name its leaf
_NAME = 3  # characters of a name that a sentence can be known by


def _in_full(item: ScoredItem, got: Decimal | None) -> bool:
    return item.points is None or got is None or got >= item.points
