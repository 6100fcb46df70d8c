"""Which numbers of points belong to a rule (每少1个百分点扣0.5分, 达到95%以上的得5分) and so claim nothing."""

import re

from hengji.extracting.leaves.leaf_names import bare_words, is_name
from hengji.extracting.leaves.score_marks import Mark, Role
from hengji.model.patterns import pattern

_LOOK_BACK = 18  # characters: the longest label
_CLAUSES = pattern(r"[,。;:、(]")
_EVERY = pattern(r"每(?!年|月|日|周|季|半年|项工作|个季度)[^,。;]*$")
_MAY = pattern(
    r"(?:可|(?<![响供反效适对相])应|(?<![规细准原])则|最高|最多|最低|至少|不超过|否则|酌情|视情|分别)(?:自评)?$"
)
# A score that is given by judgement: 「居家养老服务，10分，酌情打9分」.
_GIVEN = pattern(r"(?:^|[,(、:])\s?(?:分值|满分|权重)?\s?\d{1,2}(?:\.\d)?\s?分[,)]\s?(?:酌情|视情)(?:自评)?$")
_IF = pattern(
    r"(?:的|(?<![读患学作记伤笔])(?<!劳动|消费|志愿|经营|使用|从业|受益|献血|就业|管理|旅游|爱好|参与|照护|致富|建设|创业)者|(?<![评课及按准限实小工学机用耗])时|以上|以下|以内|之间|(?:≥|≤|>|<)\s?\d+(?:\.\d+)?%?)[,:]?\s?$"
)
_SURPASSED = pattern(
    r"(?:完成|实现|达到|提高)(?:了)?[^,。;]*以上,?$|[均都](?:控制)?在[^,。;]*(?:以内|之间),$|\d[^,。;]*,在[^,。;]*(?:以内|之间),$"
    # 「实际142.50万元，控制在150.00万元以内，得8分」
    r"|(?:实际|实绩|实支|支出|完成|决算|发生|现有)[^。;]*\d[^。;]*,(?:总体|基本|成功|已|仍)?(?:控制|保持|稳定|维持|压缩|压减|压降|降低?|提升)[在到至][^,。;]*(?:以内|以下|以上|之间),$"
)
_THEN_RULE = pattern(
    r"[,;、(]?\s?(?:每(?!年|月)|否则|不足|低于|少于|未(?!扣|失|被|予)|逾期|缺|不达|超过|达不到|其他|其余情况|扣完)"
)
_RULE_TITLE = pattern(
    r"(?:评分|计分|考核|评价|打分|赋分|得分|扣分)(?:标准|规则|办法|细则|方法|口径|公式)(?:规定|要求|明确)?(?:为|是|:)[^。]*$"
)
_RULE_OVER = pattern(
    r"(?:不得分|不计分|得0分|扣完为止|不扣分|满分|得\d{1,2}(?:\.\d+)?分|按[^,。;\d]{0,8}比例[^,。;\d]{0,4}分)[,;]$"
)  # what follows is the score: 「80%以下不得分，得5分」
_TAKES_OFF = pattern(r"扣|不得分|不计分|得0分|按比例|递减|得\s?\d")
_BREAKS = pattern(
    r"(?:因此|因而|所以|(?<=[,;)\s])实际|对照|据此|(?<![事变缘典无])故|综上|我局|我单位|本年|经自评|经自查)[^。;]*$"
)


_AT_WILL = pattern(r"\d\s?分\)?[,;]\s?(?:本项|我[局委办院校中镇乡街])?(?:酌情|视情)(?:自评)?$")  # 「10分，酌情打9分」
_QUOTED = pattern(r'"[^"]*"')
_KEPT = pattern(r"(?:没有|未|全|不|得|拿)")


def _is_leafs(text: str, sentence: str, mark: Mark) -> bool:
    """Whether a leaf's name stands in front of a number as its owner: 「甲的5分没有失分」."""
    named = (
        mark.role in (Role.BARE, Role.PAIR) and sentence.endswith("的") and is_name(bare_words(sentence).strip(" ,的"))
    )
    return named and (mark.role is Role.PAIR or _KEPT.match(text, mark.end) is not None)


_QUOTED_RULE = pattern(r"每|不足|低于|高于|超过|以[上下内]|为止|四舍五入")


def _is_quoted(text: str, mark: Mark) -> bool:
    """Whether a mark stands inside a rule that is quoted word by word: 「按“每低1个百分点（不足按1个计）扣0.1分”扣0.2分」."""
    opened, closed = text.rfind('"', 0, mark.start), text.find('"', mark.end)
    if opened < 0 or closed < 0 or text.count('"', 0, mark.start) % 2 == 0:
        return False
    return _QUOTED_RULE.search(text, opened, closed) is not None


# A formula that ends a rule, behind which its result stands: 「评分办法为：执行率×分值，计7.76分」.
_FORMULA = pattern(
    r"[:为][^,;:]{0,24}(?:率|比|比例|系数|÷[^,;:]{1,16})\s?[×x*]\s?(?:该项|本项|指标)?(?:分值|满分|权重分?|标准分|\d{1,2}\s?分?),(?P<rest>[^。]*)$"
)
_RULE_GOES_ON = pattern(r"每|低于|高于|以[上下内]|不足|不得|不超|超过|扣|最[高低多少]|否则|为止|封顶|满分|达到|的,?$")


def _worked_out(told: str) -> bool:
    """Whether a rule is a formula alone, so that what follows it is its result."""
    formula = _FORMULA.search(told)
    return formula is not None and not _RULE_GOES_ON.search(formula["rest"])


# A rule in brackets behind a leaf's points: 「公务用车管理,6分(公车私用、未定点加油,发现一次扣2分)」
_BRACKETED = pattern(
    r"\d\s?分\([^()得评计实\d]*(?:(?<!\d)[一1]\s?[次批件项台处人例起个户份笔家座条本宗场卷天期]|的|\d+\s?[次批件项台处人例起个户份笔天日]),?\s?$"
)


def is_rule(text: str, mark: Mark) -> bool:
    """Whether a mark belongs to a rule (每少1个百分点扣0.5分, 达到95%以上的得5分) and so claims nothing."""
    if '"' in text and _is_quoted(text, mark):
        return True
    sentence = text[text.rfind("。", 0, mark.start) + 1 : mark.start]
    clause = _CLAUSES.split(sentence)[-1]
    if mark.role is Role.GOT and _AT_WILL.search(sentence):
        return False
    own = (
        _QUOTED.sub("", clause) if '"' in clause and mark.role is Role.GOT else clause
    )  # 「按"每低1个百分点扣0.11分"得9.7分」
    if ("每" in own and _EVERY.search(own)) or (
        _MAY.search(clause) and not (clause == "最高" and text.startswith(")", mark.end))
    ):
        return not (mark.role is Role.GOT and _GIVEN.search(sentence) and text[mark.end : mark.end + 1] in "。,;")
    title = _RULE_TITLE.search(sentence)
    if (
        title is not None
        and not _BREAKS.search(title[0])
        and not _RULE_OVER.search(sentence)
        and not _worked_out(title[0])
    ):
        return not (mark.strong and ("自评" in mark.label or "实得" in mark.label))
    if mark.strong or mark.role is Role.WORTH:
        return False
    if mark.role is Role.LOST and _BRACKETED.search(sentence):
        return True
    end = len(sentence)
    if _IF.search(sentence, max(0, end - _LOOK_BACK * 2)) and not _SURPASSED.search(sentence):
        return not _is_leafs(text, sentence, mark)
    if _THEN_RULE.match(text, mark.end) is None:
        return False
    following = re.split(r"[。;]", text[mark.end :])[0]
    return bool(_TAKES_OFF.search(following or text[mark.end : mark.end + 30]))
