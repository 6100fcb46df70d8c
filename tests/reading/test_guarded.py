"""Child processes: order, use again, limits of time and memory, and files that bring their process down."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading import read_document
from hengji.reading.guarded import read_many
from tests.conftest import RequireProgram
from tests.reading.works import by_name, unpicklable


def _names(*stems: str) -> list[Path]:
    return [Path(f"{stem}.x") for stem in stems]


def test_results_come_in_order_from_processes_used_again() -> None:
    paths = _names(*(f"slow-{n}" if n % 5 == 0 else f"a{n}" for n in range(20)))
    found = list(read_many(paths, by_name, jobs=2))
    assert [path for path, _ in found] == paths
    results = [result for _, result in found if not isinstance(result, HengjiError)]
    assert [stem for stem, _ in results] == [path.stem for path in paths]
    assert len({process for _, process in results}) <= 2
    assert os.getpid() not in {process for _, process in results}


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("sleep", "读了1秒还没有读完"),
        ("spin", "读了1秒还没有读完"),
        ("eat", "内存太多"),
        ("die", "中途停止"),
        ("abort", "中途停止"),
        ("exit", "中途停止"),
        ("fail", "没有读成（ValueError：unforeseen）"),
        ("deep", "嵌套过深"),
    ],
)
def test_one_bad_file_is_one_sentence_and_the_others_go_on(stem: str, said: str) -> None:
    found = dict(read_many(_names("a", stem, "b"), by_name, jobs=1, seconds=1))
    [first, bad, last] = found.values()
    assert isinstance(bad, HengjiError)
    assert said in str(bad)
    assert len(bad.problems) == 1
    assert not isinstance(first, HengjiError)
    assert not isinstance(last, HengjiError)


def test_problems_come_back_whole_and_noise_does_not_disturb() -> None:
    [(_, refused), (_, loud)] = list(read_many(_names("refuse", "print"), by_name, jobs=1))
    assert isinstance(refused, HengjiError)
    assert [(each.where, each.message) for each in refused.problems] == [("甲", "一"), ("乙", "二")]
    assert not isinstance(loud, HengjiError)
    assert loud[0] == "print"


def test_a_result_that_cannot_be_sent_is_said() -> None:
    [(_, found)] = list(read_many(_names("a"), unpicklable))
    assert isinstance(found, HengjiError)


def test_no_files_and_an_iterator_left_early() -> None:
    assert list(read_many([], by_name)) == []
    start = time.monotonic()
    many = read_many(_names("a", *(f"sleep-{n}" for n in range(20))), by_name, jobs=2)
    next(many)
    many.close()  # type: ignore[attr-defined] # a generator
    assert time.monotonic() - start < 20


def test_real_files_good_and_bad(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("预算5万元", encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")
    paths = [tmp_path / "a.txt", tmp_path / "b.docx", tmp_path / "c.pdf"]
    found = dict(read_many(paths, read_document, jobs=2))
    good = found[paths[0]]
    assert isinstance(good, Document)
    assert good.text == "预算5万元"
    assert "已损坏" in str(found[paths[1]])
    assert "没有找到" in str(found[paths[2]])


def test_a_converter_works_within_the_limits_and_ends_with_its_process(
    tmp_path: Path, require_program: RequireProgram
) -> None:
    require_program("soffice")
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi budget 5}")
    [(_, found)] = list(read_many([path], read_document))
    assert isinstance(found, Document), found
    assert found.text == "budget 5"
    [(_, late)] = list(read_many([path], read_document, seconds=0.4))
    assert "还没有读完" in str(late)
    time.sleep(0.5)
    running = subprocess.run(["ps", "-eo", "args"], check=True, capture_output=True, text=True).stdout
    assert not [line for line in running.splitlines() if "soffice.bin" in line and "hengji-" in line]
