"""Medians of several runs, and the lines they are printed as."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Ours against a peer's: seconds of both, and what was aimed at (ours ÷ theirs at most)."""

    what: str
    ours: float
    theirs: float
    aim: float

    def __str__(self) -> str:
        ratio = self.ours / self.theirs
        mark = "达到" if ratio <= self.aim else "未达到"
        return f"{self.what}：{ratio:.3g} 倍（目标不超过 {self.aim:g} 倍，{mark}）  本项目 {self.ours:.4g} s，对照 {self.theirs:.4g} s"


def median(work: Callable[[], object], runs: int = 5) -> float:
    """The median seconds of several runs, after one that does not count."""
    work()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)
