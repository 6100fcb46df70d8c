"""How pages print a stated figure: as it was stated, with the decimals its unit has everywhere; never rounded."""

from hengji.model.numerals import read_decimal

_PLACES = {"万元": 2, "%": 2}
_LONG = 5  # digits before the point from which thousands are set apart


def padded(text: str, unit: str) -> str:
    """The figure with zeros after the point up to its unit's places: 39.7 is 39.70; what is no number stays."""
    places = _PLACES.get(unit, 0)
    if not places or read_decimal(text) is None or not text.lstrip("-").replace(".", "", 1).isdigit():
        return text
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(places, '0')}"


def figure(text: str, unit: str) -> str:
    """The figure as read, not typed: padded, thousands apart from 10,000 up, a true minus."""
    text = padded(text, unit)
    whole, point, part = text.partition(".")
    digits = whole.lstrip("-")
    if digits.isdigit() and len(digits) >= _LONG and (part.isdigit() or not point):
        text = f"{'-' if whole.startswith('-') else ''}{int(digits):,}{point}{part}"
    return text.replace("-", "−") if read_decimal(text.replace(",", "")) is not None else text
