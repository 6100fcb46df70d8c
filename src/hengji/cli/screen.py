"""What commands share: the console, the way to fail, and options that several commands take."""

import re
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape

from hengji.model.evaluated_year import YEARS
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError, Problem

_PIPE_WIDTH = 120  # a pipe has no width of its own
_MOST_SHOWN = 40

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library", help="自有规则文件夹，与内置规则并读（也可设环境变量 HENGJI_LIBRARY）。", show_default=False
    ),
]


YearOption = Annotated[
    int | None,
    typer.Option("--year", min=YEARS[0], max=YEARS[-1], help="评价年度，不写则从报告里读。", show_default=False),
]


def console() -> Console:
    """The console on standard output, as wide as the terminal."""
    screen = Console(highlight=False)
    return screen if screen.is_terminal else Console(highlight=False, width=_PIPE_WIDTH)


_PIECE = pattern(r"[0-9A-Za-z.,%+\-]+[，。；：、）”]*|.[，。；：、）”]*", re.DOTALL)


def wrapped(text: str, width: int) -> str:
    """Chinese text broken into lines: never inside a number, never before a closing mark."""
    lines, line, used = [], "", 0
    for piece in _PIECE.findall(text):
        size = cell_len(piece)
        if used + size > width and line:
            lines.append(line)
            line, used = "", 0
        line, used = line + piece, used + size
    return "\n".join([*lines, line])


def complain(problems: tuple[Problem, ...], word: str = "错误") -> None:
    """Prints problems on standard error, one line each."""
    screen = Console(stderr=True, highlight=False, soft_wrap=True)
    for problem in problems[:_MOST_SHOWN]:
        screen.print(f"[bold]{word}[/bold] {escape(str(problem))}")
    if len(problems) > _MOST_SHOWN:
        screen.print(f"……还有{len(problems) - _MOST_SHOWN}处，改正以上后再看")


def fail(error: HengjiError) -> NoReturn:
    """Ends the program with exit code 2 after saying every problem."""
    complain(error.problems)
    sys.exit(2)
