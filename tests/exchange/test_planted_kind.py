"""Adding “wet-lab bench” is adding one file: form, filter, table, spreadsheet, addresses and docs have it with no other change."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fuhua.config.reference import listings as reference
from fuhua.exchange.kinds import listings as kinds
from fuhua.exchange.models import Listing
from fuhua.kernel.registry import Registry

PLANT = '''"""Wet-lab bench (湿实验台), by the month."""

from fuhua.exchange.kinds.spec import Example, Field, Kind
from fuhua.kernel.words import t

SPEC = Kind(
    code="wet_lab_bench", label=t("湿实验台", "wet-lab bench"), why=t("共享实验台", "shared benches"), front="slot", price="month",
    fields=(
        Field("hood", t("通风橱", "fume hood"), "yes", fits="same", hard=True, filter=True, required=True),
        Field("width", t("台面宽度", "bench width"), "number", unit=t("cm", "cm"), fits="at_least", filter=True),
        Field("samples", t("样品", "samples"), "long", sealed=True),
    ),
    examples=(Example({"width": "120"}, {"width": "150"}, True, ("台面宽度：150 cm ≥ 120 cm",)),),
)
'''


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The one file, dropped into the folder of kinds."""
    (tmp_path / "wet_lab_bench.py").write_text(PLANT, "utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    monkeypatch.setattr(kinds, "_KINDS", Registry("kinds of listing", key=lambda kind: kind.code))
    yield
    sys.modules.pop(f"{kinds.__name__}.wet_lab_bench", None)


def test_a_kind_that_was_dropped_in_is_posted_filtered_listed_exported_and_documented(bench: None, firm: Any, client_for: Any) -> None:
    _house, account = firm("北京湿台科技有限公司")
    client = client_for(account)
    new = "/exchange/new/?side=offer&kind=wet_lab_bench"
    assert "台面宽度（cm）" in client.get(new).content.decode()
    party = str(_house.pk)
    for title, width, hood in (("一号台", "150", "yes"), ("二号台", "90 cm", "no")):
        answer = client.post(new, {"title": title, "width": width, "hood": hood, "samples": "菌种", "party": party, "audience": "public",
                                   "owner": str(account.party_id), "open": "1"})
        assert answer.status_code == 302
    assert list(Listing.objects.order_by("pk").values_list("title", "state", "spec", "sealed")) == [
        ("一号台", "open", {"hood": True, "width": "150"}, {"samples": "菌种"}),
        ("二号台", "open", {"hood": False, "width": "90"}, {"samples": "菌种"})]
    wide = "?side=offer&kind=wet_lab_bench&width=120"
    page = client.get(f"/exchange/{wide}").content.decode()
    assert [word in page for word in ("台面宽度 ≥", "150 cm", "一号台", "二号台", "菌种")] == [True, True, True, False, False]
    table = b"".join(client.get(f"/exchange/listings.csv{wide}").streaming_content).decode()
    assert [line.split(",")[3:4] + line.split(",")[9:] for line in table.lstrip("\ufeff").splitlines()] == [
        ["标题", "通风橱", "台面宽度（cm）"], ["一号台", "是", "150"]]
    found = client.get(f"/api/exchange/listings/?{wide[1:]}").json()["listings"]
    assert [(each["title"], each["spec"], each["confidential"]) for each in found] == [
        ("一号台", {"hood": True, "width": "150"}, ["samples"])]
    assert "wet_lab_bench" in [each["code"] for each in client.get("/api/exchange/kinds/").json()["kinds"]]
    assert "## `wet_lab_bench` 湿实验台 · wet-lab bench" in reference.page()
