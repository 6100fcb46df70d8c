"""R17: one unit over its posts where posts and people are listed apart: 「编制……执法大队28名。在职……执法大队31人」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.facts.people import PEOPLE, POSTS, People, told_people
from hengji.auditing.facts.posts import each_within
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_UNIT = pattern("(?:本级|机关|大队|中队|支队|中心|馆|局|院|校|站|所|林场|协会|办)$")
_GRANTED = pattern("(?<![未无有不])超编|借调|划转|转隶|安置|军转|批准|消化|编外|合同制|聘用制")
_FEWEST = 2  # units of a list


def listed_units_over_their_posts(case: Case) -> Iterator[Finding]:
    """A unit with more people than posts, though all units together keep to theirs."""
    paired = _paired(case)
    over = [(posts, people) for posts, people in paired if people.quantity.number > posts.quantity.number]
    whole = sum(posts.quantity.number - people.quantity.number for posts, people in paired)
    if len(paired) < _FEWEST or len(over) != 1 or whole < 0:
        return
    posts, people = over[0]
    told, allowed = people.quantity, posts.quantity
    claim = each_within(case)
    behind = case.flat[people.span.end : case.sentence(people.span.start).end]
    if _GRANTED.search(behind.replace(case.text(claim), "") if claim is not None else behind):
        return
    message = f"“{people.name}”编制{allowed.value}名，实有{told.value}人，超过编制{told.number - allowed.number}人"
    span = people.span
    if claim is not None:
        span, message = claim, message + f"，却写“{case.found.text(claim)}”"
    yield case.finding("R17", span, message, stated=told.value, recomputed=allowed.value)


def _paired(case: Case) -> list[tuple[People, People]]:
    """The posts and the people of each unit that is told once on either side."""
    sides: dict[str, dict[str, list[People]]] = {POSTS: {}, PEOPLE: {}}
    for people in told_people(case) if "编制" in case.flat else ():
        if people.side in sides and _UNIT.search(people.name):
            sides[people.side].setdefault(people.name, []).append(people)
    return [
        (posts[0], sides[PEOPLE][name][0])
        for name, posts in sides[POSTS].items()
        if len(posts) == 1 and len(sides[PEOPLE].get(name, ())) == 1
    ]
