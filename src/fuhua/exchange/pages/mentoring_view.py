"""What the page of a session shows its reader, and every verb that they may press now with its form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.urls import reverse

from fuhua.exchange.models import Mentoring, Reservation
from fuhua.exchange.pages import mentoring_forms as asked
from fuhua.exchange.queries import mentoring as reads
from fuhua.exchange.queries import slots
from fuhua.exchange.words import ACTION_ANSWERS, CLASH_CHOICES, MENTORING_SIDES
from fuhua.kernel import period
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.words import CONFLICTS, TIES

_TONES = {"told": "ochre", "confirmed": "jade", "denied": "zhu"}
_SLOT = ("held", "running", "used")


@dataclass
class Seen:
    """One booking with its session as its reader sees it at a moment."""

    who: Any
    row: Reservation
    at: dt.datetime
    side: str = ""
    session: Mentoring | None = None
    history: bool = False  # earlier advice is opened to this mentor now
    said: reads.Said = field(default_factory=lambda: reads.Said([], [], []))

    def __post_init__(self) -> None:
        self.side, self.session = reads.side_of(self.who, self.row), reads.session_of(self.row)
        if self.side == "mentor":
            self.shared = reads.history_consent(self.row.organisation_id, self.who.party_id, self.at)
            self.history = reads.opened(self.shared, self.who.party_id, self.at)
        else:
            self.shared = reads.history_consent(self.row.organisation_id, reads.mentor_of(self.row).pk, self.at)
        self.briefing = reads.briefing_open(self.row, self.at)
        self.said = reads.said(self.row, self.side, self.history)

    @property
    def here(self) -> list[Any]:
        """Advice of this session."""
        return [each for each in self.said.advice if self.session is not None and each.session_id == self.session.pk]

    @property
    def elsewhere(self) -> list[Any]:
        """Every other advice on the page."""
        return [each for each in self.said.advice if self.session is None or each.session_id != self.session.pk]

    def open_items(self) -> list[Any]:
        """Actions of the reader's side that are not done."""
        return [] if self.session is None else list(self.session.items.filter(side=self.side).exclude(answer="done").order_by("due", "pk"))

    @property
    def unanswered(self) -> bool:
        """Whether something is left that the reader's side never answered."""
        return any(each.answer == "" for each in self.open_items())

    @property
    def written(self) -> bool:
        """Whether something may be written in the session."""
        return self.session is not None and self.session.state != "denied"


@dataclass(frozen=True)
class Verb:
    """Something to press: ``side`` may (blank: either), while it ``fits``; ``form`` gets what is seen."""

    label: Text
    fits: Callable[[Seen], bool]
    form: Callable[..., forms.Form]
    side: str = ""
    aside: bool = False  # it stands below, folded


def _plain(form: type[PressForm]) -> Callable[..., forms.Form]:
    return lambda _seen, *data, **more: form(*data, **more)


def _later(seen: Seen) -> dict[str, Any]:
    day = max(period.day(seen.at), period.day(seen.row.end)) + dt.timedelta(days=7)
    return {"until": day, "due": day}


def _dated(form: type[PressForm]) -> Callable[..., forms.Form]:
    return lambda seen, *data, **more: form(*data, initial=_later(seen), **more)


def _note(seen: Seen, *data: Any, **more: Any) -> forms.Form:
    mine = seen.session and seen.session.notes.filter(side=seen.side).first()
    return asked.NoteForm(*data, initial={"text": mine.text if mine else ""}, **more)


def _tellable(seen: Seen) -> bool:
    over = seen.row.state == "used" or seen.at >= seen.row.end
    return seen.row.state in _SLOT and over and (seen.session is None or seen.session.state == "denied")


def _answerable(seen: Seen) -> bool:
    return seen.session is not None and seen.session.state == "told" and seen.session.told_side != seen.side


VERBS: dict[str, Verb] = {
    "open": Verb(t("打开背景卡", "Open the briefing"),
                 lambda seen: seen.briefing is not None and not reads.opened(seen.briefing.consent, seen.who.party_id, seen.at),
                 _plain(PressForm), "mentor"),
    "read": Verb(t("查看此前的建议与行动", "Read earlier advice and actions"), lambda seen: seen.shared is not None and not seen.history,
                 _plain(PressForm), "mentor"),
    "tell": Verb(t("登记辅导已进行", "It took place"), _tellable, _plain(PressForm)),
    "confirm": Verb(t("确认辅导已进行", "Confirm that it took place"), _answerable, _plain(PressForm)),
    "deny": Verb(t("没有进行", "It did not take place"), _answerable, _plain(PressForm), aside=True),
    "answer": Verb(t("回答行动项", "Answer for the actions"), lambda seen: seen.written and bool(seen.open_items()),
                   lambda seen, *data, **more: asked.AnswerForm(*data, items=seen.open_items(), **more)),
    "advise": Verb(t("记下建议", "Write advice down"), lambda seen: seen.written, _plain(asked.AdviceForm), aside=True),
    "agree": Verb(t("添加行动项", "Add an action"), lambda seen: seen.written, _dated(asked.AgreeForm), aside=True),
    "note": Verb(t("写私密记录", "Write a private note"), lambda seen: seen.written, _note, aside=True),
    "clash": Verb(t("标记建议相左", "Mark contradicting advice"), lambda seen: seen.written and bool(seen.here and seen.elsewhere),
                  lambda seen, *data, **more: asked.ClashForm(*data, here=seen.here, elsewhere=seen.elsewhere, **more), aside=True),
    "rate": Verb(t("评价这次辅导", "Rate the session"),
                 lambda seen: seen.session is not None and seen.session.state == "confirmed" and not hasattr(seen.session, "rating"),
                 _plain(asked.RateForm), "venture"),
    "brief": Verb(t("给导师一张背景卡", "Brief the mentor"), lambda seen: seen.briefing is None, _dated(asked.BriefForm), "venture",
                  aside=True),
    "share": Verb(t("开放此前的建议与行动", "Open earlier advice and actions"), lambda seen: seen.shared is None,
                  _dated(asked.ShareForm), "venture", aside=True),
    "disclose": Verb(t("披露对该企业的投资", "Disclose an investment in it"), lambda _seen: True, _plain(asked.DiscloseForm), "mentor",
                     aside=True),
}


def context(seen: Seen, wrong: dict[str, forms.Form]) -> dict[str, Any]:
    """The values of the page; ``wrong`` are forms that came back marked, by verb."""
    row, session, mentor = seen.row, seen.session, reads.mentor_of(seen.row)
    start, end = slots.local(row.start, row.resource), slots.local(row.end, row.resource)
    verbs = [{"key": key, "label": each.label, "aside": each.aside or (key == "answer" and not seen.unanswered), "url": _url(key, row),
              "form": wrong.get(key) or each.form(seen, prefix=key, auto_id=f"{key}_%s")}
             for key, each in VERBS.items() if each.side in ("", seen.side) and each.fits(seen)]
    return {
        "row": row, "session": session, "mentor": mentor, "side": seen.side, "start": start, "end": end,
        "state": session and reads.state_said(session, seen.side), "tone": session and _TONES[session.state],
        "told": session and MENTORING_SIDES[session.told_side],
        "verbs": [each for each in verbs if not each["aside"]], "aside": [each for each in verbs if each["aside"]],
        "cards": _cards(seen), "consent": seen.shared if seen.side == "venture" else None,
        "notes": [{"side": MENTORING_SIDES[each.side], "it": each} for each in session.notes.order_by("side")] if session else [],
        "advice": seen.here, "items": [_item(each) for each in session.items.order_by("due", "pk")] if session else [],
        "earlier": [{"it": each, "advice": each.advice.all(), "items": [_item(item) for item in each.items.all()]}
                    for each in seen.said.earlier],
        "clashes": [_clash(seen, each, wrong) for each in seen.said.clashes], "interest": _interest(seen, mentor),
        "trail": [{"label": t("我的预约", "My bookings"), "url": reverse("exchange:bookings")},
                  {"label": row.resource.offer.title, "url": reverse("exchange:booking", kwargs={"pk": row.pk})},
                  {"label": t("辅导记录", "Session"), "url": ""}],
    }


def _url(verb: str, row: Reservation) -> str:
    return reverse(f"exchange:mentoring_{verb}", kwargs={"pk": row.pk})


def _cards(seen: Seen) -> list[dict[str, Any]]:
    """To the organisation every card with its openings; to the mentor the one that they have opened."""
    if seen.side == "venture":
        return [{"it": each, "text": each.text, "live": each == seen.briefing, "openings": list(each.consent.openings.all())}
                for each in reads.briefings(seen.row)]
    card = seen.briefing
    if card is None:
        return []
    text = card.text if reads.opened(card.consent, seen.who.party_id, seen.at) else ""
    return [{"it": card, "text": text, "live": True, "openings": []}]


def _item(each: Any) -> dict[str, Any]:
    label = ACTION_ANSWERS.get(each.answer, t("待回访", "asked about") if each.asked_at else t("进行中", "under way"))
    tone = {"done": "jade", "not_done": "ochre"}.get(each.answer, "plain")
    return {"it": each, "side": MENTORING_SIDES[each.side], "state": label, "tone": tone}


def _clash(seen: Seen, each: Any, wrong: dict[str, forms.Form]) -> dict[str, Any]:
    marked = wrong.get("choose")
    form = None
    if seen.side == "venture" and seen.session is not None:
        back = marked if marked is not None and str(marked["clash"].value()) == str(each.pk) else None
        form = back or asked.ChooseForm(prefix="choose", auto_id=f"choose{each.pk}_%s", row=each)
    return {"it": each, "choice": CLASH_CHOICES.get(each.choice, ""), "form": form,
            "both": [{"it": one, "taken": each.choice == name} for one, name in ((each.first, "first"), (each.second, "second"))]}


def _interest(seen: Seen, mentor: Any) -> dict[str, Any]:
    found, told = reads.interests(mentor, seen.row.organisation, period.day(seen.at))
    return {"why": CONFLICTS[found.why] if found else "", "told": [
        {"label": TIES[tie.kind], "share": "" if tie.share is None else f" {tie.share / 10_000:g}%",
         "url": reverse("parties:confirm_tie", kwargs={"pk": tie.pk}) if seen.side == "venture" else ""} for tie in told]}
