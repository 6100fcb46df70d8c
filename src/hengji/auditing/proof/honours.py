"""R33: honours behind a bonus: their year, number, issuer, counted once, and the rule that gives the points."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.proof.own_honours import ADDED, by_itself_too, each_told, from_itself
from hengji.model.extraction import Award, Extra, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_TARIFF = pattern(
    r"每(?:项|个|次)?[^,。;]{0,16}(?:加|计)\s?\d|每(?:项|个|次)\s?\d+(?:\.\d+)?\s?分|(?:国家级|省级|市级|县级|省部级|地市级|国家|省|市|县)[^,。;]{0,14}(?:加|计|各加)\s?\d+(?:\.\d+)?\s?分|加\s?\d+(?:\.\d+)?\s?分[^。]{0,40}加\s?\d|(?:国家|省部|省|地市|市|县|区)级?\s?\d(?:\.\d+)?\s?分[,、;][^。]{0,24}级?\s?\d(?:\.\d+)?\s?分|标准[^。]{0,20}加|按[^。]{0,30}(?:规定|标准|办法)[^。]{0,12}加|加\d+(?:\.\d+)?分[,。;)]?$|\(加\s?\d"
)


def honours(case: Case) -> Iterator[Finding]:
    """What is claimed as bonus, against what is named for it."""
    for extra in case.found.extras:
        body = case.text(extra.body)
        if extra.deduction or extra.claimed == 0:
            continue
        if extra.claimed is None and not ADDED.search(body):
            yield from _over_the_cap(case, extra)
            continue
        own = [award for award in case.found.awards if extra.body.start <= award.span.start < extra.body.end]
        yield from _over_the_cap(case, extra)
        yield from _priced(case, extra)
        place, grounds = extra.span, _grounds(case, extra)
        tariff = "\n".join(map(case.text, grounds))
        if not own and not _HONOUR.search(body) and not _ELSEWHERE.search(body):
            if not grounds:
                yield case.finding("R33", extra.span, "加分没有写依据的荣誉、文件或事项", item=extra.name)
                continue
            place, body = grounds[0], tariff
        named = len(re.findall(r"评为|获评|荣获|授予|命名|表彰为|确定为|评选为|通报表扬", body))
        once = len(re.findall(r"加\s?\d", body)) == 1 and not re.search(r"每|各[加计]|按|依据|标准|规定", body)
        alone = once and (named > 1 or _LUMP.search(body) is not None)
        row = case.in_table(extra.span.start) and (
            grounds or _PAPER.search(body) or _ELSEWHERE.search(body) or _AUTHORITY.search(body)
        )
        told = row or each_told(extra, body) or _TARIFF.search(tariff) or _TARIFF.search(body) or _counted(extra, body)
        if extra.claimed is not None and (alone or not told):
            yield case.finding(
                "R33",
                place,
                f"加分只写总数，没有写每项加几分、按什么标准（共{len(own)}项）" if own else "加分没有写按什么标准",
                item=extra.name,
            )
        yield from _without_paper(case, extra, body)
        yield from from_itself(case, extra, own)
        yield from _without_number(case, own)
        yield from _wrong_year(case, own)
        yield from _of_another_year(case, extra, own)
        yield from _earlier(case, extra, own)
        yield from _by_a_society(case, extra)
        yield from by_itself_too(case, extra)
        twice = list(_twice(case, own)) or list(_same_paper(case, extra))
        yield from twice or _number_twice(case, place if place != extra.span else extra.body, body)
        for one in (extra.body, *grounds):
            yield from _forwarded(case, one)


def _counted(extra: Extra, body: str) -> bool:
    """Whether the points behind the papers of the honours make what is claimed: 「（琼泽文公示〔2024〕12号），计1分」."""
    told = [read_decimal(match["n"]) for match in _BEHIND_PAPER.finditer(body)]
    limited = _HIGHEST.search(body) is not None
    return limited and bool(told) and sum(n for n in told if n is not None) == extra.claimed


_HIGHEST = pattern("上限|不超过|封顶|就高|最高|最多")
_BEHIND_PAPER = pattern(
    r"(?:号|》|证书|文件|通报|决定)[\"”]?[)]?\s?[,;、]?\s?(?:按[^,。;]{2,8})?[加计得]\s?(?P<n>\d(?:\.\d+)?)\s?分"
)
_HONOUR = pattern(r"获|评为|评定为|认定为|确定为|表彰|荣誉|创新|试点|命名|先进|奖|授予|表扬|突出单位|通报》")
_LUMP = pattern(r"(?:荣誉|表彰|奖项|奖励|称号)[^。;,\d]{0,8}(?:[2-9]|1\d)\s?[项个次]")
_ELSEWHERE = pattern(
    r"第[一二三四五六七八九十]+(?:部分|章|节)|[见附][^。;,]{0,12}(?:附件|材料|一节|部分|说明|第\d|[(]?[一二三四五六七八九十][)、])"
)
_AUTHORITY = pattern(r"[省市县区国][\u4e00-\u9fff]{0,10}[厅委局府部]")
_BONUS = pattern(r"加分|附加分|奖励分|加减分|加计")


def _grounds(case: Case, extra: Extra) -> list[Span]:
    """The paragraphs elsewhere that give the grounds of a bonus which its own text only counts."""
    return [
        paragraph
        for paragraph in case.found.paragraphs
        if not extra.body.start <= paragraph.start < extra.body.end
        and _BONUS.search(case.flat, paragraph.start, paragraph.end)
        and _HONOUR.search(case.flat, paragraph.start, paragraph.end)
    ]


_PRICE = pattern(
    r"(?P<level>国家级?|中央|省级?|市级?|县级?|区级?)[^,。;、\d]{0,10}?每[项个次][^,。;、\d]{0,4}(?:加|计|得)?\s?(?P<n>\d(?:\.\d+)?)\s?分"
    r"|(?P<each>国家级?|省级?|市级?|县级?|区级?)[加计]\s?(?P<m>\d(?:\.\d+)?)\s?分"
)
_PRICED = pattern(r"[每级家省市县区][项个次加计]")  # stands in every price
_WON = pattern(
    r"(?P<level>国家级?|中央|省级?|市级?|县级?|区级?)[^,。;、\d]{0,10}?(?P<n>\d{1,2}|[一二两三四五])\s?[项个次](?!\d|加)"
)
_COUNT = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


def _priced(case: Case, extra: Extra) -> Iterator[Finding]:
    """More bonus than the prices of the rule give for the honours counted beside it: 「市级1项、县级2项，加分2.5分」 at 1 and 0.5."""
    for paragraph in case.found.paragraphs if extra.claimed else ():
        text = case.text(paragraph)
        if not _PRICED.search(text):
            continue
        prices = {(m["level"] or m["each"])[:1]: Fraction(m["n"] or m["m"]) for m in _PRICE.finditer(text)}
        if len(prices) < _LEVELS:
            continue
        told = _PRICE.sub(lambda m: " " * len(m[0]), text)
        won = [(m["level"][:1], int(_COUNT.get(m["n"], 0) or m["n"])) for m in _WON.finditer(told)]
        claim = _CLAIMED.search(told, max((m.end() for m in _WON.finditer(told)), default=len(told)))
        if claim is None or not won or len(dict(won)) != len(won) or any(level not in prices for level, _ in won):
            continue
        right, claimed = sum((prices[level] * n for level, n in won), Fraction(0)), Fraction(claim["n"])
        if claimed > right:
            span = Span(paragraph.start + claim.start(), paragraph.start + claim.end())
            worked = " + ".join(f"{number(prices[level])} × {n}" for level, n in won)
            message = f"按写明的标准{worked} = {number(right)}分，这里加{number(claimed)}分"
            yield case.finding("R33", span, message, item=extra.name, stated=claim["n"], recomputed=number(right))
        return


_LEVELS = 2  # levels of honours with a price each: a rule
_CLAIMED = pattern(r"(?:共|合计|本次|应|申请)?(?:加分|计分|加|计)(?:合计|共|为)?\s?(?P<n>\d(?:\.\d+)?)\s?分")
_CAP = pattern(
    r"(?:加分(?:项)?|每[项个次][^。;,、]{0,8}分[,、])[^。;,\d]{0,10}(?:最多|最高|上限|不超过|不得超过|封顶)[^。;,\d]{0,10}(?P<cap>\d{1,2}(?:\.\d+)?)\s?分"
)


# The same behind other words of the rule: 「加分标准:……同一事项取最高,合计不超过3分」.
_CAP_OF_ALL = pattern(
    r"加分[^。\n]{4,80}[,;](?:各项|全部|年度|本项|加分)?(?:合计|总计|累计|总分|总加分|总共)(?:不超过|不得超过|最多|最高|上限为?|以?不超)[^。;,\d]{0,6}(?P<cap>\d{1,2}(?:\.\d+)?)\s?分"
)
# Where the honours are added up: 「以上合计3.5分」, 「三项共计加3.5分」.
_ADDED_UP = pattern(
    r"(?:以上|上述|[二两三四五六七八]项|各项|前述)[^,。;\d]{0,6}(?:合计|共计|共|累计|总计)(?:加分|加|计|得)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分(?=[。;,\n])"
)


def _over_the_cap(case: Case, extra: Extra) -> Iterator[Finding]:
    """More bonus than the rule that the report itself quotes allows; told where the points are added up, beside the rule if there."""
    rules = [*_CAP.finditer(case.flat), *_CAP_OF_ALL.finditer(case.flat)]
    caps = {read_decimal(match["cap"]) for match in rules}
    cap = caps.pop() if len(caps) == 1 else None
    added_up = _ADDED_UP.search(case.flat, max(rules[0].end(), extra.body.start), extra.body.end) if rules else None
    claimed = extra.claimed if extra.claimed is not None else _each_added(case, extra)
    if claimed is None and added_up is not None:
        claimed = read_decimal(added_up["n"])
    if cap is None or claimed is None or claimed <= cap:
        return
    near = case.paragraph(rules[0].start())
    if _CAPPED.search(case.text(near)) or _CAPPED.search(case.text(extra.body)):
        return  # 「合计1.50分,按上限计1分」
    added = _EACH.search(case.flat, rules[0].end(), near.end) if extra.claimed is not None else None
    told = re.search(rf"加分(?:项)?(?:共计|合计|得分|共|计)?(?:为|:)?\s?{claimed}\s?分", case.flat)
    match = added or (added_up if extra.claimed is None else None) or told
    span = Span(match.start(), match.end()) if match is not None else extra.span
    message = f"加{claimed}分，超过报告所引加分上限{cap}分"
    yield case.finding("R33", span, message, item=extra.name, stated=str(claimed), recomputed=str(cap))


_CAPPED = pattern(r"(?:按|以|取)(?:加分)?(?:上限|最高限|封顶|限额)[^,。;]{0,6}[计加取]")


def _each_added(case: Case, extra: Extra) -> Decimal | None:
    """What the honours of a bonus without a sum of its own add one by one."""
    told = [n for m in _ONE_ADDED.finditer(case.text(extra.body)) if (n := read_decimal(m["n"])) is not None]
    return sum(told, Decimal(0)) if told else None


_ONE_ADDED = pattern(r"[)》号,、;][,]?\s?[加计]\s?(?P<n>\d(?:\.\d+)?)\s?分(?=[。;\n]|$)", re.MULTILINE)


_EACH = pattern(r"各[加计]\s?\d|[,、;][加计]\s?\d+(?:\.\d+)?\s?分")


_GIVEN = pattern(
    r"(?:被[^,。;]{0,20}(?:授予|评为|命名|表彰|确定为)|荣获|获评|荣膺|(?:授予|获得?)[^,。;]{0,30}(?:称号|奖|先进|表彰|荣誉|示范))"
)
# Titles of honour by themselves: 「2022年度全省教学管理先进集体等荣誉，充分体现了……」.
_TITLES = pattern(
    r"20\d\d\s?年度?[^,。;、《》]{2,24}(?:先进|优秀|标兵|示范|模范|文明)(?:单位|集体|称号|荣誉|奖|[市县区局校院馆])"
)
_ANOTHER_YEAR = pattern(r"(?P<of>20\d\d)\s?年")
_AS_BACKGROUND = pattern(
    r"曾|没有(?:加|计)分|不计|未计|不(?:再|重复|另)?[加计]分|未加分|未申请|上一?年度|未(?:在|作|列|申报)|不属于|不在|无关|背景|连续|蝉联|继续(?!发挥|做好|巩固)|保持|复[审核评]|届满|以来|起|不作为|已满|未参[评加]"
)
_AS_PROOF = pattern(r"体现|肯定|证明|说明|表明|反映|标志|成效|加\s?\d|计\s?\d")


def tells_of_an_award(sentence: str) -> bool:
    """Whether a sentence tells of an award: its year is then a matter of R33, not of R13."""
    return _GIVEN.search(sentence) is not None


def honours_of_another_year(case: Case) -> Iterator[Finding]:
    """An award of an earlier year, told as what this year's work achieved."""
    if not case.year or not case.found.year_stated:
        return
    extras = [extra.body for extra in case.found.extras]
    for sentence in case.found.sentences:
        text = case.text(sentence)
        if "20" not in text:
            continue
        years = _years_of_award(text)
        earlier = years - {case.year, case.year + 1}
        if not earlier or max(earlier) >= case.year or _AS_BACKGROUND.search(text) or _A_GRADE.search(text):
            continue
        if _GIVEN.search(text) is None and not (_TITLES.search(text) and _AS_PROOF.search(text)):
            continue
        told = {int(match["of"]) for match in _ANOTHER_YEAR.finditer(text)}
        if case.year + 1 in told or (case.year in told and _AS_PROOF.search(text) is None):
            continue
        if any(body.start <= sentence.start < body.end for body in extras):
            continue
        if case.chapter_key(sentence.start) in _NOT_THIS_YEARS:
            continue
        of = max(earlier)
        message = f"这是{of}年的荣誉，评价的是{case.year}年度，不能作为本年度的成效"
        yield case.finding("R33", sentence, message, stated=str(of), recomputed=str(case.year))


# The grade of an evaluation is no honour: 「2022年度整体支出绩效评价得分95.12分，被评为“良”」.
_A_GRADE = pattern(
    r"绩效(?:评价|自评|考评)[^。;]{0,40}(?:评为|评定为|确定为)[\"“]?(?:优秀?|良好?|中|差)[\"”]?(?:等[次级]|档次?)?(?=[,。;)]|$)"
)
_CLAUSES = pattern(r"[,;]")


def _years_of_award(text: str) -> set[int]:
    """The years in the clauses that tell of an award, else those told before it: what follows is what it is compared to."""
    told = [clause for clause in _CLAUSES.split(text) if _GIVEN.search(clause)]
    own = {int(match["of"]) for clause in told for match in _ANOTHER_YEAR.finditer(clause)}
    given = _GIVEN.search(text)
    return own or {int(match["of"]) for match in _ANOTHER_YEAR.finditer(text, 0, given.end() if given else len(text))}


_NOT_THIS_YEARS = ("基本情况", "存在问题", "相关建议", "问题与建议", "绩效目标")


def _without_number(case: Case, own: list[Award]) -> Iterator[Finding]:
    """An honour that names no document, beside others that do."""
    if any(award.number or award.title for award in own):
        for award in own:
            if (
                not award.number
                and not award.title
                and not award.name.endswith("的")  # what a rule counts
                and not _CERTIFIED.match(case.flat, award.span.start)
                and not _NOT_COUNTED.search(case.text(case.sentence(award.span.end)))
            ):
                message = f"“{award.name[:24]}”没有写表彰文件和文号，无法核实"
                yield case.finding("R33", award.span, message, severity=Severity.INFO)


_CERTIFIED = pattern(r"[^。;\n]{0,80}(?:证书|奖牌|文件)编?号")


def _without_paper(case: Case, extra: Extra, body: str) -> Iterator[Finding]:
    """A bonus for honours of which no paper, number, issuer's notice or attachment is named anywhere in its text."""
    if extra.claimed is None or _PAPER.search(body) or case.in_table(extra.span.start):
        return
    counted = [
        piece
        for piece in _PIECE.finditer(case.flat, extra.body.start, extra.body.end)
        if _WON_NOW.search(piece[0])
        and _COUNTS.search(piece[0])
        and not (_IN_RULES.search(piece[0]) and not _HAPPENED.search(piece[0]))
        and not _AS_BACKGROUND.search(piece[0])
    ]
    if counted:
        message = "加分的荣誉没有写表彰文件、文号和发文机关，无法核实"
        span = Span(counted[0].start(), counted[-1].end())
        yield case.finding("R33", span, message, severity=Severity.INFO, item=extra.name)


_PIECE = pattern(r"[^。;\n]+")
_IN_RULES, _HAPPENED = pattern(r"规定|办法|标准|规则|每[项个次]"), pattern(r"20\d\d\s?年|被")
_PAPER = pattern(
    r"[《〔]|(?<![称明锋])号|文件|通报(?!表[扬彰])|证书|奖牌|附件|佐证|印发|发文|http|(?:[厅委局府]|办公室)(?=[^。;,]{0,12}(?:表彰|授予|颁发|公布|命名))"
)
_WON_NOW = pattern(r"获|被|评为|授予|命名|入选|列为")
_COUNTS = pattern(r"[加计]\s?\d")
_NOT_COUNTED = pattern(r"不再?[加计]分|未[加计]分|[未不]计入|不属于?(?:评价|本)年度|评价年度以外|不在(?:评价|本)年")


def _wrong_year(case: Case, own: list[Award]) -> Iterator[Finding]:
    for award in own:
        named = award.year is not None and str(award.year) in award.name + award.title
        sentence = case.text(case.sentence(award.span.start))
        if award.year is None and _LAST_YEAR.search(sentence) and ADDED.search(sentence):
            message = f"这是上年度的荣誉，评价的是{case.year}年度"
            yield case.finding("R33", award.span, message, stated="上年度", recomputed=str(case.year))
        if _AS_BACKGROUND.search(sentence) or _of_this_year(case, sentence) or _prices_only(sentence):
            continue
        if award.year is not None and case.year and (award.year < case.year or (named and award.year != case.year)):
            yield case.finding(
                "R33",
                award.span,
                f"这是{award.year}年的荣誉，评价的是{case.year}年度",
                stated=str(award.year),
                recomputed=str(case.year),
            )


def _prices_only(sentence: str) -> bool:
    """Whether a sentence gives the prices of a rule and tells of no honour won: 「〔2023〕26号规定“省级表彰加0.6分、市级表彰加0.4分”」."""
    return (
        _IN_RULES.search(sentence) is not None and len(_TARIFF.findall(sentence)) > 0 and not _WON_NOW.search(sentence)
    )


def _of_this_year(case: Case, sentence: str) -> bool:
    """Whether an honour says that it is given for the evaluated year's work: 「2024年1月印发，对应2023年度」."""
    return any(int(match["of"]) == case.year for match in _FOR_YEAR.finditer(sentence))


_FOR_YEAR = pattern(r"(?:对应|表彰|表扬|针对|属于?|反映|奖励|考核)(?:的是)?(?P<of>20\d\d)\s?年")
_TITLED = pattern(
    r"关于[^《》。;]{0,12}?(?P<of>20\d\d)\s?年度?[^《》。;]{0,40}(?:先进|优秀|表彰|表扬|通报|奖)[^《》。;]{0,12}》"
)


def _of_another_year(case: Case, extra: Extra, own: list[Award]) -> Iterator[Finding]:
    """A document on an earlier year's honours, listed with its points and no word of winning: 「《关于2021年度先进单位的通报》……加1分」."""
    for match in _TITLED.finditer(case.flat, extra.body.start, extra.body.end):
        sentence = case.sentence(match.start())
        counted = ADDED.search(case.flat, match.end(), max(sentence.end, match.end()))
        read = any(sentence.start <= award.span.start < sentence.end for award in own if award.year is not None)
        if int(match["of"]) >= case.year or counted is None or read or _AS_BACKGROUND.search(case.text(sentence)):
            continue
        span = Span(match.start(), match.end())
        message = f"这是{match['of']}年的荣誉，评价的是{case.year}年度"
        yield case.finding("R33", span, message, stated=match["of"], recomputed=str(case.year))


def _earlier(case: Case, extra: Extra, own: list[Award]) -> Iterator[Finding]:
    """A sentence that counts what was won in earlier years only, in whatever words: 「2020年获全国义务教育基本均衡县，加3分」."""
    for sentence in case.found.sentences:
        if not extra.body.start <= sentence.start < extra.body.end:
            continue
        text = case.text(sentence)
        years = [int(y) for y in _ANY_YEAR.findall(text)]
        if not years or max(years) >= case.year or not _WON_WORDS.search(text) or not ADDED.search(text):
            continue
        read = any(sentence.start <= a.span.start < sentence.end and a.year is not None for a in own)
        if not (
            read
            or _prices_only(text)
            or _AS_BACKGROUND.search(text)
            or _NOT_COUNTED.search(text)
            or _TITLED.search(text)
        ):
            message = f"这是{max(years)}年的荣誉，评价的是{case.year}年度"
            yield case.finding("R33", sentence, message, stated=str(max(years)), recomputed=str(case.year))


_ANY_YEAR = pattern(r"(?<!\d)(20\d\d)(?=\s?年|〕)")
_WON_WORDS = pattern(r"获|评为|授予|命名|表彰|表扬|列为|入选")
_SOCIETY = pattern(r"[\u4e00-\u9fff]{1,12}(?:协会|学会|研究会|促进会|商会)[^。;《》]{0,40}?[加计]\s?\d")
_OF_AUTHORITIES = pattern(r"(?:党委|政府|部门|行政机关)[^。;]{0,14}(?:表彰|表扬|奖励|授予|通报|荣誉)")


def _by_a_society(case: Case, extra: Extra) -> Iterator[Finding]:
    """An honour of a society, counted although the quoted rule counts those of authorities."""
    body = case.text(extra.body)
    rule = _OF_AUTHORITIES.search(body)
    for match in _SOCIETY.finditer(body, rule.end()) if rule is not None else ():
        if not re.search(r"[不未][予能再]?[加计]|不属", match[0]):
            span = Span(extra.body.start + match.start(), extra.body.start + match.end())
            yield case.finding("R33", span, f"规则写“{rule[0] if rule else ''}”才加分，这里是社会团体颁发的")


def _same_paper(case: Case, extra: Extra) -> Iterator[Finding]:
    """A second honour that is said to stand in the same paper and is counted again."""
    for match in _OF_SAME_PAPER.finditer(case.flat, extra.body.start, extra.body.end):
        if ADDED.search(case.flat, extra.body.start, match.start()):
            span = Span(match.start(), match.end())
            yield case.finding("R33", span, "同一文件的表彰前面已经计过，一项荣誉只计一次", item=extra.name)


_OF_SAME_PAPER = pattern(
    r"同(?:一)?(?:份|个)?(?:文件|通报|决定|文号|发文|次表彰)(?:(?![不未只仅])[^。;,]){0,8}[)]?[,]?(?:又|再|另|也)?(?:加|计)\s?\d[\d.]*\s?分"
)
_SAME_MATTER = pattern(
    r"同一(?:事项|工作|荣誉|内容|表彰)[)]?[,;][^。;,]{0,6}?(?:[两二三]项|[23]项|各|均|合计|共)[^。;,]{0,6}?[加计]\s?\d[\d.]*\s?分"
)
_COUNTED_ONCE = pattern(r"(?:同一|同项|重复)[^。;]{0,24}(?:只|仅|最高)[^。;]{0,6}[计加]")


_BESIDE = 200  # characters between a rule and what it is held against


def one_matter_twice(case: Case) -> Iterator[Finding]:
    """R33: honours for one matter that are counted one by one, against the rule that is quoted beside them."""
    for match in _SAME_MATTER.finditer(case.flat) if "同一" in case.flat else ():
        if _COUNTED_ONCE.search(case.flat, max(0, match.start() - _BESIDE), match.start()):
            span = Span(case.sentence(match.start()).start, match.end())
            yield case.finding("R33", span, "规则写同一事项只计一次，这里几项都计了分")


_LAST_YEAR = pattern(r"(?<!连续)(?:上一?年度|去年)[^,。;]{0,12}(?:获|被|授予|评为)")
_FORWARDED = pattern(
    r"[^,。;]{0,12}转发[^,。;]{0,8}(?:上述|该|此|前述|同一|这[一份个])[^。;]{0,24}(?<!不)[加计]\s?\d[\d.]*\s?分?"
)


def _forwarded(case: Case, place: Span) -> Iterator[Finding]:
    """Points for a circular that only passes on an honour that was counted: 「市局转发该通报，加1分」."""
    for match in _FORWARDED.finditer(case.flat, place.start, place.end):
        yield case.finding("R33", Span(*match.span()), "转发的是同一项表彰，一项荣誉只计一次")


_AGAIN = pattern(
    r"同一(?:个|项)?(?:做法|案例|经验|事迹|典型|成果|作品|项目|活动|人|集体)(?![^。;]{0,40}(?:不再?|未再?|没有|只|仅|就高)[^。;]{0,6}[加计])"
    r"[^。;]{0,40}?(?:再|又|另|重复|再次)(?:行)?(?:各)?[加计]\s?\d[\d.]*\s?分"
)


def same_matter_again(case: Case) -> Iterator[Finding]:
    """R33: 「同一案例又入选市级汇编，再加1分」 behind what it was given points for already."""
    for match in _AGAIN.finditer(case.flat) if "同一" in case.flat else ():
        counted = any(extra.body.start <= match.start() < extra.body.end for extra in case.found.extras)
        if (counted or "加分" in case.text(case.paragraph(match.start()))) and not _FORWARDED.search(match[0]):
            yield case.finding("R33", Span(*match.span()), "同一事项前面已经加过分，一项荣誉只计一次")


_NUMBERED = pattern(r"(?P<no>[\u4e00-\u9fff]{1,8}[〔\[]20\d\d[〕\]]\d+号)[^。;]{0,4}[,)][加计]\d")


def _number_twice(case: Case, place: Span, body: str) -> Iterator[Finding]:
    """Two honours of one document, both counted."""
    seen: set[str] = set()
    for match in _NUMBERED.finditer(body):
        if match["no"] in seen:
            at = case.flat.rfind(match["no"])
            span = Span(at, at + len(match["no"])) if at >= place.start else place
            yield case.finding("R33", span, f"“{match['no']}”前面已经计过，一项荣誉只计一次")
        seen.add(match["no"])


def _twice(case: Case, own: list[Award]) -> Iterator[Finding]:
    seen: dict[str, Award] = {}
    for award in own:
        key = re.sub(r"\(.*?\)|\(.*$|[\s\"“”年度\d]|称号|荣誉|全[国省市县]|[省市县区]级?", "", award.name)
        before = seen.get(key) or next((o for o in seen.values() if award.number and o.number == award.number), None)
        if before is not None:
            yield case.finding("R33", award.span, f"“{award.name[:24]}”前面已经计过，一项荣誉只计一次")
        seen.setdefault(key, award)


def shared_honours(case: Case) -> Iterator[Finding]:
    """One honour that several departments of the same run count."""
    for award in case.found.awards:
        for peer in case.peers:
            if peer.department != case.found.department and any(
                award.number and award.number == other.number and other.name == award.name for other in peer.awards
            ):
                yield case.finding("R33", award.span, f"“{peer.department}”也用同一荣誉加分", severity=Severity.INFO)
                break
