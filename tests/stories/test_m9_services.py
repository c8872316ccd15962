"""M9 Hard services, as its users live it: from a request to three providers to ratings, and an invention that waits for its filing."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from exchange.conftest import a_need, an_offer, firm  # noqa: F401 - fixtures
from fuhua.desk.models import Ask, Clock, Notice
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import listings, rfqs
from fuhua.exchange.models import Deal, Invitation, Listing, Reservation, Resource
from fuhua.kernel import period
from fuhua.parties.actions import ties
from fuhua.parties.actions.cast import PLAYERS
from stories import exchanging
from stories.brokered import send_listing
from stories.exchanging import PDF, Person
from stories.visitor import texts

OFFICER = PLAYERS["city_officer"].urn
SECRET = "靶点 X17 的先导化合物 K-204，盐型与晶型数据"
SPEC = {"model": "cro", "modality": "biologic", "quality": "glp", "scope": "GLP 毒理研究"}
ROWS = "单次给药毒性 | 1 | 项 | GLP 报告签章齐全\n重复给药毒性\t2\t项\n毒代动力学 | 1 | 项"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> exchanging.Clock:
    """It is Monday, 1 June 2026."""
    return exchanging.clock_at(monkeypatch, "2026-06-01")


@pytest.fixture
def street(clock: exchanging.Clock, firm: Callable[..., Any], an_offer: Any, a_need: Any) -> dict[str, Any]:  # noqa: F811
    """A venture that needs toxicology, three laboratories of which one's accreditation runs out, and a rival."""
    venture, rival = firm("北京新抗生物技术有限公司", "venture"), firm("北京对手生物技术有限公司")
    labs = [firm(name) for name in ("北京安评检测有限公司", "北京毒理研究有限公司", "北京旧证实验有限公司")]
    for lab in [*labs, rival]:
        an_offer(*lab, "contract_service", f"{lab[0].name}毒理服务", SPEC, clock())
    need = a_need(*venture, "contract_service", "GLP 毒理研究", {**SPEC, "protocol": SECRET}, clock(), success="报告齐全、数据可追溯")
    ties.attest(kind="rival", source=venture[0], target=rival[0], by=OFFICER, at=clock())
    for lab, until in zip(labs, ("2028-12-31", "2027-12-31", "2026-06-30"), strict=True):
        certify(lab[1], "glp", until)
    return {"need": need, "venture": Person(venture[1]), "rival": Person(rival[1]), "labs": [Person(lab[1]) for lab in labs],
            "ids": [lab[0].pk for lab in labs], "names": [lab[0].name for lab in labs], "rival_id": rival[0].pk}


def certify(account: Any, kind: str, until: str) -> Person:
    scan = SimpleUploadedFile("证书.pdf", PDF + until.encode() + str(account.pk).encode())
    who = Person(account)
    return who.press("/exchange/credentials/", "/credentials/", kind=kind, number=f"{kind}-{account.pk}", expires=until, file=scan)


def page_of(need: Listing) -> str:
    return f"/exchange/{need.pk}/quotes/"


def send_rfq(street: dict[str, Any], **more: Any) -> Person:
    told = {"rows": ROWS, "offered": [str(pk) for pk in street["ids"]], "required": ["glp"], "invention": "filed", **more}
    return street["venture"].press(page_of(street["need"]), "/quotes/$", **told)


def invitation(street: dict[str, Any], lab: int) -> str:
    return f"/exchange/invitations/{Invitation.objects.get(provider=street['ids'][lab]).pk}/"


def quote(who: Person, url: str, prices: list[str], days: int, **more: Any) -> Person:
    told = {f"price_{index}": price for index, price in enumerate(prices)}
    return who.press(url, "/quote/$", **told, lead_days=days, valid_until="2026-12-31", **more)


def kinds(need: Listing) -> list[str]:
    return [kind.removeprefix("exchange.") for kind in
            Fact.objects.filter(subject=need.urn).order_by("id").values_list("kind", flat=True)]


def test_m9_from_request_to_ratings(street: dict[str, Any], clock: exchanging.Clock) -> None:
    clock.to("2026-07-06")
    asked_of_three(street)
    opened_by_the_agreement(street)
    clock.to("2026-07-08")
    quoted_line_by_line(street)
    deal = chosen(street)
    rejected_and_delivered_again(street, deal)
    rated(street, deal)


def asked_of_three(street: dict[str, Any]) -> None:
    """① A request to three, ② of which one's accreditation has expired and is left out with the reason."""
    venture, old = street["venture"], street["labs"][2]
    send_rfq(street)
    assert venture.sees("2026年7月20日 23:59", "发出后 10 个工作日")
    assert venture.sees("北京旧证实验有限公司 未邀请 GLP 非临床研究规范已于 2026年6月30日 到期")
    assert old.open(invitation(street, 2)).sees("已于 2026年6月30日 到期")
    assert not old.forms("/quote/$")
    assert Clock.objects.filter(name="quote", stopped_at=None).count() == 2


def opened_by_the_agreement(street: dict[str, Any]) -> None:
    """③ What is confidential opens by the agreement, each opening is logged; a rival is refused."""
    venture, rival, first, need, url = street["venture"], street["rival"], street["labs"][0], street["need"], invitation(street, 0)
    assert first.open(url).sees("接受保密协议后可查阅", "保密协议")
    assert not first.sees(SECRET)
    assert first.post(f"{url}read/").status_code == 403
    assert not first.press(url, "/accept/$").sees(SECRET)
    assert first.press(url, "/read/$").sees(SECRET)
    assert venture.open(f"/exchange/{need.pk}/").sees("北京安评检测有限公司", "按保密协议报价", "北京安评检测有限公司联系人 2026年7月6日")
    assert not rival.open(f"/exchange/{need.pk}/").sees(SECRET)
    assert rival.post(f"/exchange/{need.pk}/read/").status_code == 403
    assert rival.open(url).status == 404


def quoted_line_by_line(street: dict[str, Any]) -> None:
    """④ Quotes align line by line, and nobody sees a rival's."""
    venture, need, (first, second, _old) = street["venture"], street["need"], street["labs"]
    quote(first, invitation(street, 0), ["180000", "12万", "90000"], 60)
    second.press(invitation(street, 1), "/accept/$")
    quote(second, invitation(street, 1), ["170000", "130000", ""], 45)
    for lab, place, others in ((first, 0, ("北京毒理研究有限公司", "170,000.00")), (second, 1, ("北京安评检测有限公司", "180,000.00"))):
        lab.open(invitation(street, place))
        assert not any(lab.sees(each) for each in others)
    venture.open(page_of(need))
    assert venture.sees("单次给药毒性 × 1 项 180,000.00 元 170,000.00 元")
    assert venture.sees("重复给药毒性 × 2 项 120,000.00 元 240,000.00 元 130,000.00 元 260,000.00 元")
    assert venture.sees("毒代动力学 × 1 项 90,000.00 元 未报", "交期 60 天 45 天 最快",
                        "合计 510,000.00 元 最低价 超出预算 430,000.00 元 缺 1 项 超出预算")
    book = load_workbook(io.BytesIO(venture.download(f"{page_of(need)}export/")))
    assert texts(book.active.iter_rows(values_only=True))[:3] == [
        ["内容", "数量", "单位", "北京安评检测有限公司", "北京毒理研究有限公司"],
        ["单次给药毒性", "1", "项", "180000", "170000"], ["重复给药毒性", "2", "项", "120000", "130000"]]
    assert kinds(need) == ["listing_opened", "rfq_sent", "nda_accepted", "quote_given", "nda_accepted", "quote_given"]


def chosen(street: dict[str, Any]) -> Deal:
    """The choice becomes an agreement with a milestone a row; what was shown to the other closes."""
    venture = street["venture"].open(page_of(street["need"]))
    venture.send(venture.forms("/choose/$")[0])
    deal = Deal.objects.get()
    assert (deal.total, deal.deliverables.get(number=1).test) == (51_000_000, "GLP 报告签章齐全")
    assert street["labs"][1].post(f"{invitation(street, 1)}read/").status_code == 403
    assert Listing.objects.get(pk=street["need"].pk).state == "engaged"
    return deal


def rejected_and_delivered_again(street: dict[str, Any], deal: Deal) -> None:
    """⑤ A milestone is rejected with its reason and delivered again."""
    venture, first, url = street["venture"], street["labs"][0], f"/exchange/deals/{deal.pk}/"
    for side in (venture, first):
        side.verb(url, "sign", agreed="on")
    first.verb(url, "deliver", note="单次给药毒性报告", file=SimpleUploadedFile("报告.pdf", PDF + b"1"))
    venture.verb(url, "reject", because="test_failed", remark="缺 QA 声明页")
    assert first.open(url).sees("待重新交付", "缺 QA 声明页")
    first.verb(url, "deliver", note="补齐 QA 声明页", file=SimpleUploadedFile("报告.pdf", PDF + b"2"))
    assert venture.open(url).sees("第 2 次")
    venture.verb(url, "accept")
    for _each in range(2):
        first.verb(url, "deliver", note="报告")
        venture.verb(url, "accept")
    venture.verb(url, "pay", amount="51万", reference="ICBC-9", paid_on="2026-07-08")
    assert venture.sees("已结算")


def rated(street: dict[str, Any], deal: Deal) -> None:
    """⑥ Both rate, and the two are revealed together."""
    venture, first, url = street["venture"], street["labs"][0], f"/exchange/deals/{deal.pk}/"
    venture.verb(url, "rate", points="5", text="报告规范")
    assert not first.open(url).sees("报告规范")
    first.verb(url, "rate", points="4", text="反馈及时")
    assert first.sees("报告规范", "反馈及时")
    assert venture.open(url).sees("反馈及时")


def clinic_of(house: Person) -> Listing:
    """An IP clinic is offered, on working mornings, an hour a session."""
    house.open("/exchange/new/?side=offer&kind=ip_clinic")
    send_listing(house, title="知识产权门诊", text="路演前先来看一次", topics="公开前检查", mode="面谈", price="0",
                 attorney="执业专利代理师", audience="public")
    offer = Listing.objects.get(title="知识产权门诊")
    host = f"/exchange/{offer.pk}/calendar/host/"
    house.press(host, "/rules/$", **{"rules-qualify": "", "rules-shortest": "60", "rules-longest": "60"})
    house.press(host, "/hours/$", **{f"hours-day_{day}": "09:00-12:00" for day in range(5)})
    house.press(host, "/prices/$", **{"prices-hour_all": "0"})
    house.press(host, "/publish/$")
    return offer


def hand_in_unfiled(venture: Person, need: Listing) -> None:
    slides = SimpleUploadedFile("路演.pdf", PDF + b"deck" + b"0" * 2**21)
    venture.press(f"/exchange/{need.pk}/deck/", "/deck/$", file=slides, invention="unfiled")
    assert venture.sees("未公开", "材料里有尚未申请专利的发明")


def test_m9_a_roadshow_upload_with_an_unfiled_invention_leads_to_a_clinic_slot(
        street: dict[str, Any], clock: exchanging.Clock, firm: Any) -> None:  # noqa: F811
    """⑦ The slides stay unshown until the invention was seen at the clinic, at its next free session, and filed."""
    venture, rival, need = street["venture"], street["rival"], street["need"]
    offer = clinic_of(Person(firm("北京知产服务有限公司")[1]))
    rival.press(f"/exchange/{offer.pk}/calendar/", "/book/$", day="2026-06-02", start="09:00", end="10:00")
    hand_in_unfiled(venture, need)
    deck = venture.link("下载")
    assert street["labs"][0].get(deck).status_code == 404
    venture.send("/clinic/$")
    assert venture.sees("最早的空闲时段已填好，请确认预约")
    venture.send("/book/$")
    slot = Reservation.objects.get(organisation=need.party)
    assert (slot.resource.offer, slot.start.astimezone(period.SHANGHAI).isoformat()) == (offer, "2026-06-02T10:00:00+08:00")
    assert not Ask.objects.filter(kind="ip_clinic").exists()
    venture.open(f"/exchange/{need.pk}/deck/")
    assert venture.sees("已预约：知识产权门诊 2026年6月2日 10:00")
    answer = next(form for form in venture.forms("/deck/$") if "file" not in form.values)
    assert venture.send(answer, invention="filed").sees("已公开")
    assert Person.download(street["labs"][0], deck).startswith(PDF + b"deck")


def test_m9_a_session_at_the_clinic_stands_beside_what_another_listing_asks_of_it(
        street: dict[str, Any], firm: Any, a_need: Any) -> None:  # noqa: F811
    venture, first = street["venture"], street["need"]
    clinic = Resource.objects.get(offer=clinic_of(Person(firm("北京知产服务有限公司")[1])))
    Resource.objects.filter(pk=clinic.pk).update(zone="Asia/Tokyo")
    second = a_need(first.party, venture.account, "contract_service", "另一项研究", SPEC)
    hand_in_unfiled(venture, first)
    venture.send("/clinic/$").send("/book/$")
    hand_in_unfiled(venture, second)
    assert venture.sees("已预约：知识产权门诊 2026年6月2日 09:00")
    Resource.objects.filter(pk=clinic.pk).update(published_at=None)
    venture.send("/clinic/$")
    case = Ask.objects.get(kind="ip_clinic", about=second.urn)
    assert (venture.at, venture.open(f"/exchange/{second.pk}/deck/").sees("已预约：知识产权门诊", case.title)) == (
        f"/desk/asks/{case.pk}/", True)


def test_m9_where_no_clinic_has_a_free_session_somebody_is_asked(street: dict[str, Any], clock: exchanging.Clock, firm: Any,  # noqa: F811
                                                                ) -> None:
    venture, need = street["venture"], street["need"]
    host = Person(firm("北京知产服务有限公司")[1])
    full = Resource.objects.get(offer=clinic_of(host))
    host.press(f"/exchange/{full.offer_id}/calendar/host/", "/hours/$", **{f"hours-day_{day}": "" for day in range(5)})
    hand_in_unfiled(venture, need)
    deck = venture.link("下载")
    assert street["labs"][0].get(deck).status_code == 404
    venture.send("/clinic/$")
    case = Ask.objects.get(kind="ip_clinic")
    assert (case.about, venture.at, case.asked.name) == (need.urn, f"/desk/asks/{case.pk}/", "北京创服管家科技服务有限公司")
    venture.post(f"/exchange/{need.pk}/clinic/")
    assert Ask.objects.filter(kind="ip_clinic").count() == 1


def test_m9_open_technical_content_is_not_sent_before_it_is_filed(street: dict[str, Any], clock: exchanging.Clock) -> None:
    need = Listing.objects.get(pk=street["need"].pk)
    told = listings.Told(title=need.title, text=SECRET, spec={**SPEC, "protocol": ""}, owner=need.owner_id, budget=need.budget,
                         budget_owner=need.budget_owner,
                         deadline=need.deadline, success=need.success, decides=need.decides)
    listings.revise(listing=need, told=told, by=need.party.urn, at=clock())
    send_rfq(street, invention="unfiled")
    assert street["venture"].status == 422
    assert street["venture"].sees("公开前请先申请专利")
    assert not Invitation.objects.exists()
    assert street["venture"].send("/clinic/$").sees("知识产权门诊")


def test_m9_silence_is_recorded_and_a_late_quote_refused_by_the_servers_clock(street: dict[str, Any], clock: exchanging.Clock) -> None:
    first, second, _old = street["labs"]
    send_rfq(street)
    quote(first, invitation(street, 0), ["1", "1", "1"], 30)
    quote(first, invitation(street, 0), ["180000", "120000", "90000"], 30)
    assert first.sees("本单位的报价（第 2 版）")
    clock.now = Invitation.objects.first().rfq.deadline + dt.timedelta(microseconds=1)
    late = second.post(f"{invitation(street, 1)}quote/", price_0="9", lead_days="5", valid_until="2026-12-31")
    assert late.status_code == 422
    assert "已过报价截止时间：报价截止于 2026年6月15日 23:59" in late.content.decode()
    assert [rfqs.fall_silent(at=clock()) for _again in range(2)] == [2, 0]
    assert street["venture"].open(page_of(street["need"])).sees("北京毒理研究有限公司 逾期未答复")
    assert kinds(street["need"]).count("quote_refused") == 2
    assert not Notice.objects.filter(kind="turn", settled_at=None, url=invitation(street, 1)).exists()


def test_m9_who_is_affiliated_or_a_rival_or_quotes_in_dollars_is_refused(street: dict[str, Any], clock: exchanging.Clock) -> None:
    need, first = street["need"], street["labs"][0]
    send_rfq(street, offered=[], others=f"{need.party.name}\n北京对手生物技术有限公司\n{street['names'][0]}")
    venture = street["venture"]
    assert venture.sees(f"{need.party.name} 未邀请 就是询价方", "北京对手生物技术有限公司 未邀请 与询价方有竞争关系")
    own = Invitation.objects.get(provider=need.party)
    assert venture.post(f"/exchange/invitations/{own.pk}/quote/").status_code == 404
    assert quote(first, invitation(street, 0), ["$300", "", ""], 30).sees("请用人民币填写")
    assert first.status == 422
    lab = Invitation.objects.get(provider=street["ids"][0]).provider
    ties.attest(kind="invests", source=need.party, target=lab, by=OFFICER, at=clock())
    assert quote(first, invitation(street, 0), ["300", "", ""], 30).sees("与询价方有关联")
    assert first.status == 422
