"""Writes docs/auditing.md: the list of checks from the catalogue, and the measured quality."""

from pathlib import Path

from benchmarks.quality import CORPUS, HALVES, measure, table
from hengji.library.check_texts import CLASSES, load_checks
from hengji.model.finding import SEVERITY_CN

TARGET = Path(__file__).parent.parent / "docs" / "auditing.md"

_HEAD = """# 核查规则

`hengji check` 读一份材料，先判断它是哪一类（部门整体支出自评、项目自评、决算、不是自评材料），再逐条核查。规则编号公开、不变，
`--select R03,R11` 只查这些，`--ignore R38` 不查这些，`hengji rule R11` 看含义、做法、依据和例子。

级别：**错误**（P0，必须改）、**疑点**（P1，影响得分，请解释）、**提示**（P2，质量）、**文字**（P3）。级别属于每一处发现，下表是默认。
性质：T 由文字判定；S 需要数据或另一份材料；L 启发式，由人确认。没有给出的材料使一条规则“没有核查”，会列出来，不等于通过。

什么也没有找到时，结论按查了多少写，不一概写“通过”：

| 底稿的结论 | 什么时候 |
|---|---|
| P0、P1、P2、P3 | 有发现，取最重的一级 |
| 通过 | 全文读出，能查的规则都查了，没有发现，也没有不再提示的 |
| 无其他发现 | 除了不再提示的，没有发现 |
| 部分核查 | 没有发现，但有规则没有选、查到一半出错、决算材料不查，或者有没读出、拿不准的内容 |
| 未核查 | 不是自评材料，多数规则没有核查 |
| 读不出 | 没有读出一个字（空白文件、认不出字的扫描件）、文件损坏或认不出；退出码为2 |

底稿的“指标一览”把点到这个指标的、落在它的文字里的发现都列在这个指标下；没有发现的，得分重算过才写“通过”，没有重算的写“未核实”。
“没有核查”一页逐条列出没有核查的规则和原因（没有选的也在内），JSON 的 `not_checked` 相同。

判断过、认为不成立的发现写进一个文件，用 `--waive` 给出，每条要有理由（至少4个字）：

```yaml
waivers:
  - {code: R15, quote: “三公”经费预算数为66万元, reason: 预算含年中取消的车辆购置，财政已收回}
```

`quote` 抄发现所在那句话（表格是那一行）里的任何一段都可以，也可以抄“另见”处的；正好抄到某一处发现的字的，只算那一处。标点全角半角、换行不影响。
不写 `quote` 的，这条规则的发现都不再提示；`file` 限定文件名。不再提示的发现不计数，也不影响退出码，但屏幕、网页、底稿和 JSON（`waived`）都连同理由列出；
没有用上的一条会说“第1条没有用上”和为什么。

`--format json` 的格式由 `src/hengji/library/schemas/check.schema.json` 规定：小数是文字，没有的写 null，`start` 和 `end` 按 `--text` 输出的文字计；
一处矛盾有两头的，另一头在 `also` 里（网页、批注、底稿里写作“另见”）。准确率只按第一处计。

"""
_QUALITY = """
## 准确率

在 `tests/corpus/` 的标注材料上由 `make quality` 测出。全部材料是虚构的。`held_out` 的文字和标注在写规则之前完成，写的人没有看过程序，不参与调试，
数字单列；`dense` 是密集的小样（评分标准与得分、满分与短处、扣分与原因、否认与事实），每份十来项指标里三成有错，最难，同样不参与调试。一处发现与标注的规则相同、所指的文字相交（表格在同一行）算对；标注者认为两可的不计。项目表中资金一行没有自己的名称，标注为执行率、年度资金总额的按预算执行率计。

"""


def text() -> str:
    """The whole document."""
    lines = ["| 规则 | 名称 | 级别 | 性质 | 查什么 |", "|---|---|---|---|---|"]
    for check in load_checks().values():
        meaning = check.meaning.replace("\n", "").replace("|", "／")
        lines.append(f"| {check.code} | {check.title} | {SEVERITY_CN[check.severity]} | {check.kind} | {meaning} |")
    kinds = "；".join(f"{key} {words}" for key, words in CLASSES.items())
    halves = [f"### {title}（{half}）\n\n{table(measure(CORPUS / half))}\n" for half, title in HALVES.items()]
    return _HEAD + "\n".join(lines) + f"\n\n（{kinds}）\n" + _QUALITY + "\n".join(halves)


def main() -> None:
    """Writes the document."""
    TARGET.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
