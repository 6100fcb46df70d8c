"""The outline: headings told by their form, never by trusting their numbers, and what stands under each."""

import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.leaf_names import bare_words, is_name, leaf_name, path_before
from hengji.extracting.leaves.score_marks import Role, score_marks
from hengji.extracting.leaves.told_leaves import Inline, inline_leaves, inline_scores, opening_on_parts
from hengji.extracting.leaves.unscored import unscored
from hengji.extracting.list_numbers import NOT_A_MONTH, OPENS_NAME
from hengji.extracting.passages import Passage
from hengji.extracting.questions import question
from hengji.extracting.wording import chapter_key
from hengji.model.extraction import Section, Span
from hengji.model.patterns import pattern

# Forms of numbers from the top down, with how each begins and how deep it stands; a form that is not met leaves no gap.
_CN = "[一二三四五六七八九十百]{1,4}"
_FORMS = (
    ("第", 5, pattern(rf"第{_CN}(?:部分|章|节|篇)[、:.\s]?")),
    ("壹贰叁肆伍陆柒捌玖拾ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", 5, pattern(r"(?:[壹贰叁肆伍陆柒捌玖拾]{1,3}|[Ⅰ-Ⅹ])\s?[、.:]")),
    ("一二三四五六七八九十百", 10, pattern(rf"{_CN}\s?[、.:]|{_CN}\s(?=[^\s])")),
    ("(（", 20, pattern(rf"[(（]\s?{_CN}\s?[)）][、.]?")),
    ("1", 36, pattern(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s?(?![\d%])")),
    (
        "1",
        35,
        pattern(
            rf"\d{{1,2}}\.\d{{1,2}}{NOT_A_MONTH}\.?\s?(?![\d%‰.]|\s*(?:万|亿|元|吨|倍|米|亩|公里|立方|平方|分(?![析工类配项值管])|%|个(?!人|体|别)|人(?![员事才力大口均民社文居])))(?=[^\d])"
        ),
    ),
    ("1", 30, pattern(rf"\d{{1,2}}\s?[.、]{OPENS_NAME}\s?")),  # 「1.12345热线办结率」 is numbered 1
    ("(", 40, pattern(r"\(\s?\d{1,2}\s?\)[、.]?")),
    ("1", 50, pattern(r"\d{1,2}\s?\)[、.]?")),
    ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 60, pattern(r"[①-⑳][、.]?")),
    ("第", 45, pattern(rf"第(?:{_CN}|\d{{1,2}})[项个](?:指标)?[,、:.]\s?")),
    ("指", 45, pattern(r"指标\s?\d{1,2}\s?[:：]")),
    ("、", 10, pattern(r"、(?=[\u4e00-\u9fff]{2,20}$)")),  # a number that Word's automatic numbering took away
    (")", 20, pattern(r"\)(?=[\u4e00-\u9fff]{2,25}$)")),
    ("ABCDEFGH", 25, pattern(r"[A-H]\s?(?:[.、:]|(?<!\s)\s)\s?(?=[\u4e00-\u9fff\"])")),  # 「B 产出，40分」
    ("ABCDEFGH", 37, pattern(r"[A-H]\s?-?\d{1,3}\s?(?:[.、:]\s?)?(?=[\u4e00-\u9fff\"]|(?<=\s)\d)")),  # 「B1 发放人数」
)
# The forms by the character that a text begins with; 「1」 stands for every digit.
_BY_OPENING = {
    opening: tuple((rank, form) for openings, rank, form in _FORMS if opening in openings)
    for opening in "".join(openings for openings, _, _ in _FORMS)
}
_DECIMAL_TOP = 15
_LISTS = 30  # the rank of 「1.」 and deeper
# What is said of an indicator point by point: 「（1）评分标准：…」, 「（3）自评得分：4.5分」.
_PART = pattern(
    r"\s?(?:(?:评分|计分|考核|评价|打分)(?:标准|规则|办法|细则|要点|过程)|指标(?:解释|说明|内涵|释义|分值|权重|值)|(?:实际)?(?:完成|执行|落实)(?:情况|值)"
    r"|自评(?:情况|得分|分值|评分|打分|分|依据|说明|结果|理由)|(?:得|扣|失)分(?:情况|原因|依据|理由|说明|值)?|(?:年度|预期)?目标值|佐证(?:材料|资料)|分值|权重|满分|标准分|实得分|计算过程)\s?:"
)
_DECIMAL_LIST = 38  # 1., 2. below a heading numbered 1.2
_CHAPTERS = 35  # a rank: what stands deeper is no chapter
_TITLE = 26  # characters of a title that runs on into its text
_WHOLE = 60  # characters of a heading that stands alone
_SHORT = 30
_KNOWN = 2  # chapters
UNASSESSED = pattern(r"(?P<name>[^,。;:()\d]{2,24})\((?:不考核|不适用|不涉及|免考核?|不参评)(?:[,;][^()]{0,20})?\)")
_LEVEL_LABEL = pattern(
    r"[一二三四]级指标\s?:?\s?(?=[\u4e00-\u9fff\"])"
    r"|(?:产出|效益|效果)?(?:数量|质量|时效|成本|(?:经济|社会|生态)(?:环境)?效益|可持续影响|(?:服务对象)?满意度)(?:类)?(?:指标)?\s?(?::|[—–-]{1,2})\s?"
    r"(?=[\u4e00-\u9fff\"][^,。;:()\d了未没已被]{2,24}(?:。.{0,240}(?:目标值|该指标)|\((?:满分|分值|权重)?:?\d{1,3}(?:\.\d)?分?\)))"
)
_ASKED = 12  # the rank of a question
_OF_ASPECTS = pattern(
    r"(?:主要)?[从由围绕按][^。]{4,80}(?:方面|角度|维度|部分|指标)[^。\d]{0,12}。?$"
)  # what a group's own line goes on with
_NUMBERED_LEAF = 40  # the rank of 「（1）」
_BARE = 42  # the rank of a heading that has points and no number
_BESIDE = pattern(r"\s?[(:]?\s?(?:满分|分值|权重)?:?\s?[1-5]?\d(?:\.\d)?\s?分")  # points right behind a heading
_PUNCTUATION = pattern(r"[。,;!?]")
_SCORES = pattern(r"\([^()]{0,40}?分[^()]{0,30}\)|[\s。:,;]+$")
_POINTS = pattern(r"\d\s?分")
_COLON = 14
_LEVEL = pattern(r"投入|过程|产出|效益|效果|满意度|数量|质量|时效|成本")
_AT_ONCE = 2  # characters that may stand in front of a name that opens its line
_APART = 14  # characters between points and a score that stands apart from them
_LINE = 44  # characters of a line that holds nothing but a name, points and score
_LABELLED = pattern(
    r"存在(?:的)?(?:主要)?问题(?:及原因)?|(?:相关|改进|意见)建议|改进措施|下一步(?:改进)?措施|加减分(?:项|情况)?|加分(?:项|情况)|扣分项?|自评结论|评价结论"
)
_DECIMALS = pattern(
    rf"^\d{{1,2}}\.\d{{1,2}}{NOT_A_MONTH}\s?(?![个座项人名家处次条万亿亩台件辆户所笔份元]|分(?![析工类配项值管]))[\u4e00-\u9fff]"
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections in order, and for each passage the innermost section it belongs to (None before the first)."""

    sections: tuple[Section, ...]
    of_passage: tuple[int | None, ...]

    def path(self, index: int) -> tuple[int, ...]:
        """The sections above a section from the top, itself included."""
        chain: list[int] = []
        at: int | None = index
        while at is not None:
            chain.append(at)
            at = self.sections[at].parent
        return tuple(reversed(chain))

    def within(self, index: int) -> tuple[int, ...]:
        """A section and all that stand under it."""
        rank = self.sections[index].rank
        after = (i for i in range(index + 1, len(self.sections)) if self.sections[i].rank <= rank)
        return tuple(range(index, next(after, len(self.sections))))


@dataclass(frozen=True, slots=True)
class _Head:
    mark: str
    rank: int
    title: str
    heading: bool
    end: int  # where the title ends in the passage
    style: bool = False


def outline(passages: tuple[Passage, ...]) -> Outline:
    """The outline of the passages; cells of tables belong to the section the table stands in."""
    decimals = sum(1 for p in passages if p.cell is None and _DECIMALS.match(p.flat.strip())) >= 2
    spaced = _spaced_chapters(passages)
    heads: list[_Head] = []
    levels: list[int] = []  # of the styles, by which one without a number stands below a numbered one
    places: list[tuple[Passage, int | None]] = []  # where each head stands, and under which other
    ends: list[int] = []  # of the passages that belong to each
    belongs: list[int | None] = []
    stack: list[int] = []
    for passage, told in zip(passages, _heads(passages, decimals=decimals), strict=True):
        found = spaced.get(passage.whole.start, told)
        if found is not None:
            rank = _rank(found, stack, heads)
            if passage.block.level and not found.mark:
                rank = max(rank, *(heads[i].rank + 1 for i in stack if 0 < levels[i] < passage.block.level), 0)
            head = found if rank == found.rank else replace(found, rank=rank)
            while stack and heads[stack[-1]].rank >= head.rank:
                stack.pop()
            heads.append(head)
            levels.append(passage.block.level)
            places.append((passage, stack[-1] if stack else None))
            stack.append(len(heads) - 1)
            ends.append(0)
        belongs.append(stack[-1] if stack else None)
        if stack:
            ends[stack[-1]] = max(ends[stack[-1]], passage.whole.end)
    sections = [
        _section(passage, head, parent, end) for head, (passage, parent), end in zip(heads, places, ends, strict=True)
    ]
    return Outline(tuple(sections), tuple(belongs))


_SPACED = pattern(r"\s*(?P<number>\d{1,2})\s+(?P<title>[\u4e00-\u9fff、]{2,14})\s*")


def _spaced_chapters(passages: tuple[Passage, ...]) -> dict[int, _Head]:
    """Chapters numbered without a dot (「1 概况」, 「2 自评结论」), by where they stand: lines counted from 1 on, some of them known chapters."""
    found = [(p, m) for p in passages if p.cell is None and len(p.flat) < _SHORT and (m := _SPACED.fullmatch(p.flat))]
    if [int(match["number"]) for _, match in found] != list(range(1, len(found) + 1)):
        return {}
    if sum(1 for _, match in found if chapter_key(match["title"])) < _KNOWN:
        return {}
    return {
        passage.whole.start: _Head(match["number"], _DECIMAL_TOP, match["title"], True, len(passage.flat))
        for passage, match in found
    }


def _heads(passages: tuple[Passage, ...], *, decimals: bool) -> list[_Head | None]:
    """The heading that each passage is, or None; one with points and no number stands above the numbered ones that follow."""
    heads = [None if passage.cell is not None else _head(passage, decimals=decimals) for passage in passages]
    for index, before in enumerate(passages):
        if heads[index] is None and _names_what_follows(before, passages[index + 1 : index + 3]):
            heads[index] = _Head(
                "", _BARE, leaf_name(bare_words(before.flat).strip(" :")), True, len(before.flat), True
            )
    for index, (head, following) in enumerate(itertools.pairwise(heads)):
        if head is None or head.rank != _BARE:
            continue
        rest = passages[index].flat[head.end :].strip(" \t—–-")
        own = _SCORE_ALONE.fullmatch(rest) is not None and following is not None and _is_worth(passages[index + 1])
        if (
            rest
            and not own
            and not (_OF_ASPECTS.match(rest) and following is not None and following.rank == _NUMBERED_LEAF)
        ):
            continue
        if following is not None and following.mark and following.heading:
            heads[index] = replace(head, rank=following.rank - 1)  # 「目标任务（15分）」 above its leaves 1. to 3.
    return heads


# What stands behind a group's name and points in its line where it tells its score too: 「得分10.00」.
_SCORE_ALONE = pattern(
    r"[\s,;、()|]*(?:(?:加权|折算|综合|本[类组项]|小计|合计)(?:后)?(?=[得自实])|(?:加权|折算)(?=后))?(?:自评得分|自评|实际得分|得分|实得|得|自评分)[:为]?\s?\d{1,3}(?:\.\d+)?\s?分?[\s)。;]*"
)


def _is_worth(line: Passage) -> bool:
    """Whether a line tells points of its own, as a leaf under a group does."""
    return any(mark.role is Role.WORTH or mark.role is Role.BARE for mark in score_marks(line.flat))


def _names_what_follows(line: Passage, after: tuple[Passage, ...]) -> bool:
    """Whether a line without a number is the name of a leaf whose points open one of the next two, or close the next."""
    if line.cell is not None or len(line.flat) > _SHORT:
        return False
    if not any(passage.cell is None and score_marks(passage.flat) for passage in after):
        return False
    words = leaf_name(bare_words(line.flat).strip(" :"))
    if len(words) > _TITLE or not is_name(words) or _PUNCTUATION.search(words):
        return False
    for number, passage in enumerate(after):
        marks = score_marks(passage.flat) if passage.cell is None else ()
        if not marks:
            if is_name(passage.flat.strip()) and not _PUNCTUATION.search(passage.flat):
                return False  # a line that is a name itself
            continue
        opens = marks[0].role is Role.WORTH and marks[0].start <= _AT_ONCE
        closes = number == 0 and marks[0].role is Role.WORTH and marks[0].label.startswith(("本", "该", "此"))
        return opens or closes
    return False


def _rank(head: _Head, stack: list[int], heads: list[_Head]) -> int:
    """How deep an entry stands: one deeper than its form where a list begins at 1 again under a heading numbered in that form."""
    if head.heading or not stack:
        return head.rank
    last = heads[stack[-1]]
    number = re.search(r"\d+|[一二三四五六七八九十]+|①", head.mark)
    begins = number is not None and number[0] in ("1", "一", "①")
    if head.rank == _DECIMAL_TOP and (last.rank == _DECIMAL_LIST or (begins and last.rank > _DECIMAL_TOP + 1)):
        return _DECIMAL_LIST
    continues = last.rank == head.rank + 1 and not last.heading
    return head.rank + 1 if continues or (begins and last.rank == head.rank and last.heading) else head.rank


def _section(passage: Passage, head: _Head, parent: int | None, end: int) -> Section:
    """The section of a heading; ``end`` is where the last passage under it ends."""
    span = passage.span(0, head.end)
    body = passage.span(head.end, len(passage.text)) if head.end < len(passage.text) else Span(span.end, span.end)
    body = Span(body.start, max(body.end, end))
    own = _POINTS.search(passage.flat, 0, head.end) is not None
    scored = own or _BESIDE.match(passage.flat, head.end) is not None  # an indicator, whatever its words
    key = chapter_key(head.title) if head.heading and head.rank <= _CHAPTERS and not scored else ""
    return Section(head.title, head.mark, head.rank, span, body, parent, head.heading, key, head.style)


def _head(passage: Passage, *, decimals: bool) -> _Head | None:
    text = passage.flat
    lead = len(text) - len(text.lstrip())
    asked = question(text)
    if asked is not None:
        return _Head("", _ASKED, asked, True, len(text), True)
    opening = text[lead : lead + 1]
    for rank, form in _BY_OPENING.get("1" if opening.isdecimal() else opening, ()):
        match = form.match(text, lead)
        if match is not None and rank >= _LISTS and _PART.match(text, match.end()):
            return None
        if match is not None:
            depth = _DECIMAL_TOP if decimals and rank == 30 else rank
            return _numbered(passage, match, depth)
    return _unnumbered(passage, lead)


# A heading that is a name with a comma in it, and its points: 「（7）预决算信息,绩效评价结果公开性（4分）。」.
_TWOFOLD = pattern(
    r"\s*(?!其中)(?P<name>[^。;:(),\d]{2,20},[^。;:(),\d]{2,20})\s?\(\s?(?:满分|分值|权重)?:?\d{1,3}(?:\.\d+)?\s?分[^()]{0,20}\)\s*(?:[。:]|$)"
)


def _numbered(passage: Passage, match: re.Match[str], rank: int) -> _Head | None:
    text = passage.flat
    label = _LEVEL_LABEL.match(text, match.end())
    end = label.end() if label is not None else match.end()
    rest = text[end:]
    mark = passage.text[match.start() : match.end()].strip()
    twofold = _TWOFOLD.match(rest) if "," in rest else None
    if twofold is not None:
        return _Head(mark, rank, title_of(twofold["name"]), True, end + twofold.end())
    leaves = inline_leaves(rest)
    told = inline_scores(rest)
    at_once = max(_AT_ONCE, len(rest) - len(bare_words(rest)))
    first = leaves[0] if leaves and (leaves[0].start <= at_once or path_before(rest, leaves[0].start)) else None
    if first is not None and (_several(told, rest) or unscored(rest)):
        return _Head(mark, rank, "", False, end)  # several leaves in one paragraph, under no heading of their own
    group = _group_opening(rest, told) if first is None else None
    if group is not None:
        return _Head(mark, rank, title_of(rest[:group]), True, end + group)
    if first is not None and first.direct:
        title = title_of(first.name) + _level_word(rest, first)
        return _Head(mark, rank, title, True, end + _title_end(rest, first))
    if first is not None:
        level = _level_word(rest, first)
        named = first.named + len(level)
        named += 1 if rest[named : named + 1] in ("。", ":") else 0
        return _Head(mark, rank, title_of(first.name) + level, True, end + named)
    stop = _PUNCTUATION.search(_without_brackets(rest))
    if passage.block.level and (stop is None or stop.start() > len(rest) - 3):
        return _Head(mark, rank, title_of(rest), True, len(text))
    if stop is None:
        colon = rest.find(":")
        known = chapter_key(rest[colon + 1 :].strip(), exact=True)  # 「三、年初想做成什么：绩效目标」
        if 0 < colon <= _TITLE and colon < len(rest) - 1 and not known:
            return _Head(mark, rank, title_of(rest[:colon]), True, end + colon + 1)
        return _Head(mark, rank, title_of(rest), len(rest) <= _WHOLE, len(text))
    if rest[stop.start()] == "。" and stop.start() <= _TITLE + 12 and len(title_of(rest[: stop.start()])) <= _TITLE:
        return _Head(mark, rank, title_of(rest[: stop.start()]), True, end + stop.start() + 1)
    colon = rest.find(":")
    if 0 < colon <= _TITLE and colon < stop.start():
        return _Head(mark, rank, title_of(rest[:colon]), True, end + colon + 1)
    return _Head(mark, rank, title_of(rest[: stop.start()]), False, end)


# A heading that tells what its group got and no points: 「（一）决策类得15.00分」, 「（二）过程，自评得分23.76分。」.
_GROUP_SCORED = pattern(
    r"\s?(?P<name>[\u4e00-\u9fff\"、和与]{2,20}?)(?:[,:]|\s)?\s?(?:共|合计|小计|实际|综合|自评|本[类部]分?){0,2}(?:得分|得)\s?[:为]?\s?\d{1,2}(?:\.\d{1,2})?\s?分\s?[。:]?\s*"
)


def _group_opening(text: str, told: list[Inline]) -> int | None:
    """Where the name of a group ends that opens a line with its score, or a paragraph that tells its leaves: 「（一）投入方面，共12分。」."""
    scored = _GROUP_SCORED.fullmatch(text)
    if scored is not None and is_name(scored["name"].strip()):
        return scored.end("name")
    opening = re.match(r"[^,:。;]{2,20}", text) if _several(told, text) or _only(told, text) else None
    return opening.end() if opening is not None and opening.end() < told[0].start else None


def _only(told: list[Inline], text: str) -> bool:
    """Whether a level opens a paragraph that tells its only leaf: 「效益（20分），自评18分，包括：患者满意度（20分）得18分」."""
    alone = len(told) == 1 and told[0].direct and told[0].claim is not None
    return alone and _OPENS_ON_LEVEL.match(text) is not None and _LEVEL.search(told[0].name, 0, 2) is None


_OPENS_ON_LEVEL = pattern(
    r"(?:投入|过程|产出|效益|效果|满意度|成本|决策|管理|履职)(?:类|方面)?(?:指标)?\s?\(\s?\d{1,2}(?:\.\d)?\s?分[^()]{0,12}\)[^。]{0,16}(?:其中|包括|包含|即|下设|只有)"
)


def _level_word(text: str, leaf: Inline) -> str:
    """The 「指标」 that belongs to the name of a leaf called by its level only: 「数量指标」."""
    return "指标" if _LEVEL.fullmatch(leaf.name) and text.startswith("指标", leaf.named) else ""


_OWN_BRACKET = pattern(r"(?:指标)?\s?[(【][^()【】。]*[)】]")


def _title_end(text: str, leaf: Inline) -> int:
    """Where a heading that a leaf opens ends: behind its bracket, behind points that stand without a score, else behind its name."""
    bracket = _OWN_BRACKET.match(text, leaf.named)
    if bracket is not None:
        end = bracket.end()
    elif leaf.claim is None or leaf.end - leaf.worth > _APART:
        end = leaf.worth
    else:
        return leaf.named
    return end + 1 if text[end : end + 1] in ("。", ":") else end


def _several(told: list[Inline], text: str) -> bool:
    """Whether a text tells two leaves or more, each with its own points; a group that opens it and holds them is none."""
    if len(told) < 2 or _heads_the_rest(told):
        return False
    bracketed = [text[leaf.named : leaf.named + 1] == "(" for leaf in told]
    first, rest = told[0], told[1:]
    whole = bool(rest) and sum((leaf.points for leaf in rest), Decimal(0)) == first.points
    if first.claim is not None and sum((leaf.claim or Decimal(0) for leaf in rest), Decimal(0)) != first.claim:
        whole = False
    opens = re.search(r"[:。]|其中", text[first.worth : rest[0].start]) is not None
    alone = whole and len(told) == _GROUP_AND_LEAF and told[1].claim is None
    if alone and _FULL_STOP.fullmatch(text, first.worth, told[1].start):
        return False  # 「4.人员管理（2分）。财政供养人员控制率（2分）。」
    if whole and ((len(told) > 2 and opens) or (bracketed[0] and not any(bracketed[1:]))):
        return False
    return len({leaf.name for leaf in told}) > 1


_GROUP_AND_LEAF = 2
_FULL_STOP = pattern(r"\s?\)?\s?[。:]\s?")


def _heads_the_rest(told: list[Inline]) -> bool:
    """Whether the first of several leaves is their group: it has no score, while theirs are told or their points make its own."""
    if told[0].claim is not None or told[0].absence is not None:
        return False
    rest = told[1:]
    return all(leaf.claim is not None or leaf.absence is not None for leaf in rest) and (
        len(rest) > 1 or sum((leaf.points for leaf in rest), Decimal(0)) == told[0].points
    )


_IN_BRACKETS = pattern(r"\([^()。]{0,40}\)")


def _without_brackets(text: str) -> str:
    """The text with the insides of short brackets blanked, so that a comma in 「(5分,得5分)」 ends no title."""
    return _IN_BRACKETS.sub(lambda match: "(" + "·" * (len(match[0]) - 2) + ")", text)


def title_of(text: str) -> str:
    """A heading's words without its points and closing punctuation."""
    shorter = _SCORES.sub("", text)
    shorter = _SCORES.sub("", shorter) if shorter != text else text
    return shorter.strip(" 。:,;、")


def _scores(text: str) -> bool:
    """Whether a line tells a leaf's score: 「自评得分：9.5」."""
    return any(mark.role is Role.GOT and mark.number <= _LEAFS_MOST for mark in score_marks(text))


_LEAFS_MOST = 60  # points


# A line that is a name in brackets alone, as some reports head their chapters: 「【基本情况】」.
_BRACKETED = pattern(
    r"【(?!分值|得分|自评|权重|满分|标准)(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff、与和及]{1,15})】[:\s]*"
)


# The same with points, and with a score behind them: 「【投入】权重10，得分10.00」.
_BRACKETED_WORTH = pattern(
    rf"【(?!分值|得分|自评|权重|满分|标准)(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff、与和及]{{1,15}})】(?P<worth>[\s,;、(|]*(?:权重|分值|满分|共)?[:为]?\s?\d{{1,3}}(?:\.\d+)?\s?分?)(?:{_SCORE_ALONE.pattern})?"
)


# A level of the system with its points, and perhaps its score, in a line without brackets: 「◆决策类，15分，得14.20分」, 「产出：权重35，加权得分34.33」.
_LEVEL_WORTH = pattern(
    rf"[◆◇■□●○★▲※—–\s-]{{0,4}}(?P<name>(?:投入|过程|产出|效益|效果|满意度|决策|管理|履职|成本)(?:类|方面|指标|情况|维度|部分)?)(?P<worth>[\s,;:、(|]{{1,2}}(?:权重|分值|满分|共|计)?[:为]?\s?\d{{1,3}}(?:\.\d+)?\s?分?)(?:{_SCORE_ALONE.pattern})?[—–\s)。;:-]*"
)


def _unnumbered(passage: Passage, lead: int) -> _Head | None:
    text = passage.flat.strip()
    alone = _BRACKETED.fullmatch(text)
    if alone is not None:
        return _Head("", 12, title_of(alone["name"]), True, len(passage.flat), True)
    valued = _BRACKETED_WORTH.fullmatch(text)
    if valued is not None:
        return _Head("", _BARE, title_of(valued["name"]), True, lead + valued.end("worth"), True)
    if passage.block.level:
        return _Head("", 3 + passage.block.level * 4, title_of(text), True, len(passage.flat), True)
    if len(text) <= _SHORT and not _PUNCTUATION.search(text) and chapter_key(text, exact=True) and not _scores(text):
        return _Head("", 12, title_of(text), True, len(passage.flat), True)
    twofold = _TWOFOLD.match(text) if "," in text else None
    if twofold is not None:
        return _Head("", _BARE, title_of(twofold["name"]), True, lead + twofold.end(), True)
    leaf = next(iter(inline_leaves(text)), None)
    opens = leaf is not None and leaf.start <= max(_AT_ONCE, len(text) - len(bare_words(text)))
    if leaf is not None and opens and leaf.direct and not _several(inline_scores(text), text) and not unscored(text):
        end = _title_end(text, leaf)
        bracketed = "(" in text[leaf.named : end]
        if bracketed or (len(text) <= _LINE and end >= len(text.rstrip("。;:,"))):
            return _Head("", _BARE, title_of(leaf.name), True, lead + end, True)
    ordered = opening_on_parts(text)
    if ordered is not None:
        return _Head("", _BARE, title_of(ordered.name), True, lead + ordered.worth, True)
    gone = UNASSESSED.match(text)
    if gone is not None and is_name(gone["name"]):
        return _Head("", _BARE, title_of(gone["name"]), True, lead + gone.end(), True)
    colon = text.find(":")
    if 0 < colon <= _COLON and _LABELLED.fullmatch(text[:colon]):
        return _Head("", 12, text[:colon], True, lead + colon + 1, True)
    level = _LEVEL_WORTH.fullmatch(text)
    if level is not None:
        return _Head("", _BARE, title_of(level["name"]), True, lead + level.end("worth"), True)
    return None
