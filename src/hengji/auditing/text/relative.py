"""R14: words that only meant something on the day of writing."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.text.dating import CHAPTERS_OF_NOW
from hengji.auditing.wording import OTHERS, told_times
from hengji.library.texts import load_fact_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_RELATIVE = pattern(
    r"今年|目前(?<![科栏账数名条题节]目前)(?!后|期|置|[一二三两几]|[\u4e00-\u9fff]位)|现阶段(?<![实出呈体发展]现阶段)|去年(?<![减除扣加]去年)(?!终奖|终一)|截[止至](?:目前|现在)|近期(?<![临邻接]近期)(?!限)|近几?年来|近几年(?!来)|当前(?<![应适担承相]当前)|至今|明年(?<![注列表说标写载证声清光黎文阐指查申]明年)|上个月(?<!\d上个月)"
    r"|日前(?<=[。,;:\n\t]..)|近日(?<=[。,;:\n\t]..)|近日(?=已|完成|通过|获|又|新|由|经)|前不久(?<=[。,;:\n\t]...)|不久前(?<=[。,;:\n\t]...)"
    # The day of writing in other words; what may be a part of another word must open its clause.
    r"|到现在为止|到目前为止|迄今(?:为止)?|时至今日|眼下|眼前(?=[,共有已仍尚还在])|如今|现如今|前年(?<=[,。;:\n比较与同自从在于]前年)(?![初末底度])|去冬今春|去秋今春|上月(?<!\d上月)(?=[初中下底末,]|已|完成)"
    r"|本月(?:初|底|末|[上中下]旬)(?!前)|本周(?!期|转)|上周(?!期|转|岁|年)|昨[天日]|今[天日](?!头条|[\u4e00-\u9fff]{0,2}[报网》])|前段时间|前一阵|最近(?=[,已又完]|几个?月|一个月)"
    r"|(?:现在|当下|目下|时下|现今)(?<=[。,;:\n\t]..)|刚刚(?=完成|通过|验收|投用|建成|结束)"
)
# How something changed, since nobody knows when: 「近年来监测点位稳步增多」.
_CHANGED = pattern(r"[^,。;\d]{2,24}(?:增[多加长强]|减[少轻]|[上提]升|下降|提高|改善|向好|好转|扩大)")
# What the unit itself keeps doing: 「近年来我局每次自评均实行科室互审」.
_OF_OURS = pattern(
    r",?(?:我|本)(?:[局办委院中厅校馆站所会县乡镇]|单位|部门)[^,。;]{0,4}(?:每次|每年|历次|历年|一直|始终|都|均)"
)
# How much was done, over nobody knows how many years: 「近年来新建城市书房2个」.
_ACHIEVED = pattern(
    rf",?(?:(?:我|本)[局办委院中厅校馆站所会单部][位门心]?|已|共|累计|先后|陆续|全县|全市|全区){{0,3}}"
    rf"(?:{load_fact_words().acts.pattern}|建成|完成|组织|开展|投入|争取|引进|打造|创建|培育|举办|编制|出台|制定)[^,。;\d]{{0,12}}\d"
)
_OF_YEARS = ("近年来", "近几年来", "近几年")
_ALWAYS_RELATIVE = ("今年", "去年", "目前", "截止目前", "截至目前")  # in every chapter, that of plans included
_ALLOWED_RELATIVE = pattern(
    r"目前(?:尚|存在|我国|(?:所|已)?(?:实行|执行|适用|采用)的)|当前(?:页|位置|栏目)|当前(?:形势|工作|和今后)|明年.{0,6}(?:预算|计划|工作)|(?:自|从).{0,12}至今|目前(?:的)?(?:工作)?(?:存在|不足)|政府工作报告"
)
_NOWADAYS = ("现今", "如今", "现如今", "现在", "当下", "眼下")
# 「值夜班的护士说,以前碰上……,现今……」
_SPOKEN = pattern(r"[说讲](?:起|道)?[,:\"]|(?:告诉|感慨|直言|坦言|反映)(?:我们|记者|道)?[,:\"]")
_NOT_YET = pattern(r",?(?:[仍尚还均]|一直)?(?:未|没|无|已|共|累计)")  # how far things are: 「至今未办结」
_SENTENCE = 8  # characters: less is a heading, or the header of a column
_DIGIT = pattern(r"\d")


def relative_words(case: Case) -> Iterator[Finding]:
    """R14: 今年, 目前, 去年 in a report on a closed year; each word is told once, with all its places."""
    told: dict[str, list[Span]] = {}
    for match in _RELATIVE.finditer(case.flat):
        start, end = case.sentence(match.start())
        key = case.chapter_key(start)
        short = end - start < _SENTENCE and not (case.in_table(start) and _DIGIT.search(case.flat, start, end))
        if short or match.start() >= end or _quoted(case.flat[start:end], match.start() - start):
            continue
        if _ALLOWED_RELATIVE.search(case.flat[max(start, match.start() - 14) : min(end, match.end() + 10)]):
            continue
        if match[0] == "目前" and key in CHAPTERS_OF_NOW and f"{case.year + 1}年" in case.flat[start : match.start()]:
            continue  # behind a date of the year after it says how far things are by then
        if match[0] == "目前" and key in CHAPTERS_OF_NOW and "建议" in case.flat[start : match.start()]:
            continue  # how things are when something is proposed
        if match[0] == "目前" and key in CHAPTERS_OF_NOW and case.flat.startswith("正", match.end()):
            continue  # what is being done about a problem
        if match[0] in _OF_YEARS and (key == "基本情况" or not _since_unknown(case, match.end())):
            continue  # the background of what was done this year
        if match[0] in _NOWADAYS and _SPOKEN.search(case.flat, start, match.start()):
            continue  # what somebody said, of how it was before and is now
        if match[0] == "至今" and not _NOT_YET.match(case.flat, match.end()):
            continue  # a custom or a state that lasts, which says nothing of the year's work
        if match[0] not in _ALWAYS_RELATIVE and (key in CHAPTERS_OF_NOW or _under_problems(case, start)):
            continue
        told.setdefault(match[0], []).append(Span(match.start(), match.end()))
    named = {word: f"{case.year + n}年" for word, n in (("今年", 0), ("去年", -1), ("明年", 1))}
    named |= dict.fromkeys(_OF_YEARS, "具体的起止年份")
    for word, places in told.items():
        meant = named.get(word, f"截至{case.year}年12月31日") if case.year else "具体的年份或日期"
        message = f"“{word}”在已结束的年度里所指不明，应写“{meant}”{told_times(len(places))}"
        yield case.finding("R14", places[0], message, stated=word, recomputed=meant, also=places[1 : OTHERS + 1])


def _under_problems(case: Case, position: int) -> bool:
    """Whether the line before a paragraph is a heading without a number for problems or plans: 「存在的主要困难和问题」."""
    start = case.paragraph(position).start
    return _OF_NOW.search(case.flat, max(0, start - _HEADING), start) is not None


_HEADING = 20  # characters of such a line
_OF_NOW = pattern(r"(?:^|\n)[^\n。,;:]{0,10}(?:问题|不足|困难|短板|打算|措施|建议)[^\n。,;:]{0,6}:?\n\s*\Z")


def _since_unknown(case: Case, position: int) -> bool:
    """Whether what follows is a change, a custom of the unit or what it achieved, since nobody knows when."""
    return any(form.match(case.flat, position) is not None for form in (_CHANGED, _OF_OURS, _ACHIEVED))


def _quoted(text: str, position: int) -> bool:
    """Whether a position stands in a title or in a short quotation."""
    if text.rfind("《", 0, position) > text.rfind("》", 0, position):
        return True
    opens = text.rfind('"', 0, position)
    closes = text.find('"', position)
    return text.count('"', 0, position) % 2 == 1 and 0 < closes - opens <= _QUOTATION


_QUOTATION = 24  # characters
