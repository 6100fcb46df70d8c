"""R22: words that blur a result beside 100 % or full marks."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.proof.claims import full_or_unknown, hundred_in
from hengji.library.texts import load_claim_words
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DIGITS = "0123456789"
_NEAR_HUNDRED = 24  # characters between a vague word and the 100 % it blurs
# Not all of it was done: what stands anywhere in the sentence contradicts its 100 %.
_NOT_ALL = pattern(
    r"(?:(?<!保)基本|大部分|大多数?|绝大多数|绝大部分|大体|大致)[^,。;]{0,14}?(?:做到|满足|实现|完成|达到|覆盖|落实|应\S尽\S|按时|按期|如期|交工|完工|入库|到位|执行|齐全|合格|达标|处置|整改|办结|发放|签订|归档|验收|公开|缴入|上缴|修复|解决|通过|及时|准时|准确|规范|正常|合规|相符|一致|健全)"
)
_OF_SOME = pattern(r"[^,。;]{0,12}的")  # 「基本完成任务的乡镇8个」
_PAPERS = pattern(r"\s?(?:佐证|支撑|证明)(?:材料|资料)?(?:清单|目录|名称)?\s?:")  # a list of papers claims nothing
_SAID_FULL = pattern(
    r"(?<![不未的值无])(?:得|为|是|获|评)?(?<!的)满分(?=(?:评定|评分|评价|认定|计算?|记分?|赋分|给分)?(?:[,。;]|$))"
)


# How words are turned into points: 「按完成、基本完成、未完成分别取100%、60%、0」.
_GRADED = pattern(
    r"(?:完成|达成|达标|实现)、(?:基本|部分)[\u4e00-\u9fff]{2,4}、|(?:基本|部分)[^。;]{0,16}(?:分别|依次)(?:取|得|计|按)"
)


def vague_beside_full(case: Case) -> Iterator[Finding]:
    """R22: 基本, 约, 大部分 beside 100 % or full marks."""
    yield from _vague_cells(case)
    yield from _vague_rows(case)
    for sentence, told in case.running:
        text = told.replace("保基本", "保民生")  # of what is spent first, not of how much was done
        hundred = hundred_in(text)
        item = _full_item(case, sentence)
        said_full = hundred is None and _says_full(case, sentence, text)
        if hundred is None and not said_full and (item is None or not load_claim_words().blurs.search(text)):
            continue
        if _PAPERS.match(text) or _GRADED.search(text):
            continue
        match = _vague(text, hundred) or _about_its_whole(text, hundred)
        if match is None:
            continue
        if hundred is None and not said_full:
            match = _vague(text, None, load_claim_words().blurs) or match
        if (
            hundred is not None
            and not _told_exactly_too(text, match)
            and not _NOT_ALL.match(text, match.start())
            and _clauses_between(text, hundred, match) > 1
        ):
            hundred = None
        if said_full and _NOT_ALL.match(text, match.start()):
            message = f"“{match[0]}”与满分不能并存，请写清实际完成了多少"
            yield case.finding("R22", sentence, message, stated=match[0])
            continue
        if hundred is None and (item is None or not load_claim_words().blurs.match(match[0])):
            continue
        item = case.item_at(sentence.start)
        what = "100%" if hundred else f"“{item.name}”满分" if item else "满分"
        message = f"“{match[0].strip(_DIGITS)}”与{what}不能并存，请写清实际完成了多少"
        yield case.finding("R22", sentence, message, stated=match[0], item=item.name if item else "")


def _about_its_whole(text: str, hundred: re.Match[str] | None) -> re.Match[str] | None:
    """The number that a sentence with 100 % tells as about so many, and once more as exactly so many: 「约8项，完成8项，完成率100%」."""
    found = _ABOUT_SO_MANY.finditer(text) if hundred is not None else ()
    return next((match for match in found if _told_exactly_too(text, match)), None)


def _told_exactly_too(text: str, match: re.Match[str]) -> bool:
    about = _ABOUT_SO_MANY.match(text, match.start())
    if about is None or _COMPARED.search(
        text[max(text.rfind(mark, 0, match.start()) for mark in ",;。") + 1 : match.start()]
    ):
        return False
    return re.search(rf"(?<![\d.约近]){re.escape(about['n'])}\s?{about['unit']}", text[about.end() :]) is not None


_ABOUT_SO_MANY = pattern(
    r"(?:大?约(?<![预签节制合续履邀特集契]约)|接近|将近)\s?(?P<n>\d[\d,]*)\s?(?P<unit>[项个件户人座处份台家条])"
)


def _says_full(case: Case, sentence: Span, text: str) -> bool:
    """Whether a sentence that belongs to no leaf says that it got full marks."""
    return "满分" in text and _SAID_FULL.search(text) is not None and case.item_at(sentence.start) is None


def blurred(text: str) -> bool:
    """Whether a sentence says itself that its 100 % is not all."""
    hundred = hundred_in(text)
    return hundred is not None and _vague(text, hundred) is not None


def _vague(text: str, hundred: re.Match[str] | None, only: re.Pattern[str] | None = None) -> re.Match[str] | None:
    found = (m for m in load_claim_words().vague.finditer(text) if only is None or only.match(m[0]))
    told = (m for m in found if text.rfind("《", 0, m.start()) <= text.rfind("》", 0, m.start()))  # not in a title
    told = (m for m in told if not _COUNTED.search(text, 0, m.start()))
    told = (m for m in told if not _REST.search(text, m.end()))
    fit = [m for m in told if not _of_another_clause(text, m, hundred) and not _given_exactly(text, m)]
    far = [0 if hundred is None else _clauses_between(text, hundred, m) for m in fit]
    return fit[far.index(min(far))] if fit else None


# What the greater part leaves over is told too: 「大部分村6月底前通水，其余8个村9月底前通水，通水率100%」
_REST = pattern(r"(?:其余|剩余|余下)的?(?![^,。;]{0,16}(?:正在|仍在|尚|未|预计|计划|将|推进中))[^,。;]{0,24}[,。;]")


# 「提出的2个问题（备用金清理不及时、个别单据不全）已整改」: so many are counted, and the brackets only name them
_COUNTED = pattern(r"\d\s?[个项条处点件][^,。;()\d]{0,10}\([^()]*$")


def _clauses_between(text: str, left: re.Match[str], right: re.Match[str]) -> int:
    return abs(text.count(",", 0, left.start()) - text.count(",", 0, right.start()))


def _full_item(case: Case, sentence: Span) -> ScoredItem | None:
    """The leaf of running text with full marks that a sentence argues for."""
    item = case.item_at(sentence.start)
    if item is None or item.table or not full_or_unknown(item):
        return None
    return item if case.chapter_key(sentence.start) not in ("存在问题", "基本情况") else None


def _of_another_clause(text: str, vague: re.Match[str], hundred: re.Match[str] | None) -> bool:
    """Whether a word that blurs a number stands in another clause than the 100 %: 「总投资约150万元的3个项目……，完工率100%」."""
    if hundred is None or not load_claim_words().about.match(vague[0]):
        return False
    low, high = sorted((vague.start(), hundred.start()))
    return bool(re.search(r"[,;。]", text[low:high]))


_SAID_AFTER = pattern(r"[\d,.]*\s?[亿万]?元\s?\(\s?[\d,.]+\s?[亿万]?元\)")
_POINTS = pattern(r"[\d.]+\s?个百分点")  # how far from something, not how much
_SAID_BEFORE = pattern(r"\d\s?[亿万]?元\s?\($")
# 「完成20.6万亩(约1.37万公顷)」: the same in another unit, which is only an explanation
_COUNTED_BEFORE = pattern(r"\d\s?[亿万千百]?[\u4e00-\u9fff%a-zA-Z]{1,5},?\s?\((?:合|即|折合|相当于|折)?$")
_OTHER_UNIT = pattern(r"(?:合|为|折)?\s?[\d,.]+\s?[亿万千百]?[\u4e00-\u9fff%a-zA-Z]{1,5}\)")
_COMPARED = pattern(r"比|较上|提前|缩短|平均|人均|户均|节约|节省|相当于|间隔|每")
_ESTIMATED = pattern(r"推算|估算|测算数")
_DRAWN = pattern(r"[\d.]*\s?%?的?(?:比例)?[^,。;]{0,6}抽")  # how a sample is drawn, whose size is told


def _given_exactly(text: str, vague: re.Match[str]) -> bool:
    """Whether the blurred figure is given exactly beside it, or is an estimate that says so: 「10,152.00万元（约1.02亿元）」."""
    if not load_claim_words().about.match(vague[0]):
        return False
    if _COMPARED.search(text[max(text.rfind(mark, 0, vague.start()) for mark in ",;。") + 1 : vague.start()]):
        return True  # how much more than before, or a head: no result of its own
    after = text[vague.end() :]
    return bool(
        _POINTS.match(after)
        or _SAID_AFTER.match(after)
        or _SAID_BEFORE.search(text[: vague.start()])
        or (_COUNTED_BEFORE.search(text, 0, vague.start()) and _OTHER_UNIT.match(after))
        or _ESTIMATED.search(after)
        or _DRAWN.match(after)
    )


def _partly(item: ScoredItem, told: str) -> str:
    """The words by which the cell of a leaf with full marks says that only most of it was done: 「大部分资料齐全」."""
    if item.points is None or item.claimed is None or item.claimed < item.points or item.points <= 0:
        return ""
    if told == item.actual and (blurred_value := _blurred_value(item)):
        return blurred_value
    partly = load_claim_words().vague.finditer(told)
    words = load_claim_words()
    found = (
        m
        for m in partly
        if words.blurs.match(m[0]) and not words.about.match(m[0]) and not _OF_SOME.match(told, m.end())
    )
    return next((m[0] for m in found), "") or ((most := _ABOUT_MOST.search(told)) is not None and most[0]) or ""


_ABOUT = pattern(
    r"(?:约|大约|近|接近|将近|大概)\s?(?P<n>\d[\d,]*(?:\.\d+)?)|(?P<m>\d[\d,]*(?:\.\d+)?)\s?[\u4e00-\u9fff%]{0,3}左右"
)
_AIM = pattern(r"\d[\d,]*(?:\.\d+)?")
_LOOSE = pattern(r"(?P<how>基本|比较|较为?|大体|总体|大部分|多数)[\u4e00-\u9fff]{1,4}")


def _blurred_value(item: ScoredItem) -> str:
    """A value that leaves open whether its target was met: 「约3万人次」 for ≥3万人次, 「基本满意」 for ≥90%."""
    aim = _AIM.search(item.target)
    loose = _LOOSE.fullmatch(item.actual.strip())
    if aim is None:  # a target in words, which the result leaves open: 「较为齐全」 for 「齐全」
        return item.actual if item.target and loose is not None and loose["how"] not in item.target else ""
    about = _ABOUT.fullmatch(item.actual) or _ABOUT.match(item.actual)
    if about is not None:
        value = Decimal((about["n"] or about["m"]).replace(",", ""))
        return about[0] if value == Decimal(aim[0].replace(",", "")) else ""
    return item.actual if loose is not None else ""


# 「约96%的项目已按规定执行」: a part of all, and that about
_ABOUT_MOST = pattern(
    r"(?:大约|约|将?近|接近)\s?(?:\d{2}(?:\.\d+)?\s?%|[七八九]成)(?:以上|左右|多)?(?=[^,。;]{0,10}(?:均|已|按|严格|做到|符合|履行|完成|落实|齐全|相符|合格|在用|达标|入账|通过))"
)


_GIVES = pattern(r"[得扣计]\s?(?:\d|满?分|[一二两三]分)|权重|比例")  # a rule


def _vague_cells(case: Case) -> Iterator[Finding]:
    """The same in the cells of a table that tell what was achieved."""
    form = load_claim_words().vague
    for item in case.found.items:
        facts = item.rule if not item.actual and not _GIVES.search(item.rule) else ""  # one column for rule and facts
        for told in (item.actual, item.remark, facts) if item.table else ():
            hundred = hundred_in(told)
            vague = form.search(told) if hundred is not None else None
            near = hundred is not None and vague is not None and hundred.start() - vague.end() in range(_NEAR_HUNDRED)
            if (hundred is None or _NOT_ALL.search(told)) and not near and (partly := _partly(item, told)):
                message = f"“{partly}”与“{item.name}”满分不能并存，请写清实际完成了多少"
                yield case.finding("R22", item.quote, message, stated=partly, item=item.name)
                break
            if not near or vague is None:
                continue
            message = f"“{vague[0]}”与100%不能并存，请写清实际完成了多少"
            yield case.finding("R22", item.quote, message, stated=vague[0], item=item.name)
            break


def _vague_rows(case: Case) -> Iterator[Finding]:
    """The same in a row that is scored nowhere: a rate of 100 %, and beside it in words that nearly all was done."""
    for grid in case.grids:
        for row, texts in enumerate(grid.lines):
            if not any(_WHOLE_CELL.fullmatch(cell.strip()) for cell in texts):
                continue
            at = grid.row_span(row)
            words = (_NOT_ALL_WORDS.search(cell) for cell in texts if not _GIVES.search(cell))
            vague = next((word for word in words if word is not None), None)
            if (
                vague is not None
                and case.item_at(at.start) is None
                and not any(i.table and i.quote.start <= at.start < i.quote.end for i in case.found.items)
            ):
                message = f"“{vague['how']}”与100%不能并存，请写清实际完成了多少"
                yield case.finding("R22", at, message, stated=vague["how"])


_WHOLE_CELL = pattern(r"100(?:\.0+)?\s?%?|百分之百")
_NOT_ALL_WORDS = pattern(
    r"(?P<how>基本(?:上)?|大部分|大多数?|绝大多数|绝大部分|大体|大致|原则上|几乎|差不多)[^,。;]{0,6}(?:已|均|都|全部)?[^,。;]{0,2}(?:完成|办结|达标|到位|落实|齐全|合格|实现|整改)"
)
