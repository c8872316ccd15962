"""`fuhua policy …` at the terminal: exact JSON in and out, and nothing that is not understood is ignored."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fuhua.config import door
from fuhua.policy.catalog import rules

FIRM = {
    "resident_enterprise": True, "prohibited_trade": False, "major_accident": False, "environmental_offence": False,
    "research_misconduct": False, "abnormal_list": False, "hnte_valid": False, "national_award": False, "provincial_rd_body": False,
    "led_standard": False, "employees": 40, "rd_staff": 3, "sales": 10_000_000, "costs": "900万元", "assets": "1500万元", "rd": 800_000,
    "class_1": 1, "class_2": 0,
}  # fmt: skip
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("check", "tech_sme", profile={…})`` → exit status, what was printed (JSON read exactly), errors."""

    def command(*words: str, profile: Any = None) -> tuple[int, Any, str]:
        text = profile if isinstance(profile, str) else json.dumps({} if profile is None else profile)
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        status = door.main(["policy", *words])
        out = capsys.readouterr()
        return status, json.loads(out.out, parse_float=Decimal) if "--json" in words and not status else out.out, out.err

    return command


def test_the_list_names_every_rule_with_its_documents_and_dates(run: Run):
    status, found, _err = run("list", "--json")
    assert status == 0
    assert [each["rule"] for each in found] == [each.key for each in rules()]
    ladder = next(each for each in found if each["rule"] == "specialised_sme")
    assert [(each["key"], each["since"], each["until"]) for each in ladder["in_force"]] == [
        ("2022", "2022-08-01", "2026-03-31"),
        ("2026", "2026-04-01", None),
    ]


def test_every_rule_is_shown_with_inputs_editions_and_examples_that_can_be_run_back(run: Run):
    for rule in rules():
        status, shown, err = run("show", rule.key, "--json")
        assert (status, err) == (0, "")
        assert {each["name"] for each in shown["inputs"]} == {one.name for one in rule.inputs}
        assert all(each["type"] and each["unit"] and each["meaning"]["zh"] for each in shown["inputs"])
        for example in shown["examples"]:
            if not example["tables"]:
                _status, verdict, _err = run("check", rule.key, "--on", example["on"], "--json", profile=example["profile"])
                assert (example["key"], verdict["verdict"]) == (example["key"], example["verdict"])


def test_a_check_says_the_verdict_every_clause_and_the_exact_shortfall(run: Run):
    status, verdict, _err = run("check", "tech_sme", "--on", "2025-05-20", "--json", profile=FIRM)
    assert (status, verdict["verdict"], verdict["score"]) == (0, "not_eligible", {"least": 80, "most": 80})
    clause = next(each for each in verdict["clauses"] if each["key"] == "staff_score")
    assert (clause["state"], clause["actual"], clause["op"], clause["bound"], clause["article"]) == ("unmet", 0, ">", 0, "第六条（五）")
    assert {"clause": "staff_score", "input": "rd_staff", "unit": "people", "needs": 4, "has": 3, "by": 1} in verdict["shortfalls"]
    assert verdict["document"] == "国科发政〔2017〕115号"


def test_what_is_unknown_and_matters_is_missing_and_nothing_else(run: Run):
    lacking = {name: value for name, value in FIRM.items() if name not in ("rd_staff", "costs")}
    _status, verdict, _err = run("check", "tech_sme", "--on", "2025-05-20", "--json", profile=lacking)
    assert (verdict["verdict"], [each["name"] for each in verdict["missing"]]) == ("undetermined", ["rd_staff"])


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ({**FIRM, "staff_rd": 3}, "staff_rd"),
        ({**FIRM, "sales": "800 人"}, "CNY"),
        ({**FIRM, "employees": "3万元"}, "people"),
        ({**FIRM, "employees": 3.5}, "employees"),
        ({**FIRM, "employees": -1}, "employees"),
        ({**FIRM, "hnte_valid": "maybe"}, "hnte_valid"),
        ({**FIRM, "incubator_title": "gold"}, "incubator_title"),
        ('{"employees": 3, "employees": 4}', "employees"),
        ('{"employees": NaN}', "NaN"),
        ("[1, 2]", "JSON"),
        ("{", "JSON"),
    ],
)
def test_an_unknown_name_a_wrong_unit_or_a_broken_profile_is_an_error_and_never_ignored(run: Run, profile: Any, said: str):
    status, out, err = run("check", "tech_sme", "--on", "2025-05-20", profile=profile)
    assert (status, out) == (1, "")
    assert said in err


def test_one_profile_serves_every_rule_and_what_a_rule_does_not_ask_is_named(run: Run):
    _status, verdict, _err = run("check", "tech_sme", "--on", "2025-05-20", "--json", profile={**FIRM, "incubator_title": "none"})
    assert (verdict["verdict"], verdict["not_asked"]) == ("not_eligible", ["incubator_title"])


def test_amounts_may_be_written_with_their_unit_and_are_exact(run: Run):
    for written in ("1000万元", "0.1亿元", 10_000_000, "10,000,000.00元", {"value": "1000", "unit": "万元"}):
        _status, verdict, _err = run("check", "tech_sme", "--on", "2025-05-20", "--json", profile={**FIRM, "sales": written})
        sales = next(each for each in verdict["clauses"] if each["key"] == "sales")
        assert (sales["actual"], sales["bound"]) == (10_000_000, 200_000_000)


def test_the_edition_of_the_day_judges(run: Run):
    for day, edition in (("2026-03-31", "2022"), ("2026-04-01", "2026")):
        _status, verdict, _err = run("check", "specialised_sme", "--on", day, "--json")
        assert (day, verdict["edition"]) == (day, edition)
    _status, verdict, _err = run("check", "incubator_tax", "--on", "2028-01-01", "--json")
    assert (verdict["verdict"], verdict["edition"], "2027-12-31" in verdict["why"]["zh"]) == ("not_eligible", None, True)


def test_every_rule_for_a_sort_of_subject_is_checked_at_once(run: Run):
    status, found, _err = run("check-all", "--on", "2025-05-20", "--json", profile={**FIRM, "hnte_valid": True})
    assert status == 0
    assert [each["rule"] for each in found] == [each.key for each in rules() if each.subject == "venture"]
    assert next(each for each in found if each["rule"] == "tech_sme")["verdict"] == "eligible"
    assert run("check-all", "--on", "2025-05-20", profile={"nonsense": 1})[0] == 1


def test_the_nearest_way_is_one_more_person_and_proved_cheapest(run: Run):
    _status, found, _err = run("nearest", "tech_sme", "--on", "2025-05-20", "--json", profile=FIRM)
    assert found["first_is_proved_cheapest"] is True
    first = found["ways"][0]["changes"]
    assert [(each["input"], each["from"], each["to"]) for each in first] == [("rd_staff", 3, 4)]


def test_the_operator_sets_what_a_change_costs(run: Run, tmp_path: Path):
    costs = tmp_path / "costs.json"
    costs.write_text(json.dumps({"rd_staff": {"cost": 12_345, "step": 2}}), encoding="utf-8")
    _status, found, _err = run("nearest", "tech_sme", "--on", "2025-05-20", "--costs", str(costs), "--json", profile=FIRM)
    assert (found["ways"][0]["changes"][0]["to"], found["ways"][0]["cost"]) == (5, 12_345)
    costs.write_text(json.dumps({"rd_staff": None}), encoding="utf-8")
    _status, found, _err = run("nearest", "tech_sme", "--on", "2025-05-20", "--costs", str(costs), "--json", profile=FIRM)
    assert found["ways"] == []
    costs.write_text(json.dumps({"people": {"cost": 1}}), encoding="utf-8")
    assert run("nearest", "tech_sme", "--costs", str(costs), profile=FIRM)[0] == 1


def test_a_gap_in_the_public_text_is_filled_by_the_operators_table_only(run: Run, tmp_path: Path):
    tables = tmp_path / "tables.json"
    tables.write_text(json.dumps({"specialised_sme.main_share": 60}), encoding="utf-8")
    _status, verdict, _err = run("check", "specialised_sme", "--on", "2026-05-01", "--json")
    assert "specialised_sme.main_share" in [each["key"] for each in verdict["operator_numbers_not_set"]]
    _status, verdict, _err = run("check", "specialised_sme", "--on", "2026-05-01", "--tables", str(tables), "--json")
    assert "specialised_sme.main_share" not in [each["key"] for each in verdict["operator_numbers_not_set"]]
    tables.write_text(json.dumps({"specialised_sme.floor": 60}), encoding="utf-8")
    status, _out, err = run("check", "specialised_sme", "--tables", str(tables))
    assert (status, "specialised_sme.floor" in err) == (1, True)


def test_a_certificate_of_ten_million_taxable_is_worth_one_million_a_year(run: Run):
    profile = {"taxable_income": 10_000_000, "title_years": {}, "unabsorbed_losses": {}, "income_before_losses": 10_000_000, "cit_rate": 15}
    _status, found, _err = run("worth", "hnte", "--on", "2024-06-01", "--json", profile=profile)
    rate = next(each for each in found["unlocks"] if each["rule"] == "hnte_rate")
    assert (rate["worth_a_year"], rate["with"]) == (1_000_000, "eligible")
    assert found["worth_a_year"] == 1_000_000


def test_a_rule_title_or_level_that_does_not_exist_is_named_with_those_that_do(run: Run):
    for words in (("check", "tech-sme"), ("show", "nothing"), ("worth", "nobel"), ("nearest", "tech_sme", "--level", "A")):
        status, _out, err = run(*words)
        assert (words, status, bool(err)) == (words, 1, True)


def test_people_read_verdicts_as_text(run: Run):
    status, out, _err = run("check", "tech_sme", "--on", "2025-05-20", profile=FIRM)
    assert (status, "不符合 / not eligible" in out, "rd_staff 3 → 4" in out) == (0, True, True)
    assert run("list")[0] == run("show", "hnte")[0] == run("check-all", profile={})[0] == 0


@pytest.mark.parametrize(
    "profile",
    [
        '{"sales": 1e999999}', '{"sales": [1e3000000, null]}', '{"sales": "1' + "0" * 5000 + '"}', '{"sales": 1' + "0" * 5000 + "}",
        '{"employees": ' + "[" * 100_000 + "]" * 100_000 + "}", '{"employees": ' + "9" * 300_000 + "}", '{"employees": Infinity}',
    ],
)  # fmt: skip
def test_numbers_and_nestings_that_only_waste_time_are_refused_at_once(run: Run, profile: str):
    status, out, err = run("check", "tech_sme", profile=profile)
    assert (status, out, 0 < len(err) < 400) == (1, "", True)


def test_years_are_plain_years(run: Run):
    for year in ("²²²²", "20", "20240", "3000"):
        assert run("check", "loss_ten_years", "--on", "2025-01-01", profile={"title_years": {year: 1}})[0] == 1


def test_who_is_eligible_already_needs_no_way_and_a_level_of_another_edition_is_named_as_such(run: Run):
    _status, found, _err = run("nearest", "tech_sme", "--on", "2025-05-20", "--json", profile={**FIRM, "hnte_valid": True})
    assert (found["verdict"], found["ways"], found["why_no_way"]["en"]) == ("eligible", [], "it holds already: nothing has to change")
    _status, found, _err = run("nearest", "rd_super", "--on", "2025-01-01", "--level", "75", "--json", profile={})
    assert (found["ways"], "no such level" in found["why_no_way"]["en"]) == ([], True)
