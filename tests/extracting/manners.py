"""Writes a known tree of indicators as a clerk might tell it, in every manner that reports were seen to use.

A manner is a worth (how the points are said), a got (how the score is said) and a layout (where both stand); the marks in front of
headings, the width of punctuation and the width of lines vary independently. What is read back must be the tree, whatever the manner.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Leaf:
    """An indicator and what is said of it; ``fact`` are the clauses between its points and its score."""

    name: str
    points: str
    claim: str
    fact: str

    @property
    def lost(self) -> str:
        """The points taken off."""
        return f"{Decimal(self.points) - Decimal(self.claim):f}"

    @property
    def full(self) -> bool:
        """Whether nothing was taken off."""
        return Decimal(self.points) == Decimal(self.claim)


@dataclass(frozen=True)
class Group:
    """A branch and its leaves."""

    name: str
    leaves: tuple[Leaf, ...]

    @property
    def points(self) -> str:
        """The sum of its leaves' points."""
        return f"{sum((Decimal(leaf.points) for leaf in self.leaves), Decimal(0)):f}"

    @property
    def claim(self) -> str:
        """The sum of its leaves' scores."""
        return f"{sum((Decimal(leaf.claim) for leaf in self.leaves), Decimal(0)):f}"


_NAMES = {
    "投入": ("绩效目标合理性", "目标明确性", "在职人员控制率", "“三公”经费变动率", "预算编制的完整性", "重点支出安排率"),
    "过程": (
        "预算完成率", "结转结余率", "公用经费控制率", "政府采购执行率", "管理制度健全性", "资金使用合规性", "预决算信息公开",
        "固定资产利用率", "会计核算和财务管理",
    ),
    "产出": ("重点工作完成率", "高标准农田建设面积", "培训班次", "案件按期办结率", "质量达标率", "网络与信息安全", "项目验收合格率"),
    "效益": ("经济效益", "社会效益", "生态环境改善程度", "服务对象满意度", "12345热线回访满意率", "群众投诉处理及时性"),
}  # fmt: skip
_FACTS = (
    "全年预算512.60万元，支出498.35万元",
    "年初确定目标6项，全部完成",
    "共开展检查42次，覆盖15个乡镇",
    "制度12项，均已印发执行",
    "计划20场，实际举办20场",
    "抽查档案30份，未发现问题",
    "问卷120份，收回118份，满意116份，满意度98.31%",
    "2024年3月8日在县政府网站公开",
    "编制数45名，实有42名",
    "县纪委监委、县审计局检查未提出问题",
)
_SHORTFALLS = (
    "有1个项目到12月才开工",
    "两份合同归档晚了半个月",
    "6月末支出进度只有41.2%，低于时序进度",
    "1台设备未贴标签",
    "年中追加预算23.5万元",
)


def tree(seed: int) -> tuple[Group, ...]:
    """A tree of three or four groups whose leaves make 100 points."""
    chance = random.Random(seed)
    groups = sorted(chance.sample(list(_NAMES), 3), key=list(_NAMES).index)
    counts = [chance.randint(2, 4) for _ in groups]
    weights = _weights(chance, sum(counts))
    made: list[Group] = []
    for name, count in zip(groups, counts, strict=True):
        leaves = tuple(_leaf(chance, leaf, weights.pop()) for leaf in chance.sample(_NAMES[name], count))
        made.append(Group(name, leaves))
    return tuple(made)


def _weights(chance: random.Random, count: int) -> list[str]:
    weights = [chance.choice((3, 4, 5, 5, 6, 8, 10, 10, 12, 15)) for _ in range(count)]
    while sum(weights) != 100:
        at = chance.randrange(count)
        weights[at] = max(2, weights[at] + (1 if sum(weights) < 100 else -1))
    return [str(weight) for weight in weights]


def _leaf(chance: random.Random, name: str, points: str) -> Leaf:
    lost = Decimal(chance.choice(("0", "0", "0.5", "1", "0.24", "1.6")))
    claim = Decimal(points) - lost
    return Leaf(name, points, f"{claim:f}", chance.choice(_SHORTFALLS if lost else _FACTS))


Worth = Callable[[Leaf], str]
Got = Callable[[Leaf], str]

# How the points are said behind the name.
WORTHS: dict[str, Worth] = {
    "（5分）": lambda x: f"（{x.points}分）",
    "(5分)": lambda x: f"({x.points}分)",
    "（分值5分）": lambda x: f"（分值{x.points}分）",
    "（满分5分）": lambda x: f"（满分{x.points}分）",
    "（分值：5）": lambda x: f"（分值：{x.points}）",
    "（权重5分）": lambda x: f"（权重{x.points}分）",
    "（权重5%）": lambda x: f"（权重{x.points}%）",
    "（标准分5分）": lambda x: f"（标准分{x.points}分）",
    "（指标分值5分）": lambda x: f"（指标分值{x.points}分）",
    "（本项5分）": lambda x: f"（本项{x.points}分）",
    "（共5分）": lambda x: f"（共{x.points}分）",
    "（计5分）": lambda x: f"（计{x.points}分）",
    "（占5分）": lambda x: f"（占{x.points}分）",
    "（总分5分）": lambda x: f"（总分{x.points}分）",
    "（5.00分）": lambda x: f"（{x.points}.00分）",
    "【5分】": lambda x: f"【{x.points}分】",
    "，分值5分": lambda x: f"，分值{x.points}分",
    "，满分5分": lambda x: f"，满分{x.points}分",
    "，分值为5分": lambda x: f"，分值为{x.points}分",
    "分值5分": lambda x: f"分值{x.points}分",
    "满分5分": lambda x: f"满分{x.points}分",
    "指标分值5分": lambda x: f"指标分值{x.points}分",
    "，权重5%": lambda x: f"，权重{x.points}%",
    "，标准分5分": lambda x: f"，标准分{x.points}分",
    "，应得5分": lambda x: f"，应得{x.points}分",
    "，共5分": lambda x: f"，共{x.points}分",
    "，5分": lambda x: f"，{x.points}分",
    "5分": lambda x: f"{x.points}分",
    "，该指标分值5分": lambda x: f"，该指标分值{x.points}分",
    "，本项满分5分": lambda x: f"，本项满分{x.points}分",
    "，本项指标权重5分": lambda x: f"，本项指标权重{x.points}分",
    "，设定分值5分": lambda x: f"，设定分值{x.points}分",
    "，赋分5分": lambda x: f"，赋分{x.points}分",
    "，基准分5分": lambda x: f"，基准分{x.points}分",
    "，总分5分": lambda x: f"，总分{x.points}分",
    "，占5分": lambda x: f"，占{x.points}分",
}


def _full_or(full: str, less: Got) -> Got:
    return lambda x: full if x.full else less(x)


# How the score is said, as a clause.
GOTS: dict[str, Got] = {
    "自评得分5分": lambda x: f"自评得分{x.claim}分",
    "自评5分": lambda x: f"自评{x.claim}分",
    "自评得5分": lambda x: f"自评得{x.claim}分",
    "自评得分为5分": lambda x: f"自评得分为{x.claim}分",
    "自评得分：5分": lambda x: f"自评得分：{x.claim}分",
    "自评得分：5": lambda x: f"自评得分：{x.claim}",
    "自评分5分": lambda x: f"自评分{x.claim}分",
    "自我评价得5分": lambda x: f"自我评价得{x.claim}分",
    "自评价得分5分": lambda x: f"自评价得分{x.claim}分",
    "得5分": lambda x: f"得{x.claim}分",
    "得分5分": lambda x: f"得分{x.claim}分",
    "得分为5分": lambda x: f"得分为{x.claim}分",
    "得分：5": lambda x: f"得分：{x.claim}",
    "实得5分": lambda x: f"实得{x.claim}分",
    "实际得分5分": lambda x: f"实际得分{x.claim}分",
    "实际得分为5分": lambda x: f"实际得分为{x.claim}分",
    "计5分": lambda x: f"计{x.claim}分",
    "评5分": lambda x: f"评{x.claim}分",
    "评分5分": lambda x: f"评分{x.claim}分",
    "记5分": lambda x: f"记{x.claim}分",
    "本项得5分": lambda x: f"本项得{x.claim}分",
    "本项得分5分": lambda x: f"本项得分{x.claim}分",
    "该项得分5分": lambda x: f"该项得分{x.claim}分",
    "此项得分5": lambda x: f"此项得分{x.claim}",
    "该指标得5分": lambda x: f"该指标得{x.claim}分",
    "该指标自评得分5分": lambda x: f"该指标自评得分{x.claim}分",
    "本指标自评得5分": lambda x: f"本指标自评得{x.claim}分",
    "本项自评得分5分": lambda x: f"本项自评得分{x.claim}分",
    "故得5分": lambda x: f"故得{x.claim}分",
    "因此得5分": lambda x: f"因此得{x.claim}分",
    "最终得分5分": lambda x: f"最终得分{x.claim}分",
    "不扣分，得5分；扣1分，得4分": lambda x: f"不扣分，得{x.claim}分" if x.full else f"扣{x.lost}分，得{x.claim}分",
    "扣0分，得5分": lambda x: f"扣{x.lost}分，自评得{x.claim}分",
    "扣1分，实得4分": lambda x: f"得{x.claim}分" if x.full else f"扣{x.lost}分，实得{x.claim}分",
    "得4分（扣1分）": lambda x: f"得{x.claim}分" if x.full else f"得{x.claim}分（扣{x.lost}分）",
    "自评得分4分，扣1分": lambda x: f"自评得分{x.claim}分" if x.full else f"自评得分{x.claim}分，扣{x.lost}分",
    "得满分": _full_or("得满分", lambda x: f"得{x.claim}分"),
    "自评满分": _full_or("自评满分", lambda x: f"自评{x.claim}分"),
    "得满分5分": lambda x: f"得满分{x.claim}分" if x.full else f"得{x.claim}分",
    "自评得满分": _full_or("自评得满分", lambda x: f"自评得{x.claim}分"),
    "按满分计": _full_or("按满分计", lambda x: f"计{x.claim}分"),
    "不扣分；扣1分": _full_or("不扣分", lambda x: f"扣{x.lost}分"),
    "未扣分；扣减1分": _full_or("未扣分", lambda x: f"扣减{x.lost}分"),
    "自评不扣分；自评扣1分": _full_or("自评不扣分", lambda x: f"自评扣{x.lost}分"),
    "失1分，得4分": lambda x: f"得{x.claim}分" if x.full else f"失{x.lost}分，得{x.claim}分",
    "综合评定得5分": lambda x: f"综合评定得{x.claim}分",
    "经自评，得5分": lambda x: f"经自评，得{x.claim}分",
    "对照评分标准，得5分": lambda x: f"对照评分标准，得{x.claim}分",
    "按评分标准得5分": lambda x: f"按评分标准得{x.claim}分",
    "根据评分标准，自评得5分": lambda x: f"根据评分标准，自评得{x.claim}分",
    "自评打分5分": lambda x: f"自评打分{x.claim}分",
    "给5分": lambda x: f"给{x.claim}分",
    "打5分": lambda x: f"打{x.claim}分",
    "自评得分5.0分": lambda x: f"自评得分{Decimal(x.claim):.2f}分",
}

# The marks in front of a chapter's groups and of their leaves.
MARKS: dict[str, tuple[Callable[[int, int], str], Callable[[int, int], str]]] = {
    "（一） 1.": (lambda g, _: f"（{'一二三四'[g]}）", lambda _, n: f"{n + 1}."),
    "（一） （1）": (lambda g, _: f"（{'一二三四'[g]}）", lambda _, n: f"（{n + 1}）"),
    "1. （1）": (lambda g, _: f"{g + 1}.", lambda _, n: f"（{n + 1}）"),
    "1、 1）": (lambda g, _: f"{g + 1}、", lambda _, n: f"{n + 1}）"),
    "（一） ①": (lambda g, _: f"（{'一二三四'[g]}）", lambda _, n: "①②③④⑤⑥"[n]),
    "3.1 3.1.1": (lambda g, _: f"3.{g + 1} ", lambda g, n: f"3.{g + 1}.{n + 1} "),
    "（一） 指标1：": (lambda g, _: f"（{'一二三四'[g]}）", lambda _, n: f"指标{n + 1}："),
    "(1) 一是": (lambda g, _: f"({g + 1})", lambda _, n: f"{'一二三四五六'[n]}是"),
    "（一） ": (lambda g, _: f"（{'一二三四'[g]}）", lambda *_: ""),
}

Layout = Callable[[str, Leaf, str, str], str]

# Where mark, points, facts and score of a leaf stand. ``worth`` and ``got`` are said already.
LAYOUTS: dict[str, Layout] = {
    "heading / score, facts": lambda m, x, w, g: f"{m}{x.name}{w}\n{g}。{x.fact}。\n",
    "heading. / score, facts": lambda m, x, w, g: f"{m}{x.name}{w}。\n{g}，{x.fact}。\n",
    "heading / facts, score": lambda m, x, w, g: f"{m}{x.name}{w}\n{x.fact}，{g}。\n",
    "heading / facts. score": lambda m, x, w, g: f"{m}{x.name}{w}\n{x.fact}。{g}。\n",
    "heading: / facts; score": lambda m, x, w, g: f"{m}{x.name}{w}：\n{x.fact}；{g}。\n",
    "heading, score / facts": lambda m, x, w, g: f"{m}{x.name}{w}，{g}。\n{x.fact}。\n",
    "name, points, score. facts": lambda m, x, w, g: f"{m}{x.name}{w}，{g}。{x.fact}。\n",
    "name, points. score. facts": lambda m, x, w, g: f"{m}{x.name}{w}。{g}。{x.fact}。\n",
    "name, points. facts, score": lambda m, x, w, g: f"{m}{x.name}{w}。{x.fact}，{g}。\n",
    "name, points: facts. score": lambda m, x, w, g: f"{m}{x.name}{w}：{x.fact}。{g}。\n",
    "name, points, facts, score": lambda m, x, w, g: f"{m}{x.name}{w}，{x.fact}，{g}。\n",
    "name, points; facts; score": lambda m, x, w, g: f"{m}{x.name}{w}；{x.fact}；{g}。\n",
    "《name》": lambda m, x, w, g: f"{m}《{x.name}》{w}，{g}。{x.fact}。\n",
    "“name”": lambda m, x, w, g: f"{m}“{x.name.replace('“', '').replace('”', '')}”{w}，{x.fact}，{g}。\n",
    "name指标": lambda m, x, w, g: f"{m}{x.name}指标{w}。{x.fact}，{g}。\n",
    "two paragraphs": lambda m, x, w, g: f"{m}{x.name}{w}\n{x.fact}。\n{g}。\n",
    "score (points first)": lambda m, x, w, g: f"{m}{x.name}{w}\n{g}。\n评价情况：{x.fact}。\n",
    "rule between": lambda m, x, w, g: (
        f"{m}{x.name}{w}\n评分标准：达到目标得满分，每少1个百分点扣0.5分，扣完为止。\n{x.fact}，{g}。\n"
    ),
}

# Leaves of a group told in one paragraph.
RUNNING: dict[str, Callable[[Leaf, str, str], str]] = {
    "name, points, score; ": lambda x, w, g: f"{x.name}{w}，{g}；",
    "name, points, facts, score. ": lambda x, w, g: f"{x.name}{w}，{x.fact}，{g}。",
    "name, points, score, facts. ": lambda x, w, g: f"{x.name}{w}，{g}，{x.fact}。",
    "name, points, facts, score; ": lambda x, w, g: f"{x.name}{w}，{x.fact}，{g}；",
    "(5分) name: facts, score. ": lambda x, _, g: f"（{x.points}分）{x.name}：{x.fact}，{g}。",
    "name, points score (facts); ": lambda x, w, g: f"{x.name}{w}，{g}（{x.fact}）；",
}


def _rate(leaf: Leaf) -> str:
    """The score in percent of the points."""
    return f"{Decimal(leaf.claim) * 100 / Decimal(leaf.points):.2f}"


# A whole leaf in one form of its own.
WHOLE: dict[str, Callable[[str, Leaf], str]] = {
    "甲（5/4.5）": lambda m, x: f"{m}{x.name}（{x.points}/{x.claim}）\n{x.fact}。\n",
    "甲（4.5/5分）": lambda m, x: f"{m}{x.name}（{x.claim}/{x.points}分）。{x.fact}。\n",
    "甲 4.5/5": lambda m, x: f"{m}{x.name} {x.claim}/{x.points}分。{x.fact}。\n",
    "甲（5分，得4.5分）": lambda m, x: f"{m}{x.name}（{x.points}分，得{x.claim}分）\n{x.fact}。\n",
    "甲（分值5分，得分4.5分）": lambda m, x: f"{m}{x.name}（分值{x.points}分，得分{x.claim}分）。{x.fact}。\n",
    "甲（分值5，得分4.5）": lambda m, x: f"{m}{x.name}（分值{x.points}，得分{x.claim}）。{x.fact}。\n",
    "甲（满分5分、自评4.5分）": lambda m, x: f"{m}{x.name}（满分{x.points}分、自评{x.claim}分）：{x.fact}。\n",
    "甲（5分）得4.5分": lambda m, x: f"{m}{x.name}（{x.points}分）得{x.claim}分。{x.fact}。\n",
    "甲（5分）4.5分": lambda m, x: f"{m}{x.name}（{x.points}分）{x.claim}分\n{x.fact}。\n",
    "甲得4.5分（满分5分）": lambda m, x: f"{m}{x.name}得{x.claim}分（满分{x.points}分）。{x.fact}。\n",
    "甲自评得分4.5分（分值5分）": lambda m, x: f"{m}{x.name}自评得分{x.claim}分（分值{x.points}分）。{x.fact}。\n",
    "甲得分4.5分，满分5分": lambda m, x: f"{m}{x.name}得分{x.claim}分，满分{x.points}分。{x.fact}。\n",
    "甲：4.5分（满分5分）": lambda m, x: f"{m}{x.name}：{x.claim}分（满分{x.points}分）。{x.fact}。\n",
    "甲（得4.5分，满分5分）": lambda m, x: f"{m}{x.name}（得{x.claim}分，满分{x.points}分）\n{x.fact}。\n",
    "甲\n分值5分，自评得分4.5分": lambda m, x: f"{m}{x.name}\n分值{x.points}分，自评得分{x.claim}分。{x.fact}。\n",
    "甲\n本项指标分值5分，得4.5分": lambda m, x: f"{m}{x.name}\n{x.fact}。本项指标分值{x.points}分，得{x.claim}分。\n",
    "甲\n该指标满分5分，自评4.5分": lambda m, x: f"{m}{x.name}。{x.fact}，该指标满分{x.points}分，自评{x.claim}分。\n",
    "甲。事实。（5分，得4.5分）": lambda m, x: f"{m}{x.name}：{x.fact}（{x.points}分，得{x.claim}分）。\n",
    "甲。事实。满分5分，实得4.5分": lambda m, x: f"{m}{x.name}：{x.fact}。满分{x.points}分，实得{x.claim}分。\n",
    "甲\n【分值】5分 【得分】4.5分": lambda m, x: (
        f"{m}{x.name}\n【分值】{x.points}分\n【自评得分】{x.claim}分\n【说明】{x.fact}。\n"
    ),
    "甲\n分值：5 得分：4.5": lambda m, x: f"{m}{x.name}\n分值：{x.points}　得分：{x.claim}\n{x.fact}。\n",
    "甲\n标准分：5分；自评分：4.5分": lambda m, x: (
        f"{m}{x.name}\n标准分：{x.points}分；自评分：{x.claim}分。\n{x.fact}。\n"
    ),
    "甲\n事实。\n分值5分，扣1分，得4分": lambda m, x: (
        f"{m}{x.name}\n{x.fact}。\n分值{x.points}分，扣{x.lost}分，得{x.claim}分。\n"
    ),
    "甲——满分5分，得4.5分": lambda m, x: f"{m}{x.name}——满分{x.points}分，得{x.claim}分。{x.fact}。\n",
    "甲：满分5分，得4.5分": lambda m, x: f"{m}{x.name}：满分{x.points}分，得{x.claim}分。{x.fact}。\n",
    "甲：5分，得4.5分": lambda m, x: f"{m}{x.name}：{x.points}分，得{x.claim}分。{x.fact}。\n",
    "甲 5分 4.5分": lambda m, x: f"{m}{x.name}　{x.points}分　{x.claim}分　{x.fact}\n",
    "甲 分值5分 得分4.5分": lambda m, x: f"{m}{x.name}　分值{x.points}分　得分{x.claim}分\n{x.fact}。\n",
    "5分的甲得4.5分": lambda m, x: f"{m}{x.name}（{x.points}分）：自评{x.claim}分。{x.fact}。\n",
    "甲共5分，自评4.5分": lambda m, x: f"{m}{x.name}共{x.points}分，自评{x.claim}分，{x.fact}。\n",
    "甲指标5分，自评4.5分": lambda m, x: f"{m}{x.name}指标{x.points}分，自评{x.claim}分。{x.fact}。\n",
    "关于甲": lambda m, x: f"{m}关于{x.name}（{x.points}分）。{x.fact}，自评得{x.claim}分。\n",
    "[5分]甲。事实。得4.5分": lambda m, x: f"{m}［{x.points}分］{x.name}。{x.fact}。此项得{x.claim}分。\n",
    "（5分）甲：事实，得4.5分": lambda m, x: f"{m}（{x.points}分）{x.name}：{x.fact}，得{x.claim}分。\n",
    "【满分5分】甲\n得4.5分": lambda m, x: f"{m}【满分{x.points}分】{x.name}\n{x.fact}。自评得{x.claim}分。\n",
    "〔分值5分〕甲，自评4.5分": lambda m, x: f"{m}〔分值{x.points}分〕{x.name}，自评{x.claim}分。{x.fact}。\n",
    "【5分】甲【得4.5分】": lambda m, x: f"{m}【{x.points}分】{x.name}【得{x.claim}分】{x.fact}。\n",
    "[5/4.5]甲": lambda m, x: f"{m}［{x.points}/{x.claim}］{x.name}。{x.fact}。\n",
    "（5分，得4.5分）甲": lambda m, x: f"{m}（{x.points}分，得{x.claim}分）{x.name}。{x.fact}。\n",
    "（得4.5分/满分5分）甲": lambda m, x: f"{m}（得{x.claim}分/满分{x.points}分）{x.name}。{x.fact}。\n",
    "[权重5%]甲": lambda m, x: f"{m}[权重{x.points}%]{x.name}。{x.fact}，得{x.claim}分。\n",
    "〈5分〉 甲": lambda m, x: f"{m}〈{x.points}分〉 {x.name}。{x.fact}。得{x.claim}分。\n",
    "甲｛5分｝": lambda m, x: f"{m}{x.name}｛{x.points}分｝{x.fact}，得{x.claim}分。\n",
    "甲。事实。[5分，得4.5分]": lambda m, x: f"{m}{x.name}。{x.fact}。［{x.points}分，得{x.claim}分］\n",
    "（5分）甲。不扣分；扣1分": lambda m, x: (
        f"{m}（{x.points}分）{x.name}。{x.fact}。{'不扣分' if x.full else f'扣{x.lost}分'}。\n"
    ),
    "甲\n（1）评分标准（3）自评得分": lambda m, x: (
        f"{m}{x.name}（{x.points}分）\n（1）评分标准：完成得满分，每少1项扣0.5分。\n（2）完成情况：{x.fact}。\n"
        f"（3）自评得分：{x.claim}分。\n"
    ),
    "甲——权重5，得分4.5": lambda m, x: f"{m}{x.name}——权重{x.points}，得分{x.claim}，{x.fact}。\n",
    "5分×90%＝4.5分": lambda m, x: f"{m}{x.name}（{x.points}分）。{x.fact}，{x.points}分×{_rate(x)}%＝{x.claim}分。\n",
    "甲【分值】5【得分】4.5": lambda m, x: f"{m}{x.name}【分值】{x.points}【得分】{x.claim}【依据】{x.fact}。\n",
    "甲得分情况：满分5分": lambda m, x: f"{m}{x.name}得分情况：满分{x.points}分，得{x.claim}分。{x.fact}。\n",
    "甲（最高5分）": lambda m, x: f"{m}{x.name}（最高{x.points}分）：{x.fact}，自评{x.claim}分。\n",
    "甲（分值5分/得分4.5分）": lambda m, x: f"{m}{x.name}（分值{x.points}分／得分{x.claim}分）：{x.fact}。\n",
    "甲（5分|4.5分）": lambda m, x: f"{m}{x.name}（{x.points}分|{x.claim}分）：{x.fact}。\n",
    "甲（5-0.5=4.5分）": lambda m, x: f"{m}{x.name}（{x.points}-{x.lost}={x.claim}分）：{x.fact}。\n",
    "甲（5%）：打90分，折算4.5分": lambda m, x: (
        f"{m}{x.name}（权重{x.points}%）：百分制打{_rate(x)}分，折算{x.claim}分。{x.fact}。\n"
    ),
    "甲（5分）：得分率90%，得4.5分": lambda m, x: (
        f"{m}{x.name}（{x.points}分）：得分率{_rate(x)}%，得{x.claim}分。{x.fact}。\n"
    ),
    "甲。满分5分。事实。自评4.5分": lambda m, x: (
        f"{m}{x.name}。该指标满分{x.points}分。{x.fact}，有关资料由财务股归档。综合以上情况，该项自评{x.claim}分。\n"
    ),
    "甲。事实。本项满分5分，自评4.5分": lambda m, x: (
        f"{m}{x.name}。{x.fact}。本项满分{x.points}分，自评{x.claim}分。\n"
    ),
    "甲\n事实。（本项5分，自评4.5分）": lambda m, x: f"{m}{x.name}\n{x.fact}。（本项{x.points}分，自评{x.claim}分）\n",
    "自评时给了4.5分": lambda m, x: f"{m}{x.name}（{x.points}分）：{x.fact}。自评时给了{x.claim}分。\n",
    "不扣分，得满分5分": lambda m, x: (
        f"{m}{x.name}：{x.fact}。对照评分细则，"
        f"{f'不扣分，得满分{x.points}分' if x.full else f'{x.points}分扣减{x.lost}分，得{x.claim}分'}。\n"
    ),
    "占该项分值5分的90%": lambda m, x: (
        f"{m}{x.name}：{x.fact}，自评得分{x.claim}分，占该项分值{x.points}分的{_rate(x)}%。\n"
    ),
    "甲：\n事实\n分值；自评": lambda m, x: (
        f"{m}{x.name}：\n    {x.fact}。\n    分值：{x.points}分；自评：{x.claim}分\n"
    ),
    "只得4.5分": lambda m, x: (
        f"{m}{x.name}，满分{x.points}分，{'得满分' if x.full else f'只得{x.claim}分'}。原因是{x.fact}。\n"
    ),
    "自核4.5分": lambda m, x: f"{m}{x.name}（标准分{x.points}）：{x.fact}，自核{x.claim}分。\n",
    "给分4.5分": lambda m, x: f"{m}{x.name}（{x.points}分）：{x.fact}，给分{x.claim}分。\n",
    "自评认定4.5分": lambda m, x: f"{m}{x.name}（{x.points}分）：{x.fact}，自评认定{x.claim}分。\n",
    "关于甲指标。该指标5分，我们自评4.5分": lambda m, x: (
        f"{m}关于{x.name}指标。该指标{x.points}分，{x.fact}，我们自评{x.claim}分。\n"
    ),
    "评分标准\n自评情况\n自评得分": lambda m, x: (
        f"{m}{x.name}（{x.points}分）\n评分标准：完成得满分，每少1项扣0.5分，扣完为止。\n自评情况：{x.fact}。\n"
        f"自评得分：{x.claim}分。\n"
    ),
    "得分依据\n分值\n得分": lambda m, x: f"{m}{x.name}\n得分依据：{x.fact}。\n分值：{x.points}分\n得分：{x.claim}分\n",
    "5分得4.5分": lambda m, x: f"{m}{x.name}：{x.fact}，{x.points}分得{x.claim}分。\n",
    "满分5分中得到4.5分": lambda m, x: f"{m}{x.name}：{x.fact}，满分{x.points}分中得到{x.claim}分。\n",
    "5分的指标自评4.5分": lambda m, x: f"{m}在{x.name}上，{x.fact}，{x.points}分的指标自评{x.claim}分。\n",
    "不减分": lambda m, x: (
        f"{m}{x.name}（{x.points}分）：{x.fact}，{'不减分' if x.full else f'减{x.lost}分'}，得{x.claim}分。\n"
    ),
    "甲方面": lambda m, x: f"{m}{x.name}方面，{x.fact}，该项{x.points}分，得{x.claim}分。\n",
}

# Leaves of a group in one sentence.
LISTS: dict[str, Callable[[tuple[Leaf, ...]], str]] = {
    "甲5分得4分、": lambda xs: "、".join(f"{x.name}{x.points}分得{x.claim}分" for x in xs) + "。",
    "甲（5分）得4分，": lambda xs: "，".join(f"{x.name}（{x.points}分）得{x.claim}分" for x in xs) + "。",
    "甲（5分）自评4分、": lambda xs: "、".join(f"{x.name}（{x.points}分）自评{x.claim}分" for x in xs) + "。",
    "甲得4分（满分5分）、": lambda xs: "、".join(f"{x.name}得{x.claim}分（满分{x.points}分）" for x in xs) + "。",
    "甲（4/5）、": lambda xs: "、".join(f"{x.name}（{x.claim}/{x.points}）" for x in xs) + "。",
    "甲满分5分，得4分；": lambda xs: "；".join(f"{x.name}满分{x.points}分，得{x.claim}分" for x in xs) + "。",
    "其中：甲5分，得4分；": lambda xs: "其中：" + "；".join(f"{x.name}{x.points}分，得{x.claim}分" for x in xs) + "。",
    "甲、乙分值分别为…，得分分别为…": lambda xs: (
        f"{'、'.join(x.name for x in xs)}的分值分别为{'、'.join(x.points + '分' for x in xs)}，"
        f"自评得分分别为{'、'.join(x.claim + '分' for x in xs)}。"
    ),
    "甲（5分）、乙（5分）分别得…": lambda xs: (
        f"{'、'.join(f'{x.name}（{x.points}分）' for x in xs)}，分别得{'、'.join(x.claim + '分' for x in xs)}。"
    ),
    "甲（5分）、乙（5分），除乙扣1分外均得满分": lambda xs: (
        "、".join(f"{x.name}（{x.points}分）" for x in xs)
        + "，"
        + (
            "除" + "、".join(f"{x.name}扣{x.lost}分" for x in xs if not x.full) + "外，"
            if any(not x.full for x in xs)
            else ""
        )
        + ("其余指标均得满分。" if any(not x.full for x in xs) else "均得满分。")
    ),
}

# Points of a group's leaves in a list ahead of them.
PROMISES: dict[str, Callable[[int, Group], str]] = {
    "含": lambda n, g: f"（{'一二三四'[n]}）{g.name}类指标{g.points}分，含{_listed(g)}。\n",
    "包括": lambda n, g: f"（{'一二三四'[n]}）{g.name}（{g.points}分）\n包括{_listed(g)}。\n",
    "其中": lambda n, g: f"{n + 1}.{g.name}指标，满分{g.points}分，其中：{_listed(g)}。\n",
    "由": lambda n, g: (
        f"（{'一二三四'[n]}）{g.name}。本类指标共{g.points}分，由{'、'.join(f'{x.name}（{x.points}分）' for x in g.leaves)}组成。\n"
    ),
    "下设": lambda n, g: (
        f"（{'一二三四'[n]}）{g.name}方面。分值{g.points}分，下设{len(g.leaves)}个指标：{_listed(g)}。\n"
    ),
}

# How each of them is told behind its list.
KEPT: dict[str, Callable[[Leaf], str]] = {
    "甲：自评得4分。事实": lambda x: f"{x.name}：自评得{x.claim}分。{x.fact}。\n",
    "甲，事实，自评得4分": lambda x: f"{x.name}，{x.fact}，自评得{x.claim}分。\n",
    "甲：事实。自评4分。乙": lambda x: f"{x.name}：{x.fact}。自评{x.claim}分。",
    "甲方面，事实。得4分": lambda x: f"{x.name}方面，{x.fact}。得{x.claim}分。\n",
    "——甲：事实，扣1分": lambda x: f"——{x.name}：{x.fact}，{'得满分' if x.full else f'扣{x.lost}分'}。\n",
    "1.甲。自评得4分": lambda x: f"1.{x.name}。自评得{x.claim}分。{x.fact}。\n",
}


def _listed(group: Group) -> str:
    return "、".join(f"{x.name}{x.points}分" for x in group.leaves)


# Rows of a table that lost its borders and its header.
ROWS: dict[str, Callable[[Group, Leaf], str]] = {
    "甲｜5分｜4分": lambda _, x: f"{x.name}｜{x.points}分｜{x.claim}分\n",
    "投入 | 甲 | 5分 | 4分": lambda g, x: f"{g.name} | {x.name} | {x.points}分 | {x.claim}分\n",
    "投入\t甲\t分值5分\t得分4分": lambda g, x: f"{g.name}\t{x.name}\t分值{x.points}分\t得分{x.claim}分\n",
    "投入  甲  5分  4分": lambda g, x: f"{g.name}  {x.name}  {x.points}分  {x.claim}分\n",
    "投入—甲（5分）：得4分": lambda g, x: f"{g.name}—{x.name}（{x.points}分）：得{x.claim}分。{x.fact}。\n",
    "投入指标——甲，满分5分": lambda g, x: f"{g.name}指标——{x.name}，满分{x.points}分，自评{x.claim}分。{x.fact}。\n",
    "▲甲（5分），得4分": lambda _, x: f"▲{x.name}（{x.points}分），自评得{x.claim}分。{x.fact}。\n",
    "三级指标：甲（5分）": lambda _, x: f"三级指标：{x.name}（{x.points}分）\n得分：{x.claim}分。{x.fact}。\n",
    "指标名称：甲；分值：5分": lambda _, x: (
        f"指标名称：{x.name}；分值：{x.points}分；自评得分：{x.claim}分；说明：{x.fact}。\n"
    ),
    "甲（投入类，5分）": lambda g, x: f"{x.name}（{g.name}类，{x.points}分）：得{x.claim}分。{x.fact}。\n",
    "甲 5分 事实 4分": lambda _, x: f"{x.name}（{x.points}分）：年初目标值≥90%，实际完成值95%，自评得分{x.claim}分；\n",
}

# How a group is headed.
HEADS: dict[str, Callable[[Group], str]] = {
    "投入": lambda g: f"{g.name}情况\n",
    "投入（20分）": lambda g: f"{g.name}（{g.points}分）\n",
    "投入（20分，得19分）": lambda g: f"{g.name}指标（{g.points}分，自评得分{g.claim}分）\n",
    "投入。指标分值20分": lambda g: f"{g.name}。指标分值{g.points}分，自评得分{g.claim}分。\n",
    "投入\n共几项": lambda g: (
        f"{g.name}方面\n共{len(g.leaves)}项指标，分值{g.points}分，自评得{g.claim}分。具体如下：\n"
    ),
    "投入类指标分析": lambda g: f"{g.name}类指标分析（满分{g.points}分，得{g.claim}分）。\n",
}


def report(groups: tuple[Group, ...], body: str) -> str:
    """A report with its conclusion, the body under 绩效分析, and chapters behind it."""
    total = f"{sum((Decimal(g.claim) for g in groups), Decimal(0)):f}"
    return (
        "某某县服务中心2024年度部门整体支出绩效自评报告\n一、部门基本情况\n中心内设3个股室，编制45名，年末实有42名。\n"
        f"二、自评结论\n2024年度部门整体支出绩效自评得分{total}分，自评等级为“优”。\n三、绩效指标分析\n{body}"
        "四、存在的问题\n1.预算执行不够均衡。上半年支出进度偏慢。\n五、改进措施\n1.财务股按月通报支出进度，2025年6月底前完成。\n"
    )


def half_width(text: str) -> str:
    """The text with half-width punctuation."""
    return text.translate(str.maketrans("（），；：", "(),;:"))


def wrapped(text: str, width: int = 38) -> str:
    """The text with its lines broken at the edge of a page, never within a number or in front of a closing mark."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rest = paragraph
        while (at := _fitting(rest, width)) < len(rest):
            while re.match(r"[\d.%，。；、：）”]", rest[at:]) or rest[at - 1] in "（“":
                at -= 1
            lines.append(rest[:at])
            rest = rest[at:]
        lines.append(rest)
    return "\n".join(lines)


def _fitting(text: str, width: int) -> int:
    """How many characters of a text fit into a line; digits and half-width marks take half a place."""
    used = 0
    for at, character in enumerate(text):
        used += 1 if ord(character) < 0x2E80 else 2
        if used > width * 2:
            return at
    return len(text)


def told(
    groups: tuple[Group, ...], marks: str, head: str, leaf: Callable[[str, Leaf], str], *, listed: bool = False
) -> str:
    """The body in one manner; ``listed`` leaves follow one another in a paragraph, without marks."""
    group_mark, leaf_mark = MARKS[marks]
    parts: list[str] = []
    for at, group in enumerate(groups):
        leaves = [leaf("" if listed else leaf_mark(at, number), each) for number, each in enumerate(group.leaves)]
        body = "".join(leaves)
        parts.append(group_mark(at, 0) + HEADS[head](group) + (body.rstrip("；。") + "。\n" if listed else body))
    return report(groups, "".join(parts))
