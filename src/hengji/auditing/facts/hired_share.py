"""R17: the share that hired and contract staff are told to be, against the people told; what no whole that they can be part of makes.

「在编38人、编外12人，编外人员占比控制在20%以内」: 24 % of all and 31.58 % of those in post. A limit that a rule names is none told as kept.
"""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, number, percent_fits, places
from hengji.library.texts import load_staff_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_WHO = r"(?:编外|聘用|临聘|外聘|合同制|劳务派遣|派遣|公益性岗位|辅警|协管)(?:聘用)?(?:人员|用工|职工|工)?"
_KEPT = r"(?:低于|小于|未超过?|没有超过|不超过|控制在|不到|符合[^,。;\d]{0,4}不超过)"
# 「编外人员占全部用工的20.00%」, 「派遣用工比例10%」, 「聘用人员12人，占比低于20%」
_TOLD = pattern(
    rf"(?P<who>{_WHO})(?:(?P<own>\d+)\s?[人名],?)?[^,。;\d%]{{0,6}}(?:占比?|比例|比重)(?P<of>[^,。;\d%]{{0,16}}?)(?:的?(?:比例|比重))?(?:为|是|达)?"
    rf"(?P<kept>{_KEPT})?(?:在)?\s?(?P<n>\d{{1,2}}(?:\.\d+)?)\s?%(?P<within>以内|以下|之内)?"
)
# 「聘用人员12人，没有超过编制数40名的20%」
_OF_POSTS = pattern(
    rf"(?P<who>{_WHO})(?P<own>\d+)\s?[人名],?[^,。;\d%]{{0,4}}{_KEPT}[^,。;\d%]{{0,10}}(?P<of>\d+)\s?[人名]的\s?(?P<n>\d{{1,2}}(?:\.\d+)?)\s?%"
)
_RULE = pattern(r"(?:规则|标准|要求|规定|目标|应(?!急)|不得|须|上限|上年|去年|上一年|20\d\d年)[^,。;]{0,14}$")
_SCORED = pattern(r"[^,。;]{0,6}(?:[得计扣]\s?(?:满分|\d)|为满分|目标)")
_PEOPLE = ("人", "名")
_FEW = 2


def hired_share(case: Case) -> Iterator[Finding]:
    """R17: a share of hired staff that their number makes of no whole told, or a limit told as kept that it breaks of every whole."""
    if load_staff_words().hired.search(case.flat) is None:
        return
    for match in _OF_POSTS.finditer(case.flat):
        share = Fraction(int(match["own"]) * 100, int(match["of"]) or 1)
        if share > Fraction(match["n"]) and not _ruled(case, match.start(), match.end()):
            message = f"{match['who']}{match['own']}人是{match['of']}名的{number(share)}%，超过{match['n']}%"
            yield case.finding(
                "R17", Span(*match.span()), message, stated=f"{match['n']}%", recomputed=f"{number(share)}%"
            )
    for match in _TOLD.finditer(case.flat):
        if _ruled(case, match.start(), match.end()):
            continue
        told, kept = Fraction(match["n"]), bool(match["kept"] or match["within"])
        hired = _hired(case, match.start(), match["own"], anywhere=kept)
        shares = _shares(case, hired) if hired else {}
        shares = shares if kept else _of_the_named(case, hired, match["of"], match.start()) or shares
        if not shares or not _breaks(told, places(match["n"]), shares, kept=kept):
            continue
        meant, whole = _likeliest(shares, match["of"])
        end = f"，超过{match['n']}%" if kept else f"，写{match['n']}%"
        message = f"{match['who']}{number(hired)}人 ÷ {number(whole)}人是{number(meant)}%{end}"
        span = Span(match.start("n"), match.end("n") + 1)
        yield case.finding("R17", span, message, stated=f"{match['n']}%", recomputed=f"{number(meant)}%")


def _ruled(case: Case, start: int, end: int) -> bool:
    """Whether a share belongs to a rule, an aim or another year."""
    before = _RULE.search(case.flat, max(0, start - 20), start)
    return before is not None or _SCORED.match(case.flat, end) is not None or case.aimed_at(start)


def _hired(case: Case, position: int, own: str | None, *, anywhere: bool) -> Fraction:
    """The one number of hired people that a share can be of: its own, its paragraph's or the report's; nothing where there are several."""
    if own:
        return Fraction(own)
    words = load_staff_words().hired
    told = [q for q in case.found.quantities if q.unit in _PEOPLE and q.year == case.year and words.search(q.name)]
    place = case.paragraph(position)
    near = {exact(q.number) for q in told if place.start <= q.span.start < place.end}
    every = near or ({exact(q.number) for q in told} if anywhere else set())
    return next(iter(every)) if len(every) == 1 else Fraction(0)


def _shares(case: Case, hired: Fraction) -> dict[tuple[str, Fraction], Fraction]:
    """What hired people are, in percent, of each whole that they can be part of: those in post, the posts, both with them, any people told elsewhere."""
    inside = [("在编", q) for q in case.quantities("在编人数")] + [("编制", q) for q in case.quantities("编制数")]
    others = [q for q in case.found.quantities if q.unit in _PEOPLE]
    wholes: dict[tuple[str, Fraction], Fraction] = {}
    for name, quantity in (*inside, *(("别处", q) for q in others)):
        people = exact(quantity.number)
        if people and people != hired:
            wholes[(name, people)] = hired / people * 100
            wholes[(name + "合计", people + hired)] = hired / (people + hired) * 100
    return wholes


_ALL_OF_THEM = pattern(r"在岗|在册|全部|全体|用工|从业|总|全[院校馆站局所中系]|职工(?!编)|合计")
_IN_POST = pattern(r"在编|编内|正式")
_TOGETHER = pattern(r"之和|[与和加及、+](?:编外|聘用|合同制|派遣|临聘)")  # 「占在编与编外人员之和的10%」


def _of_the_named(case: Case, hired: Fraction, of: str, position: int) -> dict[tuple[str, Fraction], Fraction]:
    """The share of the one whole that the words name, where its paragraph tells all people, those in post and the hired: 「在岗职工634人，其中在编398人、编外236人，编外人员占在岗职工的59.30%」."""
    place, inside = case.paragraph(position), {exact(q.number) for q in case.quantities("在编人数")}
    near = {
        exact(q.number) for q in case.found.quantities if q.unit in _PEOPLE and place.start <= q.span.start < place.end
    }
    if len(inside) != 1 or hired not in near or not near & inside or (whole := hired + sum(inside)) not in near:
        return {}
    together = _TOGETHER.search(of) or (_ALL_OF_THEM.search(of) and not _IN_POST.search(of))
    meant = whole if together else sum(inside, Fraction(0))
    named = _ALL_OF_THEM.search(of) is not None or _IN_POST.search(of) is not None
    return {("指明合计", meant): hired / meant * 100} if named else {}


def _breaks(told: Fraction, decimals: int, shares: dict[tuple[str, Fraction], Fraction], *, kept: bool) -> bool:
    """Whether a share is none of those that people make, or a limit is below each of them that is of all or of those in post."""
    if kept:
        own = [share for (name, _), share in shares.items() if not name.startswith("别处")]
        return bool(own) and all(share > told for share in own)
    enough = len(shares) >= _FEW or all(name.startswith("指明") for name, _ in shares)
    return enough and not any(percent_fits(told, decimals, share / 100, 1) for share in shares.values())


def _likeliest(shares: dict[tuple[str, Fraction], Fraction], of: str) -> tuple[Fraction, Fraction]:
    """The share of the whole that the words name, else of all people, and that whole."""
    wanted = "编制" if "编制" in of else "在编" if "在编" in of or "在职" in of else "合计"
    named = [(share, whole) for (name, whole), share in shares.items() if name.endswith(wanted)]
    return (named or [(share, whole) for (_, whole), share in shares.items()])[0]
