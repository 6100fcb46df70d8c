"""What the machine says: where data live, which database, which secret. Nothing here needs Django."""

import os
import secrets
from pathlib import Path

from hengji.files import reason
from hengji.model.problem import HengjiError

DATA, DATABASE, HOSTS, SECURE = "HENGJI_DATA", "DATABASE_URL", "HENGJI_HOSTS", "HENGJI_HTTPS"
DEFAULT_DATA = "hengji-data"
_SECRET = "secret.key"  # noqa: S105 - a file's name
_ONLY_OWNER = 0o600


def data_folder() -> Path:
    """The folder of everything the application keeps (数据目录): database, evidence files, secret."""
    return Path(os.environ.get(DATA, DEFAULT_DATA)).absolute()


def make_data_folder() -> Path:
    """The data folder, made where it is not there yet. Raises HengjiError where it cannot be."""
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise HengjiError(f"数据目录 {folder} 建不起来（{reason(error)}），请用 --data 换一个位置") from error
    return folder


def secret() -> str:
    """The key that signs sessions, made at the first start and kept in the data folder.

    Where there is no such folder nothing is served (a type checker looks at the settings), and any key will do.
    """
    if not data_folder().is_dir():
        return secrets.token_urlsafe(50)
    path = data_folder() / _SECRET
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OWNER)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")


def hosts() -> list[str]:
    """The names under which this machine is addressed; requests for others are refused."""
    named = [host.strip() for host in os.environ.get(HOSTS, "").split(",") if host.strip()]
    return named or ["localhost", "127.0.0.1", "[::1]"]


def database() -> str:
    """The address of a PostgreSQL database, or nothing: then SQLite in the data folder is used."""
    return os.environ.get(DATABASE, "").strip()


def secure() -> bool:
    """Whether pages are reached through https, so that cookies travel nowhere else."""
    return os.environ.get(SECURE, "") == "1"
