"""An invented city's facts of every kind that an indicator reads, in the proportions of the demo city, at any size."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fuhua.capital.facts import FundDeclared, FundDeployed, FundPaidIn, StockReported
from fuhua.evidence.facts import Fact
from fuhua.exchange.facts import PlatformRegistered, UseMetered
from fuhua.journey import facts as journey
from fuhua.kernel.period import add_months
from fuhua.kernel.urn import of
from fuhua.schemes import facts as schemes

START, END = dt.date(2022, 1, 4), dt.date(2025, 12, 31)
DISTRICTS = ("110108", "110176", "110114", "110105", "110106", "110112", "110113", "110115")
FIELDS = ("quantum", "brain_inspired", "cell_and_gene", "general_ai")
YI = 10_000_000_000
Told = tuple[dt.date, Fact]

# Subjects of each sort in a city of about 50,000 facts. “demo” has the demo city's proportions, in which metered use is
# nine tenths of everything; in “lives” ventures with stays, titles and relays are: the heaviest load on the judges.
MIXES = {
    "demo": {"venture": 900, "fund": 56, "landing": 150, "incubator": 60, "offshore": 5, "platform": 36},
    "lives": {"venture": 12_200, "fund": 56, "landing": 300, "incubator": 120, "offshore": 10, "platform": 4},
}
SMALL_CITY = 50_000
USES = 1250  # of one platform


@dataclass
class City:
    """One seeded invention: ``size`` facts or a few more, told subject by subject."""

    size: int
    mix: str = "demo"

    def __post_init__(self) -> None:
        self.chance = random.Random(20221230)
        scale = self.size / SMALL_CITY
        self.counts = {sort: max(2, round(count * scale)) for sort, count in MIXES[self.mix].items()}

    def told(self) -> list[Told]:
        """Every fact with the day from which it is true, ordered by that day."""
        found = [told for sort in self.counts for told in self._sort(sort)]
        found.append((dt.date(2022, 12, 28), StockReported(subject=of("programme", "beijing"), metric="early_funds", value=300 * YI)))
        found.sort(key=lambda each: each[0])
        return found

    def _sort(self, sort: str) -> Iterator[Told]:
        tell: Callable[[str, int], Iterator[Told]] = getattr(self, f"_{sort}")
        for index in range(self.counts[sort]):
            yield from tell(of(sort, f"bench-{index:07}"), index)

    def _day(self, first: dt.date = START, last: dt.date = END) -> dt.date:
        return first + dt.timedelta(days=self.chance.randrange(max(1, (last - first).days + 1)))

    def _any(self, sort: str) -> str:
        return of(sort, f"bench-{self.chance.randrange(self.counts[sort]):07}")

    def _district(self) -> str:
        return self.chance.choice(DISTRICTS)

    def _venture(self, urn: str, index: int) -> Iterator[Told]:
        host, district, began = self._any("incubator"), self._district(), self._day(last=dt.date(2025, 9, 30))
        stay = "virtual" if index % 10 == 3 else "physical"
        yield began, journey.StayBegan(subject=urn, host=host, stay=stay, district=district)
        ended = began + dt.timedelta(days=self.chance.randrange(420, 1500))
        if ended < END:
            yield ended, journey.StayEnded(subject=urn, host=host, stay=stay, reason="graduated")
        yield from self._titles(urn, index, began)
        if index % 9 == 4:
            yield from self._relay(urn, host, district, min(ended, END - dt.timedelta(days=200)))
        if index % 13 == 6:
            evidence = self.chance.choice(("entity", "order", "approval", "delegation"))
            yield self._day(began), journey.WentAbroad(subject=urn, evidence=evidence, country="SG")
        if index % 22 == 3:
            yield from self._gold_seed(urn, district)

    def _titles(self, urn: str, index: int, began: dt.date) -> Iterator[Told]:
        moved_in = index % 8 == 2
        for title, basis, share in (("tech_sme", "list", 0.75), ("hnte", "certificate", 0.62), ("gazelle", "list", 0.15)):
            shift = -self.chance.randrange(10, 200) if moved_in else self.chance.randrange(90, 800)
            day = began + dt.timedelta(days=shift)
            if self.chance.random() < share and day <= END:
                yield day, journey.TitleAwarded(subject=urn, title=title, basis=basis)

    def _relay(self, urn: str, host: str, district: str, day: dt.date) -> Iterator[Told]:
        park = of("park", f"bench-{self.chance.randrange(8)}")
        yield day, journey.RelayAgreed(subject=urn, from_host=host, to_park=park, split=600_000, district=district)
        for month in (3, 6, 12):
            if (found := add_months(day, month)) <= END:
                yield found, journey.RelayConfirmed(subject=urn, month=month)

    def _gold_seed(self, urn: str, district: str) -> Iterator[Told]:
        day = self._day(dt.date(2024, 9, 10), dt.date(2025, 6, 30))
        yield day, schemes.GoldSeedListed(subject=urn, field=self.chance.choice(FIELDS), edition="bj-biaogan-2022", district=district)
        if (check := add_months(day, 12)) <= END:
            yield check, schemes.GoldSeedRechecked(subject=urn, result=self.chance.choice(("passed", "passed", "failed")))

    def _fund(self, urn: str, index: int) -> Iterator[Told]:
        day, committed = self._day(dt.date(2022, 6, 1), dt.date(2025, 5, 31)), self.chance.randrange(8, 46) * YI // 10
        yield day, FundDeclared(subject=urn, committed=committed, early=index % 5 != 4, district=self._district())
        for part in range(self.chance.randrange(2, 5)):
            parent = index % 3 == 0 and part == 1 and index > 3
            payer = of("fund", f"bench-{index % 4:07}") if parent else of("firm", f"lp-{self.chance.randrange(40):02}")
            yield self._day(day), FundPaidIn(subject=urn, amount=committed // 5, payer=payer, source="fund" if parent else "outside")
        for _ in range(self.chance.randrange(6, 22)):
            yield self._day(day), FundDeployed(subject=urn, amount=committed // 40, venture=self._any("venture"),
                                               stage=self.chance.choices(("early", "later"), (5, 1))[0])

    def _landing(self, urn: str, index: int) -> Iterator[Told]:
        day = self._day(dt.date(2022, 3, 1), dt.date(2025, 11, 30))
        yield day, journey.Landed(subject=urn, person=of("person", f"overseas-{index}"), entity=self._any("venture"),
                                  district=self._district(), host=self._any("incubator"))
        if (check := add_months(day, 6)) <= END and index % 5 != 1:
            yield check, journey.LandingActive(subject=urn, month=6)
        elif check <= END and index % 10 == 1:
            yield check, journey.LandingLapsed(subject=urn, reason="inactive")

    def _incubator(self, urn: str, index: int) -> Iterator[Told]:
        day, district = self._day(dt.date(2022, 9, 1), dt.date(2025, 6, 30)), self._district()
        tier = ("leading", "cultivation", "reserve")[index % 3]
        yield day, schemes.TierSet(subject=urn, tier=tier, edition="bj-biaogan-2022", district=district)
        if tier != "reserve" and index % 8 != 7:
            theme = self.chance.choice(FIELDS) if index % 3 == 0 else ""
            yield day, schemes.AgreementSigned(subject=urn, edition="bj-biaogan-2022", tier=tier, field=theme, district=district)
            for year in range(1, 4):
                if (check := add_months(day, 12 * year - 2)) <= END:
                    yield check, schemes.CheckConcluded(subject=urn, result=self.chance.choices(("passed", "partial"), (12, 1))[0])
                    if theme:
                        yield check, schemes.FieldRechecked(subject=urn, field=theme, result="passed")
        yield from self._uplift(urn, index, district)

    def _uplift(self, urn: str, index: int, district: str) -> Iterator[Told]:
        coach = of("incubator", f"bench-{(index + 1) % self.counts['incubator']:07}")
        plan = self._day(dt.date(2022, 6, 1), dt.date(2025, 3, 31))
        yield plan, schemes.UpliftPlanAgreed(subject=urn, coach=coach, district=district)
        if (measured := add_months(plan, 12)) <= END:
            yield measured, schemes.UpliftMeasured(subject=urn, delta=self.chance.randrange(-20_000, 400_000), independent=index % 9 != 0)
            for role in ("coach", "coached") if index % 7 else ("coach",):
                yield measured, schemes.UpliftConfirmed(subject=urn, role=role)

    def _offshore(self, urn: str, index: int) -> Iterator[Told]:
        day = self._day(dt.date(2022, 9, 1), dt.date(2023, 12, 31))
        yield day, journey.OffshoreOpened(subject=urn, incubator=self._any("incubator"), country="SG",
                                          proof="none" if index % 5 == 3 else "registration")
        for _ in range(14):
            yield self._day(day), journey.OffshoreTraffic(subject=urn, direction=self.chance.choice(("in", "out")),
                                                          project=self._any("venture"))

    def _platform(self, urn: str, index: int) -> Iterator[Told]:
        day = self._day(last=dt.date(2025, 3, 31))
        yield day, PlatformRegistered(subject=urn, owner=self._any("incubator"), novelty="new", acquired=day,
                                      proof="none" if index % 36 == 5 else "acceptance", district=self._district())
        own = index % 12 == 0
        clients = [self._any("venture") for _ in range(14)]
        for _ in range(USES):
            yield self._day(day), UseMetered(subject=urn, user=self.chance.choice(clients), minutes=self.chance.randrange(30, 600),
                                             fee=self.chance.randrange(200, 9000) * 100, affiliation="owner" if own else "none")
