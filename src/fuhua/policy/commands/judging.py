"""`policy check`, `check-all`, `nearest` and `worth`: what the rules say of the profile on standard input."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from fuhua.kernel.command import CommandError, command
from fuhua.policy import catalog, told
from fuhua.policy.commands import reading
from fuhua.policy.commands.reading import line, print_json
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.reasoning.ways import nearest
from fuhua.policy.titles import TITLES, worth
from fuhua.policy.words import EVIDENCE, FIRM, SUBJECTS, VERDICTS


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=reading.date, default=None, help="判断日 day of judging, e.g. 2026-04-01 (default: today in Beijing)")
    parser.add_argument("--tables", type=Path, help="管理人员设定的参数（JSON） numbers set by the operator, as JSON")
    parser.add_argument("--json", action="store_true", help="输出 JSON as JSON")


def _one(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", help="规则代码 key of the rule, e.g. tech_sme")
    _common(parser)


@command("policy check", help="按一条规则判断标准输入中的资料（JSON） judge the JSON profile on standard input by a rule", arguments=_one)
def check(options: argparse.Namespace) -> int:
    """One verdict, clause by clause."""
    one = reading.rule(options.rule)
    known = reading.profile()
    verdict = judge(one, known, options.on or reading.today(), reading.tables(options.tables, [one]))
    if options.json:
        print_json({**told.verdict(verdict), "not_asked": told.not_asked(one, known)})
    else:
        _print(verdict, told.not_asked(one, known))
    return 0


def _all(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--subject", choices=sorted(SUBJECTS), default="venture", help="主体类别 sort of subject (default: venture)")
    _common(parser)


@command(
    "policy check-all",
    help="按全部规则判断标准输入中的资料（JSON） judge the profile by every rule for its sort of subject",
    arguments=_all,
)
def check_all(options: argparse.Namespace) -> int:
    """One verdict a rule; the profile may hold any input that some rule asks for."""
    rules = [each for each in catalog.rules() if each.subject == options.subject]
    known, tables = reading.profile(), reading.tables(options.tables, rules)
    verdicts = [judge(each, known, options.on or reading.today(), tables) for each in rules]
    if options.json:
        print_json([told.verdict(each) for each in verdicts])
        return 0
    for each in verdicts:
        lacks = ", ".join(one.name for one in each.missing[:4])
        print(f"{VERDICTS[each.answer].zh:<8}{each.rule.key:<24}{line(each.rule.name)}" + (f"  ← {lacks}" if lacks else ""))
    return 0


def _nearest(parser: argparse.ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("--level", help="想达到的等级 the level to reach")
    parser.add_argument("--costs", type=Path, help="各项改变的步长和成本（JSON） steps and costs of changes, as JSON")
    parser.add_argument("--most", type=int, default=3, help="最多几种办法 how many ways at most (default: 3)")


@command("policy nearest", help="最小的改变：怎样才能符合 the smallest change that makes it eligible", arguments=_nearest)
def nearest_way(options: argparse.Namespace) -> int:
    """The cheapest ways to yes, and whether the first is proved cheapest."""
    one = reading.rule(options.rule)
    on, tables = options.on or reading.today(), reading.tables(options.tables, [one])
    known = reading.profile()
    levels = {level.key for edition in one.editions for level in edition.levels}
    if options.level is not None and options.level not in levels:
        raise CommandError(f"没有等级 no level “{options.level}”; 可选 one of: {', '.join(sorted(levels)) or '—'}")
    if options.most < 1:
        raise CommandError("--most 至少为 1 / is at least 1")
    near = nearest(one, known, on, tables, reading.costs(options.costs), level=options.level, most=options.most)
    verdict = judge(one, known, on, tables)
    if options.json:
        print_json({"rule": one.key, "on": on, "verdict": verdict.answer, **told.nearest(near)})
        return 0
    print(f"{VERDICTS[verdict.answer].zh} / {VERDICTS[verdict.answer].en}")
    for way in told.nearest(near)["ways"]:
        changes = "; ".join(f"{each['input']} {each['from']} → {each['to']}" for each in way["changes"])
        when = f"  不早于 not before {way['not_before']}" if way["not_before"] else ""
        print(f"  {changes or '—'}  ({way['cost']} 元){when}")
    if near.why is not None:
        print(f"  {line(near.why)}")
    return 0


def _worth(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", help=f"称号 title: {', '.join(TITLES)}")
    _common(parser)


@command("policy worth", help="一个称号带来什么、每年值多少 what a title would unlock, and its worth a year", arguments=_worth)
def worth_of_title(options: argparse.Namespace) -> int:
    """What the title would open for the profile on standard input."""
    title = TITLES.get(options.title)
    if title is None:
        raise CommandError(f"没有称号 no title “{options.title}”; 可选 one of: {', '.join(TITLES)}")
    rules = [each for each in catalog.rules() if each.subject == title.subject]
    found = worth(title, reading.profile(), options.on or reading.today(), reading.tables(options.tables, rules))
    data = told.worth(found)
    if options.json:
        print_json(data)
        return 0
    print(
        f"{line(title.text)}: {data['worth_a_year']} 元/年 yuan a year"
        + ("" if found.whole else "  (资料不全，仅为已知部分 what is known only)")
    )
    if data["assumes"] is not None:
        print(f"  {data['assumes']['zh']} / {data['assumes']['en']}")
    for each in data["unlocks"]:
        print(f"  {each['rule']:<20} {each['how']['zh']}  {_gain(each)}")
    return 0


def _gain(unlocked: dict[str, Any]) -> str:
    if unlocked["worth_a_year"] is not None:
        return f"{unlocked['worth_a_year']} 元/年"
    return f"缺 lacks {', '.join(unlocked['lacks'][:4])}" if unlocked["lacks"] else unlocked["with"] or ""


def _print(verdict: Verdict, unasked: list[str]) -> None:
    data = told.verdict(verdict)
    print(
        f"{line(verdict.rule.name)}  {data['edition'] or '—'} {data['document'] or ''}\n{line(VERDICTS[verdict.answer])}"
        + (f"  {verdict.level}" if verdict.level else "")
    )
    if verdict.why is not None:
        print(line(verdict.why))
    if data["score"] is not None:
        print(f"得分 score {data['score']['least']}–{data['score']['most']}")
    marks = {"met": "✓", "unmet": "✗", "unknown": "?"}
    for each in data["clauses"]:
        rests = "" if each["evidence"] in FIRM else f"  [{line(EVIDENCE[each['evidence']])}]"
        print(f"  {marks[each['state']]}{'*' if each['decides'] else ' '} {each['article']} {each['text']['zh']}  {_compared(each)}{rests}")
    for each in data["shortfalls"]:
        print(f"  → {each['input']} {each['has']} → {each['needs']} ({each['clause']})")
    if verdict.missing:
        print("缺少 missing: " + ", ".join(one.name for one in verdict.missing))
    if unasked:
        print("这条规则不问 not asked by this rule: " + ", ".join(unasked))
    for key, figure in data["figures"].items():
        print(f"  {key} = {figure['value']} {figure['unit']}  {figure['text']['zh']}")
    for note in data["notes"]:
        print(f"  * {note['zh']} / {note['en']}")


def _compared(clause: dict[str, Any]) -> str:
    if clause.get("op") is None or clause["actual"] is None:
        return ""
    return f"{clause['actual']} {clause['op']} {clause['bound']} {clause['unit'] or ''}"
