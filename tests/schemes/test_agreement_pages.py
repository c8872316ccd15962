"""An agreement through HTTP: drawn up, signed, claimed, judged, paid; what is hidden is 404 and what is not yours 403."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions import sequence
from fuhua.evidence.proof import tree
from fuhua.kernel import period
from fuhua.schemes.actions import endings
from fuhua.schemes.models import Agreement, Application, Barred
from schemes.awarded import OFFICER, an_award, drawn, person, signed
from stories.visitor import Visitor

pytestmark = pytest.mark.django_db


class Person(Visitor):
    """A member of the cast with a browser."""

    def __init__(self, account: Any) -> None:
        super().__init__()
        self.client.force_login(account)

    def press(self, task: Agreement, verb: str, number: int = 0, **changed: Any) -> Person:
        """Open the agreement's page afresh and send the ``number``-th form of the verb."""
        self.open(f"/schemes/agreements/{task.pk}/")
        form = self.forms(rf"/{verb}/$")[number]
        self.send(form, **{f"{verb.replace('-', '_')}-{name}": value for name, value in changed.items()})
        return self


@pytest.fixture
def someone(cast: Any) -> Any:
    return lambda office: Person(cast[office])


@pytest.fixture
def task(cast: Any, at: Any) -> Agreement:
    return signed(an_award(at("2023-06-30")), at("2023-06-30"))


def test_an_officer_draws_up_both_sign_and_the_payers_pay(someone: Any, at: Any) -> None:
    award = an_award(at("2023-06-30"))
    officer, operator, district = someone("city_officer"), someone("operator"), someone("district_officer")
    officer.open("/schemes/agreements/").follow(award.title)
    officer.send(rf"/new/{award.pk}/$|^$", starts="2023-07-01", ends="2026-06-30", steward=person("steward").pk,
                 verifier=person("expert").pk, **{"m1-title": "新增入驻", "m1-measure": "stated", "m1-least": "10", "m1-due": "2024-06-30",
                                                  "m1-weight": "100",
                    "m1-evidence": "入驻协议\n名单"})
    task = Agreement.objects.get(application=award)
    assert officer.sees(task.number, "新增入驻")
    for each in (operator, officer):
        assert each.press(task, "sign", agreed="on").status == 200
    task.refresh_from_db()
    assert task.state == "signed"
    assert operator.download(f"/schemes/agreements/{task.pk}/papers/{task.sealed}/").startswith(b"%PDF")
    district.open("/schemes/tranches/")
    assert district.sees("区级 1", "北京市海淀区人民政府")
    district.press(task, "pay", reference="QJ-1", paid_on=period.day(task.signed_at).isoformat())
    assert district.sees("QJ-1", "已拨付")


def test_a_milestone_is_claimed_with_files_and_judged_in_part(someone: Any, task: Agreement) -> None:
    operator, expert = someone("operator"), someone("expert")
    operator.press(task, "claim", reached="2", file_0=SimpleUploadedFile("a.pdf", b"%PDF-1.7 a"))
    one = task.milestones.get(number=1)
    assert one.state == "claimed"
    expert.press(task, "judge", result="partial", reached="2", note="缺一项")
    one.refresh_from_db()
    assert (one.state, task.tranches.get(level="city", number=2).state) == ("partial", "due")
    assert expert.sees("部分通过", "2/3")
    answer = operator.client.get(f"/schemes/agreements/{task.pk}/papers/{one.documents[0]['digest']}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 a"


def test_a_file_that_is_no_document_comes_back_marked(someone: Any, task: Agreement) -> None:
    operator = someone("operator").press(task, "claim", reached="2", file_0=SimpleUploadedFile("a.exe", b"MZ..."))
    assert operator.status == 422
    assert operator.sees("只接收 PDF")


def test_a_change_is_asked_withdrawn_asked_again_and_answered(someone: Any, task: Agreement) -> None:
    operator, officer = someone("operator"), someone("city_officer")
    goal = str(task.milestones.get(number=1).pk)
    operator.press(task, "change", sort="extension", milestone=goal, due="2024-12-31", text="设备晚到")
    operator.press(task, "withdraw")
    operator.press(task, "change", sort="extension", milestone=goal, due="2024-12-31", text="设备晚到")
    officer.press(task, "decide", approve="yes", answer="同意延期")
    assert officer.sees("已同意", "同意延期", "2024-12-31")
    assert [each.state for each in task.changes.order_by("pk")] == ["withdrawn", "approved"]


def test_pressed_twice_it_is_done_once(someone: Any, task: Agreement) -> None:
    operator = someone("operator").open(f"/schemes/agreements/{task.pk}/")
    form = operator.forms(r"/change/$")[0]
    said = {"change-sort": "extension", "change-ends": "2026-12-31", "change-text": "延期"}
    assert [operator.send(form, **said).status, operator.send(form, **said).status] == [200, 200]
    assert task.changes.count() == 1


@pytest.mark.parametrize(("office", "status"), [
    ("founder", 404), ("park_manager", 404), ("department_officer", 404), ("operator", 200), ("city_officer", 200), ("coordinator", 200),
    ("auditor", 200), ("steward", 200), ("expert", 200), ("district_officer", 200),
])
def test_only_those_concerned_see_it(someone: Any, task: Agreement, office: str, status: int) -> None:
    assert someone(office).open(f"/schemes/agreements/{task.pk}/").status == status


def test_a_recused_officer_learns_nothing_from_any_address(cast: Any, someone: Any, task: Agreement, at: Any) -> None:
    Barred.objects.create(application=task.application, person=person("city_officer"), why="relative", at=at())
    officer = someone("city_officer")
    for path in ("", "bundle.zip", f"papers/{task.sealed}/"):
        assert officer.client.get(f"/schemes/agreements/{task.pk}/{path}").status_code == 404
    assert officer.client.post(f"/schemes/agreements/{task.pk}/end/", {"end-because": "left"}).status_code == 404
    for path in ("/schemes/agreements/?view=all", "/schemes/tranches/", f"/schemes/agreements/new/{task.application_id}/"):
        assert task.number not in officer.client.get(path).content.decode()
    assert Application.objects.get(pk=task.application_id).state == "awarded"


@pytest.mark.parametrize(("office", "verb"), [("operator", "decide"), ("operator", "pay"), ("steward", "judge"), ("expert", "end"),
                                              ("auditor", "end"), ("district_officer", "withhold")])
def test_what_is_not_theirs_is_refused_with_the_reason(someone: Any, task: Agreement, office: str, verb: str) -> None:
    answer = someone(office).client.post(f"/schemes/agreements/{task.pk}/{verb}/", {})
    assert answer.status_code == 403
    assert "仅限" in answer.content.decode()


def test_a_payer_does_not_tell_of_anothers_payment(someone: Any, task: Agreement) -> None:
    district = someone("district_officer")
    item = task.tranches.get(level="city", number=1).pk
    said = {"pay-item": item, "pay-reference": "X", "pay-paid_on": "2023-07-01"}
    answer = district.client.post(f"/schemes/agreements/{task.pk}/pay/", said)
    assert answer.status_code == 403
    assert not task.tranches.filter(state="paid").exists()


def test_the_audit_bundle_proves_every_fact_offline(someone: Any, task: Agreement, at: Any) -> None:
    endings.end(agreement=task, because="left", by=OFFICER, at=at("2023-07-01"))
    sequence.catch_up(at=at("2023-07-02"))
    with zipfile.ZipFile(io.BytesIO(someone("auditor").download(f"/schemes/agreements/{task.pk}/bundle.zip"))) as bundle:
        told = json.loads(bundle.read("facts.json"))
        rows = json.loads(bundle.read("agreement.json"))
        papers = [name for name in bundle.namelist() if name.startswith("papers/")]
        assert json.loads(bundle.read("application.json"))["decision"]["result"] == "award"
    assert (rows["missing"], len(papers)) == ([], task.papers.count() + 1)
    assert {"schemes.task_signed", "schemes.tranche_withheld", "schemes.agreement_ended"} <= {each["kind"] for each in told}
    head = evidence.head()
    for each in told:
        leaf = tree.leaf(each["kind"], bytes.fromhex(each["digest"]))
        path = [bytes.fromhex(node) for node in each["proof"]["path"]]
        assert head is not None
        assert tree.root_from(each["seq"], head.size, leaf, path).hex() == head.root == each["proof"]["head"]["root"]


def test_a_draft_that_is_not_the_text_read_is_not_signed(someone: Any, cast: Any, at: Any) -> None:
    task = drawn(an_award(at("2023-06-30")), at("2023-06-30"))
    operator = someone("operator").press(task, "sign", agreed="on", document="0" * 64)
    assert operator.status == 422
    assert operator.sees("请重新阅读")
