"""R26, R27: documents cited: in force at the report's date and numbered in the right form."""

import re
from collections.abc import Iterator
from datetime import date

from hengji.auditing.case import Case
from hengji.extracting.flat import flat
from hengji.library.citations import Registered, load_citations
from hengji.model.extraction import Citation
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_RIGHT = pattern(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号")
_PARTS = pattern(
    r"(?P<org>[\u4e00-\u9fff]{1,12}?)\s?[〔\[【(﹝〈「{〖](?P<year>(?:19|20)?\d{2})年?[〕\]】)﹞〉」}〗]\s?第?\s?0*(?P<no>\d{1,5})"
    r"|(?P<org2>[\u4e00-\u9fff]{2,8})(?P<year2>(?:19|20)\d{2})[年\-—–－/]?第?0*(?P<no2>\d{1,4})号"
)
_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９", "0123456789"
)  # the width of digits is how a text is typed, not a fault
_NOT_BASIS = pattern(
    r"废止|已(?:经)?[^,。;]{0,6}修订|修订(?:为|后)|原(?!则)|代替|替代|曾|失效|取代|(?:停止|不再|终止)(?:执行|适用|施行|使用)"
)
_CLOSE = 3
_ACT = pattern(
    r"(?:罚|决|判|裁|许|检|复议|执|案|证|纪要|国用|权)字?[〔\[【(]|(?:审|验|评|评报|咨|鉴)字[〔\[【(]"
)  # acts of law towards one party, and certificates, are numbered 第…号


# Forms that other bodies number by a serial of fixed length: plans and files of procurement, contracts, tests, permits.
_SERIAL = pattern(
    r"(?:采|招|标|合同?|备|检|测|验|登|证|票|单|建|施|订|拍|交易)[计审购备字核案采登函准施开]?字?[\[〔【(](?:19|20)\d{2}[\]〕】)]0\d{2,4}(?!\d)"
)


def repealed_basis(case: Case) -> Iterator[Finding]:
    """R26: a document that was no longer in force on the report's date, cited as a basis; a title a few characters off is a note."""
    on = _as_of(case)
    for citation in case.found.citations:
        known = _lookup(citation)
        if known is None:
            continue
        before = re.split("[。;]", case.flat[max(0, citation.span.start - 10) : citation.span.start])[-1]
        around = before + case.text(citation.span) + _clause_behind(case, citation)
        if known.until is not None and known.until <= on and not _NOT_BASIS.search(around):
            if _followed_in_time(case, citation, known.until):
                continue
            number = f"（{known.doc_no}）" if known.doc_no else ""
            replaced = f"，现行的是{known.replaced_by}" if known.replaced_by else ""
            yield case.finding(
                "R26",
                citation.number_span or citation.span,
                f"《{known.title}》{number}已于{known.until}{'废止' if known.status == 'repealed' else '被替代'}{replaced}",
                stated=citation.number or citation.title,
                recomputed=known.replaced_by,
            )
        elif (
            citation.title and known.title and citation.number and 0 < _distance(citation.title, known.title) <= _CLOSE
        ):
            yield case.finding(
                "R26",
                citation.span,
                f"引用的标题与登记的标题差几个字，应为《{known.title}》",
                severity=Severity.STYLE,
                stated=citation.title,
                recomputed=known.title,
            )


_YEAR_OF_ACT = pattern(
    r"(20\d\d)年(?:\d{1,2}月)?(?:底|初|末)?,?(?!\d|[^,。;]{0,8}(?:印发|发布|出台|颁布|制定|修订|下发))"
)


def _followed_in_time(case: Case, citation: Citation, until: str) -> bool:
    """Whether the clause that cites tells of an earlier year than the evaluated one, in which it was in force: 「2012年按……建账」."""
    start = citation.span.start
    clause = re.split("[,。;]", case.flat[case.sentence(start).start : start])[-1]
    match = _YEAR_OF_ACT.match(clause)
    return match is not None and bool(case.year) and int(match[1]) < min(case.year, int(until[:4]))


def _clause_behind(case: Case, citation: Citation) -> str:
    """The rest of the clause that cites: it may say that what is cited is no longer in force."""
    return re.split("[,。;《]", case.flat[citation.span.end : citation.span.end + _BEHIND])[0]


_BEHIND = 40  # characters


def _as_of(case: Case) -> str:
    if case.found.dated is not None:
        year, month, day = case.found.dated
        return date(year, min(max(month, 1), 12), min(max(day, 1), 28)).isoformat()
    return date(case.year + 1, 6, 30).isoformat() if case.year else date.max.isoformat()


def _lookup(citation: Citation) -> Registered | None:
    """The registered document: by number in any brackets, else by its whole title."""
    registry = load_citations()
    if citation.number:
        match = _PARTS.search(flat(citation.number))
        if match is not None and match["org"]:
            year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
            for org in (match["org"], match["org"][-3:], match["org"][-2:], match["org"][-4:]):
                known = registry.numbers.get(f"{org}〔{year}〕{match['no']}号")
                if known is not None:
                    return known
        decree = re.sub(r"(令)(?=\d)", r"\1第", re.sub(r"\s", "", citation.number))
        for start in range(max(1, decree.find("令"))):  # words may run into the issuer's name: 「执行财政部令第18号」
            known = registry.numbers.get(decree[start:])
            if known is not None:
                return known
    if citation.title:
        return registry.titles.get(_title(citation.title))
    return None


def _title(title: str) -> str:
    return re.sub(r"[\s“”\"()（）]", "", title)


def _distance(left: str, right: str) -> int:
    """Edit distance, given up early where the lengths are far apart."""
    a, b = _title(left), _title(right)
    if a in b or b in a or abs(len(a) - len(b)) > _CLOSE:
        return 0 if a == b or a in b or b in a else _CLOSE + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def number_form(case: Case) -> Iterator[Finding]:
    """R27: 机关代字〔年份〕序号号, in six-angle brackets, the year in full, no 第 and no leading zero."""
    told: set[str] = set()
    for citation in case.found.citations:
        if not citation.number or citation.number_span is None:
            continue
        written = re.sub(r"\s", "", case.found.text(citation.number_span)).translate(_HALF_WIDTH)
        if written in told:
            continue  # cited again
        told.add(written)
        if ("第" in written and "令" in written[:12]) or _ACT.search(flat(written)):
            continue
        if _SERIAL.search(flat(written)):
            continue
        if _RIGHT.search(written) is None:
            match = _PARTS.search(flat(written))
            right = ""
            if match is not None:
                org, year, no = (match[name] or match[f"{name}2"] for name in ("org", "year", "no"))
                right = f"{org}〔{year}〕{int(no)}号"
            yield case.finding(
                "R27",
                citation.number_span,
                f"文号“{written}”的写法不规范，应为“{right}”",
                stated=written,
                recomputed=right,
            )
        elif (
            citation.title
            and case.flat[citation.number_span.start - 1 : citation.number_span.start] not in ("(", " ", "")
            and not _in_brackets(case, citation.number_span.start)
            and "纪要" not in written
            and not written.startswith(("和", "及", "与"))  # another paper than the one whose title stands before
            and _others_bracketed(case)
        ):
            yield case.finding(
                "R27",
                citation.number_span,
                f"文号“{written}”没有放在括号里，与全文其他文号写法不一",
                stated=written,
                recomputed=f"（{written}）",
            )


def _in_brackets(case: Case, position: int) -> bool:
    """Whether a place stands in brackets that its sentence opens: 「(《验收意见书》青水验〔2023〕27号)」."""
    before = case.flat[case.sentence(position).start : position]
    return before.count("(") > before.count(")")


def _others_bracketed(case: Case) -> bool:
    spans = [c.number_span for c in case.found.citations if c.number_span is not None and c.title]
    return any(case.flat[span.start - 1 : span.start] == "(" for span in spans if span.start)
