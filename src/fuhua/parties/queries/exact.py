"""One party by what identifies it exactly: its URN, its credit code, or a name that only one party bears."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from fuhua.evidence.facts import BadFact
from fuhua.kernel.access import READER
from fuhua.kernel.urn import is_urn
from fuhua.kernel.words import Text, cut, t
from fuhua.parties import access, models
from fuhua.parties.queries import naming
from fuhua.parties.words import Sort


class NoSuchParty(BadFact):
    """Nobody, or more than one, is known by that text."""


# What to write instead: where nobody bears the name, and where more than one does.
_ORGANISATION = (t("登记的全称、挂牌名或统一社会信用代码", "the registered name, a plate or the credit code"),
                 t("统一社会信用代码", "the credit code"))
_PERSON = (t("在册的完整姓名或个人标识", "the full name on the register, or the person’s URN"), t("个人标识", "the person’s URN"))


def organisation(text: str) -> models.Party:
    """The organisation meant by a URN, credit code or name (plates and former names too); raises :class:`NoSuchParty`.

    In a request only what its reader may see is meant, so that a hidden project cannot be found out by its name.
    """
    wanted = text.strip()
    if len(wanted) > naming.LONGEST:
        raise NoSuchParty(t("名称最多 {most} 个字符，请核对", "a name has at most {most} characters; check it").format(most=naming.LONGEST))
    rows = models.Party.objects.filter(_seen(), merged_into=None).exclude(sort=Sort.PERSON)
    if is_urn(wanted):
        found = list(rows.filter(urn=wanted)[:2])
    else:
        found = list(rows.filter(code=wanted.upper())[:2]) if wanted.isascii() else []
        found = found or list(rows.filter(names__key=naming.key(wanted)).distinct()[:2])
    return _only(found, wanted)


def person(text: str, *, of: Iterable[int] | None = None) -> models.Party:
    """The person with that URN or name, among those employed by the organisations ``of`` (party ids) if given."""
    wanted = text.strip()
    rows = models.Party.objects.filter(merged_into=None, sort=Sort.PERSON)
    if of is not None:
        rows = rows.filter(ties_in__kind="employs", ties_in__state="confirmed", ties_in__source__in=list(of))
    found = list((rows.filter(urn=wanted) if is_urn(wanted) else rows.filter(name=wanted)).distinct()[:2])
    return _only(found, wanted, _PERSON)


def party(urn: str) -> models.Party:
    """The party with that URN; raises :class:`NoSuchParty`."""
    return _only(list(models.Party.objects.filter(urn=urn)[:1]), urn)


def _seen() -> Q:
    reader = READER.get()
    return Q() if reader is None else access.ORGANISATIONS.rows(reader)


def _only(found: list[models.Party], wanted: str, instead: tuple[Text, Text] = _ORGANISATION) -> models.Party:
    if not found:
        raise NoSuchParty(t("查无“{text}”，请填写{instead}", "nobody is known as “{text}”; write {instead}")
                          .format(text=cut(wanted), instead=instead[0]))
    if len(found) > 1:
        raise NoSuchParty(t("“{text}”对应多个主体，请改填{instead}", "“{text}” means more than one; write {instead}")
                          .format(text=cut(wanted), instead=instead[1]))
    return found[0]
