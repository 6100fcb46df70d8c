"""The published tariff of deductions (复核扣分尺度): data beside this file, or the bureau's own in the data folder."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from hengji.model.problem import HengjiError
from hengji.model.system import CONFIDENCE_CN, Confidence

_BUILT_IN = Path(__file__).parent / "tariff.yaml"
_RESERVED = {"0", "4", "9"}  # the keys of 不扣分, 按系统得分 and 另定
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Article:
    """One line of the criteria (复核口径)."""

    number: int
    text: str

    def __str__(self) -> str:
        return f"复核口径第{self.number}条：{self.text}"


@dataclass(frozen=True, slots=True)
class Gravity:
    """One gravity: the digit that chooses it, the share in per cent, its name, when it applies, and its article."""

    key: str
    share: int
    name: str
    when: str
    article: Article

    def of(self, points: Fraction) -> Fraction:
        """The deduction from so many points, exactly."""
        return points * self.share / _WHOLE


@dataclass(frozen=True, slots=True)
class Tariff:
    """The whole tariff with its basis and how well that is founded."""

    title: str
    basis: str
    confidence: str
    gravities: tuple[Gravity, ...]
    articles: tuple[Article, ...]

    def by_share(self, share: str) -> Gravity | None:
        """The gravity of that share as a row states it, or None."""
        return next((each for each in self.gravities if str(each.share) == share), None)


def tariff() -> Tariff:
    """The tariff that holds here. Raises HengjiError where the bureau's own file cannot be used."""
    own = Path(settings.DATA) / "tariff.yaml"
    return _read(own, own.stat().st_mtime_ns) if own.exists() else _read(_BUILT_IN, 0)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Tariff:  # noqa: ARG001 - a changed file is read again
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _made(stated)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise HengjiError(f"复核扣分尺度 {path.name} 读不懂（{str(error)[:120]}），请照自带的文件改") from error


def _made(stated: dict[str, Any]) -> Tariff:
    articles = tuple(Article(int(each["number"]), str(each["text"])) for each in stated["articles"])
    by_number = {article.number: article for article in articles}
    gravities = tuple(
        Gravity(
            str(each["key"]),
            int(each["share"]),
            str(each["name"]),
            str(each.get("when", "")),
            by_number[int(each["article"])],
        )
        for each in stated["gravities"]
    )
    keys = [each.key for each in gravities]
    if len(set(keys)) < len(keys) or _RESERVED & set(keys) or any(len(key) != 1 or not key.isdigit() for key in keys):
        raise ValueError("每档要有不同的数字键，0、4、9 已有他用")
    if any(not 0 < each.share <= _WHOLE for each in gravities):
        raise ValueError("扣分比例要在 0 和 100 之间")
    confidence = CONFIDENCE_CN[Confidence(stated.get("confidence", Confidence.OFFICIAL.value))]
    return Tariff(str(stated["title"]), str(stated["basis"]), confidence, gravities, articles)
