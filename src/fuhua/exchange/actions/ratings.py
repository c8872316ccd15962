"""Each side rates the other once; nobody reads a rating before both are in or the time for it is over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.desk.words import NoticeKind
from fuhua.exchange import facts
from fuhua.exchange.actions.deals import BadDeal, held, tell, url_of, urn_of
from fuhua.exchange.models import Deal, Rating
from fuhua.exchange.queries import ratings
from fuhua.kernel import period
from fuhua.kernel.words import t


@transaction.atomic
def rate(*, deal: Deal, side: int, points: int, text: str, by: str, at: dt.datetime) -> Rating:
    """The organisation ``side`` gives 1 to 5 points and words; raises :class:`BadDeal` before it is settled, twice, or too late."""
    row = held(deal)
    if row.state != "settled":
        raise BadDeal(t("结算后才能评价", "one rates a deal once it is settled"))
    if row.fee:
        raise BadDeal(t("爽约费和晚取消费不是服务，不作评价", "a fee for a missed or late-cancelled slot is no service; it is not rated"))
    if period.day(at) > ratings.last_day(row):
        raise BadDeal(t("评价期（结算后 {days} 日）已过", "the time to rate ({days} days after settlement) is over")
                      .format(days=ratings.DAYS))
    if not 1 <= points <= 5:
        raise BadDeal(t("请打 1 至 5 分", "give 1 to 5 points"))
    if row.ratings.filter(party=side).exists():
        raise BadDeal(t("贵单位已经评价过", "your side has rated it"))
    made = Rating.objects.create(deal=row, party_id=side, points=points, text=text.strip()[:2000], at=at)
    notices.settle(about=row.urn, at=at, kinds=(NoticeKind.PART,), to=side)
    if row.ratings.count() == 2:
        for party in (row.buyer_id, row.provider_id):
            notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=party)
    tell(row, facts.DealRated(subject=row.urn, side=urn_of(row, side)), by=by, at=at, side=side)
    return made
