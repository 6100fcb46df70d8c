"""R13: another year written in two digits or in Chinese numerals, where the evaluated one belongs."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import DocumentKind, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_SHORT = pattern(r"(?<![\d年.\-—–~至到、\"“'‘’〔(])(?P<y>\d\d)年(?:度|全年(?!预算|目标|计划))(?![以之]?[前后内])")
_WORDS = pattern(r"(?P<y>二[〇○零Oo]?[一二][〇○零一二三四五六七八九])年(?:度|全年|(?=(?:完成|实现|全|共|我)))")
_DIGITS = {
    numeral: str(digit) for digit, numerals in enumerate(("〇○零Oo", *"一二三四五六七八九")) for numeral in numerals
}
_OPENS = pattern(r"(?:^|[,。;:\n\t]|[的为是])$")
_HAS_A_ROLE = pattern(
    r"上年|去年|同[期比]|比|较|增长|下降|基期|基数|开工|立项|建成|启动|购置|签订|批[复准]|申报|评[为定]|获|以来|起|结转|结余|决算|公开|印发|规划|普查|整改|审计|巡[察视]|跨年|续建|历年|往年|《|〔|成立|设立|累计.{0,6}年"
)
_BACK = 2  # years that an earlier draft may lie back


def written_years_fit(case: Case) -> Iterator[Finding]:
    """「22年全年维修水闸11座」, 「二〇二二年度履职任务」 in the report on 2023: no other word of the sentence asks for that year."""
    if not case.year or not case.found.year_stated or case.found.kind is not DocumentKind.OVERALL:
        return
    for form in (_SHORT, _WORDS):
        for match in form.finditer(case.flat):
            year = _year(match["y"])
            sentence = case.sentence(match.start())
            text = case.text(sentence)
            if year == case.year or not case.year - _BACK <= year <= case.year + 1:
                continue
            if not _OPENS.search(case.flat[sentence.start : match.start()]) or _HAS_A_ROLE.search(text):
                continue
            if str(case.year) in text or case.chapter_key(match.start()) in ("存在问题", "相关建议", "问题与建议"):
                continue
            message = f"评价的是{case.year}年度，这里写{match['y']}年，句中看不出为什么用这个年份，可能是沿用旧稿"
            yield case.finding(
                "R13", Span(match.start("y"), match.end("y")), message, stated=match["y"], recomputed=str(case.year)
            )


def _year(written: str) -> int:
    """A year of two digits or of Chinese numerals."""
    digits = "".join(_DIGITS.get(each, each) for each in written)
    return int(digits) if len(digits) == len("2023") else 2000 + int(digits[-2:])
