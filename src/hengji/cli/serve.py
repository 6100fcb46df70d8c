"""hengji serve: the web application, from nothing to a running server."""

import getpass
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

from hengji.cli.screen import console

DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="数据目录（也可设环境变量 HENGJI_DATA），默认 hengji-data。", show_default=False),
]


def serve(
    data: DataOption = None,
    host: Annotated[str, typer.Option("--host", help="监听的地址；给别的电脑用时写本机地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口。")] = 8000,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="首次启动时建立演示县：12个单位，各种状态。")] = False,
    admin_password_file: Annotated[
        Path | None, typer.Option("--admin-password-file", help="首次启动的管理员口令所在的文件。", show_default=False)
    ] = None,
    region: Annotated[str, typer.Option("--region", help="首次启动时的地区名称。")] = "本地区",
    workers: Annotated[int, typer.Option("--workers", help="几个工作进程，0为按处理器个数（Windows 只用一个）。")] = 0,
) -> None:
    """Makes or upgrades the database, asks for an administrator at the first start, and serves."""
    import os

    from hengji.web import environment, start, stopping
    from hengji.web.server import claim

    stopping.heed()
    if host not in ("127.0.0.1", "localhost", "::1") and not os.environ.get(environment.HOSTS):
        os.environ[environment.HOSTS] = f"{host},localhost,127.0.0.1" if host not in ("0.0.0.0", "::") else "*"  # noqa: S104 - asked for
    claim(host, port)
    given = None if admin_password_file is None else _read(admin_password_file)
    start.set_up(data)
    # Nobody waits for the tables of a first start only to be asked for a password, or told that theirs will not do.
    password = _first_password(given, demo=demo) if start.is_new() else None
    start.migrate()
    screen = console()
    if not start.has_administrator():
        password = password or _first_password(given, demo=demo)
        start.make_administrator(password, "示例县" if demo else region)
        screen.print(f"已建立管理员，账号 {start.ADMIN}。")
        if demo:
            _make_demo(password)
            screen.print("已建立演示县：填报人 tianbao00 至 tianbao11，负责人 fuze00 至 fuze11，")
            screen.print("财政 shenhe、guanli，第三方 disanfang，审计 shenji，口令都与管理员相同。")
            if admin_password_file is None:
                screen.print(f"口令：{password}（只显示这一次）")
    screen.print(f"衡绩已启动：http://{'localhost' if host in ('0.0.0.0', '::') else host}:{port}/　按 Ctrl C 停止。")  # noqa: S104 - asked for
    if not start.has_front_end():
        screen.print("前端文件还没有生成，页面没有样式；请在源码目录运行 make assets，再重新启动。")
    sys.stdout.flush()
    from hengji.web.server import run

    run(host, port, workers)


def _read(file: Path) -> str:
    """The password in a file. A pipe without a writer would be waited for for ever, so only a plain file will do."""
    from hengji.files import reason
    from hengji.model.problem import HengjiError

    try:
        if file.exists() and not file.is_dir() and not file.is_file():
            raise HengjiError(f"口令文件 {file} 不是普通文件，请把口令存成一个文本文件")
        return file.read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise HengjiError(f"口令文件 {file} 打不开（{reason(error)}）") from error
    except UnicodeDecodeError as error:
        raise HengjiError(f"口令文件 {file} 不是文本，请另存为 UTF-8 文本") from error


def _first_password(given: str | None, *, demo: bool) -> str:
    from hengji.web import start

    return start.fit_for_administrator(given if given is not None else _password(demo=demo))


def _password(*, demo: bool) -> str:
    """The first administrator's password: made up for a demonstration, or asked for."""
    from hengji.model.problem import HengjiError

    if demo:
        return secrets.token_urlsafe(9)
    if not _can_ask():
        raise HengjiError("首次启动要建立管理员：请在终端里运行，或用 --admin-password-file 给出口令文件")
    password = getpass.getpass("首次启动，请给管理员 admin 定一个口令（至少10个字符）：")
    if password != getpass.getpass("再输一遍："):
        raise HengjiError("两次输入的口令不同，请重新启动")
    return password


def _can_ask() -> bool:
    """Whether somebody sits at a terminal. A process in its background would be stopped by asking, deaf to SIGTERM."""
    import os

    if sys.stdin is None or not sys.stdin.isatty():
        return False
    return not hasattr(os, "tcgetpgrp") or os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


def _make_demo(password: str) -> None:
    from hengji.web import demo

    demo.make(password)
