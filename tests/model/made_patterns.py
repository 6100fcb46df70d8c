"""Patterns and texts of few characters, so that they often match, with everything that the patterns of the project are made of."""

import re

from hypothesis import strategies as st

_PLAIN = st.sampled_from(["a", "b", "万", "1", "ab", "万1", "[ab]", "[a-c1]"])
_ODD = st.sampled_from(["[^a]", r"\d", r"\s", ".", "^", "$", r"\b", r"\Z", "(?i:A)"])
_TIMES = st.sampled_from(["?", "*", "+", "*?", "+?", "{1,2}", "{0,3}?", "?+", "*+"])
_BEHIND = st.sampled_from(["(?<=a)", "(?<![。1])", "(?<=[b万])", "(?<!a.)"])


def _more(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map("".join),
        two.map("(?:{0[0]}|{0[1]})".format),
        st.tuples(parts, _TIMES).map("(?:{0[0]}){0[1]}".format),
        st.one_of(parts.map("(?={})".format), parts.map("(?!{})".format), _BEHIND),
        st.one_of(parts.map("(?>{})".format), two.map("({0[0]}){0[1]}".format)),
        st.one_of(two.map("(?P<n>{0[0]}){0[1]}(?P=n)".format), two.map("(?P<o>{0[0]})?(?(o){0[1]}|b)".format)),
    )


def _compiles(form: str) -> bool:
    try:
        re.compile(form)
    except re.error:  # two groups of one name
        return False
    return True


_PARTS = st.recursive(st.one_of(_PLAIN, _PLAIN, _PLAIN, _ODD), _more, max_leaves=5)
FORMS = st.lists(_PARTS, min_size=1, max_size=4).map("".join).filter(_compiles)
TEXTS = st.lists(st.sampled_from(["ab", "万1", "a", "b", "1", "。", "\n"]), min_size=8).map("".join)
