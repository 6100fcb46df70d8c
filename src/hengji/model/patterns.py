"""Patterns that are compiled when they are first used: the two thousand of the project cost a second, and one report needs a third.

Those that scan long texts again and again look for the words that every match must hold first.
"""

import re
from collections.abc import Callable
from typing import Any, AnyStr, Generic, cast

from hengji.model.clauses import clauses_of
from hengji.model.scan import LONG, Scan

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "groups", "groupindex")
_SCANNING = ("search", "finditer")
_SHORT = 30  # short texts after which a pattern is taken for one of short texts
_AGAIN = 3  # the scan of a long text from which on it pays to work out what a match must hold


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
        if isinstance(self.pattern, str):
            _Watch(self, compiled)
        return getattr(self, name)


class _Watch:
    """Sees at the first texts of a pattern whether it is for long ones, then gives way to the scan or the plain one."""

    def __init__(self, form: _Uncompiled[str], compiled: re.Pattern[str]) -> None:
        self._form = form
        self._compiled = compiled
        self._short = self._long = 0
        for method in _SCANNING:
            setattr(form, method, self._watched(method))

    def _watched(self, method: str) -> Callable[..., Any]:
        """A method of the pattern that counts the texts it is given."""
        plain = getattr(self._compiled, method)

        def search(string: str, *span: int) -> Any:  # noqa: ANN401 - a match or many
            if len(string) < LONG or span:
                self._short += 1
            else:
                self._long += 1
            if self._short >= _SHORT:
                self._give_way(self._compiled)
            elif self._long >= _AGAIN:
                clauses = clauses_of(self._form.pattern, self._form.flags)
                self._give_way(Scan(self._compiled, clauses) if clauses else self._compiled)
            return plain(string, *span)

        return search

    def _give_way(self, to: re.Pattern[str] | Scan) -> None:
        for method in _SCANNING:
            setattr(self._form, method, getattr(to, method))


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern for a module to keep, used like one from ``re.compile``; a mistake in it is raised at its first use (``re.error``).

    A match carries the compiled one: ask ``match.re.pattern == form.pattern``, never ``match.re is form``; its ``pos``
    may be its start.
    """
    return cast("re.Pattern[AnyStr]", _Uncompiled(text, flags))
