"""Offline proofs: a true one holds, and whatever is altered, taken away, added, swapped or signed anew is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fuhua.evidence.actions import facts, sequence
from fuhua.evidence.proof.bundle import FACTS, LEAF_SIZE, LEAVES, MANIFEST, MEMBERS, README, Manifest, written
from fuhua.evidence.proof.container import Container
from fuhua.evidence.proof.figure import INDICATORS, Terms
from fuhua.evidence.proof.heads import Signer, fingerprint
from fuhua.evidence.proof.tree import Frontier, leaf
from fuhua.evidence.proof.verify import Report, verify
from fuhua.journey.facts import StayBegan
from fuhua.kernel import period
from fuhua.kernel.urn import of
from fuhua.plan.queries import proofs
from fuhua.plan.queries.figures import Ask

pytestmark = pytest.mark.django_db
OFFICER = of("person", "officer")


@dataclass
class Proof:
    """A proof taken apart: change its members, put it together again, verify."""

    members: dict[str, bytes]
    path: Path

    def verdict(self, **changed: bytes) -> Report:
        """Verify with members replaced: ``manifest``, ``leaves``, ``facts``, ``readme``."""
        names = {"manifest": MANIFEST, "leaves": LEAVES, "facts": FACTS, "readme": README}
        members = {**self.members, **{names[key]: value for key, value in changed.items()}}
        with self.path.open("wb") as file:
            container = Container(file)
            for name in MEMBERS:
                container.add(name, [members[name]])
            container.close()
        return verify(self.path)

    @property
    def manifest(self) -> Manifest:
        return msgspec.json.decode(self.members[MANIFEST], type=Manifest)

    @property
    def lines(self) -> list[bytes]:
        return self.members[FACTS].splitlines(keepends=True)


@pytest.fixture
def proof(tell: Callable[..., str], trip, at, tmp_path: Path) -> Proof:
    """The proof of I11 on a log of twelve facts under three heads; five facts are trips, one is voided."""
    for number in range(4):
        tell(trip(number))
    sequence.catch_up(at=at())
    for number in range(6):
        tell(StayBegan(subject=of("venture", f"v{number}"), host=of("incubator", "teller"), stay="physical"))
    sequence.catch_up(at=at())
    last = tell(trip(9))
    facts.void(last, reason="mistake", by=OFFICER, at=at())
    sequence.catch_up(at=at())
    indicator, file = INDICATORS["I11"], io.BytesIO()
    proofs.write(file, Ask(indicator, indicator.definition(), Terms(), (period.day(at()),)), at=at())
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return Proof(members, tmp_path / "proof.zip")


def faults(report: Report) -> str:
    """What is wrong, in English, and that the proof therefore does not hold."""
    assert not (report.holds and report.faults)
    return "; ".join(text.en for text in report.faults)


def resigned(proof: Proof, signer: Signer, **changed: object) -> bytes:
    """The manifest signed by somebody else, with fields changed."""
    manifest = msgspec.structs.replace(proof.manifest, **{"key": signer.public, **changed})
    return written(msgspec.structs.replace(manifest, signature=signer.sign(manifest.claims())))


def test_a_true_proof_holds_and_recomputes_the_figure(proof: Proof) -> None:
    report = proof.verdict()
    assert faults(report) == ""
    assert report.manifest.figure == {"value": 4, "amount": 4, "counted": 4, "left_out": 0, "unsure": 0, "contested": 0}
    assert (report.manifest.size, report.manifest.facts, [head.size for head in report.manifest.heads]) == (12, 6, [4, 10, 12])


def test_the_signer_can_be_asked_for_by_key_or_fingerprint(proof: Proof) -> None:
    proof.verdict()
    key = proof.manifest.key
    assert [verify(proof.path, key=each).holds for each in (key, fingerprint(key))] == [True, True]
    assert "not by 1234" in faults(verify(proof.path, key="1234"))


@pytest.mark.parametrize("seq", range(12))
def test_a_flipped_byte_in_any_leaf_is_found_and_placed(proof: Proof, seq: int) -> None:
    for offset in (0, 1, 2, LEAF_SIZE - 1):
        bent = bytearray(proof.members[LEAVES])
        bent[seq * LEAF_SIZE + offset] ^= 1
        found = faults(proof.verdict(leaves=bytes(bent)))
        first, last = next((a, b) for a, b in ((0, 3), (4, 9), (10, 11)) if a <= seq <= b)
        assert "the member leaves.bin has been altered" in found
        assert f"a leaf among {first}–{last} was altered" in found or f"leaf {seq} has a kind number that does not exist" in found


def test_a_flipped_byte_anywhere_in_a_fact_is_found_and_placed(proof: Proof) -> None:
    lines = proof.lines
    seq, _tab, body = lines[1].partition(b"\t")
    for offset in range(0, len(body) - 1, 7):
        bent = body[:offset] + bytes([body[offset] ^ 1]) + body[offset + 1 :]
        if bent.splitlines() == [bent.rstrip(b"\n")]:
            found = faults(proof.verdict(facts=b"".join([lines[0], seq + b"\t" + bent, *lines[2:]])))
            assert f"the content of fact no. {seq.decode()} was altered" in found


def test_a_fact_taken_away_is_missed_by_its_number(proof: Proof) -> None:
    assert "1 facts are missing: no. 2" in faults(proof.verdict(facts=b"".join(proof.lines[:2] + proof.lines[3:])))


def test_a_fact_added_is_named(proof: Proof) -> None:
    body = proof.lines[0].partition(b"\t")[2]
    for seq in (b"5", b"12", b"99", b"x", b"0"):  # of a kind not read, outside the log, not a number, told already
        assert "a fact was added that does not belong here" in faults(proof.verdict(facts=proof.members[FACTS] + seq + b"\t" + body))


def test_two_facts_swapped_are_named(proof: Proof) -> None:
    one, two = (line.partition(b"\t")[2] for line in proof.lines[:2])
    found = faults(proof.verdict(facts=b"".join([b"0\t" + two, b"1\t" + one, *proof.lines[2:]])))
    assert [f"fact no. {one} was swapped for no. {two}" in found for one, two in ((0, 1), (1, 0))] == [True, True]


def test_leaves_taken_away_added_or_swapped_are_found(proof: Proof) -> None:
    leaves = proof.members[LEAVES]
    assert "12 leaves were promised, 11 are there" in faults(proof.verdict(leaves=leaves[:-LEAF_SIZE]))
    assert "12 leaves were promised, 13 are there" in faults(proof.verdict(leaves=leaves + leaves[:LEAF_SIZE]))
    swapped = leaves[LEAF_SIZE : 2 * LEAF_SIZE] + leaves[:LEAF_SIZE] + leaves[2 * LEAF_SIZE :]
    assert "a leaf among 0–3 was altered" in faults(proof.verdict(leaves=swapped))


@pytest.mark.parametrize(("old", "new"), [(b'"value": 4', b'"value": 5'), (b'"size": 12', b'"size": 10'), (b'"I11"', b'"I10"')])
def test_a_manifest_altered_without_the_key_is_refused(proof: Proof, old: bytes, new: bytes) -> None:
    assert old in proof.members[MANIFEST]
    found = faults(proof.verdict(manifest=proof.members[MANIFEST].replace(old, new, 1)))
    assert "the signature of manifest.json is wrong" in found or "leaves were promised" in found


def test_a_readme_altered_is_named(proof: Proof) -> None:
    assert faults(proof.verdict(readme=b"trust me")) == "the member README.txt has been altered"


def test_whoever_signs_anew_cannot_pass_for_the_platform(proof: Proof) -> None:
    stranger = Signer(Ed25519PrivateKey.generate())
    assert "the head of size 12 is not rightly signed" in faults(proof.verdict(manifest=resigned(proof, stranger)))
    heads = [stranger.head(size=head.size, root=bytes.fromhex(head.root), sealed_at=head.sealed_at) for head in proof.manifest.heads]
    proof.verdict(manifest=resigned(proof, stranger, heads=heads))
    assert "not by" in faults(verify(proof.path, key=proof.manifest.key))


def test_even_the_platform_cannot_leave_out_rewrite_or_misstate(proof: Proof) -> None:
    own = sequence.signer()
    fewer = b"".join(proof.lines[1:])
    digests = {**proof.manifest.digests, FACTS: sha256(fewer).hexdigest()}
    assert "1 facts are missing: no. 0" in faults(proof.verdict(facts=fewer, manifest=resigned(proof, own, facts=5, digests=digests)))
    figure = {**proof.manifest.figure, "value": 5}
    assert "but" in faults(proof.verdict(manifest=resigned(proof, own, figure=figure)))
    assert "no signed head covers all 12 leaves" in faults(proof.verdict(manifest=resigned(proof, own, heads=proof.manifest.heads[:2])))
    reads = [kind for kind in proof.manifest.reads if kind != "evidence.voided"]
    assert faults(proof.verdict(manifest=resigned(proof, own, reads=reads)))


def test_a_rewritten_past_contradicts_an_earlier_head(proof: Proof) -> None:
    own, leaves = sequence.signer(), bytearray(proof.members[LEAVES])
    leaves[2:LEAF_SIZE] = sha256(b"another past").digest()
    frontier = Frontier()
    for start in range(0, len(leaves), LEAF_SIZE):
        kind = proof.manifest.kinds[int.from_bytes(leaves[start : start + 2])]
        frontier.append(leaf(kind, bytes(leaves[start + 2 : start + LEAF_SIZE])))
    newest = own.head(size=12, root=frontier.root(), sealed_at=proof.manifest.heads[-1].sealed_at)
    digests = {**proof.manifest.digests, LEAVES: sha256(leaves).hexdigest()}
    manifest = resigned(proof, own, heads=[*proof.manifest.heads[:2], newest], digests=digests)
    assert "a leaf among 0–3 was altered" in faults(proof.verdict(leaves=bytes(leaves), manifest=manifest))


def test_what_is_no_proof_is_said_to_be_none(proof: Proof) -> None:
    proof.path.write_bytes(b"not a zip")
    assert "not a Fuhua proof" in faults(verify(proof.path))
    assert not verify(proof.path.with_name("absent.zip")).holds
    with zipfile.ZipFile(proof.path, "w") as archive:
        archive.writestr("something.txt", "else")
    assert "not a Fuhua proof" in faults(verify(proof.path))
    assert "manifest.json cannot be read" in "; ".join(text.en for text in proof.verdict(manifest=b"{}").faults)


def test_any_flipped_byte_of_the_file_is_refused_and_named(proof: Proof) -> None:
    proof.verdict()
    raw = proof.path.read_bytes()
    for offset in [*range(0, len(raw), 23), *range(len(raw) - 330, len(raw))]:  # the directory at the end byte by byte
        bent = bytearray(raw)
        bent[offset] ^= 0x01
        proof.path.write_bytes(bent)
        report = verify(proof.path)
        assert (report.holds, faults(report) != "") == (False, True), offset


def test_bytes_put_before_behind_or_between_the_members_are_refused(proof: Proof) -> None:
    proof.verdict()
    raw = proof.path.read_bytes()
    for bent in (b"x" + raw, raw + b"x", raw[:-2] + b"\x01\x00x"):
        proof.path.write_bytes(bent)
        assert not verify(proof.path).holds


def test_a_manifest_written_another_way_is_refused(proof: Proof) -> None:
    plain = proof.members[MANIFEST]
    doubled = plain.replace(b"{", b'{"figure": {"value": 999999},', 1)
    extra = plain.replace(b'"format"', b'"audited_by": "somebody", "format"', 1)
    for bent in (doubled, extra, plain + b" ", msgspec.json.encode(proof.manifest)):
        assert not proof.verdict(manifest=bent).holds


def test_a_signer_that_was_not_compared_is_not_trusted(proof: Proof) -> None:
    report = proof.verdict()
    assert (report.holds, report.trusted) == (True, False)
    assert verify(proof.path, key=proof.manifest.key).trusted


@pytest.mark.parametrize("number", [b"9" * 5000, "\u0664".encode(), b"-1", b"01", b""])
def test_a_strange_number_before_a_fact_is_refused(proof: Proof, number: bytes) -> None:
    assert not proof.verdict(facts=proof.members[FACTS] + number + b"\t{}\n").holds
