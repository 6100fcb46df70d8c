"""衡绩 Hengji: scores what a government department did with a year's money, says why, and writes the report.

The handful of names a Python user needs; each is documented where it is defined.
"""

from hengji.library import load_dictionary, load_system, load_system_text, system_ids
from hengji.model.filing import Filing, Value, ValueKey
from hengji.model.problem import HengjiError, Problem
from hengji.scoring import derivation, differences, explain, score

__version__ = "0.1.0"
__all__ = [
    "Filing",
    "HengjiError",
    "Problem",
    "Value",
    "ValueKey",
    "derivation",
    "differences",
    "explain",
    "load_dictionary",
    "load_system",
    "load_system_text",
    "score",
    "system_ids",
]
