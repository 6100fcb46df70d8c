"""The fields of work that the words of a problem or a measure speak of."""

from hengji.library.texts import load_fields
from hengji.model.patterns import pattern

_OPINIONS = pattern(
    r"(?:收集|征求|听取|征集|反馈)[^,。;]{0,14}意见|意见[^,。;]{0,8}(?:多|大|较多|集中)|回访|问卷|座谈|满意"
)


def fields_of(text: str) -> frozenset[str]:
    """The fields of work that a text speaks of; who asks for opinions speaks of how content people are."""
    named = frozenset(field.name for field in load_fields() if any(word in text for word in field.words))
    return named | {"满意度"} if _OPINIONS.search(text) else named
