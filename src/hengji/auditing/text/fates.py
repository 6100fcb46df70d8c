"""R26: a paper that the report follows although the report itself says, there or elsewhere, that it has ended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case, once
from hengji.extracting.flat import flat
from hengji.library.citations import load_citations
from hengji.model.document import Block
from hengji.model.extraction import Citation, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_DECEMBER = 12
_DAY = r"(?P<y>20\d\d)年(?:(?P<m>\d{1,2})月)?(?:\d{1,2}日)?(?:[底末])?"
_YEARS = r"(?P<n>[一二两三四五六七八九十]|\d{1,2})年"
# A term with its last day: 「有效期至2022年12月31日」, 「执行到2021年底」, 「2021年12月到期」.
_UNTIL = pattern(
    rf"(?:有效|试行|执行|施行|适用|实施|截|期限|期)[^,。;()《》\d]{{0,4}}[至到]{_DAY}(?!起)|{_DAY.replace('<y>', '<y2>').replace('<m>', '<m2>')}(?:已经?|即)?(?:到期|期满|届满|失效)"
)
# A term in years, from a day said beside it or from the year of the paper's number.
_TERM = pattern(
    rf"(?:有效|试行|执行|施行|适用|实施|期限|期)[^,。;()《》\d]{{0,4}}{_YEARS}(?!度|[^,。;()]{{0,4}}(?:月|日|起))"
)
_SINCE = pattern(rf"(?:自|从|于)?{_DAY}(?:起|印发|施行|实施|执行|发布|颁布)")
_ENDED = pattern(
    r"废止|失效|作废|到期|期满|届满|(?:停止|不再|终止)(?:执行|适用|施行|使用|实施)|(?:被|由|经|以)?[^,。;]{0,30}?(?:代替|取代|替代|替换)"
)
_PROLONGED = pattern(
    r"(?<!未)(?<!没有)(?<!未予)(?<!未再)(?:延长|延期|延续|顺延|续期|继续有效|继续执行)(?!.{0,4}(?:未|没))"
)
_NOT_ENDED = pattern(r"(?:未|没有|尚未|不)(?:被|予以|明令|宣布)?(?:废止|失效|到期)|如(?!下)|若|(?<!已)将|拟|建议|待")
_FOLLOWED = pattern(
    r"依据|根据|按照|依照|遵照|参照|对照|执行|适用|遵循|沿用|采用|[按依据以](?=[^\u4e00-\u9fff]|$)|标准[是为]|依[^,。;]{0,6}为"
)
_FOLLOWED_BEHIND = pattern(
    r"^(?:文件|的?规定|的?要求|的?标准)*(?:为(?:依据|准|标准)|执行|掌握|核定|计分|审核|办理|编制|编报|填报|管理|操作|开展)"
)
_NO_LONGER = pattern(
    r"改按|改为|改依|改用|现按|后按|不再|未采用|未使用|未执行|没有采用|原(?!则|因|件|始)|曾|当时|重新|按新|依新|修订|清理|建议|拟|对照检查|制定的?原|废改立|(?:停止|终止)(?:执行|适用)"
)
_ANAPHOR = pattern(
    r"(?:该|此|上述|前述|这一|这项)(?:办法|文件|规定|制度|标准|方案|细则|意见|通知|规程|法|条例)|其(?=有效期|试行期|执行期|已)"
)
_LIFETIME = pattern(r"[(〔](?P<from>20\d\d)年?\s?[—–\-~至]{1,2}\s?(?P<to>20\d\d)年?[)〕]")
_PLAN = pattern(r"规划|计划|方案|纲要")
_CELL_ENDED = pattern(r"^(?:已|已经|现已|宣布)?(?:废止|失效|停止执行|作废|到期|过期)$")
_BASES = pattern(r"依据|遵循|执行的?制度|适用的?制度|现行制度")
_BY = pattern(r"[被由][^,。;被由]{0,40}$")  # leads to the paper that took the place
_ENDS = pattern(r"(?:废止|代替|取代|替代|替换|停止执行)(?:了|原)?(?:的?《)?$")  # and then the paper that has ended
_LEAD = 3  # characters that may run into a number: 「被青政发」
_REACH = 30  # characters of a clause before a paper


@dataclass(frozen=True, slots=True)
class End:
    """When a paper ended by the text's own words (None: it only says that it has), and where that is said."""

    year: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Told:
    """A place that names a paper, with the names that it has there."""

    names: frozenset[str]
    span: Span


def ended_by_own_words(case: Case) -> Iterator[Finding]:
    """R26: a paper followed in the evaluated year whose term had run out, or that was repealed or replaced, as the text says itself."""
    if not case.year:
        return
    told: set[frozenset[str]] = set()
    ends = _ends(case)
    registered = load_citations().titles
    for mention in _mentions(case):
        if any(name in registered and registered[name].until for name in mention.names):
            continue  # repealed_basis
        end = next((each for names, each in ends if names & mention.names), None)
        if end is None or mention.names in told or (end.year is not None and end.year >= case.year):
            continue
        if not _is_followed(case, mention, end):
            continue
        told.add(mention.names)
        written = case.found.text(mention.span)
        when = f"按写明的期限或说明到{end.year}年为止" if end.year else "本文写明已经废止、失效或被代替"
        yield case.finding("R26", mention.span, f"{written}{when}，{case.year}年度仍作为依据", stated=written)


@once
def _mentions(case: Case) -> list[Told]:
    """Every place that names a paper by title or number."""
    found = []
    for citation in case.found.citations:
        names = frozenset(name for name in (_title_of(citation), _number_of(citation)) if name)
        if names:
            found.append(Told(names, citation.span))
    merged: list[Told] = []
    for each in found:
        names = each.names
        for other in found:
            if names & other.names:
                names |= other.names
        merged.append(Told(names, each.span))
    return merged


_NUMBER = pattern(r"([\u4e00-\u9fff]{1,2})[〔\[【({]((?:19|20)\d\d)年?[〕\]】)}]第?0*(\d+)")


def _title_of(citation: Citation) -> str:
    return re.sub(r"[\s“”\"()（）]", "", citation.title)


def _number_of(citation: Citation) -> str:
    match = _NUMBER.search(flat(re.sub(r"\s", "", citation.number)))
    return "".join(match.groups()) if match is not None else ""


def _ends(case: Case) -> list[tuple[frozenset[str], End]]:
    """What the text says of the end of each paper."""
    ends = []
    for mention in _mentions(case):
        sentence = case.sentence(mention.span.start)
        if _ENDS.search(case.flat, sentence.start, mention.span.start):
            years = [int(y) for y in re.findall(r"(20\d\d)年", case.flat[sentence.start : mention.span.start])]
            ends.append((mention.names, End(max(years) if years else None, mention.span)))
            continue
        for piece in _said_of(case, mention):
            end = _end_in(case, mention, piece)
            if end is not None:
                ends.append((mention.names, end))
    ends += _ends_in_tables(case)
    return ends


def _said_of(case: Case, mention: Told) -> Iterator[Span]:
    """What is said of a paper: its brackets, the rest of its clause, and what follows of 「该办法」 before another paper comes."""
    sentence = case.sentence(mention.span.start)
    if case.in_table(mention.span.start) or _BY.search(case.flat, sentence.start, mention.span.start + _LEAD):
        return
    begin = mention.span.end
    after = case.flat[begin : sentence.end]
    opened = case.flat[mention.span.start : begin].count("(") > case.flat[mention.span.start : begin].count(")")
    if opened or after.startswith("("):
        closing = after.find(")")
        yield Span(begin, begin + (max(closing, 0)))
        begin += closing + 1 if closing >= 0 else 0
    others = [m.span.start for m in _mentions(case) if m.span.start > mention.span.start]
    stop = min([sentence.end, *others])
    following = next((m.span for m in _mentions(case) if m.span.start == stop), None)
    if following is not None and _BY.search(case.flat, begin, following.end):  # 「被青政发〔2021〕4号文件代替」
        stop = min(sentence.end, following.end + _REACH)
    elif following is not None and _ENDS.search(case.flat, begin, stop):  # 「代替《……》」
        return
    yield Span(begin, stop)
    behind = case.sentence(min(sentence.end + 1, len(case.flat) - 1))
    if (
        stop == sentence.end
        and behind.start >= sentence.end
        and _ANAPHOR.search(case.flat, behind.start, behind.start + 8)
    ):
        yield behind


def _end_in(case: Case, mention: Told, piece: Span) -> End | None:
    text = case.text(piece)
    if _PROLONGED.search(text):
        return None
    until = _UNTIL.search(text)
    if until is not None:
        return _closing(int(until["y"] or until["y2"]), until["m"] or until["m2"], piece)
    term = _TERM.search(text)
    if term is not None:
        return _end_of_term(mention, text, term, piece)
    ended = _ENDED.search(text)
    if ended is None or _NOT_ENDED.search(text[: ended.end()]):
        return None
    if (
        "," in text[: ended.start()]
        and not _ANAPHOR.search(text[: ended.end()])
        and "。" not in text[:1]
        and not _of_it(text, ended)
    ):
        return None
    sentence = case.sentence(piece.start)
    years = [int(y) for y in re.findall(r"(20\d\d)年", case.flat[sentence.start : piece.start + ended.end()])]
    return End(max(years) if years else None, piece)


def _of_it(text: str, ended: re.Match[str]) -> bool:
    """Whether a clause that has no subject of its own says that it has ended: 「,2022年已到期」, 「,期满未延续」."""
    clause = re.split("[,;]", text[: ended.end()])[-1]
    return (
        re.fullmatch(
            r"(?:现?已经?|已于)?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?[底末]?(?:现?已经?|已被|被)?\D{0,4}", clause
        )
        is not None
    )


def _closing(year: int, month: str | None, piece: Span) -> End:
    """A term that ends with a year's January is over with the year before."""
    return End(year if month is None or int(month) > 1 else year - 1, piece)


def _end_of_term(mention: Told, text: str, term: re.Match[str], piece: Span) -> End | None:
    told = term["n"].replace("两", "二")
    years = int(told) if told.isdigit() else int(read_chinese(told) or 0)
    since = _SINCE.search(text)
    if since is not None:
        months = int(since["m"] or _DECEMBER) - 2
        return End(int(since["y"]) + years + months // _DECEMBER if months < 0 else int(since["y"]) + years, piece)
    numbered = next((match for name in mention.names for match in re.finditer(r"((?:19|20)\d\d)\d+$", name)), None)
    return End(int(numbered[1]) + years, piece) if numbered is not None else None


def _is_followed(case: Case, mention: Told, end: End) -> bool:
    """Whether a place follows the paper, in the evaluated year or at no time that is said."""
    if case.in_table(mention.span.start):
        return _heads_a_basis(case, mention.span.start)
    sentence = case.sentence(mention.span.start)
    whole = case.text(sentence)
    outside = whole.replace(case.text(end.span), "") if sentence.start <= end.span.start < sentence.end else whole
    if _NO_LONGER.search(outside.replace(case.text(mention.span), "")) or (
        _NO_LONGER.search(case.text(end.span))
        and sentence.start <= end.span.start < sentence.end
        and re.search("改|新", case.text(end.span))
    ):
        return False
    years = [int(y) for y in re.findall(r"(20\d\d)年", outside.replace(case.text(mention.span), ""))]
    if years and max(years) < case.year:
        return False
    before = re.split("[,。;》:]", case.flat[max(sentence.start, mention.span.start - _REACH) : mention.span.start])[-1]
    behind = re.split("[,。;]", case.flat[mention.span.end : sentence.end].lstrip("()"))[0]
    return _FOLLOWED.search(before) is not None or _FOLLOWED_BEHIND.match(behind) is not None


def _ends_in_tables(case: Case) -> list[tuple[frozenset[str], End]]:
    """Papers whose row says that they have ended."""
    ends: list[tuple[frozenset[str], End]] = []
    for block in _tables(case):
        for row in block.rows():
            if any(_CELL_ENDED.match(re.sub(r"\s", "", cell.text)) for cell in row):
                span = Span(row[0].start, row[-1].end)
                ends += [(m.names, End(None, span)) for m in _mentions(case) if span.start <= m.span.start < span.end]
    return ends


def _tables(case: Case) -> Iterator[Block]:
    return (block for block in case.found.document.blocks if block.cells)


def _heads_a_basis(case: Case, position: int) -> bool:
    """Whether a table lists what is followed, by the words of its head or of the line above it."""
    block = case.found.document.block_at(position)
    if block is None or not block.cells:
        return False
    above = case.flat[max(0, block.start - _REACH) : block.start]
    head = "".join(cell.text for cell in block.cells if cell.row == block.cells[0].row)
    return _BASES.search(above + head) is not None and "清理" not in above + head


def past_plans(case: Case) -> Iterator[Finding]:
    """R26: a plan whose years were over before the evaluated one, as the basis of what is done now."""
    for citation in case.found.citations if case.year else ():
        lifetime = _LIFETIME.search(case.flat, citation.span.start, citation.span.end + len("(2018-2020年)") + 2)
        if lifetime is None or not _PLAN.search(citation.title) or int(lifetime["to"]) >= case.year:
            continue
        mention = Told(frozenset((citation.title,)), Span(citation.span.start, max(citation.span.end, lifetime.end())))
        if _is_followed(case, mention, End(int(lifetime["to"]), mention.span)):
            written = case.found.text(mention.span)
            message = f"{written}到{lifetime['to']}年为止，{case.year}年度仍作为依据"
            yield case.finding("R26", mention.span, message, stated=written)
