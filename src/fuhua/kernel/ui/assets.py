"""Page assets from npm: an allow-list of files, served under versioned paths that never need a hash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Warning
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

ALLOWED = {
    "@tabler/core": ("dist/css/tabler.min.css", "dist/js/tabler.min.js"),
    "echarts": ("dist/echarts.min.js",),
}
FOR_PAPERS = {  # fonts that papers are set in here; they are never served
    "@expo-google-fonts/noto-sans-sc": ("400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"),
}
PREFIX = "npm/"
_NEVER_CHANGES = re.compile(r"/npm/(@[\w.-]+/)?[\w.-]+@\d[\w.+-]*/|\.[0-9a-f]{12}\.\w+(\.map)?$")
_REMEDY = "Run ./fuhua once (any command), or `npm ci --ignore-scripts --omit=optional --omit=dev` in the project root."


def project_root() -> Path:
    """The folder of package-lock.json and node_modules: the setting NPM_ROOT, else this checkout."""
    return Path(getattr(settings, "NPM_ROOT", None) or Path(__file__).resolve().parents[4])


@cache
def versions(root: Path) -> dict[str, str]:
    """The locked version of each allowed package; read once."""
    try:
        packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        return {package: packages[f"node_modules/{package}"]["version"] for package in ALLOWED}
    except OSError as missing:
        raise ImproperlyConfigured(f"The page assets are not locked: {missing}.") from missing
    except KeyError as absent:
        raise ImproperlyConfigured(f"{root / 'package-lock.json'} does not lock {absent}.") from absent


@cache
def allowed_files(root: Path) -> dict[str, Path]:
    """Static name → file, as in ``npm/echarts@6.1.0/echarts.min.js`` → ``node_modules/echarts/dist/echarts.min.js``."""
    return {
        static_name(root, package, path): root / "node_modules" / package / path
        for package, paths in ALLOWED.items()
        for path in paths
    }


def paper_fonts() -> list[Path]:
    """The font files in which papers are set; ImproperlyConfigured when one is not installed."""
    root = project_root() / "node_modules"
    files = [root / package / path for package, paths in FOR_PAPERS.items() for path in paths]
    for file in files:
        if not file.is_file():
            raise ImproperlyConfigured(f"{file} is missing. {_REMEDY}")
    return files


def static_name(root: Path, package: str, path: str) -> str:
    """The name under the static URL: the package with its locked version, then the path without ``dist/``."""
    return f"{PREFIX}{package}@{versions(root).get(package)}/{path.removeprefix('dist/')}"


def npm_url(package: str, path: str) -> str:
    """The URL of an allowed file, named with or without ``dist/``; ImproperlyConfigured if it is not on the list."""
    root = project_root()
    name = static_name(root, package, path)
    if name not in allowed_files(root):
        raise ImproperlyConfigured(f"{package}: {path} is not on the list in {__name__}.ALLOWED.")
    return static(name).replace("%40", "@")  # not every storage leaves the sign as it is


class NpmStorage(FileSystemStorage):
    """Reads allowed files by their static name, for collectstatic and WhiteNoise; any other name is refused."""

    def path(self, name: str) -> str:
        """Where the file lies; ImproperlyConfigured when it is not on the list or not installed."""
        file = allowed_files(project_root()).get(name.replace("\\", "/"))
        if file is None:
            raise ImproperlyConfigured(f"{name} is not on the list in {__name__}.ALLOWED.")
        if not file.is_file():
            raise ImproperlyConfigured(f"{file} is missing. {_REMEDY}")
        return str(file)


class NpmFinder(BaseFinder):
    """The staticfiles finder; set it in STATICFILES_FINDERS after Django's own."""

    storage = NpmStorage()

    def check(self, **_: Any) -> list[CheckMessage]:
        """Warn, at start, of files the pages will miss."""
        missing = [str(file) for file in allowed_files(project_root()).values() if not file.is_file()]
        told = Warning(f"Page assets are missing: {', '.join(missing)}.", hint=_REMEDY, id="ui.W001")
        return [told] if missing else []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:
        """The file of an allowed name, compared whole, so that no path can climb out; else nothing."""
        if path not in allowed_files(project_root()):
            return []
        found = self.storage.path(path)
        return [found] if find_all or kwargs.get("all") else found

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, NpmStorage]]:
        """Every allowed file with its storage."""
        for name in allowed_files(project_root()):
            yield name, self.storage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashes and compresses our own files; npm files keep their versioned names and are only compressed.

    Names collectstatic has not seen (a checkout that serves by finders) keep their plain name, if such a file exists.
    """

    manifest_strict = False

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        """As WhiteNoise does, without the npm files, which then get their compressed twins."""
        ours = {name: where for name, where in paths.items() if not name.startswith(PREFIX)}
        yield from super().post_process(ours, dry_run=dry_run, **options)
        if not dry_run:
            for name, compressed in self.compress_files(paths.keys() - ours.keys()):
                yield name, compressed, True

    def stored_name(self, name: str) -> str:
        """The name in the URL; ValueError, as Django's, for a file that is nowhere."""
        if name.startswith(PREFIX):
            return name
        key = self.hash_key(self.clean_name(name))
        if key not in self.hashed_files:
            if not finders.find(name):
                raise ValueError(f"No static file is called '{name}'.")
            self.hashed_files[key] = name
        return super().stored_name(name)


def never_changes(_path: str, url: str) -> bool:
    """WHITENOISE_IMMUTABLE_FILE_TEST: an npm version or a digest in the URL means it may be kept for ever."""
    return bool(_NEVER_CHANGES.search(url))
