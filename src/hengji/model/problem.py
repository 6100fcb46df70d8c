"""Problems as values: what is wrong with an input, where, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in something a person wrote: a system file, a workbook, a filing.

    ``where`` is for the reader's eye: 「file:line key」 or 「sheet!cell」. ``message`` is one Chinese sentence that
    says what is wrong and what was expected.
    """

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}：{self.message}" if self.where else self.message


class HengjiError(Exception):
    """What a caller must stop for: every problem found, together; each is one sentence for the user."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            problem if isinstance(problem, Problem) else Problem("", problem) for problem in problems
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))
