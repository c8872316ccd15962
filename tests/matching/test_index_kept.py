"""An index on disk comes back as it was, or is refused; a crash leaves the former one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fuhua.matching.index.index import Document, Index
from fuhua.matching.index.keeping import MANIFEST, Unreadable


def some(count: int, first: int = 0) -> list[Document]:
    return [Document(key, f"第{key}号技术", f"超导材料，机器人{key * 7}，节能设备") for key in range(first, first + count)]


def answers(index: Index) -> list[tuple[list[int], list[float]]]:
    hits = index.search_many(["超导机器人 49", "第3号", "节能"], k=5)
    return [(one.keys.tolist(), one.scores.tolist()) for one in hits]


def files(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_a_loaded_index_answers_as_the_saved_one_and_can_go_on(tmp_path):
    index = Index.build(some(300))
    index.add(some(20, 300))
    index.remove([3, 7, 305])
    index.save(tmp_path, stamp="fact 12")
    loaded = Index.load(tmp_path)
    assert (loaded.stamp, len(loaded), answers(loaded)) == ("fact 12", 317, answers(index))
    for one in (index, loaded):
        one.add(some(5, 900))
        one.remove([900, 1])
        one.tidy()
    assert answers(loaded) == answers(index)


def test_saving_again_writes_only_what_is_new_and_clears_what_is_no_more(tmp_path):
    index = Index.build(some(300))
    index.save(tmp_path)
    before = files(tmp_path)
    index.add(some(3, 300))
    index.save(tmp_path)
    after = files(tmp_path)
    assert {name for name in before if after.get(name) == before[name]} == set(before) - {MANIFEST}
    index.tidy()
    index.remove(range(300))
    index.tidy()
    index.save(tmp_path)
    assert len(files(tmp_path)) == 2
    assert len(Index.load(tmp_path)) == 3


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
@pytest.mark.parametrize("pattern", [MANIFEST, "*.segment"])
def test_a_file_cut_short_is_refused(tmp_path, pattern, share):
    Index.build(some(300)).save(tmp_path)
    path = next(tmp_path.glob(pattern))
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises(Unreadable):
        Index.load(tmp_path)


@pytest.mark.parametrize("pattern", [MANIFEST, "*.segment"])
def test_a_flipped_bit_is_refused(tmp_path, pattern):
    Index.build(some(300)).save(tmp_path)
    path = next(tmp_path.glob(pattern))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        Index.load(tmp_path)


def test_an_empty_folder_is_refused_and_an_empty_index_is_kept(tmp_path):
    with pytest.raises(Unreadable):
        Index.load(tmp_path)
    Index.build([]).save(tmp_path)
    assert len(Index.load(tmp_path)) == 0


def test_a_crash_before_the_last_file_leaves_the_former_index(tmp_path):
    index = Index.build(some(300))
    index.save(tmp_path, stamp="former")
    former = (tmp_path / MANIFEST).read_bytes()
    old = {path.name: path.read_bytes() for path in tmp_path.glob("*.segment")}
    index.add(some(50, 300))
    index.save(tmp_path, stamp="later")
    # As it stands when the process dies after the new segments and before the new manifest: nothing old is cleared yet.
    (tmp_path / MANIFEST).write_bytes(former)
    for name, content in old.items():
        (tmp_path / name).write_bytes(content)
    loaded = Index.load(tmp_path)
    assert (loaded.stamp, len(loaded)) == ("former", 300)
