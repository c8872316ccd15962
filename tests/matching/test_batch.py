"""All needs with all offers: the same bytes in any parts, in any order, after a failure, and on a cluster that loses workers."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from fuhua.config.door import main
from fuhua.kernel.files import BadFile
from fuhua.kernel.files.writing import output
from fuhua.matching.batch import here
from fuhua.matching.batch.answers import Engine, OtherMake, Parts, Work, make
from fuhua.matching.batch.clusters import cluster
from fuhua.matching.batch.clusters.dask import Cluster
from fuhua.matching.batch.parts import held
from fuhua.matching.batch.run import run
from fuhua.matching.ranking.listings import Listing
from fuhua.matching.ranking.ranker import Ranker
from matching.listings_of_a_fair import NEEDS, OFFERS

Done = tuple[int, bytes]


def _many(some: tuple[Listing, ...], count: int, letter: str) -> list[Listing]:
    """Listings put together from the sentences of a few, each other than the last."""
    draw = random.Random(letter)
    sentences = [sentence for one in some for sentence in one.text.split("，")]
    return [
        Listing(id=f"{letter}{at}", title=draw.choice(some).title, text="，".join(draw.sample(sentences, 4)), field=draw.choice(some).field)
        for at in range(count)
    ]


OFFERED, NEEDED = _many(OFFERS, 150, "A"), _many(NEEDS, 120, "N")


@pytest.fixture(scope="module")
def work() -> Work:
    return Work(Ranker(OFFERED, NEEDED), made=make())


@pytest.fixture(scope="module")
def expected(work: Work, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _written(work, tmp_path_factory.mktemp("expected"), here.each, size=len(NEEDED))


def _written(work: Work, folder: Path, engine: Engine, size: int = 10, needs: Sequence[Listing] = NEEDED) -> bytes:
    out = output(folder / "run.jsonl", [])
    with held(out) as beside:
        run(work, needs, out, beside, engine, lambda _done, _parts: None, size)
    return (folder / "run.jsonl").read_bytes()


def _failing(work: Work, parts: Parts) -> Iterator[Done]:
    yield work(0, parts[0])
    raise OSError("the power is out")


def test_every_need_has_a_line_in_its_order_with_ten_offers(expected: bytes) -> None:
    lines = expected.splitlines()
    assert [line.split(b'"')[3].decode() for line in lines] == [need.id for need in NEEDED]
    assert {line.count(b'"offer":') for line in lines} == {10}


@pytest.mark.parametrize("size", [1, 7, 119, 1_000])
def test_the_size_of_the_parts_leaves_no_trace(work: Work, expected: bytes, tmp_path: Path, size: int) -> None:
    assert _written(work, tmp_path, here.each, size) == expected
    assert [path.name for path in tmp_path.iterdir()] == ["run.jsonl"]


def test_the_order_in_which_parts_are_done_leaves_no_trace(work: Work, expected: bytes, tmp_path: Path) -> None:
    def last_first(work: Work, parts: Parts) -> Iterator[Done]:
        return (work(number, parts[number]) for number in sorted(parts, reverse=True))

    assert _written(work, tmp_path, last_first) == expected


def test_a_ranker_made_anew_answers_the_same(expected: bytes, tmp_path: Path) -> None:
    assert _written(Work(Ranker(OFFERED, NEEDED), made=make()), tmp_path, here.each) == expected


def test_a_run_that_was_cut_short_goes_on_where_it_was(work: Work, expected: bytes, tmp_path: Path) -> None:
    asked: list[list[int]] = []

    def failing(work: Work, parts: Parts) -> Iterator[Done]:
        asked.append(list(parts))
        yield work(3, parts[3])
        yield work(1, parts[1])
        raise OSError("the power is out")

    def going_on(work: Work, parts: Parts) -> Iterator[Done]:
        asked.append(list(parts))
        return here.each(work, parts)

    with pytest.raises(OSError, match="the power is out"):
        _written(work, tmp_path, failing, size=30)
    assert not (tmp_path / "run.jsonl").exists()
    assert _written(work, tmp_path, going_on, size=30) == expected
    assert asked == [[0, 1, 2, 3], [0, 2]]


def test_what_another_run_left_is_not_taken_for_ours(work: Work, expected: bytes, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the power is out"):
        _written(Work(Ranker(OFFERED[:-1], NEEDED), made=make()), tmp_path, _failing)
    assert _written(work, tmp_path, here.each) == expected
    assert [path.name for path in tmp_path.iterdir()] == ["run.jsonl"]


def test_what_is_not_ours_beside_the_output_is_left_alone(work: Work, expected: bytes, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the power is out"):
        _written(Work(Ranker(OFFERED[:-1], NEEDED), made=make()), tmp_path, _failing)
    hidden = tmp_path / ".run.jsonl.fuhua-parts"
    [other_run] = [each for each in hidden.iterdir() if each.is_dir()]
    mine = [tmp_path / "run.jsonl.part", tmp_path / "run.jsonl.parts" / "mine", hidden / "notes" / "000001.jsonl", other_run / "mine"]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("precious", encoding="utf-8")
    assert _written(work, tmp_path, here.each) == expected
    assert {path.read_text(encoding="utf-8") for path in mine} == {"precious"}
    assert list(other_run.iterdir()) == [other_run / "mine"]


def test_a_second_run_to_the_same_output_is_refused_and_the_first_goes_on(work: Work, expected: bytes, tmp_path: Path) -> None:
    def meeting_another(work: Work, parts: Parts) -> Iterator[Done]:
        with pytest.raises(BadFile, match=r"另一个进程正在写.* / .*another process is at work on this file"):
            _written(work, tmp_path, here.each)
        yield from here.each(work, parts)

    assert _written(work, tmp_path, meeting_another) == expected


def test_a_stream_gets_the_same_bytes_and_stays_a_stream(work: Work, expected: bytes, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with subprocess.Popen(["cat", tmp_path / "fifo"], stdout=subprocess.PIPE) as reader:
        out = output(tmp_path / "fifo", [])
        with held(out) as beside:
            run(work, NEEDED, out, beside, here.each, lambda _done, _parts: None)
        assert reader.communicate()[0] == expected
    assert [path.name for path in tmp_path.iterdir() if path.is_fifo()] == ["fifo"]


def test_what_a_link_leads_to_is_written_and_the_link_stays(work: Work, expected: bytes, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run.jsonl").symlink_to(tmp_path / "elsewhere" / "real.jsonl")
    assert _written(work, tmp_path, here.each) == expected
    assert (tmp_path / "run.jsonl").is_symlink()
    assert (tmp_path / "elsewhere" / "real.jsonl").read_bytes() == expected
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["real.jsonl"]


def test_a_machine_with_another_version_answers_nothing(work: Work, tmp_path: Path) -> None:
    with pytest.raises(OtherMake, match="install the same version"):
        _written(Work(work.ranker, made="0" * 32), tmp_path, here.each)


def test_reasons_are_in_the_lines_when_they_are_wanted(work: Work) -> None:
    _number, lines = Work(work.ranker, "en", make())(0, NEEDED[:1])
    assert lines.count(b'"reasons":[') == 10
    assert "Near terms: 喷漆 ≈ 喷涂".encode() in lines


def test_without_needs_the_run_is_empty(work: Work, tmp_path: Path) -> None:
    assert _written(work, tmp_path, here.each, needs=[]) == b""


def test_the_command_says_how_far_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, listings in (("offers", OFFERED[:30]), ("needs", NEEDED[:20])):
        lines = [f'{{"id": "{one.id}", "name": "{one.title}", "context": "{one.text}"}}\n' for one in listings]
        (tmp_path / name).write_text("".join(lines), encoding="utf-8")
    files = ["--offers", str(tmp_path / "offers"), "--needs", str(tmp_path / "needs"), "-o", str(tmp_path / "run")]
    assert main(["match", "rank", *files, "--part", "5", "--no-reasons"]) == 0
    assert capsys.readouterr().err.split("\n")[-2:] == ["4 / 4 批 parts", ""]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _process(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask, dead afterwards."""
    process = subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _worker(address: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return _process("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")


@pytest.fixture
def scheduler() -> Iterator[str]:
    port = _free_port()
    with _process("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard") as process:
        while process.poll() is None and not _answers(port):
            time.sleep(0.05)
        yield f"tcp://127.0.0.1:{port}"


def test_without_a_scheduler_there_is_an_error_and_no_waiting(work: Work) -> None:
    with pytest.raises(OSError, match="Timed out"):
        next(Cluster(f"tcp://127.0.0.1:{_free_port()}", patience=0.5)(work, {0: NEEDED}))


def test_an_address_makes_an_engine_of_dask() -> None:
    assert isinstance(cluster("tcp://127.0.0.1:8786"), Cluster)


def test_workers_killed_half_way_change_nothing_not_even_the_last(work: Work, expected: bytes, tmp_path: Path, scheduler: str) -> None:
    with _worker(scheduler) as first, _worker(scheduler) as second, ExitStack() as later:

        def losing(work: Work, parts: Parts) -> Iterator[Done]:
            for count, done in enumerate(Cluster(scheduler, workers=2, patience=200)(work, parts)):
                if count == 0:
                    os.kill(first.pid, signal.SIGKILL)
                if count == len(parts) // 2:
                    os.kill(second.pid, signal.SIGKILL)
                    later.enter_context(_worker(scheduler))
                yield done

        assert _written(work, tmp_path, losing, size=2) == expected
        assert [first.wait(), second.wait()] == [-signal.SIGKILL] * 2
