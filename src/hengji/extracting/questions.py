"""Reports as questions and answers: each question is a heading, of an indicator or of a chapter."""

from hengji.extracting.leaves.leaf_names import bare_words, is_name, leaf_name
from hengji.extracting.leaves.told_leaves import inline_leaves
from hengji.extracting.wording import chapter_key
from hengji.model.patterns import pattern

_QUESTION = pattern(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)、.．]\s?)?(?:问题(?=[^?]*[?]\s*$)|提?问|Q)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[:.、](?P<words>[^。]{2,80}?)[?。]?\s*"
)
_ASKS = pattern(
    r"[,]?\s?(?:请(?:说明|介绍|简述|问)|什么(?:样)?|哪些|怎么?样?|如何|多少|有无|是否|为何|为什么|理由是|依据是|[吗呢的有是]|贵[局委办单位部门]{1,2}|[你我本](?:单位|部门|局)|本年度?|今年|20\d\d年度?)"
)
_OF_A_SCORE = pattern(
    r"(?P<name>[^,。;:(]{2,24}?)(?:(?:这一?项|一项|该项|指标)+)?(?:自评|打|得|评|计|扣|怎么|如何|应|能)+了?(?:多少|几|怎么|如何)?(?:分|打分|得分|计分|评分)"
)
_OF_THE_WHOLE = pattern(r"总分|总得分|总评|结论|等[次级]|最终得分")


def question(text: str) -> str | None:
    """The title that a question is as a heading: the indicator's name, else the chapter's words; None where the line asks nothing."""
    match = _QUESTION.fullmatch(text) if "问" in text or "Q" in text else None
    if match is None:
        return None
    leaf = next(iter(inline_leaves(text)), None)
    if leaf is not None and leaf.direct:
        return leaf.name
    words = match["words"]
    if _OF_THE_WHOLE.search(words):
        return "自评结论"
    title = _ASKS.sub("", words)
    if chapter_key(title):
        return title
    scored = _OF_A_SCORE.match(bare_words(words))
    name = leaf_name(scored["name"]) if scored is not None else ""
    return name if is_name(name) else title.strip(" ,") or words
