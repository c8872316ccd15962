"""The record of a draw (抽取记录): all that an outsider needs to check it offline, without a name; and that check."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

import msgspec
import numpy as np

from fuhua.kernel.words import Text, t
from fuhua.matching.assignment.checking import Refused, check
from fuhua.matching.assignment.limits import MOST_PLACES
from fuhua.schemes.kinds.drawing import BadDraw, Drawn, Expert, Pair, Round
from fuhua.schemes.kinds.solvers import drawn

_LARGEST = 10**9


class BadRecord(Exception):
    """The file is no record of a draw; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Person(msgspec.Struct, forbid_unknown_fields=True):
    """An expert of the record; ``house`` is a number of its own, or None."""

    least: int
    most: int
    senior: bool
    house: int | None


class Record(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Experts and applications are numbers, in the order that the seed gave; pairs are (expert, application).

    ``proof`` is the solver's certificate: prices from which the optimum is recomputed without any solver. A repair has none.
    """

    format: str = "fuhua-draw-1"
    seed: str
    seal: str
    seniors: int
    together: int
    experts: list[Person]
    coverage: list[int]
    affinity: list[list[int]]
    barred: list[Pair]
    fixed: list[Pair]
    kept: list[Pair]
    assignment: list[Pair]
    worst: int
    total: int
    proved: bool
    moved: int
    proof: dict[str, Any] | None = None


def written(task: Round, found: Drawn, seed: str) -> bytes:
    """The record as JSON; the same draw gives the same bytes."""
    houses = {each: at for at, each in enumerate(sorted({expert.house for expert in task.experts} - {0}))}
    return msgspec.json.encode(Record(
        seed=seed, seal=_digest(seed), seniors=task.seniors, together=task.together,
        experts=[Person(each.least, each.most, each.senior, houses.get(each.house)) for each in task.experts],
        coverage=list(task.coverage), affinity=task.affinity.tolist(), barred=sorted(task.barred), fixed=sorted(task.fixed),
        kept=sorted(task.kept), assignment=sorted(found.pairs), worst=found.worst, total=found.total, proved=found.proved,
        moved=found.moved, proof=found.proof))


def read(file: bytes) -> Record:
    """The record in a file; raises :class:`BadRecord`."""
    try:
        found = msgspec.json.decode(file, type=Record)
    except msgspec.MsgspecError as wrong:
        raise BadRecord(t("不是抽取记录：{why}", "no record of a draw: {why}").format(why=str(wrong)[:200])) from wrong
    people, papers = len(found.experts), len(found.coverage)
    pairs = [*found.barred, *found.fixed, *found.kept, *found.assignment]
    table = len(found.affinity) == people and all(len(row) == papers for row in found.affinity)
    small = table and all(0 <= each <= _LARGEST for row in found.affinity for each in row)
    if not small or not all(0 <= who < people and 0 <= what < papers for who, what in pairs):
        raise BadRecord(t("抽取记录中的人数、项数与编号不符", "the record’s numbers of experts and applications do not fit"))
    return found


def faults(record: Record) -> list[Text]:
    """What is wrong with the draw: a limit that does not hold, a sum that is another, a better assignment, another lot; none if sound."""
    return list(_limits(record)) or list(_best(record) if record.proof is None else _proved(record, record.proof))


def _limits(record: Record) -> Iterator[Text]:
    pairs, fixed = set(record.assignment), set(record.fixed)
    teams = [[who for who, which in pairs if which == what] for what in range(len(record.coverage))]
    if record.seal != _digest(record.seed):
        yield t("种子与封存的摘要不符", "the seed is not the sealed one")
    if pairs & (set(record.barred) - fixed):
        yield t("有应回避的专家被指派", "an expert was given what they are barred from")
    if not fixed <= pairs:
        yield t("已提交的评审被改派", "a review that was handed in changed hands")
    if [len(team) for team in teams] != record.coverage or len(pairs) != len(record.assignment):
        yield t("评审份数不符", "an application has another number of experts than it needs")
    held, given = Counter(who for who, _what in fixed), Counter(who for who, _what in pairs)
    if any(not each.least <= given[who] <= max(each.most, held[who]) for who, each in enumerate(record.experts)):
        yield t("有专家的评审量超出上下限", "an expert has more or fewer than allowed")
    if any(sum(record.experts[who].senior for who in team) < record.seniors for team in teams):
        yield t("有申报缺少资深专家", "an application lacks senior experts")
    if record.together and any(_most_of_a_house(record, team) > max(record.together, _most_of_a_house(record, fixed_team))
                               for team, fixed_team in ((team, [who for who in team if (who, what) in fixed])
                                                        for what, team in enumerate(teams))):
        yield t("同一单位的专家过多", "too many experts of one house on an application")
    sums = [sum(record.affinity[who][what] for who in team) for what, team in enumerate(teams)]
    if (min(sums, default=0), sum(sums)) != (record.worst, record.total):
        yield t("匹配分的合计不符", "the sums of affinity are others")


def _most_of_a_house(record: Record, team: Collection[int]) -> int:
    return max(Counter(house for who in team if (house := record.experts[who].house) is not None).values(), default=0)


def _proved(record: Record, proof: dict[str, Any]) -> Iterator[Text]:
    """The certificate holds and is of this very draw; where a search and no prices proved it, the task is solved again."""
    try:
        found = check(proof)
    except Refused as wrong:
        yield t("最优证书不成立：{code}", "the certificate does not hold: {code}").format(code=str(wrong))
        return
    told = _told(record)
    if {name: proof.get(name) for name in told} != told or (proof["draw"] and proof["draw"]["seed"] != record.seed):
        yield t("最优证书不是这次抽取的", "the certificate is of another draw")
    elif not (found["total_optimal"] and found["worst_optimal"] and found["drawn"]):
        yield from _best(record)


def _told(record: Record) -> dict[str, Any]:
    """What a certificate of the record's task and assignment says of them."""
    people, barred = range(len(record.experts)), set(record.barred)
    free = [[who for who in people if (who, what) not in barred] for what in range(len(record.coverage))]
    seniors = [[who for who in people if record.experts[who].senior]] if record.seniors else []
    houses = sorted({each.house for each in record.experts if each.house is not None}) if record.together else []
    return {
        "decimals": 0, "coverage": record.coverage, "least": [each.least for each in record.experts],
        "most": [each.most for each in record.experts], "assignment": sorted(map(list, record.assignment)),
        "candidates": [[some, [record.affinity[who][what] for who in some]] for what, some in enumerate(free)],
        "quotas": [{"members": some, "least": record.seniors, "most": MOST_PLACES} for some in seniors]
        + [{"members": [who for who in people if record.experts[who].house == house], "least": 0, "most": record.together}
           for house in houses],
    }


def _best(record: Record) -> Iterator[Text]:
    """Solves the same task again: what it finds must be as good, and the lot the same."""
    task = Round(
        experts=[Expert(each.least, each.most, each.senior, 0 if each.house is None else each.house + 1) for each in record.experts],
        coverage=record.coverage, affinity=np.array(record.affinity, np.int64).reshape(len(record.experts), len(record.coverage)),
        barred=frozenset(record.barred), fixed=frozenset(record.fixed), kept=frozenset(record.kept), seniors=record.seniors,
        together=record.together)
    try:
        found = drawn(task, record.seed)
    except BadDraw as wrong:
        yield wrong.text
        return
    if (record.moved, -record.worst, -record.total) > (found.moved, -found.worst, -found.total):
        yield t("存在更好的分配", "there is a better assignment")
    elif tuple(sorted(record.assignment)) != found.pairs:
        yield t("不是该种子抽出的结果", "the seed draws another one among those as good")


def _digest(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()
