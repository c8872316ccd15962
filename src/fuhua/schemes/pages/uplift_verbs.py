"""The verbs of a plan of uplift as people press them: tasks, the pair, the measurement, approvals and appeals."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from fuhua.evidence.actions.attachments import attach
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import whole
from fuhua.kernel.words import t
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.queries import in_bulk
from fuhua.schemes import access
from fuhua.schemes.actions import appeals, appraisals, measuring, uplift_plans, uplift_tasks
from fuhua.schemes.models import Uplift, UpliftTask
from fuhua.schemes.pages.cultivating import plain, verb_page
from fuhua.schemes.pages.cultivation_forms import ApproveForm, EndForm, ItemForm, JudgeForm, ReportForm, TaskForm, TextForm
from fuhua.schemes.pages.uplifts import THING
from fuhua.schemes.queries import cultivation, uplifts

_Said = dict[str, Any]


def _item(rows: Any, said: _Said) -> Any:
    found = rows.filter(pk=whole(said["item"]) or 0).first()
    if found is None:
        raise Http404
    return found


def _task_form(request: HttpRequest, row: Uplift) -> TaskForm:
    gaps = [each.code for each in uplifts.gaps(row.first)]
    return TaskForm(request.POST, prefix="task", owners=uplifts.staff(row.incubator_id), gaps=gaps)


def _add(row: Uplift, _who: Any, said: _Said, told: _Said) -> None:
    uplift_plans.add_task(plan=row, line=said["line"], title=said["title"], owner=said["owner"], due=said["due"], **told)


def _propose(row: Uplift, _who: Any, said: _Said, told: _Said) -> None:
    uplift_plans.propose(plan=row, coach=_item(cultivation.incubators(), said), **told)


def _accept(role: str) -> Any:
    def act(row: Uplift, who: Any, _said: _Said, told: _Said) -> None:
        uplift_plans.accept(plan=row, role=role, person=in_bulk.by_ids([who.party_id])[0], **told)

    return act


def _decline(role: str) -> Any:
    def act(row: Uplift, _who: Any, _said: _Said, told: _Said) -> None:
        uplift_plans.decline(plan=row, role=role, **told)

    return act


def _confirm(role: str) -> Any:
    def act(row: Uplift, _who: Any, _said: _Said, told: _Said) -> None:
        measuring.confirm(plan=row, role=role, **told)

    return act


def _task(row: Uplift, said: _Said) -> UpliftTask:
    task: UpliftTask = _item(row.tasks.select_related("uplift"), said)
    return task


def _report(row: Uplift, who: Any, said: _Said, told: _Said) -> None:
    task = _task(row, said)
    if task.owner_id != who.party_id and not access.COACHED.may(who, row):
        raise Forbidden(access.REPORTS.reason)
    digest, _media = attach(said["file"].file, **told)
    uplift_tasks.report(task=task, text=said["text"], document=digest, **told)


def _confirm_task(row: Uplift, _who: Any, said: _Said, told: _Said) -> None:
    uplift_tasks.confirm(task=_task(row, said), **told)


def _send_back(row: Uplift, _who: Any, said: _Said, told: _Said) -> None:
    uplift_tasks.send_back(task=_task(row, said), text=said["text"], **told)


def _reassess(row: Uplift, _who: Any, said: _Said, told: _Said) -> str:
    return appraisals.url_of(measuring.reassess(plan=row, assessor=said["person"], **told))


def _end(row: Uplift, _who: Any, said: _Said, told: _Said) -> None:
    uplift_plans.end(plan=row, because=said["because"], **told)


def _appeal(row: Uplift, _who: Any, said: _Said, told: _Said) -> str:
    return appeals.url_of(appeals.against_warning(warning=_item(row.warnings.all(), said), text=said["text"], **told))


def _approve(row: Uplift, who: Any, said: _Said, told: _Said) -> None:
    if not access.CULTIVATES.opens_for(who) and not access.COACHED.may(who, row):
        raise Forbidden(access.COACHED.reason)
    digest, _media = attach(said["file"].file, **told)
    uplift_plans.approve(plan=row, code=said["item"], done_on=said["done_on"], document=digest, **told)


verb_page(THING, "task", access.CULTIVATES, (t("差距转为任务", "Make a gap a task"),
                                            t("任务已下达到责任人", "it lies on the owner’s desk")),
          _task_form, _add)
verb_page(THING, "propose", access.CULTIVATES, (t("提出结对", "Propose the pair"), t("已请双方接受", "both sides are asked")),
          plain("propose", ItemForm), _propose)
for _role, _can in (("coached", access.COACHED), ("coach", access.COACHES)):
    verb_page(THING, f"accept_{_role}", _can, (t("接受结对和方案", "Accept pair and plan"), t("已接受", "accepted")),
              plain(f"accept_{_role}", PressForm), _accept(_role))
    verb_page(THING, f"decline_{_role}", _can, (t("不接受结对", "Decline the pair"), t("已告知主管部门", "the agency is told")),
              plain(f"decline_{_role}", PressForm), _decline(_role))
    verb_page(THING, f"confirm_{_role}", _can, (t("确认提升成效", "Confirm the uplift"), t("已确认", "confirmed")),
              plain(f"confirm_{_role}", PressForm), _confirm(_role))
verb_page(THING, "report", access.REPORTS, (t("报告完成", "Report it done"),
                                           t("已报告，等待辅导方确认", "reported; the coach confirms it")),
          plain("report", ReportForm), _report)
verb_page(THING, "confirm_task", access.COACHES, (t("确认任务完成", "Confirm the task"), t("已确认", "confirmed")),
          plain("confirm_task", ItemForm), _confirm_task)
verb_page(THING, "send_back", access.COACHES, (t("退回", "Send it back"), t("已退回责任人", "sent back to its owner")),
          plain("send_back", TextForm), _send_back)
verb_page(THING, "reassess", access.CULTIVATES, (t("开展再次测评", "Measure again"), t("再次测评已开展", "the second appraisal is opened")),
          plain("reassess", JudgeForm), _reassess)
verb_page(THING, "end", access.CULTIVATES, (t("终止方案", "End the plan"), t("方案已终止", "the plan is over")),
          plain("end", EndForm), _end)
verb_page(THING, "approve", access.UPLIFTS, (t("登记获批", "Record the approval"), t("已登记", "recorded")),
          plain("approve", ApproveForm), _approve)
verb_page(THING, "appeal", access.COACHED, (t("申诉", "Appeal"), t("申诉已提交", "the appeal is raised")),
          plain("appeal", TextForm), _appeal)
