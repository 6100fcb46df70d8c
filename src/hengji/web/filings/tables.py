"""The tables of a filing: what one row of each is known by, and what it states."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of row: its name in the trail, the word pages use, the fields of its key and of what it states."""

    name: str
    word: str
    key: tuple[str, ...]
    data: tuple[str, ...]


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

TABLES = (COVER, VALUE, MARK, ROW, ANSWER, JUDGEMENT, CLAIM, EXEMPTION, PARAGRAPH, EVIDENCE, WAIVER)
STATE = Table("state", "状态", (), ("step", "received", "returned", "rectification", "publication"))
TABLE_OF = {table.name: table for table in (*TABLES, STATE)}
