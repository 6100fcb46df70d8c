"""Names in cells that carry points or a code: 「（5分）甲」, 「甲（满分5分）」, 「A11甲5分」; the words come without blanks."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

_N = r"\d{1,3}(?:\.\d{1,2})?"
_LABEL = r"(?:指标|本项)?(?:分值|满分值?|权重|标准分|基准分|应得分?|配分|赋分|共|计|占)?[:为是]?"
_OPEN, _CLOSE = r"[(\[{【〔]", r"[)\]}】〕]"
_MINUTES = r"(?!钟|之)"
_BRACKETED = re.compile(rf"{_OPEN}{_LABEL}(?P<n>{_N})(?P<unit>分|%)?{_CLOSE}")
_BEHIND = (
    re.compile(rf"(?P<name>.+?)[,:]?{_BRACKETED.pattern}"),
    re.compile(rf"(?P<name>.*?[^\d.,:;/|—-])[,:;/|—-]*{_LABEL}(?P<n>{_N})(?P<unit>分)"),
    re.compile(rf"(?P<name>.*?[^\d.,:;/|—-])[,:;/|—-]*权重:?(?P<n>{_N})(?P<unit>%)"),
)
_BEFORE = (
    re.compile(rf"{_BRACKETED.pattern}[:,]?(?P<name>.+)"),
    re.compile(rf"{_LABEL}(?P<n>{_N})(?P<unit>分){_MINUTES}[:,/|—-]*(?P<name>(?:\d{{3,6}})?[^\d:,/|—-].*)"),
)
_CODE = re.compile(
    r"(?:[A-Z]\d{1,3}(?:[.-]\d{1,2})*[.、:-]?|\d{1,2}(?:[.-]\d{1,2})+[.、]?|[A-Z][.、-]?(?=投入|过程|产出|效益|效果|决策|管理|履职))(?=(?:\d{5})?[\u4e00-\u9fff\"\[(【])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MOST = Decimal(100)


@lru_cache(maxsize=4096)
def parted(text: str, *, bare: bool = False) -> tuple[str, Decimal | None]:
    """A cell's name and the points it carries, None where it carries none; ``bare`` takes a number in brackets without 「分」 too."""
    name = without_code(text)
    if not any(character.isdigit() for character in name):
        return name, None
    for form in (*_BEHIND, *_BEFORE):
        match = form.fullmatch(name)
        if match is None or not (bare or match["unit"] == "分") or len(_HAN.findall(match["name"])) < len("名称"):
            continue
        if Decimal(match["n"]) <= _MOST:
            return without_code(match["name"]), Decimal(match["n"])
    return name, None


def without_code(text: str) -> str:
    """A name without the code in front of it: A11, B2-1, 1-1."""
    return _CODE.sub("", text, count=1) if (match := _CODE.match(text)) and match.end() < len(text) else text


def carry_points(names: Sequence[str]) -> bool:
    """Whether the names of a column nearly all carry points."""
    return bool(names) and sum(1 for name in names if parted(name, bare=True)[1] is not None) * 4 >= len(names) * 3


_MEANING = re.compile(
    r"(?P<name>.{3,22}?)[:(]?(?:主要)?(?:用以|用于|用来)?(?:反映|考核|考察|衡量|评价).{2,}(?:程度|情况|水平|状况|能力|比[率重例]|率|性)[。;)]?"
)


def without_meaning(text: str) -> str:
    """A name without the explanation that stands behind it: 「甲反映……的程度」."""
    match = _MEANING.fullmatch(text)
    return match["name"] if match is not None else text


_JOINT = re.compile(r"[—–→>|/:-]+")


def carry_paths(names: Sequence[str]) -> bool:
    """Whether all names of a column carry their path, the groups of which come again."""
    first = {path_in(name)[0] for name in names}
    return len(first) < len(names) and all(len(path_in(name)) > 1 for name in names)


def path_in(name: str) -> tuple[str, ...]:
    """The parts of a name that its path is joined to: 「投入—目标设定—甲」; one part where it is not."""
    parts = tuple(part for part in _JOINT.split(name) if part)
    return parts if parts and all(len(_HAN.findall(part)) >= len("名称") for part in parts) else (name,)


_PAIR = re.compile(
    r"(?:自评|实际|本项|满分|分值|得分?|[:为])*(?P<a>\d{1,3}(?:\.\d{1,2})?)分?[,;(/](?:自评|实际|本项|满分|标准分|分值|权重|得分?|[:为])*(?P<b>\d{1,3}(?:\.\d{1,2})?)分?\)?"
)


def pair_in(text: str) -> tuple[Decimal, Decimal] | None:
    """Points and score that stand in one cell: 「4.5/5」, 「4.5（5）」, 「得4.5分（满分5分）」."""
    match = _PAIR.fullmatch(text)
    both = (Decimal(match["a"]), Decimal(match["b"])) if match is not None else None
    return (max(both), min(both)) if both is not None and max(both) > 0 else None
