"""Whether a year dates what a clause tells, or is part of the name of what it tells of."""

from hengji.auditing.case import Case
from hengji.model.extraction import YearMention
from hengji.model.patterns import pattern

CHAPTERS_OF_NOW = ("存在问题", "相关建议", "问题与建议", "应用公开")
# What may stand before a year that dates what a clause tells; with other words before it, it is part of what they name.
_DATES_A_CLAUSE = pattern(
    r"(?:截[至止]到?|到|至|在|于|自|从|综上|其中|目前|主要|[一二三四五六七八九]是|另外?|此外|[经据]统计|[我本该全][\u4e00-\u9fff]{1,4})*\s?"
)
_SAYS_WHEN = pattern(r"(?<![高低大小多少优好])于\s?$")  # whoever did it: 「县局于2022年12月……」
_CLAUSE_BEFORE = pattern(r"[^,。;:、()\n\t|\d]*$")


def tells_which(case: Case, mention: YearMention) -> bool:
    """Whether a year only tells which thing is meant: 「兑付2022年度奖补资金」, 「2023年底前完成设计的清溪桥进入施工」.

    What an earlier year than the last is part of is this year's matter only where something is compared to it.
    """
    before = _CLAUSE_BEFORE.search(case.flat, mention.sentence.start, mention.span.start)
    near = mention.year in (case.year - 1, case.year + 1) or _LEVEL.match(case.flat, mention.span.end) is not None
    if near and before is not None and not (_DATES_A_CLAUSE.fullmatch(before[0]) or _SAYS_WHEN.search(before[0])):
        return True
    if mention.year == case.year - 1 and _DONE_WITH.match(case.flat, mention.span.end):
        return True
    return _OF_A_THING.match(case.flat, mention.span.end) is not None


# What was done then with the thing that is named: 「2022年下达的任务书」, but not whose it is: 「2022年全县的」.
_DONE_WITH = pattern(r"\s?年?(?![年度我本全该各])[\u4e00-\u9fff]{2}(?<![县市区局门位类项性])的(?=[\u4e00-\u9fff]{2})")
_LEVEL = pattern(r"\s?年?(?:度|底|末)?的?(?:水平|同期|规模|标准|峰值|程度)")
_OF_A_THING = pattern(
    r"\s?年?(?:度|底|末|\d{1,2}月(?:\d{1,2}日)?)?(?:之?前|内|已|由|经)*[\u4e00-\u9fff]{2,12}的[\u4e00-\u9fff\d.,]{2,16}(?:进入|已|均|全部|投入|转入|开始|整改|补|列入|上线|通过|陆续|本年|当年)"
)
