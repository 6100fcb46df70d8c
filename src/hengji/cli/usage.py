"""Says in one Chinese sentence what is wrong with a command line."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError

_EXTRA = pattern(r"unexpected extra argument\(s\) \((.+)\)")
_COMMAND = pattern(r"No such command '(.+?)'")
_NEAR = pattern(r"'([^']+)'\?$")
_WORD = pattern(r"'([a-z]+)'")
_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
_BOUND = pattern(r"(?P<side>greater|less) than or equal to (?P<bound>\d+)")
_TYPES = (("integer", "应是整数"), ("number", "应是数"), ("date", "应是日期"))


class Command(TyperCommand):
    """A command whose help is Chinese throughout."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - the library's types are not public
        """The line that says how the command is typed."""
        _write_usage(self.collect_usage_pieces(ctx), ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """The option that shows the help."""
        return _in_chinese(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands whose help is Chinese throughout."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """The line that says how the command is typed."""
        _write_usage(self.collect_usage_pieces(ctx), ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """The option that shows the help."""
        return _in_chinese(super().get_help_option(ctx))


def _write_usage(pieces: list[str], ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
    words = " ".join(pieces)
    for theirs, ours in _USAGE.items():
        words = words.replace(theirs, ours)
    formatter.write_usage(ctx.command_path, words, prefix="用法：")


def _in_chinese(option: Any) -> Any:  # noqa: ANN401 - as above
    if option is not None:
        option.help = "显示本说明。"
    return option


def chinese_help() -> None:
    """Gives the boxes of the help their Chinese titles; called only where help is shown, since this import takes time."""
    from typer import rich_utils

    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
    rich_utils.DEFAULT_STRING = "[默认：{}]"


def usage_error(error: Any) -> HengjiError:  # noqa: ANN401 - the library's exceptions are not public; told by name
    """The error of the argument parser in Chinese, with the command that shows the usage."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "hengji"
    return HengjiError(f"{_said(error)}；用 {command} -h 看用法")


def _said(error: Any) -> str:  # noqa: ANN401 - as above
    match type(error).__name__:
        case "NoSuchOption":
            near = "、".join(error.possibilities or ())
            return f"没有“{error.option_name}”这个选项" + (f"，是不是 {near}" if near else "")
        case "MissingParameter":
            about = (getattr(error.param, "help", "") or "").rstrip("。")
            return f"缺少 {_name(error.param)}" + (f"：{about}" if about else "")
        case "BadParameter":
            return f"{_name(error.param)} {_wanted(error.message)}"
        case "BadOptionUsage":
            return f"{error.option_name} 后面要写一个值"
    if match := _EXTRA.search(error.message):
        return f"多出了“{match[1]}”"
    if match := _COMMAND.search(error.message):
        likely = _NEAR.search(error.message)
        return f"没有“{match[1]}”这个命令" + (f"，是不是 {likely[1]}" if likely else "")
    return "命令的写法不对"


def _wanted(message: str) -> str:
    """What a value should have been: one of the words the message lists, or a type."""
    choices = _WORD.findall(message.partition("one of")[2])
    if choices:
        return f"应是其中之一：{'、'.join(choices)}"
    if match := _BOUND.search(message):
        return f"应不{'小' if match['side'] == 'greater' else '大'}于{match['bound']}"
    return next((said for word, said in _TYPES if word in message), "写法不对")


def _name(parameter: Any) -> str:  # noqa: ANN401 - as above
    """--year for an option, 〈file〉 for an argument, as the help prints them."""
    if parameter is None:
        return "参数"
    options = [each for each in parameter.opts if each.startswith("--")]
    return options[0] if options else f"{{{parameter.name}}}"
