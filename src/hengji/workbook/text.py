"""A filing as YAML or JSON: the same value as the workbook, for scripts and for version control."""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

import yaml

from hengji.library.nodes import Fields, read_tree
from hengji.model.filing import (
    Answer,
    Claim,
    Evidence,
    Exemption,
    Filing,
    Judgement,
    Register,
    Row,
    Source,
    State,
    Value,
    ValueKey,
)
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError, Problem

FORMAT = "filing/1"
_T = TypeVar("_T")
_TABS = pattern(r"^\t+", re.MULTILINE)
_HALVES = pattern(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")  # one character in two escapes


def filing_data(filing: Filing) -> dict[str, Any]:
    """The filing as plain dicts, lists, strings and truth values; only what is stated is there."""
    data: dict[str, Any] = {
        "hengji": FORMAT,
        "department": filing.department,
        "year": filing.year,
        "system": filing.system,
        "system_version": filing.system_version,
        "system_hash": filing.system_hash,
        "cover": {label: text for label, text in filing.cover.items() if text},
        "units": list(filing.units),
        "grade": filing.claimed_grade,
        "values": [_value(key, value) for key, value in filing.values.items()],
        "registers": {name: _register(register) for name, register in filing.registers.items()},
        "judgements": {leaf: _judgement(judgement) for leaf, judgement in filing.judgements.items()},
        "claims": {leaf: _claim(claim) for leaf, claim in filing.claims.items()},
        "exemptions": {
            leaf: _stated({"reason": e.reason, "evidence": e.evidence}) for leaf, e in filing.exemptions.items()
        },
        "narrative": {chapter: list(texts) for chapter, texts in filing.narrative.items()},
        "evidence": [
            _stated(
                {"title": e.title, "proves": list(e.proves), "file": e.file, "locator": e.locator, "sha256": e.sha256}
            )
            for e in filing.evidence
        ],
    }
    return _stated(data)


def dump_filing(filing: Filing, *, as_json: bool = False) -> str:
    """The filing as YAML text, or as JSON."""
    data = filing_data(filing)
    if as_json:
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


class _Dumper(yaml.SafeDumper):
    """Writes every text that YAML could take for something else in quotes."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    risky = text == "" or text[0] in "=+-@" or read_decimal(text) is not None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if risky else None)


_Dumper.add_representer(str, _quoted)


def _stated(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", None, [], {}, ())}


def _value(key: ValueKey, value: Value) -> dict[str, Any]:
    return {"item": key.item, "year": key.year} | _stated(
        {
            "unit_name": key.unit,
            "value": value.stated,
            "unit": value.unit,
            "state": "" if value.state is State.GIVEN else value.state.value,
            "source": "" if value.source is Source.TYPED else value.source.value,
            "locator": value.locator,
            "quote": value.quote,
        }
    )


def _register(register: Register) -> dict[str, Any]:
    rows = [_stated({"cells": dict(r.cells), "unit_name": r.unit, "locator": r.locator}) for r in register.rows]
    marks = {"complete": register.complete, "none_this_year": register.none_this_year}
    return marks | ({"rows": rows} if rows else {})


def _judgement(judgement: Judgement) -> dict[str, Any]:
    answers = {
        key: _stated(
            {"holds": {True: "是", False: "否", None: "未知"}[a.holds], "evidence": a.evidence, "note": a.note}
        )
        for key, a in judgement.answers.items()
    }
    share = None if judgement.share is None else format(judgement.share, "f")
    return _stated(
        {
            "answers": answers,
            "band": judgement.band,
            "share": share,
            "choice": judgement.choice,
            "reason": judgement.reason,
        }
    )


def _claim(claim: Claim) -> dict[str, Any]:
    more = {"reason": claim.reason, "locator": claim.locator, "quote": claim.quote}
    return {"score": format(claim.score, "f")} | _stated(more)


def read_filing(text: str, file: str = "填报数据") -> Filing:
    """The filing in a YAML or JSON text. Raises HengjiError with every problem, each with its line and key."""
    problems: list[Problem] = []
    tree = read_tree(_json_as_yaml(text, file) if text.lstrip().startswith("{") else text, file, problems)
    if tree is None:
        raise HengjiError(*problems)
    filing = _read(Fields(tree, problems))
    if problems:
        raise HengjiError(*problems)
    return filing


def _json_as_yaml(text: str, file: str) -> str:
    """A JSON text with what YAML reads otherwise put differently, line by line: tabs before a key, characters in halves."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{file}:{error.lineno}"
        raise HengjiError(Problem(place, "这里的JSON格式不对，请检查引号、逗号和括号是否成对")) from error
    except RecursionError as error:
        raise HengjiError(Problem(file, "JSON嵌套过深")) from error
    whole = _HALVES.sub(lambda match: json.loads(f'"{match[0]}"'), text)
    return _TABS.sub(lambda match: " " * len(match[0]), whole)


def _read(fields: Fields) -> Filing:
    stated = fields.text("hengji", required=True)
    if stated and stated != FORMAT:
        fields.problem(f"格式“{stated}”不认识，应是 {FORMAT}", "hengji")
    year = fields.integer("year")
    if year is None:
        fields.problem("缺少评价年度 year，例如 2023", "year")
    cover = fields.fields("cover")
    values: dict[ValueKey, Value] = {}
    for each in fields.children("values"):
        key, value = _read_value(each)
        if key in values:
            each.problem(f"“{key.item}”{key.year}年写了两次")
        values[key] = value
    filing = Filing(
        department=fields.text("department", required=True),
        year=year or 0,
        system=fields.text("system"),
        system_version=fields.text("system_version"),
        system_hash=fields.text("system_hash"),
        cover=_stated_texts(cover) if cover else {},
        units=fields.texts("units"),
        claimed_grade=fields.text("grade"),
        values=values,
        registers=_each(fields, "registers", _read_register),
        judgements=_each(fields, "judgements", _read_judgement),
        claims=_each(fields, "claims", _read_claim),
        exemptions=_each(
            fields, "exemptions", lambda f: Exemption(f.text("reason", required=True), f.text("evidence"))
        ),
        narrative=_read_narrative(fields),
        evidence=tuple(_finished(each, _read_evidence) for each in fields.children("evidence")),
    )
    fields.finish()
    return filing


def _each(fields: Fields, key: str, read: Callable[[Fields], _T]) -> Mapping[str, _T]:
    inner = fields.fields(key)
    if inner is None:
        return {}
    return {name: _finished(Fields.of(tree, fields.problems), read) for name, tree in inner.tree.entries.items()}


def _finished(fields: Fields, read: Callable[[Fields], _T]) -> _T:
    value = read(fields)
    fields.finish()
    return value


def _read_value(fields: Fields) -> tuple[ValueKey, Value]:
    key = ValueKey(fields.text("item", required=True), fields.integer("year", 0) or 0, fields.text("unit_name"))
    if not key.year:
        fields.problem("缺少年度 year")
    value = Value(
        fields.text("value"),
        fields.text("unit"),
        fields.choice("state", State, State.GIVEN),
        fields.choice("source", Source, Source.TYPED),
        fields.text("locator"),
        fields.text("quote"),
    )
    if value.state is State.GIVEN and not value.stated:
        fields.problem(f"“{key.item}”没有写 value；未填的写 state: blank")
    fields.finish()
    return key, value


def _read_register(fields: Fields) -> Register:
    rows = []
    for row in fields.children("rows"):
        cells = row.fields("cells")
        stated = _stated_texts(cells) if cells else {}
        rows.append(Row(stated, row.text("locator"), row.text("unit_name")))
        row.finish()
    return Register(tuple(rows), fields.truth("complete"), fields.truth("none_this_year"))


def _read_judgement(fields: Fields) -> Judgement:
    answers = _each(fields, "answers", _read_answer)
    return Judgement(
        answers, fields.text("band"), _decimal(fields, "share"), fields.text("choice"), fields.text("reason")
    )


def _read_answer(fields: Fields) -> Answer:
    word = fields.text("holds", "未知").lower()
    words = {"是": True, "true": True, "否": False, "false": False, "未知": None, "null": None}
    if word not in words:
        fields.problem("应是 是、否 或 未知", "holds")
    return Answer(words.get(word), fields.text("evidence"), fields.text("note"))


def _read_claim(fields: Fields) -> Claim:
    score = _decimal(fields, "score")
    if score is None:
        fields.problem("缺少 score（自评得分）")
    return Claim(score or Decimal(0), fields.text("reason"), fields.text("locator"), fields.text("quote"))


def _decimal(fields: Fields, key: str) -> Decimal | None:
    text = fields.text(key)
    number = read_decimal(text) if text else None
    if text and number is None:
        fields.problem(f"“{text}”不是数", key)
    return number


def _read_narrative(fields: Fields) -> Mapping[str, tuple[str, ...]]:
    inner = fields.fields("narrative")
    if inner is None:
        return {}
    chapters = {chapter: tuple(filter(None, inner.texts(chapter))) for chapter in inner.tree.entries}
    return {chapter: texts for chapter, texts in chapters.items() if texts}


def _stated_texts(fields: Fields) -> dict[str, str]:
    return {key: text for key in fields.tree.entries if (text := fields.text(key))}


def _read_evidence(fields: Fields) -> Evidence:
    return Evidence(
        fields.text("title", required=True),
        fields.texts("proves"),
        fields.text("file"),
        fields.text("locator"),
        fields.text("sha256"),
    )
