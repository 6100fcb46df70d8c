"""Patterns that are compiled when they are first used: the two thousand of the project cost a second, and one report needs a third."""

import re
from typing import AnyStr, Generic, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "groups", "groupindex")


class _Uncompiled(Generic[AnyStr]):
    """Stands where a compiled pattern would, and takes over its methods at the first that is asked for."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern for a module to keep, used like one from ``re.compile``; a mistake in it is raised at its first use (``re.error``).

    A match carries the compiled one: ask ``match.re.pattern == form.pattern``, never ``match.re is form``.
    """
    return cast("re.Pattern[AnyStr]", _Uncompiled(text, flags))
