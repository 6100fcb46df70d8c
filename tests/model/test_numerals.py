"""Numbers as people write them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.numerals import fixed, percent, plain, read_decimal, round_half_up, without_noise
from hengji.model.units import factor


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("912.97", "912.97"),
        ("39.70", "39.70"),
        ("１２，３４５．６", "12345.6"),
        ("12,102.00", "12102.00"),
        ("-5", "-5"),
        ("−5", "-5"),
        (" 7 ", "7"),
        ("1e3", "1E+3"),
        (".5", "0.5"),
    ],
)
def test_reads_one_plain_number(text: str, number: str) -> None:
    assert read_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "12,34", "7,00.0,77", "5万", "约5", "1 2", "90%", "--5", "无", "1.2.3", "٣"])
def test_refuses_what_is_not_one_plain_number(text: str) -> None:
    assert read_decimal(text) is None


@pytest.mark.parametrize(
    ("noisy", "meant"),
    [
        ("0.0900000762939453", "0.09"),
        ("912.9699999999999", "912.97"),
        ("123456.78000000001", "123456.78"),
        ("0.3333333333333333", "0.3333333333333333"),
        ("123456789012.34", "123456789012.34"),
        ("1234567.891234567", "1234567.891234567"),
        ("0", "0"),
    ],
)
def test_takes_off_binary_noise_and_nothing_else(noisy: str, meant: str) -> None:
    assert without_noise(Decimal(noisy)) == Decimal(meant)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_typed_amount_survives_a_binary_float(amount: Decimal) -> None:
    assert without_noise(Decimal(repr(float(amount)))) == amount


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(4, 1000), "0.00"),
        (Fraction(374, 19), "19.68"),
    ],
)
def test_rounds_half_away_from_zero(number: Fraction, text: str) -> None:
    assert fixed(number) == text


@given(st.fractions())
def test_rounding_is_never_off_by_more_than_half_a_cent(number: Fraction) -> None:
    assert abs(round_half_up(number) - number) <= Fraction(1, 200)


def test_prints_without_trailing_zeros() -> None:
    assert (plain(Fraction(100)), plain(Fraction(7, 2)), percent(Fraction(23, 30))) == ("100", "3.5", "76.67%")


def test_what_is_not_quite_a_whole_percentage_does_not_look_like_one() -> None:
    assert percent(Fraction(99999, 100000)) == "99.999%"
    assert percent(Fraction(1, 10**9)) == "0%"
    assert percent(Fraction(2, 3)) == "66.67%"


def test_converts_only_between_units_of_one_dimension() -> None:
    assert factor("元", "万元") == Fraction(1, 10000)
    assert factor("万", "亿元") == Fraction(1, 10000)
    assert factor("人", "万元") is None
