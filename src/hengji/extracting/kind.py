"""The kind of a document, told first and with its reason: what is no self-evaluation is not read as one."""

import itertools
import re

from hengji.extracting.passages import Passage
from hengji.library.texts import load_page_words
from hengji.model.extraction import DocumentKind
from hengji.model.patterns import pattern

_HEAD = 14
_TITLE_AT_LEAST = 7  # characters: 「评分标准」 heads a column
_NOTICE = pattern(
    r"(?:关于|的)?(?:开展|做好|印发|组织|报送|布置|下达|批复).{0,60}(?:通知|方案|办法|函)$|的通[知报]$|通知$|关于反馈.{4,50}函$|(?:复核|审核|抽查)意见的函$|(?:管理办法|实施细则|实施方案|指标体系|评分标准|评分细则|工作规程|操作规程)(?:\((?:试行|暂行|修订|征求意见稿)\))?$"
)
_BUDGET = pattern(
    r"20\d\d年?度?.{0,30}(?:部门|单位)?预算(?:公开|说明|编制说明|情况说明|信息公开)?(?:及.{0,20})?$|部门预算公开|预算公开说明|预算编制说明"
)
_ACCOUNTS = pattern(r"(?:部门|单位)?决算(?:公开|情况)*(?:报告|说明|信息)?$|部门决算|单位决算|收入支出决算总表")
_OVERALL = pattern(
    r"(?:部门|单位|\(单位\)|预算部门|财政)?整体(?:预算|支出|财政支出)?(?:支出|资金)?.{0,8}(?:绩效)?(?:自评|评价|目标自评)|部门绩效自评|部门预算(?:执行|支出|资金)?(?:情况)?(?:的)?绩效(?:评价)?自评|预算绩效自评"
)
_PROJECT = pattern(
    r"项目(?:支出)?(?:资金)?(?:预算)?.{0,6}绩效(?:目标)?(?:自评|评价|完成情况)|专项资金.{0,10}(?:自评|评价)|转移支付.{0,20}(?:自评|绩效)|绩效目标自评表|民生工程.{0,14}(?:自评|评价)|项目自评"
)
_SELF = pattern(r"自评")
_GIVES = pattern(
    r"自评\s?\d{2,3}(?:\.\d+)?\s?分|自评(?:综合|总)?(?:得分|分|总分|分数)[^\d]{0,8}\d|自评(?:结论|结果|等级)|得分\s?\d|总分\s?\d|整改"
)
_ORDERS = pattern(
    r"请(?:各|你)|各(?:部门|单位|预算单位|股室|乡镇).{0,20}(?:应|要|须|请|于)|于\s?(?:20\d\d年)?\d{1,2}月\d{1,2}日前|特此通知|现(?:将|就).{0,40}(?:通知|事项)如下|联系人:|报送(?:至|我局|时间)"
)
_FILLED_IN = pattern(r"[_＿]{2,}\s*\d{1,9}(?:[.,]\d+)*\s*[_＿]+")  # 「得__4.5__分」
_BLANK = pattern(
    r"[Xx×＊*_＿（(…](?:(?<=[Xx×＊*])[Xx×＊*]+|(?<=_)_{2,}|(?<=＿)＿+|(?<=（)\s*）|(?<=\()\s{2,}\)|(?<=…)…+(?![…\s]*\d))"
)
# what whoever examines the report fills in: 「财政复核___分」
_OTHERS_BLANK = pattern(
    r"(?:复核|复评|复审|财政|主管|审核|核定|评审|抽查|上级)[^。;,\n\d]{0,8}(?:_{2,}|＿{2,}|[（(]\s*[)）]|[Xx×＊*]{2,})"
)
_THIRD = pattern(r"第三方(?:机构)?评价|重点(?:绩效)?评价(?:报告|结果)|财政评价|评价组|受.{0,20}委托")
# A line that is nothing but a title, wherever in the head of a page it stands: 「某局2023年度项目支出绩效自评报告(某某资金)」.
_TITLED = pattern(
    r"[^。;:]{0,44}(?P<what>(?:部门|单位)?整体支出|项目(?:支出|资金)?|专项资金)[^。;,:]{0,14}自评(?:情况|工作)?(?:报告|总结|表)书?"
    r"(?:\(.*|及.{1,10})?(?:\.\w{2,4})?"
)
# A form copied as one run of words: its title, its year, and the label of its first cell.
_FORM = pattern(
    r"(?:附件\d*:?)?(?P<what>部门整体支出|项目支出)绩效自评表(?:\(20\d\d年度?\))?(?:项目名称|部门\(?单位|部门名称|单位名称|主管部门)"
)
_FILLED = 8  # figures that a form has which somebody filled in


_ENTRUSTED = pattern(r"受[^。;]{2,24}委托|(?:作为|聘请|委托)[^。;]{0,16}第三方[^。;]{0,24}(?:对|开展)")
# A bureau that evaluates others tells how many: 「我局对12个县级部门2023年度整体支出开展了财政评价」.
_OF_MANY = pattern(
    r"对[^。;对]{0,24}?(?P<n>[2-9]|\d{2,3}|[二三四五六七八九十]+)(?:个|家)[^。;,]{0,10}(?:部门|单位)(?!(?:内|下属|所属))[^。;]{0,40}(?:开展|进行|实施|组织)[^。;自]{0,14}评价"
)
_OPENING = 600
_SHEETS = ("xlsx", "xls", "ods")
_MANY_ORDERS = 4  # places where others are told what to do: that is a notice
Told = tuple[DocumentKind, str]


def kind_of(passages: tuple[Passage, ...], file: str, form: str = "") -> Told:
    """The kind and why, in a sentence."""
    heads = ["".join(p.flat.split()) for p in passages[:_HEAD]]
    if form in _SHEETS and _titled(heads[1:]) is not None:
        heads = heads[1:]  # the first is the name of the sheet
    title = _title(heads)
    text = "\n".join(passage.flat for passage in passages)
    if not text.strip():
        return DocumentKind.OTHER, "没有读出文字"
    scored = bool(_GIVES.search(text)) or _scored_cells(passages)
    orders = len(_ORDERS.findall(text))
    told = (
        _refused(heads, title, text, orders, scored=scored)
        or _by_title(heads, title, text, file, orders, scored=scored)
        or _by_text(text, scored=scored)
    )
    return told or _by_page(passages, text, orders) or (DocumentKind.OTHER, "没有自评得分，也没有自评结论")


def _refused(heads: list[str], title: str, text: str, orders: int, *, scored: bool) -> Told | None:
    """What is no self-evaluation by its title or its blanks: notice, template, accounts, budget."""
    notice = next((head for head in heads[:4] if _TITLE_AT_LEAST <= len(head) <= 80 and _NOTICE.search(head)), "")
    own = re.search(
        r"(?:我|本)(?:局|办|委|院|中心|单位|部门|馆|校)[^。]{0,60}(?:自评|得分)[^。]{0,20}\d+(?:\.\d+)?分", text
    )
    if (
        notice
        and own is None
        and (orders or re.search(r"(?:通知|通报|意见的函|办法|方案|细则|标准|规程)(?:\(.{2,6}\))?$", notice))
    ):
        return DocumentKind.OTHER, f"标题“{_short(notice)}”是通知、通报、办法或方案"
    blanks = len(_BLANK.findall(_without_spare_rows(_FILLED_IN.sub("", _OTHERS_BLANK.sub("", text)))))
    if _template(text, blanks, scored=scored):
        return DocumentKind.OTHER, f"有{blanks}处待填的空白，是没有填写的模板"
    evaluation = bool(_SELF.search(title)) or (bool(re.search("绩效评价|绩效报告", title)) and scored)
    if not evaluation:
        if _ACCOUNTS.search(title) or (not _SELF.search(title) and len(re.findall("决算", text)) > 15):
            titled = f"标题“{_short(title)}”或" if title else ""
            return DocumentKind.ACCOUNTS, f"{titled}正文是部门决算"
        if _BUDGET.search(title) or (len(re.findall("预算", text)) > 20 and not scored):
            return DocumentKind.OTHER, "是预算公开材料，不是自评"
    return None


def _by_title(heads: list[str], title: str, text: str, file: str, orders: int, *, scored: bool) -> Told | None:
    joined = "".join(heads) + file
    opening = text[:_OPENING]
    others = _ENTRUSTED.search(opening) or _OF_MANY.search(opening)
    if not _SELF.search(title) and (_THIRD.search(title) or others):
        return DocumentKind.OTHER, "是第三方或财政部门的评价，不是自评"
    if _PROJECT.search(title) and not re.search(r"整体", title):
        return DocumentKind.PROJECT, f"标题“{_short(title)}”是项目自评"
    if _OVERALL.search(title) or (_OVERALL.search(joined) and scored):
        if orders >= _MANY_ORDERS and not scored:
            return DocumentKind.OTHER, "正文是布置工作，没有自评结果"
        said = f"标题“{_short(title)}”" if title else "开头写明"
        return DocumentKind.OVERALL, f"{said}是部门整体支出绩效自评"
    named = _titled(heads)
    if named is not None and orders < _MANY_ORDERS:
        whole = "整体" in named[0]
        what = "部门整体支出绩效自评" if whole else "项目自评"
        return DocumentKind.OVERALL if whole else DocumentKind.PROJECT, f"标题“{_short(named[0])}”是{what}"
    if _THIRD.search(title):
        return DocumentKind.OTHER, "是第三方或财政部门的评价，不是自评"
    if _PROJECT.search(joined) and scored and not re.search("整体支出", text[:600]):
        return DocumentKind.PROJECT, "开头写明是项目绩效自评"
    return None


def _titled(heads: list[str]) -> re.Match[str] | None:
    """The first line, or two lines together, that is a self-evaluation's title and nothing else, or the beginning of its form."""
    lines = [head for head in heads if head]
    pairs = [first + second for first, second in itertools.pairwise(lines)]
    titled = next((found for line in (*lines, *pairs) if (found := _TITLED.fullmatch(line)) is not None), None)
    form = _FORM.match("".join(lines))
    if titled is None and form is not None and len(re.findall(r"\d+", "".join(lines))) >= _FILLED:
        return form
    return titled


def _by_text(text: str, *, scored: bool) -> Told | None:
    if scored and re.search(r"部门整体|整体支出", text):
        return DocumentKind.OVERALL, "正文写部门整体支出并给出自评得分"
    if scored and re.search(r"项目", text) and _SELF.search(text):
        return DocumentKind.PROJECT, "正文写项目并给出自评得分"
    if scored and _SELF.search(text):
        return DocumentKind.OVERALL, "正文给出自评得分"
    if len(re.findall("决算", text)) > 8:
        return DocumentKind.ACCOUNTS, "正文是部门决算"
    return None


_PAGE = 40  # passages in which a page's own lines may stand before the title
_NUMBER_OFF = pattern(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])")
# A line that is a self-evaluation's title and nothing else, whatever it evaluates.
_ANY_TITLE = pattern(
    r"(?:附件\d*:?)?(?![一二三四五六七八九十]+、|\(|\d+[.、])(?P<what>[^。;:]{2,60}?)(?:绩效)?(?:目标)?(?:评价)?自评价?(?:工作)?(?:的?(?:情况|结果))?(?:的)?(?:总结)?(?:报告|总结|表|情况)书?"
    r"(?:\(.*|及.{1,10})?(?:\.\w{2,4})?"
)
# The same of a form that was copied as one run of words.
_ANY_FORM = pattern(
    r"(?:附件\d*:?)?(?P<what>[^。;:]{4,50}?)自评表(?:\(20\d\d年度?\))?(?=项目名称|部门\(?单位|部门名称|单位名称|填报单位|主管部门)"
)
# What some places call the same: 「部门预算支出绩效报告」.
_EXPENDITURE = pattern(r"(?P<what>[^。;:]{2,40}20\d\d年?度?部门预算(?:支出)?绩效)(?:评价)?报告")
_OF_A_YEAR = pattern(r"20\d\d年")
_EVALUATED = pattern(r"20\d\d|资金|补助|补贴|经费|项目|工程|转移支付|整体|部门预算")


def _by_page(passages: tuple[Passage, ...], text: str, orders: int) -> Told | None:
    """A self-evaluation without a score, as pages print those of projects and grants: by a title, its opening or its chapters."""
    if orders >= _MANY_ORDERS or _ENTRUSTED.search(text[:_OPENING]):
        return None
    lines = [_titled_cell(re.sub(r"\s", "", passage.flat)) for passage in passages[:_PAGE]]
    pairs = [first + second for first, second in itertools.pairwise(lines) if not _NUMBER_OFF.match(second)]
    for line in (*lines, *pairs):
        titled = _ANY_TITLE.fullmatch(line) if "自评" in line and len(line) <= _TITLE_AT_MOST else None
        titled = titled or _ANY_FORM.match(line) or _EXPENDITURE.fullmatch(line)
        if titled is not None and _EVALUATED.search(titled["what"]):
            return _of_all_or_one(titled[0], f"标题“{_short(titled[0])}”是")
        if _ACCOUNTS.search(line) and _OF_A_YEAR.search(line) and "自评" not in line and len(line) <= _TITLE_AT_MOST:
            return DocumentKind.ACCOUNTS, f"标题“{_short(line)}”是部门决算"
    words = load_page_words()
    opened = words.opens.search(text[:_OPENED])
    if opened is not None:
        return _of_all_or_one(text[: opened.end()], "开头写明以下是自评情况，")
    signed = next((p.flat for p in passages if words.project.match(_NUMBER_OFF.sub("", re.sub(r"\s", "", p.flat)))), "")
    if signed:
        return DocumentKind.PROJECT, f"“{_short(signed.strip())}”是项目自评才有的内容"
    return None


_TITLE_AT_MOST = 90
_OPENED = 900  # characters in which a self-evaluation says that it is one


def _of_all_or_one(told: str, why: str) -> Told:
    """Of the whole department or of a project, by the words that tell it."""
    if re.search(r"整体|部门预算(?:执行|支出|资金)?(?:情况)?(?:的)?绩效", told):
        return DocumentKind.OVERALL, f"{why}部门整体支出绩效自评"
    return DocumentKind.PROJECT, f"{why}项目自评"


def _titled_cell(line: str) -> str:
    """What stands behind 「标题：」 in a page's own table; a line without such a cell as it is."""
    match = re.match(rf"(?:{load_page_words().titles.pattern}):?\|?(?P<title>[^|]+)", line)
    return match["title"] if match is not None else line.strip("|")


def _title(heads: list[str]) -> str:
    """The document's title: the first lines up to a chapter or a label, those that name the matter."""
    kept: list[str] = []
    for head in heads:
        if (
            re.match(
                r"[一二三1]、|1\.|发布(?:时间|日期)|来源[:：]|.{0,8}(?:负责人|填报人|联系电话|日期)[:：]|第一部分|\(一\)|目录|(?:部门|单位|填报|项目)(?:\(单位\))?名称|填报单位|预算(?:部门|单位)",
                head,
            )
            or len(head) > 90
        ):
            break
        if head and not re.fullmatch(r"附件\d*[:]?|\(?\d{4}年?度?\)?|表\d+", head):
            kept.append(head)
    return "".join(kept[:5])


def _short(title: str) -> str:
    """A title as a reason quotes it: what stands behind 「报告」, glued to it by the layout, is none of it."""
    own = _REPORT_ENDS.match(title)
    shown = own[0] if own is not None else title
    return shown if len(shown) <= 40 else shown[:40] + "…"


_REPORT_ENDS = pattern(r".{6,}?自评(?:报告|情况|表)(?:\([^()]{2,16}\))?(?!书|及|和|的|[:：])")


def _scored_cells(passages: tuple[Passage, ...]) -> bool:
    words = {re.sub(r"\s", "", p.flat) for p in passages if len(p.flat) < 16}
    has_score = any(re.search(r"得分|自评分", word) for word in words)
    return (
        has_score
        and any(re.search(r"分值|权重|满分|总分", word) for word in words)
        and any(re.fullmatch(r"\d{1,3}(\.\d+)?", word) for word in words)
    )


_BLANKS = 5


def _without_spare_rows(text: str) -> str:
    """The text without the dots of rows that a form keeps for further indicators, where its other rows are filled in."""
    spare = _SPARE.findall(text)
    row = _ROW_OF_NUMBERS - 1 if _TOTAL_TOLD.search(text) else _ROW_OF_NUMBERS  # a goal in words is none
    return _SPARE.sub("", text) if len(_NUMBER_CELL.findall(text)) > row * len(spare) else text


# 「指标2」 and 「……」 below the indicators that were needed, in a line or a cell of their own
_SPARE = pattern(r"(?:^|(?<=[\t|]))\s?…{1,4}\s?(?=$|[\t|])", re.MULTILINE)
_NUMBER_CELL = pattern(r"(?:^|(?<=[\t|]))\s?[≥≤=]?\d+(?:\.\d+)?%?\s?(?=$|[\t|])", re.MULTILINE)
_TOTAL_TOLD = pattern(r"(?:得分|总分|评分)[^\d。;\n]{0,6}\d{2,3}(?:\.\d+)?\s?分")
_ROW_OF_NUMBERS = 3  # numbers of a row that is filled in: its target, its result, its score


def _template(text: str, blanks: int, *, scored: bool) -> bool:
    if blanks < _BLANKS:
        return False
    figures = len(re.findall(r"\d+(?:\.\d+)?\s?(?:万元|元|人|个|处|座|户|亩|公里|km)", text))
    told = _TOTAL_TOLD.search(text) is not None
    if not told and blanks > figures:
        return True  # no total is claimed: the numbers that look like scores are the form's points
    return blanks >= 6 and blanks > figures and (not scored or blanks > 3 * figures)
