"""R13: last year told of what a leaf itself did, counted or finished."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import DocumentKind, ScoredItem, YearMention
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# What lets last year stand: it is compared with, carried over, of a paper, of the accounts, of a purchase, of a plan.
_LET = pattern(
    r"上年|上一年|去年|同[期比]|相比|[比较与自从由起以按]\s?20|[高低多少大优快慢]于\s?20|决算|结转|结余|审计|巡[察视]|评价|考核|购[置入买]|[始修改新]?建于|组建|成立|设立|印发|出台|修订|制定|编制|编报|申报|报送|备案|批[复准]|下达|研究|审[议定核]|会议|[党常].{0,3}会|规划|计划|立项|招标|中标|签订|开工|启动|遗留|历年|往年|以来|基[期数]|增长|下降|减少|提高|降低|变动|结果|问题|整改|以前|以后|质保|续建|跨年|提前|预下达|统计|普查|公[开布示]|荣获|授予|表彰|命名|评[为定]|原有|原来|曾|建成|年初|期初|文件|办法|方案|标准|政策|规定(?!的?(?:时限|时间|期限))|应收|欠|拖|累计|分别(?!于?20)|(?:入|项目)库(?!洪峰|流量|水)|测算|录入|填报|评估|年内|[,、]年末"
)
_NOT_THEN = pattern(
    "变动|增长|下降|目标[^值]|预算编|预算管理|入库|储备|评估|测算|公开|历史|结转|结余"
)  # leaves of other years' matter
# A day or the close of last year, and what was done or stood then.
_THEN = pattern(
    r"\s?年?(?:度)?(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日(?:[至到—–-]\s?(?:\d{1,2}\s?月)?\s?\d{1,2}\s?日)?(?:[、和](?:\d{1,2}\s?月)?\s?\d{1,2}\s?日)*|(?:份)?[、和]\s?\d{1,2}\s?月(?:份)?|[底末初]|[上中下]旬)?(?:[之以]?前)?|[底末](?:[之以]?前)?|[\u4e00-\u9fff]{2}期间|[春秋]季(?:学期)?),?(?:[\u4e00-\u9fff\"]{0,12}?)(?:完工|竣工|完成|挂牌|登记|验收|启用|投用|投入使用|交付|走访|慰问|巡护|开展|举办|培训|办理|办结|发放|盘点|清查|账面|原值|资产总额|设教学班|调查|到位|拨付|兑付|上线|通车|供水|开馆|运行|打卡|打款|缴入|入库洪峰|洪峰|强?降雨|暴雨|台风|火情|火灾|地震|遭遇|抢险|转移群众|应急演练|回访|问卷)"
)
# 「2023年参考考生806人」
_OPENS = pattern(
    r"\s?年?(?:度)?(?:全年)?,?(?:我[\u4e00-\u9fff]|本[\u4e00-\u9fff]|全[县市区镇乡校院馆])?(?:共|累计)?(?:完成|办结|受理|查处|查办|开展|举办|组织|培训|救助|服务|接待|发放|新增|新建|改造|抽检|检查|检测|演出|处置|化解|参考|录取|招录|招生|维修|安装|种植|造林|治理|宣传|慰问|走访|人均|平均)[^,。;\d的]{0,14}\d"
)
# 「2023年机关食堂保障用餐18.6万人次」 of 食堂保障
_NAMED = pattern(r"\s?年?(?:度)?(?:全年)?,?(?P<what>[\u4e00-\u9fff]{4,16})\d[\d,.]*+(?!\s?[万亿]?元)")
# 「2022年人均巡护252天，超过240天目标」
_HELD_AGAINST = pattern(r"[^。;]{0,40}?(?:[超高优多大]过?于?|达到|完成|[低少]于|等于|符合)[^。;,]{0,14}目标")
# 「2022年完工的12项工程全部通过县级验收」
_FINISHED = pattern(
    r"\s?年?[^,。;\d]{0,2}(?:完工|竣工|建成|验收|实施)的?[\u4e00-\u9fff]{0,6}\d+[^,。;]{0,10}(?:全部|均|已)"
)
# What of a leaf stands before its text: its number, name, points and claim.
_SCORED = pattern(
    r"[^。;]{0,50}?(?:得分?|自评分?|分值|计)[:为]?\s?[\d.]+\s?分?[)]?[。,:;、]?\s?|[\s\d.、()一二三四五六七八九十|]*[^,。;:]{0,20}[:。]\s?|\s*"
)


def leaf_year(case: Case) -> Iterator[Finding]:
    """R13: 「2022年10月26日完工」 as what a leaf of 2023 has to show."""
    if (
        not case.year
        or not case.found.year_stated
        or case.found.kind not in (DocumentKind.OVERALL, DocumentKind.PROJECT)
    ):
        return
    for mention in case.found.years:
        item = case.item_at(mention.span.start) if mention.year == case.year - 1 else None
        if item is not None and _shows(case, item, mention):
            message = f"评价的是{case.year}年度，“{item.name}”写的却是{mention.year}年的情况，可能是沿用旧稿"
            stated, right = str(mention.year), str(case.year)
            yield case.finding("R13", mention.span, message, stated=stated, recomputed=right, item=item.name)


def _shows(case: Case, item: ScoredItem, mention: YearMention) -> bool:
    """Whether last year stands alone before what was done on a day of it, or before what the leaf opens with or holds against its target."""
    sentence = case.text(mention.sentence)
    if str(case.year) in sentence or _LET.search(sentence) or _NOT_THEN.search(item.name):
        return False
    at, end = mention.span.end, mention.sentence.end
    if _THEN.match(case.flat, at, end) or _FINISHED.match(case.flat, at, end):
        return True
    named = _NAMED.match(case.flat, at, end)
    if not _OPENS.match(case.flat, at, end) and (named is None or not pairs_of(item.name) & pairs_of(named["what"])):
        return False
    before = case.flat[max(item.body.start, mention.sentence.start) : mention.span.start]
    opens = _SCORED.fullmatch(case.flat, item.body.start, mention.span.start) is not None
    return opens or ("目标" not in before and _HELD_AGAINST.match(case.flat, at, end) is not None)
