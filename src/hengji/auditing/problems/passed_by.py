"""R19: the one leaf whose loss the problems and measures have no word of, while they take up every other loss."""

from collections import Counter
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.problems.accounted import DEALT_WITH
from hengji.auditing.problems.clauses import problem_texts
from hengji.auditing.problems.zones import measure_zones
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_CHAPTER = 30  # characters of a chapter of problems; less accounts for nothing
_LEAST = Decimal("0.1")  # points: less is no matter of its own
_LITTLE = 8  # times as much is so much more that the loss is little beside it
_FEW = 3  # leaves
_FEWEST, _MOST = 3, 7  # leaves that lost points: of more, the problems tell the gravest; of two they account for none
_SAID = 2  # pairs of characters, or figures, by which an account can be known again


def passed_by(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf is the only one that lost points and is taken up by no word, figure or matter of the problems and measures.

    What follows from the money spent, satisfaction, and leaves that sum up others (the goals, all tasks) are left out: their
    losses are told by what lies behind them.
    """
    return _passed_by(case) is item


@once
def _passed_by(case: Case) -> ScoredItem | None:
    problems = "".join(text for _, text in problem_texts(case))
    if len(problems) < _CHAPTER:
        return None
    told = problems + "".join(case.text(zone) for zone in measure_zones(case))
    lost = [item for item in case.found.items if _lost(item) and not _BY_OTHERS.search(item.name)]
    left = [item for item in lost if not _taken_up(case, item, told)] if _FEWEST <= len(lost) <= _MOST else []
    if len(left) != 1 or not _is_a_matter(case, left[0], max(map(_loss, lost))):
        return None
    return left[0]


def _is_a_matter(case: Case, item: ScoredItem, most: Decimal) -> bool:
    """Whether a loss is one to be told: not little beside the largest, its account says something, and nothing was done about it."""
    account = _account(case, item)
    large = _loss(item) >= _LEAST and _loss(item) * _LITTLE >= most
    words = len(_matter(item, account)) >= _SAID or len(_NUMBER.findall(account)) >= _SAID
    return large and words and not DEALT_WITH.search(account)


def _loss(item: ScoredItem) -> Decimal:
    return (item.points or Decimal(0)) - (item.claimed or Decimal(0))


def _lost(item: ScoredItem) -> bool:
    read = item.points is not None and item.claimed is not None and not (item.doubtful or item.not_applicable)
    return read and (item.claimed or 0) < (item.points or 0)


# Leaves whose loss lies in other leaves, in the money, or in what those asked say of it all.
_BY_OTHERS = pattern(
    r"(?:预算|资金|支出|经费)[^,。]{0,4}(?:执行|完成|支出|控制|调整)(?:率|情况|进度)?$|支出率$|执行率$|结转结余|结余率|^资金(?!使用合规|合规)|^预算(?!公开|决算公开|信息)|满意|安全感|绩效|目标(?:完成|实现|明确|合理)|指标(?:明确|可|合理)|(?:实际|重点工作|总体|工作)(?:任务)?(?:实际)?完成率?$|社会效益$|经济效益$|可持续影响$"
)


def _taken_up(case: Case, item: ScoredItem, told: str) -> bool:
    """Whether the problems share a word of a leaf's name that no other has, a word of its account, a figure, or its lateness."""
    account = _account(case, item)
    words = {pair for pair in pairs_of(item.name) if _names(case)[pair] <= 1}
    words |= {pair for pair in _matter(item, account) if _accounts(case)[pair] <= _FEW}
    if words & pairs_of(told) or _figures(account) & _figures(told):
        return True
    return bool(_REFERRED.search(account) or (_IN_TIME.search(item.name) and _LATE.search(told)))


def _account(case: Case, item: ScoredItem) -> str:
    return f"{item.actual};{item.remark}" if item.table else case.text(item.body)


def _matter(item: ScoredItem, account: str) -> frozenset[str]:
    """The pairs of a leaf's account beside its name and what stands in any account."""
    return pairs_of(account) - pairs_of(item.name) - _ANY_ACCOUNT


@once
def _names(case: Case) -> Counter[str]:
    """In how many leaves' names a pair of characters stands."""
    return Counter(pair for item in case.found.items for pair in pairs_of(item.name))


@once
def _accounts(case: Case) -> Counter[str]:
    """In how many leaves' accounts a pair of characters stands; in more than a few it is the form's: 「佐证」, 「评分」."""
    return Counter(pair for item in case.found.items for pair in pairs_of(_account(case, item)))


def _figures(text: str) -> frozenset[str]:
    """The figures that say which: rates, fractions and numbers of three digits, no years."""
    return frozenset(m[0] for m in _FIGURE.finditer(text))


_FIGURE = pattern(r"(?<![\d.,])(?!20\d\d年?(?!\d))(?:\d[\d,]*\.\d+%?|\d+%|\d{3,})")
_NUMBER = pattern(r"\d[\d,.]*(?![\d年月日])")
_ANY_ACCOUNT = frozenset((
    "计划", "标准", "超过", "年底", "自评", "全年", "万元", "有效", "按比", "比例", "例得",
    "例计", "得分", "扣分", "未达", "低于", "高于", "达到", "要求", "规定", "部分", "其中",
    "左右", "以上", "以下", "主要", "原因", "影响", "其他", "其余", "任务",
))  # fmt: skip
_REFERRED = pattern(r"[见详][^,。;]{0,8}(?:正文|问题|部分|[一二三四五六七八九十]、)|列入问题")
_IN_TIME = pattern(r"及时|按时|按期|时效|进度|时限|时间")
_LATE = pattern(r"延[期后迟误]|推[迟后]|滞后|逾期|未(?:能)?(?:按|及时)|不及时|超[期时]|进度|工期|[偏较缓]慢|拖")
