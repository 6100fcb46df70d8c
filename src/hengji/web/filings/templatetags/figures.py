"""How pages print exact numbers, dates and names: the rules of the interface in one place."""

from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from django import template

from hengji.model.finding import SEVERITY_CN, Severity
from hengji.model.numerals import fixed, plain
from hengji.model.scorecard import STANDING_CN, LeafScore, Standing
from hengji.model.system import CONFIDENCE_CN, Confidence
from hengji.web.filings.printed import figure as printed
from hengji.web.filings.slugs import slug as slug_of

register = template.Library()
_SHANGHAI = ZoneInfo("Asia/Shanghai")


@register.filter
def points(number: Fraction | None) -> str:
    """A score with two places; a dash where there is none."""
    return "—" if number is None else _minus(fixed(Fraction(number)))


@register.filter
def short(number: Fraction | None) -> str:
    """A number without trailing zeros."""
    return "—" if number is None else _minus(plain(Fraction(number)))


@register.filter
def worth(leaf: LeafScore) -> str:
    """The points of a leaf: 3, or 3+3 where points were moved in."""
    if leaf.points is None:
        return "—"
    moved = (leaf.full or Fraction(0)) - leaf.points
    return plain(leaf.points) + (f"+{plain(moved)}" if leaf.moved_in and moved else "")


@register.filter
def lost(leaf: LeafScore) -> str:
    """What a leaf lost, with its sign; nothing where it lost nothing."""
    if leaf.score is None or leaf.full is None or leaf.score >= leaf.full:
        return ""
    return _minus("-" + fixed(leaf.full - leaf.score))


@register.filter
def why(leaf: LeafScore) -> str:
    """The reason of a score in few words: the arithmetic, or the first clause of the official sentence."""
    sums = [f"{step.filled} = {step.result}" for step in leaf.trace.steps if step.taken and "÷" in step.filled]
    if leaf.standing is Standing.COMPUTED and sums:
        return sums[-1]
    return leaf.trace.sentence.partition("；")[0].partition("。")[0]


@register.filter
def figure(text: str, unit: str = "") -> str:
    """A stated figure as it is printed beside others of its unit."""
    return printed(str(text or ""), str(unit or ""))


@register.filter
def standing(value: Standing) -> str:
    """得分状态 in Chinese."""
    return STANDING_CN[value]


@register.filter
def severity(value: Severity) -> str:
    """严重程度 in Chinese."""
    return SEVERITY_CN[value]


@register.filter
def confidence(value: Confidence) -> str:
    """可信度 in Chinese."""
    return CONFIDENCE_CN[value]


@register.filter
def slug(name: str) -> str:
    """The short ASCII name of a Chinese name."""
    return slug_of(name)


@register.filter
def local(at: str) -> str:
    """A time of the trail as a clerk reads it."""
    try:
        return datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(_SHANGHAI).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


@register.filter
def size(number: int) -> str:
    """A file's size in KB or MB."""
    if number < 1024 * 1024:
        return f"{max(1, round(number / 1024))} KB"
    return f"{number / 1024 / 1024:.1f} MB"


@register.filter
def hundredths(number: int | Fraction | str | None) -> str:
    """Hundredths of a point with two places; a dash where there are none."""
    return _minus(fixed(Fraction(number) / 100)) if isinstance(number, int | Fraction) else "—"


@register.filter
def signed_hundredths(number: int | str | None) -> str:
    """A difference in hundredths with its sign."""
    shown = hundredths(number)
    return f"+{shown}" if isinstance(number, int) and number > 0 else shown


@register.filter
def exact(text: str | None) -> str:
    """An exact number kept as text (「197/2」) with two places; a dash where there is none."""
    return "—" if not text else _minus(fixed(Fraction(text)))


@register.filter
def signed(number: Fraction) -> str:
    """A difference with its sign and two places."""
    shown = _minus(fixed(Fraction(number)))
    return f"+{shown}" if number > 0 else shown


@register.filter
def overdue(days: int) -> str:
    """How many days something is late."""
    return f"{-days} 天"


@register.filter
def at(mapping: dict[str, object], key: str) -> object:
    """What a mapping holds under a key."""
    return mapping.get(key, "")


def _minus(text: str) -> str:
    return text.replace("-", "−")
