"""An entry of the trail in words."""

from django import template

from hengji.web.trail.models import Entry
from hengji.web.trail.views import Told
from hengji.web.trail.views import told as in_words

register = template.Library()


@register.filter
def told(entry: Entry) -> Told:
    """What an entry says."""
    return in_words(entry)
