"""Loads report outlines (``library/outlines/<id>.yaml``) and checks every reference in them, all mistakes at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hengji.library import library_folders
from hengji.library.nodes import Fields, Mapping, Scalar, Sequence, Tree, read_tree_file
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem
from hengji.writing.blocks import Align, Ink
from hengji.writing.outline import (
    BarsPart,
    Builder,
    BuiltPart,
    Chapter,
    NarrativePart,
    Outline,
    ParagraphPart,
    Part,
    Sentence,
    TableColumn,
    TablePart,
)
from hengji.writing.template import Referable, Reference, ReferenceProblem, Template

NARRATIVE_KEYS = (
    "主要职责", "机构设置", "下属单位", "人员编制", "年度总体工作", "重点工作任务", "绩效目标", "自评组织", "自评结论补充",
    "主要绩效", "存在问题", "相关建议", "改进措施", "其他说明",
)  # fmt: skip
_DEEPEST = 4


def outline_ids(own: Path | None = None) -> tuple[str, ...]:
    """The ids of all outlines, sorted."""
    return tuple(sorted(_files(own)))


def load_outline(outline_id: str, system: IndicatorSystem, own: Path | None = None) -> Outline:
    """The outline of that id, its references checked against the system. Raises HengjiError with every problem."""
    files = _files(own)
    if outline_id not in files:
        raise HengjiError(
            Problem(system.place, f"没有编号为“{outline_id}”的报告提纲，outline 可以写：{'、'.join(sorted(files))}")
        )
    problems: list[Problem] = []
    tree = read_tree_file(files[outline_id], problems, f"outlines/{outline_id}.yaml")
    outline = _Reader(Referable(system), problems).outline(tree) if tree is not None else None
    if outline is None or problems:
        raise HengjiError(*problems)
    return outline


def _files(own: Path | None) -> dict[str, Path]:
    """The outline files by id; the user's own replaces a built-in one."""
    return {path.stem: path for folder in library_folders(own) for path in sorted((folder / "outlines").glob("*.yaml"))}


@dataclass
class _Reader:
    """Reads one outline's tree."""

    referable: Referable
    problems: list[Problem]

    def outline(self, tree: Mapping) -> Outline:
        fields = Fields(tree, self.problems)
        outline = Outline(
            id=fields.text("id", required=True),
            name=fields.text("name", required=True),
            mark=fields.text("mark"),
            title=tuple(self.template(line) for line in fields.items("title")),
            cover=tuple(self._cover(fields)),
            chapters=tuple(self.chapter(chapter, 1) for chapter in fields.children("chapters")),
        )
        fields.text("about")
        for key, found in (("title", outline.title), ("chapters", outline.chapters)):
            if not found:
                fields.problem(f"缺少 {key}")
        fields.finish()
        return outline

    def _cover(self, fields: Fields) -> list[tuple[str, Template]]:
        inner = fields.fields("cover")
        if inner is None:
            return []
        return [(label, self.template(tree)) for label, tree in inner.tree.entries.items()]

    def chapter(self, fields: Fields, level: int) -> Chapter:
        if level > _DEEPEST:
            fields.problem(f"标题最多{_DEEPEST}级")
        parts = tuple(part for child in fields.children("parts") if (part := self.part(child)) is not None)
        chapters = fields.children("chapters") if level <= _DEEPEST else iter(())
        chapter = Chapter(
            fields.text("title", required=True),
            level,
            parts,
            tuple(self.chapter(child, level + 1) for child in chapters),
        )
        fields.finish()
        return chapter

    def part(self, fields: Fields) -> Part | None:
        readers: dict[str, Callable[[Fields], Part]] = {
            "paragraph": self._paragraph,
            "narrative": self._narrative,
            "table": self._table,
            "bars": self._bars,
            "use": self._built,
        }
        kinds = [key for key in fields.tree.entries if key in readers]
        if len(kinds) != 1:
            fields.problem(f"每一段应写且只写其中一种：{'、'.join(readers)}")
            return None
        part = readers[kinds[0]](fields)
        fields.finish()
        return part

    def _paragraph(self, fields: Fields) -> ParagraphPart:
        sentences = [self._sentence(tree) for tree in fields.items("paragraph")]
        todo = fields.text("todo")
        if not todo and any(not sentence.optional and sentence.template.references for sentence in sentences):
            fields.problem("有引用的段落要写 todo：缺数据时提示人写什么")
        return ParagraphPart(tuple(sentences), todo)

    def _sentence(self, tree: Tree) -> Sentence:
        if isinstance(tree, Scalar):
            return Sentence(self.template(tree))
        fields = Fields.of(tree, self.problems, "一句话或 {text, optional}")
        optional = fields.truth("optional")
        text = fields.get("text")
        fields.finish()
        return Sentence(self.template(text) if text is not None else Template(()), optional)

    def _narrative(self, fields: Fields) -> NarrativePart:
        key = fields.text("narrative")
        if key not in NARRATIVE_KEYS:
            fields.problem(f"没有“{key}”这一章；可以写：{'、'.join(NARRATIVE_KEYS)}", "narrative")
        optional = fields.truth("optional")
        todo = fields.text("todo", key)
        return NarrativePart(key, todo, optional)

    def _table(self, fields: Fields) -> TablePart:
        inner = fields.fields("table") or Fields.of(Mapping({}, fields.place), self.problems)
        columns = tuple(self._column(column) for column in inner.children("columns"))
        rows = tuple(self._row(row, len(columns)) for row in inner.items("rows"))
        table = TablePart(inner.text("title", required=True), columns, rows, inner.text("unit"), inner.truth("total"))
        if not columns or not rows:
            inner.problem("表格要有 columns 和 rows")
        inner.finish()
        return table

    def _column(self, fields: Fields) -> TableColumn:
        width = fields.integer("width", 1) or 1
        column = TableColumn(fields.text("head", required=True), width, fields.choice("align", Align, Align.CENTRE))
        fields.finish()
        return column

    def _row(self, tree: Tree, width: int) -> tuple[Template, ...]:
        if not isinstance(tree, Sequence) or len(tree.items) != width:
            self.problems.append(Problem(tree.place, f"这一行应是{width}格的列表，与 columns 一样多"))
            return ()
        return tuple(self.template(cell) for cell in tree.items)

    def _bars(self, fields: Fields) -> BarsPart:
        inner = fields.fields("bars") or Fields.of(Mapping({}, fields.place), self.problems)
        series = tuple(self._series(child) for child in inner.children("series"))
        rows = tuple(self._bar_row(child, len(series)) for child in inner.children("rows"))
        bars = BarsPart(inner.text("title", required=True), inner.text("unit"), series, rows)
        if not series or not rows:
            inner.problem("图要有 series 和 rows")
        inner.finish()
        return bars

    def _series(self, fields: Fields) -> tuple[Ink, str]:
        series = fields.choice("ink", Ink, Ink.SOLID), fields.text("name", required=True)
        fields.finish()
        return series

    def _bar_row(self, fields: Fields, width: int) -> tuple[str, tuple[Reference, ...]]:
        templates = [self.template(tree) for tree in fields.items("values")]
        references = tuple(reference for template in templates for reference in template.references)
        if len(references) != width or any(len(template.pieces) != 1 for template in templates):
            fields.problem(f"values 应是{width}个引用，如 {{基本支出}}，与 series 一样多", "values")
        row = fields.text("name", required=True), references
        fields.finish()
        return row

    def _built(self, fields: Fields) -> BuiltPart:
        builder = fields.choice("use", Builder, Builder.CONCLUSION)
        return BuiltPart(builder, fields.texts("sections"), fields.integer("level", 0) or 0)

    def template(self, tree: Tree) -> Template:
        if not isinstance(tree, Scalar):
            self.problems.append(Problem(tree.place, "这里应是一句话"))
            return Template(())
        try:
            return self.referable.template(tree.text)
        except ReferenceProblem as problem:
            self.problems.extend(Problem(tree.place, message) for message in problem.messages)
            return Template(())
