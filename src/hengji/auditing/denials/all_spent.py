"""R42: money told as left, saved or kept for next year, where another clause says that all was spent and nothing is left."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.denials.clauses import Clause, clauses, told, year_of
from hengji.auditing.denials.denying import NO
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# 「2023年调整预算全部支出完毕」, 「年末无结转结余」
_ALL_SPENT = pattern(
    rf"{NO}(?:任何)?(?:资金|经费)?(?:形成|出现|产生|有)?(?:结转(?:和|与|、|及)?结余|结余(?:和|与|、|及)?结转|结转|结余)(?:资金|情况|经费)?$"
    r"|(?:预算|资金|经费|收入)[^,\d]{0,6}(?<!未)(?<!没有)(?<!没)(?<!尚未能)(?:全部|已全部|全额|均已?|悉数|一分不剩)[^,\d]{0,4}(?:支出|使用|花|用|执行|支付)(?:完毕|完|完成|了)?$|[一分文]分?不(?:剩|余)$"
    r"|(?:结转结余|结余结转|年末结转|年末结余|结转资金|结余资金)(?:数|额|率)?(?:均|都)?为?(?:零|0(?:\.0+)?(?:万?元|%)?)$"
)
# 「其中临时救助备用金剩余65.83万元」, 「节约资金结转2024年继续使用」
_LEFT = pattern(
    r"(?:剩余|节余|节约|余款|未用完|没有用完|省下)[^,\d]{0,8}(?<![\d.])[1-9]\d*(?:,\d{3})*(?:\.\d+)?\s?万?元(?!的)|(?:节约|剩余|节余|省下|余下)(?:的)?(?:资金|经费|款|部分|金额)[^,]{0,8}(?:结转|留|转入|继续使用)"
)
_KEPT = pattern(r"结转|留待|留用|转入|继续使用|下一?年|滚存|留在|账上|[2][0]\d\d年(?:继续|使用)")
_GONE = pattern(
    r"收回|上缴|退回|缴回|核减|调剂|统筹|交回|用于|调整(?:到|用)|上年|去年|年初|企业|农户|群众|居民|成本|业主|社会|财政专户|基金"
)
_OF_A_PART = pattern(r"年初|期初|项目|专项|该|此|其|补助|工程|债券|上级|中央|省级|除[^,]{1,14}外|再")


def left_though_all_spent(case: Case) -> Iterator[Finding]:
    """「节约水电费7.60万元，节约资金结转2024年继续使用」, where 「年末无结转结余」 is told."""
    spent = [c for c in clauses(case) if _ALL_SPENT.search(c.text) and _of_the_whole(case, c)]
    if not spent:
        return
    for clause in clauses(case):
        beside = f"{clause.before[-40:]}{clause.text}{clause.after[:40]}"
        if not _LEFT.search(clause.text) or not _KEPT.search(beside) or _GONE.search(beside):
            continue
        if told(case, clause) and year_of(case, clause) in (case.year, case.year + 1):
            message = f"这里写“{clause.text[:30]}”，另一处写“{spent[0].text[:30]}”，这笔钱去向不明"
            yield case.finding("R42", clause.span, message, stated=clause.text[:30], also=(spent[0].span,))
            return


def _of_the_whole(case: Case, clause: Clause) -> bool:
    """Whether a clause says of the year's whole money that nothing is left."""
    return not _OF_A_PART.search(clause.text) and told(case, clause) and year_of(case, clause) == case.year
