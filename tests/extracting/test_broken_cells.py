"""Forms whose cells are broken over lines or rows, with spare rows, blank cells and 「指标1：」; columns that one mark sets apart."""

import itertools
from collections.abc import Sequence

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_data

Leaf = tuple[str, str, str, str, str, str]  # name, points, score, target, result, remark
_LEAVES: tuple[tuple[str, str, tuple[Leaf, ...]], ...] = (
    ("决策", "目标设定", (("绩效目标合理性", "5", "5", "合理", "合理", ""), ("年度绩效指标明确程度", "5", "4.5", "明确", "比较明确", "个别指标没有量化，以后改进"))),
    ("过程", "预算执行", (("预算执行率", "10", "9.6", "100%", "96%", "工程尾款没有付清"), ("项目质量管理制度健全性", "10", "10", "健全", "健全", ""))),
    ("产出指标", "数量指标", (("残疾人实用技术培训人次", "20", "20", "≥300人次", "312人次", ""), ("改造无障碍设施户数", "10", "9", "≥50户", "45户", "材料涨价，部分施工延后到第二年"))),
    ("产出指标", "质量指标", (("项目工程验收一次性合格率", "10", "10", "100%", "100%", ""),)),
    ("效益指标", "社会效益指标", (("培训后实现稳定就业人数", "20", "18", "≥60人", "54人", "企业用工减少；2025年增加岗位对接"),)),
    ("满意度指标", "服务对象满意度指标", (("残疾人及家属满意度", "10", "10", "≥90%", "95.3%", ""),)),
)  # fmt: skip
_WANTED = [leaf[:3] for _, _, leaves in _LEAVES for leaf in leaves]
_TOTAL = "96.1"
_HEADS = {"o": "序号", "1": "一级指标", "2": "二级指标", "n": "三级指标", "p": "分值", "t": "年度指标值", "r": "实际完成值", "c": "得分", "m": "偏差原因分析及改进措施"}  # fmt: skip
_HEAD = "某某县残联2024年度残疾人服务项目支出绩效自评报告\n一、项目概况\n项目由县残联实施，预算200万元。\n二、自评结论\n自评得分96.1分，等级为优。\n三、指标完成情况\n"
_TAIL = "\n四、存在问题\n1.支出进度偏慢。县残联2025年3月底前整改。\n"


def _read(body: str, form: str = "txt") -> Extraction:
    return extract(read_data(f"自评.{form}", body.encode()))


def _told(found: Extraction) -> list[tuple[str, str, str]]:
    return [(item.name, str(item.points), str(item.claimed)) for item in found.items]


def _broken(text: str, width: int) -> list[str]:
    """A text in lines of so many Chinese characters."""
    lines = [""]
    for character in text:
        wide = sum(1 if ord(each) > 127 else 0.5 for each in lines[-1] + character)
        lines = [*lines, character] if wide > width and lines[-1] else [*lines[:-1], lines[-1] + character]
    return lines


def _form(
    columns: str,
    widths: str,
    *,
    row: bool = False,
    cell: bool = False,
    spare: bool = False,
    prefix: str = "",
    page: int = 0,
) -> str:
    """A form one cell a line: ``widths`` are those of levels, names, others and remarks; empty lines between rows or cells."""
    level, name, other, remark = (int(width) for width in widths.split())
    width = dict.fromkeys("12", level) | {"n": name, "m": remark} | dict.fromkeys("optrc", other)
    after = [""] if cell else []
    head = [line for column in columns for line in (*_broken(_HEADS[column], width[column]), *after)]
    lines, seen, number = list(head), {"1": "", "2": ""}, 0
    for first, second, leaves in _LEAVES:
        for order, leaf in enumerate(leaves, 1):
            number += 1
            lines += [f"- {number // page} -", *head] if page and number % page == 0 else []
            told = dict(zip("npctrm", leaf, strict=True)) | {"1": first, "2": second, "o": str(number)}
            told["n"] = prefix.format(order) + told["n"]
            for column in columns:
                if told[column] and seen.get(column) != told[column]:
                    lines += [*_broken(told[column], width[column]), *after]
                elif not told[column] and cell:
                    lines += ["\u00a0", ""]
                seen |= {column: told[column]} if column in seen else {}
            lines += [""] if row else []
        lines += ["指标2：", *after, "……", *after] if spare else []
    return "\n".join([*lines, *(line for text in ("总分", "100", _TOTAL) for line in (text, *after))])


_FORMS = {
    "names": _form("12nptrcm", "4 6 6 12"),
    "all": _form("12nptrcm", "2 6 4 8"),
    "narrow": _form("12nptrcm", "2 5 4 8"),
    "rows apart": _form("12nptrcm", "2 7 3 9", row=True),
    "cells apart": _form("12nptrcm", "4 7 5 12", cell=True),
    "spare rows": _form("12ntrpcm", "4 20 3 30", cell=True, spare=True, prefix="指标{}"),
    "spare rows, colons": _form("12ntrpcm", "4 8 3 30", cell=True, spare=True, prefix="指标{}："),
    "spare rows, no empty line": _form("12ntrpcm", "3 9 4 11", spare=True, prefix="指标{}："),
    "order": _form("o12nptrcm", "2 7 4 8"),
    "order and names": _form("onptrcm", "2 6 4 8"),
    "no levels": _form("nptrcm", "2 5 4 9"),
    "one level": _form("1nptrc", "3 7 4 9"),
    "figures only": _form("npc", "2 8 3 9"),
    "header of every page": _form("12nptrcm", "2 6 4 8", page=3),
}  # fmt: skip


@pytest.mark.parametrize("form", _FORMS)
def test_cells_broken_over_lines(form: str) -> None:
    assert _told(_read(f"{_HEAD}{_FORMS[form]}{_TAIL}")) == _WANTED


_UNBROKEN = (
    ("投入", "预算配置", "在职人员控制率", "10", "10"),
    ("过程", "预算执行", "预算完成率", "20", "19.2"),
    ("过程", "预算执行", "公用经费控制率", "10", "10"),
    ("产出", "职责履行", "重点工作实际完成率", "30", "30"),
    ("效果", "履职效益", "社会公众满意度", "30", "27"),
)


def test_cells_in_one_line_are_not_put_together() -> None:
    rows = [cell for row in _UNBROKEN for cell in row]
    head = ["一级指标", "二级指标", "三级指标", "分值", "得分"]
    found = _read(f"{_HEAD}{chr(10).join([*head, *rows, '总分', '100', '96.2'])}{_TAIL}")
    assert _told(found) == [row[2:] for row in _UNBROKEN]


_NATIONAL = (
    "项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分",
    "年度资金总额", "300", "320", "304", "10", "95%", "9.5", "其中：当年财政拨款", "300", "320", "304", "", "", "",
    "其他资金", "0", "0", "0", "", "", "",
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施",
    "产出指标", "数量指标", "指标1：养护农村公路里程", "≥120公里", "118公里", "15", "14.8", "部分路段因水毁改道，2025年补齐",
    "指标2：清理边沟涵洞数量", "≥80处", "86处", "15", "15", "", "……", "", "", "", "", "",
    "质量指标", "指标1：路面技术状况优良率", "≥85%", "88.2%", "20", "20", "", "指标2：", "", "", "", "", "",
    "效益指标", "社会效益指标", "指标1：农村客运通车率", "100%", "100%", "30", "30", "",
    "满意度指标", "服务对象满意度指标", "指标1：沿线群众满意度", "≥90%", "91.5%", "10", "10", "", "总分", "100", "99.3",
)  # fmt: skip
_ROADS = [("预算执行率", "10", "9.5"), ("养护农村公路里程", "15", "14.8"), ("清理边沟涵洞数量", "15", "15"), ("路面技术状况优良率", "20", "20"), ("农村客运通车率", "30", "30"), ("沿线群众满意度", "10", "10")]  # fmt: skip


@pytest.mark.parametrize(("width", "apart"), list(itertools.product((5, 6, 8, 10, 30), (False, True))))
def test_a_national_form_with_its_money(width: int, apart: bool) -> None:
    lines = [line for cell in _NATIONAL for line in (*_broken(cell or "\u00a0", width), *([""] if apart else []))]
    kept = lines if apart else [line for line in lines if line.strip()]
    found = _read("\n".join(["农村公路养护经费绩效自评表", "（2024年度）", *kept]))
    assert _told(found) == _ROADS


def _rows_broken(width: int) -> list[list[str]]:
    """A table's rows, the rest of each long name in a row of its own."""
    rows = [["三级指标", "分值", "年度指标值", "实际完成值", "得分", "偏差原因"]]
    for _, _, leaves in _LEAVES:
        for name, points, claim, target, result, remark in leaves:
            rows.append([name[:width], points, target, result, claim, remark])
            rows += [[name[width:], "", "", "", "", ""]] if len(name) > width else []
    return rows


def _html(rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    paragraphs = ["".join(f"<p>{line}</p>" for line in text.split("\n") if line) for text in (_HEAD, _TAIL)]
    return f"<html><body>{paragraphs[0]}<table>{cells}</table>{paragraphs[1]}</body></html>"


def test_names_broken_over_rows() -> None:
    assert _told(_read(_html(_rows_broken(7)), "html")) == _WANTED


@pytest.mark.parametrize("prefix", ["指标1：", "指标1", "指标 1："])
def test_the_number_that_a_form_prints_before_a_name(prefix: str) -> None:
    rows = [["一级指标", "三级指标", "分值", "得分"]]
    for first, _, leaves in _LEAVES:
        rows += [[first, f"{prefix}{leaf[0]}", *leaf[1:3]] for leaf in leaves]
        rows += [["", "指标2：", "", ""], ["", "……", "", ""]]
    assert _told(_read(_html(rows), "html")) == _WANTED


_TELLING = ("列间以“{0}”隔开，依次为：指标{0}权重（%）{0}目标{0}实际{0}得分系数{0}得分（＝权重{1}系数）。", "（格式：指标名称{0}满分{0}目标值{0}实际值{0}系数{0}自评得分）", "各列用“{0}”分开，依次为指标{0}分值{0}目标{0}实际{0}系数{0}得分")  # fmt: skip


@pytest.mark.parametrize(("mark", "telling"), list(itertools.product("／；，#→~、", _TELLING)))
def test_columns_that_one_mark_sets_apart(mark: str, telling: str) -> None:
    rows = [
        mark.join((name, points, target, result, "1.00", claim))
        for _, _, leaves in _LEAVES
        for name, points, claim, target, result, _ in leaves
    ]
    rows.append(mark.join(("合计", "100", "", "", "", _TOTAL)))
    body = "\n".join([telling.format(mark, "×"), *rows])
    assert _told(_read(f"{_HEAD}{body}{_TAIL}")) == _WANTED


_PLAIN = (("业务培训", "20", "20"), ("设施维修", "30", "29"), ("应急值守", "20", "19"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("接待读者30分，得30分。", ("接待读者", "30", "30")),
        ("救治患者30分，得28分。", ("救治患者", "30", "28")),
        ("设备保障〔30分〕得29分。得分办法：实际不超预算30分。", ("设备保障", "30", "29")),
        ("安全生产〔30分〕得30分。得分办法：不发生亡人事故30分。", ("安全生产", "30", "30")),
    ],
)
def test_rules_and_readers(line: str, told: tuple[str, str, str]) -> None:
    others = [f"{name}{points}分，得{claim}分。按期完成。" for name, points, claim in _PLAIN]
    assert _told(_read(f"{_HEAD}{chr(10).join([line, *others])}{_TAIL}")) == [told, *_PLAIN]


@pytest.mark.parametrize(("lost", "score"), [("不扣分", "36"), ("扣1分", "35")])
@pytest.mark.parametrize("moved", ["加上调入的6分", "承接“政府采购”的6分", "含并入的6分"])
def test_points_that_were_moved_in(moved: str, lost: str, score: str) -> None:
    first = f"1.内控有效性（30分）。抽查凭证120份，未发现违规。{moved}，本项满分36分。{lost}。"
    others = [f"{n}.{leaf[0]}（{leaf[1]}分）。按期完成。扣1分。" for n, leaf in enumerate(_PLAIN[1:], 2)]
    found = _told(_read(f"{_HEAD}{chr(10).join([first, *others])}{_TAIL}"))
    assert found == [("内控有效性", "30", score), *_PLAIN[1:]]
