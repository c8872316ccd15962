"""What can be told by hand: every kind with its fields and the indicators that read it, and who a written name means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions.verbs import VERBS, Verb
from fuhua.evidence.facts import fields_of
from fuhua.evidence.proof.figure import INDICATORS
from fuhua.front.words import ENGINES, FIELDS, THINGS
from fuhua.journey.models import Landing
from fuhua.kernel.credit_code import is_credit_code, tidy
from fuhua.kernel.urn import is_urn, kind_of
from fuhua.kernel.words import Text, listed, t
from fuhua.parties import models
from fuhua.parties.queries import in_bulk, names
from fuhua.parties.queries.matching import match
from fuhua.parties.words import DISTRICTS, SORTS, Sort
from fuhua.plan.queries import objectives, overview

_LANDED = ("person", "project", "venture", "firm")
_MOST = 8
_WAN = 100 * 10_000  # fen
# Fields that a verb computes by its ``fill`` and that nobody types in.
FILLED: dict[str, frozenset[str]] = {
    "capital.fund_paid_in": frozenset({"source"}),
    "exchange.use_metered": frozenset({"affiliation"}),
}


class Meant(NamedTuple):
    """Who a text means: the ``urn``, or ``candidates`` (URN and description) to choose from, or why nobody: ``wrong``."""

    urn: str = ""
    candidates: tuple[tuple[str, str], ...] = ()
    wrong: Text | None = None


def engines() -> list[dict[str, Any]]:
    """Every verb by engine: its label, meaning, what it asks for and which indicators read the fact."""
    ordered = sorted(VERBS, key=lambda verb: verb.kind.KIND.partition(".")[0])
    pages = _pages()
    return [{"label": ENGINES.get(engine, engine), "key": engine, "verbs": [_described(verb, pages) for verb in verbs]}
            for engine, verbs in groupby(ordered, key=lambda verb: verb.kind.KIND.partition(".")[0])]


def _described(verb: Verb, pages: dict[str, str]) -> dict[str, Any]:
    kind = verb.kind
    return {"label": kind.LABEL, "meaning": meaning(verb), "url": reverse("front:tell_kind", kwargs={"kind": kind.KIND}),
            "asks": listed(FIELDS[name] for name in fields_of(kind) if name not in FILLED.get(kind.KIND, ())),
            "after": verb.after.LABEL if verb.after else "", "indicators": _read_by(kind.KIND, pages)}


def meaning(verb: Verb) -> str:
    """The sentence (English) with which the fact describes itself."""
    return (verb.kind.__doc__ or "").strip().partition("\n")[0].replace("``", "")


def indicators_of(kind: str) -> list[dict[str, Any]]:
    """The indicators that read a kind of fact: code, name and, in the plan in force, their page."""
    return _read_by(kind, _pages())


def _pages() -> dict[str, str]:
    """Code → page of every indicator for which the plan in force has a target."""
    edition = objectives.published()
    if edition is None:
        return {}
    aimed = edition.targets.exclude(indicator="").values_list("indicator", flat=True)
    return {code: reverse("front:indicator", kwargs={"slug": edition.slug, "code": code}) for code in aimed}


def _read_by(kind: str, pages: dict[str, str]) -> list[dict[str, Any]]:
    ordered = sorted(INDICATORS, key=lambda one: (len(one.code), one.code))
    return [{"code": each.code, "name": each.name, "url": pages.get(each.code, "")}
            for each in ordered if kind in {read.KIND for read in each.reads}]


def editions() -> list[tuple[str, str]]:
    """Slug and title of every published edition."""
    return [(edition.slug, edition.title) for edition in overview.published_editions()]


def sorts_said(sorts: Iterable[str]) -> Text:
    """What may stand in a field, in words."""
    return listed(SORTS.get(sort) or THINGS.get(sort) or Text(sort, sort) for sort in sorts)


def written(urn: str, sorts: Sequence[str]) -> str:
    """How a form writes a URN so that it is understood again: the name, or the URN where the name is not enough."""
    name = names([urn]).get(urn, "")
    return name if name and resolve(name, sorts).urn == urn else urn


def amount(fen: int) -> str:
    """How a form writes money so that it is read back exactly."""
    return f"{fen // _WAN:,}万元" if fen and fen % _WAN == 0 else f"{Decimal(fen) / 100:f}"


def resolve(text: str, sorts: Sequence[str]) -> Meant:
    """Who is meant by a name, a credit code or a pasted URN, among these sorts."""
    text = " ".join(text.split())
    if is_urn(text):
        return _pasted(text, sorts)
    if "landing" in sorts:
        return _case(text)
    code = text if is_credit_code(tidy(text)) else ""
    found = match(code=code, name=text, sort=sorts[0] if len(sorts) == 1 else None)
    if found.sure is not None and _fits(found.sure, sorts):
        return Meant(found.sure.urn)
    possible = [each.party for each in found.candidates if _fits(each.party, sorts)]
    namesakes = _people(text) if Sort.PERSON in sorts else []
    if len(namesakes) == 1 and not possible:
        return Meant(namesakes[0].urn)
    if possible or namesakes:
        return Meant(candidates=tuple((party.urn, _said(party)) for party in [*possible, *namesakes]))
    if found.sure is not None:
        return Meant(wrong=_unfit(found.sure.sort, sorts))
    return Meant(wrong=t("没有找到“{text}”，请核对名称或统一社会信用代码，或先在组织名录中登记",
                         "nothing is called “{text}”; check the name or the credit code, or register it first").format(text=text))


def _pasted(urn: str, sorts: Sequence[str]) -> Meant:
    party = in_bulk.live(urn)
    if party is not None:
        return Meant(party.urn) if _fits(party, sorts) else Meant(wrong=_unfit(party.sort, sorts))
    if kind_of(urn) not in sorts:
        return Meant(wrong=_unfit(kind_of(urn), sorts))
    if kind_of(urn) in THINGS or evidence.facts().filter(subject=urn).exists():
        return Meant(urn)
    return Meant(wrong=t("没有登记过 {urn}，请核对标识", "{urn} is not known here; check it").format(urn=urn))


def _case(text: str) -> Meant:
    meant = resolve(text, _LANDED)
    parties = [meant.urn] if meant.urn else [urn for urn, _said in meant.candidates]
    cases = list(Landing.objects.filter(Q(person__in=parties) | Q(project__in=parties)).order_by("pk")[:_MOST])
    if len(cases) == 1 and meant.urn:
        return Meant(cases[0].urn)
    if cases:
        known = names({urn for case in cases for urn in (case.person, case.project) if urn})
        return Meant(candidates=tuple(
            (case.urn, " · ".join(known.get(urn, urn) for urn in (case.person, case.project) if urn)) for case in cases))
    return Meant(wrong=t("没有“{text}”的落地案例，请填写案例中的人才或项目，或先补录落地",
                         "there is no landing of “{text}”; name its person or project, or record the landing first").format(text=text))


def _people(name: str) -> list[models.Party]:
    return list(models.Party.objects.filter(sort=Sort.PERSON, name=name, merged_into=None, erased_at=None).order_by("pk")[:_MOST])


def _fits(party: models.Party, sorts: Sequence[str]) -> bool:
    return kind_of(party.urn) in sorts


def _said(party: models.Party) -> str:
    more = [str(SORTS[party.sort]), party.code, str(DISTRICTS.get(party.district, ""))]
    if party.sort == Sort.PERSON:
        more += party.ties_in.filter(kind="employs", state="confirmed").order_by("pk").values_list("source__name", flat=True)[:2]
    return " · ".join(filter(None, [party.name, *more]))


def _unfit(sort: str, sorts: Sequence[str]) -> Text:
    return t("这是{sort}，此处应为：{sorts}", "this is a {sort}; here belongs: {sorts}").format(
        sort=sorts_said([sort]), sorts=sorts_said(sorts))
