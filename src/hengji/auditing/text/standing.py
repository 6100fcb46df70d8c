"""What a report rightly says in the same words every year: how points are given, what a body is charged with, what a term means."""

from hengji.model.patterns import pattern

_SENTENCE = pattern(r"[^。;！!\n]*[。;！!\n]?")
# 「指标分值18分,该指标主要从预算编制合理性、预算编制规范性两方面进行考核」, 「每低1个百分点扣0.5分,扣完为止」, 「得分=完成数÷计划数×5」
_RULE = pattern(
    r"[从由围绕按].{2,60}(?:方面|维度|角度|指标|环节)(?:进行|开展|予以|来)?(?:考核|评价|分析|评分|衡量|考评|评定)"
    r"|(?:该|本|此)(?:项|类)?(?:指标|项)(?:主要|重点|用于|用以|旨在)?(?:考核|反映|评价|衡量|考察|考评|按)"
    r"|(?:评分|评价|计分|考核|扣分|得分)(?:标准|规则|办法|方法|要点|重点|内容|依据|细则)[:为是]"
    r"|(?:指标|标准)(?:解释|说明|含义)[:为是]"
    r"|每(?:低|高|少|超|增|减|降|差|有|出现|发现|逾期|延期|缺|漏|推迟)[^。;]{0,24}扣\s?\d"
    r"|扣完为止|不得分[,。;]|(?:得|计)(?:满分|全部分值)[,。;]?(?:否则|未|不|低于|每)|优.{0,6}良.{0,6}中.{0,6}差"
    r"|满分为?\s?\d{1,3}\s?分|(?:得分|分值|率)\s?=\s?[(\u4e00-\u9fff]|(?:下设|设置|设有?|包括|包含|分为|细分为)[^。;]{0,30}(?:级)?指标"
)
# 「自评得分90(含)—100分为优,80(含)—90分为良」 gives nobody a score
_GRADES = pattern(r"为[\"]?优[^。;]{0,60}为[\"]?良|[\"]?优[\"]?、[\"]?良[\"]?、[\"]?中")
# 「为加强预算管理,提高资金使用效益,开展本次自评」, 「通过开展绩效自评,促进…」
_AIM = pattern(
    r"(?:为|为了)(?:进一步)?(?:加强|规范|提[高升]|强化|做好|全面|深化|推进)[^。;\d]{0,90}(?:开展|进行|组织)[^。;\d]{0,14}(?:自评|评价)"
    r"|通过(?:开展)?(?:本次|此次)?(?:整体|部门)?[^,。;\d]{0,12}(?:自评|评价),[^。;]{0,30}(?:提[高升]|促进|规范|强化)"
)
# A sentence of points alone says nothing of the year either: 「指标分值18分」.
_POINTS = pattern(
    r"(?:[(\d一二三四五六七八九十]+[.、)])?[^,。;\d]{0,20}(?:指标)?(?:分值|权重|满分)(?:为|是|共)?\s?\d+(?:\.\d+)?\s?[分%][。;]?"
)
# What the evaluated year brought, told within a rule: 「全年编制项目21个」.
_GIVEN = pattern(
    r"自评(?:得)?\s?\d|自评得分|实得|(?:扣|失)(?:了)?\s?\d+(?:\.\d+)?\s?分[,。;]?(?:原因|因|主要)|(?:20\d\d年|本年|全年)[^。;]{0,30}\d"
)
# 「负责全县水利工程建设与管理」, 「贯彻执行国家有关方针政策」, 「完成县委、县政府交办的其他任务」
_DUTY = pattern(
    r"(?:^|[:,。;、)\d.一二三四五六七八九十])(?:负责(?!人)|承担(?!了)|拟订|拟定|组织拟订|起草|贯彻(?:落实|执行)?|指导|监督管理|统筹|牵头|协调|承办|依法|组织(?:实施|指导|开展|协调))[^,。;]{4,}"
)
_BEGINS = pattern(r"(?:[(\d一二三四五六七八九十]+[.、)]+)*(?:负责(?!人)|承担(?!了)|拟订|拟定|起草|贯彻(?:落实|执行))")
_CHARGED = pattern(r"交办的其他(?:任务|事项|工作)|主要(?:职责|职能)(?:是|为|有|包括|如下)|(?:职责|职能)[:是为]")
_DONE = pattern(
    r"\d+(?:\.\d+)?\s?(?:亿|万|元|%|个|次|件|份|人|户|项|场|公里|亩|处|家)|已|完成了|同比|增长|超额|20\d\d年"
)
_CLAUSE = pattern(r"[,。;]")
_SEVERAL = 2


def own_words(text: str) -> str:
    """A passage without the sentences that stand in every year's report: rules of scoring, and duties; as flat text."""
    return "".join(sentence for sentence in _SENTENCE.findall(text) if sentence and not _stands(sentence))


def _stands(sentence: str) -> bool:
    if _GRADES.search(sentence) or _AIM.search(sentence):
        return True
    if (_RULE.search(sentence) or _POINTS.fullmatch(sentence.strip())) and not _GIVEN.search(sentence):
        return True
    if _DONE.search(sentence):
        return False
    return bool(_CHARGED.search(sentence)) or (_BEGINS.match(sentence) is not None and _is_of_duties(sentence))


def _is_of_duties(sentence: str) -> bool:
    """Whether a sentence that begins with a duty tells several, or nothing else."""
    clauses = [clause for clause in _CLAUSE.split(sentence) if clause.strip()]
    return len(_DUTY.findall(sentence)) >= min(_SEVERAL, len(clauses))
