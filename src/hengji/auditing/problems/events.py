"""R18: none happened, and elsewhere one did."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import RIGHT, Admission, clause_around, is_of_another_year, says_no
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_NO_EVENT = pattern(
    r"(?:(?:没有|未|无|零)(?:发生|出现)(?:过)?|无一(?:名|人|例|起|家|户)|(?:全年|年内|期间)(?:无|没有|零)(?=[\u4e00-\u9fff]{0,6}(?:投诉|事故|差错|上访|退单|伤亡|纠纷)[,。;、\n\t]))(?P<what>[\u4e00-\u9fff]{2,16}?)(?:事故|事件|情况|现象|问题)?(?=[,。;、\s(|]|$)"
)
_GRADED = pattern(r"重大|较大|特大|重特大|严重|责任|群体|恶性|极端|区域性|系统性")
_PART = 40  # characters
_EVENT = 4  # characters by which an event is looked for
_NOT_HAPPENED = pattern(
    r"劝返|防止|预防|排查|避免|化解|帮助|救助|下降|减少|演练|模拟|培训|宣传|隐患|企业|辖区|全县|全市|全区"
)
_MANY = r"(?:[1-9]\d*|[一两二三四五六七八九])\s?(?:起|次|例|件|名|人|户)"


def denied_events(case: Case, full: list[ScoredItem]) -> Iterator[Admission]:
    """What a leaf with full marks says never happened, told elsewhere as having happened so many times."""
    for item in full:
        end = max(item.body.end, item.quote.end)
        for match in _NO_EVENT.finditer(case.flat, item.body.start, end):
            what = match["what"]
            fact = None if _GRADED.search(what) else _happened(case, item, *_named(what, item.name))
            if fact is not None:
                yield Admission(fact, item, item.quote if item.table else case.sentence(match.start()))


def _measured(case: Case, at: int, what: str) -> bool:
    """Whether another leaf counts such events as its own matter: the 5120 of 「消费投诉调解成功率」."""
    own = case.item_at(at)
    return own is not None and re.search(what, own.name) is not None


def _named(what: str, leaf: str) -> tuple[str, str]:
    """How an event may be named elsewhere: by its last words; and by the first of two words that were joined (爆管停水)."""
    parts = [re.sub(r"(?:事故|事件)$", "", part) for part in re.split(r"[和及与或、]", what)]
    parts = [part for part in parts if len(part) > _WORD or part == what]
    last = [part[-_EVENT:] for part in parts] + [part[-_WORD:] for part in parts if len(part) > _WORD]
    first = [part[:_WORD] for part in parts if len(part) == _EVENT]
    return _either(last, leaf), _either(first, leaf)


def _either(names: list[str], leaf: str) -> str:
    told = [re.escape(name) for name in dict.fromkeys(names) if not _GENERAL.fullmatch(name) and name not in leaf]
    return "(?:" + ("|".join(told) or "(?!)") + ")"


_WORD = 2  # characters
_GENERAL = pattern(
    r"事故|事件|情况|现象|问题|安全|生产|管理|服务|工作|项目|资金|违规|违纪|行为|责任|儿童|学生|群众|人员|死亡|以上|相关|其他|一般"
)


def _happened(case: Case, item: ScoredItem, what: str, first: str) -> Span | None:
    """Where so many of an event are told outside a leaf: 「发生森林火灾1起」, 「有6名学生辍学」."""
    for fact in re.finditer(
        rf"发生(?:了)?[^,。;\n\t]{{0,16}}{what}[^,。;\n\t]{{0,6}}{_MANY}|{_MANY}[^,。;\n\t]{{0,12}}?{what}|{what}[^,。;\n\t\d]{{0,2}}{_MANY}"
        rf"|(?:发生|处置|抢修|出现)[^,。;\n\t]{{0,4}}{first}[^,。;\n\t]{{0,4}}{_MANY}",
        case.flat,
    ):
        at = fact.start()
        clause = case.flat[slice(*clause_around(case.flat, at, fact.end()))]
        part = case.flat[case.flat.rfind(",", 0, at) + 1 : fact.end()][-_PART:]
        outside = not item.body.start <= at < item.body.end and not case.aimed_at(at) and not _measured(case, at, what)
        put_right = says_no(case.flat[max(0, at - 8) : at]) or RIGHT.search(clause) or _NOT_HAPPENED.search(part)
        if outside and not put_right and not is_of_another_year(case, clause, clause):
            return Span(at, fact.end())
    return None
