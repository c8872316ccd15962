import datetime as dt, time, pytest, re, html
from django.utils import timezone
from fuhua.parties.actions.cast import ORGANISATIONS
from fuhua.journey.actions import stays, profiles
from fuhua.evidence.words import Grade
V=ORGANISATIONS["venture"].urn; I=ORGANISATIONS["incubator"].urn

@pytest.fixture
def clock(monkeypatch, at):
    class Clock:
        at=None
        def __call__(self): return self.at
    c=Clock(); c.at=at("2026-03-20"); monkeypatch.setattr(timezone,"now",c); return c

def text(r):
    if b"<main" not in r.content: return r.content.decode()
    txt=re.sub(r"<(script|style).*?</\1>","",r.content.decode().split("<main",1)[1].split("</main>")[0],flags=re.S); txt=re.sub(r"<[^>]+>"," ",txt); txt=re.sub(r"\s+"," ",txt)
    return html.unescape(txt[txt.find("页面标记"):] if 0 else txt)
TOLD={"resident_enterprise":True,"prohibited_trade":False,"major_accident":False,"environmental_offence":False,"research_misconduct":False,"abnormal_list":False,
"national_award":False,"provincial_rd_body":False,"led_standard":False,"employees":40,"rd_staff":3,"sales":"1000万元","costs":"900万元","assets":"1500万元","rd":"80万元","class_1":1,"class_2":0,
"class_1_high_value":0,"class_1_own":1,"main_growth":12,"debt_ratio":50,"emerging_product":True,"main_share":65,
"award_3y":False,"innovation_demo_firm":False,"ip_model_firm":False,"new_equity_3y":"0","hnte_valid":False,"registered_on":"2023-05-08","taxable_income":"60万元","quarterly_staff":40,"quarterly_assets":"1500万元","rd_expensed":"80万元","rd_amortised":0,"main_industry":"other","sales_1":"800万元","profit":"60万元","profit_1":"50万元"}
def test_smoke(clock, cast, client_of):
    f=client_of("founder")
    from fuhua.policy import catalog
    from fuhua.journey.queries import board
    t=time.time()
    profiles.answer(subject=V, values=TOLD, by=cast["founder"].party.urn, at=clock.at, on_behalf=V)
    print("answer",time.time()-t)
    t=time.time(); b=board.board(V, dt.date(2026,3,20)); print("board()",time.time()-t)
    for k,ls in b.by_standing.items(): print(k,[(l.rule.key,[o.name for o in l.verdict.missing][:6],[o.name for o in l.wanting]) for l in ls])
    print([o.name for o in b.questions])
    for n,u in (("board",f"/policy/of/{V}/"),("rule",f"/policy/of/{V}/rules/tech_sme/"),("ruleinno",f"/policy/of/{V}/rules/innovative_sme/"),("profile",f"/policy/of/{V}/profile/"),("apply",f"/policy/of/{V}/rules/innovative_sme/apply/"),("csv",f"/policy/of/{V}/policy.csv")):
            r=f.get(u);t=time.time(); r=f.get(u); print("=====",n,round(time.time()-t,3),len(r.content));
            __import__("pathlib").Path(f"/tmp/h/out_{n}.html").write_bytes(r.content); print(text(r)[:4500])
            assert r.status_code==200
