"""R21: a row whose target and result are one word, with all its points and nothing that shows it, among rows that tell figures."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_claim_words
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# 「全民阅读氛围 — 定性 好 好 100 5 5 否」
_TARGET = pattern(
    r"(?:定性|[=:：]|\s)*(?:好|优|优秀|良好|较好|高|显著|明显|有效|增强|提升|提高|改善|浓厚|逐步|不断|持续|进一步|稳定|有所|得到|保障|促进)*(?:[\u4e00-\u9fff]{0,4})"
)
_RESULT = pattern(
    r"(?:效果|成效|氛围|程度|已|均|得到|有效|明显|显著|逐步|不断|持续|进一步|较|很|非常)*(?:好|优|优秀|良好|较好|浓厚|显著|明显|增强|提升|提高|改善|达标|达成|完成|达到预期|实现|有效|稳定|促进|保障)(?:目标|指标|预期)?"
)
_NOTHING = pattern(r"[\s—/\-;]*(?:是|否|无)?[\s—/\-;]*")
_DIGIT = pattern(r"\d")
_FELLOWS = 5  # rows that tell figures


def words_for_words(case: Case) -> Iterator[Finding]:
    """The only such row of a report, of which no running text tells a figure or a paper."""
    rows = [i for i in case.found.items if i.table and i.claimed is not None and not i.not_applicable]
    bare = [i for i in rows if _is_bare(i)]
    told = sum(1 for i in rows if _DIGIT.search(f"{i.actual}{i.remark}"))
    if len(bare) != 1 or told < _FELLOWS or told < len(rows) - 1 or _shown(case, bare[0]):
        return
    message = f"“{bare[0].name}”得满分，目标和完成值只有“{bare[0].actual}”，没有数据、文件或佐证"
    yield case.finding("R21", bare[0].quote, message, stated=bare[0].actual, item=bare[0].name)


def _is_bare(item: ScoredItem) -> bool:
    full = bool(item.points) and item.claimed == item.points
    words = bool(item.actual.strip()) and bool(item.target.strip()) and not _DIGIT.search(item.target)
    return (
        full
        and words
        and _RESULT.fullmatch(item.actual.strip()) is not None
        and _TARGET.fullmatch(item.target.strip()) is not None
        and _NOTHING.fullmatch(item.remark) is not None
    )


def _shown(case: Case, item: ScoredItem) -> bool:
    """Whether a sentence on what the row is of tells a figure or names a paper."""
    own = pairs_of(item.name)
    papers = load_claim_words().papers
    return any(
        len(own & pairs_of(text)) >= min(_ALIKE, len(own)) and (_DIGIT.search(text) or papers.search(text))
        for _, text in case.running
    )


_ALIKE = 2  # pairs of characters
