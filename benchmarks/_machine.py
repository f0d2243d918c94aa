"""What the benchmarks share: programs started and stopped by their own number, CPU seconds of a process tree, wrk, nginx, a verdict."""

import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.config.settings")

TICK = os.sysconf("SC_CLK_TCK")


def need(*programs: str) -> None:
    """Leave with a sentence when a program is missing."""
    missing = [name for name in programs if shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None]
    if missing:
        sys.exit(f"This benchmark needs {' and '.join(missing)}: apt install {' '.join(missing)}")


def machine() -> str:
    """The machine in a line."""
    try:
        model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        model = None
    load = os.getloadavg()[0]
    processor = model[1] if model else platform.machine()
    return f"{os.cpu_count()} × {processor}, Python {platform.python_version()}, load {load:.1f} at the start"


def free_port() -> int:
    """A port of 127.0.0.1 nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree(pid: int) -> list[int]:
    """The process and everything below it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def cpu_seconds(pid: int) -> float:
    """User and system seconds of the process tree so far."""
    ticks = 0
    for one in tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICK


@contextmanager
def running(*command: str, port: int, env: dict[str, str] | None = None, cwd: Path = BASE) -> Iterator[int]:
    """A server on 127.0.0.1:`port`, ready; its process number. Ended with the block."""
    started = subprocess.Popen(command, cwd=cwd, env=os.environ | (env or {}), start_new_session=True)
    try:
        for _turn in range(300):
            if started.poll() is not None:
                sys.exit(f"{command[0]} did not start")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            sys.exit(f"{command[0]} did not listen within 30 seconds")
        yield started.pid
    finally:
        started.send_signal(signal.SIGTERM)
        try:
            started.wait(10)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def granian(application: str, port: int, env: dict[str, str] | None = None) -> AbstractContextManager[int]:
    """The embedded server as `make run` starts it."""
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "16"]
    more = ["--http", "1", "--no-ws", "--log-level", "error", "--backlog", "2048"]
    return running(sys.executable, "-m", "granian", *options, *more, application, port=port, env=env)


def nginx_configuration(text: str, *, listen: int, upstream: int, pages: Path, static: Path, here: Path, also: str = "") -> str:
    """A complete configuration around `deploy/nginx.conf` for one worker on 127.0.0.1, everything it writes under `here`."""
    words = {"LISTEN": f"127.0.0.1:{listen} backlog=2048", "HOST": "localhost", "UPSTREAM": f"127.0.0.1:{upstream}"}
    words |= {"DESK": "-", "SECURE": "", "PLAIN": "", "LOG": "off", "ERRORS": f"{here}/error.log crit"}
    for word, value in (words | {"PAGES": str(pages), "STATIC": str(static), "PHOTOS": str(here)}).items():
        text = text.replace(f"@{word}@", value)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"  {kind}_temp_path {here}/{kind};\n" for kind in kinds)
    own = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{own}daemon off;\nworker_processes 1;\npid {here}/nginx.pid;\nerror_log {here}/error.log;\npcre_jit on;\n"
        "events { worker_connections 4096; }\n"
        "http {\n  types { text/html html; text/css css; application/javascript js; image/svg+xml svg; }\n"
        f"  access_log off;\n  sendfile on;\n  tcp_nopush on;\n  keepalive_requests 1000000;\n{temporary}{text}\n{also}\n}}\n"
    )


@contextmanager
def nginx(*, listen: int, upstream: int, pages: Path, static: Path, here: Path, also: str = "") -> Iterator[int]:
    """nginx with `deploy/nginx.conf`; its process number."""
    here.mkdir(parents=True, exist_ok=True)
    file = here / "nginx.conf"
    text = (BASE / "deploy/nginx.conf").read_text()
    file.write_text(nginx_configuration(text, listen=listen, upstream=upstream, pages=pages, static=static, here=here, also=also))
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
    with running(program, "-c", str(file), "-p", str(here), port=listen) as pid:
        yield pid


class Load(NamedTuple):
    """What wrk saw: requests, the 99th percentile in milliseconds, errors."""

    requests: int
    p99: float
    errors: int


def wrk(url: str, *, seconds: float, connections: int = 64, script: Path | None = None) -> Load:
    """Ask `url` in a closed loop for a while, as a reader whose browser takes gzip."""
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{max(1, round(seconds))}s", "--latency", "-H", "Accept-Encoding: gzip"]
    if script:
        command += ["-s", str(script)]
    said = subprocess.run([*command, url], capture_output=True, text=True, timeout=seconds + 60, check=True).stdout
    return read_wrk(said)


def read_wrk(said: str) -> Load:
    """The figures in wrk's report."""
    requests = re.search(r"(\d+) requests in", said)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", said)
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    errors = int(refused[1]) if refused else 0
    errors += sum(int(number) for number in broken.groups()) if broken else 0
    return Load(int(requests[1]) if requests else 0, float(late[1]) * unit[late[2]] if late else float("inf"), errors)


def verdict(name: str, figure: str, limit: str, passed: bool) -> bool:
    """Print one line of the result; returns `passed`."""
    print(f"  {'PASS' if passed else 'FAIL'}  {name}: {figure}  (limit {limit})")
    return passed
