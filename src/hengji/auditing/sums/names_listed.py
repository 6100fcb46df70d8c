"""R07: a number of bodies, works or papers, and their names listed right behind it: 「下属事业单位4个，即甲站、乙站、丙所」."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_COUNTED = pattern(
    r"(?<![\d.第前后上下])(?P<n>\d{1,2}|[二三四五六七八九]|十[一二三四五六七八九]?)\s?(?P<unit>[个家所项类座])(?P<of>[\u4e00-\u9fff]{0,12}?)(?:,?(?:分别是|分别为|即):?|:|\()"
)
_NAMED_FIRST = pattern(
    r"(?:内设|下设|下辖|管辖|所属|设有|派出)(?:机构|单位)?(?:有|了|为|:)?(?P<list>[^,。;:\n\d]{4,200}?)(?<![等共计第前后上下和及与、])(?P<n>\d{1,2})\s?(?P<unit>[个家所])(?P<of>[\u4e00-\u9fff]{0,8})(?=[,。;)\n\t])"
)
_ANOTHER = pattern(r"\d\s?[个家所项类座条处名][\u4e00-\u9fff]{0,10}[、和及与,]?$")  # two numbers, one list
_OPENS, _CLOSES = "(《“「[【", ")》”」]】"
_FIGURE = pattern(r"\d+(?:\.\d+)?\s?(?:[个名人家所万元%项次件座处套辆条亩公]|$)")
_OPEN_END = pattern(r"等$|等(?=[\u4e00-\u9fff]{0,8}$)|其他|其余|由|[各共具设含类]有|参加|组成|负责|牵头|[：:]")
_JOINS = pattern(r"以及|[和及与]")
_TITLE = pattern(r"《[^《》]+》")
_GOES_ON = pattern(r"[,;](?:下属|下设|下辖|所属|直属|派出|另|均|核定|编制|行政|全|现有|实有|共有|年末)")
_BODIES = frozenset("股科室站所中心局队院校馆处办组会园场厂库制")  # as names of bodies and the like end
_LONGEST = 24
_WHOLE_LIST = 400  # characters
_BY_FEW = 2  # names by which a list may miss its number and still be that list


@dataclass(frozen=True, slots=True)
class _Names:
    """A list of names: ``least`` and ``most`` as the words that join names may stand inside one; ``closed`` where it surely ends."""

    least: int
    most: int
    closed: bool


def names_as_counted(case: Case) -> Iterator[Finding]:
    """R07: bodies counted right before their names, more or fewer than the names."""
    for match in _COUNTED.finditer(case.flat):
        if not _ANOTHER.search(case.flat, max(0, match.start() - 16), match.start()):
            names = _names(case.flat, match.end(), min(len(case.flat), match.end() + _WHOLE_LIST))
            if names is not None:
                yield from _held(case, match, names, "随后")
    for match in _NAMED_FIRST.finditer(case.flat):
        names = _names(case.flat, *match.span("list"))
        if names is not None:
            yield from _held(case, match, names, "前面")


def _held(case: Case, match: re.Match[str], names: _Names, where: str) -> Iterator[Finding]:
    told = int(read_chinese(match["n"]) or 0)
    if told < 2 or names.least <= told <= names.most:  # one body is no list
        return
    if names.least - _BY_FEW <= told <= names.most + _BY_FEW and (told < names.least or names.closed):
        counted = str(names.least) if told < names.least else str(names.most)
        message = f"写{match['n']}{match['unit']}，{where}列出的名称是{counted}个"
        yield case.finding(
            "R07", Span(match.start("n"), match.end("of")), message, stated=match["n"], recomputed=counted
        )


def _names(text: str, start: int, limit: int) -> _Names | None:
    """The names from a place on, to a limit at most, where they are alike and nothing else; None where it is no list of names."""
    end, cuts = _end(text, start, limit)
    titles = _TITLE.findall(text, start, end)
    rest = _JOINS.sub("", _TITLE.sub("", text[start:end])).strip("、 ")
    if len(titles) > 1 and not rest:
        return _Names(len(titles), len(titles), _closed(text, end))
    names = [_bare(text[a:b]) for a, b in zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True)]
    if len(names) < 2 or not _alike(names):
        return None
    joined = sum(len(_JOINS.findall(name)) for name in names)
    return _Names(len(names), len(names) + joined, _closed(text, end))


def _end(text: str, start: int, limit: int) -> tuple[int, list[int]]:
    """Where a list ends, and where its marks stand; what is bracketed belongs to its name."""
    depth = 0
    cuts: list[int] = []
    for at in range(start, limit):
        sign = text[at]
        if sign in _OPENS:
            depth += 1
        elif sign in _CLOSES:
            if not depth:
                return at, cuts
            depth -= 1
        elif not depth and sign == "、":
            cuts.append(at)
        elif not depth and sign in ",。;:\n\t":
            return at, cuts
    return limit, cuts


def _closed(text: str, end: int) -> bool:
    """Whether no further name can follow behind the end of a list."""
    sign = text[end : end + 1]
    return sign.isdigit() or sign in ("", "。", ")", "\n", "\t") or _GOES_ON.match(text, end) is not None


def _bare(name: str) -> str:
    """A name without what is bracketed behind it."""
    return re.sub(r"[(“「\[【][^()“”]*[)”」\]】]", "", name).strip()


def _alike(names: list[str]) -> bool:
    """Whether these are names of one kind: short, no figures, no verbs, nearly all ending alike or as bodies do."""
    if any(not 1 < len(name) <= _LONGEST or _FIGURE.search(name) or _OPEN_END.search(name) for name in names):
        return False
    ends = Counter(name[-1] for name in names)
    return sum(1 for name in names if ends[name[-1]] > 1 or name[-1] in _BODIES) >= len(names) - 1
