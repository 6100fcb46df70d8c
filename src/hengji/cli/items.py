"""hengji items: the dictionary of data items and registers."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from hengji.cli.screen import LibraryOption, console


def items(
    word: Annotated[str | None, typer.Argument(help="名称里的字，不写则列出全部。", show_default=False)] = None,
    library: LibraryOption = None,
) -> None:
    """Data items and registers whose name, alias or group holds the word."""
    from hengji.language import formula
    from hengji.library import load_dictionary

    dictionary = load_dictionary(library)
    table = Table(header_style="bold", box=None, pad_edge=False)
    for heading in ("数据项", "单位", "分组", "取自", "台账或算式"):
        table.add_column(heading, overflow="fold")
    for item in dictionary.items.values():
        if word and not any(word in text for text in (item.name, item.group, *item.aliases)):
            continue
        source = item.counted or item.formula
        table.add_row(
            *map(escape, (item.name, item.unit, item.group, item.table, formula(source.tree) if source else ""))
        )
    screen = console()
    screen.print(table)
    kinds = [kind for kind in dictionary.registers.values() if not word or word in kind.name or word in kind.title]
    for kind in kinds:
        screen.print(
            f"台账 [bold]{escape(kind.name)}[/bold]：{escape('、'.join(column.name for column in kind.columns))}"
        )
