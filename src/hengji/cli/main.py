"""Puts the commands together. Heavy imports stay inside the commands, so that help comes at once."""

import sys

import typer

from hengji.cli import check, convert, imports, items, keeping, new, report, rule, score, serve, systems, verify, worker
from hengji.cli.screen import fail
from hengji.cli.usage import Command, Group, chinese_help, usage_error
from hengji.model.problem import HengjiError

app = typer.Typer(
    name="hengji",
    cls=Group,
    help="衡绩：部门整体支出绩效自评的计分、说明与报告。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("new", cls=Command, help="在文件夹里新建一份填报工作簿。")(new.new)
app.command("score", cls=Command, help="给填报数据计分，说明每一分的依据。")(score.score)
app.command("report", cls=Command, help="写出自评报告（docx、PDF）和评分表（xlsx）。")(report.report)
app.command("convert", cls=Command, help="在工作簿（xlsx）与文本（yaml、json）之间转换填报数据。")(convert.convert)
app.command("check", cls=Command, help="读别人写好的报告，指出对不上的地方。")(check.check)
app.command("import", cls=Command, help="把一份报告读成填报数据，逐项核对后再用。")(imports.import_report)
app.command("rule", cls=Command, help="说明一条核查规则；不带编号列出全部。")(rule.rule)
app.command("items", cls=Command, help="列出数据项和台账，可按名称查找。")(items.items)
app.command("serve", cls=Command, help="启动网页应用；首次启动建立数据库和管理员。")(serve.serve)
app.command("worker", cls=Command, help="在另一台机器上做后台工作；serve 自己已带一个。")(worker.worker)
app.command("verify", cls=Command, help="校验修改记录和文件有没有被改动。")(verify.verify)
app.command("backup", cls=Command, help="把数据库和文件备份成一个文件，运行中也可以做。")(keeping.backup)
app.command("restore", cls=Command, help="从备份恢复到一个空的数据目录。")(keeping.restore)
app.command("upgrade", cls=Command, help="把数据库升级到本版本，先自动备份。")(keeping.upgrade)
app.add_typer(systems.app, name="systems")


def main() -> None:
    """The program. Mistakes in the input end it with one sentence each and exit code 2, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if len(sys.argv) == 1 or {"-h", "--help"} & set(sys.argv):
        chinese_help()
    try:
        code = app(standalone_mode=False)
    except HengjiError as error:
        fail(error)
    except typer.TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # the help has been printed then
            fail(usage_error(error))
        sys.exit(2)
    except typer.Abort:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)
