"""Names in cells that carry more than a name: a number or a code in front, the path they stand on, what they mean behind."""

from collections.abc import Sequence

from hengji.extracting.list_numbers import NOT_A_MONTH, OPENS_NAME
from hengji.model.patterns import pattern

_HAN = r"[\u4e00-\u9fff\"]"
_OPENS = rf"(?=(?:1[12]\d{{3}})?{_HAN})"  # a name: Chinese words, or the number of a hotline in front of them
_OWN_NUMBER = pattern(
    rf"^(?:指标\d{{1,2}}(?:[:.、]|(?=[\u4e00-\u9fff]{{2}}))|\d{{1,2}}(?:\.\d+)*[.、]{OPENS_NAME}|\d{{1,2}}(?:[.-]\d{{1,2}})+[.、]?{NOT_A_MONTH}{_OPENS}"
    rf"|[A-Z]\d{{1,6}}?(?:[-.]\d+)*[.、:-]?{_OPENS}|\(\d+\)|[①-⑳]|[一二三四五六七八九十]+、(?![一二三四五六七八九十][类级等])"
    r"|其中[:,]|[★☆▲△●◆■□▪※√*#◎○]+)+"
)
_OWN_POINTS = pattern(r"\(\d{1,3}(?:\.\d+)?分\)$|^\(\d{1,3}(?:\.\d+)?分\)")
_OWN_RULE = pattern(r"\((?:得分|自评得?分|分值?)\s?[=:为][^()]*[×*÷/x][^()]*\)$")  # 「预算执行率（得分=执行率×20分）」
_FRAMED = pattern(r"[【\[〔](?P<name>[^【】\[\]〔〕]{2,})[】\]〕]")
_ORDER = pattern(rf"^\d{{1,2}}{_OPENS}")
_JOINT = pattern(r"[—–→>|/:·-]+")
_LEVELS_NAMED = pattern(r"[一二]级[^三]{0,8}三级")  # of a header over such names
_MEANING = pattern(
    r"(?P<name>[^:(]{3,22}?)\s?[:(]?\s?(?:主要|指)?(?:用以|用于|用来)?(?:反映|考核|考察|衡量|评价).{2,}?(?:程度|情况|水平|状况|能力|比[率重例]|率|性)[。;]?\)?[。;]?"
)
_TARGETED = pattern(r"(?P<name>[^:(≥≤=><\d]*[^:(≥≤=><]{2,22}?)\s?(?::\s?[≥≤=><]?|[≥≤=><])\s?\d[\d,.]*.{0,8}")
_HAN_ONLY = pattern(r"[\u4e00-\u9fff]")
_SHORTEST = 2  # characters of a part of a path
_MOSTLY = 3  # of four


def plain_name(text: str) -> str:
    """A name without its number or code in front and its points."""
    number = _OWN_NUMBER.match(text)
    name = text[number.end() :] if number is not None else text
    name = _OWN_RULE.sub("", name) if name.endswith(")") and "分" in name else name
    name = _OWN_POINTS.sub("", name).rstrip(":") if "分)" in name else name.rstrip(":")
    framed = _FRAMED.fullmatch(name)
    return (framed["name"] if framed is not None else name) or text


def mostly(part: int, whole: int) -> bool:
    """Whether at least three of four are so."""
    return whole > 0 and part * 4 >= whole * _MOSTLY


def are_ordered(names: Sequence[str]) -> bool:
    """Whether all names are glued to their order: 「1预算编制」, 「2预算执行」, from 1 in every group."""
    at = 0
    for name in names:
        order = next((n for n in (at + 1, 1) if name.startswith(str(n)) and _ORDER.match(name)), None)
        if order is None:
            return False
        at = order
    return len(names) > _SHORTEST


def without_order(name: str) -> str:
    """A name without the order that is glued to it."""
    return _ORDER.sub("", name)


def path_in(name: str) -> tuple[str, ...]:
    """The parts of a name that its path is joined to: 「投入—目标设定—甲」; one part where it is not."""
    parts = tuple(part for part in _JOINT.split(name) if part)
    return parts if parts and all(len(_HAN_ONLY.findall(part)) >= _SHORTEST for part in parts) else (name,)


def names_levels(head: str) -> bool:
    """Whether a header names several levels, so that each name under it carries its path."""
    return _LEVELS_NAMED.search(head) is not None


def are_paths(names: Sequence[str], head: str = "") -> bool:
    """Whether all names of a column carry their path, whose groups come again or whose header names its levels: 「二级/三级指标」."""
    paths = [path_in(name) for name in names]
    told = len({path[0] for path in paths}) < len(paths) or names_levels(head)
    return told and all(len(path) > 1 for path in paths)


def without_meaning(text: str) -> str:
    """A cell's name without the explanation or the target behind it: 「甲：反映……的程度」, 「甲：≥12期」."""
    match = _MEANING.fullmatch(text.strip()) or _TARGETED.fullmatch(text.strip())
    return match["name"] if match is not None else text


def are_explained(cells: Sequence[str]) -> bool:
    """Whether the names of a column are mostly followed by what they mean."""
    return mostly(sum(1 for cell in cells if without_meaning(cell) != cell), len(cells))
