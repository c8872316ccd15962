"""What the page of an introduction shows: steps, the other side, and each verb that the reader may use now with its form."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse

from fuhua.exchange import access
from fuhua.exchange.actions import introductions
from fuhua.exchange.actions.deals import url_of as deal_url
from fuhua.exchange.actions.listings import url_of as listing_url
from fuhua.exchange.kinds import nda
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Introduction, Listing
from fuhua.exchange.pages import brokered_forms as asked
from fuhua.exchange.queries import brokering as reads
from fuhua.exchange.queries.disclosures import open_now
from fuhua.exchange.queries.standards import review_of
from fuhua.exchange.words import ACTS, ANSWERS, CLOSINGS, FOLLOW_UPS, INTRODUCTIONS, NEED, OFFER, RESULTS, SIDES
from fuhua.kernel import period
from fuhua.kernel.questions import shown
from fuhua.kernel.words import Text, t

_STEPS = ("asked", "agreed", "met", "pilot", "measured", "ordered")
_STATE_STEP = {"asked": 0, "silent": 0, "agreed": 1, "met": 2, "pilot": 3, "measured": 4, "ordering": 5, "ordered": 5}
_QUIET = ("reveal", "decline", "dispute", "card_hide")  # verbs that stand aside of the next step
# a scenario's field → the pilot's term that it fills
_TRIAL = {"baseline": "baseline", "site": "site", "data": "data", "safety": "safety", "then": "if_success"}
_VEIL = t("双方同意后显示", "shown once both agree")


def context(who: Any, row: Introduction, at: dt.datetime, wrong: dict[str, forms.Form]) -> dict[str, Any]:
    """The values of the page; ``wrong`` are forms that came back marked, by verb."""
    found = reads.introduction_page(who, row, period.day(at))
    verbs = [_verb(each, found, wrong) for each in _open_verbs(who, found, at)]
    kind = listing_kinds()[row.need.kind]
    quiet = _QUIET if row.need.sealed or row.offer.sealed else (*_QUIET, "undertake")
    return {
        "row": row, "found": found, "kind": kind, "state": reads.state_of(row), "steps": steps(found),
        "waits_for_approval": row.state == "pilot" and row.pilot.waits,
        "because": CLOSINGS.get(row.because, ""), "result": RESULTS.get(row.result, ""),
        "sides": [_side(found, code) for code in (NEED, OFFER)], "reasons": reads.spoken(found.reasons), "conflicts": _conflicts(found),
        "listings": [_listing(found, SIDES[NEED], row.need), _listing(found, SIDES[OFFER], row.offer)],
        "verbs": [each for each in verbs if each["verb"] not in quiet], "quiet": [each for each in verbs if each["verb"] in quiet],
        "clauses": nda.CLAUSES, "review": partial(review_of, nda.TEMPLATE, period.day(at)),
        "readings": [_reading(found, each) for each in found.readings],
        "follow_ups": [_follow_up(found, each, wrong) for each in found.follow_ups], "open_card": _card(found),
        "events": [{"at": moment, "title": label, "who": SIDES.get(side, "")} for moment, label, side in found.told],
        "deals": [{"label": label, "deal": deal, "url": deal_url(deal) if access.DEALS.may(who, deal) else ""}
                  for label, deal in ((t("试点协议", "pilot agreement"), row.pilot and row.pilot.deal),
                                      (t("合同", "contract"), row.order)) if deal],
        "trail": [{"label": t("对接", "Introductions"), "url": reverse("exchange:introductions")}, {"label": row.need.title, "url": ""}],
    }


def steps(found: reads.IntroductionPage) -> list[dict[str, Any]]:
    """The way from asking to a contract, and how far this one is; a pilot that was left out is skipped."""
    row = found.row
    at = _STATE_STEP.get(row.state, -1)
    moments = {"asked": row.asked_at, "agreed": row.agreed_at, "met": row.met_at,
               "ordered": row.ended_at if row.state == "ordered" else None}
    reached = {"asked": True, "agreed": row.agreed_at, "met": row.met_at, "pilot": row.pilot, "measured": row.result,
               "ordered": row.state == "ordered"}
    lines = []
    for place, name in enumerate(_STEPS):
        state = "ahead" if place > at else "now" if place == at and row.state != "ordered" else "done"
        if at == -1:
            state = "done" if reached[name] else "skipped"
        elif place < at and not reached[name]:
            state = "skipped"
        lines.append({"label": INTRODUCTIONS[name], "state": state, "at": moments.get(name)})
    return lines


def _side(found: reads.IntroductionPage, code: str) -> dict[str, Any]:
    side = found.sides[code]
    hidden, stated = found.veiled and code != found.side, found.row.pilot.results if found.row.pilot else {}
    return {"code": code, "label": SIDES[code], "side": side, "name": _VEIL if hidden else side.party.name, "own": code == found.side,
            "result": RESULTS[stated[code]] if len(stated) > 1 else "",
            "person": "" if hidden else side.person.name, "answer": ANSWERS.get(side.answer, t("待答复", "not answered yet")),
            "url": "" if hidden else reverse("parties:organisation", kwargs={"urn": side.party.urn})}


def _listing(found: reads.IntroductionPage, label: Text, row: Listing) -> dict[str, Any]:
    fields = [{"label": each.label, "value": shown(each, row.spec[each.name])} for each in listing_kinds()[row.kind].on(row.side)
              if each.name in row.spec]
    return {"label": label, "row": row, "fields": fields, "url": "" if found.veiled else listing_url(row)}


def _conflicts(found: reads.IntroductionPage) -> list[dict[str, Any]]:
    """Each path as words; before both agreed the names on the way are hidden from the two sides, the rival's is not."""
    own = {found.mine.party_id} if found.mine else set()
    lines = []
    for each in found.conflicts:
        ends = own | ({each.rival.pk} if each.rival else set())
        name = {hop_party.pk: _VEIL if found.veiled and hop_party.pk not in ends else hop_party.name
                for hop in each.hops for hop_party in (hop.source, hop.target)}
        lines.append({"hops": [{"source": name[hop.source.pk], "label": hop.label, "target": name[hop.target.pk]} for hop in each.hops],
                      "rival": each.rival})
    return lines


def _reading(found: reads.IntroductionPage, each: Any) -> dict[str, Any]:
    open_ = each.confirmed_at is None and found.row.state == "pilot" and found.side != ""
    return {"row": each, "side": SIDES[each.side], "confirms": open_ and each.side != found.side, "strikes": open_}


def _follow_up(found: reads.IntroductionPage, each: Any, wrong: dict[str, forms.Form]) -> dict[str, Any]:
    key = f"follow{each.pk}"
    asks = each.answered_at is None and found.side == NEED
    return {"row": each, "outcome": FOLLOW_UPS.get(each.outcome, t("待答复", "not answered yet")),
            "form": (wrong.get(key) or asked.FollowUpForm(prefix=key)) if asks else None}


def _card(found: reads.IntroductionPage) -> dict[str, Any] | None:
    card = found.card
    return card and {"row": card, "url": reverse("exchange:case", kwargs={"pk": card.pk}),
                     "waits": [SIDES[code] for code, side in found.sides.items() if side.card_at is None]}


# --- which verbs, and their forms ---


def _open_verbs(who: Any, found: reads.IntroductionPage, at: dt.datetime) -> list[str]:
    """The verbs that the reader may use now, the next step first."""
    brokers = access.BROKERS.opens_for(who)
    mine = _of_side(found, at) if found.mine else []
    if brokers:
        mine += [verb for verb in _of_broker(found) if verb not in mine]
    return mine


def _of_side(found: reads.IntroductionPage, at: dt.datetime) -> list[str]:
    row, mine = found.row, found.mine
    deal = row.order if row.order and row.order.state != "cancelled" else None
    trial = row.pilot if row.state == "pilot" and row.pilot.deal.state != "cancelled" else None
    confirmed = found.readings and all(each.confirmed_at for each in found.readings)
    own = row.need if found.side == NEED else row.offer
    secret = all(side.confidential_at for side in found.sides.values())
    offered = {
        "answer": row.state in ("asked", "silent") and not mine.answer,
        "confirm_met": row.state == "agreed" and row.meets is not None and row.meets <= period.day(at) and mine.met_at is None,
        "arrange": row.state == "agreed",
        "result": trial is not None and bool(confirmed) and (found.side not in trial.results or len(trial.results) > 1),  # they differ
        "approve": trial is not None and found.side == NEED and trial.asks_approval and not found.readings,
        "log": trial is not None and trial.deal.signed_at is not None and not trial.waits,
        "pilot": row.state == "met" or (row.state == "pilot" and trial is None),
        "order": row.state in ("met", "measured") or (row.state == "ordering" and deal is None),
        "card_consent": found.card is not None and mine.card_at is None,
        "card": bool(row.result) and found.card is None,
        "undertake": row.agreed_at is not None and row.state != "declined" and mine.confidential_at is None,
        "reveal": secret and bool(own.sealed) and row.state != "declined" and own.urn not in open_now(row, at),
        "card_hide": mine.card_at is not None,
        "decline": row.state not in reads.ENDED and (row.state not in ("asked", "silent") or bool(mine.answer)),
        "dispute": row.agreed_at is not None,
    }
    return [verb for verb, may in offered.items() if may]


def _of_broker(found: reads.IntroductionPage) -> list[str]:
    state = found.row.state
    offered = {"ask_again": state == "silent", "arrange": state == "agreed", "card": bool(found.row.result) and found.card is None,
               "decline": state not in reads.ENDED}
    return [verb for verb, may in offered.items() if may]


def _verb(verb: str, found: reads.IntroductionPage, wrong: dict[str, forms.Form]) -> dict[str, Any]:
    form = wrong.get(verb) or _FORMS.get(verb, asked.EmptyForm)(prefix=verb, initial=_initial(verb, found.row))
    if "because" in form.fields:  # what cannot be true is not offered; sent all the same, it is refused with the reason
        field, reasons = form.fields["because"], introductions.reasons(found.row, found.side)
        field.widget.choices = [each for each in field.choices if each[0] in ("", *reasons)]
    if "procurement" in form.fields and not reads.asks_route(found.row.need):
        del form.fields["procurement"]
    if "hours" in form.fields and not _by_the_hour(found.row):
        del form.fields["hours"]
    return {"verb": verb, "label": ACTS[verb], "form": form,
            "url": reverse(f"exchange:introduction_{verb}", kwargs={"pk": found.row.pk})}


_FORMS: dict[str, type[forms.Form]] = {
    "answer": asked.AnswerForm, "arrange": asked.ArrangeForm, "reveal": asked.RevealForm, "pilot": asked.PilotForm,
    "approve": asked.ApprovalForm, "log": asked.ReadingForm, "result": asked.ResultForm, "order": asked.AgreedForm,
    "decline": asked.DeclineForm, "card": asked.CardForm, "dispute": asked.DisputeForm,
}


def _by_the_hour(row: Introduction) -> bool:
    return listing_kinds()[row.need.kind].price == "hour"


def _initial(verb: str, row: Introduction) -> dict[str, Any]:
    """What is on record already, so that it is not asked again."""
    spec = row.need.spec
    if verb == "arrange":
        return {"meets": row.meets, "event": row.event}
    if verb not in ("pilot", "order"):
        return {}
    told: dict[str, Any] = {"deliverable": row.offer.title, "due": row.need.deadline}
    if _by_the_hour(row):
        told |= {"hours": spec.get("hours"), "price": row.offer.spec.get("price")}
    if spec.get("payment", "").isdigit():
        told["pay_days"] = int(spec["payment"])
    if verb == "pilot":
        told |= {asked_as: spec.get(name, "") for name, asked_as in _TRIAL.items()}
    return told
