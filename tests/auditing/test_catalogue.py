"""Every check of the catalogue fires on its examples and stays quiet on the near misses."""

import pytest

from hengji.auditing.examples import audit_of, fires
from hengji.auditing.registry import OF_FILINGS, RULES
from hengji.library.check_texts import CLASSES, Example, load_checks

_OF_TEXTS = {code: check for code, check in load_checks().items() if code not in OF_FILINGS}
_FIRING = [(code, example) for code, check in _OF_TEXTS.items() for example in check.fires]
_QUIET = [(code, example) for code, check in _OF_TEXTS.items() for example in check.quiet]


@pytest.mark.parametrize(("code", "example"), _FIRING, ids=[f"{code}-{n}" for n, (code, _) in enumerate(_FIRING)])
def test_a_check_fires_where_it_must(code: str, example: Example) -> None:
    assert fires(example, code), example.text


@pytest.mark.parametrize(("code", "example"), _QUIET, ids=[f"{code}-{n}" for n, (code, _) in enumerate(_QUIET)])
def test_a_check_stays_quiet_where_it_must(code: str, example: Example) -> None:
    assert not [finding for finding in audit_of(example).findings if finding.code == code], example.why


def test_every_code_is_explained_and_has_examples() -> None:
    assert set(load_checks()) == set(RULES) | set(OF_FILINGS)
    assert len({check.slug for check in load_checks().values()}) == len(load_checks())
    for check in load_checks().values():
        assert check.title
        assert check.meaning
        assert check.advice
        assert check.kind in CLASSES
        assert len(check.fires) >= 2
        assert len(check.quiet) >= 2


def test_a_quotation_is_the_text_itself() -> None:
    for _, example in _FIRING:
        for finding in audit_of(example).findings:
            if finding.quote:
                assert finding.start is not None
                assert finding.end == finding.start + len(finding.quote)
