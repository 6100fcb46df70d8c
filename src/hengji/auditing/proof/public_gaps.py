"""R36: budgets or accounts made public in part: a table, a unit or a year that was left out, told where nothing is lost for it."""

from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.problems.zones import problem_zones
from hengji.auditing.proof.public_scope import not_public
from hengji.library.publicity import load_publicity
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_WHAT = r"(?:预算|决算|三公[\"”]?(?:经费)?|[报附总]?表|说明|报告|目标|情况|内容|附件|数据|[站所队馆院校园场]|中心|单位|大队|学校|医院|一家)"
_NO = r"(?<!没有)(?<!无)(?<!未)(?<!不)(?<!避免)(?<!防止)(?<!杜绝)(?<!有无)"
# 「“三公”表没有上传」, 「救助管理站的决算则漏了」, 「其中绩效目标表漏传」
_LEFT_OUT = pattern(
    rf"{_WHAT}[\"”)]?(?:[^,。;:\t\n]{{0,8}}?)(?:则|却|就|也|仍|还|被|尚|暂)?"
    rf"(?:{_NO}(?:漏了|漏掉|漏[传挂发报]|遗漏|缺失|缺了|空缺|落下了)|(?:没有?|未能?|尚未|忘了?|忘记)(?:能|及时|随同|一并|一起|同步|再|按时)?(?:上传|上网|挂网|挂[出上]?|公开|公布|公示|发布|传上去)|未见(?:公开|公布|上网)?|(?:一直|至今|仍|也|还)?查不到|找不到)"
    r"(?=[,。;)\t\n]|了|,|$)"
)
# 「其余7张因栏目空间不足未传」
_THE_REST = pattern(
    r"(?:其余|其他|另外?|余下|剩下)(?:的)?\s?[\d一两二三四五六七八九十]{0,3}\s?(?:张|份|个表|家|项|类)[^,。;\t\n]{0,16}?(?:没有?|未能?|尚未|暂未|还没)(?:能)?(?:传|上传|上网|挂|公开|公布|发布|公示|晒)(?:[网出上])?(?=[,。;)\t\n]|$)"
)
# 「公开页面只挂了收支总表」
_ONLY = pattern(
    r"(?:只|仅)(?:挂|公开|公布|上传|发布|晒|放|贴|公示)(?:了|出|上)?(?!于|在|到|至)[^,。;\t\n]{0,16}?(?:表|总数|总额|部分|本级|封面|一张|[一二两三四五六七八九\d]+张|[一二两三四五六七八九\d]+家)(?=[,。;)\t\n]|$)"
)
# 「公开表缺少“三公”经费说明」
_LACKS = pattern(
    r"公开(?:的)?(?:表格?|内容|页面|文本|报告|专栏|材料|信息)?(?:里|中|上)?(?:却|还|仍)?(?:缺少?|少了|未含|不含|未包括|不包括|漏列)[^,。;\t\n]{0,14}(?:表|说明|情况|数据|部分|经费)"
)
_FORMS = (_LEFT_OUT, _THE_REST, _ONLY, _LACKS)
_LOST = pattern(r"扣\s?\d|扣[了去]?[一二两三半]|失分|减\s?\d|不得分|得0分")
_PUT_RIGHT = pattern(
    r"已(?:于|经|全部|在)?[^,。;]{0,14}(?:补传|补公开|补挂|补发|补上|重新公开|补齐)|(?:无|没有|不存在)[^,。;]{0,8}(?:收支|预算|支出|内容|数据|事项),|并入|合并公开|统一公开|空表|为零|上年|前年|以前年度"
)
_ABOUT = pattern(r"公开|公示|上网|挂网|网站|上传|挂")
_AIM = pattern(r"应当?|须|要求|规定|如有|若|凡|每[项个有]|标准|计划|拟|将|下一步|今后|确保|建议")


@once
def public_in_part(case: Case) -> tuple[Finding, ...]:
    """Each place that says so, of leaves with all their points and of other text."""
    return tuple(_in_part(case))


def _in_part(case: Case) -> Iterator[Finding]:
    known = [Span(f.start or 0, f.end or 0) for f in not_public(case)]
    for item in case.found.items:
        if item.table and "公开" in item.name and item.claimed and item.claimed == item.points:
            told = f"{item.actual};{item.remark}"
            match = _told(told)
            if match:
                yield _finding(case, item.quote, match, item)
    zones = problem_zones(case)
    for sentence, text in case.running_with(_ABOUT):
        if not (_ABOUT.search(text) and any(form.search(text) for form in _FORMS)):
            continue
        if any(z.start <= sentence.start < z.end for z in zones) or case.chapter_key(sentence.start) in _NOT_TOLD:
            continue
        leaf = case.item_at(sentence.start)
        if leaf is not None and (leaf.claimed is None or (leaf.points is not None and leaf.claimed < leaf.points)):
            continue
        if not (_budgets(text) or (leaf is not None and "公开" in leaf.name)):
            continue
        match = _told(text)
        if match and not any(k.start <= sentence.start < k.end for k in known):
            at = case.flat.find(match, sentence.start)
            span = Span(at, at + len(match)) if 0 <= at < sentence.end else sentence
            yield _finding(case, span, match, leaf)


_NOT_TOLD = ("存在问题", "相关建议", "问题与建议", "绩效目标", "应用公开")


def _budgets(text: str) -> bool:
    words = load_publicity()
    return words.matters.search(text) is not None and words.others.search(text) is None


def _told(text: str) -> str:
    """The words that say that something was left out; nothing where that is right, put right or paid for."""
    words = load_publicity()
    if words.exempt.search(text) or _LOST.search(text) or _PUT_RIGHT.search(text):
        return ""
    for form in _FORMS:
        for match in form.finditer(text):
            if not _AIM.search(text, max(0, match.start() - _LEAD), match.start()):
                return match[0]
    return ""


_LEAD = 12


def _finding(case: Case, span: Span, words: str, item: ScoredItem | None) -> Finding:
    message = f"写“{words.strip()[:30]}”，应公开的内容没有全部公开"
    return case.finding("R36", span, message, item=item.name if item is not None else "")
