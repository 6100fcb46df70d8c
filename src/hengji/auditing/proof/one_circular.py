"""R33: a second honour out of the circular that was counted before, where the rule counts an honour once."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ONCE = pattern(
    r"(?:只|仅)(?:能)?(?:计|加|算|取)(?:分)?(?:一|1)次|不(?:得|再|予)?(?:重复|累计)(?:计|加|得)|(?:取|按|就)(?:其)?(?:最高|高)"
)
# 「同日通报中我馆流动服务组……加0.5分」, 「上述文件还点名表扬了……计1分」
_OUT_OF_IT = pattern(
    r"(?:同(?:日|一|份|批|次)(?:份|个|次|天)?(?:的)?|上述|前述|该)(?:通报|文件|决定|表彰|公报|名单|会议)(?:文件|决定|通报|名单)?(?:上|中|里|内|还|又|同时|另)[^。;\n]{2,50}?[,(]\s?(?:又|再|另|也)?(?:加|计|得)?\s?\d(?:\.\d+)?\s?分"
)
_RULE = pattern(r"每[项个次]|标准|不(?:予|再|重复)?[加计]分|只计|不重复")


def counted_in_one_circular(case: Case) -> Iterator[Finding]:
    """An honour out of the same circular as the one before, counted beside it."""
    if _ONCE.search(case.flat) is None:
        return
    extras = [extra.body for extra in case.found.extras if not extra.deduction]
    for sentence, text in case.running_with(_OUT_OF_IT):
        inside = any(body.start <= sentence.start < body.end for body in extras)
        if inside and _OUT_OF_IT.search(text) and not _RULE.search(text):
            yield case.finding("R33", sentence, "出自前面已经计过的同一份表彰，规则写只计一次")
