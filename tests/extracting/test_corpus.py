"""The indicators of every labelled document that is tuned on are read as labelled: name, points, score, absence."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from hengji.extracting import extract
from hengji.library.nodes import plain_data, read_tree
from hengji.reading import read_document

_MADE = Path(__file__).parent.parent / "corpus" / "made"
_SPACES = str.maketrans("", "", ' \t\n“”"（）(),，、:：')


def _number(text: object) -> Decimal | None:
    return Decimal(str(text).replace(",", "")).normalize() if text not in (None, "", "null") else None


_ALL = sorted(path.name for path in _MADE.glob("*.labels.yaml"))


@pytest.mark.parametrize("labels", _ALL)
def test_items_are_read_as_labelled(labels: str) -> None:
    told = plain_data(read_tree((_MADE / labels).read_text(encoding="utf-8"), labels, []))  # type: ignore[arg-type]
    assert isinstance(told, dict)
    wanted = Counter(
        (str(i["name"]).translate(_SPACES), _number(i.get("points")), _number(i.get("claimed")))
        for i in told.get("items") or []
    )
    found = extract(read_document(_MADE / str(told["file"])))
    read = Counter(
        (i.name.translate(_SPACES), _number(i.points), None if i.not_applicable else _number(i.claimed))
        for i in found.items
    )
    assert read == wanted
