"""A bonus or a deduction told in running text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.nodes import Node
from hengji.extracting.leaves.scored import Found
from hengji.extracting.passages import Passage
from hengji.model.extraction import Extra, Section, Span
from hengji.model.patterns import pattern

_EXTRA = pattern(r"加减分|加分|附加分|奖励分|扣分项|减分")
_SHORT = 14  # characters of a heading that names a bonus and nothing else
_TOLD = pattern(
    r"(?<![每不])加\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分|加分(?:项)?(?:得分|合计|共计|共|为|得)?\s?(?P<m>\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def told_extras(passages: tuple[Passage, ...]) -> Iterator[Extra]:
    """A bonus told in passing: 「被评为先进单位，按考核办法加1分」; the same bonus told twice counts once."""
    found: dict[Decimal, Extra] = {}
    for passage in passages:
        for match in _TOLD.finditer(passage.flat) if "加" in passage.flat else ():
            clause = re.split(r"[。;]", passage.flat[: match.start()])[-1] + match[0]
            points = Decimal(match["n"] or match["m"])
            honoured = re.search(r"评为|荣获|获|表彰|命名|授予", clause)
            if re.search(r"每|最高|可|不超过|标准", clause) or not (honoured or "加分" in clause):
                continue
            if points not in found or honoured:
                found[points] = Extra("加分", points, passage.span(match.start(), match.end()), passage.whole)
    yield from found.values()


_UNHEADED = pattern(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.]\s?)?(?P<name>加分|加减分|附加分|扣分|减分)(?:项|情况)?(?:自评)?(?:得分|合计|共计|共)\s?(?:为|:)?\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def unheaded_extras(passages: tuple[Passage, ...]) -> Iterator[Extra]:
    """A bonus told in a paragraph without a heading: 「加分得分4分」; what follows in numbered lines belongs to it."""
    for index, passage in enumerate(passages):
        match = _UNHEADED.match(passage.flat) if passage.cell is None else None
        if match is None:
            continue
        end = passage.whole.end
        for after in passages[index + 1 :]:
            if (
                re.match(
                    r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六]部分)", after.flat
                )
                or after.cell is not None
            ):
                break
            end = after.whole.end
        yield Extra(
            match["name"],
            Decimal(match["n"]),
            passage.span(match.start(), match.end()),
            Span(passage.whole.start, end),
            match["name"] in ("扣分", "减分"),
        )


def is_extra(section: Section) -> bool:
    """Whether a heading names a bonus or a deduction and nothing else."""
    return len(section.title) <= _SHORT and _EXTRA.search(section.title) is not None


_MOST_EXTRA = 30  # points: no bonus is larger
_EACH_EXTRA = pattern(r"(?<![每可最高])[,，、)(]\s?(?:计|自评)?加\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分")


def extra_of(section: Section, node: Node, below: list[Node]) -> Extra:
    """The bonus or deduction of a section and of the sections below it."""
    claim, span = node.claim, node.claim_span
    if claim is not None and claim.number > _MOST_EXTRA:
        claim, span = None, None  # the total, told under the last heading
    for passage in node.passages:
        match = next((m for m in _EXTRA_CLAIM.finditer(passage.flat) if not _of_a_tariff(passage.flat, m)), None)
        if match is not None and (claim is None or not claim.strong):
            claim = Found(Decimal(match[1]), match.start(), match.end())
            span = passage.span(match.start(), match.end())
    each = [
        Decimal(m["n"])
        for passage in node.passages
        if not _HEADS_ON.fullmatch(passage.flat)
        for m in _EACH_EXTRA.finditer(passage.flat)
    ]
    if len(each) > 1 and (claim is None or not claim.strong or claim.number == each[0]):
        claim = Found(sum(each, Decimal(0)), 0, 0)  # told honour by honour, without their sum
    end = max([section.body.end, *(p.whole.end for other in below for p in other.passages)])
    deduction = bool(re.search(r"扣分|减分", section.title)) and "加" not in section.title
    return Extra(
        section.title,
        claim.number if claim else None,
        span or section.span,
        Span(section.span.start, end),
        deduction,
        node.index,
    )


_BOTH = pattern(
    r"(?<![每可最高])加\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分[,、;]\s?[减扣]\s?(?P<m>\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def extras_of(section: Section, node: Node, below: list[Node]) -> Iterator[Extra]:
    """What a section tells of a bonus, and of a deduction where it tells both: 「加1分、减0.5分」."""
    extra = extra_of(section, node, below)
    for passage in node.passages if "加" in section.title and "减" in section.title else ():
        match = _BOTH.search(passage.flat)
        if match is not None and not _of_a_tariff(passage.flat, match):
            yield replace(extra, claimed=Decimal(match["n"]), span=passage.span(match.start(), match.end("n") + 1))
            cut = passage.span(match.start("m") - 1, match.end())
            yield replace(extra, claimed=Decimal(match["m"]), span=cut, deduction=True)
            return
    yield extra


_HEADS_ON = pattern(r".{0,6}(?:加减?分|附加分|奖励分)(?:项|情况)?[,(:].{0,12}\d\s?分\)?")  # 「（六）加分项，加1.5分」
_EXTRA_CLAIM = pattern(
    r"(?:加分|加减分|得分|附加分|奖励分|扣分|减分|加|减|扣|计|共)[^\d。;]{0,8}(\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def _of_a_tariff(text: str, match: re.Match[str]) -> bool:
    """Whether a number of points is what each honour is worth, or the most that there is: 「每项加1分，最高加2分」."""
    clause = re.split(r"[,。;:(\"]", text[: match.start()])[-1] + match[0]
    return re.search(r"每|最高|最多|上限|不超过|可加|可得", clause) is not None
