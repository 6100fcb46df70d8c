"""R38 and R39: typing slips and punctuation; personal data in a text to be published."""

import re
from collections.abc import Iterator
from functools import cache

from hengji.auditing.case import Case
from hengji.auditing.wording import OTHERS
from hengji.library.texts import Typo, load_page_words, load_typos
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_HALF = pattern(
    r"[,:;!?](?<=[\u4e00-\u9fff”》）].)(?=[\u4e00-\u9fff“《（])|[,;](?<=[\u4e00-\u9fff”》）].)(?=\d)|\.(?<=[\u4e00-\u9fff”》].)(?<![一二三四五六七八九十].)(?=[\u4e00-\u9fff“《])"
)
_FULL = pattern(r"[，。；：、]")
_IN_SCORES = pattern(r"[(（]\d+(?:\.\d+)?分,自评")  # 「(4分,自评得分4分)」 is a form of its own
_FOLDED = 8  # half-width marks from which a text is a copy that folded them all
# What ends on a day is no 截至: 「报名截止9月30日」.
_BY = pattern(
    r"截止(?<!(?:报名|申报|申请|投标|响应|征集|受理|递交|投稿|收件|登记|填报|提交|预约|投票|公示)截止)(?=(?:到|至)?\s?(?:20\d\d|\d{1,2}月|年底|年末|本年|上年|报告))"
)
_DOUBLE = pattern(r"[，、；：]{2,}|[，、；：。](?<!\d)[,;:](?!\d)|[,;:][，、；：。]|。。(?!。)|，。|。，|、。|；。")
_PAIR = pattern(r"[，、；：。,;:][，、；：。,;:]")
_STRAY = pattern(
    r"进行进行|(?<!目)的的(?!确|士)|了了(?!解|然)|提高提升|完成完成(?!率)|(?<![但若还凡])是是(?!非|否)|(?<![总饱中共温])和和(?!美|睦)|(?<![存现潜所内])在在(?!职|编|岗|册)|对象对象|人员人员(?!经费|支出|工资)|措施措施"
)
_PLACE = pattern(r"[县市区局镇乡]")  # the last character of a name that may be written twice
_NAME_LENGTHS = range(3, 9)
_SPACED = pattern(r"1[3-9]\d(?<![\d.-]\d{3})([ -－])\d{4}\1\d{4}(?!\d)")
_ACCOUNT = pattern(
    r"(?:账号|帐号|卡号|账户|开户行[^。;]{2,24}?)[:为,]?\s?(?:账号|帐号)?[:为]?\s?(?P<n>\d{4}(?:\s?\d){8,15})(?!\d)"
)
_PHONE = pattern(r"(?<![A-Za-z\d.-])(?:1[3-9]\d{9}|0\d{2,3}[-－—\s]?\d{7,8}|\d{7,8})(?!\d|\.\d|\s?(?:元|万|亿))")
# What numbers papers and records, not persons: 「施工许可证号360902202303160101」.
_NUMBERED = pattern(
    r"(?:代码|编号|许可证号?|单号|凭证号?|合同号?|备案号?|(?<!身份)证号|案号|流水号|批号|卡片号|户号|发票[^,。;\d]{0,4})[:为]?\s?$"
)
_FOR_ALL = pattern(r"(?:监督|投诉|服务|公示|便民|救助)(?:举报)?电话|热线")
_LABEL = 32  # characters before a number in which it, or the head of its column, says whose it is
_PHONE_LABEL = pattern(r"(?:联系)?电话|手机|联系方式|传真|座机")
_ID = pattern(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)")
# So labelled it is one whatever its digits, which may be made up or half left out.
_LABELLED_ID = pattern(r"(?:身份证(?:件)?|公民身份)(?:号码?)?(?:为|是|:)?\s?(?P<n>\d{17}[\dXx]|\d{15})(?![\dXx*])")
_ROW = 120  # characters of a row of a page's own table
_SEVEN = pattern(r"\d\d{6}")  # all of these hold so many digits in a row
_MOBILE = pattern(r"(?<![A-Za-z\d.])1[3-9]\d{9}(?!\d|\.\d|\s?(?:元|万|亿))|(?<![A-Za-z\d])0\d{2,3}[-－]\d{7,8}(?!\d)")


def slips(case: Case) -> Iterator[Finding]:
    """R38: half-width punctuation between Chinese, 截止 for 截至, doubled marks, and words that are wrong in every context."""
    yield from _punctuation(case)
    text = case.found.document.text
    for match in _BY.finditer(case.flat):
        yield case.finding(
            "R38", Span(match.start(), match.end()), "“截止”应为“截至”", stated="截止", recomputed="截至"
        )
    for match in _DOUBLE.finditer(text) if _PAIR.search(text) else ():
        yield case.finding(
            "R38", Span(match.start(), match.end()), f"标点“{match[0]}”重复", stated=match[0], recomputed=match[0][-1]
        )
    for match in _STRAY.finditer(text):
        yield case.finding("R38", Span(match.start(), match.end()), f"“{match[0]}”像是误打", stated=match[0])
    yield from _names_twice(case, text)
    said = {character for character in _typed_wrong() if character in text}
    for characters, typo in _typos():
        if not characters <= said or typo.wrong not in text:
            continue
        for place in typo.places(text):
            span = Span(place, place + len(typo.wrong))
            message = f"“{typo.wrong}”应为“{typo.right}”"
            yield case.finding("R38", span, message, stated=typo.wrong, recomputed=typo.right)


def _names_twice(case: Case, text: str) -> Iterator[Finding]:
    """The name of a place or an office that opens a clause and is written twice: 「青溪县青溪县水务局」."""
    for match in _PLACE.finditer(text):
        end = match.end()
        name = next((text[end - n : end] for n in _NAME_LENGTHS if text[end - n : end] == text[end : end + n]), "")
        start = end - len(name)
        if name and _WORD.fullmatch(name) and not (start and _WORD.match(text, start - 1, start)):
            span = Span(start, end + len(name))
            yield case.finding("R38", span, f"“{name}”连写了两遍", stated=name * 2, recomputed=name)


_WORD = pattern(r"[\u4e00-\u9fff]+")


@cache
def _typos() -> tuple[tuple[frozenset[str], Typo], ...]:
    """The wrong spellings, each with its characters: most texts do not have them all."""
    return tuple((frozenset(typo.wrong), typo) for typo in load_typos())


@cache
def _typed_wrong() -> frozenset[str]:
    """The characters of all wrong spellings."""
    return frozenset().union(*(characters for characters, _ in _typos()))


def _punctuation(case: Case) -> Iterator[Finding]:
    """Half-width marks in a text that otherwise uses full-width ones, told once with the number of paragraphs that have them."""
    text = case.found.document.text
    half = list(_HALF.finditer(text))
    if not half or (len(half) > _FOLDED and len(half) > len(_FULL.findall(text))):
        return  # a copy that folded all punctuation
    told: dict[int, re.Match[str]] = {}
    for match in half:
        before = match.start() - 1
        if case.in_table(before) or _IN_SCORES.search(text[max(0, before - 12) : match.end() + 8]):
            continue
        told.setdefault(case.paragraph(before).start, match)
    if not told:
        return
    places = [_mark_place(case, match) for match in told.values()]
    mark = next(iter(told.values()))[0]
    message = f"中文里用了半角标点“{mark}”，应为“{_WIDE[mark]}”" + (f"，共{len(told)}段有" if len(told) > 1 else "")
    yield case.finding("R38", places[0], message, stated=mark, also=places[1 : OTHERS + 1])


_WIDE = {",": "，", ".": "。", ":": "：", ";": "；", "!": "！", "?": "？"}


def _mark_place(case: Case, match: re.Match[str]) -> Span:
    """A half-width mark with the words before it."""
    before = match.start() - 1
    return Span(max(case.sentence(before).start, before - 6), match.end())


def personal_data(case: Case) -> Iterator[Finding]:
    """R39: telephone and identity numbers; names of office holders on the cover are a note at most."""
    text, own = case.flat, load_page_words().own
    told: list[Span] = []
    for match in _SPACED.finditer(text):
        told.append(Span(match.start(), match.end()))
        yield case.finding("R39", told[-1], "联系电话不宜出现在公开的报告里，公开稿请遮盖")
    if not _SEVEN.search(text):
        return
    for match in _ACCOUNT.finditer(text):
        told.append(Span(match.start("n"), match.end("n")))
        yield case.finding("R39", told[-1], "银行账号不应出现在公开的报告里")
    numbers = (Span(match.start(), match.end()) for match in _ID.finditer(text) if not _numbered(text, match.start()))
    labelled = (Span(match.start("n"), match.end("n")) for match in _LABELLED_ID.finditer(text))
    for span in sorted({*numbers, *labelled}):
        told.append(span)
        yield case.finding("R39", told[-1], "身份证号不应出现在公开的报告里")
    for match in (*_MOBILE.finditer(text), *_PHONE.finditer(text)):
        span = Span(match.start(), match.end())
        if any(one.start <= span.start < one.end for one in told) or _numbered(text, span.start):
            continue
        if _is_nobodys(text, span):
            continue
        row = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        if len(row) <= _ROW and own.search(row):
            continue  # a site's own
        if not match[0].startswith("1") and _FOR_ALL.search(text[max(0, span.start - _LABEL) : span.start]):
            continue  # an office's line that is there for everybody
        plain = re.fullmatch(r"\d{7,8}", match[0]) is not None
        if plain and not _PHONE_LABEL.search(text[max(0, span.start - 14) : span.start]):
            continue
        told.append(span)
        yield case.finding("R39", span, "联系电话不宜出现在公开的报告里，公开稿请遮盖")


def _is_nobodys(text: str, span: Span) -> bool:
    """Whether a number is a line that cannot be, all nought behind the code of the place, or goes on covered: 「0755-0000000」, 「1380000****」."""
    return _NOUGHT.fullmatch(text, *span) is not None or _COVERS.match(text, span.end) is not None


_NOUGHT = pattern(r"(?:0\d{2,3}[-－—\s]?)?0{7,8}")
_COVERS = pattern(r"[*＊xX×]{2}")


def _numbered(text: str, position: int) -> bool:
    return _NUMBERED.search(text[max(0, position - _LABEL) : position]) is not None
