"""Folders and archives: names, order, litter, nested and hostile archives."""

import io
import zipfile
from pathlib import Path

import pytest

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading import archive, read_document
from hengji.reading.archive import gather, is_junk, read_archive


def _zip(files: dict[str, bytes], *, gbk: bool = False) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            member = zipfile.ZipInfo(name.encode("gbk").decode("cp437") if gbk else name)
            made.writestr(member, data)
    data = stream.getvalue()
    # Without the flag that says UTF-8 the bytes of the name are what the maker's system used.
    return data if not gbk else _without_flag(data, files)


def _without_flag(data: bytes, files: dict[str, bytes]) -> bytes:
    for name in files:
        wrong = name.encode("gbk").decode("cp437")
        data = data.replace(wrong.encode(), name.encode("gbk").ljust(len(wrong.encode()), b"_"))
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + place + 1] &= ~0x08
            at = made.find(mark, at + 4)
    return bytes(made)


def _read(path: Path) -> dict[str, str]:
    return {name: found.text if isinstance(found, Document) else str(found) for name, found in read_archive(path)}


def test_a_folder_with_litter_and_a_broken_file(tmp_path: Path) -> None:
    root = tmp_path / "材料"
    (root / "甲局").mkdir(parents=True)
    (root / "__MACOSX").mkdir()
    (root / "甲局" / "报告.txt").write_text("预算5万元", encoding="gb18030")
    (root / "b.docx").write_bytes(b"PK\x03\x04 broken")
    for name in ("~$告.docx", ".DS_Store", "Thumbs.db", "__MACOSX/x.txt", "._a.txt"):
        (root / name).write_text("litter")
    (root / "link.txt").symlink_to("/etc/passwd")
    found = _read(root)
    assert list(found) == ["材料/b.docx", "材料/甲局/报告.txt"]
    assert found["材料/甲局/报告.txt"] == "预算5万元"
    assert "已损坏" in found["材料/b.docx"]


def test_an_archive_in_an_archive_is_read_once(tmp_path: Path) -> None:
    deepest = _zip({"c.txt": "三层".encode()})
    inner = _zip({"b.txt": "二层".encode(), "c.zip": deepest})
    (tmp_path / "a.zip").write_bytes(_zip({"一/a.txt": "一层".encode(), "b.zip": inner, "__MACOSX/._a.txt": b"x"}))
    found = _read(tmp_path / "a.zip")
    assert found["a.zip/一/a.txt"] == "一层"
    assert found["a.zip/b.zip/b.txt"] == "二层"
    assert "两层" in found["a.zip/b.zip/c.zip"]
    assert len(found) == 3


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_zip({"某局自评报告.txt": "好".encode()}, gbk=True))
    names = [name for name, _ in read_archive(tmp_path / "a.zip")]
    assert names[0].startswith("a.zip/某局自评报告.txt")


@pytest.mark.parametrize(
    "name", ["../../../tmp/evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..\\evil.txt", "a" * 300 + ".txt", ".. /x.txt"]
)
def test_no_member_leaves_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(_zip({name: "文字".encode()}))
    folder = tmp_path / "out"
    gathered = gather([tmp_path / "a.zip"], folder)
    for found in gathered.files:
        assert found.path.resolve().is_relative_to(folder.resolve())
        assert found.path.read_text(encoding="utf-8") == "文字"
    assert {each.name for each in tmp_path.iterdir()} <= {"a.zip", "out"}
    assert len(gathered.files) == (name != ".. /x.txt")


def test_bombs_and_crowds_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILE", 1_000)
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    files = {"a.txt": b"x" * 5_000} | {f"{n}.txt": b"y" for n in range(9)}
    (tmp_path / "a.zip").write_bytes(_zip(files))
    gathered = gather([tmp_path / "a.zip"], tmp_path / "out")
    assert len(gathered.files) == 3
    assert any("其余没有读" in str(reason) for _, reason in gathered.failures)
    monkeypatch.setattr(archive, "MAX_FILES", 30)
    gathered = gather([tmp_path / "a.zip"], tmp_path / "out2")
    assert [(name, str(reason)) for name, reason in gathered.failures] == [
        ("a.zip/a.txt", "a.zip/a.txt 解开后过大，没有读")
    ]


def test_locked_and_broken_members_are_said_apart(tmp_path: Path) -> None:
    data = bytearray(_zip({"a.txt": b"one", "b.txt": b"two" * 50}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    at = data.index(b"b.txt") + 5
    data[at : at + 4] = b"\xff\xff\xff\xff"
    (tmp_path / "a.zip").write_bytes(bytes(data))
    found = _read(tmp_path / "a.zip")
    assert "密码" in found["a.zip/a.txt"]
    assert "已损坏" in found["a.zip/b.txt"]
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    assert "已损坏" in _read(tmp_path / "b.zip")["b.zip"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Rar!\x1a\x07\x00 x", "请解压后再读"),
        (b"7z\xbc\xaf\x27\x1c x", "请解压后再读"),
        (_zip({"a.txt": b"x"}), "请解压后再读"),
        (_zip({"[Content_Types].xml": b"x"}), "不是 Word 或 Excel"),
    ],
)
def test_packed_files_alone_are_said(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(HengjiError, match=said):
        read_document(tmp_path / "a.zip")


@pytest.mark.parametrize("name", ["a/.git/x", "~$报告.docx", "Thumbs.db", "__MACOSX/a.txt", "a\\desktop.ini"])
def test_litter(name: str) -> None:
    assert is_junk(name)
    assert not is_junk("甲局/报告.docx")


def test_an_empty_folder_an_empty_archive_and_a_loop_are_said(tmp_path: Path) -> None:
    (tmp_path / "空的").mkdir()
    with zipfile.ZipFile(tmp_path / "空.zip", "w"):
        pass
    (tmp_path / "甲").symlink_to(tmp_path / "乙")
    (tmp_path / "乙").symlink_to(tmp_path / "甲")
    found = gather([tmp_path / "空的", tmp_path / "空.zip"], tmp_path / "拆")
    said = [str(error) for _, error in found.failures]
    assert "没有可以核查的文件" in said[0]
    assert "里没有文件" in said[1]
    with pytest.raises(HengjiError, match="成了一个圈"):
        read_document(tmp_path / "甲")
