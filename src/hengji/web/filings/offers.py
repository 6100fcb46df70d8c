"""Offers (读出待核): what a report proposes to the filing, value by value, until a person takes or leaves each of them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from hengji.model.filing import Filing
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.web.filings import books
from hengji.web.filings.bridge import Change, Rows, stated
from hengji.web.filings.tables import CLAIM, COVER, EXEMPTION, PARAGRAPH, TABLE_OF, VALUE

_VERSION = pattern(r"[0-9]{1,9}")
_TAKEN = (COVER, VALUE, CLAIM, EXEMPTION)  # what a report says of a filing, its text apart


@dataclass(frozen=True, slots=True)
class Offer:
    """One proposal: the changes it consists of, and where in the report it was read."""

    changes: tuple[Change, ...]
    locator: str = ""
    quote: str = ""

    @property
    def word(self) -> str:
        """What kind of thing it is about."""
        return self.changes[0].table.word

    @property
    def place(self) -> str:
        """Which of them."""
        first = self.changes[0]
        parts = first.place if len(self.changes) == 1 else first.place[:1]
        return " ".join(str(part) for part in parts if part != "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A report that was read for one filing."""

    filing: int
    how: str
    name: str
    offers: tuple[Offer, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer beside what is there now. ``versions`` is what the page shows, so that nothing newer is written over."""

    number: int
    offer: Offer
    before: str
    after: str
    versions: tuple[int, ...]
    overtaken: bool = False

    @property
    def key(self) -> str:
        """The value of its box in the form."""
        return f"{self.number}:{'-'.join(map(str, self.versions))}"

    @property
    def empty(self) -> bool:
        """Whether nothing is there yet."""
        return not any(self.versions)


def of_filing(incoming: Filing) -> list[Offer]:
    """What a report states, as offers: values, claims, exemptions and the cover."""
    found = []
    for change in stated(incoming):
        if change.table in _TAKEN and change.data is not None:
            data = change.data
            found.append(Offer((change,), str(data.get("locator", "")), str(data.get("quote", ""))))
    return found


def of_chapter(chapter: str, texts: Sequence[str], there: int = 0) -> Offer | None:
    """A chapter's whole text, in place of so many paragraphs that are there."""
    changes = [Change(PARAGRAPH, (chapter, number), {"text": text}) for number, text in enumerate(texts, start=1)]
    changes += [Change(PARAGRAPH, (chapter, number), None) for number in range(len(texts) + 1, there + 1)]
    return Offer(tuple(changes)) if changes else None


def shown(rows: Rows, reading: Reading, overtaken: Iterable[int] = ()) -> list[Shown]:
    """The offers that would change something, beside what is there now."""
    late = set(overtaken)
    found = []
    for number, offer in enumerate(reading.offers):
        present = [rows.of(change.table).get(change.place) for change in offer.changes]
        before = [row.says if row is not None else None for row in present]
        after = [None if change.data is None else dict(change.data) for change in offer.changes]
        if all(_same(change, old) for change, old in zip(offer.changes, before, strict=True)):
            continue
        pairs = list(zip(offer.changes, before, after, strict=True))
        found.append(
            Shown(
                number,
                offer,
                "\n".join(filter(None, (books.words(change.table.name, old) for change, old, _ in pairs))),
                "\n".join(filter(None, (books.words(change.table.name, new) for change, _, new in pairs))),
                tuple(row.version if row is not None else 0 for row in present),
                number in late,
            )
        )
    return found


_SAID = {"value": ("stated", "measure", "state"), "claim": ("score",), "exemption": (), "cover": ("text",)}


def _same(change: Change, before: dict[str, object] | None) -> bool:
    """Whether what is there says the same; where it was read and how it is spelt is not the point."""
    if change.data is None or before is None:
        return change.data is before is None
    names = _SAID.get(change.table.name, change.table.data)
    if change.table is VALUE and change.data["state"] == before["state"] == "given":
        return _amount(change.data) == _amount(before)
    if change.table is CLAIM:
        return _number(str(change.data["score"])) == _number(str(before["score"]))
    return all(change.data[name] == before[name] for name in names)


def _amount(data: object) -> object:
    assert isinstance(data, dict)
    return _number(str(data["stated"])), data["measure"]


def _number(text: str) -> str:
    plain = text.replace(",", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def chosen(reading: Reading, keys: Iterable[str]) -> list[Change]:
    """The changes of the boxes that were ticked, upon the versions that were shown."""
    found: list[Change] = []
    for key in keys:
        number, _, versions = key.partition(":")
        if not number.isascii() or not number.isdigit() or int(number) >= len(reading.offers):
            continue
        offer = reading.offers[int(number)]
        told = [int(text) if _VERSION.fullmatch(text) else 0 for text in versions.split("-")]
        told += [0] * (len(offer.changes) - len(told))
        found += [replace(change, version=version) for change, version in zip(offer.changes, told, strict=False)]
    return found


def keep(reading: Reading) -> str:
    """Keeps a reading until somebody has decided; returns the token it is known by."""
    data = {
        "filing": reading.filing,
        "how": reading.how,
        "name": reading.name,
        "notices": list(reading.notices),
        "offers": [
            {
                "locator": offer.locator,
                "quote": offer.quote,
                "changes": [{"table": c.table.name, "place": list(c.place), "data": c.data} for c in offer.changes],
            }
            for offer in reading.offers
        ],
    }
    return books.keep([json.dumps(data, ensure_ascii=False).encode()], reading.name)


def kept(token: str, filing: int) -> Reading:
    """The reading of that token, if it was made for this filing. Raises HengjiError otherwise."""
    try:
        data = json.loads(books.path_of(token).read_text(encoding="utf-8"))
        own = {filing: data}[data["filing"]]  # a reading of another filing is not there
        offers = tuple(
            Offer(
                tuple(Change(TABLE_OF[c["table"]], tuple(c["place"]), c["data"]) for c in offer["changes"]),
                offer["locator"],
                offer["quote"],
            )
            for offer in own["offers"]
        )
        return Reading(filing, own["how"], own["name"], offers, tuple(own["notices"]))
    except (ValueError, KeyError, TypeError):
        raise HengjiError("上传的文件已经不在了，请重新上传") from None


def forget(token: str) -> None:
    """Lets a reading go."""
    (Path(settings.IMPORTS) / token).unlink(missing_ok=True)
