"""The audit bundle of one agreement: application, decision, papers, evidence and every fact with its proof, in one zip."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any

import msgspec
from django.forms.models import model_to_dict

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions import documents
from fuhua.evidence.actions.documents import NoSuchDocument
from fuhua.schemes.facts import AgreementEnded, AgreementSigned, CheckConcluded, TierSet
from fuhua.schemes.models import Agreement, Application
from fuhua.schemes.queries.agreements import documents_of

README = """孵化 Fuhua · 任务书审计包 / audit bundle of an agreement

agreement.json    任务书、里程碑、拨款、支出、变更、交接 / the agreement and all its rows
application.json  申报书内容、区推荐、立项决定 / the application as handed in, the district's letter, the decision
papers/           文书与证明材料，文件名含摘要 / papers and evidence; the name holds the SHA-256
facts.json        每条事实的原文、序号、审计路径和签名树头 / each fact: its record, number, audit path and signed head

叶子 leaf = SHA-256(0x00 || kind || 0x00 || SHA-256(record))   节点 node = SHA-256(0x01 || left || right)   (RFC 9162)
缺失的文件列在 agreement.json 的 missing 中。Files that are not kept here are named under "missing".
"""
_OF_PARTY = (AgreementSigned.KIND, TierSet.KIND, CheckConcluded.KIND, AgreementEnded.KIND)


def write(file: IO[bytes], agreement: Agreement) -> None:
    """Write the bundle of ``agreement`` into ``file``; facts that wait for their number have no path yet."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", README)
        missing = []
        for digest, name in sorted(documents_of(agreement).items()):
            try:
                with documents.open_document(digest) as kept:
                    bundle.writestr(f"papers/{digest[:16]}-{name}", kept.read())
            except NoSuchDocument:
                missing.append(digest)
        bundle.writestr("agreement.json", _said({**_rows(agreement), "missing": missing}))
        bundle.writestr("application.json", _said(_application(agreement.application)))
        bundle.writestr("facts.json", _said(list(_facts(agreement))))


def _rows(agreement: Agreement) -> dict[str, Any]:
    tranches = list(agreement.tranches.order_by("number", "level"))
    return {
        "agreement": model_to_dict(agreement), "milestones": [model_to_dict(each) for each in agreement.milestones.order_by("number")],
        "tranches": [model_to_dict(each) for each in tranches],
        "costs": [model_to_dict(each) for one in tranches for each in one.costs.order_by("pk")],
        "changes": [model_to_dict(each) for each in agreement.changes.order_by("pk")],
        "handovers": [model_to_dict(each) for each in agreement.handovers.order_by("pk")],
        "papers": [model_to_dict(each) for each in agreement.papers.order_by("pk")],
    }


def _application(row: Application) -> dict[str, Any]:
    recommended, decision = getattr(row, "recommendation", None), getattr(row, "decision", None)
    return {"application": model_to_dict(row), "digest": row.digest,
            "attachments": list(row.attachments.order_by("pk").values("code", "name", "digest")),
            "recommendation": model_to_dict(recommended) if recommended else None,
            "decision": model_to_dict(decision) if decision else None}


def _facts(agreement: Agreement) -> Iterator[dict[str, Any]]:
    """Each fact about the agreement and its application, and what of its party follows from the agreement."""
    rows = evidence.facts().filter(subject__in=[agreement.urn, agreement.application.urn])
    theirs = evidence.facts().filter(subject=agreement.party.urn, kind__in=_OF_PARTY)
    for kind, body, digest, seq in (rows | theirs).order_by("pk").values_list("kind", "body", "digest", "position__seq"):
        proof = None if seq is None else evidence.prove(seq, kind, digest)
        yield {"kind": kind, "digest": digest, "seq": seq, "record": body,
               "proof": proof and {"head": msgspec.to_builtins(proof.head), "path": [node.hex() for node in proof.path]}}


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
