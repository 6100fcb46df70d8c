"""The columns of a table of scores, told by the words of its header."""

from dataclasses import dataclass

from hengji.extracting.tables.grid import Grid, cell_number
from hengji.extracting.tables.header_words import YEARLY, header_kind
from hengji.extracting.tables.score_cells import First, first_of_pair


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what, by header and by the rows below."""

    of: dict[str, int]
    row: int
    plain: bool = False  # a form of goals without points or scores
    first: First = First.UNSAID  # of two numbers in a cell of both
    carried: bool = False  # no column of points: the names carry them
    joined: bool = False  # no columns of levels: the names carry their path
    ordered: bool = False  # the names are glued to their order
    explained: bool = False  # the names are followed by what they mean
    weak: bool = False  # a header only where words below tell the scores

    def get(self, key: str) -> int | None:
        """The column of a kind; nothing where the header names none."""
        return self.of.get(key)


_FEWEST = 2  # columns that every header has: one of points or scores, and one of names


_LEVELS = ("level1", "level2", "level3", "name")


def _nested(grid: Grid, row: int) -> tuple[Columns, int] | None:
    """The columns of a header whose levels each reach over columns of their own: 「三级指标」 over 「名称｜权重｜得分」."""
    upper, lower = grid.row(row), grid.row(row + 1)
    places: dict[str, list[int]] = {}
    for column, text in enumerate(upper):
        if (kind := header_kind(text)) in _LEVELS:
            places.setdefault(kind, []).append(column)
    wide = [key for key in _LEVELS if len(places.get(key, ())) > 1]
    if not wide or any(cell_number(text) is not None for text in lower if text):
        return None
    deepest = max(places, key=lambda key: places[key][0])
    kinds = {column: header_kind(lower[column]) for column in range(grid.columns)}
    if any(kind in ("level1", "level2", "level3") for column, kind in kinds.items() if lower[column] != upper[column]):
        return None  # the row below is a header of its own, under one line over the whole width
    scoring = next((c for c in places[deepest] if kinds[c] == "score"), None)
    worth = next((c for c in places[deepest] if kinds[c] in ("points", "weight")), None)
    beyond = {column for key in places for column in places[key]}
    of = {key: columns[0] for key, columns in places.items()}
    for column in range(grid.columns):
        kind = kinds[column] or header_kind(upper[column])
        if column not in beyond and kind and kind not in of:
            of[kind] = column
    of |= {key: c for key, c in (("score", scoring), ("points", worth)) if c is not None}
    if deepest not in wide or worth is None or "score" not in of or of[deepest] in (scoring, worth):
        return None
    return Columns(of, row + 1), row + 1


def header_of(grid: Grid, row: int) -> tuple[Columns, int] | None:
    """The columns of a header row (of two rows where the second goes on), and its last row."""
    every = {column: text for column, text in enumerate(grid.row(row)) if text}
    labels = _of_latest_year(every, grid.row(row - 1))
    if len(set(labels.values())) < len(labels) and (nested := _nested(grid, row)) is not None:
        return nested
    columns = _columns(labels)
    weak = not _is_header(columns)
    if weak and not _may_be_header(columns):
        return None
    last = row
    below = {column: text for column, text in enumerate(grid.row(row + 1)) if text}
    changed = {c: t for c, t in below.items() if labels.get(c) != t and (c in labels or c not in every)}
    if (
        changed
        and sum(1 for text in changed.values() if header_kind(text)) >= max(1, len(changed) - 1)
        and not any(cell_number(text) is not None for text in below.values())
    ):
        merged = _columns(labels | changed)
        if _is_header(merged):
            columns, last, weak = merged, row + 1, False
    first = first_of_pair(grid.text(last, columns["both"])) if "both" in columns else First.UNSAID
    return Columns(columns, row, _is_plain(columns), first, weak=weak), last


def _of_latest_year(labels: dict[int, str], above: tuple[str, ...]) -> dict[int, str]:
    """The words of a header without the columns of earlier years, and without the year of the latest.

    A year stands in front of each column's words (「2023年得分｜2024年得分」), or in the row above them over several columns.
    """
    over = {column: match["year"] for column in labels if (match := YEARLY.fullmatch(above[column])) is not None}
    worded = {year: {labels[column] for column in over if over[column] == year} for year in over.values()}
    if len(worded) > 1 and all(words == worded[max(worded)] for words in worded.values()):
        return {c: text for c, text in labels.items() if over.get(c, max(worded)) == max(worded)}
    dated = {column: match for column, text in labels.items() if (match := YEARLY.fullmatch(text)) is not None}
    years = {match["year"] for match in dated.values()}
    if len(years) < _FEWEST:
        return labels
    kept = {column: text for column, text in labels.items() if column not in dated}
    return kept | {c: match["rest"] or match[0] for c, match in dated.items() if match["year"] == max(years)}


def _is_plain(columns: dict[str, int]) -> bool:
    """A form of goals that scores nothing: levels, targets and what was achieved."""
    scoring = {"score", "weighted", "points", "weight", "both"} & columns.keys()
    return not scoring and {"level1", "level3", "target", "actual"} <= columns.keys()


def _is_header(columns: dict[str, int]) -> bool:
    if len(columns) < _FEWEST:
        return False
    if _is_plain(columns):
        return True
    scored = bool({"score", "weighted", "both"} & columns.keys()) or {"points", "lost"} <= columns.keys()
    worth = "points" in columns or "weight" in columns
    named = any(key in columns for key in ("level3", "level2", "name", "level1", "budget", "spent", "target", "actual"))
    paid = scored and "rate" in columns and "spent" in columns
    return paid or (scored and named) or (worth and named and len(columns) >= 3)


def _may_be_header(columns: dict[str, int]) -> bool:
    """Whether names and points stand side by side, so that another column may tell the scores in words."""
    return "points" in columns and any(key in columns for key in ("level3", "name", "level2"))


def _of_each_leaf(kind: str, text: str, before: str) -> bool:
    """Whether a second column of targets is that of the leaves, the first of groups of them: 「年度目标」, 「年初目标值」."""
    return kind == "target" and text.endswith("值") and not before.endswith("值")


def _dated(label: tuple[int, str]) -> bool:
    """Whether a column is of a year it names: what names none comes first, 「2022年实际值」 beside 「实际完成值」 is of an earlier year."""
    return YEARLY.fullmatch(label[1]) is not None


def _columns(labels: dict[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, text in sorted(labels.items(), key=_dated):
        kind = header_kind(text)
        if text == "分数" and any(header_kind(t) == "score" for t in labels.values() if t != text):
            kind = "points"  # beside a column of scores
        if kind and (kind not in found or _of_each_leaf(kind, text, labels[found[kind]])):
            found[kind] = column
    if not found:
        return found
    found |= _leafs_name(labels, found)
    if "lost" in found:
        found.setdefault("remark", found["lost"])
    if "telling" in found:
        found.setdefault("remark", found["telling"])
    fourth = next((column for column, text in labels.items() if text.startswith("四级")), None)
    if fourth is not None and found.get("level3", fourth) != fourth:
        found["name"], found["level3"] = found["level3"], fourth
    name = next((found[key] for key in ("level3", "name", "level2") if key in found), None)
    if "moved" in found:
        found.setdefault("points", found["moved"])
    if name is not None:
        found |= _leafs_own(labels, found, name)
    worth = next((kind for kind in ("points", "weight") if kind in found), None)
    if worth is not None:  # where every level has a column of points the leaf's stands beside its name
        beside = name is not None and header_kind(labels.get(name + 1, "")) == worth
        found["points"] = name + 1 if name is not None and beside else found[worth]
        if name is not None and beside and header_kind(labels.get(name + 2, "")) == "score":
            found["score"] = name + 2
    return found


def _leafs_name(labels: dict[int, str], found: dict[str, int]) -> dict[str, int]:
    """The columns of group and leaf where both have words for a name, each with its points beside it: 「评价内容｜分值｜指标｜分值」."""
    kinds = {column: header_kind(text) for column, text in labels.items()}
    named = [c for c, kind in kinds.items() if kind == "name" and kinds.get(c + 1) in ("points", "weight")]
    if len(named) != _FEWEST or any(level in found for level in _LEVELS[:-1]) or found["name"] != named[0]:
        return {}
    return {"level1": named[0], "name": named[1]}


_DOUBLED = ("points", "weight", "score", "weighted", "lost")


def _leafs_own(labels: dict[int, str], found: dict[str, int], name: int) -> dict[str, int]:
    """The columns of the leaf where its group has some of the same words in front of its name: 「投入｜30｜27｜甲｜…｜6｜6」."""
    own: dict[str, int] = {}
    for kind in _DOUBLED:
        if found.get(kind, name) < name:
            behind = (column for column, text in labels.items() if column > name and header_kind(text) == kind)
            own[kind] = next(behind, found[kind])
    return own
