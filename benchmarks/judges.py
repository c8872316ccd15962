"""How long one verdict takes: microseconds per call of each indicator's judge, over its own examples."""

from __future__ import annotations

import datetime as dt
import os
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fuhua.config.settings")
django.setup()

from fuhua.evidence.facts import Fact  # noqa: E402
from fuhua.evidence.proof.figure import INDICATORS, judged  # noqa: E402
from fuhua.evidence.proof.records import Record  # noqa: E402
from fuhua.kernel.period import noon  # noqa: E402

ROUNDS = 20_000


def _record(fact: Fact, on: dt.date, seq: int) -> Record[Fact]:
    return Record(
        kind=fact.KIND, known_at=noon(on), true_from=on, grade=2, by="", salt="", fact=fact, seq=seq, digest=str(seq)
    )


def main() -> None:
    """Print, for each definition, the judge alone and with the resolution of what stands."""
    print(f"{'':6}{'definition':16}{'examples':>9}{'records':>9}{'judge µs':>10}{'+ standing µs':>15}")
    for spec in INDICATORS:
        tales = [
            ([_record(fact, on, seq) for seq, (fact, on) in enumerate(each.facts)], each.on, each.terms)
            for each in spec.examples
        ]
        records = sum(len(tale) for tale, _on, _terms in tales) / len(tales)
        for definition in spec.definitions:
            rounds = ROUNDS // len(tales)
            begun = perf_counter()
            for _round in range(rounds):
                for tale, on, terms in tales:
                    definition.judge(tale, on, terms)
            middle = perf_counter()
            for _round in range(rounds):
                for tale, on, terms in tales:
                    judged(definition, tale, on, terms)
            ended, calls = perf_counter(), rounds * len(tales) / 1e6
            print(
                f"{spec.code:6}{definition.version:16}{len(tales):9}{records:9.1f}"
                f"{(middle - begun) / calls:10.2f}{(ended - middle) / calls:15.2f}"
            )


if __name__ == "__main__":
    main()
