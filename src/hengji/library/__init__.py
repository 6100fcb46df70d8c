"""The library: items, registers and indicator systems as data, and the functions that load them.

A user's own library folder (``HENGJI_LIBRARY``, or an argument) is read beside the built-in one: what it declares under
the same name or id replaces the built-in.
"""

import os
from functools import lru_cache
from pathlib import Path

from hengji.library.dictionary import read_dictionary_folders
from hengji.library.systems import find_system_files, load_system_file, load_system_text
from hengji.model.item import Dictionary
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem

BUILT_IN = Path(__file__).parent
SETTING = "HENGJI_LIBRARY"


def library_folders(own: Path | None = None) -> tuple[Path, ...]:
    """The built-in library and the user's own folder (the argument, else the setting), where there is one."""
    named = own or (Path(os.environ[SETTING]) if os.environ.get(SETTING) else None)
    if named is not None and not named.is_dir():
        raise HengjiError(f"自有规则文件夹 {named} 不存在，请检查 --library 或环境变量 {SETTING}")
    return (BUILT_IN, named) if named else (BUILT_IN,)


@lru_cache(maxsize=8)
def load_dictionary(own: Path | None = None) -> Dictionary:
    """The item dictionary of the library. Raises HengjiError with every problem found."""
    problems: list[Problem] = []
    dictionary = read_dictionary_folders(library_folders(own), problems)
    if problems:
        raise HengjiError(*problems)
    return dictionary


def system_ids(own: Path | None = None) -> tuple[str, ...]:
    """The ids of all indicator systems, sorted."""
    return tuple(sorted(find_system_files(library_folders(own))))


def load_system(system_id: str, own: Path | None = None) -> IndicatorSystem:
    """The indicator system of that id, resolved; read again only where a file has changed.

    Raises HengjiError with every problem found.
    """
    files = find_system_files(library_folders(own))
    return _load(system_id, own, tuple((each, path, _stamp(path)) for each, path in files.items()))


@lru_cache(maxsize=64)
def _load(system_id: str, own: Path | None, files: tuple[tuple[str, Path, object], ...]) -> IndicatorSystem:
    return load_system_file(system_id, {each: path for each, path, _ in files}, load_dictionary(own))


def _stamp(path: Path) -> object:
    """What is another once the file was written again; nothing for a link that leads nowhere."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size


__all__ = [
    "BUILT_IN",
    "SETTING",
    "library_folders",
    "load_dictionary",
    "load_system",
    "load_system_text",
    "system_ids",
]
