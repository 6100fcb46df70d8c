"""Whether words tell what is or was done about a problem: a time ahead, who does it, a wish put to others, a deed."""

import re

from hengji.model.patterns import pattern

# What nobody says of a problem itself: words of intent, of time ahead, the label of a measure.
_INTENT = (
    r"今后|下一?步|下阶段|从今|此后|即日起|近期|年内|届时|(?:措施|办法|对策|举措|整改|改进|打算)[::]"
    r"|(?<![\u4e00-\u9fff]不)(?:拟(?!定)|将(?!来|军|近|会导致)|须(?!知))|(?<![\u4e00-\u9fff])(?:计划(?:与|于|在|由|用|对|把|到)|准备(?:于|在|由))"
    r"|\d{1,2}月(?:\d{1,2}日|底|末|初|中旬)?(?:之?前|起)|(?:\d{1,2}日|年|季度?|月)(?:底|末)?(?:之?前)(?:[\u4e00-\u9fff])|起(?=[,。;]|按|由|每|逐|实|改|对|在|一)|每[月旬周季日年]度?(?:调度|通报|核对|检查|清|对|由|至少|开展|自查|提醒|催办|更新|交叉|抽)"
    r"|由[^,。;]{1,12}(?:[股科室处办队所站部院心组]|公司|政府|专班|专人|领导)(?!门|署|分)|(?:^|[,。;:])(?:请|恳请|提请|建议|责成|责令|督促|函告|函请)"
    r"|牵头|负责(?!人)|专人|包案|包联|列入[^,。;]{0,10}(?:计划|预算|方案|日程|清单|追加)|纳入[^,。;]{0,10}(?:计划|预算|方案|日程|清单|考核|追加)"
)
_DOES = (
    r"整改|一并|建立|制[定订]|修[订改]|完善|健全|规范|督[促办]|协调|对接|争取|申[请报]|报请|提请|函[请告询]|致函|开展|组织|举办|纳入|列入|编入|落实|培训|轮训|压[减缩]|清[理查点]|推[动进行广出]|改[为用由成造建装]|实[行施]|施行"
    r"|追[回缴偿责]|收回|退回|补[记办录登报签种交缴齐建评检测足修发充开课拍]|核[销对查定]|报损|聘[请用]|招[聘录]|引[进入]|选派|抽[调查]|增[派设加开配]|加[派装密快大挂固强]|新[增设建装购]|购[置买]|采[购取]|签订|流转|更[换新]|维修|修[复建缮]|疏通|联网|比对|复[核查测检]|巡[查检]|通报|约谈|问责|考核|责[令成]|告知|公[告示开布]|宣[传讲]|讲解|发[放布送]|[支拨]付|付清|结[清算]|兑付|偿还|调[剂整度]|统筹|会[商同]|联[合系]|安排|指定|明确|预留|设[置立专点]|成立|建[成设]|种植|移交|登记|归[档还垫]|盘[点活]|退还|上门|走访|回访|随访|化解|提[前醒高升请供]|延长|延伸|错峰|轮[岗换流]|自[担负查]|重[做新建]|澄清|帮(?:其|助|办|扶)|简化|优化|启[用动]|关闭|停[用止]|取消|恢复|扩[大建容]|配[备齐置]|下[放沉]|移[栽送]|互[派助]|合并|派[员人出驻]|对照"
)
_HELD = r"(?:未|没有?|不|难以|无法|缺乏|缺少|缺)[^,。;]{0,3}"
_NOMINAL = r"(?![^,。;]{0,6}(?:不|未|没|偏|较|过|难|少|低|慢|够|滞后|缓|弱|粗|薄|缺|差|率|晚|迟|紧|多|大|高))"
_LEFT_UNDONE = pattern(rf"{_HELD}(?:{_DOES})")
_LIKE_DEED = pattern(rf"(?:{_DOES}){_NOMINAL}")
_PLANNED = pattern(_INTENT)
_DEED_FIRST = pattern(
    rf"(?:[,。;:]|^)(?:并|又|也|再|仍|还|已|均|现|先|则|都|同时|另|为此|对此|因此|我[局馆校院镇乡队中心单位委办]+|本[局馆校院镇乡单位]+|[\u4e00-\u9fff]{{2,6}}[股科室处办队所站部院组心]){{0,3}}(?:与|同|向|对|从|在|把|按|用|以|逐)?[^,。;]{{0,8}}?(?:{_DOES}){_NOMINAL}"
)
_DONE = pattern(rf"(?:已|均)(?:于|在|经|由|按|全部)?[^,。;]{{0,10}}(?:{_DOES}|[补改修追退还清])")
_YEAR = pattern(r"(?<!\d)(?P<y>20\d\d)年")


def tells_measure(text: str, year: int) -> bool:
    """Whether a passage of a problem tells its measure by intent, by a time behind the year, or as done."""
    ahead = any(int(match["y"]) > year for match in _YEAR.finditer(text))
    return ahead or _PLANNED.search(text) is not None or _DONE.search(text) is not None


def may_tell_measure(text: str) -> bool:
    """Whether any clause of a passage may be a deed."""
    return _LIKE_DEED.search(_LEFT_UNDONE.sub("", text)) is not None


def deed_behind(text: str) -> bool:
    """Whether a clause behind the first one opens with a deed: 「有40套空着,我局帮其发布房源信息」."""
    rest = re.split(r"[,。;:]", text, maxsplit=1)
    return len(rest) > 1 and _DEED_FIRST.search(f",{rest[1]}") is not None
