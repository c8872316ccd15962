"""I5 未来产业领域 incubators in future fields, and gold seeds.

Why: fashionable labels are easy to put on. Source: 行动方案 行动目标 (“若干”, “一批”: no number); measures 1, 4.
Cheat: the field edited into an old agreement later. The field stands in the agreement as signed; an agreement that
was corrected counts only once rechecked in that field, and every entry must be rechecked within 12 months. Not seen
here: an entry voided and told anew with its old day; the log keeps both, and the recheck within 12 months holds for it too.
A benchmark agreement and one for a field alone (a future-field incubator's, without a tier) are judged apart; one that holds is enough.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.proof.figure import COUNTED as COUNTED_STATE
from fuhua.evidence.proof.figure import Definition, Example, Indicator, Judge, Terms, Told, Verdict, counted, left_out
from fuhua.evidence.proof.records import Record
from fuhua.kernel.period import add_months
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import CHANGPING, HAIDIAN, INCUBATOR, LATER, ON, START, TERMS, VENTURE
from fuhua.plan.indicators.reasons import COUNTED, STATE, WHOLE, YEAR_END
from fuhua.schemes.facts import (
    AgreementEnded,
    AgreementSigned,
    FieldRechecked,
    GoldSeedLeft,
    GoldSeedListed,
    GoldSeedRechecked,
)

_ENTRIES = (AgreementSigned, GoldSeedListed)
_CHECKS = (FieldRechecked, GoldSeedRechecked)
_EXITS = (AgreementEnded, GoldSeedLeft)


def _entered(*entries: type) -> Judge:
    wanted = frozenset(entries)

    def judge(told: Told, on: dt.date, _terms: Terms) -> Verdict | None:
        found = [verdict for own in (False, True) if (verdict := _line(told, on, wanted, own=own)) is not None]
        return next((verdict for verdict in found if verdict.state == COUNTED_STATE), found[0] if found else None)

    return judge


def _line(told: Told, on: dt.date, wanted: frozenset[type], *, own: bool) -> Verdict | None:
    """Judge the benchmark agreement or the gold seed; with ``own``, the agreement for one field alone, which has no tier."""
    entry = check = left = None
    for record in told:
        kind, fact = type(record.fact), record.fact
        if kind in wanted and own is (kind is AgreementSigned and not fact.tier):
            entry, check, left = record, None, None
        elif entry is None or kind in _ENTRIES:
            continue
        elif kind is GoldSeedRechecked or (kind is FieldRechecked and fact.field == entry.fact.field):
            check = record
        elif kind is GoldSeedLeft or (kind is AgreementEnded and fact.field == (entry.fact.field if own else "")):
            left = record
    return None if entry is None else _checked(entry, check, left, on)


def _checked(entry: Record[Any], check: Record[Any] | None, left: Record[Any] | None, on: dt.date) -> Verdict:
    fact = entry.fact
    if not fact.field:
        return left_out("no_field", (entry,), district=fact.district)
    if left is not None:
        return left_out("left", (entry, left), district=fact.district)
    if check is not None and check.fact.result != "passed":
        return left_out("recheck_not_passed", (entry, check), district=fact.district)
    if check is None and entry.replaces:
        return left_out("field_edited", (entry,), district=fact.district)
    last = check or entry
    if add_months(last.true_from, 12) < on:
        return left_out("recheck_due", (entry, check) if check else (entry,), district=fact.district)
    return counted((entry, check) if check else (entry,), district=fact.district, credit=((fact.subject, WHOLE),))


_SIGNED = (AgreementSigned(subject=INCUBATOR, edition="2022", tier="leading", field="quantum", district=HAIDIAN), START)
_LISTED = (GoldSeedListed(subject=VENTURE, field="brain_inspired", district=CHANGPING), START)

EXAMPLES = (
    Example(
        t("按未来领域签约，12 个月内复核通过", "signed in a future field, rechecked within 12 months"),
        (_SIGNED, (FieldRechecked(subject=INCUBATOR, field="quantum", result="passed"), LATER)),
        ON,
        {"all": ("counted", 1, "counted"), "incubators": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：签约时没有领域，事后贴标签", "the cheat: no field when signed, labelled later"),
        (
            (AgreementSigned(subject=INCUBATOR, edition="2022", tier="leading", district=HAIDIAN), START),
            (FieldRechecked(subject=INCUBATOR, field="quantum", result="passed"), LATER),
        ),
        ON,
        {"all": ("left_out", 0, "no_field"), "incubators": ("left_out", 0, "no_field")},
        TERMS,
    ),
    Example(
        t("复核过期", "the recheck is overdue"),
        (_SIGNED,),
        ON,
        {"all": ("left_out", 0, "recheck_due"), "incubators": ("left_out", 0, "recheck_due")},
        TERMS,
    ),
    Example(
        t("标杆任务书未写领域，另签未来产业孵化器任务书", "a benchmark agreement without a field, and one for a field alone"),
        (
            (AgreementSigned(subject=INCUBATOR, edition="2025", field="quantum", district=HAIDIAN), LATER),
            (AgreementSigned(subject=INCUBATOR, edition="2025", tier="leading", district=HAIDIAN), LATER),
        ),
        ON,
        {"all": ("counted", 1, "counted"), "incubators": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("只为该领域签的任务书已终止", "the agreement for that field has ended"),
        (
            (AgreementSigned(subject=INCUBATOR, edition="2025", field="quantum", district=HAIDIAN), LATER),
            (AgreementEnded(subject=INCUBATOR, reason="withdrawn", field="quantum"), ON),
        ),
        ON,
        {"all": ("left_out", 0, "left"), "incubators": ("left_out", 0, "left")},
        TERMS,
    ),
    Example(
        t("换一个领域复核不算", "a recheck in another field is no recheck"),
        (_SIGNED, (FieldRechecked(subject=INCUBATOR, field="metaverse", result="passed"), LATER)),
        ON,
        {"all": ("left_out", 0, "recheck_due")},
        TERMS,
    ),
    Example(
        t("金种子复核通过", "a gold seed, rechecked"),
        (_LISTED, (GoldSeedRechecked(subject=VENTURE, result="passed"), LATER)),
        ON,
        {"all": ("counted", 1, "counted"), "seeds": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("金种子复核未通过后出库", "a gold seed that failed its recheck and left"),
        (
            _LISTED,
            (GoldSeedRechecked(subject=VENTURE, result="failed"), LATER),
            (GoldSeedLeft(subject=VENTURE, reason="failed_recheck"), ON),
        ),
        ON,
        {"all": ("left_out", 0, "left"), "seeds": ("left_out", 0, "left")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I5",
    name=t("未来产业领域孵化器与金种子", "future-field incubators and gold seeds"),
    unit=t("家", "organisations"),
    period=YEAR_END,
    baseline=STATE,
    key=t("孵化器或金种子企业（一家只计一次）", "the incubator or gold seed, once"),
    attribution=t("计给该孵化器或企业", "the incubator or firm"),
    source=t(
        "行动方案“行动目标”：新建若干未来产业领域标杆孵化器，培育一批金种子企业",
        "action plan, targets: some incubators in future fields and a batch of gold seeds",
    ),
    blocks=t("事后修改领域标签", "the field label edited later"),
    reads=(*_ENTRIES, *_CHECKS, *_EXITS),
    definitions=(
        Definition(
            "all",
            t("孵化器与金种子", "incubators and gold seeds"),
            t(
                "签约时已写明未来领域的孵化器，或在库金种子，且 12 个月内复核通过",
                "an incubator whose agreement names a future field, or a listed gold seed, rechecked within 12 months",
            ),
            _entered(*_ENTRIES),
        ),
        Definition(
            "incubators",
            t("仅孵化器", "incubators only"),
            t("同上，仅孵化器", "the same, incubators only"),
            _entered(AgreementSigned),
        ),
        Definition(
            "seeds",
            t("仅金种子", "gold seeds only"),
            t("同上，仅金种子", "the same, gold seeds only"),
            _entered(GoldSeedListed),
        ),
    ),
    reasons={
        **COUNTED,
        "no_field": t("签约时没有未来产业领域", "no future field when signed"),
        "field_edited": t("签约记录事后被更正，尚未在该领域复核", "the entry was corrected later and not rechecked in the field since"),
        "left": t("协议终止或已出库", "ended or left the list"),
        "recheck_not_passed": t("最近一次复核未通过", "the last recheck was not passed"),
        "recheck_due": t("超过 12 个月未复核", "not rechecked for more than 12 months"),
    },
    examples=EXAMPLES,
)
