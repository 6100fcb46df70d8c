"""How long a clerk waits for the command line."""

import subprocess
import sys

from benchmarks.measure import median

CASE = "examples/lechang-2023.xlsx"


def run() -> list[str]:
    found = []
    for limit, arguments in ((0.6, ("--help",)), (1.0, ("score", CASE))):
        seconds = median(
            lambda given=arguments: subprocess.run(
                [sys.executable, "-m", "hengji", *given], check=True, capture_output=True
            )
        )
        mark = "达到" if seconds < limit else "未达到"
        found.append(f"hengji {' '.join(arguments)}：{seconds:.2f} s（目标 {limit:g} s 以内，{mark}）")
    return found
