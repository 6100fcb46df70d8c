"""Who a number of points is said of: names in front of it or behind it, or words that point back at names (前两项, 后者, 其余)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hengji.extracting.leaves.leaf_names import bare_words, is_name, leaf_name
from hengji.model.patterns import pattern

_CLAUSE = pattern(r"[。;:!?\n)）】\]]|,(?!\d)|(?<!\d),")
_LEADS = pattern(
    r"^(?:(?:评价)?指标体系(?:由|为|包括|含)|其中|另外|此外|同时|而|另|且|除了?|下设|包括|包含|含|由|有|即|和|与|及|以及|为|是|分别是|[一二三四五六七八九]是|本类|本组)+(?=[\u4e00-\u9fff\"《]|\d{3,6}[\u4e00-\u9fff])"
)
_COUNT = r"[一二两三四五六七八九十\d]{1,2}"
_TAILS = pattern(
    r"(?:[这一]项(?:指标)?|(?:三级)?指标|[对相]应的?|则|被|应|各自?|均|都|分别|依次|也|又|只|仅|共|全部|获评|已|实际|的|在)+$"
)
_COUNTED = pattern(rf"(?<=[\u4e00-\u9fff]){_COUNT}(?:项|个)(?:指标)?$")
_REASON = pattern(
    r"因(?!公|素)|由于|受(?!理|众|益|援|贿|害|灾|训)|未(?!成年|检|保)|没有|[一-龥]{0,4}(?:达到|低于|高于|少于)"
)
_SAID = r"(?=$|[均都各因则不未无没得也,自全被扣失按]|全部|由于)"  # what follows words that could begin a name, too
_BACK = pattern(
    rf"(?:(?P<rest>其余|余下|其他|剩余|剩下|余者)(?:的)?(?:{_COUNT})?(?:项|个)?(?:三级)?(?:指标)?|前(?P<first>{_COUNT})(?:项|个|者)(?:指标)?|后(?P<last>{_COUNT})(?:项|个|者)(?:指标)?"
    rf"|(?P<former>前者)|(?P<latter>后者)|(?:以上|上述|这|该)?(?P<all>{_COUNT})(?:项|个|者)(?:指标)?|(?P<every>(?:以上|上述)?各项(?:指标)?|全部指标|各指标|(?:以上|上述)指标)){_SAID}"
    rf"|第(?P<nth>{_COUNT})(?:项|个)(?:指标|要点|方面|部分)?"
)
_NO_SUBJECT = pattern(r"合[计并]|小计|扣分|各项|执行$|[前后][者项]|第.{1,2}[个项]|其余|余下|剩")
_RATE = pattern(
    r"(?P<name>[\u4e00-\u9fff\"]{2,20}率)(?:为|达到?|是)?\d{1,3}(?:\.\d+)?%$"
)  # 「预算执行率96.44%,该项20分」
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_SEPARATOR = pattern(r"[、,]")
_CONNECTIVE = pattern(r"以及|[和与及](?=[\u4e00-\u9fff\"《①-⑳])")
_BEHIND = pattern(
    r"\s?(?:的(?:是|为|有|指标(?:是|为|有))?|[)\]】]?\s?(?:[:—–-]+\s?)|[)\]】]\s?(?=[\u4e00-\u9fff\"]|\d{3,6}[\u4e00-\u9fff]))(?P<names>(?:\d{3,6})?[^,。;:()【\d]{2,60})"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it stands in its text."""

    text: str
    start: int
    end: int


def names_before(text: str, low: int, end: int, count: int, *, shared: bool, apart: bool) -> tuple[Name, ...]:
    """The names that end at ``end``, no further back than ``low``: ``count`` of them where so many numbers follow, any where they share one.

    ``apart`` says whether a comma may stand between name and number.
    """
    glue = " (:[【〔—" + (",。" if apart else "")
    while end > low and text[end - 1] in glue:
        end -= 1
    begins = end
    while begins > low and not _CLAUSE.match(text, begins - 1):
        begins -= 1
    opened = text.rfind("(", begins, end)
    begins = opened + 1 if opened >= 0 else begins
    return _names(text, begins, text[begins:end], count, shared=shared)


def names_behind(text: str, at: int) -> tuple[Name, ...]:
    """The one name that a score stands in front of: 「自评6.51分的是部门预算支出率」."""
    match = _BEHIND.match(text, at)
    if match is None:
        return ()
    words = match["names"]
    cut = re.search(r"、|[均都各]", words)
    words = words[: cut.start()] if cut is not None else words
    return _names(text, match.start("names"), words, 1, shared=False)


def _names(text: str, begins: int, words: str, count: int, *, shared: bool) -> tuple[Name, ...]:
    bare = _LEADS.sub("", bare_words(words.strip(" 、,(")))
    tails = ""
    while bare != tails:
        tails, bare = bare, _TAILS.sub("", bare).strip(" 、:—-")
    if not bare:
        return ()
    if "、" in bare or _CONNECTIVE.search(bare):
        bare = _COUNTED.sub("", bare)
    rate = _RATE.match(bare)
    bare = rate["name"] if rate is not None else bare
    parts = [part for part in _SEPARATOR.split(bare) if part]
    several = shared or count > 1
    if len(parts) == 1 and not several:
        return _placed(text, begins, [bare])
    *first, last = parts
    halves = [[last[: m.start()], last[m.end() :]] for m in _CONNECTIVE.finditer(last)]
    choices = [[*first, *_CONNECTIVE.split(last)], *([*first, *half] for half in halves), parts]
    if count > 1:
        choices = [choice for choice in choices if len(choice) == count]
    for choice in choices if several else (parts,):
        named = _placed(text, begins, choice)
        if len(named) == len(choice):
            return named
    return _placed(text, begins, parts[-1:]) if not several else ()


def _placed(text: str, begins: int, words: Sequence[str]) -> tuple[Name, ...]:
    """The words as names where each can be one."""
    found: list[Name] = []
    at = begins
    for each in words:
        reason = _REASON.search(each, 2)
        name = leaf_name(bare_words(each[: reason.start()] if reason is not None else each)).strip(" '")
        place = text.find(name, at) if is_name(name) and not _NO_SUBJECT.match(name) else -1
        if place < 0:
            return ()
        found.append(Name(name, place, place + len(name)))
        at = place + len(name)
    return tuple(found)


def known_name(text: str, low: int, end: int, known: Sequence[str]) -> str:
    """The known name that opens the last clause but one that has it: 「除绩效目标合理性因慢病项目目标偏低被」; empty where none does."""
    words = text[low:end]
    places = ((at + len(name), len(name), name) for name in known if (at := words.rfind(name)) >= 0)
    end_of, length, name = max(places, default=(0, 0, ""))
    at = end_of - length
    if not name or "。" in words[at:] or ";" in words[at:]:
        return ""
    return name


def pointed_at(text: str, low: int, end: int, names: Sequence[str], open_names: Sequence[str]) -> tuple[str, ...]:
    """The names that words in front of a number point back at; ``open_names`` are those without a score yet."""
    begins = max((match.end() for match in _CLAUSE.finditer(text, low, end)), default=low)
    words = _LEADS.sub("", text[begins:end].strip(" 、,("))
    match = _BACK.match(words)
    if match is not None and match["rest"]:
        return tuple(open_names)
    if match is None or not names:
        return ()
    if match["former"] or match["latter"]:
        return (names[-2] if match["former"] and len(names) > 1 else names[-1],)
    if match["every"]:
        return tuple(names)
    word = match["first"] or match["last"] or match["nth"] or match["all"] or ""
    number = _NUMERALS.get(word) or (int(word) if word.isdigit() else 0)
    if not 0 < number <= len(names):
        return ()
    if match["nth"]:
        return (names[number - 1],)
    return tuple(names[:number] if match["first"] else names[-number:])
