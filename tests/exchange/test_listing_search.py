"""Finding listings: words, what a kind filters by from either side, pages of a long list, and addresses that make no sense."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuhua.exchange.actions import listings
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing
from fuhua.exchange.queries import finding
from fuhua.exchange.queries.listings import best, fits, found
from fuhua.parties.queries import STRANGER
from fuhua.parties.queries import who as people_who

COLD = {"instrument": "稀释制冷机", "temperature": "8"}


def titles(rows: Any) -> list[str]:
    return [row.title for row in rows]


def test_among_offers_one_writes_what_one_needs_and_among_needs_what_one_offers(firm: Any, an_offer: Any, a_need: Any) -> None:
    house, account = firm("北京低温科技有限公司")
    for title, kelvin in (("八毫开", "8"), ("二十毫开", "20"), ("没说", None)):
        spec = {**COLD, "temperature": kelvin}
        an_offer(house, account, "equipment", title, spec, audience="public")
        a_need(house, account, "equipment", title, spec, audience="public")
    by = {"kind": "equipment", "chosen": {"temperature": "10"}}
    assert (titles(found(STRANGER, side="offer", **by)), titles(found(STRANGER, side="need", **by))) == (["八毫开"], ["二十毫开"])


def test_every_filter_of_every_kind_finds_what_it_describes(firm: Any, an_offer: Any) -> None:
    house, account = firm("北京万有科技有限公司")
    written = {"words": "甲", "long": "甲", "number": "5", "money": "500 元", "day": "2026-01-01", "yes": "是"}
    for kind in listing_kinds():
        spec = {each.name: next(iter(each.choices)) if each.choices else written[each.type] for each in kind.on("offer")}
        row = an_offer(house, account, kind.code, f"{kind.code}", spec, audience="public")
        for field in kind.on("offer"):
            if field.filter:
                value = row.spec[field.name][0] if field.type == "choices" else row.spec[field.name]
                rows = found(STRANGER, side="offer", kind=kind.code, chosen={field.name: value})
                assert (kind.code, field.name, titles(rows)) == (kind.code, field.name, [kind.code])


def test_words_find_the_best_first_in_title_text_and_name(firm: Any, an_offer: Any) -> None:
    house, account = firm("北京寻物科技有限公司")
    cold = an_offer(house, account, "equipment", "稀释制冷机", COLD, text="含 3He 循环", audience="public")
    other = an_offer(house, account, "equipment", "扫描电镜", COLD, text="不需要稀释制冷", audience="public")
    asked = {"稀释制冷机": [cold.pk, other.pk], "3he": [cold.pk], "寻物": [cold.pk, other.pk], "质谱": [], "%": [], "_": []}
    rows = found(STRANGER, side="offer")
    assert {words: best(rows, "offer", words) for words in asked} == asked


def test_listings_that_share_single_characters_with_the_words_are_not_found_unless_one_character_was_asked(
        firm: Any, an_offer: Any, client: Any) -> None:
    house, account = firm("北京寻物科技有限公司")
    cold = an_offer(house, account, "equipment", "稀释制冷机", COLD, text="现存两台，全年在用", audience="public")
    asked = {"冷": [cold.pk], "不存在": [], "不存在 制冷": [cold.pk], "不存在 冷": [cold.pk], "β 不存在": []}
    assert {words: best(found(STRANGER, side="offer"), "offer", words) for words in asked} == asked
    assert "没有符合条件的供给" in client.get("/exchange/?q=不存在").content.decode()


def test_own_drafts_are_found_when_they_hold_every_word(firm: Any, cast: Any, at: Any) -> None:
    house, account = firm("北京寻物科技有限公司")
    told = listings.Told(title="稀释制冷机", text="含 3He 循环", spec=COLD)
    listings.draft(side="offer", kind="equipment", party=house.pk, told=told, by=account.party.urn, at=at())
    asked = ["稀释", "3he 制冷", "稀釋製冷機", "寻物", "稀释 显微镜", "顯微鏡", "%"]
    who = people_who(account)
    assert [len(found(who, words, side="offer", view="ours")) for words in asked] == [1, 1, 1, 1, 0, 0, 0]


def test_drafts_that_may_be_pooled_are_not_found_by_whose_they_are_but_by_their_own_people_and_brokers(
        firm: Any, cast: Any, at: Any) -> None:
    house, account = firm("北京匿名科技有限公司", "venture")
    listings.draft(side="need", kind="supply", party=house.pk, told=listings.Told(title="紧固件"), by=account.party.urn, at=at())
    readers = [people_who(each) for each in (cast["auditor"], cast["steward"])]
    assert [len(found(who, "匿名", side="need", view="drafts")) for who in readers] == [0, 1]
    assert [len(found(who, "紧固件", side="need", view="drafts")) for who in readers] == [1, 1]
    assert len(found(people_who(account), "匿名", side="need", view="ours")) == 1


def test_a_listing_is_found_by_the_next_search_after_it_is_saved_and_no_longer_once_it_ended(firm: Any, an_offer: Any, at: Any,
                                                                                             client: Any) -> None:
    house, account = firm("北京即时科技有限公司")
    first = an_offer(house, account, "equipment", "扫描电镜", COLD, audience="public")

    def shown() -> list[str]:
        return [row["it"].title for row in client.get("/exchange/?q=电镜 质谱").context["rows"]]

    assert shown() == ["扫描电镜"]
    told = listings.Told(title="液相质谱仪", spec=COLD, owner=account.party_id, audience="public")
    listings.revise(listing=first, told=told, by=account.party.urn, at=at())
    second = an_offer(house, account, "equipment", "透射电镜", COLD, audience="public")
    assert sorted(shown()) == ["液相质谱仪", "透射电镜"]
    listings.close(listing=second, because="off_platform", by=account.party.urn, at=at())
    listings.expire(at=at("2026-01-05"))
    assert shown() == []


def test_the_index_is_written_down_and_a_torn_copy_is_made_anew_from_the_table(firm: Any, an_offer: Any, at: Any) -> None:
    house, account = firm("北京落盘科技有限公司")
    kept = an_offer(house, account, "equipment", "扫描电镜", COLD)
    assert finding.keep_all() == 1
    later = an_offer(house, account, "equipment", "透射电镜", COLD, at("2025-07-02"))
    finding.forget()
    assert sorted(finding.search("offer", "电镜").keys.tolist()) == [kept.pk, later.pk]
    for file in finding.place_of("offer").iterdir():
        file.write_bytes(file.read_bytes()[:-7])
    finding.forget()
    assert sorted(finding.search("offer", "电镜").keys.tolist()) == [kept.pk, later.pk]
    shutil.rmtree(finding.place_of("offer").parent)


def test_words_are_paged_in_the_order_of_how_well_they_fit(firm: Any, an_offer: Any, client: Any) -> None:
    house, account = firm("北京长列科技有限公司")
    for number in range(30):
        an_offer(house, account, "equipment", f"电镜{'与附件' * (number + 1)}", COLD, audience="public")
    seen, url = [], "/exchange/?q=电镜"
    while url:
        answer = client.get(url)
        seen += [len(row["it"].title) for row in answer.context["rows"]]
        url = answer.context["older"] and f"/exchange/{answer.context['older']}"
    assert seen == [2 + 3 * (number + 1) for number in range(30)]


def test_a_long_list_is_read_page_by_page_without_a_gap(firm: Any, an_offer: Any, client: Any) -> None:
    house, account = firm("北京长列科技有限公司")
    for number in range(60):
        an_offer(house, account, "equipment", f"第{number:02d}台", COLD, audience="public")
    seen, url = [], "/exchange/?kind=equipment"
    while url:
        answer = client.get(url)
        seen += [row["it"].title for row in answer.context["rows"]]
        url = answer.context["older"] and f"/exchange/{answer.context['older']}"
    assert seen == [f"第{number:02d}台" for number in reversed(range(60))]


def test_a_list_of_many_takes_as_many_queries_as_a_list_of_one(firm: Any, an_offer: Any, client: Any) -> None:
    counts = []
    for number in range(20):
        house, account = firm(f"北京第{number}科技有限公司")
        an_offer(house, account, "equipment", f"第{number}台", COLD, audience="public")
        if number in (0, 19):
            for url in ("/exchange/?kind=equipment", "/api/exchange/listings/"):
                with CaptureQueriesContext(connection) as captured:
                    client.get(url)
                counts.append(len(captured))
    assert (counts[2:], max(counts) <= 3) == (counts[:2], True)


def test_a_filter_that_cannot_be_read_says_why_and_filters_nothing(firm: Any, an_offer: Any, client: Any) -> None:
    house, account = firm("北京错填科技有限公司")
    an_offer(house, account, "equipment", "一台", COLD, audience="public")
    page = client.get("/exchange/?kind=equipment&temperature=cold")
    assert (page.status_code, "不是数值" in page.content.decode(), len(page.context["rows"])) == (200, True, 1)
    api = client.get("/api/exchange/listings/?kind=equipment&temperature=cold")
    assert (api.status_code, list(api.json()["error"])) == (400, ["temperature"])


@pytest.mark.parametrize("query", [
    "side=x&view=y&kind=z", "before=999999999999999999999", "before=-1", "field=%27", "kind=result&readiness=77", "q=" + "a" * 5000,
    "view=ours", "kind=finance&amount=1e400", "kind=equipment&temperature=1e1000000", "kind=finance&amount=1E%2B999999999"])
def test_an_address_that_makes_no_sense_is_answered(db: None, client: Any, query: str) -> None:
    answers = [client.get(f"{path}?{query}") for path in ("/exchange/", "/api/exchange/listings/", "/exchange/listings.csv")]
    assert {answer.status_code for answer in answers} <= {200, 400}
    assert b"".join(answers[2].streaming_content).startswith("\ufeff编号".encode())


def test_a_title_that_looks_like_a_formula_or_like_html_is_text(firm: Any, an_offer: Any, client: Any) -> None:
    house, account = firm("北京公式科技有限公司")
    row = an_offer(house, account, "equipment", "=HYPERLINK(1)<script>alert(1)</script>", COLD, text="</script><b>粗", audience="public")
    pages = [client.get(url).content.decode() for url in ("/exchange/", f"/exchange/{row.pk}/")]
    assert [("<script>alert" in page, "<b>粗" in page) for page in pages] == [(False, False)] * 2
    assert "'=HYPERLINK(1)" in b"".join(client.get("/exchange/listings.csv").streaming_content).decode()


def test_drafts_of_others_and_confidential_fields_are_nowhere(firm: Any, an_offer: Any, client: Any, client_for: Any) -> None:
    house, account = firm("北京密封科技有限公司")
    spec = {"proven": "样机", "unproven": "寿命", "secret": "配比七比三"}
    row = an_offer(house, account, "result", "密封成果", spec, audience="public")
    urls = ("/exchange/?kind=result", f"/exchange/{row.pk}/", "/api/exchange/listings/?kind=result", f"/api/exchange/listings/{row.pk}/")
    assert [("密封成果" in text, "七比三" in text) for text in (client.get(url).content.decode() for url in urls)] == [(True, False)] * 4
    assert client.get("/exchange/?q=七比三").context["rows"] == []
    assert "配比七比三" in client_for(account).get(f"/exchange/{row.pk}/").content.decode()
    Listing.objects.filter(pk=row.pk).update(state="draft", opened_at=None, reconfirm=None)
    assert [client.get(url).status_code for url in urls[1::2]] == [404, 404]


def test_the_day_of_a_day_field_is_no_later_than_asked(firm: Any, an_offer: Any) -> None:
    house, account = firm("北京按期科技有限公司")
    an_offer(house, account, "equipment", "六月", {**COLD, "available": dt.date(2025, 6, 1)}, audience="public")
    day = next(each for each in listing_kinds()["equipment"].fields if each.name == "available")
    rows = found(STRANGER, side="offer")
    assert [titles(fits(rows, day, value, "offer")) for value in ("2025-05-31", "2025-06-01")] == [[], ["六月"]]
