"""What people call the fields of facts."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

FIELDS: dict[str, Text] = {
    "about": t("针对", "about"), "acquired": t("购置日期", "acquired on"), "affiliation": t("与所有者关系", "relation to the owner"),
    "amount": t("金额", "amount"), "answer": t("答复", "answer"), "ask": t("事项", "case"),
    "asked": t("询问对象", "asked of"), "basis": t("依据", "basis"),
    "became": t("转为", "became"), "because": t("原因", "because"), "changed": t("变更条数", "changed"), "changes": t("改动", "changes"),
    "gained": t("新增符合", "gained"), "lost": t("不再符合", "lost"),
    "coach": t("辅导方", "coach"),
    "code": t("代码", "code"), "columns": t("列数", "columns"), "committed": t("认缴金额", "committed"),
    "content": t("内容摘要", "content digest"),
    "country": t("国家或地区", "country"), "day": t("日期", "day"), "decisions": t("决定项数", "decisions"),
    "definition": t("定义版本", "definition"),
    "delta": t("变化幅度", "change"), "direction": t("方向", "direction"), "district": t("所在区", "district"),
    "doubts": t("存疑处", "doubts"),
    "due": t("期限", "due"), "early": t("早期基金", "early-stage"), "edition": t("方案版本", "edition"), "end": t("止", "until"),
    "entity": t("落地主体", "entity"), "evidence": t("凭据", "evidence"), "expires": t("到期", "expires"), "fee": t("费用", "fee"),
    "field": t("领域", "field"), "former": t("原值", "former"), "from_funds": t("来自其他基金", "from other funds"),
    "from_host": t("输出方", "from"), "handler": t("承办", "handled by"), "high": t("最大值", "at most"),
    "holder": t("受托方", "held by"), "host": t("孵化载体", "host"),
    "incubator": t("孵化器", "incubator"), "independent": t("独立测评", "independent"), "indicator": t("指标", "indicator"),
    "input": t("资料项", "input"), "inputs": t("所依据的资料", "what it saw"),
    "into": t("并入", "into"), "issuer": t("签发", "issued by"), "items": t("条目数", "items"), "lead": t("牵头单位", "lead"),
    "level": t("等级", "level"), "low": t("最小值", "at least"),
    "measure": t("举措", "measure"), "measures": t("举措数", "measures"), "meeting": t("会议", "meeting"), "metric": t("统计项", "metric"),
    "millionths": t("数值（百万分之一）", "value in millionths"),
    "minutes": t("时长（分钟）", "minutes"), "month": t("第几个月", "month"), "new": t("新增条数", "new"),
    "novelty": t("新建或扩建", "new or extended"),
    "office": t("职务", "office"), "on": t("日期", "on"), "on_time": t("按时", "on time"), "organisation": t("组织", "organisation"),
    "other": t("对方", "other"), "owner": t("所有者", "owner"), "paper": t("资料", "paper"),
    "party": t("主体", "party"), "payer": t("出资人", "paid by"),
    "payer_fund": t("出资基金类型", "kind of paying fund"),
    "person": t("人员", "person"), "project": t("项目", "project"), "proof": t("凭证", "proof"), "reader": t("查阅方", "reader"),
    "readings": t("读数条数", "readings"), "reason": t("原因", "reason"), "result": t("结果", "result"), "role": t("角色", "role"),
    "roster": t("名册", "roster"), "rule": t("规则", "rule"), "scope": t("范围", "scope"), "share": t("比例", "share"),
    "since": t("自何日起", "since"),
    "sort": t("类别", "sort"), "source": t("来源", "source"), "split": t("成绩分享", "split"), "stage": t("阶段", "stage"),
    "start": t("起", "from"), "stay": t("入驻方式", "kind of stay"), "subject": t("主体", "subject"), "supersedes": t("替代", "supersedes"),
    "target": t("对方", "with"), "targets": t("目标数", "targets"), "task": t("任务", "task"), "thing": t("事项", "thing"),
    "tenant": t("在孵企业", "tenant"), "tie": t("关系", "tie"),
    "tier": t("层级", "tier"), "title": t("称号", "title"), "to_park": t("承接方", "to"), "unchanged": t("未变条数", "unchanged"),
    "unit": t("单位", "unit"), "user": t("使用方", "used by"), "value": t("数值", "value"), "venture": t("被投企业", "venture"),
    "verb": t("操作", "verb"), "verdict": t("结论", "verdict"),
    "verifier": t("核验单位", "verified by"), "version": t("版本", "version"), "waiting": t("待确认条数", "waiting"),
    "worth": t("每年价值", "worth a year"), "wrong": t("待改条数", "wrong"),
    "year": t("年度", "year"),
    # of needs, offers and deals
    "budget": t("预算", "budget"), "buyer": t("购买方", "buyer"), "days": t("天数", "days"), "deal": t("协议", "deal"),
    "front": t("成交方式", "how it came about"), "item": t("第几项", "item"), "need": t("需求", "need"), "offer": t("供给", "offer"),
    "provider": t("提供方", "provider"), "public": t("财政资金", "public money"), "side": t("一方", "side"), "state": t("状态", "state"),
    "teller": t("由谁填报", "told by"), "total": t("合同价款", "total"), "tries": t("第几次", "try"), "until": t("有效至", "holds until"),
    "whole": t("全部验收", "everything accepted"),
    "broker": t("撮合人", "broker"), "count": t("项数", "how many"), "outcome": t("进展", "what came of it"),
    # of requests for quotes and pools
    "excluded": t("未邀请家数", "left out"), "invention": t("专利情况", "patent"), "invited": t("受邀家数", "asked"),
    "lines": t("报价项数", "rows priced"), "members": t("成员数", "members"), "missing": t("缺项数", "rows missing"),
    "pool": t("拼单", "pool"), "quantity": t("数量", "quantity"),
    # of bookings
    "platform": t("专业平台", "platform"), "stops": t("是否停用", "out of use"),
    # of mentoring
    "session": t("辅导", "session"), "mentee": t("被辅导方", "mentee"), "part": t("内容", "part"), "done": t("已完成项数", "done"),
    "open": t("未完成项数", "not done"), "against": t("相左的一次", "contradicts"), "choice": t("取舍", "choice"),
    # schemes
    "closes": t("截止日", "closes on"), "seal": t("种子摘要", "seal of the seed"), "call": t("申报通知", "call"),
    "applicant": t("申报单位", "applicant"), "contested": t("有异议项数", "contested"), "number": t("序号", "number"),
    "clauses": t("条款数", "clauses"), "matched": t("配套承诺", "match committed"), "application": t("申报", "application"),
    "city_amount": t("市级资金", "city’s money"), "district_amount": t("区级资金", "district’s money"),
    "milestones": t("里程碑数", "milestones"), "starts": t("起", "starts"), "ends": t("止", "ends"),
    "reached": t("完成数", "reached"), "least": t("至少", "at least"), "counted": t("系统计数", "counted"), "owed": t("应拨", "owed"),
    "change": t("变更", "change"), "steward": t("管家", "steward"), "cover": t("代管", "as cover"), "asks": t("移交事项数", "cases moved"),
    "by_task": t("续签任务书", "renewed by"), "quarter": t("季度", "quarter"), "missed": t("未完成次数", "missed"),
    "valuation": t("估值", "valuation"), "numerator": t("股比分子", "numerator of the share"),
    "denominator": t("股比分母", "denominator of the share"), "why": t("回避事由", "ground"), "most": t("最多", "at most"),
    "senior": t("资深", "senior"), "applications": t("申报数", "applications"), "worst": t("最低一份的匹配", "worst-off application"),
    "proved": t("已证最优", "proved optimal"), "moved": t("改派数", "moved"), "round": t("轮次", "round"),
    "reviews": t("评审数", "reviews"), "mean": t("平均分", "mean"), "spread": t("分差", "spread"),
    "first": t("首日", "first day"), "last": t("末日", "last day"),
    "awards": t("立项数", "awards"), "upheld": t("异议成立", "upheld"),
    "appeal": t("重新评审", "appeal"), "pivot": t("调整内容", "what the pivot touches"), "lesson": t("经验教训", "lesson"),
    # cultivation
    "assessor": t("测评人", "assessor"), "line": t("测评项", "line"), "hundredths": t("数值（百分之一）", "value in hundredths"),
    "score": t("总分", "score"), "gaps": t("差距项数", "gaps"), "appraisal": t("测评", "appraisal"), "step": t("改革事项", "approval"),
    # talents
    "origin": t("来自", "comes from"), "via": t("加入方式", "how they joined"), "practised_at": t("实训企业", "practicum at"),
    "tutor": t("带教导师", "tutor"), "practicum": t("实训", "practicum"), "credential": t("证书", "credential"),
    "serial": t("证书编号", "number of the credential"), "placement": t("到岗", "placement"), "still": t("是否在岗", "still employed"),
    "shown": t("是否公开姓名", "name shown"), "venture_result": t("实训企业评价", "the venture’s assessment"),
    "tutor_result": t("导师评价", "the tutor’s assessment"),
}
MEDIA: dict[str, Text] = {
    "application/pdf": t("PDF 文件", "PDF"), "text/plain": t("文本文件", "text file"), "text/csv": t("CSV 表格", "CSV table"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": t("Excel 工作簿", "Excel workbook"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": t("Word 文档", "Word document"),
    "image/png": t("图片", "picture"), "image/jpeg": t("图片", "picture"), "application/zip": t("压缩包", "archive"),
}
YES, NO = t("是", "yes"), t("否", "no")
ENGINES: dict[str, Text] = {
    "capital": t("资金", "Funds and money"), "exchange": t("专业平台", "Professional platforms"),
    "journey": t("入驻、认定、落地、离岸、接力与走出去", "Stays, titles, landings, offshore units, relays and business abroad"),
    "schemes": t("任务书、梯次、提升与金种子", "Agreements, tiers, uplift and gold seeds"),
}
THINGS: dict[str, Text] = {
    "landing": t("落地案例", "landing case"), "programme": t("行动方案", "programme"), "city": t("全市", "city"),
    "call": t("申报通知", "call"), "application": t("申报", "application"), "agreement": t("任务书", "task agreement"),
    "change": t("变更", "change request"), "objection": t("异议", "objection"), "field": t("未来产业领域", "future field"),
    "mentoring": t("辅导", "mentoring session"),
    "appraisal": t("测评", "appraisal"), "uplift": t("提升方案", "plan of uplift"), "appeal": t("申诉", "appeal"),
    "vacancy": t("岗位", "vacancy"),
    "practicum": t("实训", "practicum"), "credential": t("证书", "credential"), "placement": t("到岗", "placement"),
}
