"""R17: people taken on under the name of bought services, which 财政部令第102号 第十条 forbids."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# 「以政府购买服务方式聘用市场协管员26人」: the verb follows the way at once, so that it is the unit that hires.
_HIRED = pattern(
    r"(?:(?:以|通过|采取|采用|按照?|用|利用)[^,。;、\d]{0,4})?(?:政府)?购买服务(?:的)?(?:方式|形式|途径|办法|名义|渠道)?(?:公开|统一|自行|直接|新)?[,]?"
    r"(?:聘用|招用|招聘|聘请|招录|录用|雇用|用工)(?:了|的)?(?P<who>[^,。;:\d]{0,24})(?P<many>\d+)\s?(?:余|多)?[人名](?![次均])"
)
_NAMED_BY = pattern(r"(?:方式|形式|途径|办法|名义|渠道)|^(?:以|通过|采取|采用|用|利用)")
_OF_OTHERS = pattern(
    r"公司|企业|机构|事务所|供应商|承接|中标|专家|律师|顾问|会计师|第三方|单位(?!人员)|院校|团队|评委|讲师"
)
_SERVED = pattern(r"[为对向给]|开展|提供|服务(?!人员)|培训|检查|救助|帮扶")  # those for whom something was done
_DENIED = pattern(
    r"清退|清理|不存在|没有|未|不得|禁止|严禁|停止|取消|转为|原|杜绝|终止|退回|解除|整改|由[\u4e00-\u9fff]{2,16}$|(?:公司|企业|机构|供应商|承接方|承接主体|中标人)[^,。;]{0,8}$"
)
_ENDED_BEHIND = pattern(
    r"[^。;]{0,24}(?:已(?:全部)?(?:清退|退出|终止|解除)|由[^,。;]{0,12}(?:公司|企业|机构|供应商|承接|中标|第三方)[^,。;]{0,8}(?:聘用|管理|用工|派遣|签订))"
)
_LEAD = 24  # characters of its clause before the words


def hired_as_services(case: Case) -> Iterator[Finding]:
    """People whom a unit says that it hired by buying services; work that is bought, and the people of those who do it, are none."""
    for match in _HIRED.finditer(case.flat) if "购买服务" in case.flat else ():
        if _NAMED_BY.search(match[0]) is None or _OF_OTHERS.search(match[0]) or _SERVED.search(match["who"]):
            continue
        start = max(case.flat.rfind(mark, 0, match.start()) for mark in "。;\n") + 1
        before = case.flat[max(start, match.start() - _LEAD) : match.start()]
        if _DENIED.search(before) or _ENDED_BEHIND.match(case.flat, match.end()):
            continue
        message = "以政府购买服务方式用工：人员招聘不得作为政府购买服务（财政部令第102号第十条第五项）"
        yield case.finding("R17", Span(match.start(), match.end()), message, stated=match["many"])


_GROUP = pattern(r"(?P<who>[\u4e00-\u9fff]{2,12}?)(?P<n>\d{1,4})\s?[人名](?P<told>[^。;\d]{0,24})")
_RETIRED = pattern(r"退休|离休|返聘|借调")


def hired_counted_in(case: Case) -> Iterator[Finding]:
    """R17: people of no posts told to be counted among those who are: 「公益性岗位人员3名纳入财政供养人员范围」."""
    words = load_staff_words()
    if words.counted.search(case.flat) is None:
        return
    for match in _GROUP.finditer(case.flat):
        told = words.counted.search(match["told"])
        if told is None or _NOT.search(case.flat, match.start("told"), match.start("told") + told.end()):
            continue
        if words.hired.search(match["who"]) or _RETIRED.search(match["who"]):
            span = Span(match.start(), match.start("told") + told.end())
            message = f"{match['who']}{match['n']}人“{told[0]}”，这些人不占编制，不计入"
            yield case.finding("R17", span, message, stated=match["n"])


_NOT = pattern("不|未|没有|无|如|应|是否")
