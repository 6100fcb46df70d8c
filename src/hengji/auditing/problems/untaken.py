"""R19: measures in running text without numbers, and the one problem of several that none of them takes up."""

from collections.abc import Sequence

from hengji.auditing.problems.closed import is_closed
from hengji.auditing.problems.fields_spoken import fields_of
from hengji.auditing.wording import pairs_of
from hengji.library.texts import load_general_words
from hengji.model.patterns import pattern

_PARTS = pattern(r"[。;\n]")
_HEADING = pattern(
    r"\s*(?:第[一二三四五六七八九十]部分)?[\s(]*(?:[一二三四五六七八九十\d.]{1,4}[、.)\s]*)?(?:下一步|整改|改进|今后|工作|后续|主要)*(?:的)?(?:措施|打算|安排|计划|思路|意见|建议|工作|对策|整改|改进|办法)?[:.\s]*"
)
# Words of a measure for all problems, or for those that it names by number.
_JOINTLY = pattern(
    r"上述|以上|前述|其[余他][^。;]{0,6}(?:问题|不足)|各[项类]问题|问题清单|逐[项条一个件类]|分别|举一反三|(?:列出|形成|建立)[^。;]{0,4}台账|第[一二三四五六七八九十\d]+[个项条]"
)
_GENERAL = pattern(
    r"完成|实际|目标|指标|项目|资金|绩效|预算|支出|部分|个别|加强|完善|提高|建立|制度|情况|工作|到位|责任|落实|推进|薄弱|开展|影响|存在|较多|不(?:及时|到位|规范|完善|足|高)|全年|年度|20\d\d年|[\d.]+\s?(?:万?元|[个项件名次处人条份年月日天])"
)
_FAULTY = pattern(r"未|没有|不|缺|仍|尚|差|少|超|漏|迟|晚|慢|停|损|坏|离线|闲置")
_FEW = 3  # problems: of two, one may well be answered in other words
_SAME = 4  # characters in a row by which a measure answers what is told elsewhere
_SAID = 8  # characters of a measure


def untaken(problems: Sequence[str], given: str, elsewhere: str, *, one_each: bool = False) -> int | None:
    """Which problem has no word in common with any measure, where every other has one and every measure answers another.

    ``elsewhere`` is what the report tells outside both: a measure may answer a fault that is told there. With ``one_each``, as of
    problems without numbers, there must be one measure less than problems.
    """
    still = [n for n, text in enumerate(problems) if not is_over(text)]
    if len(still) < _FEW or _JOINTLY.search(given):
        return None
    parts = [part for part in _PARTS.split(given) if _is_measure(part)]
    if one_each and len(parts) != len(still) - 1:
        return None
    loose = [n for n in still if not any(_alike(problems[n], part) for part in parts)]
    free = [part for part in parts if not any(_specific(problems[n]) & _specific(part) for n in still)]
    beside = [part for part in free if _answers(part, elsewhere)]
    free = [part for part in free if part not in beside]
    answered = [text for n, text in enumerate(problems) if n in still and n not in loose]
    if len(parts) - len(beside) < len(still) - 1 or not _each_its_own(answered, parts):
        return None
    if len(free) > 1:
        return None
    for part in free:
        loose = _without_its_own(loose, problems, part)
    return loose[0] if len(loose) == 1 else None


def _each_its_own(problems: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether every problem has a measure that speaks of it more than of the others."""
    taken: set[int] = set()
    for part in parts:
        weights = [len(_specific(text) & _specific(part)) for text in problems]
        most = max(weights, default=0)
        mine = [n for n, weight in enumerate(weights) if weight == most > 0 and n not in taken]
        taken.update(mine[:1])
    return len(taken) == len(problems) >= _FEW - 1


def is_over(problem: str) -> bool:
    """Whether a problem is none any more."""
    return is_closed(problem) or is_changed(problem)


def is_changed(problem: str) -> bool:
    """Whether a problem is one that was told before and is done in another way since."""
    return _CHANGED.search(problem) is not None


def has_its_clause(problems: Sequence[str], n: int, measures: Sequence[str]) -> bool:
    """Whether a clause of a measure speaks of one problem more than of any other, by a word and a figure: 「……；2件积案由主要负责人包案」."""
    for clause in (each for text in measures for each in _CLAUSES.split(text)):
        own = _specific(clause)
        shared = own & _specific(problems[n])
        others = max((len(own & _specific(text)) for k, text in enumerate(problems) if k != n), default=0)
        if any(each[0].isdigit() for each in shared) and len(shared) > max(others, 1):
            return True
    return False


_CLAUSES = pattern(r"[。;,\n]")


def answered_in_other_words(problems: Sequence[str], n: int, measures: Sequence[str]) -> bool:
    """Whether a deed among the measures has no word of any other problem: it may answer this one in words of its own (路灯 of 夜间照明)."""
    others = [text for k, text in enumerate(problems) if k != n]
    if n == len(measures) == len(others) and _in_place(problems, measures):
        return False
    for measure in measures:
        plain = _MARKED.sub("", measure)
        if _ASKED.match(plain):
            continue
        for sentence in _PARTS.split(_TIMES.sub("", plain)):
            deeds = [part for part in _CLAUSES.split(sentence)[1:] if _COUNTS_SOME.search(part)]
            parts = [_BY_WHOM.sub("", part) for part in (sentence, *deeds)]
            if any(len(part) >= _SAID and not any(_alike(text, part) for text in others) for part in parts):
                return True
    return False


def _in_place(problems: Sequence[str], measures: Sequence[str]) -> bool:
    """Whether each numbered measure that has a word of any problem has most of the one with its own number."""
    if not all(map(_MARKED.match, (*problems, *measures))):
        return False
    weights = [[len(_specific(text) & _specific(measure)) for text in problems] for measure in measures]
    told = [k for k, row in enumerate(weights) if any(row)]
    return len(told) * 2 >= len(measures) and all(weights[k][k] == max(weights[k]) for k in told)


_MARKED = pattern(r"^\s*(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、是]|\d{1,2}[.、])\s*")
_ASKED = pattern(r"建议|请|恳请|希望")
_TIMES = pattern(
    r"(?:20\d\d年)?(?:第?[一二三四]季度|[上下]半年|\d{1,2}月(?:\d{1,2}日|底|末|初|中旬|[上下]旬)?|年内|年底|年初|全年)?(?:之?前|起|内|开始|以前)"
)
_BY_WHOM = pattern(r"^\s*(?:由)?[\u4e00-\u9fff、]{1,14}?(?:[股科室处办所站队院馆部组]|中心)(?:会同|联合|牵头|负责)?")
# A deed of its own, told by what is counted: 「引进2家收购企业」, 「新装路灯60盏」.
_COUNTS_SOME = pattern(
    r"(?:引[进入]|新[装建增设购聘]|增[设加聘派]|购[置买]|安装|配[备齐]|招[聘录]|聘[请用]|建[成立设]|签订|开[通展设办]|举办|组织|改造|更换|培训)[^,。;\d]{0,10}\d+\s?(?![%年月日])[\u4e00-\u9fff]|\d+\s?[盏家名台套处座个份][\u4e00-\u9fff]{0,4}$"
)


# A fault that is no more: 「2021年度自评曾反映的现金发放问题，自2022年1月起全部改为银行代发」.
_CHANGED = pattern(
    r"(?:曾|指出|提出|反映)[^。;]{2,40}(?:已|全部|均)(?:经|全部)?(?:改[为由]|更正|纠正|整改|补|取消|停止)"
)


def _is_measure(part: str) -> bool:
    """Whether a part of the measures says what is to be done, and is no heading or signature."""
    return len(part.strip()) >= _SAID and not _HEADING.fullmatch(part) and not _VAGUE.match(part)


_VAGUE = pattern(r"\s*(?:继续|进一步|不断|切实|努力|持续)[^,\d]{0,4}(?:加强|提高|提升|完善|做好|抓好)[^\d]*$")


def _alike(problem: str, part: str) -> bool:
    """Whether a measure has any word, figure or field of work in common with a problem."""
    part = _DOER.sub(" ", part)
    words = pairs_of(_DATES.sub(" ", problem)) & pairs_of(_DATES.sub(" ", part))
    return bool(words or _specific(problem) & _specific(part) or fields_of(problem) & fields_of(part))


# Who does it, where that opens a measure: 「供水站9月底前更换末梢管网」.
_DOER = pattern(r"^\s*(?:由)?[\u4e00-\u9fff]{1,6}?[股科室办处所站队院馆部](?:会同|联合|牵头|负责)?")


def _specific(text: str) -> frozenset[str]:
    """The pairs of characters that say what a text is about, its figures, and what has three characters in a row."""
    text = _DATES.sub(" ", text)
    plain = _GENERAL.sub(" ", text)
    pairs = (pair for pair in pairs_of(plain) if not load_general_words().fullmatch(pair))
    words = _HAN.findall(plain)
    threes = (word[k : k + 3] for word in words for k in range(len(word) - 2))
    return frozenset((*pairs, *threes, *_FIGURES.findall(text)))


_DATES = pattern(
    r"(?:[第每一二三四]*季度|半年|(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末|初)?(?:前|起|以前|之前)?(?<=[年月日底末初前起]))"
)
_FIGURES = pattern(r"(?<![\d.])\d[\d.]*\s?[\u4e00-\u9fff]")


def _answers(part: str, elsewhere: str) -> bool:
    """Whether a measure names in so many words what a sentence outside the problems tells to be amiss."""
    for start in range(len(part) - _SAME + 1):
        words = part[start : start + _SAME]
        at = elsewhere.find(words) if _HAN.fullmatch(words) else -1
        if at >= 0:
            opens = max(elsewhere.rfind(mark, 0, at) for mark in "。;\n") + 1
            sentence = _PARTS.split(elsewhere[opens : at + _AROUND], maxsplit=1)[0]
            if _FAULTY.search(sentence):
                return True
    return False


_HAN = pattern(r"[\u4e00-\u9fff]+")
_AROUND = 120


def _without_its_own(loose: list[int], problems: Sequence[str], part: str) -> list[int]:
    """The problems left when the one that has the most characters of a measure is answered; none where that is not clear."""
    weights = [len(_characters(problems[n]) & _characters(part)) for n in loose]
    best = max(weights, default=0)
    if not best or weights.count(best) > 1 or sorted(weights)[:-1] != [0] * (len(weights) - 1):
        return []
    return [n for n, weight in zip(loose, weights, strict=True) if weight != best]


def specific_of(text: str) -> frozenset[str]:
    """The words and figures that say what a problem or a measure is about, without its number and who does it."""
    return _specific(_BY_WHOM.sub("", _MARKED.sub("", text)))


def subject_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a text is about: its words and figures, and its single characters, without general ones."""
    plain = _MARKED.sub("", text)
    return _specific(plain), _characters(plain)


def _characters(text: str) -> frozenset[str]:
    return frozenset("".join(_HAN.findall(_ANY.sub(" ", _GENERAL.sub(" ", _DATES.sub(" ", text))))))


_ANY = pattern(
    r"[一二三四五六七八九十两不未多少高低大小年月日底前后上下中内外有无的了和与及在对由将以为是人员个项名次处全部加增可能动要到时期间度并等各每从把按其他]"
)
