"""R41: a rule of a body of another county, kept as one's own: 「《澄阳县人民检察院涉案财物管理办法》」 binds nobody in 洛原县."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.residue import as_of_another
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_RULE = pattern(
    r"《(?P<name>(?P<place>[\u4e00-\u9fff]{2,4}[县区旗])(?:人民)?[\u4e00-\u9fff]{2,8}?(?:局|委员会|办公室|法院|检察院|联合会|中心|[馆校院站]))"
    r"(?P<title>[^《》]{2,20}(?:办法|制度|细则|规程|手册|规定|规范))》"
)
_COUNTY = pattern(r"[\u4e00-\u9fff]{2,4}?[县区旗]")
_BEFORE = 12  # characters before a title that say why it is named
_FROM_OTHERS = pattern(r"参照|借鉴|转发|参考|学习|考察")


def rules_of_another_county(case: Case) -> Iterator[Finding]:
    """The rules whose makers belong to a county that the report names nowhere else; a city may be the county's superior."""
    own = _COUNTY.match(re.sub(r"\s|\(.*?\)", "", case.found.department))
    for match in _RULE.finditer(case.flat) if own is not None else ():
        known = own is None or match["place"].endswith(own[0]) or match["place"] in case.flat.replace(match[0], "")
        if not known and not _FROM_OTHERS.search(case.flat, max(0, match.start() - _BEFORE), match.start()):
            yield as_of_another(case, Span(match.start(), match.end()), match["name"])
