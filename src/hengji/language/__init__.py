"""The rule language: Chinese expressions over data items and registers, parsed once into one tree."""

from hengji.language.kinds import Kind, kind_of_type, require
from hengji.language.parser import ExpressionError, parse
from hengji.language.printing import formula
from hengji.language.units import unit_of
from hengji.language.vocabulary import Vocabulary

__all__ = ["ExpressionError", "Kind", "Vocabulary", "formula", "kind_of_type", "parse", "require", "unit_of"]
