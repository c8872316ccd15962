"""Page assets: only the listed npm files are served, under versioned names, and only our own are hashed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from whitenoise import WhiteNoise

from fuhua.kernel.ui import assets

ROOT = Path(__file__).resolve().parents[2]
ECHARTS = "npm/echarts@9.8.7/echarts.min.js"
TABLER = "npm/@tabler/core@6.5.4/css/tabler.min.css"


@pytest.fixture
def packages(tmp_path: Path, settings) -> Path:
    """A project root with two small packages, locked at versions of our choosing."""
    for package, version in (("echarts", "9.8.7"), ("@tabler/core", "6.5.4")):
        for path in (*assets.ALLOWED[package], "dist/other.js"):
            file = tmp_path / "node_modules" / package / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"/* {package} {version} */ @import url(missing.css);" * 40, encoding="utf-8")
    locked = {"node_modules/echarts": {"version": "9.8.7"}, "node_modules/@tabler/core": {"version": "6.5.4"}}
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": locked}), encoding="utf-8")
    settings.NPM_ROOT = tmp_path
    settings.STATIC_URL = "/static/"
    return tmp_path


def test_the_project_locks_and_installs_every_listed_file():
    for name, file in assets.allowed_files(ROOT).items():
        assert file.is_file(), name


def test_an_allowed_file_is_found_under_its_locked_version(packages):
    assert assets.NpmFinder().find(ECHARTS) == str(packages / "node_modules/echarts/dist/echarts.min.js")
    assert assets.NpmFinder().find(TABLER, find_all=True) == [
        str(packages / "node_modules/@tabler/core/dist/css/tabler.min.css")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "npm/echarts@9.8.7/other.js",
        "npm/echarts@9.8.6/echarts.min.js",
        "npm/echarts/echarts.min.js",
        "npm/echarts@9.8.7/../../package-lock.json",
        "npm/echarts@9.8.7/../echarts@9.8.7/echarts.min.js",
        "/etc/passwd",
        "../package-lock.json",
        "",
    ],
)
def test_anything_else_is_refused(packages, name):
    assert assets.NpmFinder().find(name) == []
    with pytest.raises(ImproperlyConfigured):
        assets.NpmStorage().path(name)


@pytest.mark.parametrize("path", ["dist/css/tabler.min.css", "css/tabler.min.css"])
def test_a_template_names_a_file_with_or_without_dist(packages, path):
    assert assets.npm_url("@tabler/core", path) == "/static/" + TABLER


@pytest.mark.parametrize(("package", "path"), [("echarts", "dist/other.js"), ("left-pad", "index.js")])
def test_a_template_cannot_name_what_is_not_listed(packages, package, path):
    with pytest.raises(ImproperlyConfigured, match="not on the list"):
        assets.npm_url(package, path)


def test_missing_packages_are_told_with_the_remedy(packages):
    (packages / "node_modules/echarts/dist/echarts.min.js").unlink()
    with pytest.raises(ImproperlyConfigured, match=r"Run \./fuhua once"):
        assets.NpmFinder().find(ECHARTS)
    [warning] = assets.NpmFinder().check()
    assert "echarts.min.js" in warning.msg
    assert "./fuhua" in warning.hint


def test_a_missing_lock_is_told(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="not locked"):
        assets.allowed_files(tmp_path)


def test_collecting_hashes_our_files_and_only_compresses_those_from_npm(packages, tmp_path):
    storage = assets.StaticStorage(location=tmp_path / "static", base_url="/static/")
    collected = {}
    for name, source in assets.NpmFinder().list(None):
        with source.open(name) as file:
            storage.save(name, file)
        collected[name] = (storage, name)
    storage.save("ui/ours.css", ContentFile(b"body { color: black } " * 40))
    collected["ui/ours.css"] = (storage, "ui/ours.css")
    assert [error for *_, error in storage.post_process(collected) if isinstance(error, Exception)] == []
    found = {str(path.relative_to(tmp_path / "static")) for path in (tmp_path / "static").rglob("*") if path.is_file()}
    assert {ECHARTS, ECHARTS + ".gz", TABLER, TABLER + ".gz"} <= found
    assert storage.url(ECHARTS) == "/static/" + ECHARTS
    ours = storage.url("ui/ours.css")
    assert assets.never_changes("", ours)
    assert ours.removeprefix("/static/") + ".gz" in found


def test_a_checkout_that_never_collected_uses_plain_names_but_still_refuses_typos(packages, tmp_path, settings):
    settings.DEBUG = False
    storage = assets.StaticStorage(location=tmp_path / "empty", base_url="/static/")
    assert storage.url("django_htmx/htmx-2.min.js") == "/static/django_htmx/htmx-2.min.js"
    assert storage.url(ECHARTS) == "/static/" + ECHARTS
    with pytest.raises(ValueError, match=r"ui/no-such-file\.css"):
        storage.url("ui/no-such-file.css")


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("/static/npm/echarts@6.1.0/echarts.min.js", True),
        ("/static/npm/@tabler/core@1.6.1/css/tabler.min.css", True),
        ("/static/ui/ours.0123456789ab.css", True),
        ("/static/ui/ours.css", False),
        ("/static/ui/npm/echarts.min.js", False),
        ("/static/staticfiles.json", False),
    ],
)
def test_only_versioned_and_hashed_urls_are_kept_for_ever(url, answer):
    assert assets.never_changes("", url) is answer


def test_whitenoise_serves_npm_files_as_immutable(packages):
    server = WhiteNoise(None, immutable_file_test=assets.never_changes)
    for name, source in assets.NpmFinder().list(None):
        server.add_file_to_dictionary("/static/" + name, source.path(name))
    headers = dict(server.files["/static/" + ECHARTS].get_response("HEAD", {}).headers)
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Type"].startswith("text/javascript")
