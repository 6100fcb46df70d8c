"""R36: what should be public and is not, or not where anybody can see it, and what is said to be public without a day or a place."""

from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.problems.zones import problem_zones
from hengji.auditing.proof.disclosure import disclosure_dated, told_anywhere
from hengji.auditing.text.structure import is_narrative
from hengji.library.publicity import load_publicity
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NOT_PUBLIC = pattern(
    r"(?<!无)(?<!有)(?:尚?未|没有|没能|没|漏|遗漏|暂未|不再?)(?:能|予以?|一并|同步|按[^,。;\d]{1,6}|随[^,。;\d]{0,8}|及时|对外|向社会|单独|列入|再|在[^,。;\d]{0,12}|于[^,。;\d]{0,12}|通过[^,。;\d]{0,12}|进行|上){0,3}"
    r"(?:公开|公示|公布|挂网|网|发布|登载|刊登|上传)"
)
_LOST = pattern(r"(?<!不)(?<!未)(?<!没有)(?<!免)扣|失分|减\s?\d")
_BACK = pattern(r"(?<!未)(?<!没有)(?:重新(?:发布|公开|挂|上传)|恢复|修复|更换链接)")
_NOT_TOLD = ("存在问题", "相关建议", "问题与建议", "绩效目标", "应用公开")
_SAID = pattern(
    r"(?:预算|决算)[^。;]{0,30}?(?:已|均|全部|按时|及时|如期|按要求|按规定)[^。;]{0,16}?(?:公开|公布|挂网|上网)(?!性|度|率|时|情况|工作)"
)
_AIM = pattern(r"应当?|须|要求|规定|计划|拟|将|下一步|今后|确保|建议|推动|推进")


@once
def _sentences(case: Case) -> tuple[tuple[Span, str], ...]:
    return tuple(_found_sentences(case))


def _found_sentences(case: Case) -> Iterator[tuple[Span, str]]:
    """The sentences of running text on disclosed budgets that tell what was done, outside problems and of leaves that lost nothing."""
    words = load_publicity()
    zones = problem_zones(case)
    for sentence, text in case.running_with(words.required):
        if not (words.required.search(text) and not words.exempt.search(text) and not _LOST.search(text)):
            continue
        if not ("公" in text or "网" in text or "贴" in text):
            continue
        if any(z.start <= sentence.start < z.end for z in zones) or case.chapter_key(sentence.start) in _NOT_TOLD:
            continue
        item = case.item_at(sentence.start)
        if item is not None and (item.claimed is None or (item.points is not None and item.claimed < item.points)):
            continue
        yield sentence, text


def not_public(case: Case) -> Iterator[Finding]:
    """R36: 「“三公”经费预算表没有公开」, 「张贴于局机关公示栏」, 「该页面打不开」, told outside the problems and without a loss for it."""
    words = load_publicity()
    for sentence, text in _sentences(case):
        if words.others.search(text) or case.aimed_at(sentence.start):
            continue
        match = _NOT_PUBLIC.search(text)
        about = words.matters.search(text) or words.public.search(text)
        if match is not None and about and not _AIM.search(text, max(0, match.start() - 10), match.start()):
            where = "网" in match[0] and "公开" not in match[0].partition("网")[0]
            message = "写明没有在网上公开，不能算向社会公开" if where else "写明应公开的内容没有公开"
            yield case.finding("R36", sentence, message)
            continue
        if not (words.matters.search(text) and words.public.search(text)):
            continue
        gone = words.gone.search(text)
        if (
            gone is not None
            and not _BACK.search(text)
            and not _AIM.search(text, max(0, gone.start() - 10), gone.start())
        ):
            yield case.finding("R36", sentence, "公开的网页已看不到，没有持续公开")
        elif not words.online.search(text) and _INSIDE.search(text):
            yield case.finding("R36", sentence, "只在单位内部公示，不能算向社会公开")
        elif words.foreign.search(text) and words.online.search(text):
            yield case.finding("R36", sentence, "写的公开网址不是本单位的公开页面")
        elif (over := _YEAR_OVER.search(text)) is not None and int(over["on"]) > int(over["y"]):
            message = f"{over['y']}年的预算到{over['on']}年才公开，超过20日"
            yield case.finding("R36", sentence, message, stated=over["on"], recomputed=over["y"])


_INSIDE = pattern(
    r"(?:预算|决算)[^。;]{0,40}(?:(?:内网|内部网|OA|办公系统|工作群|微信群|钉钉)[^。;]{0,14}(?:公开|公示|公布|张贴|发布|上墙|推送))"
)
_YEAR_OVER = pattern(
    r"(?<!\d)(?P<y>20\d\d)年(?:度)?(?:部门|单位)?预算[^。;\d决]{0,24}(?P<on>20\d\d)年\d{1,2}月(?:\d{1,2}日)?[^,。;\d]{0,24}公开"
)


def told_without_a_day(case: Case) -> Iterator[Finding]:
    """R36: 「部门预算和部门决算均已向社会公开」 in a report that tells nowhere when or where."""
    if (
        "公" not in case.flat
        or told_anywhere(case)
        or not is_narrative(case)
        or any(True for _ in disclosure_dated(case))
    ):
        return
    words = load_publicity()
    for sentence, text in _sentences(case):
        match = _SAID.search(text)
        if (
            match is None
            or words.others.search(text)
            or _AIM.search(text)
            or case.aimed_at(sentence.start)
            or _NOT_PUBLIC.search(text)
        ):
            continue
        yield case.finding("R36", sentence, "没有写批复日期、公开日期和网址，无法核对是否在20日内公开")
        return
