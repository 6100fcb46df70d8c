"""Web pages as sites make them: chrome, layout tables, forms round everything, encodings, pages saved as one file."""

import pytest

from hengji.reading import read_data

_TABLE = "<table border=1><tr><th>指标<th>分值<th>得分<tr><td>数量<td>10<td>9</table>"
_CASES: dict[str, tuple[str | bytes, str]] = {
    "gb2312 that is gb18030": (
        "<html><meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>青溪县镕</p></html>".encode(
            "gb18030"
        ),
        "青溪县镕",
    ),
    "wrong encoding stated": ("<html><meta charset=utf-8><p>青溪县水务局</p></html>".encode("gb18030"), "青溪县水务局"),
    "utf-16": ("<html><p>青溪县水务局</p></html>".encode("utf-16"), "青溪县水务局"),
    "form round the page": (
        "<html><body><form id=form1><input value=查><div><p>一、部门概况</p><p>支出860.40万元</p></div></form></body></html>",
        "一、部门概况\n支出860.40万元",
    ),
    "title in a header": (
        "<article><header><h1>2023年度自评报告</h1></header><p>正文在这里</p></article>",
        "2023年度自评报告\n正文在这里",
    ),
    "classes that only sound like chrome": (
        "<html><div class='content-header-wrap'><p>正文在这里</p></div><div id=searchContent><p>也是正文</p></div></html>",
        "正文在这里\n也是正文",
    ),
    "a table that lays the page out": (
        f"<html><table><tr><td><p>一、自评结论</p><p>自评得分97分。</p>{_TABLE}<p>二、问题</p></td></tr></table></html>",
        "一、自评结论\n自评得分97分。\n指标\t分值\t得分\n数量\t10\t9\n二、问题",
    ),
    "hidden": ("<html><p style='DISPLAY : none'>隐</p><p hidden>藏</p><p>显示</p></html>", "显示"),
    "breaks": ("<html><div>一、概况<br>第一行<br/>第二行</div></html>", "一、概况\n第一行\n第二行"),
    "printing first": ("<html><p>【打印】【关闭窗口】</p><p>正文一二三四五</p><p>上一篇：别的</p></html>", "正文一二三四五"),
    "place": ("<html><p>您当前的位置：首页 &gt; 绩效</p><p>正文</p></html>", "正文"),
    "saved as one file": (
        (b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"; type="text/html"\r\n\r\n--x\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<html><p>=C7=E0=CF=AA=CF=D8</p></html>\r\n--x--\r\n"),
        "青溪县",
    ),
    "merged cells": (
        "<html><table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2</table></html>",
        "甲\t乙\n1\t2",
    ),
    "nested deeper than any page": ("<html>" + "<div>" * 3000 + "深处</div>", "深处"),
    "programs": ("<html><script>var a='</p>860';</script><p>正文<style>p{}</style></p></html>", "正文"),
}  # fmt: skip


@pytest.mark.parametrize("case", _CASES)
def test_a_page_gives_its_text(case: str) -> None:
    page, text = _CASES[case]
    found = read_data("a.html", page if isinstance(page, bytes) else page.encode())
    assert found.form == "html"
    assert found.text == text


def test_lists_of_links_are_no_text() -> None:
    links = "".join(f"<li><a href='{n}'>栏目之{n}</a></li>" for n in range(8))
    text = "<p>本部门全年支出860.40万元，其中基本支出621.30万元，项目支出239.10万元。</p>" * 6
    found = read_data("a.html", f"<html><ul>{links}</ul><div>{text}</div></html>".encode())
    assert "栏目" not in found.text
    assert found.text.count("860.40") == 6


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<html><div id=app></div><script src=x.js></script></html>", "没有正文"),
        ("<html><iframe src='/files/自评报告.pdf'></iframe><p>附件</p></html>", "嵌有另外的文件（自评报告.pdf）"),
        ("<html><frameset><frame src=a.html></frameset></html>", "嵌有另外的文件（a.html）"),
    ],
)
def test_what_a_page_only_points_to_is_said(page: str, said: str) -> None:
    assert said in "；".join(read_data("a.html", page.encode()).unread)
