"""The build hook: a wheel carries the front-end files, which are made when it is built."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_NODE = Path(__file__).parent.parent / "assets" / "requirements.in"


def _assets() -> Any:  # noqa: ANN401 - a module
    spec = importlib.util.spec_from_file_location("assets", Path(__file__).with_name("assets.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class FrontEnd(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Makes the front-end files before they are packed; an editable install gets them from `make serve`."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, where the files have to be made and the system has none."""
        assets = _assets()
        return [] if assets.current() or assets.system_npm() else _NODE.read_text(encoding="ascii").split()

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling passes it
        """Called before the files are collected."""
        if version == "editable":
            return
        assets = _assets()
        if not assets.current():
            try:
                assets.make()
            except assets.Unmade as error:
                raise SystemExit(str(error)) from error
