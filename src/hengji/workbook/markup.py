"""Walks the XML inside a spreadsheet file, piece by piece, and refuses what no spreadsheet holds."""

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from hengji.model.problem import HengjiError

Attributes = Mapping[str, str]


def walk(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls ``start`` and ``end`` for every element by its local name, ``text`` for what stands between.

    Raises HengjiError for a document type declaration (entities are how XML attacks) and ValueError for broken XML.
    """

    def refuse(*_: object) -> None:
        raise HengjiError("工作簿里有不允许的XML声明，请用 Excel 或 WPS 打开后另存一次")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    if end is not None:
        ended = end
        parser.EndElementHandler = lambda name: ended(local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def local(name: str) -> str:
    """A name without its prefix: files differ in prefixes and in the namespace behind them."""
    return name.rpartition(":")[2]


def attribute(attributes: Attributes, name: str) -> str:
    """An attribute by its local name; an empty text where there is none."""
    return next((value for key, value in attributes.items() if local(key) == name), "")
