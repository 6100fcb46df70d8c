"""hengji backup, restore and upgrade: the database and the files as one archive."""

from pathlib import Path
from typing import Annotated

import typer

from hengji.cli.screen import console
from hengji.cli.serve import DataOption

ArchiveArgument = Annotated[Path, typer.Argument(help="备份文件（.zip）。", show_default=False)]


def backup(archive: ArchiveArgument, data: DataOption = None) -> None:
    """Writes one archive, consistent while the application runs; an existing file is never written over."""
    from hengji.web import start

    start.set_up(data)
    from hengji.web.archive import write

    number = write(archive)
    console().print(f"已备份到 {archive}：数据库和{number}个文件。")


def restore(archive: ArchiveArgument, data: DataOption = None) -> None:
    """Puts an archive back into an empty data folder."""
    import os

    from hengji.web import archive as archives
    from hengji.web import environment

    if data is not None:
        os.environ[environment.DATA] = str(data.absolute())
    number = archives.read(archive, environment.data_folder())
    folder = environment.data_folder()
    console().print(f"已恢复到 {folder}：数据库和{number}个文件。")
    if (folder / archives.DUMP).exists():
        console().print(
            f"这是 PostgreSQL 的备份，请再把 {archives.DUMP} 装进一个空库：pg_restore -d 库名 {folder / archives.DUMP}"
        )
    console().print("最后运行 hengji verify 校验。")


def upgrade(data: DataOption = None) -> None:
    """Backs up beside the data folder, then brings the database to this version's shape."""
    from datetime import UTC, datetime

    from hengji.web import environment, start

    start.set_up(data)
    from hengji.web.archive import is_new, write

    if is_new():
        console().print("还没有数据库，首次启动时会建立。")
        return
    folder = environment.data_folder()
    safe = folder.with_name(f"{folder.name}-升级前-{datetime.now(UTC):%Y%m%d%H%M%S}.zip")
    write(safe)
    start.migrate()
    console().print(f"数据库已是本版本的样子；升级前的备份在 {safe}。")
