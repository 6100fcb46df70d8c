"""Rows whose cells bear their columns' names: 「绩效目标合理性：分值8；目标值：合理；得分：8」, 「指标1：培训人次　满分=20　自评=18」."""

from itertools import pairwise

from hengji.extracting.tables.header_words import header_kind
from hengji.model.patterns import pattern

_LABEL = pattern(
    r"(?<![\u4e00-\u9fff])(?:(?P<told>[\u4e00-\u9fff]{2,6})\s?[:=]\s?|(?P<bare>分值|满分|权重|自评得分|得分|自评)(?=\d))"
)
_NUMBER = pattern(r"(\d{1,2}(?:\.\d{1,2})?)\s?分?")
_ORDER = pattern(r"\s*(?:指标\s?\d{0,2}\s?[:.、]|指标名称\s?[:=])?\s*")
_NAME = pattern(r"[^:=,;(|]{2,30}")
_WORDS = pattern(r"[\u4e00-\u9fff]{2}")
_EDGES = " ,;、/|。.()"

Span = tuple[int, int]


def labelled_cells(text: str) -> tuple[Span, Span, Span] | None:
    """Where name, points and score stand in such a row; nothing for any other line."""
    opened = _ORDER.match(text)
    begin = opened.end() if opened is not None else 0
    named = _NAME.match(text, begin)
    if named is None:
        return None
    labels = [
        m
        for m in _LABEL.finditer(text, begin)
        if header_kind(m["told"] or m["bare"]) and _WORDS.search(text, begin, m.start())
    ]
    cells: dict[str, Span] = {}
    for label, after in pairwise([*labels, None]):
        if label is None:
            break
        start, end = label.end(), after.start() if after is not None else len(text)
        value = _NUMBER.match(text, start, end)
        kind = _KINDS.get(header_kind(label["told"] or label["bare"]))
        if kind is not None and (value is None or kind in cells or text[value.end() : end][:1].strip(_EDGES)):
            return None
        if kind is not None and value is not None:
            cells[kind] = value.span(1)
    if not labels or len(cells) < len(set(_KINDS.values())):
        return None
    stop = min(named.end(), labels[0].start())
    name = text[begin:stop].rstrip(" :,;、|")
    return (begin, begin + len(name)), cells["points"], cells["score"]


_KINDS = {"points": "points", "weight": "points", "score": "score"}
