"""`policy list` and `policy show`: the rules there are, and what one asks, says and rests on."""

from __future__ import annotations

import argparse

from fuhua.kernel.command import command
from fuhua.policy import catalog, told
from fuhua.policy.commands.reading import line, print_json, rule
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.words import EVIDENCE, SUBJECTS, TOPICS, UNITS


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--topic", choices=sorted(TOPICS), help="只列一类 one topic only")
    parser.add_argument("--subject", choices=sorted(SUBJECTS), help="只列一类主体 for one sort of subject only")
    parser.add_argument("--json", action="store_true", help="输出 JSON as JSON")


@command("policy list", help="列出政策规则 list the policy rules", arguments=_list_arguments)
def list_rules(options: argparse.Namespace) -> int:
    """Every rule by topic, with the documents of its editions."""
    found = [each for each in catalog.rules() if options.topic in (None, each.topic) and options.subject in (None, each.subject)]
    if options.json:
        print_json([told.brief(each) for each in found])
        return 0
    for topic, name in TOPICS.items():
        mine = [each for each in found if each.topic == topic]
        if mine:
            print(f"\n{line(name)}")
        for each in mine:
            documents = "; ".join(dict.fromkeys(one.source.number for one in each.editions))
            print(f"  {each.key:<24} {line(each.name)}  [{each.subject}] {documents}")
    return 0


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", help="规则代码 key of the rule, e.g. tech_sme")
    parser.add_argument("--json", action="store_true", help="输出 JSON as JSON")


@command(
    "policy show",
    help="查看一条规则的输入、版本、条款和来源 show a rule’s inputs, editions, clauses and sources",
    arguments=_show_arguments,
)
def show(options: argparse.Namespace) -> int:
    """One rule in full."""
    one = rule(options.rule)
    if options.json:
        print_json(told.rule(one))
        return 0
    _print(one)
    return 0


def _print(one: Rule) -> None:
    print(f"{one.key}  {line(one.name)}\n{line(one.about)}\n选择版本的日期 chosen by: {line(one.chosen_by.text)}\n\n输入 inputs:")
    for each in one.inputs:
        codes = f" ({', '.join(each.choices)})" if each.choices else ""
        print(f"  {each.name:<28} {each.kind:<8} {UNITS[each.unit].zh:<6} {line(each.meaning)}{codes}")
    for edition in one.editions:
        span = f"{edition.since or '…'} – {edition.until or '…'}"
        print(f"\n版本 edition {edition.key}: {span}  {edition.source.number} {line(edition.source.title)}")
        for leaf in edition.leaves:
            print(f"  {leaf.key:<26} {leaf.clause.article}  {line(leaf.clause.text)}  [{line(EVIDENCE[leaf.clause.evidence])}]")
        for term in edition.operators:
            print(f"  参数 operator number {term.key} ({UNITS[term.unit].zh}): {line(term.meaning)}")
        for note in edition.notes:
            print(f"  * {line(note.text)}")
