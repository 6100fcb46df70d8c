"""R39 beyond plain numbers: named persons with their illness, home, age or money; numbers spaced, spelt out or of other cards."""

import re
from collections.abc import Iterator
from functools import cache

from hengji.auditing.case import Case
from hengji.auditing.text.language import personal_data
from hengji.extracting.tables.grid import Grid
from hengji.library.privacy import load_private_words
from hengji.library.texts import load_person_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_GAP = r"[ \-－—·.]?"
_MOBILE = pattern(
    r"(?<![A-Za-z\d.])(?:\+?86"
    + _GAP
    + r")?1[ \-－—·]?[3-9](?:[ \-－—·]?\d){9}(?![\d%]|\.\d|[ \-－—·]\d|\s?(?:元|万|亿))"
)
_SPELT = pattern(r"[一幺][三四五六七八九][〇零○一幺二三四五六七八九]{9}(?![〇零○一幺二三四五六七八九十百千])")
_ID = pattern(
    r"(?<!\d)[1-9]\d{5}[ \-－—]?(?:19|20)\d{2}[ \-－—]?(?:0[1-9]|1[0-2])[ \-－—]?(?:[0-2]\d|3[01])[ \-－—]?\d{3}[\dXx](?!\d)"
)
_CARD = pattern(
    r"(?:银行|信用社|农商行|农信社|社保|工资|储蓄|一卡通|存折|卡|账户|户头)[^,。;\d]{0,10}?(?P<n>6[0-9](?:\s?\d){14,17})(?!\d)"
)
_LAND = pattern(
    r"(?:电话|座机|传真|号码|联系)[^,。;\d]{0,8}(?P<n>\(?0\d{2,3}\)?[ \-－—]{0,2}\d{3,4}[ \-－—]?\d{3,5})(?!\d)"
)
_OTHERS = pattern(
    r"(?:残疾人?证|社保(?:卡|号)?|医保(?:卡|号)?|护照|军官证|士兵证|驾驶证|学籍|病历|住院|身份证|低保证|港澳通行证|户口簿?)(?:件|编|证)?号?码?[:为是]?\s?(?P<n>[A-Z]{0,2}\d{6,20}[XxB]?\d{0,2})(?!\d)"
)
_MAIL = pattern(
    r"[A-Za-z0-9][\w.+-]*@(?:qq|163|126|139|189|sina|sohu|gmail|hotmail|outlook|foxmail)\.[a-z.]+", re.ASCII
)
_CHAT = pattern(r"(?:微信|QQ)号?(?:码|为|是|:)?\s?[A-Za-z_]?[\w-]{5,19}", re.ASCII)
_NUMBERED = pattern(
    r"(?:代码|编号|许可证号?|单号|凭证号?|合同号?|备案号?|案号|流水号|批号|卡片号|户号|发票)[^,。;\d]{0,6}$"
)
_LINE_FOR_ALL = pattern(r"(?:监督|投诉|服务|公示|便民|救助|值班|咨询|报修|举报)(?:举报|服务)?(?:电话|热线)|热线")


def other_numbers(case: Case) -> Iterator[Finding]:
    """Numbers of persons in writings that plain digits do not show: spaced, spelt out, of cards and papers, addresses of mail."""
    text = case.flat
    told = [Span(f.start or 0, f.end or 0) for f in personal_data(case)]
    forms = (
        (_ID, "证件号码不应出现在公开的报告里"),
        (_OTHERS, "证件号码不应出现在公开的报告里"),
        (_CARD, "银行账号不应出现在公开的报告里"),
        (_MOBILE, "联系电话不宜出现在公开的报告里，公开稿请遮盖"),
        (_SPELT, "联系电话不宜出现在公开的报告里，公开稿请遮盖"),
        (_LAND, "联系电话不宜出现在公开的报告里，公开稿请遮盖"),
        (_MAIL, "个人邮箱不宜出现在公开的报告里，公开稿请遮盖"),
        (_CHAT, "个人账号不宜出现在公开的报告里，公开稿请遮盖"),
    )
    for form, message in forms:
        for match in form.finditer(text):
            start, end = match.span("n") if "n" in form.groupindex else match.span()
            before = text[max(0, start - 32) : start]
            if any(s.start < end and start < s.end for s in told) or (case.in_table(start) and form is _MOBILE):
                continue
            if _NUMBERED.search(before) or (form is _LAND and (_LINE_FOR_ALL.search(before) or "00000" in match["n"])):
                continue
            told.append(Span(start, end))
            yield case.finding("R39", told[-1], message)


def _name() -> str:
    """The head of a form that a person's name fits: a surname that begins no other word, and one or two characters."""
    words = load_person_words()
    surname = "|".join(sorted(words.surnames, key=len, reverse=True))
    return rf"(?!{'|'.join(map(re.escape, words.words))})(?:{surname})"


@cache
def _at_home() -> re.Pattern[str]:
    """A name right behind its home or class: 「河西村三组18号的退休教师陈阿妹，」, 「大三班李小禾（」."""
    roles = "退休|孤寡|残疾|独居|贫困|困难|脱贫|低保|特困|返乡|教师|老师|职工|工人|干部|老人|村民|群众|居民|住户|农户|学生|幼儿|妇女|老党员|军人|户|员"
    place = rf"(?:{load_private_words().home.pattern})(?:号|户|室)?(?:的|{roles})+"
    grade = r"(?:[大中小][一二三四]班|[一二三四五六七八九]年级(?:\(?[一二三四五六七八九\d]\)?班)?(?:学生|的)?)"
    return re.compile(
        rf"(?:{place}|{grade})(?P<n>{_name()}[\u4e00-\u9fff]{{1,2}})(?=[,。;、(被家更换领反申因获]|本人|全家|安装)"
    )


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A client's name right behind or right before the word for it; and any person whose state of health is told."""
    private, head = load_private_words(), _name()
    name = rf"(?P<n>{head}[\u4e00-\u9fff]{{1,2}}?)"
    end, further = r"[,。、;:(\s\d]|家住|住|因|患(?!者)|$", r"[的领获被家等反申和及在已于一两三今现就]"
    client_name = rf"(?P<n>{head}[\u4e00-\u9fff]{{1,2}}?(?={end})|{head}[\u4e00-\u9fff]{{2}}(?={further}))"
    client = rf"(?:{private.clients.pattern})(?:代表|家属|本人|为|是|系|有|:|\(|\s){{0,2}}{client_name}"
    person = rf"(?:^|[,。;:、由])(?:[\u4e00-\u9fff]{{0,4}}(?:经办人|股长|科长|职工|干部|人员|会计|出纳|同志|员|长|师|工))?{name}(?=同志|因|患(?!者)|确诊|住院|被诊)"
    return re.compile(client), re.compile(person)


def private_matters(case: Case) -> Iterator[Finding]:
    """R39: 「信访人卢桂芳，家住……」, 「困难户李秀兰减免水费180元」, 「经办人刘建明患肝病住院」, and tables of names with such columns."""
    words = load_private_words()
    for sentence, text in case.running_with(words.health, words.clients):
        health = words.health.search(text)
        if not (words.clients.search(text) or health):
            continue
        for form in _named():
            for match in form.finditer(text):
                if _NO_NAME.search(match["n"]) or text.startswith("某", match.start("n") + 1):
                    continue
                told = health or (
                    form is _named()[0]
                    and any(f.search(text) for f in (words.home, words.young, words.paid, _OWN_NUMBER))
                )
                if told:
                    span = Span(sentence.start + match.start("n"), sentence.start + match.end("n"))
                    yield case.finding("R39", span, "这里写了个人的姓名和健康、住址、年龄或领款情况，公开稿请遮盖")
                    break
            else:
                continue
            break
        else:
            home = _LIVES.search(text)
            if home is not None and words.home.search(home[0]):
                span = Span(sentence.start + home.start("n"), sentence.start + home.end("n"))
                yield case.finding("R39", span, "这里写了个人的姓名和住址，公开稿请遮盖")
    yield from _residents(case)
    for grid in case.grids:
        yield from _in_columns(case, grid)


def _residents(case: Case) -> Iterator[Finding]:
    """Names behind a home, or behind a class where somebody's state of health or home is told in the sentence."""
    words = load_private_words()
    for sentence, text in case.running_with(words.home, words.health):
        for match in _at_home().finditer(text):
            if not _NO_NAME.search(match["n"]):
                span = Span(sentence.start + match.start("n"), sentence.start + match.end("n"))
                yield case.finding("R39", span, "这里写了个人的姓名和住址、健康或年龄情况，公开稿请遮盖")
                break


_OWN_NUMBER = pattern(r"(?:身份证|银行卡|社保卡|手机|电话|账号)[^,。;]{0,4}(?:号|尾号|后四位)")  # of the person named
_NO_NAME = pattern(r"[某*×Xx县市区镇乡村局股科室办费款元人户数名的和与及等均共血病症管理工作服]|家庭|成员|名单|满意")
_LIVES = pattern(r"(?:家住|住在|住址为?|现住)[^,。;]{2,24}?\d[^,。;]{0,6}的(?P<n>[\u4e00-\u9fff]{2,3})(?=[,。;])")
_HAN = pattern(r"[\u4e00-\u9fff]{2,4}")


def _in_columns(case: Case, grid: Grid) -> Iterator[Finding]:
    """A table of persons: a column of names and one of what is private."""
    words, persons = load_private_words(), load_person_words()
    head = grid.row(0)
    names = next((c for c, text in enumerate(head) if words.named_columns.search(text)), None)
    private = [c for c, text in enumerate(head) if c != names and words.private_columns.search(text)]
    if names is None or not private:
        return
    cells = [
        (row, text)
        for row in range(1, grid.rows)
        if _HAN.fullmatch(text := grid.text(row, names))
        and text.startswith(persons.surnames)
        and not text.startswith(persons.words)
        and not _NO_NAME.search(text)
    ]
    filled = [row for row, _ in cells if any(grid.text(row, c) and "*" not in grid.text(row, c) for c in private)]
    if filled:
        heads = "、".join(head[c] for c in private)
        message = f"表里列了个人姓名和“{heads}”，共{len(filled)}人，公开稿请遮盖"
        yield case.finding("R39", grid.span(filled[0], names), message)
