"""The main menu: every place in it can be drawn."""

from __future__ import annotations

from fuhua.kernel.page import PAGES
from fuhua.kernel.ui.icons import ICONS


def test_each_menu_place_has_an_icon_that_exists(client):
    client.get("/language/")  # the URL table, and with it every page, is loaded on the first request
    icons = {page.name: page.menu.icon for page in PAGES if page.menu}
    assert len(icons) >= 8
    assert {name: icon for name, icon in icons.items() if icon not in ICONS} == {}
