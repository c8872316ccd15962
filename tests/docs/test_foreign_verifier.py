"""The verifier that docs/proof.md prints knows nothing of Fuhua: it accepts a real proof and refuses altered ones."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.exceptions import InvalidSignature

from fuhua.evidence.actions import sequence
from fuhua.evidence.proof.figure import INDICATORS, Terms
from fuhua.evidence.words import VOID_REASONS, Grade
from fuhua.journey.actions import stays, titles
from fuhua.kernel import urn
from fuhua.plan.queries import proofs
from fuhua.plan.queries.figures import Ask

PAGE = Path(__file__).resolve().parents[2] / "docs" / "proof.md"
HOST = urn.of("incubator", "one")


@pytest.fixture(scope="module")
def foreign() -> SimpleNamespace:
    """The printed program, run as a module of its own."""
    code = re.search(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.S | re.M).group(1)
    space: dict[str, object] = {"__name__": "printed"}
    exec(compile(code, str(PAGE), "exec"), space)
    return SimpleNamespace(**space)


@pytest.fixture
def proof(durable_db, at, tmp_path) -> Path:
    """A proof of I8 over three firms, one of them mended, sealed in four batches."""
    for number in range(3):
        firm, now = urn.of("venture", f"firm-{number}"), at(2024, 5, number + 1)
        stays.begin(subject=firm, host=HOST, stay="physical", district="110108", on=dt.date(2023, 3, 1), by=HOST, at=now)
        told = titles.award(subject=firm, title="hnte", basis="certificate", on=dt.date(2024, 4, 1), by=HOST, at=now, grade=Grade.REGISTRY)
        sequence.catch_up(at=now)
    titles.award.void(told, reason=next(iter(VOID_REASONS)), by=HOST, at=at("2024-06-01"))
    sequence.catch_up(at=at("2024-06-01"))
    path = tmp_path / "proof.zip"
    spec = INDICATORS["I8"]
    ask = Ask(spec, spec.definition(), Terms(dt.date(2022, 12, 30), dt.date(2025, 12, 31)), (dt.date(2025, 6, 30),))
    with path.open("wb") as file:
        proofs.write(file, ask, at=at("2025-07-01"))
    return path


def altered(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of the proof with other members."""
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    change(members)
    copy = path.with_name("altered.zip")
    with zipfile.ZipFile(copy, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return copy


def test_a_real_proof_is_accepted(foreign, proof):
    manifest, records = foreign.check(proof, sequence.signer().public)
    assert manifest["figure"] == {"value": 2, "amount": 2, "counted": 2, "left_out": 0, "unsure": 0, "contested": 0}
    assert len(records) == manifest["facts"] == 7
    assert [head["size"] for head in manifest["heads"]] == [2, 4, 6, 7]


def test_another_key_is_refused(foreign, proof):
    with pytest.raises(AssertionError, match="signed by somebody else"):
        foreign.check(proof, "00" * 32)


def test_an_altered_member_is_refused(foreign, proof):
    for name in ("leaves.bin", "facts.ndjson", "README.txt"):
        def change(members: dict[str, bytes], name: str = name) -> None:
            members[name] = members[name][:-1] + bytes([members[name][-1] ^ 1])

        with pytest.raises(AssertionError, match=f"{name} was altered"):
            foreign.check(altered(proof, change), sequence.signer().public)


def test_an_altered_claim_is_refused(foreign, proof):
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest["figure"]["value"] = 2000
        members["manifest.json"] = json.dumps(manifest).encode()

    with pytest.raises(InvalidSignature):
        foreign.check(altered(proof, change), sequence.signer().public)


def _signed_again(members: dict[str, bytes], foreign: SimpleNamespace, **claims: object) -> None:
    """The operator who signs a lie: digests and signature fit, the log does not."""
    manifest = json.loads(members["manifest.json"]) | claims
    del manifest["signature"]
    manifest["digests"] = {name: foreign.sha256(members[name]).hexdigest() for name in manifest["digests"]}
    manifest["signature"] = sequence.signer().sign(manifest)
    members["manifest.json"] = json.dumps(manifest).encode()


def test_a_fact_left_out_is_noticed_even_when_signed(foreign, proof):
    def change(members: dict[str, bytes]) -> None:
        lines = members["facts.ndjson"].splitlines(keepends=True)
        members["facts.ndjson"] = b"".join(lines[:-1])
        _signed_again(members, foreign, facts=len(lines) - 1)

    with pytest.raises(AssertionError, match="facts are missing"):
        foreign.check(altered(proof, change), sequence.signer().public)


def test_a_leaf_exchanged_is_noticed_even_when_signed(foreign, proof):
    def change(members: dict[str, bytes]) -> None:
        leaves = members["leaves.bin"]
        members["leaves.bin"] = leaves[34:68] + leaves[:34] + leaves[68:]
        _signed_again(members, foreign)

    with pytest.raises(AssertionError, match="a leaf before 2 was altered"):
        foreign.check(altered(proof, change), sequence.signer().public)
