"""Writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hengji.model.problem import HengjiError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary file beside the target that takes its place when the block ends well, and is gone otherwise.

    Raises HengjiError when the place cannot be written, for instance while Word or Excel holds the target open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        os.close(handle)
    except OSError as error:
        raise HengjiError(f"{path} 写不进去（{error.strerror}），请换一个位置") from error
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    except PermissionError as error:
        raise HengjiError(f"{path} 正被其他程序打开，请关闭后再试") from error
    finally:
        temporary.unlink(missing_ok=True)
