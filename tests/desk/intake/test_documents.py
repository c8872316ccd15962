"""Documents are kept by content, once, whole or not at all."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings

from fuhua.evidence.actions.documents import NoSuchDocument, TooLarge, keep, open_document, place_of
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Document


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_and_read_back(at):
    content = b"evidence " * 1000
    digest = keep(io.BytesIO(content), media_type="text/plain", by="urn:fuhua:person:a", at=at())
    assert digest == hashlib.sha256(content).hexdigest() == keep(content, media_type="text/csv", by="urn:fuhua:person:b", at=at())
    with open_document(digest) as file:
        assert file.read() == content
    assert list(Document.objects.values_list("digest", "size", "media_type")) == [(digest, len(content), "text/plain")]


@pytest.mark.django_db
def test_what_is_empty_too_large_or_not_there_is_refused(at):
    with pytest.raises(BadFact):
        keep(b"", media_type="text/plain", by="urn:fuhua:person:a", at=at())
    with override_settings(FUHUA_DOCUMENT_BYTES=10), pytest.raises(TooLarge):
        keep(b"12345678901", media_type="text/plain", by="urn:fuhua:person:a", at=at())
    for name in ("0" * 64, "../../etc/passwd"):
        with pytest.raises(NoSuchDocument):
            open_document(name)


@pytest.mark.django_db
def test_a_copy_cut_short_by_a_crash_is_mended_when_the_document_comes_again(at):
    digest = keep(b"whole and well", media_type="text/plain", by="urn:fuhua:person:a", at=at())
    with open(default_storage.path(place_of(digest)), "wb") as file:
        file.write(b"wh")
    keep(b"whole and well", media_type="text/plain", by="urn:fuhua:person:a", at=at())
    with open_document(digest) as file:
        assert file.read() == b"whole and well"
