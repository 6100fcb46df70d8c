"""R36: what is said of every disclosure — in time, all of it, every unit — against a day that was late or a thing left out elsewhere."""

from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.denials.clauses import Clause, clauses, told, year_of
from hengji.auditing.proof.disclosed_days import disclosed_days
from hengji.auditing.proof.disclosure import disclosure_late
from hengji.auditing.proof.public_events import counted_from_approval, public_events
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_PUBLIC = pattern(r"公开|公示|公布|上网|挂网|挂出|发布|晒")
_MATTER = pattern(r"预算|决算|自评|绩效")
# 「都赶在批复后20日之内办结」, 「都按规定的时限上网」, 「没有一次逾期」
_IN_TIME = pattern(
    r"(?:\d{1,2}|[二十]{1,3})个?(?:工作)?[日天](?:之内|以内|内)|(?:规定|法定|要求)(?:的)?(?:时限|期限|时间|日期|时点)|时限(?:要求|之内|内)|(?:按时|按期|如期|及时|准时)(?!性|率|度|完成率)|(?:没有|未|无|不)(?:一[次项家]|出现|发生|存在)?(?:逾期|超期|超时|超过(?:规定)?(?:时限|期限)|延误|拖延|迟)|(?:时限|期限)(?:之|以)?内"
)
# 「公开内容齐全，没有遗漏」, 「二级单位与局机关同步公开，一家没落下」
_COMPLETE = pattern(
    r"(?<!不)(?:齐全|完整)(?!性|率|度)|(?:没有|无|未|不存在|没)(?:一[家项张份个])?(?:出现|发生|任何|有)?(?:缺?漏|遗漏|缺项|缺失|落下|漏项|少挂|缺)|一[家项张份个](?:也|都)?(?:没有?|未|不)(?:落下|落|少|漏|缺)|同步(?:对外|向社会)?(?:公开|上网|公布|公示)|应公开尽公开|应公开(?:的)?(?:都|均|已|全部)|(?:均|全部|全都?|都|悉数|一并|随同)(?:已)?(?:按[^,]{1,6})?(?:在[^,]{1,10})?(?:对外|向社会)?(?:公开|公布|上网|挂网|公示|挂出)|全(?:面|部)公开|(?:公开)?全覆盖|(?:公开率|上网率)(?:为|达到?)?100"
)
_OTHERS = pattern(
    r"公开(?:招标|采购|遴选|选聘|竞争|竞价|询价|招聘)|村务|党务|政务公开|名单|补贴|公示期|项目公示|任前|文书|案件|许可|处罚|执法|裁判"
)
_LATE = pattern("超过")
_NO = r"(?<!无)(?<!有)(?<!是否)(?:至今|一直|直到[^,]{1,8}|仍|尚|还|均|暂|却|也)*(?:没有?|未|没能|漏了?|缺少?|忘了?)"
# 「至今没有在网上公开」, 「国有资本经营预算表没有挂」, 「“三公”表漏传」
_LEFT_OUT = pattern(
    rf"{_NO}(?:能|予以?|一并|同步|按[^,\d]{{1,6}}|随[^,\d]{{0,8}}|及时|对外|向社会|单独|再|在[^,\d]{{0,10}}|于[^,\d]{{0,10}}|通过[^,\d]{{0,10}}|进行|上|传|挂){{0,3}}(?:公开|公示|公布|挂网?|网|发布|上传|传|晒)(?!率)(?:出|上去|出来)?(?=$|[,)的、])"
    r"|(?:表|说明|报告|决算|预算|附件)(?:[^,]{0,6})(?:漏传|漏挂|漏发|缺失|空缺|未见|查不到|打不开|没有|未公开|未上传|未挂)(?:出|上)?$|只(?:挂|公开|公布|上传)了?[^,]{1,16}(?:表|张|家)$"
)
_TITLED = pattern(r"应当?|须|要求|规定|如|若|凡|每|标准|拟|将|下一步|确保|扣\s?\d")
_PUT_RIGHT = pattern(
    r"已(?:于|经|全部|在)?[^,。;]{0,14}(?:补传|补公开|补挂|补发|补上|重新公开|补齐)|涉密|不予公开|无需"
)


def disclosures_as_told(case: Case) -> Iterator[Finding]:
    """Each such word that a day or a gap told in another place denies."""
    yield from said_of_disclosures(case)


@once
def said_of_disclosures(case: Case) -> tuple[Finding, ...]:
    """The first word on time and the first on completeness that do not hold."""
    return (*tuple(_in_time(case))[:1], *tuple(_complete(case))[:1])


def _about(case: Case, clause: Clause) -> bool:
    """Whether a clause speaks of disclosed budgets: by its own words, those before it, or its indicator."""
    item = case.item_at(clause.span.start)
    named = item.name if item is not None else ""
    words = f"{clause.before[-40:]}{clause.text}"
    of_leaf = "公开" in named
    said = _PUBLIC.search(words) is not None or of_leaf
    return said and (_MATTER.search(words) is not None or of_leaf) and not _OTHERS.search(words)


def _in_time(case: Case) -> Iterator[Finding]:
    claims = [c for c in clauses(case) if _IN_TIME.search(c.text) and _about(case, c) and told(case, c)]
    claims = [c for c in claims if not _NOT_IN_TIME.search(c.text)]
    claims = [c for c in claims if not _LATE_ADMITTED.search(f"{c.before}{c.text}{c.after}")]
    if not claims:
        return
    for finding in (*disclosure_late(case), *disclosed_days(case), *public_events(case), *counted_from_approval(case)):
        if not _LATE.search(finding.message) or finding.start is None or finding.end is None:
            continue
        late = Span(finding.start, finding.end)
        place = case.paragraph(late.start)
        for claim in claims:
            apart = not place.start <= claim.span.start < place.end and not _in_one_leaf(case, claim.span, late)
            if apart and _one_matter(claim.text, case.text(case.sentence(late.start))):
                message = f"这里写“{claim.text[:30]}”，另一处{finding.message}"
                yield case.finding("R36", claim.span, message, stated=finding.stated, also=(late,))
                return


# 「预算公开迟于规定时间」 admits what others deny.
_NOT_IN_TIME = pattern(
    r"(?<!未)(?<!没有)(?<!无)(?<!不)(?:迟于|晚于|超出|超过)|未能?按|没有?按|没能|不(?:够)?(?:及时|按时|按期)|滞后|基本"
)
_LATE_ADMITTED = pattern(r"(?<!未)(?<!没有)(?<!无)(?<!不)(?:逾期|超期|晚了|迟了|晚于)|除[^,]{1,20}外")


def _in_one_leaf(case: Case, one: Span, other: Span) -> bool:
    """Whether two places are of one indicator, and so of one argument."""
    item = case.item_at(one.start)
    return item is not None and item is case.item_at(other.start)


def _one_matter(claim: str, fact: str) -> bool:
    """Whether a claim may speak of what a fact is told of: 「预算按时公开」 says nothing of the accounts."""
    own = {word for word in ("预算", "决算", "自评") if word in claim.replace("预决算", "")}
    other = {word for word in ("预算", "决算", "自评") if word in fact}
    return not own or not other or bool(own & other) or "预决算" in claim


def _complete(case: Case) -> Iterator[Finding]:
    claims = [c for c in clauses(case) if _COMPLETE.search(c.text) and _about(case, c) and told(case, c)]
    claims = [c for c in claims if not _LEFT_OUT.search(c.text)]
    gaps = [c for c in clauses(case) if _is_gap(case, c)] if claims else []
    for claim in claims:
        for gap in gaps:
            if gap.piece == claim.piece or year_of(case, gap) < case.year - 1:
                continue
            if _one_matter(claim.text, f"{gap.before}{gap.text}"):
                message = f"这里写“{claim.text[:30]}”，另一处写“{gap.text[:30]}”"
                yield case.finding("R36", claim.span, message, stated=gap.text[:30], also=(gap.span,))
                return


def _is_gap(case: Case, clause: Clause) -> bool:
    """Whether a clause tells that budgets, accounts or their tables are not to be seen."""
    if not _LEFT_OUT.search(clause.text) or _TITLED.search(clause.text) or case.aimed_at(clause.span.start):
        return False
    words = f"{clause.before}{clause.text}"
    if _OTHERS.search(words) or _PUT_RIGHT.search(f"{words}{clause.after}"):
        return False
    item = case.item_at(clause.span.start)
    return _MATTER.search(words) is not None or (item is not None and "公开" in item.name)
