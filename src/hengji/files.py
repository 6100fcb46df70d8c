"""Files and folders on the disk: made, written whole or not at all, and why not."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hengji.model.problem import HengjiError

_REASONS = {
    errno.ENOENT: "没有这个位置",
    errno.EEXIST: "那里已有同名的文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接指来指去，成了一个圈",
}


def reason(error: OSError) -> str:
    """Why a file or folder cannot be read or written, in the user's language."""
    return _REASONS.get(error.errno or 0, "系统不允许")


def folder_at(path: Path) -> Path:
    """The folder, made where it was not there. Raises HengjiError where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HengjiError(f"文件夹 {path} 建不起来（{reason(error)}），请换一个位置") from error
    return path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary file beside the target that takes its place when the block ends well, and is gone otherwise.

    Raises HengjiError when the place cannot be written, for instance while Word or Excel holds the target open.
    """
    if path.is_dir():
        raise HengjiError(f"{path} 是文件夹，请在后面写上文件名")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        os.close(handle)
    except OSError as error:
        raise HengjiError(f"{path} 写不进去（{reason(error)}），请换一个位置") from error
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    except PermissionError as error:
        raise HengjiError(f"{path} 正被其他程序打开，请关闭后再试") from error
    finally:
        temporary.unlink(missing_ok=True)
