"""The Merkle tree: vectors of the Certificate Transparency reference, and every proof of every small tree."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuhua.evidence.proof.tree import BLOCK, EMPTY_ROOT, Frontier, consistency, consistent, inclusion, leaf, root_from, subtree_of

DATA = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
HASHES = [sha256(b"\x00" + bytes.fromhex(text)).digest() for text in DATA]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
FIRST_OF_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
SIX_TO_EIGHT = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
MANY = [sha256(b"\x00" + bytes([number])).digest() for number in range(70)]


def grown(leaves: list[bytes]) -> Frontier:
    frontier = Frontier()
    for each in leaves:
        frontier.append(each)
    return frontier


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Frontier().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" == EMPTY_ROOT.hex()


def test_roots_are_those_of_the_reference() -> None:
    assert tuple(grown(HASHES[: size + 1]).root().hex() for size in range(8)) == ROOTS


def test_paths_are_those_of_the_reference() -> None:
    tree = subtree_of(HASHES)
    assert [step.hex() for step in inclusion(0, 8, tree)] == FIRST_OF_EIGHT
    assert [step.hex() for step in consistency(1, 8, tree)] == FIRST_OF_EIGHT
    assert [step.hex() for step in consistency(6, 8, tree)] == SIX_TO_EIGHT


def test_every_leaf_of_every_tree_up_to_seventy_is_proved() -> None:
    tree = subtree_of(MANY)
    for size in range(1, 71):
        root = grown(MANY[:size]).root()
        assert root == tree(0, size)
        assert all(root_from(index, size, MANY[index], inclusion(index, size, tree)) == root for index in range(size))


def test_every_tree_up_to_seventy_is_a_prefix_of_every_larger_one() -> None:
    tree = subtree_of(MANY)
    roots = [tree(0, size) for size in range(1, 71)]
    for second in range(1, 71):
        for first in range(1, second + 1):
            path = consistency(first, second, tree)
            assert consistent(first, second, roots[first - 1], roots[second - 1], path)


@given(st.integers(1, 70), st.data())
def test_a_path_with_anything_changed_leads_elsewhere(size: int, data: st.DataObject) -> None:
    tree, index = subtree_of(MANY), data.draw(st.integers(0, size - 1))
    root, path = tree(0, size), inclusion(index, size, tree)
    assert root_from(index, size, sha256(b"another").digest(), path) != root
    assert root_from(index, size, MANY[index], [*path, b"\x00" * 32]) is None
    if path:
        at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
        bent = bytearray(path[at])
        bent[bit // 8] ^= 1 << bit % 8
        assert root_from(index, size, MANY[index], [*path[:at], bytes(bent), *path[at + 1 :]]) != root
        assert root_from(index, size, MANY[index], path[:-1]) is None


@given(st.integers(2, 70), st.data())
def test_two_histories_are_never_consistent(second: int, data: st.DataObject) -> None:
    first, tree = data.draw(st.integers(1, second - 1)), subtree_of(MANY)
    other = subtree_of([sha256(b"rewritten").digest(), *MANY[1:]])
    path = consistency(first, second, tree)
    assert not consistent(first, second, other(0, first), tree(0, second), path)
    assert not consistent(first, second, tree(0, first), other(0, second), path)
    assert not consistent(first, second, tree(0, first), tree(0, second), [*path, b"\x00" * 32])


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_no_leaf_lies_outside_the_tree(index: int, size: int) -> None:
    assert root_from(index, size, MANY[0], []) is None


def test_a_frontier_goes_on_where_it_stopped_and_announces_full_blocks() -> None:
    leaves = [sha256(number.to_bytes(2)).digest() for number in range(2 * BLOCK + 3)]
    first = grown(leaves[:300])
    resumed = Frontier(first.size, first.roots)
    announced = [(resumed.size, block) for each in leaves[300:] if (block := resumed.append(each))]
    assert announced == [(2 * BLOCK, subtree_of(leaves)(BLOCK, 2 * BLOCK))]
    assert (resumed.size, resumed.root()) == (len(leaves), subtree_of(leaves)(0, len(leaves)))


def test_a_leaf_depends_on_its_kind() -> None:
    digest = sha256(b"one record").digest()
    assert leaf("a.b", digest) != leaf("a.c", digest)
