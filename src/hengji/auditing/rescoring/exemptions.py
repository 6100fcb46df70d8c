"""Words beside a scoring rule that except something from it, so that what it gives is open."""

from hengji.model.patterns import pattern

EXEMPT = pattern(
    r"(?:从|自|以)\s?\d+(?:\.\d+)?\s?(?:%|个百分点|[\u4e00-\u9fff]{1,2})?(?:起|为(?:起点|基数|起扣点))(?:开始)?(?:扣|算|计)?|起扣|(?:扣除|除去|不含)[^,。;]{2,14}后|不(?:予|再|作|做|重复)?(?:扣|计入|纳入)|酌情|剔除|不可抗|免予|免扣|取整|封顶|一次性|舍去|舍掉|抹去|四舍五入|视同|视为|另(?:扣|有[^座个件项])|还扣|同时扣|[两三]项(?:共|合计)扣|除外"
    r"|经[^,。;]{2,16}(?:批准|同意|批复)[^,。;]{0,10}(?:延|推|调减|不|暂|顺)|(?:允许|容许)[^,。;]{0,10}\d|两部分|组成|分别(?:得|计)\d|调减|核减|已在[^。]{0,20}扣|由[^,。;]{2,14}(?:自评|考核|承担)[^,。;]{0,6}扣|在[^,。;]{2,12}自评[中里时][^,。;]{0,4}扣"
)
# What a rule leaves out of its count, or points of its own for a rest: the figure told may not be the one that is counted.
LEFT_OUT = pattern(
    r"不(?:计入|纳入)(?=[。;,|)]|$|考核|扣|计算)|不足[^,。;]{0,8}按\d+(?:\.\d+)?分(?!钟)|因[^,。;]{2,14}[的,]?不(?:予)?扣"
)
