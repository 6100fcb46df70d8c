"""The words that a figure is told by: its clause, its name, its scope."""

from functools import lru_cache

from hengji.model.patterns import pattern

_ORG = r"(?:我|本|该|全)(?:部门|单位|街道|中心|机关|系统|办|局|委|院|校|所|站|会|署|馆|队|镇|乡|部(?!门))"
_LEAD = pattern(
    r"^(?:[\s\"'”“]|其中|经(?=核|编|批)|为(?=[年核批])|另外|此外|并且?|而|及|和|与|以及|同时|全年|全部(?!门)|本年度?|当年|年内|年度|截[至止]?(?:目前|年底|年末|\d+月(?:\d+日)?|年末|底)?|到?20\d\d(?:年(?!初))?"
    r"(?:度|底|末)?(?:\d{1,2}月[底末]?)?(?:\d{1,2}日)?|上年度?|去年|年末|年底|"
    + _ORG
    + r"|一是|二是|三是|四是|五是|主要[是为]?|包括|即|按照?|根据|由|从|对|将|已|也|均|涉及|经统计|,)+"
)
_TAIL = pattern(
    r"(?:[\s\"'”“的了]|分别为?|为|是|达到?|有|(?<!节)约|近|超过?|仅|共计?|总计|合计|计|安排|完成|实现|增加|减少|增长|下降|降低|控制在|大约|大概|不足|高达|:|=|≥|≤|至|到|了|等)+$"
)
# The last characters of these.
_TAIL_ENDS = tuple(" \t\n\u3000\"'”“的了为是达到有约近超过仅共计排成现加少长降低在概足:=≥≤至等")
_BARE = pattern(
    r"(?:年末|全年|实际|本年|当年|年初)*(?:预算数|决算数|实际支出数?|支出数?|执行数?|支出决算数?|决算支出|预算|决算|实际使用|实际执行数?|完成数?|使用数?)"
)
_ENDING = pattern(r"(?:全年|年初|调整)?(?:预算数?|预算安排数?|安排数?|计划数?|决算数?|指标值)$")
# What an amount is a part of: it is not the department's whole then.
LIMITS = (
    "财政拨款",
    "一般公共预算",
    "政府性基金",
    "国有资本",
    "下属",
    "二级单位",
    "上年结转",
    "追加",
    "专项",
    "事业收入",
)
_SCOPES = (*LIMITS, "调整")
_ANY_SCOPE = pattern("|".join(_SCOPES))
HAN = pattern(r"[\u4e00-\u9fff]")
SENTENCED = 5  # Chinese characters


def carried_words(sentence: str, before: str) -> str:
    """The scope that a sentence hands on to its figures: its own, or after 「其中」 that of the sentence before."""
    return scope_in(sentence) if not sentence.startswith("其中") else before


def scope_in(text: str) -> str:
    """The first of the scopes that the text names, or nothing."""
    return next((word for word in _SCOPES if word in text), "") if _ANY_SCOPE.search(text) else ""


QUOTES = pattern(r"[\s\"'“”]")


def full_name(name: str, before: str) -> str:
    """A name that only says 「决算数」 carries on the subject of the figure before it."""
    if not _BARE.fullmatch(name) or not before:
        return name
    subject = _ENDING.sub("", before)
    return f"{subject}{name}" if subject and not _BARE.fullmatch(before) else name


def bare_of(words: str) -> str:
    """The words with their last verb kept: 「政府采购安排」 is not 「政府采购」."""
    return _without_lead(words.strip())[-20:]


SUBJECT = pattern(r"\([类款项]\)")


_PARTS = pattern(r"[,;:]")


def scope_of(lead: str) -> str:
    """What the sentence is limited to when it says so before 「其中」."""
    head, mark, _ = lead.rpartition("其中")
    if not mark:
        return ""
    clause = _PARTS.split(head.rstrip(",:(;"))[-1]  # of the whole that is split
    if _RAISED_TO.search(clause):
        return "调整"
    return scope_in(_NOT_CHANGED.sub("", clause))


_RAISED_TO = pattern(
    r"(?:追加|调[增整剂])[^,。;]{0,24}\d\s?(?:万?元)?后(?:的)?(?:全年)?(?:预算)?(?:总额|数)?(?:为|达|增至|共)"
)
_NOT_CHANGED = pattern(
    r"(?:均?无|没有|未)(?:发生|办理|进行|作)?(?:预算)?(?:追加|追减|调整|调剂|调增|调减)(?:[、和及与或](?:无|没有|未)?(?:追加|追减|调整|调剂|调增|调减))*"
)


def is_of_money(words: str) -> bool:
    """Whether words speak of money."""
    return _OF_MONEY.search(words) is not None


_OF_MONEY = pattern(r"资金|经费|支出|收入|预算|金额|投入")


_CLAUSES = pattern(r"[,。;、:()《》!?\t]")
_DEFINED = pattern(r"\([^()]{2,40}[/÷][^()]{1,40}\)(?=(?:为|是|达|:)?\s*$)")  # 「控制率（在职人员数/编制数）为」


def last_clause(text: str) -> str:
    """The words of the clause that ends here; what stands in brackets before belongs to the clause before it."""
    pieces = _CLAUSES.split(_DEFINED.sub("", text) if "(" in text else text)
    own = pieces[-1].strip()
    return own if clean_name(own) or len(pieces) == 1 else f"{pieces[-2].strip()}{own}"


def own_words(text: str) -> str:
    """A short text without the words that lead in, for a figure whose clause has no words."""
    return _without_lead(text.strip())[-20:] if len(text) < 20 else ""


def _without_lead(words: str) -> str:
    lead = _LEAD.match(words)
    return words[lead.end() :] if lead is not None else words


@lru_cache(maxsize=256)  # asked of the same words by the clause and by the figure
def clean_name(words: str) -> str:
    """What the words before a figure call it: without time, speaker, copula and 「其中」."""
    name = words.strip()
    for _ in range(3):
        shorter = _without_lead(name)
        shorter = _TAIL.sub("", shorter) if shorter.endswith(_TAIL_ENDS) else shorter
        shorter = shorter.strip(" \"'“”-")
        if shorter == name:
            break
        name = shorter
    return name[-30:]
