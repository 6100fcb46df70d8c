"""Whatever the form of the table, the same tree of indicators is read back."""

import zlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_document
from hengji.reading.text import read_text
from tests.extracting import manners, table_manners
from tests.extracting.table_manners import ABSENT, TABLES, Rows

_TITLE = "某某县服务中心2024年度部门整体支出绩效自评表"


def _read(rows: Rows, kind: str, folder: Path) -> Extraction:
    path = folder / f"自评表.{kind}"
    path.write_bytes(
        {"docx": table_manners.as_docx, "html": table_manners.as_html, "txt": table_manners.as_text}[kind](rows, _TITLE)
    )
    return extract(read_document(path))


def _plain(name: str) -> str:
    return name.replace("“", "").replace("”", "").replace('"', "")


@pytest.mark.parametrize("kind", ["docx", "html", "txt"])
@pytest.mark.parametrize("form", TABLES)
def test_every_form_of_table_reads_to_the_same_leaves(form: str, kind: str, tmp_path: Path) -> None:
    for seed in (zlib.crc32(form.encode()) % 97, 101):
        groups = manners.tree(seed)
        found = _read(TABLES[form](groups), kind, tmp_path)
        wanted = Counter((_plain(x.name), Decimal(x.points), Decimal(x.claim)) for g in groups for x in g.leaves)
        assert Counter((_plain(i.name), i.points, i.claimed) for i in found.items) == wanted


# Forms whose cells cannot be told apart once borders and merging are lost: two headers over each other, two leaves a row.
_BEYOND = {
    "words": ("名称换行分值", "四级指标", "双层表头", "每级有权重"),
    "cells": ("得分率在旁", "双层表头", "左右两栏"),
}


@pytest.mark.parametrize(
    ("shape", "form"), [(shape, form) for shape in _BEYOND for form in TABLES if form not in _BEYOND[shape]]
)
def test_tables_without_borders_read_to_the_same_leaves(shape: str, form: str) -> None:
    groups = manners.tree(zlib.crc32(form.encode()) % 97)
    write = table_manners.as_words if shape == "words" else table_manners.as_cells
    found = extract(read_text("自评表.txt", write(TABLES[form](groups), _TITLE)))
    wanted = Counter((_plain(x.name), Decimal(x.points), Decimal(x.claim)) for g in groups for x in g.leaves)
    assert Counter((_plain(i.name), i.points, i.claimed) for i in found.items) == wanted


_ON_PAGES = (
    "一级 三级 分值 得分", "得分在分值前", "得分带分字", "得分有算式", "分值在目标前", "编码在名称里", "只有扣分", "扣分和得分",
    "说明及完成情况",
)  # fmt: skip


@pytest.mark.parametrize("form", _ON_PAGES)
@pytest.mark.parametrize("edges", table_manners.EDGES)
def test_cells_line_by_line_over_two_pages_read_to_the_same_leaves(form: str, edges: tuple[str, str, str]) -> None:
    groups = manners.tree(zlib.crc32(form.encode()) % 97)
    found = extract(read_text("自评表.txt", table_manners.as_pages(TABLES[form](groups), _TITLE, edges)))
    wanted = Counter((_plain(x.name), Decimal(x.points), Decimal(x.claim)) for g in groups for x in g.leaves)
    assert Counter((_plain(i.name), i.points, i.claimed) for i in found.items) == wanted


@pytest.mark.parametrize("said", ABSENT)
def test_a_leaf_that_is_not_assessed_has_no_score(said: str, tmp_path: Path) -> None:
    for seed in (zlib.crc32(said.encode()) % 97, 101):
        groups = manners.tree(seed)
        leaf = groups[1].leaves[1]
        for kind in ("docx", "txt"):
            found = _read(table_manners.absent(groups, leaf, ABSENT[said]), kind, tmp_path)
            assert [_plain(i.name) for i in found.items if i.not_applicable] == [_plain(leaf.name)]
            assert len(found.items) == sum(len(g.leaves) for g in groups)


@pytest.mark.parametrize("said", table_manners.NAMELESS)
def test_a_kind_of_indicators_without_a_leaf_is_none(said: tuple[str, str, str, str], tmp_path: Path) -> None:
    for seed in (31, 101):
        groups = manners.tree(seed)
        wanted = Counter((_plain(x.name), Decimal(x.points), Decimal(x.claim)) for g in groups for x in g.leaves)
        for kind in ("docx", "html", "txt"):
            found = _read(table_manners.nameless(groups, said), kind, tmp_path)
            assert Counter((_plain(i.name), i.points, i.claimed) for i in found.items) == wanted
