"""The verbs of an agreement as people press them: what is hidden is 404, what is not yours 403, wrong words come back marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from fuhua.evidence.actions.attachments import attach
from fuhua.kernel.access import Forbidden, Rule
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import Pressed
from fuhua.schemes import access
from fuhua.schemes.actions import (
    agreements,
    appeals,
    assessments,
    changes,
    costs,
    endings,
    milestones,
    proofs,
    recoveries,
    signing,
    stewards,
    tranches,
)
from fuhua.schemes.actions.agreements import url_of
from fuhua.schemes.models import Agreement, Tranche
from fuhua.schemes.pages.agreement_forms import FORMS
from fuhua.schemes.pages.agreements import agreement_of, shown
from fuhua.schemes.words import TEST

_Act = Callable[[Agreement, Any, Any, dict[str, Any]], Any]
_PRESSED = Pressed("schemes/agreements/", "schemes:agreement", agreement_of, shown, lambda row, _found: url_of(row))


def verb_page(verb: str, can: Rule, title: Text, done: Text, act: _Act) -> None:
    """Declare the page of one verb; ``act`` gets the agreement, who, the valid form, and ``by`` and ``at``."""
    _PRESSED.verb(verb, can, title, done,
                  lambda request, row: FORMS[verb](request.POST, request.FILES, prefix=verb, agreement=row),
                  lambda request, row, form, told: act(row, request.who, form, told))


def _item(rows: Any, form: Any) -> Any:
    found = rows.filter(pk=form.cleaned_data["item"]).first()
    if found is None:
        raise Http404
    return found


def _own_tranche(row: Agreement, who: Any, form: Any) -> Tranche:
    """A tranche that the reader's own organisation pays."""
    found: Tranche = _item(row.tranches.select_related("agreement"), form)
    if found.payer_id not in who.acts_for():
        raise Forbidden(access.PAYS.reason)
    return found


def _sign(row: Agreement, who: Any, form: Any, told: dict[str, Any]) -> None:
    side = "party" if access.HOLDS.may(who, row) and row.party_signed_at is None else "issuer"
    if side == "issuer" and not access.MANAGES.may(who, row):
        raise Forbidden(access.MANAGES.reason)
    signing.sign(agreement=row, side=side, person=who.party_id, document=form.cleaned_data["document"], **told)


def _claim(row: Agreement, _who: Any, form: Any, told: dict[str, Any]) -> None:
    one = _item(row.milestones.select_related("agreement"), form)
    digests = {line: attach(file.file, **told)[0] for line, file in form.files_by_line.items()}
    milestones.claim(milestone=one, reached=form.cleaned_data["reached"], note=form.cleaned_data["note"], documents=digests, **told)


def _judge(row: Agreement, who: Any, form: Any, told: dict[str, Any]) -> None:
    said = form.cleaned_data
    one = _item(row.milestones.exclude(role=TEST).select_related("agreement"), form)
    milestones.judge(milestone=one, result=said["result"], reached=said["reached"], note=said["note"], until=said["until"],
                     person=who.party_id, **told)


def _test(row: Agreement, who: Any, form: Any, told: dict[str, Any]) -> None:
    proofs.conclude(milestone=_item(row.milestones.filter(role=TEST).select_related("agreement"), form), person=who.party_id,
                    **_plain(form, "result", "stop", "lesson", "note", "until"), **told)


def _cost(row: Agreement, _who: Any, form: Any, told: dict[str, Any]) -> None:
    said = form.cleaned_data
    document = attach(said["file"].file, **told)[0] if said["file"] else ""
    costs.claim(tranche=_item(row.tranches.select_related("agreement"), form), issuer=said["issuer"], invoice=said["invoice"],
                amount=said["amount"], title=said["title"], document=document, **told)


def _change(row: Agreement, _who: Any, form: Any, told: dict[str, Any]) -> None:
    said = form.cleaned_data
    one = row.milestones.get(pk=said["milestone"]) if said["milestone"] else None
    changes.ask(agreement=row, sort=said["sort"], text=said["text"], milestone=one, after=form.after,
                pivot=said.get("pivot", ""), **told)


def _appeal(row: Agreement, _who: Any, form: Any, told: dict[str, Any]) -> None:
    appeals.against_assessment(assessment=_item(row.assessments.all(), form), text=form.cleaned_data["text"], **told)


def _plain(form: Any, *names: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}


verb_page("sign", access.SIGNS, t("签署", "Sign"), t("已签署", "signed"), _sign)
verb_page("claim", access.HOLDS, t("申请考核", "Claim the milestone"), t("已提交，等待考核", "handed in; it waits to be judged"), _claim)
verb_page("judge", access.VERIFIES, t("作出考核结论", "Conclude the milestone"), t("结论已出具", "the conclusion is issued"), _judge)
verb_page("pay", access.PAYS, t("登记拨付", "Record the payment"), t("拨付已登记", "the payment is recorded"),
          lambda row, who, form, told: tranches.pay(tranche=_own_tranche(row, who, form), **_plain(form, "reference", "paid_on"), **told))
verb_page("withhold", access.MANAGES, t("不再拨付", "Withhold"), t("已标记不再拨付", "withheld"),
          lambda row, _who, form, told: tranches.withhold(tranche=_item(row.tranches.select_related("agreement"), form),
                                                         because=form.cleaned_data["because"], **told))
verb_page("recover", access.PAYS, t("追回", "Recover"), t("追回通知已出具", "the recovery notice is issued"),
          lambda row, who, form, told: recoveries.recover(tranche=_own_tranche(row, who, form), **_plain(form, "amount", "because"),
                                                         **told))
verb_page("pay_back", access.PAYS, t("登记退回", "Record the return"), t("退回已登记", "the return is recorded"),
          lambda row, who, form, told: recoveries.pay_back(tranche=_own_tranche(row, who, form), **_plain(form, "reference", "returned_on"),
                                                          **told))
verb_page("cost", access.HOLDS, t("登记支出", "Claim a cost"), t("支出已登记", "the cost is recorded"), _cost)
verb_page("change", access.HOLDS, t("申请变更", "Ask for a change"), t("变更申请已提交", "the change is asked for"), _change)
verb_page("decide", access.MANAGES, t("批复变更", "Answer the change"), t("批复已出具", "the answer is issued"),
          lambda row, _who, form, told: changes.decide(change=_item(row.changes.select_related("agreement"), form),
                                                      **_plain(form, "approve", "answer"), **told))
verb_page("withdraw", access.HOLDS, t("撤回变更", "Withdraw the change"), t("变更已撤回", "the change is withdrawn"),
          lambda row, _who, form, told: changes.withdraw(change=_item(row.changes.select_related("agreement"), form), **told))
verb_page("hand_over", access.MANAGES, t("交接管家", "Hand over"), t("已交接，待办一并转交", "handed over, with what waits in the queue"),
          lambda row, _who, form, told: stewards.hand_over(agreement=row, **_plain(form, "steward", "until", "why"), **told))
verb_page("finish", access.MANAGES, t("结题", "Finish"), t("任务书已完成", "the agreement is finished"),
          lambda row, _who, _form, told: endings.finish(agreement=row, **told))
verb_page("end", access.MANAGES, t("终止", "End it"), t("任务书已终止", "the agreement has ended"),
          lambda row, _who, form, told: endings.end(agreement=row, because=form.cleaned_data["because"], **told))
verb_page("renew", access.MANAGES, t("续期", "Renew"), t("续期任务书已拟定，请双方签署", "the next one is drawn up; both sides sign it"),
          lambda row, _who, form, told: agreements.renew(agreement=row, **_plain(form, "starts", "ends"), milestones=(), **told))
verb_page("assess", access.MANAGES, t("年度评估", "Assess a year"), t("评估已按事实预填", "opened, and filled in from facts"),
          lambda row, _who, form, told: assessments.begin(agreement=row, **_plain(form, "year"), **told))
verb_page("hear", access.MANAGES, t("通知听证", "Call a hearing"), t("听证通知已送达", "the party is told of the hearing"),
          lambda row, _who, form, told: assessments.call_hearing(assessment=_item(row.assessments.select_related("agreement"), form),
                                                                **_plain(form, "day"), **told))
verb_page("conclude", access.MANAGES, t("作出评估结论", "Conclude the assessment"), t("评估结论已出具", "the result is issued"),
          lambda row, _who, form, told: assessments.decide(assessment=_item(row.assessments.select_related("agreement"), form),
                                                          **_plain(form, "result", "text", "heard"), **told))
verb_page("test", access.VERIFIES, t("作出验证结论", "Conclude the test"), t("结论已出具", "the conclusion is issued"), _test)
verb_page("pass_on", access.HOLDS, t("登记承接企业", "Name the company"), t("承接企业已登记", "the company is named"),
          lambda row, _who, form, told: proofs.pass_on(agreement=row, **_plain(form, "venture"), **told))
verb_page("appeal", access.HOLDS, t("申诉", "Appeal"), t("申诉已提交", "the appeal is raised"), _appeal)
