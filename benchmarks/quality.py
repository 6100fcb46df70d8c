"""How well documents are read and audited: items, values and findings against the labels of tests/corpus.

`held_out` was written, text and labels, before the checks, by someone who had not seen the code, and is never tuned on; its
figures stand apart from those of `made`. `dense` are mini reports crowded with what is hardest (rules and scores, full marks beside
shortcomings, losses, denials), as little tuned on.
"""

import re
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from hengji.auditing import Audit, audit
from hengji.auditing.audit import FAILED
from hengji.extracting import extract
from hengji.extracting.flat import flat
from hengji.library.nodes import plain_data, read_tree
from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.model.units import canonical_unit
from hengji.reading import read_document

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
HALVES = {
    "held_out": "事先写好、不参与调试的一半",
    "dense": "密集的小样，同样不参与调试",
    "made": "边做边对照的一半",
}
KEPT = ("held_out", "dense")  # what nobody looks into


@dataclass
class Tally:
    """Right, missed and wrong, of items, values or the findings of a code."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def recall(self) -> str:
        """The share found of what is labelled."""
        return _share(self.right, self.right + self.missed)

    @property
    def precision(self) -> str:
        """The share of what is found that is labelled."""
        return _share(self.right, self.right + self.wrong)

    @property
    def f1(self) -> str:
        """The harmonic mean of both."""
        return _share(2 * self.right, 2 * self.right + self.missed + self.wrong)


def _share(part: int, whole: int) -> str:
    return f"{Decimal(part) / Decimal(whole):.3f}" if whole else "—"


@dataclass
class Quality:
    """The tallies of one half of the corpus."""

    documents: int = 0
    kinds: Tally = field(default_factory=Tally)
    items: Tally = field(default_factory=Tally)
    values: Tally = field(default_factory=Tally)
    findings: dict[str, Tally] = field(default_factory=dict)  # by code, at the place that a finding points at first
    either: Tally = field(default_factory=Tally)  # of all codes, where one of the two ends of a contradiction suffices
    traps: int = 0
    notes: list[str] = field(default_factory=list)

    def all_findings(self) -> Tally:
        """All codes together."""
        tallies = self.findings.values()
        return Tally(*(sum(getattr(t, name) for t in tallies) for name in ("right", "missed", "wrong")))


def measure(folder: Path) -> Quality:
    """Reads and audits every labelled document of a folder."""
    quality = Quality()
    for path in sorted(folder.glob("*.labels.yaml")):
        problems: list = []
        tree = read_tree(path.read_text(encoding="utf-8"), path.name, problems)
        labels = plain_data(tree) if tree is not None else {}
        assert isinstance(labels, dict), (path, problems)
        quality.documents += 1
        try:
            outcome = audit(extract(read_document(folder / str(labels["file"]))))
        except HengjiError as error:
            quality.notes.append(f"{labels['file']} 读不出：{error}")
            quality.items.missed += len(_list(labels, "items"))
            quality.kinds.missed += 1
            continue
        quality.notes += [f"{labels['file']} {code}：{why}" for code, why in outcome.not_checked if why == FAILED]
        _measure_one(quality, outcome, labels)
    return quality


def _list(labels: dict, key: str) -> list[dict]:
    return labels.get(key) or []


def _measure_one(quality: Quality, outcome: Audit, labels: dict) -> None:
    file = str(labels["file"])
    if str(outcome.found.kind) == labels["kind"]:
        quality.kinds.right += 1
    else:
        quality.kinds.missed += 1
        quality.notes.append(f"{file} 类型：{outcome.found.kind}（应为 {labels['kind']}；{outcome.found.kind_reason}）")
    _items(quality, outcome, labels)
    _values(quality, outcome, labels)
    _findings(quality, outcome, labels)


def _number(text: object) -> Decimal | None:
    try:
        return Decimal(str(text).replace(",", "")).normalize() if text not in (None, "null", "") else None
    except InvalidOperation:
        return None


def _plain(name: object) -> str:
    return re.sub(r"[\s“”\"（）(),，、:：]", "", str(name))


# the row of the money has no name of its own: labels call it by its column, its first cell or the form's term
_MONEY_ROW = {"执行率": "预算执行率", "年度资金总额": "预算执行率"}


def _item_name(name: object) -> str:
    plain = _plain(name)
    return _MONEY_ROW.get(plain, plain)


def _items(quality: Quality, outcome: Audit, labels: dict) -> None:
    wanted = Counter(
        (_item_name(i["name"]), _number(i.get("points")), _number(i.get("claimed"))) for i in _list(labels, "items")
    )
    found = Counter(
        (_item_name(i.name), _number(i.points), None if i.not_applicable else _number(i.claimed))
        for i in outcome.found.items
    )
    both = wanted & found
    quality.items.right += both.total()
    quality.items.missed += (wanted - both).total()
    quality.items.wrong += (found - both).total()
    for key in wanted - both:
        quality.notes.append(f"{labels['file']} 指标没有读出：{key}")
    for key in found - both:
        quality.notes.append(f"{labels['file']} 指标多读：{key}")


def _values(quality: Quality, outcome: Audit, labels: dict) -> None:
    found = {(_number(q.value), canonical_unit(q.unit)) for q in outcome.found.quantities}
    found |= {(_number(total.value), "分") for total in outcome.found.totals.all_claimed}
    base = outcome.found.totals.base
    found |= {(_number(base.value), "分")} if base is not None else set()
    for value in _list(labels, "values"):
        number, unit = _apart(str(value["value"]), str(value["unit"] or ""))
        key = (_number(number), canonical_unit(unit))
        if key in found:
            quality.values.right += 1
        else:
            quality.values.missed += 1
            quality.notes.append(f"{labels['file']} 数值没有读出：{value['name']} {value['value']}{value['unit']}")


def _apart(value: str, unit: str) -> tuple[str, str]:
    """Value and unit of a label that may carry its unit in the value: 「97.84%」."""
    value = flat(value)
    number = re.match(r"[\d.,-]+(?: \d{3})*(?:\.\d+)?", value)
    return (number[0].replace(" ", ""), unit or value[number.end() :].strip()) if number is not None else (value, unit)


def _findings(quality: Quality, outcome: Audit, labels: dict) -> None:
    document = outcome.found.document
    wanted = [(str(label["code"]), _ranges(document, label.get("quote"))) for label in _list(labels, "findings")]
    optional = [(str(label["code"]), _ranges(document, label.get("quote"))) for label in _list(labels, "optional")]
    hit: set[int] = set()
    also_hit: set[int] = set()
    for finding in outcome.findings:
        tally = quality.findings.setdefault(finding.code, Tally())
        others = {
            n
            for span in finding.also
            for n, label in enumerate(wanted)
            if _fits(document, finding.code, span.start, span.end, label)
        }
        also_hit |= others
        matches = [
            n for n, label in enumerate(wanted) if _fits(document, finding.code, finding.start, finding.end, label)
        ]
        if matches:
            hit.update(matches)
        elif not any(_fits(document, finding.code, finding.start, finding.end, label) for label in optional):
            tally.wrong += 1
            quality.either.wrong += not others
            quality.notes.append(f"{labels['file']} 误报 {finding.code}：{finding.message}｜{finding.quote[:40]}")
    quality.either.right += len(hit | also_hit)
    quality.either.missed += len(wanted) - len(hit | also_hit)
    for number, (code, _) in enumerate(wanted):
        tally = quality.findings.setdefault(code, Tally())
        if number in hit:
            tally.right += 1
        else:
            tally.missed += 1
            quality.notes.append(f"{labels['file']} 漏报 {code}：{_list(labels, 'findings')[number].get('quote')}")


Label = tuple[str, list[tuple[int, int]] | None]


def _ranges(document: Document, quote: object) -> list[tuple[int, int]] | None:
    """Where a label's words stand; None for something absent."""
    if quote in (None, "", "null"):
        return None
    words = str(quote)
    starts = [match.start() for match in re.finditer(re.escape(words), document.text)]
    if not starts:
        # cells that a label quotes with bars between them stand apart by tabs in the text
        loose = r"[\s|]*".join(
            re.escape(character) for character in words if not character.isspace() and character != "|"
        )
        return [match.span() for match in re.finditer(loose, document.text)]
    return [(start, start + len(words)) for start in starts]


def _fits(document: Document, code: str, start: int | None, end: int | None, label: Label) -> bool:
    """The same code at overlapping words, in the same row of a table, or in the same short paragraph.

    What is absent stands nowhere: there the code decides alone.
    """
    wanted, ranges = label
    if wanted != code:
        return False
    if ranges is None or start is None or end is None or start == end:
        return True
    return any(
        (low < end and start < high) or _same_line(document, start, low) or (start == end and low <= start <= high)
        for low, high in ranges
    )


def _same_line(document: Document, left: int, right: int) -> bool:
    text = document.text
    return text.rfind("\n", 0, left) == text.rfind("\n", 0, right)


def table(quality: Quality) -> str:
    """The figures as a Markdown table, a line a code."""
    total = quality.all_findings()
    summary = (
        f"{quality.documents}份；类型 {_share(quality.kinds.right, quality.documents)}；指标 F1 {quality.items.f1}；"
        f"数值召回 {quality.values.recall}；发现 精确率 {total.precision} 召回率 {total.recall}"
        f"（矛盾的两处指到任一处：{quality.either.precision}、{quality.either.recall}）"
    )
    lines = [summary, "", "| 规则 | 标注 | 找到 | 误报 | 精确率 | 召回率 |", "|---|---:|---:|---:|---:|---:|"]
    for code, tally in sorted(quality.findings.items()):
        lines.append(
            f"| {code} | {tally.right + tally.missed} | {tally.right} | {tally.wrong} | {tally.precision} | {tally.recall} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Prints the tables of the corpus, or of folders of labelled documents given by name."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="labelled documents, in place of the two halves")
    parser.add_argument(
        "--notes", action="store_true", help="what was missed and what was wrong, but for those that nobody looks into"
    )
    parser.add_argument("--all", action="store_true", help="the same of those too")
    asked = parser.parse_args()
    halves = [(folder, folder.name) for folder in asked.folders] or [(CORPUS / x, title) for x, title in HALVES.items()]
    for folder, title in halves:
        quality = measure(folder)
        print(f"## {title}（{folder.name}）\n\n{table(quality)}\n")
        if asked.all or (asked.notes and folder.name not in KEPT):
            print("\n".join(quality.notes) + "\n")


if __name__ == "__main__":
    main()
