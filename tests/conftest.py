"""The fixtures every test shares: the fixed cast, a client for each of them, moments, and a database that commits."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation

from fuhua.evidence.actions import sequence
from fuhua.exchange.queries import finding
from fuhua.kernel import period
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS, enter_cast
from fuhua.parties.models import Account, Party
from kept_rows import KeptRows

PASSWORD = "a long enough password"
CAST = KeptRows()
APPEND_ONLY = (
    "evidence_document", "plan_reading", "plan_freeze", "evidence_position", "evidence_node", "evidence_head", "evidence_pending",
    "evidence_fact",
)


def pytest_sessionstart() -> None:
    """The test database of SQLite lies in the data folder, which a fresh clone does not have yet."""
    settings.FUHUA_DATA.mkdir(parents=True, exist_ok=True)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: not looking through it again for garbage takes a fifteenth off the whole."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hashing a password is meant to be slow; tests use a quick hasher, production never does."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests seal with a key of their own, keep documents in a folder of their own, and do not serve assets."""
    data = tmp_path_factory.mktemp("data")
    (data / "static").mkdir()
    with override_settings(FUHUA_DATA=data, STATIC_ROOT=data / "static", WHITENOISE_USE_FINDERS=False):
        sequence.signer.cache_clear()
        yield
    sequence.signer.cache_clear()


@pytest.fixture(autouse=True)
def _nothing_left_over() -> None:
    """Sign-ins are counted in the cache, listings indexed in the process, a reader's language is the thread's: all begin anew."""
    cache.clear()
    translation.deactivate()
    finding.forget()


@pytest.fixture(scope="session")
def at() -> Callable[..., dt.datetime]:
    """``at()`` is noon of 30 June 2025 in Beijing, ``at("2024-03-01")`` or ``at(2024, 3, 1)`` noon of that day."""

    def moment(*given: int | str | dt.date) -> dt.datetime:
        if not given:
            return period.noon(dt.date(2025, 6, 30))
        if isinstance(given[0], dt.date):
            return period.noon(given[0])
        return period.noon(dt.date.fromisoformat(given[0]) if isinstance(given[0], str) else dt.date(*given))

    return moment


@pytest.fixture
def cast(db: None, at: Callable[..., dt.datetime]) -> dict[str, Account]:
    """Office → account of the fixed cast, known since 4 January 2022."""
    if not connection.in_atomic_block:  # what commits is sealed by its own reactions
        return enter_cast(PASSWORD, at("2022-01-04"))
    CAST.put_in(lambda: enter_cast(PASSWORD, at("2022-01-04")))
    found = {each.username: each for each in Account.objects.select_related("party").filter(username__in=PLAYERS)}
    return {office: found[office] for office in PLAYERS}


@pytest.fixture
def organisation(cast: dict[str, Account]) -> Callable[[str], Party]:
    """``organisation("venture")``: an organisation of the cast by its key in ``parties.actions.cast``."""
    return lambda key: Party.objects.get(urn=ORGANISATIONS[key].urn)


@pytest.fixture
def client_of(cast: dict[str, Account]) -> Callable[[str], Client]:
    """``client_of("founder")``: a client signed in as that member of the cast; ``"stranger"`` is not signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        if name != "stranger":
            client.force_login(cast[name])
        return client

    return signed_in


@pytest.fixture
def durable_db(transactional_db: None) -> Iterator[None]:
    """A database in which transactions really commit; afterwards the append-only tables are emptied too."""
    yield
    empty_append_only()


def empty_append_only() -> None:
    """Empty the tables that refuse it; the database is then flushed as for any test that commits.

    On PostgreSQL triggers stay off for this connection, which Django closes after the flush.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        guards = cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%'"
        ).fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in APPEND_ONLY:
            cursor.execute(f"DELETE FROM {table}")
        for _name, sql in guards:
            cursor.execute(sql)
