"""The agreement on confidentiality (保密协议): one text for a provider that is to quote, and for both sides of an introduction."""

from __future__ import annotations

from collections.abc import Sequence

from fuhua.kernel.words import Text, t

TEMPLATE = "nda-2026-1"
YEARS = 3  # how long the promise binds

TITLE = t("保密协议", "Agreement on confidentiality")
DISCLOSING, RECEIVING = t("披露方", "Disclosing"), t("接收方", "Receiving")
BOTH = t("披露方和接收方", "Disclosing and receiving")
CLAUSES: tuple[Text, ...] = (
    t("保密信息：披露方标明保密并经平台开放的技术方案、图纸、样品、数据与数量等内容；双方都披露的，互为披露方和接收方。",
      "Confidential information: the technical content, drawings, samples, data and quantities that the disclosing side marks confidential "
      "and opens through the platform; where both disclose, each is disclosing and receiving side."),
    t("用途：接收方仅为评估本次对接或报价和由此订立的合同使用保密信息，不得用于其他目的，不得申请专利或作反向工程。",
      "Use: the receiving side uses it only to assess this introduction or to quote, and for the contract that comes of it, for nothing "
      "else, files no patent on it and does not reverse-engineer it."),
    t("范围：接收方仅让确有必要的人员知悉并使其承担同等义务；不得转交分包方，除非披露方另行同意。",
      "Circle: only staff who need it learn of it, under the same duty; no subcontractor does unless the disclosing side agrees."),
    t("例外：已公开、已合法持有、独立开发取得，或依法必须披露的信息不在此限；依法披露前应先通知披露方。",
      "Exceptions: what is public, lawfully held already, developed independently, or must be disclosed by law; of the last the disclosing "
      "side is told first."),
    t("返还：未被选定，或对接、询价结束后，平台关闭查阅；接收方应在 10 个工作日内删除副本。",
      "Return: when not chosen, or when the introduction or request ends, the platform closes access and the receiving side deletes copies "
      "within ten working days."),
    t("期限与责任：保密义务自接受之日起三年内有效；违约方赔偿由此造成的损失。适用中华人民共和国法律。",
      "Term and liability: the duty binds for three years from acceptance; whoever breaks it makes good the loss. The law of the People’s "
      "Republic of China applies."),
    t("权利：披露不构成任何许可或转让。", "Rights: disclosure grants no licence and transfers nothing."),
    t("查阅留痕：每次打开保密信息均由平台记录，披露方可以查看，可作为争议证据。",
      "Trace: every opening is logged by the platform for the disclosing side to see, and may serve as evidence."),
)


def text(*, sides: Sequence[tuple[Text, str]], matter: str, number: str, on: str) -> str:
    """The agreement as it is kept, in both languages with Chinese in force: between whom, about what, accepted on which day."""
    between = "".join(f"{role.zh} {role.en}: {name}\n" for role, name in sides)
    head = f"{TITLE.zh} {TITLE.en}\n{number} · {TEMPLATE}\n\n{between}事项 Matter: {matter}\n接受日期 Accepted: {on}\n\n"
    return head + "\n\n".join(f"{index}. {clause.zh}\n{clause.en}" for index, clause in enumerate(CLAUSES, 1)) + "\n"
