"""The agreement on confidentiality (保密协议) that a provider accepts before it reads what a need keeps confidential."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

TEMPLATE = "nda-2025-1"
YEARS = 3  # how long the promise binds

TITLE = t("询价保密协议", "Agreement on confidentiality for quoting")
CLAUSES: tuple[Text, ...] = (
    t("保密信息：披露方在本次询价中标明保密并经平台开放的技术方案、图纸、样品与数量等内容。",
      "Confidential information: the technical content, drawings, samples and quantities that the disclosing side marks confidential in "
      "this request and opens through the platform."),
    t("用途：接收方仅为本次报价和由此订立的合同使用保密信息，不得用于其他目的，不得申请专利或作反向工程。",
      "Use: the receiving side uses it only for this quote and the contract that comes of it, for nothing else, files no patent on it and "
      "does not reverse-engineer it."),
    t("范围：接收方仅让确有必要的人员知悉并使其承担同等义务；不得转交分包方，除非披露方另行同意。",
      "Circle: only staff who need it learn of it, under the same duty; no subcontractor does unless the disclosing side agrees."),
    t("例外：已公开、已合法持有、独立开发取得，或依法必须披露的信息不在此限；依法披露前应先通知披露方。",
      "Exceptions: what is public, lawfully held already, developed independently, or must be disclosed by law; of the last the disclosing "
      "side is told first."),
    t("返还：未被选定或询价结束后，平台关闭查阅；接收方应在 10 个工作日内删除副本。",
      "Return: when not chosen or when the request ends, the platform closes access and the receiving side deletes copies within ten "
      "working days."),
    t("期限与责任：保密义务自接受之日起三年内有效；违约方赔偿由此造成的损失。适用中华人民共和国法律。",
      "Term and liability: the duty binds for three years from acceptance; whoever breaks it makes good the loss. The law of the People’s "
      "Republic of China applies."),
    t("查阅留痕：每次打开保密信息均由平台记录，披露方可以查看。",
      "Trace: every opening is logged by the platform for the disclosing side to see."),
)


def text(*, discloser: str, receiver: str, matter: str, number: str, on: str) -> str:
    """The agreement as it is kept, in both languages with Chinese in force: between whom, about which request, accepted on which day."""
    head = (f"{TITLE.zh} {TITLE.en}\n{number} · {TEMPLATE}\n\n"
            f"披露方 Disclosing: {discloser}\n接收方 Receiving: {receiver}\n询价事项 Matter: {matter}\n接受日期 Accepted: {on}\n\n")
    return head + "\n\n".join(f"{index}. {clause.zh}\n{clause.en}" for index, clause in enumerate(CLAUSES, 1)) + "\n"
