"""What the benches share: a paper to ask, nginx to compare with, wrk to ask them, and tables to read.

Python's own library only. Figures are from one machine and one run; quote the ratios.
"""

import http.client
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(os.environ.get("DATELINE_TEST_BINARY", ROOT / "target/release/dateline"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "5"))
CORES = os.cpu_count() or 1
PATIENCE = 60


def fail(words):
    sys.exit(f"{Path(sys.argv[0]).name}: {words}")


def under_postgres():
    """Runs this bench again inside scripts/with-postgres, unless it already is."""
    if "DATELINE_TEST_POSTGRES" not in os.environ:
        again = [str(ROOT / "scripts/with-postgres"), sys.executable, *sys.argv]
        sys.exit(subprocess.call(again))


def new_database():
    """A fresh database on the throw-away PostgreSQL; answers its URL."""
    server = os.environ["DATELINE_TEST_POSTGRES"]
    name = f"bench_{time.monotonic_ns()}"
    subprocess.run(["psql", "-q", server, "-c", f"CREATE DATABASE {name}"], check=True)
    return server.rsplit("/", 1)[0] + "/" + name


class Paper:
    """A serving dateline. Without `data`, on a folder of its own that is removed at the end."""

    def __init__(self, demo=True, limits=True, database=None, data=None, settings=None):
        if not BINARY.exists():
            fail(f"{BINARY} is missing: run cargo build --release")
        self.own = data is None
        self.data = Path(data or tempfile.mkdtemp(prefix="dateline-bench-"))
        self.flags = ["--demo"] if demo else []
        if database:
            self.flags += ["--database", database]
        # Settings of whoever runs the bench must not reach the paper.
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
        self.env.update(settings or {})
        if not limits:
            self.env["DATELINE_DISCUSSION_LIMITS"] = "off"
        self.process = None
        self.start()

    def start(self):
        """Starts and waits until it says that it listens; keeps how long that took in `ready`, seconds."""
        log = open(self.data / "bench.log", "ab")
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", self.data, "--listen", "127.0.0.1:0", *self.flags],
            env=self.env, stdout=subprocess.PIPE, stderr=log, text=True)
        log.close()
        for line in self.process.stdout:
            if found := re.match(r"listening on http://([^:]+):(\d+)", line):
                self.ready = time.monotonic() - begin
                self.host, self.port = found[1], int(found[2])
                self.url = f"http://{self.host}:{self.port}"
                return
        fail("dateline did not start:\n" + (self.data / "bench.log").read_text(errors="replace")[-2000:])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            if self.process.wait(PATIENCE) != 0:
                fail(f"dateline ended with {self.process.returncode} on SIGTERM")

    def memory(self):
        """Resident memory in MB (10^6 bytes)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024 / 1e6

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        if self.own:
            shutil.rmtree(self.data, ignore_errors=True)

    def connection(self):
        return http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)

    def get(self, path, connection=None, **headers):
        """Status, headers and body."""
        connection = connection or self.connection()
        connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def page(self, path):
        status, _, body = self.get(path)
        if status != 200:
            fail(f"{path} answers {status}")
        return body.decode()

    def post(self, connection, path, text, name="Bench"):
        """Posts a comment as a form does; answers its number, once it is acknowledged."""
        body = urllib.parse.urlencode({"name": name, "text": text})
        connection.request("POST", path + "/comments", body, {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": self.url})
        answer = connection.getresponse()
        said = answer.read()
        number = re.search(r"#comment-(\d+)$", answer.headers.get("Location", ""))
        if answer.status != 303 or not number:
            fail(f"a comment was answered with {answer.status}: {said[:300]!r}")
        return int(number[1])

    def count(self, path):
        """Comments shown under that story, as the database has it."""
        query = urllib.parse.urlencode({"url": path})
        counts = json.loads(self.page(f"/api/v1/counts?{query}"))["counts"]
        return counts[0]["shown"]

    def stories(self):
        """Paths of stories on the front page, in its order."""
        paths = re.findall(r'href="(/\d{4}/\d{2}/\d{2}/[^"/#?]+)"', self.page("/"))
        return list(dict.fromkeys(paths))

    def open_stories(self):
        """Those of them that take comments, in the paper's own language, without a photo first: pages of text."""
        found = []
        for path in self.stories():
            html = self.page(path)
            if "<textarea" in html and '<article class="story" lang=' not in html:
                found.append(("<figure" in html, path))
        return [path for _, path in sorted(found)]


def quiet(paper, path):
    """Waits until a page is in its final form (the smallest coding is made once nothing changes)."""
    last, since = None, time.monotonic()
    while time.monotonic() - since < 12:
        now = paper.get(path, Accept_Encoding="gzip")[2]
        if now != last:
            last, since = now, time.monotonic()
        time.sleep(0.5)
    return last


class Nginx:
    """Serves the given gzipped page, and the same unpacked, as nginx does best."""

    def __init__(self, path, packed, plain):
        self.folder = Path(tempfile.mkdtemp(prefix="nginx-bench-"))
        self.folder.chmod(0o755)
        file = self.folder / "root" / path.lstrip("/")
        file.parent.mkdir(parents=True)
        file.write_bytes(plain)
        Path(f"{file}.gz").write_bytes(packed)
        for port in range(18080, 18180):
            (self.folder / "nginx.conf").write_text(self.configuration(port))
            self.process = subprocess.Popen(
                [shutil.which("nginx") or "/usr/sbin/nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"],
                stderr=subprocess.DEVNULL)
            self.url, self.port = f"http://127.0.0.1:{port}", port
            until = time.monotonic() + 5
            while self.process.poll() is None and time.monotonic() < until:
                try:
                    http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", path)
                    # It could be somebody else's: ours must still be alive a moment later.
                    time.sleep(0.2)
                    if self.process.poll() is None:
                        return
                except OSError:
                    time.sleep(0.02)
        fail("nginx did not start")

    def configuration(self, port):
        return f"""
            worker_processes {CORES};
            daemon off;
            pid {self.folder}/pid;
            error_log {self.folder}/error.log;
            events {{ worker_connections 4096; }}
            http {{
                access_log off;
                default_type "text/html; charset=utf-8";
                sendfile on;
                tcp_nopush on;
                gzip_static on;
                gzip_vary on;
                open_file_cache max=1000 inactive=1h;
                open_file_cache_valid 1h;
                keepalive_requests 100000000;
                client_body_temp_path {self.folder}/b; proxy_temp_path {self.folder}/p; fastcgi_temp_path {self.folder}/f;
                uwsgi_temp_path {self.folder}/u; scgi_temp_path {self.folder}/s;
                server {{ listen 127.0.0.1:{port} reuseport; root {self.folder}/root; }}
            }}
        """

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def wrk(url, connections, seconds=None, script=None, argument=None):
    """Asks as fast as it is answered. Requests a second, latencies in ms, failures."""
    command = ["wrk", "--latency", "-d", f"{seconds or SECONDS}s", "-c", str(connections),
               "-t", str(min(CORES, connections)), "-H", "Accept-Encoding: gzip"]
    if script:
        command += ["-s", str(script)]
    command.append(url)
    if argument is not None:
        command += ["--", str(argument)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    def latency(percent):
        value, unit = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\b", out, re.M).groups()
        return float(value) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]),
        "requests": int(re.search(r"^\s+(\d+) requests in", out, re.M)[1]),
        "p50": latency(50), "p99": latency(99),
        "failed": (int(bad[1]) if bad else 0) + (sum(map(int, broken.groups())) if broken else 0),
    }


median = statistics.median


def spread(values, form="{:,.0f}"):
    """The median, with least and most."""
    return f"{form.format(median(values))} ({form.format(min(values))}–{form.format(max(values))})"


def table(head, rows):
    widths = [max(len(str(row[i])) for row in [head, *rows]) for i in range(len(head))]
    line = lambda row: "| " + " | ".join(str(cell).ljust(w) for cell, w in zip(row, widths)) + " |"
    print(line(head))
    print("|" + "|".join("-" * (w + 2) for w in widths) + "|")
    for row in rows:
        print(line(row), flush=True)


def verdict(ratio, wanted):
    return "ok" if ratio >= wanted else f"short of {wanted}"


def progress(words):
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)
