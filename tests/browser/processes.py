"""The portal as `script/server` runs it: the processes of the Procfile on a data folder of its own.

Without DATABASE_URL and REDIS_URL it is SQLite and a folder. With them the portal makes a database
of its own on that server, and drops it again.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
APPLICATION = "damha_portal.wsgi"
PASSWORD = "illustrative-accounts-only"
READY_SECONDS, STOP_SECONDS = 100, 15
#: What a process answers to TERM when it ends in order.
IN_ORDER = (0, -signal.SIGTERM)


class PortalError(AssertionError):
    """The portal did not start, did not stay up, or left something behind."""


def procfile() -> dict[str, str]:
    """Command by process, as honcho reads them."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    pairs = (line.split(":", 1) for line in lines if ":" in line and not line.startswith("#"))
    return {name.strip(): command.strip() for name, command in pairs}


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningPortal:
    """Web, worker and beat; each may be killed and started again."""

    def __init__(self, data_dir: Path, application: str = APPLICATION, **environment: str) -> None:
        self.data_dir = data_dir
        self.application = application
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        inherited = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"}
        self.environment = {
            **inherited,
            "DJANGO_SETTINGS_MODULE": "damha_portal.settings.local",
            "PORTAL_DATA_DIR": str(data_dir),
            "DEMO_PASSWORD": PASSWORD,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    # --- starting ---------------------------------------------------------------------------------

    def prepare(self, *, demo: bool = True) -> None:
        """What `script/server` does before it starts the processes."""
        self.manage("migrate", "--no-input", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        self.manage("load_plan_2023")
        if demo:
            self.manage("load_demo")
        self.manage("recompute_progress")

    def start(self, *names: str, **environment: str) -> None:
        """Start the named processes (default: all of the Procfile), `environment` changed."""
        commands = procfile()
        commands["web"] = commands["web"].replace(APPLICATION, self.application)
        for name in names or commands:
            with (self.data_dir / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    ["/bin/sh", "-c", commands[name]],
                    cwd=ROOT,
                    env={**self.environment, **environment},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Until /readyz is content: database, broker, worker, sweep."""
        deadline, answer = time.monotonic() + seconds, "no answer"
        while time.monotonic() < deadline:
            self.check_alive()
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):  # noqa: S310
                    return
            except urllib.error.HTTPError as error:
                answer = error.read().decode()
            except OSError as error:
                answer = str(error)
            time.sleep(0.2)
        raise PortalError(f"not ready after {seconds} s: {answer}\n{self.logs()}")

    # --- commands ---------------------------------------------------------------------------------

    def manage(self, *arguments: str) -> str:
        """Run a management command on this portal's data."""
        done = subprocess.run(
            [PYTHON, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            raise PortalError(f"manage.py {arguments} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def ask(self, code: str, /, **values: Any) -> Any:
        """Run `code` in a process of this portal with `values` set; it assigns `answer` (JSON)."""
        given = json.dumps(json.dumps(values))
        script = f"import json\nglobals().update(json.loads({given}))\n{code}\n"
        script += "print('\\nANSWER' + json.dumps(answer, default=str))"
        output = self.manage("shell", "--verbosity", "0", "--command", script)
        return json.loads(output.rsplit("ANSWER", 1)[1])

    # --- failures ---------------------------------------------------------------------------------

    def kill(self, name: str) -> None:
        """SIGKILL to the process and everything it started, as a power cut would."""
        process = self.processes[name]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def restart_web(self, **environment: str) -> None:
        """Stop the web server in order and start it again, `environment` changed."""
        self.processes["web"].terminate()
        self.processes["web"].wait(STOP_SECONDS)
        self.start("web", **environment)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.1)
        raise PortalError(f"web does not answer\n{self.logs()}")

    def check_alive(self) -> None:
        """No process has ended by itself."""
        ended = {name: row.returncode for name, row in self.processes.items() if row.poll()}
        if ended:
            raise PortalError(f"ended by themselves: {ended}\n{self.logs()}")

    def logs(self) -> str:
        """The end of every process's log."""
        parts = []
        for name in self.processes:
            text = (self.data_dir / f"{name}.log").read_text(errors="replace")
            parts.append(f"--- {name}\n{text[-3000:]}")
        return "\n".join(parts)

    # --- stopping ---------------------------------------------------------------------------------

    def stop(self) -> None:
        """TERM to all, wait, and say what died before or stayed behind."""
        faults = [
            f"{name} had ended with {row.returncode}"
            for name, row in self.processes.items()
            if row.poll() is not None
        ]
        for row in self.processes.values():
            if row.poll() is None:
                row.terminate()
        faults += [fault for fault in map(self._wait, self.processes) if fault and not faults]
        faults += [f"{name} left children behind" for name in self._leftovers()]
        if faults:
            raise PortalError("; ".join(faults) + f"\n{self.logs()}")

    def _wait(self, name: str) -> str:
        """What is wrong with how the process ended after TERM, "" where nothing is."""
        try:
            code = self.processes[name].wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            return f"{name} did not stop within {STOP_SECONDS} s"
        return "" if code in IN_ORDER else f"{name} stopped with {code}"

    def _leftovers(self) -> list[str]:
        """Names of process groups that still have members; they are ended."""
        found = []
        for name, row in self.processes.items():
            try:
                os.killpg(row.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            row.wait()
            found.append(name)
        return found


@contextmanager
def prepared_portal(
    *, demo: bool = True, application: str = APPLICATION, database: str | None = None
) -> Iterator[RunningPortal]:
    """A portal with data, nothing running; `database` is a server's URL, "" means SQLite."""
    server = os.environ.get("DATABASE_URL", "") if database is None else database
    with (
        tempfile.TemporaryDirectory(prefix="portal-", ignore_cleanup_errors=True) as folder,
        own_database(server) as environment,
    ):
        portal = RunningPortal(Path(folder), application, **environment)
        portal.prepare(demo=demo)
        yield portal


@contextmanager
def running_portal(**options: Any) -> Iterator[RunningPortal]:
    """A prepared portal, started and ready; stopped at the end, everything it made is removed."""
    with prepared_portal(**options) as portal:
        try:
            portal.start()
            portal.wait_until_ready()
            yield portal
        finally:
            portal.stop()


@contextmanager
def own_database(url: str) -> Iterator[dict[str, str]]:
    """DATABASE_URL of an empty database on the server of `url`; nothing where there is none."""
    if not url.startswith(("postgres:", "postgresql:")):
        yield {}
        return
    address = urlsplit(url)
    name = f"portal_browser_{os.getpid()}"
    _on_server(address.geturl(), "CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", name)
    try:
        yield {"DATABASE_URL": address._replace(path=f"/{name}").geturl()}
    finally:
        _on_server(address.geturl(), "DROP DATABASE {} WITH (FORCE)", name)


def _on_server(url: str, statement: str, name: str) -> None:
    connection = psycopg2.connect(urlsplit(url)._replace(path="/postgres").geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
    connection.close()
