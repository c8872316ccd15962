"""A visitor reads pages as a person does: follows links by their words, fills in forms as they stand, keeps downloads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class Form:
    """A form of a page: where it goes, and what it sends when nothing is changed."""

    action: str
    method: str
    values: dict[str, Any] = field(default_factory=dict)


class _Page(HTMLParser):
    """Collects the links and forms of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._link = ""
        self._linked: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "a" and has.get("href"):
            self._link, self._linked = has["href"], []
        elif tag == "form":
            self._form = Form(has.get("action", ""), has.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and has.get("name") and "disabled" not in has:
            self._control(tag, has, self._form.values)
        elif tag == "option" and self._form is not None and self._select and "selected" in has:
            self._form.values[self._select] = has.get("value", "")
        elif tag == "option" and self._form is not None and self._select:
            self._form.values.setdefault(self._select, has.get("value", ""))

    def _control(self, tag: str, has: dict[str, str], values: dict[str, Any]) -> None:
        kind, name = has.get("type", "text"), has["name"]
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            values[name] = ""
        elif tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in has:
                values[name] = has.get("value", "on")
        elif tag == "input" and kind not in ("file", "submit", "button"):
            values[name] = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link:
            self.links.append((" ".join("".join(self._linked).split()), self._link))
            self._link = ""
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._link:
            self._linked.append(data)
        if self._area and self._form is not None:
            self._form.values[self._area] += data


class Visitor:
    """One person with a browser; ``page`` is the page they are on."""

    def __init__(self) -> None:
        self.client = Client()
        self.status, self.html, self.at = 0, "", "/"
        self._read: tuple[str, _Page] = ("", _Page(""))

    @property
    def page(self) -> _Page:
        """The links, forms and words of the page; read when they are first looked for."""
        if self._read[0] is not self.html:
            self._read = (self.html, _Page(self.html))
        return self._read[1]

    def open(self, url: str) -> Visitor:
        """Go to an address."""
        return self._arrive(self.client.get(url, follow=True), url)

    def _arrive(self, answer: Any, url: str) -> Visitor:
        self.status, self.html = answer.status_code, answer.content.decode()
        self.at = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        return self

    def sees(self, *words: str) -> bool:
        """Whether all the words stand on the page."""
        text = " ".join(" ".join(self.page.words).split())
        return all(each in text for each in words)

    def link(self, words: str = "", to: str = "") -> str:
        """The address of the first link with these words, or whose address fits ``to``."""
        for text, url in self.page.links:
            if words in text and re.search(to, url):
                return url
        raise AssertionError(f"no link {words or to!r} on {self.at}")

    def follow(self, words: str = "", to: str = "") -> Visitor:
        """Follow that link."""
        return self.open(self.link(words, to))

    def forms(self, action: str) -> list[Form]:
        """The forms whose address fits."""
        return [form for form in self.page.forms if re.search(action, form.action or self.at)]

    def send(self, action: str | Form, **changed: Any) -> Visitor:
        """Send a form as it stands on the page, with some fields changed."""
        form = action if isinstance(action, Form) else self._form(action)
        values = {**form.values, **changed}
        assert form.method == "post"
        return self._arrive(self.client.post(form.action or self.at, values, follow=True), form.action or self.at)

    def _form(self, action: str) -> Form:
        found = self.forms(action)
        assert found, f"no form {action!r} on {self.at}"
        return found[0]

    def download(self, url: str) -> bytes:
        """What a link gives to keep."""
        answer = self.client.get(url)
        assert answer.status_code == 200, url
        return b"".join(answer.streaming_content) if answer.streaming else answer.content


def texts(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    """A table's cells as text."""
    return [["" if cell is None else str(cell) for cell in row] for row in rows]
