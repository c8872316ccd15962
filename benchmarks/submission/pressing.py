"""What one worker process does: press each applicant's button at its moment, in threads as a server's worker has them."""

from __future__ import annotations

import threading
import time

from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from fuhua.parties.models import Account
from fuhua.schemes.models import Application

THREADS = 8
_ANSWERS = {"field": "quantum", "registered": "yes", "staff": "8", "core": "低温控制芯片", "next": "完成样机并试用"}
Press = tuple[float, int, int]  # seconds from the start, the application, the account


def press_all(presses: list[Press], began: float) -> list[tuple[int, float, int]]:
    """Press each at its moment, in threads as a server's worker has them: (application, seconds until answered, status)."""
    get_resolver().url_patterns  # noqa: B018
    clients = {account: _client(account) for _at, _row, account in presses}
    bodies = {row: _body(row) for _at, row, _account in presses}
    queue, found, lock = list(reversed(presses)), [], threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if not queue:
                    break
                at, row, account = queue.pop()
            time.sleep(max(0.0, began + at - time.time()))
            client = Client(SERVER_NAME="localhost")
            client.cookies = clients[account].cookies
            answer = client.post(reverse("schemes:application_submit", kwargs={"pk": row}), bodies[row])
            with lock:
                found.append((row, time.time() - began - at, answer.status_code))
        connection.close()

    threads = [threading.Thread(target=work) for _one in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _client(account: int) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(pk=account))
    return client


def _body(pk: int) -> dict[str, str]:
    row = Application.objects.get(pk=pk)
    return {**_ANSWERS, "title": f"项目 {pk}", "version": str(row.version), "base": "{}"}
