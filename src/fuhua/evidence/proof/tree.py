"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0): leaf and node hashes, frontier, inclusion, consistency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

BLOCK = 256
EMPTY_ROOT = sha256(b"").digest()


def leaf(kind: str, digest: bytes) -> bytes:
    """HASH(0x00 ‖ kind ‖ 0x00 ‖ SHA-256 of the record): the kind is in the leaf so that omission can be proved."""
    return sha256(b"\x00" + kind.encode() + b"\x00" + digest).digest()


def node(left: bytes, right: bytes) -> bytes:
    """HASH(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the perfect subtrees that make up a tree of ``size`` leaves, largest first; grows by appending."""

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        self.size = size
        self.roots = list(roots)

    def append(self, leaf_hash: bytes) -> bytes | None:
        """Add one leaf hash (amortised one node hash); returns the root of a block of BLOCK leaves just completed."""
        roots, size, carry, height, block = self.roots, self.size, leaf_hash, 1, None
        while size & 1:
            carry = sha256(b"\x01" + roots.pop() + carry).digest()
            size >>= 1
            height *= 2
            if height == BLOCK:
                block = carry
        roots.append(carry)
        self.size += 1
        return block

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far."""
        if not self.roots:
            return EMPTY_ROOT
        total = self.roots[-1]
        for part in reversed(self.roots[:-1]):
            total = node(part, total)
        return total


def split(size: int) -> int:
    """The largest power of two below ``size`` (which is > 1)."""
    return 1 << (size - 1).bit_length() - 1


Subtree = Callable[[int, int], bytes]


def subtree_of(leaves: Sequence[bytes]) -> Subtree:
    """MTH over ``leaves[start:stop]``, for trees small enough to hold."""

    def hash_range(start: int, stop: int) -> bytes:
        if stop - start == 1:
            return leaves[start]
        middle = start + split(stop - start)
        return node(hash_range(start, middle), hash_range(middle, stop))

    return hash_range


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The audit path PATH(index, D[size]) of RFC 9162 §2.1.3.1, bottom first."""
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + split(stop - start)
        if index < middle:
            path.append(subtree(middle, stop))
            stop = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    return path[::-1]


def root_from(index: int, size: int, leaf_hash: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that an audit path leads to (RFC 9162 §2.1.3.2), or None when the path has the wrong length."""
    if not 0 <= index < size:
        return None
    fn, sn, total = index, size - 1, leaf_hash
    for sibling in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            total = node(sibling, total)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            total = node(total, sibling)
        fn, sn = fn >> 1, sn >> 1
    return total if sn == 0 else None


def consistency(first: int, second: int, subtree: Subtree) -> list[bytes]:
    """PROOF(first, D[second]) of RFC 9162 §2.1.4.1, for 0 < first <= second."""

    def proof(m: int, start: int, stop: int, whole: bool) -> list[bytes]:
        if m == stop - start:
            return [] if whole else [subtree(start, stop)]
        k = split(stop - start)
        if m <= k:
            return [*proof(m, start, start + k, whole), subtree(start + k, stop)]
        return [*proof(m - k, start + k, stop, False), subtree(start, start + k)]

    return proof(first, 0, second, True)


def consistent(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether ``path`` proves that the first tree is a prefix of the second (RFC 9162 §2.1.4.2)."""
    if first == second:
        return not path and first_root == second_root
    steps = list(path)
    if first & (first - 1) == 0:
        steps.insert(0, first_root)
    if not steps:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = node(step, old), node(step, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node(new, step)
        fn, sn = fn >> 1, sn >> 1
    return old == first_root and new == second_root and sn == 0
