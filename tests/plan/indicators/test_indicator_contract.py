"""What every indicator file promises: its examples, labels in both languages, and a judge that is pure."""

from __future__ import annotations

import ast
import copy
import inspect
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.indicators.telling import ON, records_of, tales, told

from fuhua.evidence.proof.figure import COUNTED, INDICATORS, Example, Indicator, Terms, judged
from fuhua.kernel.words import Text
from fuhua.plan import indicators
from fuhua.plan.indicators.imagined import TERMS

CODES = [f"I{number}" for number in range(1, 12)]
MAY_IMPORT = ("fuhua.kernel.", "fuhua.evidence.proof.", "fuhua.plan.indicators.")


def test_the_eleven_indicators_are_found_by_their_files() -> None:
    assert [spec.code for spec in INDICATORS if spec.code in CODES] == CODES


def _examples() -> list[tuple[Indicator, Example, str]]:
    return [
        (spec, example, version) for spec in map(INDICATORS.__getitem__, CODES) for example in spec.examples for version in example.expect
    ]


@pytest.mark.parametrize(("spec", "example", "version"), _examples(), ids=lambda value: getattr(value, "code", None))
def test_every_example_is_judged_as_it_says(spec: Indicator, example: Example, version: str) -> None:
    verdict = judged(spec.definition(version), records_of(example), example.on, example.terms)
    assert verdict is not None
    assert (verdict.state, verdict.amount, verdict.reason) == example.expect[version]


@pytest.mark.parametrize("code", CODES)
def test_every_definition_has_an_example_that_counts_and_one_that_does_not(code: str) -> None:
    spec = INDICATORS[code]
    assert len(spec.examples) >= 3
    assert any("the cheat" in example.name.en for example in spec.examples)
    for definition in spec.definitions:
        states = {example.expect[definition.version][0] == COUNTED for example in spec.examples if definition.version in example.expect}
        assert states == {True, False}, definition.version


@pytest.mark.parametrize("code", CODES)
def test_every_fact_of_an_example_is_possible_and_of_a_kind_that_is_read(code: str) -> None:
    spec = INDICATORS[code]
    for example in spec.examples:
        assert len({fact.subject for fact, _on in example.facts}) == 1
        for fact, _on in example.facts:
            fact.check()
            assert type(fact) in spec.reads


@pytest.mark.parametrize("code", CODES)
def test_everything_a_person_reads_is_there_in_both_languages(code: str) -> None:
    spec = INDICATORS[code]
    texts = [spec.name, spec.unit, spec.period, spec.baseline, spec.key, spec.attribution, spec.source, spec.blocks]
    texts += spec.reasons.values()
    texts += [text for definition in spec.definitions for text in (definition.label, definition.rule)]
    texts += [example.name for example in spec.examples]
    for text in texts:
        assert isinstance(text, Text)
        assert text.zh.strip()
        assert text.en.isascii() or "–" in text.en or "¥" in text.en or "“" in text.en
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh)


@pytest.mark.parametrize("path", sorted(Path(indicators.__path__[0]).glob("*.py")), ids=lambda path: path.stem)
def test_an_indicator_imports_facts_words_kernel_and_proof_and_nothing_else(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            name = f"{node.module}."
            assert (
                name.startswith(MAY_IMPORT) or name.endswith((".facts.", ".words.")) or node.module.split(".")[0] in sys.stdlib_module_names
            ), node.module
        elif isinstance(node, ast.Import):
            assert all(alias.name.split(".")[0] in sys.stdlib_module_names for alias in node.names)


@pytest.mark.parametrize("code", CODES)
def test_the_file_says_why_where_from_and_which_cheat(code: str) -> None:
    module = sys.modules[f"fuhua.plan.indicators.{_file_of(code)}"]
    for word in ("Why:", "Source:", "Cheat:"):
        assert word in (inspect.getdoc(module) or "")


def _file_of(code: str) -> str:
    stem = f"i{int(code[1:]):02d}_"
    return next(path.stem for path in Path(indicators.__path__[0]).glob(f"{stem}*.py"))


class _Untouchable:
    """A fact of a kind that the indicator did not ask for: looking into it fails."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the judge read .{name} of a kind outside its reads")


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_judge_is_pure_names_its_reasons_and_never_reads_other_kinds(code: str, data: st.DataObject) -> None:
    spec = INDICATORS[code]
    tale = data.draw(tales(spec, "urn:fuhua:case:a"))
    tale.sort(key=lambda record: (record.true_from, record.seq))
    before = copy.deepcopy(tale)
    for definition in spec.definitions:
        verdict = definition.judge(tale, ON, TERMS)
        assert definition.judge(tale, ON, TERMS) == verdict
        assert tale == before
        if verdict is not None:
            assert verdict.reason in spec.reasons
            assert verdict.records
            assert all(record in tale for record in verdict.records)
            assert len(verdict.records) == len({record.seq for record in verdict.records})
            assert (sum(share for _urn, share in verdict.credit) == 1) == (verdict.state == COUNTED)
        stranger = copy.copy(told(spec.examples[0].facts[0][0], ON, 99))
        stranger.fact = _Untouchable()
        assert definition.judge([stranger, *tale, stranger], ON, TERMS) == verdict


@pytest.mark.parametrize("code", [code for code in CODES if code not in ("I1", "I5", "I6")])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_new_never_happened_on_or_before_the_baseline_day(code: str, data: st.DataObject) -> None:
    spec = INDICATORS[code]
    tale = sorted(data.draw(tales(spec, "urn:fuhua:case:a")), key=lambda record: (record.true_from, record.seq))
    for definition in spec.definitions:
        verdict = definition.judge(tale, ON, Terms(since=ON))
        assert verdict is None or verdict.state != COUNTED
