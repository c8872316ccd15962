"""The standard agreement (标准协议) as data: its version, its clauses in order, and the further terms that a front may add."""

from __future__ import annotations

from dataclasses import dataclass

from fuhua.kernel.words import Text, t

TEMPLATE = "FH-AGR-2026-1"  # a new wording gets a new version: what was signed names the one it used


@dataclass(frozen=True)
class Clause:
    """One article: its heading and paragraphs, in which ``{pay_days}``, ``{first}`` (buyer) and ``{second}`` are filled in."""

    code: str
    heading: Text
    paragraphs: tuple[Text, ...]


CLAUSES: tuple[Clause, ...] = (
    Clause("payment", t("付款", "Payment"), (
        t("甲方应自全部交付物验收合格之日起 {pay_days} 日内，将合同价款支付至乙方书面指定的银行账户，并不得以收到第三方款项为付款条件。",
          "The buyer pays the price within {pay_days} days of the acceptance of all deliverables to the account that the provider names in "
          "writing, and does not make payment depend on money from a third party."),
        t("双方通过银行直接结算。孵化平台不代收、不代付、不保管任何款项，仅记录双方或银行提供的付款凭证编号。",
          "The two settle through their banks. The platform neither collects, pays out nor holds money; it records the references of "
          "payments that they or a bank give."),
    )),
    Clause("acceptance", t("交付与验收", "Delivery and acceptance"), (
        t("乙方按第三条所列期限交付，甲方按所列标准在收到交付物之日起 10 个工作日内验收。不合格的，甲方应书面说明原因，乙方应重新交付。",
          "The provider delivers by the days of article 3; within 10 working days of delivery the buyer accepts by the tests stated there. "
          "If a test is failed the buyer gives the reason in writing and the provider delivers again."),
        t("各项交付物可以分别验收。", "Deliverables may be accepted one by one."),
    )),
    Clause("confidentiality", t("保密", "Confidentiality"), (
        t("未经对方书面同意，任何一方不得将因履行本协议知悉的对方技术、样品、数据和商业信息用于本协议以外的目的或向第三方披露；"
          "本条在协议终止后三年内有效。",
          "Neither side uses what it learns of the other’s technology, samples, data and business for another purpose, or "
          "discloses it, without written consent; this holds for three years after the agreement ends."),
    )),
    Clause("rights", t("知识产权", "Intellectual property"), (
        t("双方各自原有的知识产权不因本协议转移。除另有书面约定外，甲方支付全部价款后，专为甲方完成的成果和数据归甲方所有，"
          "乙方的通用方法和工具归乙方所有。",
          "What each side owned before stays its own. Unless agreed otherwise in writing, results and data made for the buyer belong to "
          "the buyer once the price is paid; the provider keeps its general methods and tools."),
    )),
    Clause("change", t("变更", "Changes"), (
        t("对内容、价款、期限的变更应由双方书面确认，并重新签署。",
          "Changes of scope, price or time are confirmed by both in writing and signed anew."),
    )),
    Clause("breach", t("违约责任", "Breach"), (
        t("乙方逾期交付或甲方逾期付款的，每逾期一日，按逾期部分对应价款的万分之五支付违约金，累计不超过该部分价款的百分之十。",
          "Whoever delivers or pays late owes 0.05% a day of the price of what is late, up to 10% of it."),
    )),
    Clause("dispute", t("争议解决", "Disputes"), (
        t("双方应先协商，可请平台服务管家调解；协商或者调解不成的，向甲方住所地有管辖权的人民法院起诉。",
          "The two first talk, and may ask a broker of the platform to mediate; failing that they sue at the competent court of the "
          "buyer’s domicile."),
    )),
    Clause("signing", t("签署与生效", "Signing"), (
        t("本协议以电子形式签署，自双方签署之日起生效。平台对双方签署的文本加盖电子封签，文本摘要（SHA-256）留存备查，任何改动均可被发现。",
          "The agreement is signed electronically and in force once both have signed. The platform seals the signed text and keeps its "
          "SHA-256 digest, so that any change shows."),
    )),
)

SIDES, SCOPE, DUE = t("双方", "The two sides"), t("内容与价款", "Scope and price"), t("交付物与验收标准", "Deliverables and tests")
HEADS = {  # of the tables of the first three articles
    SIDES: t("单位、统一社会信用代码、联系人", "organisation, credit code, contact"),
    SCOPE: t("序号、内容、数量、单位、单价（元）、金额（元）", "number, item, quantity, unit, price (yuan), amount (yuan)"),
    DUE: t("序号、交付物、验收标准、期限", "number, deliverable, test, due"),
}
TOTAL = t("合同价款合计：人民币 {total}（大写：{capitals}）。", "The price is {total} in all ({capitals}).")
SIGNATURES = t("签署页", "Signatures")
NOTE = t("本页为编号 {number} 协议的签署页，无正文。", "This page is for the signatures under agreement {number}; it has no text.")
BOX = t("双方签署后，平台在此处加盖电子封签，并注明签署人与签署时间。",
        "Once both have signed the platform puts its seal here, with who signed and when.")
MORE = t("其他约定", "Further terms")
FURTHER: dict[str, Text] = {  # terms that a front adds, by code; others are not printed
    "baseline": t("现状基线", "baseline"),
    "site": t("场地限制", "limits of the site"),
    "data": t("数据使用限制", "limits of data use"),
    "safety": t("安全要求", "safety"),
    "approval": t("现场安全批准", "approval of the site’s safety"),
    "success": t("成功标准", "test of success"),
    "decides": t("决定日期", "decision date"),
    "if_success": t("达标后的安排", "if it succeeds"),
    "procurement": t("采购方式", "procurement route"),
    "vat": t("价格含增值税，税率", "value-added tax included, at"),
    "sample_days": t("先交样品，验收合格后交付其余部分；交样时间（日）",
                     "a sample first, the rest once it is accepted; the sample in days"),
    "lead_days": t("交期（日）", "lead time in days"),
    "note": t("其他约定", "further terms"),
}
