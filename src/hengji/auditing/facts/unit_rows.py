"""R17: units of a table that have more people than posts, though all together have not."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts.posts import each_within
from hengji.extracting.tables.grid import Grid, cell_number
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_POSTS = pattern(r"(?:核定|批准|总)?编制(?:人?数|总数)?(?:\([人名]\))?")
_PEOPLE = pattern(r"(?:年末)?(?:实有|在编|在职|在岗)(?:在编|在职|在岗)?(?:人员|人)?数?(?:\([人名]\))?")
_WHOLE = pattern("合计|总计|小计")
_GRANTED = pattern("(?<![未无有不])超编|划转|转隶|安置|批准|消化")
_LEAST = 2  # rows of units


def unit_rows_over_their_posts(case: Case) -> Iterator[Finding]:
    """R17: 「药品稽查总队｜46｜48」 among the units of a table whose whole keeps to its posts."""
    for grid in case.grids if "编制" in case.flat else ():
        columns = _columns(grid)
        if columns is None or _GRANTED.search(case.flat, grid.block.start, grid.block.end):
            continue
        head, posts, people = columns
        rows = [
            (row, allowed, there)
            for row in range(head + 1, grid.rows)
            if (allowed := cell_number(grid.text(row, posts))) is not None
            and (there := cell_number(grid.text(row, people))) is not None
        ]
        yield from _over(case, grid, people, rows)


def _columns(grid: Grid) -> tuple[int, int, int] | None:
    """The row of heads, the column of posts and that of people, where there is one of each."""
    for row in range(min(_HEADS, grid.rows)):
        heads = grid.row(row)
        posts = [at for at, text in enumerate(heads) if _POSTS.fullmatch(text)]
        people = [at for at, text in enumerate(heads) if _PEOPLE.fullmatch(text)]
        if len(posts) == len(people) == 1:
            return row, posts[0], people[0]
    return None


_HEADS = 3  # rows at the top among which the heads stand


def _over(case: Case, grid: Grid, column: int, rows: list[tuple[int, Decimal, Decimal]]) -> Iterator[Finding]:
    units = [each for each in rows if not _WHOLE.search(grid.text(each[0], 0))]
    over = [each for each in units if each[2] > each[1] > 0]
    whole = sum((posts for _, posts, _ in units), Decimal(0)) - sum((people for *_, people in units), Decimal(0))
    if len(units) < _LEAST or len(over) != 1 or whole < 0:
        return
    row, posts, people = over[0]
    name = grid.text(row, 0)
    message = f"“{name}”编制{posts}名，实有{people}人，超过编制{people - posts}人"
    span = grid.span(row, column)
    if (claim := each_within(case)) is not None:
        span, message = claim, message + f"，却写“{case.found.text(claim)}”"
    yield case.finding("R17", span, message, stated=str(people), recomputed=str(posts))
