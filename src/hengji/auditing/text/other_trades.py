"""R28 (heuristic): a rule for another trade's money, of which the report never speaks: 《水利发展资金管理办法》 in a women's federation's."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.ruled_out import as_basis
from hengji.library.things import load_things
from hengji.library.trades import Trade, load_money_titles, load_trades
from hengji.model.extraction import Citation
from hengji.model.finding import Finding


def of_other_trades(case: Case) -> Iterator[Finding]:
    """A rule for the money of trades none of whose words stand anywhere else, kept for the unit's own."""
    money, things = load_money_titles(), [t.titled for t in load_things() if t.alone and t.titled is not None]
    for citation in case.found.citations:
        if not money.search(citation.title) or any(titled.search(citation.title) for titled in things):
            continue
        trades = [trade for trade in load_trades() if trade.titled.search(citation.title)]
        if not trades or any(_told(case, trade) for trade in trades) or not as_basis(case, citation, own=True):
            continue
        message = f"《{citation.title}》管的资金，报告别处没有写到，可能是从其他单位抄来的"
        yield case.finding("R28", citation.span, message, stated=citation.title)


def _told(case: Case, trade: Trade) -> bool:
    """Whether a trade's words stand in the department's name or in the text outside the titles of rules."""
    if trade.told.search(case.found.department):
        return True
    return any(not _in_title(case.found.citations, match.start()) for match in trade.told.finditer(case.flat))


def _in_title(citations: tuple[Citation, ...] | list[Citation], at: int) -> bool:
    return any(citation.span.start <= at < citation.span.end for citation in citations)
