"""What search engines ask first: robots.txt, and the map of every page that is open to everybody and worth finding."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fuhua.exchange.actions.listings import url_of
from fuhua.exchange.queries import listings
from fuhua.front import access
from fuhua.kernel.page import page
from fuhua.kernel.words import t


class _Listings(Sitemap):
    """Open listings whose audience is everybody."""

    def items(self) -> Any:
        return listings.public().only("pk", "changed_at")

    def location(self, item: Any) -> str:
        return url_of(item)

    def lastmod(self, item: Any) -> Any:
        return item.changed_at


_MAPS = {"listings": _Listings}


@page("robots.txt", name="front:robots", can=access.PUBLIC, title=t("搜索引擎规则", "Rules for search engines"))
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; where the map is."""
    rules = ("User-agent: *", "Disallow: /account/", "Disallow: /api/", f"Sitemap: {request.build_absolute_uri(reverse('front:sitemap'))}")
    return HttpResponse("\n".join(rules) + "\n", content_type="text/plain; charset=utf-8")


@page("sitemap.xml", name="front:sitemap", can=access.PUBLIC, title=t("网站地图", "Map of the site"))
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the maps; each lists 50,000 addresses at most."""
    return views.index(request, _MAPS, sitemap_url_name="front:sitemap_part")


@page("sitemap-<slug:section>.xml", name="front:sitemap_part", can=access.PUBLIC, title=t("网站地图的一部分", "A part of the map"))
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """One map."""
    return views.sitemap(request, _MAPS, section=section)
