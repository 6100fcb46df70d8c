"""R41: another body's own rules for its money, its property or its contracts, followed as this one's: 「依照《某县气象局固定资产管理办法》逐件落实到人」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.extraction import Citation
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# A body, and what every body has rules of its own for.
_TITLE = pattern(
    r"(?P<body>[\u4e00-\u9fff]{0,8}[省市县区旗州镇乡][\u4e00-\u9fff]{0,12}?(?:局|委员会|办公室|中心|公司|医院|学校|中学|小学|联合会|图书馆|文化馆|档案馆|党校|街道办事处|镇人民政府|乡人民政府))(?:机关)?"
    r"(?:财务|固定资产|国有资产|资产|政府采购|采购|内部控制|内控|合同|公务用车|公务接待|差旅费|大额资金|资金(?:支付|审批|管理)|经费(?:支出|审批)|报销|预算(?:绩效)?管理|会计|印章|劳务|印鉴)[\u4e00-\u9fff]{0,16}?(?:办法|制度|规定|细则|规程|流程|手册)(?:\([^()]{1,8}\))?"
)
# Those that make such rules for others: the finance bureau and who keeps what all offices share.
_FOR_OTHERS = pattern("财政|机关事务|审计|纪委|监察|人民政府办公室|组织部|公共资源")
_THEIR_OWN = pattern("转发|参照|借鉴|学习|上级|主管|下属|所属|该[单公]|其")
_LEAST = 4  # characters of a name that are its own


def rules_of_others(case: Case) -> Iterator[Finding]:
    """Cited rules that name a body that the report speaks of nowhere else."""
    own = case.found.department
    if not own:
        return
    for citation in case.found.citations:
        match = _TITLE.fullmatch(citation.title)
        if match is None or _FOR_OTHERS.search(match["body"]) or _is_own(own, match["body"]):
            continue
        sentence = case.text(case.sentence(citation.span.start))
        if _THEIR_OWN.search(sentence) or _told_elsewhere(case, match["body"], citation):
            continue
        message = f"《{citation.title}》是“{match['body']}”的制度，本报告的单位是“{own}”，可能是从其他单位抄来的"
        yield case.finding("R41", citation.span, message, stated=match["body"], recomputed=own)


def _is_own(own: str, body: str) -> bool:
    """Whether a body may be the department: one name ends as the other does, or has most of its characters."""
    shared = sum(character in own for character in body)
    return body[-_LEAST:] in own or own[-_LEAST:] in body or shared * 4 >= len(body) * 3


def _told_elsewhere(case: Case, body: str, citation: Citation) -> bool:
    """Whether the report speaks of a body outside the title, as of one of its own parts."""
    plain = case.flat[: citation.span.start] + case.flat[citation.span.end :]
    return body[-_LEAST:] in plain or body in plain
