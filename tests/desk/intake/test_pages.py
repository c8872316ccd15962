"""The way through the pages: upload, columns, dry run, confirm, mend; and who may see what."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desk.intake.rosters_as_sent import STAYS, code, stay, workbook
from fuhua.desk.models import Intake
from fuhua.journey.models import Stay
from fuhua.kernel.roster import ROSTERS
from fuhua.kernel.sheet import table
from fuhua.parties.actions import organisations
from fuhua.parties.models import Party


def upload(client, content, name="名单.xlsx", roster=""):
    return client.post(reverse("desk:intakes"), {"file": SimpleUploadedFile(name, content), "roster": roster})


def step(client, intake, verb, **data):
    return client.post(reverse(f"desk:intake_{verb}", args=[intake.pk]), data)


def as_proposed(intake):
    return {f"column_{index}": field for index, field in intake.mapping.items()}


def page_of(client, intake):
    return client.get(reverse("desk:intake", args=[intake.pk])).content.decode()


def test_a_roster_goes_from_upload_to_facts_and_the_bad_rows_come_back_to_be_mended(client_of):
    client = client_of("city_officer")
    content = workbook(["2024 年入驻名单"], STAYS, stay(1), stay(2, began="去年"), stay(3, host="没有这家"))
    assert upload(client, content).status_code == 302
    intake = Intake.objects.get()
    assert "核对列" in page_of(client, intake)
    assert step(client, intake, "mapping", **as_proposed(intake)).status_code == 302
    assert "确认入库" in page_of(client, intake)
    assert not Stay.objects.exists()
    step(client, intake, "confirm")
    assert Stay.objects.count() == 1
    assert "已入库的记录" in page_of(client, intake)
    back = b"".join(client.get(reverse("desk:intake_errors", args=[intake.pk])).streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(back)).active
    assert [cell.value for cell in sheet[1]] == [*STAYS, "错误"]
    assert [row[-1].value for row in sheet.iter_rows(min_row=2)] == [
        "入驻日期: “去年”不是日期，请写成 2024-03-01 或 2024年3月1日",
        "孵化器名称: 没有登记过“没有这家”，请核对名称或信用代码，或先登记该主体"]
    sheet["E2"], sheet["C3"] = "2024-05-06", "北京启明芯孵化器有限公司"
    mended = io.BytesIO()
    sheet.parent.save(mended)
    upload(client, mended.getvalue())
    again = Intake.objects.latest("pk")
    assert "7" not in again.mapping
    step(client, again, "mapping", **as_proposed(again))
    step(client, again, "confirm")
    again.refresh_from_db()
    assert (again.new, again.wrong, Stay.objects.count()) == (2, 0, 3)


def test_a_file_that_cannot_be_read_says_so_in_the_readers_language(client_of):
    client = client_of("city_officer")
    content = workbook(STAYS, stay(1))
    answer = upload(client, content[:500])
    assert (answer.status_code, "文件不完整或已损坏" in answer.content.decode()) == (400, True)
    client.cookies["fuhua_language"] = "en"
    assert "the file is cut short or damaged" in upload(client, content[:500]).content.decode()
    assert "this is no roster we know" in upload(client, workbook(["甲", "乙"], [1, 2])).content.decode()
    assert not Intake.objects.exists()


def test_columns_that_do_not_fit_are_refused_and_can_be_put_right(client_of):
    client = client_of("city_officer")
    upload(client, workbook(["单位", "哪天来的", "载体"], ["甲乙丙科技有限公司", "2024-03-01", "启明芯孵化器"]), roster="stays")
    intake = Intake.objects.get()
    assert step(client, intake, "mapping", column_0="venture", column_1="venture").status_code == 400
    answer = step(client, intake, "mapping", column_0="venture", column_2="host")
    assert "还没有指定这些必填列：入驻日期" in answer.content.decode()
    step(client, intake, "mapping", column_0="venture", column_1="began", column_2="host")
    intake.refresh_from_db()
    assert (intake.state, intake.new) == ("checked", 1)


def test_an_officer_picks_the_organisation_on_the_page(client_of, cast, at):
    known = organisations.register(sort="venture", name="北京星海量子科技有限公司", by=cast["city_officer"].party.urn, at=at())
    client = client_of("city_officer")
    upload(client, workbook(STAYS, stay(1, name="星海量子技术有限公司", code=None)))
    intake = Intake.objects.get()
    step(client, intake, "mapping", **as_proposed(intake))
    step(client, intake, "confirm")
    assert "哪个主体" in page_of(client, intake)
    step(client, intake, "pick", question=intake.rows.get().question, party=known.urn)
    assert list(Stay.objects.values_list("venture", flat=True)) == [known.urn]
    step(client, intake, "pick", question="nobody asked", party="new")
    assert "已经有人确认过" in page_of(client, intake)


def test_what_one_handed_in_is_seen_by_oneself_and_by_city_officers_only(client_of):
    upload(client_of("operator"), workbook(STAYS, stay(1)))
    intake = Intake.objects.get()
    seen = {office: client_of(office).get(reverse("desk:intake", args=[intake.pk])).status_code for office in (
        "operator", "city_officer", "coordinator", "district_officer", "founder")}
    assert seen == {"operator": 200, "city_officer": 200, "coordinator": 200, "district_officer": 404, "founder": 404}
    assert step(client_of("city_officer"), intake, "mapping", **as_proposed(intake)).status_code == 404
    assert step(client_of("operator"), intake, "pick", question="x").status_code == 403
    assert client_of("stranger").get(reverse("desk:intakes")).status_code == 302


def test_an_operator_is_offered_ventures_and_stays_only(client_of):
    listing = client_of("operator").get(reverse("desk:intakes")).content.decode()
    assert [roster.name for roster in ROSTERS if f'value="{roster.name}"' in listing] == ["ventures", "stays"]
    assert client_of("operator").get(reverse("desk:intake_template", args=["funds"])).status_code == 404


@pytest.mark.parametrize("name", ROSTERS.keys())
def test_every_template_is_recognised_as_its_own_roster_with_every_column(client_of, name):
    answer = client_of("city_officer").get(reverse("desk:intake_template", args=[name]))
    content = b"".join(answer.streaming_content)
    roster = ROSTERS[name]
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0].append([each.example or None for each in roster.columns])
    out = io.BytesIO()
    book.save(out)
    with table.opened(io.BytesIO(out.getvalue())) as source:
        assert len(list(source.rows(source.sheets[0]))) == 3
    upload(client_of("city_officer"), out.getvalue())
    intake = Intake.objects.get()
    assert (intake.roster, list(intake.mapping.values())) == (name, [each.name for each in roster.columns])
    assert [[each.formula1 for each in book.worksheets[0].data_validations.dataValidation]] == [
        [f'"{",".join(each.options)}"' for each in roster.columns if each.options]]


def test_the_progress_fragment_polls_while_work_goes_on_and_reloads_when_it_is_done(client_of):
    client = client_of("city_officer")
    upload(client, workbook(STAYS, stay(1, code=code(1))))
    Intake.objects.update(state="entering", total=10, done=4)
    url = reverse("desk:intake_progress", args=[Intake.objects.get().pk])
    assert f'hx-get="{url}"' in client.get(url).content.decode()
    Intake.objects.update(state="done")
    assert client.get(url).headers["HX-Refresh"] == "true"
    assert Party.objects.filter(sort="venture").count() == 1
