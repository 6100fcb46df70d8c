"""R27: document numbers so malformed that no citation is read of them: half a bracket, no year, no serial, another order."""

import itertools
import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.extracting.citations import without_lead
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ORG = r"([\u4e00-\u9fff]{2,12})"
_YEAR = r"(?:19|20)\d\d"
_OPEN, _CLOSE = r"[〔\[【{]", r"[〕\]】}]"
_SERIAL = r"\d{1,4}号"
_ROUNDED = rf"{_OPEN}\s?{_YEAR}年?\s?{_CLOSE}"
_UNLIKE = r"[O○〇零oQlI]"  # letters and signs that are no digits
_CHINESE = r"[一二三四五六七八九十百]"
_STROKE = r"[-—–_/·.]"

# What is wrong, and the shape that shows it. Every shape has the year in brackets of its own kind, or stands where only a number stands.
_SHAPES = (
    (
        "括号只有一半",
        pattern(rf"{_ORG}(?:{_OPEN}{_YEAR}(?:第?{_SERIAL}|年第?{_SERIAL})|{_YEAR}年?{_CLOSE}第?{_SERIAL})"),
    ),
    ("缺序号", pattern(rf"{_ORG}{_ROUNDED}第?\s?号")),
    ("缺年份", pattern(rf"{_ORG}{_OPEN}\s?{_CLOSE}第?{_SERIAL}|(?<=》\(){_ORG}{_SERIAL}(?=\))")),
    ("次序颠倒", pattern(rf"{_ROUNDED}\s?{_ORG}第?{_SERIAL}|{_ORG}第?{_SERIAL}{_ROUNDED}")),
    ("缺机关代字", pattern(rf"(?:(?<=》\()|(?<=》)){_ROUNDED}第?{_SERIAL}")),
    ("年份或序号用了汉字", pattern(rf"{_ORG}(?:{_OPEN}[一二][〇零○oO九\d{_CHINESE[1:-1]}]{{3}}年?{_CLOSE}|{_ROUNDED}第?{_CHINESE}{{1,5}}号)")),
    ("年份里混有字母", pattern(rf"{_ORG}{_OPEN}(?=\d{{0,3}}{_UNLIKE})[12lI][\d{_UNLIKE[1:-1]}]{{3}}年?{_CLOSE}")),
    ("年份不是四位", pattern(rf"{_ORG}{_OPEN}(?:\d{{3}}|\d{{5}}|(?!19|20)\d{{4}})年?{_CLOSE}第?{_SERIAL}")),
    ("“号”重复", pattern(rf"{_ORG}{_ROUNDED}第?\d{{1,4}}号号")),
    ("序号前多了字符", pattern(rf"(?<!书){_ORG}{_ROUNDED}\s?(?:[Nn][Oo0][.:]?\s?|[-—–,、.:]\s?)\d{{1,4}}")),
    ("年份前多了“第”", pattern(rf"{_ORG}第{_ROUNDED}第?\d{{1,4}}")),
    ("括号重复", pattern(rf"{_ORG}(?:{_OPEN}[(〔\[【]|\({_OPEN}){_YEAR}年?[)〕\]】]{{2}}\d{{1,4}}")),
    (
        "年份没有括号",
        pattern(
            rf"(?<=》\(){_ORG}{_STROKE}?{_YEAR}(?:{_STROKE}|年?[(〔\[]|年?第?)\d{{1,4}}[)〕\]]?号?(?=\))"
            rf"|{_ORG}{_STROKE}?{_YEAR}{_STROKE}\d{{1,4}}号文"
        ),
    ),
)  # fmt: skip
# What is numbered in its own way: decrees, minutes, acts towards one party, contracts, files, standards.
_OTHER = pattern(
    r"令|公告|通告|纪要|合同|协议|编号|案卷|卷宗|凭证|发票|标准|专利|版本|型号|第$|附件|[民刑行执破]初|[民刑行]终|罚|判|裁|许可|证字?$|代码|标段"
)
_TAIL = 8  # characters before a number that may be its office's
# What a number is known by, in any shape. One that stands behind its office and is sound from its bracket to its 号 is in no shape.
_SOUND_REST = r"(?:19|20)\d\d〕[1-9]\d{0,4}号(?!号)"
_MAY = pattern(
    rf"[〔\[【{{〕\]】}}》\d](?:(?<=[\u4e00-\u9fff]〔)(?<![号第]〔){_SOUND_REST}|(?<=》)\([\u4e00-\u9fff]{{2,12}}(?<![号第])〔{_SOUND_REST}"
    r"|(?<=[〔\[【{])(?=\s?[\d一二lI(〔\[【〕\]】}])|(?<=[\d年][〕\]】}])|(?<=》)\([\u4e00-\u9fff]{2,12}\S{0,2}\d|(?<=\d)[-—–_/·.]\d{1,4}号文)"
)


def misshapen_number(case: Case) -> Iterator[Finding]:
    """R27: numbers that lack a part, or whose parts stand in another order or in other signs."""
    told = [
        c.number_span for c in case.found.citations if c.number_span is not None and not _whole(case, c.number_span)
    ]
    near = _near(case.flat)
    if not near:
        return
    for what, shape in _SHAPES:
        for match in itertools.chain.from_iterable(shape.finditer(case.flat, span.start, span.end) for span in near):
            org = next((words for words in match.groups() if words), "")
            if _OTHER.search(org[-_TAIL:]) or "通知书" in org:
                continue
            if not org and _MINUTES.search(case.flat, max(0, match.start() - _TAIL), match.start()):
                continue  # minutes of meetings are counted without the letters of a body
            start = match.start() + (without_lead(org) if match[0].startswith(org) else 0)
            span = Span(start, match.end())
            if any(span.start < other.end and other.start < span.end for other in told):
                continue
            told.append(span)
            yield _told(case, span, what)
    yield from _widths(case)
    yield from _in_columns(case, told)


_MINUTES = pattern(r"纪要[》\"]?[ (]{0,2}\Z")
_REACH = 40  # characters around a mark within which all of its number stands


def _near(text: str) -> list[Span]:
    """The stretches of a text in which a misshapen number may stand at all: a look at a few marks in place of a dozen long shapes at every character."""
    found: list[Span] = []
    for match in _MAY.finditer(text):
        if match[0].endswith("号"):
            continue
        start = max(0, match.start() - _REACH)
        if found and start <= found[-1].end:
            start = found.pop().start
        found.append(Span(start, match.end() + _REACH))
    return found


_SOUND = pattern(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号")


def _whole(case: Case, span: Span) -> bool:
    """Whether a number is right as far as it was read."""
    return _SOUND.search(re.sub(r"\s", "", case.flat[span.start : span.end + 1])) is not None


def _told(case: Case, span: Span, what: str) -> Finding:
    written = case.found.text(span)
    return case.finding("R27", span, f"文号“{written}”{what}，应写作“机关代字〔年份〕序号号”", stated=written)


_FULL_WIDTH, _HALF_WIDTH = pattern("[０-９]"), pattern("[0-9]")


def _widths(case: Case) -> Iterator[Finding]:
    """Numbers whose digits are of two widths."""
    for citation in case.found.citations:
        written = case.found.text(citation.number_span) if citation.number_span is not None else ""
        if citation.number_span is not None and _FULL_WIDTH.search(written) and _HALF_WIDTH.search(written):
            yield _told(case, citation.number_span, "全角和半角数字混用")


_COLUMN = pattern(r"^(?:发文|文件|批文|批复)?(?:文号|字号|文件号)$")
_NUMBERLIKE = pattern(r"[\u4e00-\u9fff]{2,12}[\s\d〔〕\[\]【】{}()年第号字—–/-]*\d[\s\d〔〕\[\]【】{}()年第号—–/-]*$")


def _in_columns(case: Case, told: list[Span]) -> Iterator[Finding]:
    """Cells of a column of numbers that are none in the right form."""
    for block in case.found.document.blocks:
        if not block.cells or "号" not in block.text:
            continue
        columns = {cell.column: cell.row for cell in block.cells if _COLUMN.match(re.sub(r"\s", "", cell.text))}
        for cell in block.cells:
            if cell.row <= columns.get(cell.column, cell.row):
                continue
            span = Span(cell.start, cell.end)
            written = re.sub(r"\s", "", case.flat[span.start : span.end])
            if not _NUMBERLIKE.match(written) or _SOUND.search(written) or _OTHER.search(written):
                continue
            if not any(span.start < other.end and other.start < span.end for other in told):
                yield _told(case, span, "的写法不规范")
