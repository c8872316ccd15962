"""What the rules on loans ask: pledged rights, rates, interest paid, the first loan and when the firm got its title."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import date, each, money, percentage, yes_no

dishonest_list = yes_no(
    "dishonest_list", t("是否被列入严重失信主体名单", "on the list of seriously dishonest entities (not that of abnormal operations)")
)

pledge_registered = yes_no("pledge_registered", t("知识产权质押是否已登记", "the pledge of intellectual property is registered"))
loan_repaid_on = date("loan_repaid_on", t("知识产权质押贷款还清本息之日", "day on which the pledge loan and its interest were repaid"))
loan_rate = percentage("loan_rate", t("贷款实际年利率", "yearly rate of the loan"), high=100, change=each(1_000, step=100, up=False))
loan_lpr = percentage("loan_lpr", t("签订贷款合同时的一年期 LPR", "one-year loan prime rate when the contract was signed"), high=100)
loan_interest = money(
    "loan_interest",
    t(
        "当年为该贷款实际支付的利息（不含逾期利息；测算时为本金×年利率×年数）",
        "interest paid for the loan in the year, none of it for late payment (for a plan: principal × rate × years)",
    ),
)
ip_share = percentage("ip_share", t("贷款中知识产权质押部分所占比例", "part of the loan that intellectual property stands for"), high=100)
pledge_fees = money("pledge_fees", t("为该贷款支付的评估费、担保费等", "fees paid for appraisal, guarantee and the like for the loan"))

small_or_medium = yes_no(
    "small_or_medium", t("是否符合中小微企业划型标准", "a micro, small or medium firm by the national standard of size")
)
no_earlier_loan = yes_no(
    "no_earlier_loan", t("放款时企业征信报告是否没有贷款记录", "the firm's credit report showed no loan when the money was paid out")
)
loan_centre = yes_no(
    "loan_centre",
    t("是否在北京市贷款服务中心办理或经其推送", "handled at, or passed on by, the city's loan service centre"),
)
similar_aid = yes_no(
    "similar_aid", t("该笔贷款是否已获其他同类市级财政资金支持", "the loan already has other municipal support of the same kind")
)
first_drawn_on = date("first_drawn_on", t("首次贷款的首次提款（放款）日", "day of the first draw of the first loan"))
first_loan_amount = money("first_loan_amount", t("首次贷款的单笔贷款金额", "amount of the first loan, as contracted"))
first_loan_drawn = money("first_loan_drawn", t("首次贷款的实际提款金额", "amount drawn of the first loan"))
first_year_interest = money(
    "first_year_interest",
    t(
        "自首次提款起 12 个月内已支付的利息（不含逾期利息）",
        "interest paid for the 12 months from the first draw, none of it for late payment",
    ),
)
innovative_sme_at_draw = yes_no(
    "innovative_sme_at_draw",
    t(
        "首次提款时是否已是创新型中小企业，或在其后 12 个月内被认定",
        "an innovative SME when the first loan was first drawn, or recognised as one within the twelve months after it",
    ),
)
interest_before_title = money(
    "interest_before_title",
    t(
        "其中被认定为创新型中小企业之前产生的利息（首次提款时已认定，或一直未认定的，填 0）",
        "of it, interest that arose before the firm became an innovative SME (0 if it was one at the first draw, or is none)",
    ),
)
hard_hit_trade = yes_no(
    "hard_hit_trade",
    t(
        "是否属于经认定的餐饮、零售、旅游、民航、公路铁路运输企业",
        "recognised as a firm of catering, retail, tourism, aviation, road or rail transport",
    ),
)
