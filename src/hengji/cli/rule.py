"""hengji rule: what a check means, what to do, its basis and its examples."""

from typing import Annotated

import typer
from rich.markup import escape

from hengji.cli.screen import console, wrapped

_WIDTH = 96


def rule(
    code: Annotated[str | None, typer.Argument(help="规则编号，例如 R11；不写则列出全部。", show_default=False)] = None,
) -> None:
    """One check in full, or the list of all."""
    from hengji.library.check_texts import CLASSES, load_checks
    from hengji.model.finding import SEVERITY_CN
    from hengji.model.problem import HengjiError

    screen, checks = console(), load_checks()
    if code is None:
        for check in checks.values():
            heuristic = "（启发式）" if check.kind == "L" else ""
            screen.print(
                f"{check.code}  {SEVERITY_CN[check.severity]}  {check.slug:<22} {escape(check.title)}{heuristic}"
            )
        return
    found = checks.get(code.strip().upper())
    if found is None:
        raise HengjiError(f"没有“{code}”这条规则，规则编号是 R01 到 {max(checks)}，不带编号运行 hengji rule 可列出全部")
    screen.print(f"[bold]{found.code} {escape(found.title)}[/bold]　{found.slug}")
    screen.print(f"级别：{SEVERITY_CN[found.severity]}　性质：{CLASSES[found.kind]}")
    for name, text in (("含义", found.meaning), ("怎样改", found.advice), ("依据", found.basis)):
        if text:
            screen.print(wrapped(f"{name}：{text}", _WIDTH), markup=False)
    for name, examples in (("会报的例子", found.fires), ("不报的例子", found.quiet)):
        screen.print(f"\n[bold]{name}[/bold]")
        for example in examples:
            tail = f"　→ {example.quote}" if example.quote else f"　（{example.why}）" if example.why else ""
            screen.print(wrapped("· " + example.text.strip().replace("\n", "⏎ ") + tail, _WIDTH), markup=False)
