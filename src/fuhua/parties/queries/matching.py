"""Which organisation is meant: by credit code, else by exactly one name, else candidates with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from django.db import connection
from django.db.models import F, QuerySet

from fuhua.kernel.credit_code import tidy
from fuhua.kernel.words import Text, t
from fuhua.parties import models
from fuhua.parties.queries import naming
from fuhua.parties.words import DISTRICTS, SORTS, NameKind, Sort

_POSTINGS = 400  # of one gram at most: what more names share tells little
_READ = 60  # names compared by their keys
_WEIGHED = 16  # of those, names compared part by part
_LEAST = 0.4  # a likeness below it is no candidate
_MOST = 8


class Candidate(NamedTuple):
    """An organisation that may be meant: 0 to 1, and what speaks for and against it."""

    party: models.Party
    score: float
    reasons: list[Text]


class Match(NamedTuple):
    """``sure``: the one organisation that is meant, and ``why``; else ``candidates``, best first, each one once."""

    sure: models.Party | None
    candidates: list[Candidate]
    why: Text | None = None


def match(*, code: str = "", name: str = "", sort: str | None = None, district: str = "") -> Match:
    """The organisation that a credit code and a name mean; ``sort`` and ``district`` tell namesakes apart.

    Reads a bounded number of rows however many organisations there are. Duplicates answer as what they became.
    """
    code = tidy(code)
    if code:
        found = models.Party.objects.filter(code=code, merged_into=None).first()
        if found is not None:
            return Match(found, [], t("统一社会信用代码一致", "the same credit code"))
    if not name.strip():
        return Match(None, [])
    same = _distinct(models.Name.objects.filter(key=naming.key(name)).select_related("party").order_by("id")[:_READ])
    if same:
        return _of_one_name(same, code, sort, district)
    return Match(None, _alike(name, code, sort, district))


def root(party: models.Party) -> models.Party:
    """What the party is read as: itself, or what it was merged into."""
    while party.merged_into_id is not None:
        party = party.merged_into
    return party


def _distinct(found: Iterable[models.Name]) -> dict[int, tuple[models.Party, models.Name]]:
    seen: dict[int, tuple[models.Party, models.Name]] = {}
    for each in found:
        party = root(each.party)
        seen.setdefault(party.pk, (party, each))
    return seen


def _of_one_name(same: dict[int, tuple[models.Party, models.Name]], code: str, sort: str | None, district: str) -> Match:
    possible = [pair for pair in same.values() if not (code and pair[0].code)]
    for test in (lambda p: sort is None or p.sort == sort, lambda p: not district or p.district == district):
        narrowed = [pair for pair in possible if test(pair[0])]
        if len(possible) > 1 and narrowed:
            possible = narrowed
    if len(possible) == 1:
        return Match(possible[0][0], [], _how(possible[0][1]))
    several = t("共有 {n} 个主体使用该名称", "{n} organisations have this name").format(n=len(same))
    return Match(
        None,
        [
            Candidate(
                party,
                0.5 if code and party.code else 0.95,
                [_how(called), *([several] if len(same) > 1 else []), *_against(party, code, sort, district)],
            )
            for party, called in same.values()
        ][:_MOST],
    )


def _how(called: models.Name) -> Text:
    if called.until is not None:
        return t("曾用名“{name}”一致", "the same as its former name {name}").format(name=called.text)
    if called.kind != NameKind.OFFICIAL:
        return t("挂牌或别名“{name}”一致", "the same as its plate or other name {name}").format(name=called.text)
    return t("名称一致：{name}", "the same name: {name}").format(name=called.text)


def _alike(name: str, code: str, sort: str | None, district: str) -> list[Candidate]:
    ids = _nearest(naming.grams(name))
    if not ids:
        return []
    own, own_key = naming.parts(name), naming.key(name)
    keys = models.Name.objects.filter(pk__in=ids).values_list("pk", "key")
    near = sorted(keys, key=lambda row: (-naming.likeness(own_key, row[1]), row[0]))[:_WEIGHED]
    best: dict[int, Candidate] = {}
    for called in models.Name.objects.filter(pk__in=[pk for pk, _key in near]).select_related("party"):
        party = root(called.party)
        candidate = _compared(party, called, own, own_key, (code, sort, district))
        if candidate.score >= _LEAST and candidate.score > best.get(party.pk, candidate._replace(score=0)).score:
            best[party.pk] = candidate
    return sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.party.pk))[:_MOST]


def _nearest(grams: frozenset[str]) -> list[int]:
    """Ids of the names that share the rarest of ``grams``, most telling first."""
    if not grams:
        return []
    one = "SELECT * FROM (SELECT text, name_id FROM parties_gram WHERE text = %s LIMIT %s) AS g"
    wanted = sorted(grams)[:40]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(wanted)), [value for gram in wanted for value in (gram, _POSTINGS)])
        postings = defaultdict(list)
        for text, name_id in cursor.fetchall():
            postings[text].append(name_id)
    weight: dict[int, float] = defaultdict(float)
    for sharing in postings.values():
        for name_id in sharing:
            weight[name_id] += 1 / len(sharing)
    return sorted(weight, key=lambda name_id: (-weight[name_id], name_id))[:_READ]


def _compared(party: models.Party, called: models.Name, own: naming.Parts, own_key: str, given: tuple[str, str | None, str]) -> Candidate:
    other = naming.parts(called.text)
    core = naming.likeness(own.core, other.core)
    score = 0.55 * core + 0.25 * naming.likeness(own_key, called.key)
    reasons = [_core_reason(own.core, other.core)]
    for mine, theirs, label in (
        (own.place, other.place, t("地名", "place")),
        (own.industry, other.industry, t("行业", "trade")),
    ):
        if mine and theirs:
            score += 0.1 if mine == theirs else 0
            verdict = (
                t("{label}相同：{one}", "same {label}: {one}")
                if mine == theirs
                else t("{label}不同：{one}／{two}", "different {label}: {one} / {two}")
            )
            reasons.append(verdict.format(label=label, one=mine, two=theirs))
        else:
            score += 0.05
    if called.until is not None or called.kind != NameKind.OFFICIAL:
        reasons.append(t("比对的是其别名或曾用名“{name}”", "compared with its other or former name {name}").format(name=called.text))
    against = _against(party, *given)
    return Candidate(party, round(score * (0.8 ** len(against)), 3), reasons + against)


def _core_reason(mine: str, theirs: str) -> Text:
    if mine == theirs:
        return t("字号相同：{one}", "same trade name: {one}").format(one=mine)
    return t("字号相近：{one}／{two}", "similar trade names: {one} / {two}").format(one=mine, two=theirs)


def _against(party: models.Party, code: str, sort: str | None, district: str) -> list[Text]:
    reasons = []
    if code and party.code and code != party.code:
        reasons.append(t("信用代码不同：{code}", "another credit code: {code}").format(code=party.code))
    if sort and sort != party.sort:
        reasons.append(t("类别不同：{sort}", "another sort: {sort}").format(sort=SORTS[party.sort]))
    if district and party.district and district != party.district:
        reasons.append(t("所在区不同：{district}", "another district: {district}").format(district=DISTRICTS[party.district]))
    return reasons


class Pair(NamedTuple):
    """Two organisations that may be one, how alike their names are (0 to 1), and why."""

    first: models.Party
    second: models.Party
    score: float
    reasons: list[Text]


def possible_duplicates(*, districts: frozenset[str] | None = None, most: int = 50) -> list[Pair]:
    """Pairs of organisations with one name or one trade name that may be one, likeliest first.

    Two different credit codes are two legal persons and never a pair; nor are two that were kept apart
    (:func:`kept_apart`). ``districts`` narrows to pairs that touch one.
    """
    apart = set(kept_apart().values_list("first_id", "second_id"))
    pairs: dict[tuple[int, int], Pair] = {}
    for called in _groups(most * 20):
        for one, other in combinations(called, 2):
            pair = _pair(one, other)
            if pair is None or (districts is not None and not districts & {pair.first.district, pair.second.district}):
                continue
            key = (pair.first.pk, pair.second.pk)
            if (min(key), max(key)) in apart:
                continue
            if key not in pairs or pair.score > pairs[key].score:
                pairs[key] = pair
    return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.first.pk, pair.second.pk))[:most]


def kept_apart() -> QuerySet[models.Apart]:
    """The pairs that somebody found to be two and nobody has asked about again."""
    return models.Apart.objects.filter(undone_at=None)


_SAME_KEY = "SELECT key FROM parties_name GROUP BY key HAVING COUNT(*) > 1 ORDER BY key LIMIT %s"
_SAME_TRADE_NAME = (
    "SELECT text FROM parties_gram WHERE text LIKE '=%%' GROUP BY text HAVING COUNT(*) BETWEEN 2 AND 20 ORDER BY text LIMIT %s"
)


def _groups(most: int) -> Iterator[list[models.Name]]:
    """Live names that are one, then those that share a trade name which is not of a crowd."""
    live = models.Name.objects.filter(party__merged_into=None).select_related("party").order_by("pk")
    for sql, column in ((_SAME_KEY, "key"), (_SAME_TRADE_NAME, "grams__text")):
        with connection.cursor() as cursor:
            cursor.execute(sql, [most])
            shared = [text for (text,) in cursor.fetchall()]
        for start in range(0, len(shared), 500):
            groups: dict[str, list[models.Name]] = defaultdict(list)
            found = live.filter(**{f"{column}__in": shared[start : start + 500]}).annotate(shared=F(column))
            for name in found:
                groups[name.shared].append(name)
            yield from groups.values()


def _pair(one: models.Name, other: models.Name) -> Pair | None:
    if one.party_id == other.party_id or (one.party.code and other.party.code and one.party.code != other.party.code):
        return None
    if Sort.PERSON in (one.party.sort, other.party.sort):
        return None
    if one.key == other.key:
        reasons, score = [t("名称一致：{name}", "the same name: {name}").format(name=one.text)], 1.0
    else:
        compared = _compared(other.party, other, naming.parts(one.text), one.key, ("", one.party.sort, one.party.district))
        reasons, score = compared.reasons, compared.score
    first, second = sorted((one.party, other.party), key=lambda party: (party.entered_at, party.pk))
    return Pair(first, second, score, reasons) if score >= 0.7 else None
