"""Every pattern that the project keeps, those of its library too."""

import gc
import importlib
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any

import hengji
from hengji.model.patterns import _Uncompiled


def project_patterns() -> list[_Uncompiled[Any]]:
    """The patterns of all modules but those of the web."""
    root = Path(hengji.__file__).parent
    for path in root.rglob("*.py"):
        parts = path.relative_to(root.parent).with_suffix("").parts
        if "web" not in parts and path.stem not in ("__main__", "__init__"):
            module = importlib.import_module(".".join(parts))
            if "library" in parts:
                _load_all(module)
    return [each for each in gc.get_objects() if type(each) is _Uncompiled]


def _load_all(module: ModuleType) -> None:
    """Everything that the library keeps in mind: its words become patterns when they are loaded."""
    for name, load in vars(module).items():
        if name.startswith("load_") and hasattr(load, "cache_info") and not signature(load).parameters:
            load()
