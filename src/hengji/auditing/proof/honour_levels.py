"""R33: more points for an honour than the quoted rule gives its level, and an honour by a paper of the unit's own."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PRICE = pattern(
    r"(?P<level>国家|省|自治区|市|县|区)级(?!以上|及以上|或以上)(?P<below>(?:及|或)?以下)?(?:党委|政府|部门|表彰|奖励|荣誉|奖项|表扬|的|类|和|、){0,4}"
    r"(?:(?:每[项个次])?(?:加|计|得|奖)?\s?(?P<n>\d+(?:\.\d+)?)\s?分|(?P<none>不(?:予)?[加计]分))"
)
_PIECE = pattern(r"[^。;\n]+")
_ADDED = pattern(r"(?:[加计得]|[,)]\s?)\s?(?P<n>\d+(?:\.\d+)?)\s?分")
_WON = pattern(r"获|被|授予|表彰|表扬|命名|评为|(?:先进|优秀|突出|示范|优胜|模范|达标)(?:单位|集体)|标兵|等奖")
_RULE = pattern(r"每[项个次]|标准|另|各|(?<!中)共|合计|[两二三2-9]\s?[项个次]|不(?:予)?[加计]分|以上")
_ISSUER = pattern(
    r"(?:^|[被获由、,:月日和])(?P<level>省|自治区|市|县|区)(?:委(?!员)|政府|人民政府|[\u4e00-\u9fff]{1,8}?(?:局|厅|委员会|办公室|联合会|总工会)|总工会|妇联|工商联|残联|科协|文明办|团委|文联)"
)
# The same behind the name of the place: 「中共颍桥县委、颍桥县人民政府」.
_PLACED = pattern(
    r"(?:^|[被获由、,:月日和.]|中共)[\u4e00-\u9fff]{2,4}?(?P<level>自治区|省|市|县|(?<![社城景园校新片])区)(?:委(?!员)|人民政府|政府|(?:(?![省市县区乡镇])[\u4e00-\u9fff]){1,10}?(?:局|厅|委员会|办公室|联合会|总工会))"
)
_SAID = pattern(r"(?P<level>国家|全国|省|全省|市|全市|县|区)级")
_ALIKE = {"区": "县", "自治区": "省", "全国": "国家", "全省": "省", "全市": "市"}


def above_their_level(case: Case) -> Iterator[Finding]:
    """One honour counted with more than the rule beside it gives for an honour of its level: 「区级每项加0.5分……被区委、区政府评为……，加1分」."""
    for paragraph in _bonus_paragraphs(case):
        text = case.text(paragraph)
        prices = _prices(text) or _prices_before(case, paragraph)
        for piece in _PIECE.finditer(text) if prices else ():
            level, counted = _level(piece[0]), _ADDED.findall(piece[0])
            if level not in prices or len(counted) != 1 or _RULE.search(piece[0]) or not _WON.search(piece[0]):
                continue
            right, claimed = prices[level], Fraction(counted[0])
            if claimed > right:
                span = Span(paragraph.start + piece.start(), paragraph.start + piece.end())
                message = f"这是{level}级的表彰，按所引标准每项加{number(right)}分，这里加{number(claimed)}分"
                yield case.finding("R33", span, message, stated=counted[0], recomputed=number(right))


def _bonus_paragraphs(case: Case) -> Iterator[Span]:
    return (p for p in case.found.paragraphs if _ADDED.search(case.text(p)) and _WON.search(case.text(p)))


def _prices_before(case: Case, paragraph: Span) -> dict[str, Fraction]:
    """The prices that one of the few paragraphs above a list of honours tells, under the same heading."""
    above = [each for each in case.found.paragraphs if paragraph.start - _ABOVE <= each.start < paragraph.start]
    for each in reversed(above):
        text = case.text(each)
        found = _prices(text) if _OF_BONUS.search(text) or len(_PRICE.findall(text)) > 1 else {}
        if found:
            return found
    return {}


_ABOVE = 300  # characters
_OF_BONUS = pattern("加分|表彰|荣誉")


def _prices(text: str) -> dict[str, Fraction]:
    """The points of each level, unless one level has two prices."""
    told = [(_alike(m["level"]), Fraction(0 if m["none"] else m["n"])) for m in _PRICE.finditer(text)]
    if len(told) < _LEVELS and not any(m["none"] for m in _PRICE.finditer(text)) and "每" not in text:
        return {}
    return dict(told) if len(dict(told)) == len(told) else {}


_LEVELS = 2  # levels with a price each: a rule


def _level(piece: str) -> str:
    """The one level of those who gave an honour; nothing if its text names another or several."""
    levels = {_alike(m["level"]) for form in (_ISSUER, _PLACED, _SAID) for m in form.finditer(piece)}
    given = any(form.search(piece) for form in (_ISSUER, _PLACED))
    return next(iter(levels)) if given and len(levels) == 1 else ""


def _alike(level: str) -> str:
    return _ALIKE.get(level, level)


_OWN_NOTICE = pattern(
    r"(?:获|被|经|受到?)(?P<whose>[本我])?(?P<kind>局|委|院|校|馆|站|中心|办|会|所|街道|镇|乡|单位)(?:党[组委工]*|机关)?"
    r"(?:于)?(?:20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:印发|下发|发布|作出|公布|出台)?的?《[^》]*(?:表[彰扬]|先进|优秀)[^》]*》"
)
_COUNTED = 24  # characters behind a notice in which it is counted


def by_a_notice_of_its_own(case: Case) -> Iterator[Finding]:
    """An honour by a notice of the unit itself that is counted: 「收缴股获中心……印发的《关于表扬年度先进股室的通报》加0.5分」."""
    department = re.sub(r"\s|\(.*?\)", "", case.found.department)
    for match in _OWN_NOTICE.finditer(case.flat) if "《" in case.flat else ():
        own = match["whose"] or department.endswith(match["kind"])
        if own and _ADDED.search(case.flat, match.end(), min(match.end() + _COUNTED, case.sentence(match.start()).end)):
            message = "这项荣誉由本单位自己颁发，不宜加分"
            yield case.finding("R33", Span(match.start(), match.end()), message)
