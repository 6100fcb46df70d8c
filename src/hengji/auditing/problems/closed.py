"""Problems that a report tells as over: they need no measure any more."""

from hengji.model.patterns import pattern

_CLOSED = pattern(
    r"再(?:未|没有|无)(?:发生|出现|反映|投诉)|不再(?:列为|作为|存在)|(?:问题|隐患)(?:现|均|都|已|全部)*(?:得到)?(?:解决|销号|整改(?:到位|完毕|完成)|办结)"
    r"|(?:已|均)(?:于|在|经|全部|全额|如数|按期)?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末|初|前)?(?:全部|全额|如数|将)?[^,。;]{0,12}?(?:补录|补齐|补办|补登|补签|整改(?!措施|方案)|解决|销号|办结|追回|退回|收回|注销|归还|兑付|更正|清退|纠正|结清|付清|偿还|缴回|上缴)"
)


def is_closed(problem: str) -> bool:
    """Whether a problem says that it is over: 「台账不全，2023年3月已补录1340台件」, 「加装防盗报警后再未发生」."""
    return _CLOSED.search(problem) is not None
