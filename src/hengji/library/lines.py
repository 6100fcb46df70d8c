"""The lines of a department's money by the words that name them, and the words that tell a plan from what was spent."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FOLDER = Path(__file__).parent
_QUOTES = pattern(r"[\s\"'“”]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Names of lines, of stages and of changes, as patterns over text without blanks and quotation marks."""

    names: dict[str, str]  # a name -> its line
    within: dict[str, str]  # a line -> the line that it is part of
    any_name: re.Pattern[str]
    stages: dict[str, str]
    any_stage: re.Pattern[str]
    changes: re.Pattern[str]
    filling: tuple[str, ...]  # words that name neither a line nor a stage, the longest first

    def line(self, words: str, family: str) -> str:
        """The line that the last name in these words means; a part of another line only where that is spoken of.

        「货物类采购」 is 货物, though 采购 stands last.
        """
        named = [self.names[match[0]] for match in self.any_name.finditer(words)]
        told = [line for line in named if self.within.get(line, family) == family]
        parts = [line for line in told if self.within.get(line) == "政府采购"]
        return parts[-1] if parts and told[-1] == "政府采购" else told[-1] if told else ""

    def family(self, words: str) -> str:
        """The line with parts (三公经费, 政府采购) that the words speak of, or whose part they name."""
        if not _HINT.search(words):
            return ""
        plain = _QUOTES.sub("", words)
        for match in reversed(list(self.any_name.finditer(plain))):
            line = self.names[match[0]]
            if line in _FAMILIES:
                return line
            if self.within.get(line) == "三公经费":
                return "三公经费"
        return ""

    def stage(self, words: str) -> str:
        """The stage that the last stage word in these words means; what they compare with does not count."""
        found, end, first = "", 0, "年初" in words
        for match in self.any_stage.finditer(_COMPARED.sub("", words)):
            stage = self.stages[match[0]]
            told = found in _FIRST or (first and found == "预算")
            planned = told and match[0] == "支出" and match.start() == end  # 「年初部门预算支出」
            found = found if planned or (stage == "预算" and found in _SPECIFIC) else stage
            end = match.end()
        return found

    def without_lines(self, words: str) -> str:
        """The words with the names of lines taken out."""
        return self.any_name.sub("", words)

    def without_stages(self, words: str) -> str:
        """The words with the stage words taken out."""
        return self.any_stage.sub("", words)

    def label(self, text: str, family: str) -> str:
        """The line that a row's name means, whole or with 类, 小计 and the like."""
        plain = _MARKS.sub("", _QUOTES.sub("", text))
        if _ALL.fullmatch(plain):
            return family or "合计"
        match = self.any_name.match(plain)
        line = self.names[match[0]] if match is not None else ""
        within = self.within.get(line, "")
        if match is None or not _ENDS.fullmatch(plain, match.end()) or (within == "政府采购" and family != within):
            return ""
        return line


_COMPARED = pattern(r"[与和较同](?:[^,。;与]{2,14}?)(?:持平|一致|相等|相同|相比|相符)")
_SPECIFIC = ("年初", "全年", "调整")
_FIRST = ("年初", "调整")  # 「全年预算支出」 may be what was spent
_HINT = pattern("采购|三公|公务|公车|用车|车辆|接待|出国")  # one stands in every name of a line with parts
_FAMILIES = ("三公经费", "政府采购")
_NO_STAGE = pattern(r"率|差|增减|占比|结余|结转|说明|备注|名称|项目$|得分|分值|目标|上年")
_MARKS = pattern(r"^(?:[一二三四五六七八九十]+、|\d+[.、]|其中:?|\([一二三四五六七八九十\d]+\))+")
_ALL = pattern(r"(?:本年)?(?:支出)?(?:合计|总计|总额|小计)|合计\(.{1,6}\)")
_ENDS = pattern(r"(?:类|采购|小计|合计|支出|经费|\(.{1,8}\))*")


@cache
def load_lines() -> Lines:
    """The lines of lines.yaml."""
    data = load_yaml(_FOLDER / "lines.yaml")
    lines, stages, changes = data["lines"], data["stages"], data["changes"]
    assert isinstance(lines, dict)
    assert isinstance(stages, dict)
    assert isinstance(changes, list)
    filling = data["filling"]
    assert isinstance(filling, list)
    names = {str(name): line for line, each in lines.items() for name in each["names"]}
    words = {str(word): stage for stage, each in stages.items() for word in each}
    return Lines(
        names=names,
        within={line: str(each["within"]) for line, each in lines.items() if "within" in each},
        any_name=_any(names),
        stages=words,
        any_stage=_any(words),
        changes=_any(changes),
        filling=tuple(sorted(map(str, filling), key=len, reverse=True)),
    )


@lru_cache(maxsize=1024)  # the ledger and the check of columns ask of the same cells
def stage_of_header(text: str) -> str:
    """The stage that a column's header says: 「全年预算数」, 「采购完成」; nothing for rates and differences."""
    plain = _QUOTES.sub("", text)
    return "" if not plain or _NO_STAGE.search(plain) else load_lines().stage(plain)


def _any(words: object) -> re.Pattern[str]:
    listed = sorted((str(word) for word in words), key=len, reverse=True)  # type: ignore[attr-defined]
    return pattern("|".join(re.escape(word) for word in listed))


_IN_TURN = pattern(
    r"(?P<names>[\u4e00-\u9fff]{2,12}(?:[、,和及][\u4e00-\u9fff]{2,12})+?)(?:[三两各][类项])?(?:采购|支出)?(?:分别|依次)(?:为|是|:)?$"
)


def lines_in_turn(words: str, family: str) -> tuple[str, ...]:
    """The lines that a clause lists right before the figures of them all: 「按货物、工程、服务分别为180万元、2,150万元、130万元」."""
    match = _IN_TURN.search(words) if "分别" in words or "依次" in words else None
    names = re.split("[、,和及]", match["names"]) if match is not None else []
    found = tuple(load_lines().line(name, family) for name in names)
    while found and not found[0]:
        found = found[1:]
    return found if len(found) > 1 and all(found) else ()


@cache
def load_crossings() -> tuple[re.Pattern[str], ...]:
    """What tells that a body's own running costs were paid out of a project, or a project's costs out of its running money."""
    data = load_yaml(_FOLDER / "crossings.yaml")
    own, running, of_projects, paid = (_any(data[key]).pattern for key in ("own", "running", "of_projects", "paid"))
    cost = rf"(?:{own})[^,。;]{{0,10}}(?:{running})"
    project = r"项目(?!建设内容|单位|部)[^,。;、\d]{0,8}"
    basic = r"(?:公用经费|人员经费|基本支出)"
    forms = (
        rf"(?:{cost})[^。;]{{0,24}}?(?:[从由在](?!项目(?:支出|经费))[^,。;]{{0,16}}{project}(?:{paid}))",
        rf"(?<!非)[用将从由以][^,。;]{{0,12}}项目[^,。;]{{0,16}}(?:{paid})[^,。;]{{0,10}}(?:{cost})",
        rf"项目(?:支出|资金|经费)(?:中|里)?,?(?:包括|包含|含有?|列支|列有|混入)[^,。;]{{0,6}}(?:{cost})",
        rf"(?:{of_projects})[^。;]{{0,20}}?[从由在][^,。;]{{0,4}}{basic}[^,。;]{{0,4}}(?:{paid})",
    )
    return tuple(pattern(form) for form in forms)
