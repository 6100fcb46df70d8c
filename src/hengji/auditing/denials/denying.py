"""The closed grammar of denials: a negation before a thing, a thing and nothing of it behind, not even one."""

import re

from hengji.model.patterns import pattern

NO = r"(?:并|从来?|均|都|也|尚|一直|确|全年|当年|年内|至今)*(?:没有|没|未曾?|无|不存在|从未|从不|零|未有)"
_ADVERBS = r"(?:再|曾|过|了|任何|另|另外|另行|有|额外|其他|一[名个项次辆台笔批分人件][人员]?|半[个点分])*"
_BEFORE = r"(?:发生|出现|存在|产生|安排|组织|开展|实施|进行|涉及|列支|开支|支出|使用|动用|用于|形成|办理)?(?:过|了)?"
_TAIL = r"(?:费用?|支出|开支|花费|经费|活动|任务|事项|情况|业务|项目|行为|现象|问题|的|发生)*"
_END = r"(?=$|[、)(和及或与])"
# 「全年分文未支」, 「为零」, 「一次也没有」
_NOTHING = (
    r"(?:一项|[一1]块|方面|这一项|这项|上)?(?:支出|开支|费用|经费|人数|金额|数)?(?:全年|当年|本年度?|年内|年度|20\d\d年)?(?:均|都|也|仍|继续|连续[一二两三四五\d]年)*"
    r"(?:(?:为|是|保持)?(?:零|0(?:\.0+)?(?:万?元|[人次辆名])?)(?:支出|发生|列支|开支|增长|聘用|接待)?|[分毫]文(?:未|没有?)[\u4e00-\u9fff]{0,3}|一分(?:钱)?(?:也|都)?(?:未|没有?)[\u4e00-\u9fff]{0,3}"
    r"|一[次名个辆项人笔][人员]?(?:也|都)?(?:没有|未|无)[\u4e00-\u9fff]{0,3}|(?:没有|未)(?:发生|支出|安排|列支|使用|产生|动用|开支|花钱?|用)|没有|空白)"
)


def denial(things: str, verbs: str = "", acts: str = "") -> re.Pattern[str]:
    """Each way to deny a thing, with the verbs that take it as their object, or acts that need none: 「没有聘用编外人员」, 「编外用工为零」, 「未出国」."""
    object_ = rf"(?:(?:{things}){_TAIL}[、或和及]?)+"
    verb = rf"(?:(?:{verbs})[、或和及]?)*(?:过|了)?(?:任何|一[名个项次辆台])?" if verbs else ""
    forms = [
        rf"{NO}{_ADVERBS}{_BEFORE}{_ADVERBS}{verb}{object_}{_END}",
        rf"{object_}{_NOTHING}{_END}",
    ]
    if verbs:
        forms.append(rf"一[名个辆台项][人员]?(?:{things})(?:也|都)?(?:没有?|未)(?:再)?(?:{verbs})?过?{_END}")
        forms.append(
            rf"(?:{things}){_TAIL}(?:一[名个辆台项][人员]?)?(?:也|都|均)?(?:没有|未)(?:再)?(?:{verbs})过?{_END}"
        )
    if acts:
        forms.append(rf"{NO}{_ADVERBS}(?:{acts})(?:过|了)?{_TAIL}{_END}")
    return pattern("|".join(forms))
