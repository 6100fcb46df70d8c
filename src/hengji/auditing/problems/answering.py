"""R18: whether what is amiss is of the kind that a leaf answers for: not of a leaf that only counts, nor where one that lost points answers for it."""

from collections.abc import Iterable

from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_COUNTS = pattern(
    r"(?:数量?|工量|[人场班期批]次|人数|次数|面积|长度|里程|[户期台套处]数|规模)$|^(?:新建|新增|购置|更换|改造|安装)"
)
# What a number of things done has no part in: when money was spent or signed for, how the things are judged.
_NO_NUMBER = pattern(
    r"时点|序时|(?:支出|支付|执行|资金)进度|合同[^,。;]{0,8}才签|才签[^,。;]{0,4}合同|配时|排队|返修|未做[^,。;]{0,6}(?:测试|检测|检验)|(?:不|欠)(?:合理|科学|美观|便捷|精准|均衡)"
)
_TOO_FEW = pattern(
    r"(?:未|没|没有|只|仅)(?:全部|按期|能)?(?:建|完|开工|装|投|接通|通|启用)|缺\d|少[建装购买]|(?:数量|个数)不"
)
_WORKS_LATE = pattern(
    r"(?:项目|工程|任务|标段)[^,。;]{0,8}(?:未|没|没有)(?:能)?(?:按期|如期|按时|及时)|(?:项目|工程)(?:建设|实施)?进度[^,。;]{0,4}(?:慢|滞后)"
)
_IN_TIME = pattern(
    r"(?:项目|工程|任务|工作|建设|改造)[^,。;]{0,6}(?:按期|按时|及时|如期|时效|进度|工期)|(?:完工|竣工)[^,。;]{0,4}(?:及时|按期|率|时间)"
)
_PAID_LATE = pattern(
    r"(?:支付|支出|拨付|付款|预算执行|资金)(?:进度)?[^,。;]{0,6}(?:[偏较]慢|缓慢|滞后|靠后|不均|付得慢)|尾款[^,。;]{0,12}(?:未|没)"
)
_SPENT = pattern(r"(?:预算|资金|支出|执行)[^,。;]{0,6}(?:执行|完成|支出|进度)|(?:支出|支付|执行)(?:率|进度)")
_OF_MONEY = pattern(r"执行|支付|拨付|结转|结余|采购|进度|均衡|及时")


# How goals and indicators were set, and words that speak of that: what was aimed at may be well set and yet missed.
_OF_AIMS = pattern(r"(?:绩效)?(?:目标|指标)[^,。;]{0,4}(?:合理|明确|科学|细化|量化|完整)性?$")
_AIMS = pattern(r"目标|指标|绩效|量化")


def answers_for(item: ScoredItem, told: str, lost: Iterable[ScoredItem]) -> bool:
    """Whether a leaf may answer for what a passage tells: neither of another kind than a count, nor told of a leaf that lost points by its kind."""
    if _OF_AIMS.search(item.name) and not _AIMS.search(told):
        return False
    if _COUNTS.search(item.name) and _NO_NUMBER.search(told) and not _TOO_FEW.search(told):
        return False
    losers = [other.name for other in lost if other is not item]
    if _WORKS_LATE.search(told) and not _IN_TIME.search(item.name) and any(map(_IN_TIME.search, losers)):
        return False
    return not (_PAID_LATE.search(told) and not _OF_MONEY.search(item.name) and any(map(_SPENT.search, losers)))


# Who is inspected, and what only they left undone: 「6家企业未配备专职安全员」 is no lapse of 安全生产监管.
_OVERSEES = pattern(r"监管|检查|巡查|督[查导]|执法|抽检|监测")
_OVERSEEN = pattern(
    r"(?:企业|商[户家]|门店|机构|学校|经营[户者]|业主|[农商住用]户|工地|矿山)[^,。;]{0,8}(?:未|没|不|缺|有\d+)"
)


def is_of_the_overseen(name: str, text: str) -> bool:
    """Whether those whom a leaf oversees left something undone, and nothing is said of how they were overseen."""
    return bool(_OVERSEES.search(name) and _OVERSEEN.search(text) and not _OVERSEES.search(text))
