"""Charts: drawn in ink, sized by their figures, never clipped."""

import struct
import zlib
from fractions import Fraction

import pytest

from hengji.writing.blocks import Bar, Chart, ChartRow, Ink
from hengji.writing.conclusion import share
from hengji.writing.typesetting import chart_png

LEGEND = ((Ink.HOLLOW, "预算"), (Ink.SOLID, "支出"))


def chart(name: str, label: str = "912.97", shares: tuple[int, int] = (10000, 5000)) -> Chart:
    bars = (Bar(Ink.HOLLOW, shares[0], label), Bar(Ink.SOLID, shares[1], label))
    return Chart("图", (ChartRow(name, bars),), LEGEND, unit="万元")


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the unfiltered rows of an 8-bit RGBA picture."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 6)
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return width, height, _unfiltered(zlib.decompress(data), width * 4, height)


def _unfiltered(raw: bytes, stride: int, height: int) -> list[bytes]:
    rows: list[bytes] = []
    above = bytearray(stride)
    for number in range(height):
        kind, *line = raw[number * (stride + 1) : (number + 1) * (stride + 1)]
        row = bytearray(line)
        for i in range(stride):
            left = row[i - 4] if i >= 4 else 0
            corner = above[i - 4] if i >= 4 else 0
            row[i] = (row[i] + (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))[kind]) & 255
        rows.append(bytes(row))
        above = row
    return rows


def _paeth(a: int, b: int, c: int) -> int:
    p = a + b - c
    return min((a, b, c), key=lambda x: abs(p - x))


def dark_columns(rows: list[bytes], width: int) -> list[int]:
    return [x for x in range(width) if any(row[4 * x] < 128 for row in rows)]


def test_a_picture_is_156_mm_wide_at_200_ppi() -> None:
    width, height, _ = pixels(chart_png(chart("基本支出")))
    assert abs(width - 156 / 25.4 * 200) < 2
    assert height > 60


@pytest.mark.parametrize(
    "name", ["基本支出", "一个非常长的部门整体支出绩效一级指标名称，长到一行放不下，应当换行而不是截断"]
)
@pytest.mark.parametrize("label", ["0", "123456789.00"])
def test_nothing_reaches_the_edge_of_the_picture(name: str, label: str) -> None:
    width, _, rows = pixels(chart_png(chart(name, label)))
    dark = dark_columns(rows, width)
    assert min(dark) > 5
    assert max(dark) < width - 5
    assert not any(value < 128 for row in (rows[0], rows[-1]) for value in row[::4])


def test_a_chart_is_black_and_white() -> None:
    """Readable in greyscale: ink and paper, no hue."""
    _, _, rows = pixels(chart_png(chart("支出")))
    for row in rows:
        for red, green, blue in zip(row[::4], row[1::4], row[2::4], strict=True):
            assert max(red, green, blue) - min(red, green, blue) < 30


def test_a_bar_is_as_long_as_its_share() -> None:
    assert share(Fraction(5), Fraction(10)) == 5000
    assert share(Fraction(-5), Fraction(10)) == 0
    assert share(Fraction(0), Fraction(0)) == 0
    assert share(Fraction(1, 3), Fraction(1)) == 3333


def test_a_chart_can_be_read_aloud() -> None:
    assert chart("支出").spoken == "图：支出预算912.97，支出912.97"
    assert chart("支出").caption == "图（单位：万元）"
