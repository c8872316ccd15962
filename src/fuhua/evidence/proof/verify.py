"""Verify an offline proof without a database or a network, and name what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from fuhua.evidence.proof import bundle
from fuhua.evidence.proof.bundle import FACTS, LEAF_SIZE, LEAVES, MANIFEST, MEMBERS, README, Manifest, written
from fuhua.evidence.proof.container import NotExact, departs, members
from fuhua.evidence.proof.figure import INDICATORS, Terms, grouped, reckon
from fuhua.evidence.proof.heads import fingerprint, head_holds, signed_by
from fuhua.evidence.proof.records import Record, UnknownKind, decode
from fuhua.evidence.proof.resolve import aliases
from fuhua.evidence.proof.tree import Frontier
from fuhua.kernel.words import Text

MAX_SIZE = 4 << 30
_KEY = re.compile("[0-9a-f]{64}")


@dataclass
class Report:
    """What a verifier found: ``faults`` is empty exactly when the proof holds; ``trusted`` is whether the signer was compared."""

    manifest: Manifest | None = None
    faults: list[Text] = field(default_factory=list)
    checks: list[Text] = field(default_factory=list)
    trusted: bool = False

    @property
    def holds(self) -> bool:
        """Whether everything that could be checked was right."""
        return not self.faults and self.manifest is not None

    def fault(self, zh: str, en: str, **values: Any) -> None:
        """Name something that is wrong."""
        self.faults.append(Text(zh, en).format(**values))

    def check(self, zh: str, en: str, **values: Any) -> None:
        """Name something that was checked and is right."""
        self.checks.append(Text(zh, en).format(**values))


def verify(path: Path, *, key: str = "") -> Report:
    """Check the proof in ``path``: signature, every leaf and head, every fact, nothing left out, and the figure.

    ``key`` is the public key (hex) or fingerprint the reader expects; without it the key in the file is reported.
    """
    report = Report()
    data = _content(path, report)
    found = None if data is None else _members(data, report)
    if data is None or found is None:
        return report
    report.manifest = manifest = _manifest(found[MANIFEST], key, report)
    if manifest is None:
        return report
    for name in (LEAVES, FACTS, README):
        if sha256(found[name]).hexdigest() != manifest.digests.get(name):
            report.fault("文件 {name} 被改动过", "the member {name} has been altered", name=name)
    leaves = found[LEAVES]
    if len(leaves) != manifest.size * LEAF_SIZE:
        report.fault("叶子应有 {size} 个，实际 {got} 个", "{size} leaves were promised, {got} are there",
                     size=manifest.size, got=len(leaves) // LEAF_SIZE)
        return report
    _heads(leaves, manifest, report)
    records = _facts(found[FACTS], leaves, manifest, report)
    if not report.faults:
        _figure(records, manifest, report)
    if not report.faults and (offset := departs(data, found)) is not None:
        report.fault("文件第 {at} 字节被改动过（容器部分）", "byte {at} of the file was altered (around the members)", at=offset)
    return report


def _content(path: Path, report: Report) -> bytes | None:
    try:
        if path.stat().st_size <= MAX_SIZE:
            return path.read_bytes()
        report.fault("文件过大，拒绝读取", "the file is too large to be read")
    except OSError as wrong:
        report.fault("无法打开文件：{why}", "the file cannot be opened: {why}", why=wrong.strerror or str(wrong))
    return None


def _members(data: bytes, report: Report) -> dict[str, bytes] | None:
    try:
        return members(data, MEMBERS)
    except NotExact as wrong:
        report.fault("这不是 Fuhua 证明文件，或已损坏：{why}", "not a Fuhua proof, or damaged: {why}", why=str(wrong))
        return None


def _manifest(raw: bytes, key: str, report: Report) -> Manifest | None:
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
        exact = written(manifest) == raw
    except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError) as wrong:
        report.fault("manifest.json 无法读取：{why}", "manifest.json cannot be read: {why}", why=str(wrong)[:200])
        return None
    if manifest.format != bundle.FORMAT or _KEY.fullmatch(manifest.key) is None or manifest.known.tzinfo is None:
        report.fault("manifest.json 的格式、公钥或时间无效", "the format, key or time in manifest.json is invalid")
        return None
    if not exact or not signed_by(manifest.key, manifest.claims(), manifest.signature):
        report.fault("manifest.json 的签名无效：内容被改动过", "the signature of manifest.json is wrong: it has been altered")
        return manifest
    if key and key.lower() not in (manifest.key, fingerprint(manifest.key)):
        report.fault("签名者 {got} 不是指定的 {want}", "signed by {got}, not by {want}", got=fingerprint(manifest.key), want=key)
    report.trusted = bool(key) and not report.faults
    report.check("清单签名有效，签名者 {who}", "the manifest is signed by {who}", who=fingerprint(manifest.key))
    return manifest


def _heads(leaves: bytes, manifest: Manifest, report: Report) -> None:
    """Recompute the root at the size of every signed head: inclusion of every leaf, consistency of every head."""
    heads = sorted(manifest.heads, key=lambda head: head.size)
    if not heads or heads[-1].size != manifest.size:
        report.fault("缺少覆盖全部 {size} 个叶子的树头", "no signed head covers all {size} leaves", size=manifest.size)
        return
    prefixes = [b"\x00" + kind.encode() + b"\x00" for kind in manifest.kinds]
    frontier, held = Frontier(), 0
    for head in heads:
        try:
            for start in range(frontier.size * LEAF_SIZE, head.size * LEAF_SIZE, LEAF_SIZE):
                kind = leaves[start] << 8 | leaves[start + 1]
                frontier.append(sha256(prefixes[kind] + leaves[start + 2 : start + LEAF_SIZE]).digest())
        except IndexError:
            report.fault("第 {seq} 号叶子的种类编号无效", "leaf {seq} has a kind number that does not exist", seq=frontier.size)
            return
        if frontier.root().hex() != head.root:
            report.fault("第 {first}–{last} 号叶子中有改动：算出的根与签名树头不符", "a leaf among {first}–{last} was altered: "
                         "the root differs from the signed head", first=held, last=head.size - 1)
            return
        if not head_holds(head) or head.key != manifest.key:
            report.fault("规模 {size} 的树头签名无效", "the head of size {size} is not rightly signed", size=head.size)
        held = head.size
    report.check("{size} 个叶子与 {heads} 个签名树头前后一致", "{size} leaves agree with {heads} signed heads, first to last",
                 size=manifest.size, heads=len(heads))


def _facts(raw: bytes, leaves: bytes, manifest: Manifest, report: Report) -> list[Record[Any]]:
    """Every fact is its leaf, and every leaf of the kinds read has its fact; anything else is named."""
    reads = {number: kind for number, kind in enumerate(manifest.kinds) if kind in manifest.reads}
    records: list[Record[Any]] = []
    seen: set[int] = set()
    for line in raw.removesuffix(b"\n").split(b"\n") if raw else ():
        name, _tab, body = line.partition(b"\t")
        seq = int(name) if name.isdigit() and len(name) < 19 and str(int(name)).encode() == name else -1
        start = seq * LEAF_SIZE
        if not 0 <= seq < manifest.size or (kind := reads.get(leaves[start] << 8 | leaves[start + 1])) is None or seq in seen:
            report.fault("多出一条不属于此证明的事实：第 {seq} 号", "a fact was added that does not belong here: no. {seq}", seq=seq)
            continue
        seen.add(seq)
        digest = sha256(body).digest()
        if digest != leaves[start + 2 : start + LEAF_SIZE]:
            _name_change(seq, digest, leaves, report)
            continue
        try:
            record = decode(kind, body, seq=seq, digest=digest.hex())
            if record.kind != kind:
                report.fault("第 {seq} 号事实自称“{own}”，叶子却是“{kind}”", "fact no. {seq} calls itself {own}, but its leaf is {kind}",
                             seq=seq, own=record.kind, kind=kind)
            records.append(record)
        except (msgspec.ValidationError, msgspec.DecodeError, UnknownKind) as wrong:
            report.fault("第 {seq} 号事实无法读取：{why}", "fact no. {seq} cannot be read: {why}", seq=seq, why=str(wrong))
    if len(seen) != manifest.facts:
        report.fault("事实应有 {want} 条，实际 {got} 条", "{want} facts were promised, {got} are there", want=manifest.facts, got=len(seen))
    wanted = [seq for seq in range(manifest.size) if (leaves[seq * LEAF_SIZE] << 8 | leaves[seq * LEAF_SIZE + 1]) in reads]
    if missing := [seq for seq in wanted if seq not in seen]:
        report.fault("缺少 {n} 条事实：第 {seqs} 号", "{n} facts are missing: no. {seqs}", n=len(missing),
                     seqs=", ".join(map(str, missing[:10])))
    elif not report.faults:
        report.check("所读种类的 {n} 条事实齐全，逐条相符", "all {n} facts of the kinds it reads are there and genuine", n=len(wanted))
    return records


def _name_change(seq: int, digest: bytes, leaves: bytes, report: Report) -> None:
    at = leaves.find(digest)
    while at >= 0 and at % LEAF_SIZE != 2:
        at = leaves.find(digest, at + 1)
    if at >= 0:
        report.fault("第 {seq} 号事实被换成了第 {other} 号", "fact no. {seq} was swapped for no. {other}", seq=seq, other=at // LEAF_SIZE)
    else:
        report.fault("第 {seq} 号事实的内容被改动过", "the content of fact no. {seq} was altered", seq=seq)


def _figure(records: list[Record[Any]], manifest: Manifest, report: Report) -> None:
    indicator = INDICATORS.get(manifest.indicator)
    if indicator is None:
        report.fault("本软件没有指标 {code}", "this software has no indicator {code}", code=manifest.indicator)
        return
    if missing := set(indicator.kinds()) - set(manifest.reads):
        report.fault("证明缺少指标应读的种类：{kinds}", "the proof lacks kinds that the indicator reads: {kinds}",
                     kinds=", ".join(sorted(missing)))
        return
    try:
        definition = indicator.definition(manifest.definition)
        terms = msgspec.convert(manifest.terms, Terms)
    except (KeyError, msgspec.ValidationError) as wrong:
        report.fault("定义版本或期限无效：{why}", "unknown definition or terms: {why}", why=str(wrong))
        return
    known = [record for record in records if record.known_at <= manifest.known]
    figure = reckon(definition, grouped(known, aliases(known)).items(), manifest.on, terms).summary()
    if figure != manifest.figure:
        report.fault("重算的数值 {got} 与声明的 {want} 不符", "recomputed {got}, but {want} is claimed", got=figure, want=manifest.figure)
    else:
        report.check("重算得到同样的数值：{value}", "the figure was recomputed and agrees: {value}", value=figure["value"])
