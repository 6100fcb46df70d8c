"""Word files with findings as comments: anchored at the words, and otherwise what they were. Every text is invented."""

import io
import re
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from hengji.model.document import Document
from hengji.model.finding import Finding, Severity
from hengji.model.problem import HengjiError
from hengji.reading.docx import read_docx
from hengji.writing.annotated_docx import annotated_docx
from tests.conftest import RequireProgram
from tests.writing.corpus import audited, documents

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W = f"{{{_SPACE}}}"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DOCX = documents("docx")
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""


def _main(body: str) -> str:
    return f'<w:document xmlns:w="{_SPACE}" xmlns:mc="{_MC}"><w:body>{body}</w:body></w:document>'


def _packed(main: str | bytes, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", main)
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return stream.getvalue()


def _docx(body: str, **parts: str) -> bytes:
    return _packed(_main(body), **parts)


def _run(text: str, properties: str = "") -> str:
    return f'<w:r w:rsidR="00A1">{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t>{text}</w:t></w:r>'


def _p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def _box(text: str) -> str:
    content = f"<w:txbxContent>{_p(_run(text))}</w:txbxContent>"
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent>"
    )


def _finding(document: Document, words: str, message: str = "不符") -> Finding:
    start = document.text.index(words)
    return _at(document, start, start + len(words), message)


def _at(document: Document, start: int, end: int, message: str = "不符") -> Finding:
    quote = document.text[start:end]
    return Finding(code="R11", severity=Severity.WARNING, message=message, quote=quote, start=start, end=end)


def _commented(data: bytes, *quotes: str) -> bytes:
    document = read_docx("报告.docx", data)
    return annotated_docx(data, document, [_finding(document, words) for words in quotes])


def _part(data: bytes, member: str = "word/document.xml") -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(member)


def _anchored(data: bytes) -> dict[str, str]:
    """The words inside each comment's range, by its id; every range has one beginning, one end and one reference."""
    root = etree.fromstring(_part(data).replace(_STRICT.encode(), _SPACE.encode()))
    open_now: set[str] = set()
    words: dict[str, str] = {}
    ended: list[str] = []
    referred: list[str] = []
    for element in root.iter(f"{_W}*"):
        number = element.get(f"{_W}id")
        if element.tag == f"{_W}commentRangeStart":
            assert number not in words
            open_now.add(number)
            words[number] = ""
        elif element.tag == f"{_W}commentRangeEnd":
            open_now.remove(number)
            ended.append(number)
        elif element.tag == f"{_W}commentReference":
            referred.append(number)
        else:
            said = _said(element)
            for each in open_now:
                words[each] += said
    assert sorted(ended) == sorted(referred) == sorted(words)
    return words


def _said(element: etree._Element) -> str:
    gone = (f"{_W}del", f"{_W}moveFrom", f"{{{_MC}}}Fallback")
    if any(above.tag in gone for above in element.iterancestors()):
        return ""
    signs = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}noBreakHyphen": "-"}
    return "".join(element.itertext()) if element.tag == f"{_W}t" else signs.get(element.tag, "")


def _comments(data: bytes, member: str = "word/comments.xml") -> dict[str, list[str]]:
    """The paragraphs of every comment."""
    root = etree.fromstring(_part(data, member).replace(_STRICT.encode(), _SPACE.encode()))
    return {each.get(f"{_W}id"): ["".join(p.itertext()) for p in each.iter(f"{_W}p")] for each in root}


def _merged(main: bytes, *, marks: Sequence[str] = ()) -> bytes:
    """A main part without the marks of these comments, neighbouring runs of one look made one."""
    root = etree.fromstring(main, etree.XMLParser(remove_comments=True))
    for element in list(root.iter(f"{_W}commentRangeStart", f"{_W}commentRangeEnd", f"{_W}commentReference")):
        if element.get(f"{_W}id") in marks:
            gone = element.getparent() if element.tag == f"{_W}commentReference" else element
            gone.getparent().remove(gone)
    for text in root.iter(f"{_W}t"):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    for run in list(root.iter(f"{_W}r")):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and _look(before) == _look(run):
            for child in [child for child in run if child.tag != f"{_W}rPr"]:
                last = before[-1] if len(before) else None
                if last is not None and last.tag == child.tag == f"{_W}t":
                    last.text = (last.text or "") + (child.text or "")
                else:
                    before.append(child)
            # lxml's parents keep a removed run's children in place: the one before takes over its place in the row.
            run.getparent().replace(run, before)
    return bytes(etree.tostring(root, method="c14n"))


def _look(run: etree._Element) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    properties = run.find(f"{_W}rPr")
    look = etree.tostring(properties, method="c14n") if properties is not None else b""
    return look, tuple(sorted(run.attrib.items()))


def _untouched(before: bytes, after: bytes) -> None:
    """The main part but for the new marks, and every other part but for the lists, is what it was."""
    there = set(re.findall(rb'comment(?:RangeStart|Reference)[^>]*?id="(\d+)"', _part(before)))
    new = [number for number in _anchored(after) if number.encode() not in there]
    assert _merged(_part(after), marks=new) == _merged(_part(before))
    old, made = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    lists = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml"}
    for name in set(old.namelist()) - lists:
        assert old.read(name) == made.read(name)
    assert read_docx("a.docx", after).text == read_docx("a.docx", before).text
    docx.Document(io.BytesIO(after))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("path", _DOCX, ids=lambda path: path.stem)
def test_comments_stand_at_the_words_of_a_report(path: Path) -> None:
    document, findings = audited(path)
    data = annotated_docx(path.read_bytes(), document, findings)
    words = _anchored(data) if findings else {}
    assert len(words) == len(findings)
    said = _comments(data) if findings else {}
    for number, finding in enumerate(findings):
        if finding.quote and not any(line.startswith("所指原文") for line in said[str(number)]):
            # An automatic number is read and quoted, and stands nowhere in the file.
            assert _plain(words[str(number)])
            assert _plain(finding.quote).endswith(_plain(words[str(number)]))
            assert len(_plain(finding.quote)) - len(_plain(words[str(number)])) < 6
    _untouched(path.read_bytes(), data)


def test_runs_are_split_where_an_anchor_falls_and_keep_their_look() -> None:
    bold = '<w:b/><w:color w:val="FF0000"/>'
    data = _docx(_p(_run("执行率为"), _run("96.00%，支出", bold), _run("470.00万元。", "<w:i/>")))
    quotes = ("率为96", "96.00%，支出470", "支", "执行率为96.00%，支出470.00万元。", "00", "96.00%")
    after = _commented(data, *quotes)
    assert tuple(_anchored(after).values()) == ("率为96", "96.00%，支出470", "支", quotes[3], "00", "96.00%") or (
        sorted(_anchored(after).values()) == sorted(quotes)
    )
    _untouched(data, after)
    look = b'<w:r w:rsidR="00A1"><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:t>'
    assert _part(after).count(look) == _part(after).count(b"<w:b/>") > 1


def test_no_byte_of_the_main_part_is_lost() -> None:
    """Odd but sound XML: everything written comes out again in its order, with marks between."""
    main = (
        '﻿<?xml version="1.0"?>\r\n<!-- 甲 --><w:document  xmlns:w="' + _SPACE + '" xmlns:z="urn:z" >'
        "<w:body ><w:p\tz:odd='a>b'><?pi x?><w:r  ><w:t  >甲&amp;乙&#x4e19;<!-- 注 -->丁<![CDATA[<戊>]]>己\r\n庚</w:t\n></w:r>"
        "<w:r><w:t/></w:r></w:p><w:p/><w:sectPr/></w:body></w:document><!-- 末 -->"
    )
    data = _packed(main)
    for quote in ("乙丙", "丙", "丁<", "戊", "<戊>", "己", "&", "庚"):
        after = _commented(data, quote)
        assert _anchored(after) == {"0": quote}
        kept = iter(_part(after))
        assert all(byte in kept for byte in main.encode())  # a subsequence
        assert read_docx("a.docx", after).text == read_docx("a.docx", data).text


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad", "&#8203;", "&#xFEFF;"])
def test_what_cannot_be_seen_moves_no_comment(unseen: str) -> None:
    data = _docx(_p(_run(f"支出3{unseen}00.00{unseen}万元，"), _run(f"结余{unseen}1.50万元")))
    for quote in ("300.00", "1.50", "00万元，结余"):
        after = _commented(data, quote)
        assert [re.sub("\u200b|\ufeff|\u00ad", "", words) for words in _anchored(after).values()] == [quote]


def test_blanks_beside_a_cut_are_kept() -> None:
    data = _docx(_p(_run("total of five")))
    after = _commented(data, "of")
    assert _part(after).count(b'xml:space="preserve"') == 3
    assert [run.text for run in docx.Document(io.BytesIO(after)).paragraphs[0].runs] == ["total ", "of", "", " five"]


def test_anchors_reach_over_paragraphs_cells_links_fields_insertions_and_signs() -> None:
    link = f'<w:hyperlink w:anchor="x">{_run("链接甲乙")}</w:hyperlink>'
    inserted = f'<w:ins w:id="7" w:author="某">{_run("新增丙丁")}</w:ins>'
    deleted = '<w:del w:id="8" w:author="某"><w:r><w:delText>删去</w:delText></w:r></w:del>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + _run("域值")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    signs = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/><w:t>戊</w:t><w:br/><w:t>己</w:t><w:noBreakHyphen/></w:r>'
    simple = f'<w:fldSimple w:instr="DATE">{_run("日期值")}</w:fldSimple>'
    cells = "".join(f"<w:tc>{_p(_run(text))}</w:tc>" for text in ("预算数", "100", "决算数"))
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells.replace('100', '200')}</w:tr></w:tbl>"
    data = _docx(_p(_run("起首"), link, deleted, inserted, field, signs, simple) + table + _p(_run("尾段")))
    quotes = (
        "首链接甲",
        "接甲乙新",
        "新增",
        "丁域",
        "值\t戊",
        "戊 己",
        "己-日期",
        "期值",
        "日期值\n预算数\t10",
        "0\t决算",
        "数\n预算数\t200\t决算数\n尾段",
    )
    after = _commented(data, *quotes)
    found = _anchored(after)
    assert [_plain(found[str(number)]) for number in range(len(quotes))] == [_plain(quote) for quote in quotes]
    _untouched(data, after)


def test_what_stands_in_boxes_and_notes_is_told_where_word_takes_comments() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{_SPACE}"><w:footnote w:type="separator" w:id="0">{_p(_run("线"))}</w:footnote>'
        f'<w:footnote w:id="2">{_p(_run("注中文字"))}</w:footnote></w:footnotes>'
    )
    reference = '<w:r><w:t>引</w:t><w:footnoteReference w:id="2"/><w:t>后</w:t></w:r>'
    boxed = f"<w:r><w:t>格</w:t>{_box('格内框')}</w:r>"
    cell = f"<w:tbl><w:tr><w:tc>{_p(boxed)}</w:tc></w:tr></w:tbl>"
    data = _docx(_p(_run("前"), f"<w:r>{_box('框中文字')}</w:r>", reference) + cell, footnotes=notes)
    after = _commented(data, "中文字", "注中文字", "内框", "引后")
    found, said = _anchored(after), _comments(after)
    assert found == {"0": "框中文字", "1": "", "2": "格内框", "3": "引后"}
    assert [lines[1] for lines in said.values()] == ["所指原文：中文字", "所指原文：注中文字", "所指原文：内框", "不符"]
    root = etree.fromstring(_part(after))
    for mark in root.iter(f"{_W}commentRangeStart", f"{_W}commentRangeEnd", f"{_W}commentReference"):
        assert not any(above.tag == f"{_W}txbxContent" for above in mark.iterancestors())
    start = next(each for each in root.iter(f"{_W}commentRangeStart") if each.get(f"{_W}id") == "1")
    assert [child.tag.removeprefix(_W) for child in start.getnext()] == ["footnoteReference"]
    _untouched(data, after)


def test_controls_and_formulas_are_marked_from_outside() -> None:
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{_run('某县某局')}</w:sdtContent></w:sdt>"
    rich = f"<w:sdt><w:sdtPr/><w:sdtContent>{_run('自由文字')}</w:sdtContent></w:sdt>"
    ruby = f"<w:r><w:ruby><w:rt>{_run('yin')}</w:rt><w:rubyBase>{_run('音')}</w:rubyBase></w:ruby></w:r>"
    data = _docx(_p(_run("单位"), control, rich, ruby))
    after = _commented(data, "某县", "由文", "音")
    assert list(_anchored(after).values()) == ["某县某局", "由文", "yin音"]
    _untouched(data, after)


def test_what_is_absent_is_told_at_its_paragraph_or_the_first() -> None:
    data = _docx("<w:p/>" + _p(_run("  ")) + _p(_run("第一段")) + _p(_run("第二"), _run("段")))
    document = read_docx("a.docx", data)
    starts = (None, 0, document.text.index("二"), 9_999)
    findings = [Finding(code="R30", severity=Severity.INFO, message="缺", start=start, end=start) for start in starts]
    after = annotated_docx(data, document, findings)
    assert list(_anchored(after).values()) == ["第一段", "第一段", "第二段", "第二段"]
    _untouched(data, after)
    unplaced = Finding(code="R30", severity=Severity.INFO, message="缺", quote="二段")
    assert _anchored(annotated_docx(data, document, [unplaced])) == {"0": "二段"}


def test_a_file_without_text_is_told_at_its_first_paragraph() -> None:
    absent = Finding(code="R30", severity=Severity.INFO, message="缺")
    data = _docx("<w:p/>" + _p("<w:r><w:drawing/></w:r>"))
    after = annotated_docx(data, read_docx("a.docx", data), [absent])
    assert _anchored(after) == {"0": ""}
    bare = _docx("<w:p/>")
    with pytest.raises(HengjiError, match="没有段落"):
        annotated_docx(bare, read_docx("a.docx", bare), [absent])


def test_a_comment_says_what_was_found() -> None:
    data = _docx(_p(_run("执行率96%")))
    document = read_docx("a.docx", data)
    finding = Finding(
        code="R11",
        severity=Severity.WARNING,
        message="算得\n95%",
        advice="核对",
        basis="办法第3条",
        quote="96%",
        start=3,
        end=6,
    )
    after = annotated_docx(data, document, [finding])
    lines = ["R11 疑点 百分比与分子分母不符", "算得", "95%", "建议：核对", "依据：办法第3条"]
    assert _comments(after) == {"0": lines}
    assert b'w:author="\xe8\xa1\xa1\xe7\xbb\xa9" w:initials="\xe8\xa1\xa1"' in _part(after, "word/comments.xml")


def test_hostile_words_stay_words() -> None:
    hostile = "<w:p/>&]]>\"'\x00\x0b\x1b\ud800\ufffe　𠮷"
    data = _docx(_p(_run("甲&lt;w:p/&gt;𠮷乙")))
    document = read_docx("a.docx", data)
    finding = Finding(
        code=hostile, severity=Severity.ERROR, message=hostile, advice=hostile, quote="<w:p/>𠮷", start=1, end=8
    )
    after = annotated_docx(data, document, [finding])
    assert _anchored(after) == {"0": "<w:p/>𠮷"}
    assert _comments(after)["0"][1] == "<w:p/>&]]>\"'　𠮷"
    _untouched(data, after)


def test_comments_that_are_there_stay_and_new_ones_count_on() -> None:
    data = _docx(_p(_run("执行率为96.00%，支出470.00万元。")))
    once = _commented(data, "470.00万元", "率为")
    twice = _commented(once, "支出470", "96")
    assert _anchored(twice) == {"0": "470.00万元", "1": "率为", "2": "支出470", "3": "96"}
    first, second = _part(once, "word/comments.xml"), _part(twice, "word/comments.xml")
    assert second.startswith(first.removesuffix(b"</w:comments>"))
    assert _part(once, "[Content_Types].xml") == _part(twice, "[Content_Types].xml")
    assert _part(once, "word/_rels/document.xml.rels") == _part(twice, "word/_rels/document.xml.rels")
    _untouched(once, twice)


def test_comments_of_another_program_stay() -> None:
    """Their own part name, names without a prefix, numbers with gaps; and a part of the usual name that belongs to nobody."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    relations = (
        '<r:Relationships xmlns:r="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<r:Relationship Id="rId1" Type="{kind}" Target="/word/yi.xml"/></r:Relationships>'
    )
    main = _main(_p(_run("甲乙丙")))
    theirs = f'<comments xmlns="{_SPACE}" xmlns:q="{_SPACE}"><comment q:id="41" q:author="某"><p/></comment></comments>'
    parts = {"_rels/document.xml.rels": relations, "yi.xml": theirs, "comments.xml": "<orphan/>"}
    data = _packed(
        main, **{name.removesuffix(".xml"): text for name, text in parts.items() if name != "_rels/document.xml.rels"}
    )
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", relations)
    after = _commented(stream.getvalue(), "乙")
    assert _anchored(after) == {"42": "乙"}
    assert list(_comments(after, "word/yi.xml")) == ["41", "42"]
    assert _part(after, "word/comments.xml") == b"<orphan/>"
    orphan = _commented(_docx(_p(_run("甲乙丙")), comments="<orphan/>"), "乙")
    assert list(_comments(orphan, "word/comments2.xml")) == ["0"]
    assert b'Target="comments2.xml"' in _part(orphan, "word/_rels/document.xml.rels")


@pytest.mark.parametrize("prefix", ["w:", "", "字:"])
@pytest.mark.parametrize(
    ("space", "encoding"), [(_SPACE, "utf-8"), (_SPACE, "utf-16"), (_SPACE, "latin-1"), (_STRICT, "utf-8")]
)
def test_other_spellings_of_the_same_file(space: str, prefix: str, encoding: str) -> None:
    words = "executed 96%" if encoding == "latin-1" else "执行 96%"
    if encoding == "latin-1" and prefix == "字:":
        prefix = "é:"
    declared = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    p, r, t = (f"{prefix}{name}" for name in "prt")
    main = (
        f'<?xml version="1.0" encoding="{encoding}"?><{prefix}document {declared}="{space}"><{prefix}body>'
        f"<{p}><{r}><{t}>{words}</{t}></{r}></{p}></{prefix}body></{prefix}document>"
    )
    after = _commented(_packed(main.encode(encoding)), "96", words[:3])
    assert _anchored(after) == {"0": "96", "1": words[:3]}
    assert list(_comments(after)) == ["0", "1"]
    assert space.encode() in _part(after, "word/comments.xml")


@given(
    st.lists(st.lists(st.text("甲乙1 &<", min_size=1, max_size=6), max_size=4), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=12),
)
@example([["1"], [" "]], [(0, 3)])
def test_any_spans_of_any_runs(paragraphs: list[list[str]], spans: list[tuple[int, int]]) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;")

    data = _docx(
        "".join(
            _p("", *(_run(escaped(run), "<w:b/>" * (number % 2)) for number, run in enumerate(runs)))
            for runs in paragraphs
        )
        + _p(_run("末"))
    )
    document = read_docx("a.docx", data)
    findings = [
        _at(document, start, start + length) for start, length in spans if document.text[start : start + length]
    ]
    after = annotated_docx(data, document, findings)
    found = _anchored(after)
    for number, finding in enumerate(findings):
        if finding.quote.strip("\n"):
            words = found[str(number)]
            lines = r"[ ]*".join(map(re.escape, finding.quote.split("\n")))  # a paragraph of blanks is not read
            assert re.fullmatch(lines, words) or not finding.quote.strip(), finding.quote
    _untouched(data, after)


def test_three_hundred_findings_overlap(tmp_path: Path, require_program: RequireProgram) -> None:
    runs = [_run(f"第{number}项支出{number * 3}.50万元，", "<w:b/>" * (number % 2)) for number in range(60)]
    data = _docx("".join(_p(*runs) for _ in range(4)))
    document = read_docx("a.docx", data)
    size = len(document.text) - 80
    findings = [_at(document, n * 7919 % size, n * 7919 % size + 1 + n % 60, f"第{n}条") for n in range(300)]
    after = annotated_docx(data, document, findings)
    found = _anchored(after)
    assert [found[str(n)] for n in range(300)] == [finding.quote.replace("\n", "") for finding in findings]
    _untouched(data, after)
    assert _opened(after, tmp_path, require_program) > 1000


def test_libreoffice_opens_comments_everywhere(tmp_path: Path, require_program: RequireProgram) -> None:
    book = docx.Document()
    book.add_paragraph("执行率为").add_run("96.00%").bold = True
    table = book.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "得分"
    table.cell(0, 1).text = "9.5"
    stream = io.BytesIO()
    book.save(stream)
    after = _commented(stream.getvalue(), "率为96", "96.00%\n得分\t9", "9.5")
    assert _opened(after, tmp_path, require_program) > 1000
    if hasattr(docx.Document(io.BytesIO(after)), "comments"):
        assert len(list(docx.Document(io.BytesIO(after)).comments)) == 3


def _opened(data: bytes, folder: Path, require_program: RequireProgram) -> int:
    """The size of the PDF that LibreOffice makes of a file."""
    (folder / "批注.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(require_program("soffice")), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "批注.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "批注.pdf").stat().st_size


@pytest.mark.parametrize("broken", [b"PK\x03\x04broken", b"", b"%PDF-1.4", _docx("<w:p>")])
def test_damaged_files_are_one_sentence(broken: bytes) -> None:
    with pytest.raises(HengjiError, match=r"报告\.docx"):
        annotated_docx(broken, Document("报告.docx", "docx", "", ()), [])


def test_damaged_lists_of_parts_are_one_sentence() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", _main(_p(_run("甲乙"))))
        archive.writestr("word/comments.xml", "<broken")
    with pytest.raises(HengjiError, match=r"报告\.docx"):
        _commented(stream.getvalue(), "甲")
