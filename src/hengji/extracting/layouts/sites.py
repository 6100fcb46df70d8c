"""Places where a name opens a line or sentence and a number stands behind it, with what parts the two: the layout a report repeats."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.leaf_names import bare_words, is_name, leaf_name
from hengji.model.patterns import pattern

NUMBER = pattern(r"(?<!\d,)(?<![\d.A-Za-z-])(?P<n>\d{1,2}(?:\.\d{1,2})?)(?![\d%‰A-Za-z]|\.\d|,\d{3}|\s%)")
# The words that points are told by; any other word may stand there too where marks set it apart.
_WORTH = r"(?:(?:本|该|此|这)(?:一)?(?:项|指标)|指标|的|共|标准|设定|考核)?(?:满分值|满分|满值|满|分值|标准分值?|(?<![\u4e00-\u9fff])标准|标分|指标分|项目分|考核分|权重分值|权重分|权重|基准分|基本分|配分|赋分|赋值|占分|占|(?<![统审设会合])计|应得分?|总分|分数|额定分|上限|最高|(?<![建增铺架])设)"
_MARKS = r"[\s?。,;:、()\[\]【】〔〕{}|/—–·=>→…~*#<《》-]"
_BETWEENS = (
    pattern(rf"(?P<between>{_MARKS}*(?:{_WORTH}(?:为|是|有|计|共)?)?{_MARKS}*)$"),
    pattern(rf"(?P<between>{_MARKS}+[\u4e00-\u9fff]{{1,6}}{_MARKS}*)$"),
)
_UNIT = pattern(r"[^\S\n]?分?[^\S\n]?[)\]】〕}]?")
_ENDS = pattern(r"[。!]")
_OPENERS = pattern(r"(?:^|(?<=[。;\n]))(?=[^\n])")
_WINDOW = 52  # characters from where a leaf's name begins to its points
_LONGEST, _SHORTEST = 30, 2
_HAN = pattern(r"[\u4e00-\u9fff]")
_NO_NAME = pattern(
    r"[,;。!?|]|^(?:合计|总计|小计|总分|总得分|共计|满分|分值|得分|自评|其中|以上|扣|评分|计分|等级)|(?:合计|总计|总分|总得分)$"
)
_ORDER = pattern(
    r"^第[一二三四五六七八九十\d]{1,3}[组类块条款项]\s*|^(?:\d{1,2}|[A-Z]\d{0,2}类?)[\s.、-]+(?=[\u4e00-\u9fff\"]|(?<=\s)(?:\d{3,6}[\u4e00-\u9fff]|[A-Z]+\d))"
)  # 「1 招生任务」, 「A类 投入」
_APART = pattern(r"。[^\n]*\n|\n[^\n]*。|。[^。]{6}")  # no words between a name and its points
_AROUND = " \n\t、:;)】]—-·《》〈〉「」『』〖〗*#~"
_TAIL = pattern(
    r"(?<=.{2})(?:(?:这)?一项(?:指标)?|指标|(?:能|可|应)?(?:打|得|评|给)(?:几|多少)分)$"
)  # 「甲一项」, 「甲打几分」
_TOLD_TO = 3  # numbers that may stand in the name or its order


@dataclass(frozen=True, slots=True)
class Site:
    """A name and the numbers behind it; ``opens`` is where its line or sentence begins, ``end`` where its first number ends."""

    name: str
    start: int
    named: int
    opens: int
    lined: bool  # whether it opens a line
    number: Decimal
    at: int
    end: int
    mark: str  # the kind of number or mark in front of the name
    between: str
    after: str
    second: Decimal | None = None
    second_at: int = 0
    second_end: int = 0


def sites_in(text: str) -> tuple[Site, ...]:
    """Every such place of a text, in order."""
    opens = [opener.start() for opener in _OPENERS.finditer(text)]
    told = (form(text, at) for at in opens for form in (_site, _numbered_first))
    return _without_label(tuple(site for site in told if site is not None))


# 「(6分)甲:事实」, 「5.5分|6分|甲|事实」
_FIRST = pattern(
    r"[\s·◆●*#-]*(?P<open>[(\[【〔|]?)(?P<n>\d{1,2}(?:\.\d{1,2})?)(?P<after>\s?分?\s?[)\]】〕|/,、:\s—-]+)"
    r"(?:(?P<m>\d{1,2}(?:\.\d{1,2})?)\s?分?\s?[)\]】〕|/,、:\s—-]+)?(?P<name>[\u4e00-\u9fff\"《A-Z\d][^\n\t,。;:|!?]{1,29}?)(?=\s?(?:[,。;:|\n(\t]|$))"
)


def _numbered_first(text: str, opens: int) -> Site | None:
    """A name whose numbers stand in front of it."""
    match = _FIRST.match(text, opens)
    named = _named(match["name"]) if match is not None else None
    if match is None or named is None or not (match["open"] or "分" in match["after"] or match["m"]):
        return None
    start = match.start("name") + named[1]
    lined = opens == 0 or text[opens - 1] == "\n"
    site = Site(
        named[0],
        start,
        start + len(named[0]),
        opens,
        lined,
        Decimal(match["n"]),
        match.start("n"),
        match.end(),
        "前",
        match["open"],
        match["after"].strip(),
    )
    if match["m"] is None:
        return site
    return replace(site, second=Decimal(match["m"]), second_at=match.start("m"), second_end=match.end("m"))


def _site(text: str, opens: int) -> Site | None:
    window = text[opens : opens + _WINDOW]
    lead = len(window) - len(bare_words(window))
    for match in list(NUMBER.finditer(window, lead))[:_TOLD_TO]:
        words = window[lead : match.start()]
        if len(_ENDS.findall(words)) > 1 or words.strip().count("\n") > 1:
            return None
        parted = (told.start() for form in _BETWEENS if (told := form.search(words)) and not _APART.search(told[0]))
        ending, named = next(((at, name) for at in parted if (name := _named(words[:at])) is not None), (0, None))
        if named is not None:
            start, end = opens + lead + named[1], opens + match.end()
            site = Site(
                name=named[0],
                start=start,
                named=start + len(named[0]),
                opens=opens,
                lined=opens == 0 or text[opens - 1] == "\n",
                number=Decimal(match["n"]),
                at=opens + match.start(),
                end=end,
                mark=_kind_of_mark(text[opens:start]),
                between=re.sub(r"[ \t]+", " ", words[ending:]),
                after=_after(text, end),
            )
            return _with_second(text, site)
    return None


def _named(words: str) -> tuple[str, int] | None:
    """The name that words end with, behind its order and its labels, and where it begins in them."""
    bare = bare_words(words).strip(_AROUND)
    bare = _TAIL.sub("", _ORDER.sub("", re.split(r"[:\t]", bare)[-1].strip(_AROUND)).strip(_AROUND))
    name = leaf_name(bare)
    name = name if is_name(name) else bare
    told = len(_HAN.findall(name)) >= _SHORTEST and len(name) <= _LONGEST and "\n" not in name
    at = words.rfind(name) if told and _NO_NAME.search(name) is None else -1
    return (name, at) if at >= 0 else None


def _kind_of_mark(words: str) -> str:
    """What stands in front of a name, its numerals as one: 「1.」 and 「12.」 are 「0.」, 「指标一」 is 「指标〇」."""
    plain = re.sub(r"\d+", "0", words.strip())
    return re.sub(r"[①-⑳]", "①", re.sub(r"[一二三四五六七八九十]+", "〇", re.sub(r"[A-Z]", "A", plain)))


def _after(text: str, end: int) -> str:
    """The unit behind a number and what follows it, words as one."""
    unit = _UNIT.match(text, end)
    behind = unit.end() if unit is not None else end
    following = text[behind : behind + 1]
    return f"{text[end:behind].strip()}{'字' if _HAN.match(following) else following}"


_BESIDE = 16  # characters between two numbers of one head


def _with_second(text: str, site: Site) -> Site:
    """The site with the number that follows its first in the same sentence, if it is near."""
    match = NUMBER.search(text, site.end, site.end + _BESIDE)
    if match is None or _ENDS.search(text, site.end, match.start()):
        return site
    return replace(site, second=Decimal(match["n"]), second_at=match.start(), second_end=match.end())


def _without_label(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The sites without a word that stands in front of every name of a layout, which is a label: 「指标名预算完成率」."""
    found = list(sites)
    for rows in by_layout(sites, _loosely):
        label = _shared(tuple(row.name for row in rows))
        if len(rows) >= _FEWEST and label:
            for row in rows:
                at = found.index(row)
                found[at] = replace(row, name=row.name[label:], start=row.start + label)
    return tuple(found)


_FEWEST = 5
_LEFT = 2


def _shared(names: Sequence[str]) -> int:
    """How many characters all names begin with, where each goes on as a name."""
    shortest = min(map(len, names))
    same = next((i for i in range(shortest) if len({name[i] for name in names}) > 1), shortest)
    return same if same >= _LEFT and shortest - same >= _LEFT else 0


def _loosely(site: Site) -> tuple[str, ...]:
    return (site.mark, site.between, site.after)


LayoutKey = Callable[[Site], tuple[str, ...]]


def by_layout(sites: Sequence[Site], key: LayoutKey) -> Iterator[list[Site]]:
    """The sites by layout, as a key tells it."""
    found: dict[tuple[str, ...], list[Site]] = {}
    for site in sites:
        found.setdefault(key(site), []).append(site)
    return iter(found.values())
