"""The one table of layout for writing and reading the workbook: sheets, columns, labels, marks."""

from dataclasses import dataclass

from hengji.model.filing import SOURCE_CN, State
from hengji.model.item import RegisterKind
from hengji.workbook.table import Title


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: what it holds, its printed title, other titles it is known by, its width in characters."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook, the registers excepted. ``printed`` is how many columns go on paper (0: all).

    ``core`` are the columns without which its figures would be lost.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    about: str = ""
    aliases: tuple[str, ...] = ()
    printed: int = 0
    core: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the sheet is known by."""
        return (self.name, *self.aliases)

    def titles(self) -> tuple[Title, ...]:
        """Its columns, as a reader looks for them."""
        return tuple(Title(field.key, (field.title, *field.aliases)) for field in self.fields)

    def column(self, key: str) -> int:
        """The zero-based column of a field."""
        return next(number for number, field in enumerate(self.fields) if field.key == key)


COVER = Sheet(
    "封面",
    "部门整体支出绩效自评填报工作簿",
    (Field("label", "项目", width=20), Field("value", "内容", ("填写",), 66)),
    "单位、年度和所用的指标体系",
)
GUIDE = Sheet(
    "填报说明",
    "填报说明",
    (Field("sheet", "工作表", width=16), Field("use", "用途", width=14), Field("about", "填什么", width=58)),
    aliases=("填表说明",),
)
ITEMS = Sheet(
    "数据项",
    "数据项（白格填写，灰格自动算）",
    (
        Field("item", "数据项", ("指标数据", "数据项名称"), 30),
        Field("unit", "单位", ("计量单位",), 8),
        Field("now", "本年数", ("本年", "本年度", "今年"), 14),
        Field("before", "上年数", ("上年", "上年度", "去年"), 14),
        Field("derived", "自动计算", (), 13),
        Field("change", "增减", ("比上年增减",), 12),
        Field("where", "填报说明", ("来源表", "到哪里找"), 50),
        Field("locator", "出处", ("页码、单元格",), 22),
        Field("quote", "原文", (), 22),
        Field("source", "来源", (), 18),
        Field("before_locator", "上年出处", (), 18),
        Field("before_quote", "上年原文", (), 18),
        Field("before_source", "上年来源", (), 18),
    ),
    "各表里的数，按取自哪张表排列",
    ("基础数据", "基础数据表"),
    7,
    ("item", "now", "before"),
)
VALUES = Sheet(
    "其他数值",
    "其他年度、下属单位和需要注明单位、状态的数值",
    (
        Field("item", "数据项", (), 30),
        Field("year", "年度", (), 8),
        Field("unit_name", "下属单位", (), 20),
        Field("value", "数值", (), 14),
        Field("unit", "单位", ("计量单位",), 8),
        Field("state", "状态", (), 10),
        Field("source", "来源", (), 12),
        Field("locator", "出处", (), 24),
        Field("quote", "原文", (), 24),
    ),
    "下属单位的数、更早年度的数，没有可以不填",
)
JUDGEMENTS = Sheet(
    "定性指标",
    "定性指标（逐条判定）",
    (
        Field("leaf", "指标编号", ("编号",), 9),
        Field("name", "指标", ("指标名称",), 18),
        Field("kind", "类型", (), 7),
        Field("key", "序号", ("要点编号",), 6),
        Field("text", "要点或档次", ("要点",), 46),
        Field("answer", "判定", ("是否符合",), 13),
        Field("share", "给分比例", (), 10),
        Field("reason", "说明或理由", ("理由",), 26),
        Field("evidence", "佐证", ("佐证材料",), 18),
    ),
    "逐条判定是、否、未知，或选档次、写比例和理由",
)
CLAIMS = Sheet(
    "自评得分",
    "自评得分（不填则按系统计算的得分）",
    (
        Field("leaf", "指标编号", ("编号",), 10),
        Field("name", "指标", ("指标名称",), 32),
        Field("points", "分值", (), 8),
        Field("score", "自评得分", ("得分",), 10),
        Field("reason", "理由", ("扣分原因", "与系统得分不同的理由"), 32),
        Field("exempt", "不考核理由", (), 32),
        Field("exempt_evidence", "不考核佐证", (), 20),
        Field("locator", "出处", (), 16),
        Field("quote", "原文", (), 20),
    ),
    "要申报的得分和理由；不考核的写明理由",
    printed=7,
    core=("leaf", "score"),
)
EVIDENCE = Sheet(
    "佐证材料",
    "佐证材料清单",
    (
        Field("title", "材料名称", (), 40),
        Field("proves", "证明的指标或数据项", ("用于",), 28),
        Field("file", "文件名", (), 32),
        Field("locator", "页码或位置", ("定位",), 18),
        Field("sha256", "校验值", (), 20),
    ),
    "一份材料一行，写明用来证明哪项指标",
)
NARRATIVE = Sheet(
    "文字材料",
    "文字材料（一段一行）",
    (Field("chapter", "章节", (), 18), Field("text", "内容", ("文字",), 74)),
    "报告各章要人写的话",
)
FIXED = (COVER, GUIDE, ITEMS, JUDGEMENTS, CLAIMS, EVIDENCE, NARRATIVE, VALUES)

DEPARTMENT, YEAR, SYSTEM, VERSION, HASH, UNITS, GRADE = (
    "单位名称",
    "评价年度",
    "指标体系",
    "体系版本",
    "体系校验",
    "下属单位",
    "自评等次",
)
OWN_LABELS = (DEPARTMENT, YEAR, SYSTEM, VERSION, HASH, UNITS, GRADE)
COVER_LABELS = ("单位负责人", "填报人", "联系电话", "填报日期")
COMPLETE, NONE_THIS_YEAR = "已填完", "本年无此项"
ROW_UNIT, ROW_LOCATOR = "下属单位", "出处"
STATEMENT, BAND, CHOICE, REASON = "要点", "评判", "选择", "说明"
SUM = "合计（自动）"
TOTALS = ("合计", "总计", "小计", SUM)
STATE_CN = {State.GIVEN: "", State.BLANK: "未填", State.NONE: "无", State.UNREADABLE: "读不出"}
STATES = {word: state for state, word in STATE_CN.items()}
SOURCES = {word: source for source, word in SOURCE_CN.items()}
CHAPTERS = (
    "主要职责", "机构设置", "下属单位", "人员编制", "年度总体工作", "重点工作任务", "绩效目标", "自评组织",
    "自评结论补充", "主要绩效", "存在问题", "相关建议", "改进措施", "其他说明",
)  # fmt: skip
LEAF_CHAPTER = "指标:"
MOST_ROWS = 20_000  # how far dropdowns and sums reach in a register

# Where things stand on the sheet of a register, zero-based.
MARK_ROW, SUM_ROW, HEAD_ROW, BODY_ROW = 2, 3, 4, 5
COMPLETE_COLUMN, NONE_COLUMN = 1, 3
_LONGEST_NAME = 31


def sheet_name(kind: RegisterKind) -> str:
    """The sheet name of a register: what Excel allows of its name, and none of the fixed sheets'."""
    name = "".join("_" if c in "[]:*?/\\'" else c for c in kind.name)[:_LONGEST_NAME] or "台账"
    taken = {other for sheet in FIXED for other in sheet.names}
    return f"{name[: _LONGEST_NAME - 2]}台账" if name in taken else name
