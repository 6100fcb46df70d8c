"""The tables of a filing: what one row of each is known by, and what it states."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of row: its name in the trail, the word pages use, the fields of its key and of what it states."""

    name: str
    word: str
    key: tuple[str, ...]
    data: tuple[str, ...]
    at: tuple[str, ...] = ("filling",)  # the steps at which its rows may change


COVER = Table("cover", "封面", ("label",), ("text",))
VALUE = Table("value", "数据项", ("item", "year", "unit"), ("stated", "measure", "state", "source", "locator", "quote"))
MARK = Table("mark", "台账标记", ("register",), ("complete", "none_this_year"))
ROW = Table("row", "台账行", ("register", "number"), ("cells", "locator", "unit"))
ANSWER = Table("answer", "要点判定", ("leaf", "statement"), ("holds", "evidence", "note"))
JUDGEMENT = Table("judgement", "档次判定", ("leaf",), ("band", "share", "choice", "reason"))
CLAIM = Table("claim", "自评得分", ("leaf",), ("score", "reason", "locator", "quote"))
EXEMPTION = Table("exemption", "不考核", ("leaf",), ("reason", "evidence"))
PARAGRAPH = Table("paragraph", "文字", ("chapter", "number"), ("text",))
EVIDENCE = Table("evidence", "佐证材料", ("number",), ("title", "proves", "file", "locator", "sha256", "size"))
WAIVER = Table("waiver", "不成立说明", ("finding",), ("reason",))

# What the bureau writes, and what the department answers to it: beside the filing, never part of it.
_REVIEW, _OPINION, _FINAL = "review", "opinion", "final"
FORMAL = Table("formal", "形式审核", ("point",), ("passed", "note"), ("formal",))
REVIEW = Table(
    "review",
    "复核判定",
    ("leaf",),
    ("score", "gravity", "amount", "part", "reason", "basis", "code", "judge"),
    (_REVIEW,),
)
MESSAGE = Table(
    "message",
    "问答",
    ("number",),
    ("thread", "leaf", "side", "text", "evidence", "closed"),
    ("formal", _REVIEW, _OPINION, _FINAL),
)
OPINION = Table(
    "opinion",
    "意见与申诉",
    ("leaf",),
    ("opinion", "answer", "reason", "evidence", "decision", "why", "final"),
    (_REVIEW, _OPINION),
)
LETTER = Table(
    "letter",
    "问询函",
    ("number",),
    ("title", "dated", "text", "due", "answer", "evidence", "closed"),
    (_REVIEW, _OPINION, _FINAL),
)
PROBLEM = Table(
    "problem",
    "整改",
    ("number",),
    ("source", "leaf", "text", "owner", "due", "measure", "evidence", "state", "note", "since"),
    (_REVIEW, _OPINION, _FINAL),
)

TABLES = (COVER, VALUE, MARK, ROW, ANSWER, JUDGEMENT, CLAIM, EXEMPTION, PARAGRAPH, EVIDENCE, WAIVER)
EXTENSION = Table(
    "extension", "延期", ("number",), ("before", "until"), ("filling", "signing", "formal", _REVIEW, _OPINION, _FINAL)
)
_ENDED = (_FINAL, "archived")
PUBLICATION = Table("publication", "公开", ("number",), ("digest", "withdrawn"), _ENDED)
USE = Table("use", "结果应用", ("budget_year",), ("proposal", "reason"), _ENDED)
BUREAU_TABLES = (EXTENSION, FORMAL, REVIEW, MESSAGE, OPINION, LETTER, PROBLEM, PUBLICATION, USE)
STATE = Table(
    "state", "状态", (), ("step", "received", "returned", "rectification", "publication", "second", "answered"), ()
)
TABLE_OF = {table.name: table for table in (*TABLES, *BUREAU_TABLES, STATE)}
