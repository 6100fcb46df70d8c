"""R35: the attachments a report lists at its end: as many as it says, numbered one by one, none twice, none that is not yet, the right one referred to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hengji.auditing.case import Case
from hengji.auditing.proof.references import listed_elsewhere
from hengji.library.evidence import load_evidence_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_HEAD = pattern(
    r"^[ \t]*(?:[一二三四五六七八九十]{1,2}、|\d{1,2}[ .、．][ \t]?)?(?:附件|佐证)(?:材料)?(?:清单|目录)?[ \t]?(?:\(共?(?P<n>\d{1,2})[份个项件]\))?[ \t]?(?::[ \t]*(?P<none>无[。\s]*$)?|(?=\n[ \t]*(?:附件|佐证)?1))|^[ \t]*(?=(?:附件|佐证)[ \t]?1[^\d\n;]{2,30};[ \t]?(?:附件|佐证)[ \t]?2)",
    re.MULTILINE,
)
_ENTRY = pattern(
    r"(?:^|(?<=[\s;:。]))(?:(?P<label>附件|佐证)[ \t]?(?P<n>\d{1,2})[ \t.、．:]*|(?P<m>\d{1,2})[.、．:][ \t]?)(?P<what>(?!\d)[^\n;]{2,48}?)"
    r"(?=[ \t;。]+(?:(?:附件|佐证)\d|\d{1,2}[.、．:](?!\d))|[;。]?[ \t]*(?:\n|$))",
    re.MULTILINE,
)
_DAY = pattern(r"\((?P<y>20\d\d)年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?[\u4e00-\u9fff]{0,6}\)")
_REFERRED = pattern(r"(?<![\u4e00-\u9fff]的)附件[ \t]?(?P<n>\d{1,2})[ \t]?[《(\"“]?(?P<what>[\u4e00-\u9fff]{3,16})")
_PAPER = pattern(
    r"^[\u4e00-\u9fff]{1,12}?(?:表|报告|合同|台账|批复|清单|汇总|凭证|记录|通知|文件|证明|办法|制度|验收单|协议|登记簿|发票|问卷)"
)
_JOINT = pattern("[的和与及至到等、]|所|中")


@dataclass(frozen=True, slots=True)
class Attachment:
    """An entry of the list: its number, its words, its place."""

    number: int
    what: str
    span: Span
    label: str  # 附件 or 佐证, where it opens with one


def attachments_hold(case: Case) -> Iterator[Finding]:
    """What is wrong with the last list of attachments, by its own numbers, titles and dates."""
    head = _head(case)
    if head is None:
        return
    if head["none"]:
        referred = re.search(r"(?:详见|见)附件\s?\d", case.flat[: head.start()])
        if referred is not None:
            span = Span(head.start(), head.end("none"))
            also = (Span(referred.start(), referred.end()),)
            yield case.finding("R35", span, f"正文写“{referred[0]}”，这里却写没有附件", also=also)
        return
    listed = _listed(case, head.end())
    if len(listed) <= 1:
        return
    if head["n"] and int(head["n"]) != len(listed):
        span = Span(head.start("n"), head.end("n") + 1)
        message = f"附件写共{head['n']}份，列出的是{len(listed)}份"
        yield case.finding("R35", span, message, stated=head["n"], recomputed=str(len(listed)))
    yield from _numbered(case, listed)
    yield from _not_yet(case, listed)
    yield from _of_another_name(case, listed, head.start())
    yield from _of_years_ago(case, listed, head.start())
    yield from _not_listed(case, listed)
    if not listed_elsewhere(case):
        yield from _beyond(case, listed, head.start())


def _head(case: Case) -> re.Match[str] | None:
    """Where the last list of attachments begins."""
    told = "附件" in case.flat or "佐证" in case.flat
    heads = list(_HEAD.finditer(case.flat, len(case.flat) // 2)) if told else []
    return heads[-1] if heads else None


def attached(case: Case) -> tuple[int, list[Attachment]]:
    """The last list of attachments: where it begins, and its entries."""
    head = _head(case)
    return (0, []) if head is None or head["none"] else (head.start(), _listed(case, head.end()))


def _listed(case: Case, start: int) -> list[Attachment]:
    """The entries from the first on, their numbers rising; what comes behind them is another list."""
    found: list[Attachment] = []
    for match in _ENTRY.finditer(case.flat, start):
        number, last = int(match["n"] or match["m"]), found[-1] if found else None
        if (last is None and number != 1) or (last is not None and not last.number <= number <= last.number + 2):
            break
        if last is not None and match.start() - last.span.end > _APART:
            break
        found.append(Attachment(number, match["what"].strip(), Span(match.start(), match.end()), match["label"] or ""))
    return found


_APART = 12  # characters between an entry and the next


def _numbered(case: Case, listed: list[Attachment]) -> Iterator[Finding]:
    """A number left out, and one paper under two numbers."""
    for one, other in pairwise(listed):
        if other.number == one.number + 2:
            message = f"附件编号从{one.number}跳到{other.number}，缺附件{one.number + 1}"
            yield case.finding("R35", other.span, message, stated=str(other.number), recomputed=str(one.number + 1))
    seen: dict[str, Attachment] = {}
    for each in listed:
        first = seen.setdefault(each.what, each)
        if first is not each:
            message = f"附件{each.number}与附件{first.number}是同一份材料“{each.what}”"
            yield case.finding("R35", each.span, message, stated=each.what, also=(first.span,))


def _not_yet(case: Case, listed: list[Attachment]) -> Iterator[Finding]:
    """An attachment dated after the report itself."""
    dated = case.found.dated
    for each in listed if dated is not None and dated[0] > (case.year or dated[0]) else ():
        match = _DAY.search(each.what)
        if match is None or dated is None:
            continue
        day = (int(match["y"]), int(match["m"]), int(match["d"] or 0))
        if day[: 3 if day[2] else 2] > dated[: 3 if day[2] else 2]:
            shown = f"{dated[0]}年{dated[1]}月{dated[2]}日"
            message = f"报告日期是{shown}，附件{each.number}却是{match[0][1:-1]}的材料"
            yield case.finding("R35", each.span, message, stated=match[0][1:-1], recomputed=shown)


def _of_another_name(case: Case, listed: list[Attachment], end: int) -> Iterator[Finding]:
    """A reference that calls an attachment by another name: 「附件2资产盘点表」, where 2 is a contract."""
    by_number = {each.number: each for each in listed}
    for match in _REFERRED.finditer(case.flat, 0, end):
        named, own = _PAPER.match(match["what"]), by_number.get(int(match["n"]))
        if named is None or own is None or _JOINT.search(named[0]):
            continue
        if set(named[0]) & set(own.what) and not _of_two_kinds(named[0], own.what):
            continue
        span = Span(match.start(), match.start("what") + named.end())
        message = f"这里写附件{own.number}是“{named[0]}”，附件清单里附件{own.number}是“{own.what}”"
        yield case.finding("R35", span, message, stated=named[0], recomputed=own.what, also=(own.span,))


def _of_two_kinds(named: str, own: str) -> bool:
    """Whether two titles name papers of different kinds: a contract and a note of acceptance."""
    kinds = [{k for k, kind in enumerate(load_evidence_words().kinds) if kind.search(title)} for title in (named, own)]
    return bool(kinds[0]) and bool(kinds[1]) and not kinds[0] & kinds[1]


def _beyond(case: Case, listed: list[Attachment], end: int) -> Iterator[Finding]:
    """Evidence referred to by a number that the list does not go up to, where others of it are referred to likewise."""
    label, last = listed[0].label, listed[-1].number
    if not label or any(each.label != label for each in listed) or len(listed) < _FEWEST:
        return
    form = re.compile(rf"(?<![\u4e00-\u9fff]){label}[ \t]?(?P<n>\d{{1,2}})(?![\d.\-—%:])")
    referred = [m for m in form.finditer(case.flat, 0, end) if case.item_at(m.start()) is not None]
    inside = sum(1 for m in referred if int(m["n"]) <= last)
    for match in referred if inside >= _FEWEST else ():
        if int(match["n"]) > last:
            message = f"引用的“{match[0]}”，佐证材料清单只列到第{last}项"
            span = Span(match.start(), match.end())
            yield case.finding("R35", span, message, stated=match[0], recomputed=str(last))
            return


def _not_listed(case: Case, listed: list[Attachment]) -> Iterator[Finding]:
    """A paper told outside the leaves to be in an attachment that the list does not go up to: 「护路岗位花名册见附件5」 and four entries."""
    last = listed[-1].number
    plain = (
        all(each.label != "佐证" for each in listed)
        and "附件" in case.flat[listed[0].span.start - _BEFORE : listed[0].span.end]
    )
    for match in _SEE.finditer(case.flat) if plain and len(listed) >= _FEWEST and last == len(listed) else ():
        number = match["n"]
        outside = case.item_at(match.start()) is None or match.start() > listed[0].span.start
        if int(number) <= last or not outside:
            continue
        if re.search(
            rf"^[ \t]*(?:附件[ \t]?)?{number}[ \t]?[.、．:\s]|[;。 \t]{number}[.、．](?!\d)", case.flat, re.MULTILINE
        ):
            continue  # it stands there after all
        if re.search(rf"(?<![见于在入])附件[ \t]?{number}(?!\d)", case.flat):
            continue  # or is called by its number elsewhere
        message = f"这里写“{match[0]}”，附件清单只列到第{last}项"
        yield case.finding(
            "R35", Span(*match.span()), message, stated=match[0], recomputed=str(last), also=(listed[-1].span,)
        )
        return


_BEFORE = 16  # characters before the first entry, in which the list is called one of 附件
_SEE = pattern(r"(?:见|附于|列于|附在|列入|装入|收入)(?:本报告)?附件[ \t]?(?P<n>\d{1,2})(?![\d.\-—])")
_FEWEST = 3  # entries of a list, and references within it, that prove what it is
_YEAR = pattern(r"\((?P<y>20\d\d)年[^()]{0,12}\)")
_YEAR_FIRST = pattern(r"(?P<y>20\d\d)年度?(?!至|到|[—-])")
_STANDING = pattern(
    r"规划|办法|制度|方案|合同|协议|标准|批复|批文|决定|规定|规程|规范|细则|手册|证|许可|图纸|编制|三定|[〔\[【]"
)
_OF_ITS_YEAR = pattern("盘点|台账|问卷|签到|满意度|回单|点名册|检测记录|巡查记录")  # what shows one year alone
_NAMED = pattern(r"附件\s?\d{1,2}\s?《(?P<what>[^《》\n]{2,24})》\((?P<y>20\d\d)年[^()]{0,12}\)")


def _of_years_ago(case: Case, listed: list[Attachment], end: int) -> Iterator[Finding]:
    """A paper of before the year before as the evidence of a leaf with points: 「附件9 固定资产盘点表（2021年11月15日）」."""
    for each in listed if case.year else ():
        dated = _YEAR.search(each.what) or _YEAR_FIRST.match(each.what)
        if dated is None or int(dated["y"]) >= case.year - 1 or _STANDING.search(each.what):
            continue
        if _OF_ITS_YEAR.search(each.what):
            yield _old(case, each.span, dated["y"])
            continue
        if not each.label:
            continue
        form = re.compile(rf"{each.label}\s?{each.number}(?!\d)")
        cited = (case.item_at(match.start()) for match in form.finditer(case.flat, 0, end))
        if any(item is not None and item.claimed for item in cited):
            yield _old(case, each.span, dated["y"])
    for match in _NAMED.finditer(case.flat, 0, end) if case.year else ():
        item = case.item_at(match.start())
        old = int(match["y"]) < case.year - 1 and not _STANDING.search(match["what"])
        if old and item is not None and item.claimed:
            yield _old(case, Span(match.start(), match.end()), match["y"])


def _old(case: Case, span: Span, year: str) -> Finding:
    message = f"评价的是{case.year}年度，佐证却是{year}年的材料"
    return case.finding("R35", span, message, stated=year, recomputed=str(case.year))
