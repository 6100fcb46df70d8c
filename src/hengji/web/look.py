"""What the pages look like (样子): icons, the shapes of the four scores, severities, charts, and the addresses of files.

Template tags of every page, built in: none has to be loaded.
"""

import hashlib
from functools import cache

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hengji.model.finding import SEVERITY_CN, Severity
from hengji.web.charts import Chart

register = template.Library()
ICON_OF = {"error": "alert-octagon", "warning": "alert-triangle", "info": "info-circle", "style": "pencil"}
# The four scores, in their order everywhere: claimed, computed, reviewed, settled.
_SHAPES = {
    "claimed": ("自评", "", '<circle cx="6" cy="6" r="4.5"/>'),
    "computed": ("系统", "computed", '<path d="M6 .8 11.2 6 6 11.2 .8 6z"/>'),
    "reviewed": ("复核", "full", '<circle cx="6" cy="6" r="5"/>'),
    "final": ("定稿", "full", '<rect x="1" y="1" width="10" height="10"/>'),
}


@cache
def _print_of(path: str) -> str:
    """A few characters that change when the file does; nothing where it is not there."""
    found = finders.find(path)
    if not isinstance(found, str):
        return ""
    with open(found, "rb") as file:  # noqa: PTH123 - a path of Django's
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, which changes when the file does."""
    mark = _print_of(path)
    return static(path) + (f"?v={mark}" if mark else "")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of assets/icons.txt; a word stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', asset("vendor/icons.svg"), name
    )


@register.simple_tag
def shape(which: str, word: str | None = None) -> SafeString:
    """○ 自评, ◇ 系统, ● 复核, ■ 定稿: the shape of a score with its word (another one, or "" for none)."""
    name, kind, drawing = _SHAPES[which]
    text = name if word is None else word
    drawn = mark_safe(drawing)  # noqa: S308 - one of the four above
    return format_html('<svg class="shape {}" viewBox="0 0 12 12" aria-hidden="true">{}</svg>{}', kind, drawn, text)


@register.simple_tag
def severity_of(severity: Severity | str, word: str | None = None) -> SafeString:
    """A severity as icon and word."""
    value = str(severity)
    name = SEVERITY_CN[Severity(value)] if word is None else word
    return format_html('<span class="severity {}">{}{}</span>', value, icon(ICON_OF[value]), name)


@register.inclusion_tag("shared/chart.html")
def chart(chart: Chart) -> dict[str, object]:
    """A chart, its table and its download."""
    return {"chart": chart, "data_id": f"chart-{chart.id}-data"}


@register.simple_tag
def rate(share: object, word: str = "") -> SafeString:
    """A bar from 0 to 100 per cent, hollow at 100; the figure itself stands beside it in the table."""
    text = f"{share}".rstrip("%")
    whole = text in ("100", "100.0", "100.00")
    return format_html(
        '<svg class="rate {}" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 8"><rect x="0" y="1" width="{}" height="6" vector-effect="non-scaling-stroke"/></svg>{}',
        "whole" if whole else "", text, word,
    )  # fmt: skip
