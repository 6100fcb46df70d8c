"""R07: so many for each of so many, against how many in all: 「22个村各聘1名，共聘24名」, 「为8所学校各配发3台，共计26台」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_COUNTER = "个|家|所|座|处|条|项|件|场|次|期|份|名|人|户|台|套|栋|支|间|本|块|盏|辆|面|张|副|批|组"
_PLACE = "个|家|所|座|处|条|户|支|镇|乡|村|社区|县|校|站|名|人|班|组"
_NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十])"
_EACH = pattern(
    rf"(?<![\d.,第年月至-])(?P<many>\d{{1,4}}|[两三四五六七八九十]+)\s?(?:{_PLACE})(?P<of>[\u4e00-\u9fff]{{0,10}}?)"
    rf"(?:,)?(?:均|都|平均)?(?:各(?!类|项|种|级|自的)|每[个家所座处条户支镇乡村校站名班组]{{1,2}}[\u4e00-\u9fff]{{0,4}}?)(?P<act>[\u4e00-\u9fff]{{0,6}}?)\s?"
    rf"(?P<n>{_NUMBER})\s?(?P<unit>{_COUNTER})(?P<what>[\u4e00-\u9fff]{{0,10}}),"
    rf"(?:全[县市区镇乡校局年])?(?:总共|合计|共计|累计|一共|(?<!公)共)(?P<again>[\u4e00-\u9fff]{{0,8}}?)\s?(?P<total>\d{{1,5}})\s?(?P=unit)(?!次)"
)
_OTHERWISE = pattern(
    r"至少|不少于|以上|以下|最少|最多|左右|约|另|除|外|部分|其余|增|加上|每[年月季周日天]|个别|原则上|平均|或"
)


def one_each(case: Case) -> Iterator[Finding]:
    """R07: a number in all that is not so many times what each has, told right before it; where nothing says that some have more."""
    for match in _EACH.finditer(case.flat) if "各" in case.flat or "每" in case.flat else ():
        many, each = read_chinese(match["many"]), read_chinese(match["n"])
        total = int(match["total"])
        if many is None or each is None or not many or many < _FEWEST or many * each == total:
            continue
        sentence = case.text(case.sentence(match.start()))
        near = abs(total - many * each) * _NEAR <= many * each
        if near and not _OTHERWISE.search(sentence):
            product, unit = many * each, match["unit"]
            message = f"{many}×{each}是{product}{unit}，这里写共{total}{unit}"
            span = Span(match.start(), match.end())
            yield case.finding("R07", span, message, stated=str(total), recomputed=str(product))


_FEWEST = 3  # of fewer each may be told apart
_NEAR = 3  # the part of the product by which the total may be off
