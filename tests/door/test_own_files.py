"""What the product writes is read by its own user alone."""

from __future__ import annotations

import os
import subprocess
import sys


def test_nobody_else_reads_the_data_folder_or_the_database(tmp_path):
    data = tmp_path / "var"
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "FUHUA_SECRET")}
    subprocess.run([sys.executable, "-m", "fuhua.config.door", "setup"],
                   env={**environment, "FUHUA_DATA": str(data)}, check=True)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (data, data / "secret", data / "fuhua.sqlite3")}
    assert modes == {"var": "0o700", "secret": "0o600", "fuhua.sqlite3": "0o600"}
