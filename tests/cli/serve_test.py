"""`kontor serve` from outside: who is let in, what is answered, and what never is.

    serve_test.py KONTOR

Every rule of the server has a request here that breaks it. The server is on loopback, on a free port, and is ended by its process id.
"""
import http.client
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import outside
from outside import FLOWS, PROGRAMME

SAFE = {"content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                                   "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff", "cross-origin-opener-policy": "same-origin"}
problems = []


def check(true, what):
    if not true:
        problems.append(what)


class Server:
    """`kontor serve` in a folder, ended with the block."""

    def __init__(self, kontor, folder, *arguments):
        self.process = subprocess.Popen([kontor, "serve", str(folder), *arguments], env=outside.environment(), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline().decode() if ready else ""
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{32})\n", line)
        if not found:
            self.process.kill()
            sys.exit(f"no address: {line!r} {self.process.communicate()[1].decode()}")
        self.port, self.token = int(found.group(1)), found.group(2)
        self.host = f"127.0.0.1:{self.port}"
        self.cookie = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def let_in(self):
        answer = self.ask("GET", f"/?token={self.token}", cookie=None)
        self.cookie = answer.headers.get("set-cookie", "").split(";")[0]
        return answer

    def ask(self, method, path, body=None, cookie=True, timeout=60, **headers):
        """One request. A body that is no text becomes JSON. Header names: _ stands for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie and self.cookie:
            sent.setdefault("Cookie", self.cookie)
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
            body = body if isinstance(body, (str, bytes)) else json.dumps(body)
        connection.request(method, path, body=body, headers=sent)
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace") if answer.headers.get("content-encoding") != "gzip" else answer.read()
        answer.headers = {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        return answer

    def get(self, path):
        answer = self.ask("GET", path)
        check(answer.status == 200, f"GET {path}: {answer.status} {answer.text[:300]}")
        return json.loads(answer.text) if answer.status == 200 else {}

    def post(self, path, body, status=200):
        answer = self.ask("POST", path, body)
        check(answer.status == status, f"POST {path}: {answer.status} for {status}: {answer.text[:300]}")
        return json.loads(answer.text)

    def raw(self, text, timeout=15):
        """Bytes as they are; all that comes back until the server closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            try:
                s.sendall(text if isinstance(text, bytes) else text.encode())
            except OSError:
                pass
            got = b""
            try:
                while part := s.recv(65536):
                    got += part
            except OSError:
                pass
            return got

    def head(self, target="/api/project", method="GET", **more):
        """The head of a request that is let in, for raw()."""
        lines = {"Host": self.host, "Cookie": self.cookie, "Connection": "close"}
        lines.update({name.replace("_", "-"): value for name, value in more.items()})
        return f"{method} {target} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in lines.items() if v is not None)

    def run(self, **options):
        """A run from the beginning to the end, by its events. The job."""
        job = self.post("/api/run", options)["job"]
        return self.events(job)[-1][1]

    def events(self, job, seconds=120):
        """All events until the last: (name, data)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        connection.request("GET", f"/api/jobs/{job}/events", headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        check(answer.headers.get("content-type") == "text/event-stream", "events have no stream type")
        found, name = [], ""
        for line in answer:
            line = line.decode().rstrip("\n")
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                found.append((name, json.loads(line[6:])))
                if name == "end":
                    break
        connection.close()
        return found


def status_of(raw):
    found = re.match(rb"HTTP/1\.1 (\d+)", raw)
    return int(found.group(1)) if found else 0


# --- who is let in ---------------------------------------------------------------------------------------


def test_token(server):
    for path in ("/", "/api/project", f"/?token={'0' * 32}", f"/?token={server.token.upper()}x", f"/api/project?token={server.token}"):
        check(server.ask("GET", path).status == 401, f"{path} is answered without the token")
    if server.token.upper() != server.token:
        check(server.ask("GET", f"/?token={server.token.upper()}").status == 401, "a token in other case is taken")
    page = server.let_in()
    check(page.status == 200 and page.headers["content-type"].startswith("text/html"), f"the page: {page.status}")
    cookie = page.headers.get("set-cookie", "")
    check("HttpOnly" in cookie and "SameSite=Strict" in cookie and server.token not in cookie, f"cookie {cookie}")
    check(server.ask("GET", f"/?token={server.token}", cookie=False).status == 401, "the token works twice")
    check(server.ask("GET", "/").status == 200, "the page is not given to its own browser again")
    check(server.ask("GET", "/api/project", Cookie=server.cookie[:-1] + "x").status == 401, "a wrong cookie is taken")


def test_host_and_origin(server):
    for path in ("/", "/index.html", "/api/project"):
        for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", f"127.0.0.1.evil.example:{server.port}", "0.0.0.0:1", ""):
            answer = server.ask("GET", path, Host=host)
            check(answer.status == 421 and "kontor" not in answer.text.replace("kontor serve", ""), f"Host {host!r} at {path}: {answer.status}")
    check(status_of(server.raw(f"GET / HTTP/1.1\r\nCookie: {server.cookie}\r\nConnection: close\r\n\r\n")) in (400, 421), "no Host is answered")
    check(status_of(server.raw(server.head() + "Host: evil.example\r\n\r\n")) in (400, 421), "two hosts are answered")
    for host in ("localhost", "[::1]"):
        check(server.ask("GET", "/api/project", Host=f"{host}:{server.port}").status == 200, f"{host} is refused")
    for origin in ("http://evil.example", "null", f"http://localhost:{server.port}", f"https://{server.host}", "http://127.0.0.1:1"):
        check(server.ask("POST", "/api/run", {}, Origin=origin).status == 403, f"Origin {origin} may post")
        check(server.ask("GET", "/api/jobs/j1/events", Origin=origin).status == 403, f"Origin {origin} may listen")
    for site in ("cross-site", "same-site", "other"):
        check(server.ask("GET", "/api/project", Sec_Fetch_Site=site).status == 403, f"Sec-Fetch-Site {site} is answered")
    ours = server.ask("GET", "/api/project", Origin=f"http://{server.host}", Sec_Fetch_Site="same-origin")
    check(ours.status == 200 and not any(name.startswith("access-control") for name in ours.headers), "our own origin is refused, or CORS is allowed")


def test_heads(server):
    """Content types, lengths, methods, paths and heads that are none."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"):
        check(server.ask("POST", "/api/programmes/read", "{}", Content_Type=kind).status == 415, f"{kind} is read")
    check(server.ask("POST", "/api/programmes/read", "{}", Content_Type="application/json; charset=utf-8").status == 400, "a charset is refused")
    json_head = dict(method="POST", target="/api/programmes/read", Content_Type="application/json")
    start = time.monotonic()
    check(status_of(server.raw(server.head(**json_head, Content_Length=(64 << 20) + 1) + "\r\n")) == 413, "a body that is too long is waited for")
    chunked = server.head(**json_head, Transfer_Encoding="chunked") + "\r\n"
    for body in ("5\r\n{}   \r\n0\r\n\r\n", "-2\r\n{}\r\n", "ffffffffffffffff\r\n{}\r\n", "2;" + "x" * 200000):
        check(status_of(server.raw(chunked + body)) in (400, 411, 413), f"a chunked body is read: {body[:20]!r}")
    for lengths in ("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length: -2\r\n",
                    "Content-Length: 2x\r\n", "Content-Length: 99999999999999999999\r\n"):
        got = status_of(server.raw(server.head(**json_head) + lengths + "\r\n{}"))
        check(got in (400, 413), f"{lengths!r}: {got}")
    check(status_of(server.raw(server.head() + "Content-Length: 2\r\n\r\n{}")) == 400, "GET with a body is answered")
    check(time.monotonic() - start < 8, "refusals wait for something")
    for method in ("TRACE", "CONNECT", "OPTIONS", "DELETE", "PATCH", "BREW"):
        check(status_of(server.raw(server.head(method=method) + "\r\n")) in (400, 405, 501), f"{method} is answered")
    for target in ("/..%2f..%2fetc/passwd", "/%2e%2e/", "/../etc/passwd", "/..\\etc", "//etc/passwd", "/etc%00", "/.git/config", "//evil.example/",
                   "/\\evil.example", "/api/results/..%2f/file/effects.csv", "/api/results/x/file/..", "http://evil.example/"):
        got = server.raw(server.head(target) + "\r\n")
        check(status_of(got) in (400, 404) and b"root:" not in got and b"ocation:" not in got, f"{target}: {got[:80]}")
    check(b"root:" not in server.raw(server.head("/\0etc/passwd") + "\r\n"), "a NUL in the path leads to a file")
    check(status_of(server.raw(server.head() + "X: " + "y" * (1 << 20) + "\r\n\r\n")) in (0, 431), "a head of 1 MiB is answered")
    check(status_of(server.raw(server.head() + "X: " + "y" * (20 << 10) + "\r\n\r\n")) == 431, "a head of 20 KiB is answered")
    check(status_of(server.raw(server.head() + "X: y\r\n" * 10000 + "\r\n")) in (0, 431), "10,000 headers are answered")
    check(status_of(server.raw(server.head() + "X: y\r\n" * 101 + "\r\n")) == 431, "104 headers are answered")
    check(status_of(server.raw("\r\n\r\nrubbish\r\n\r\n")) in (0, 400), "rubbish is answered")


def test_json(server):
    def refused(body):
        answer = server.ask("POST", "/api/programmes/read", body)
        finding = json.loads(answer.text)["findings"][0]
        return answer.status == 400 and finding["row"] == "1" and finding["column"].startswith("column")
    for body in ("[" * 100000, '{"a":' * 100000, '{"toml": 1e999}', '{"toml": "a", "toml": "b"}', '{"toml": ', "x"):
        check(refused(body), f"{body[:30]} is read")
    for body in ({}, {"toml": 1}, {"toml": "", "id": "../x"}, {"toml": "", "name": "/etc/passwd"}, {"toml": "", "name": "../x.toml"}):
        check(server.ask("POST", "/api/programmes/read", body).status in (400, 404), f"{body} is read")


def test_headers_everywhere(server):
    answers = [server.ask("GET", path) for path in ("/", "/index.html", "/api/project", "/api/nothing", "/nothing.js")]
    answers += [server.ask("GET", "/", cookie=False), server.ask("GET", "/", Host="evil.example"), server.ask("POST", "/api/run", "{"),
                server.ask("DELETE", "/")]
    for answer in answers:
        wrong = [name for name, value in SAFE.items() if answer.headers.get(name) != value]
        check(not wrong and "location" not in answer.headers and not 300 <= answer.status < 400, f"{answer.status}: {wrong} missing or a redirect")
    check(server.ask("HEAD", "/api/project").text == "", "HEAD has a body")


def test_binding(server):
    """The kernel's own list of listening sockets holds our port on 127.0.0.1 alone."""
    listening = [line.split()[1] for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:] if line.split()[3] == "0A"]
    ours = [place for place in listening if place.endswith(f":{server.port:04X}")]
    check(ours == [f"0100007F:{server.port:04X}"], f"listens at {ours}")


# --- slow and many ---------------------------------------------------------------------------------------


def seconds_for(server, path="/api/project"):
    start = time.monotonic()
    check(server.ask("GET", path).status == 200, f"{path} is not answered beside others")
    return time.monotonic() - start


def test_slow_and_idle(server):
    """One that sends its head a byte a second is closed within ten seconds; a thousand that say nothing keep nobody waiting."""
    slow = socket.create_connection(("127.0.0.1", server.port))
    start, closed = time.monotonic(), None
    slow.setblocking(False)
    idle = []
    try:
        for _ in range(1000):
            idle.append(socket.create_connection(("127.0.0.1", server.port)))
    except OSError as problem:
        print(f"  skipped: only {len(idle)} of 1000 idle connections: {problem}")
    waits = [seconds_for(server) for _ in range(5)]
    check(max(waits) < 1.0 * (3 if outside.SANITIZED else 1), f"{len(idle)} idle connections keep others waiting {max(waits):.2f} s")
    for byte in f"GET / HTTP/1.1\r\nHost: {server.host}\r\nX: " + "y" * 100:
        try:
            slow.send(byte.encode())
            if select.select([slow], [], [], 0.5)[0] and not slow.recv(4096):
                closed = time.monotonic() - start
        except OSError:
            closed = time.monotonic() - start
        if closed is not None or time.monotonic() - start > 15:
            break
        time.sleep(0.2)
    check(closed is not None and closed < 12, f"a slow head is closed after {closed} s")
    for s in idle + [slow]:
        s.close()
    print(f"  with {len(idle)} idle connections a request takes at most {1000 * max(waits):.1f} ms; a slow head is closed after {closed or -1:.1f} s")


def test_streams(server, job):
    """Twenty open event streams of a job that is over end at once; of one that waits they delay nobody."""
    streams = []
    for _ in range(20):
        s = socket.create_connection(("127.0.0.1", server.port))
        s.sendall((server.head(f"/api/jobs/{job}/events", Connection="keep-alive") + "\r\n").encode())
        streams.append(s)
    time.sleep(0.2)
    waits = sorted(seconds_for(server) for _ in range(20))
    check(waits[-1] < 0.25 * (8 if outside.SANITIZED else 1), f"20 open streams delay a request by {waits[-1]:.3f} s")
    print(f"  with 20 open event streams a request takes {1000 * waits[10]:.1f} ms, at most {1000 * waits[-1]:.1f} ms")
    return streams


# --- what is answered ------------------------------------------------------------------------------------


def cli(kontor, folder, *arguments):
    return json.loads(outside.must([kontor, *arguments, "--json"], folder).stdout)


def test_reads(server, kontor, folder):
    project = server.get("/api/project")
    check([a["name"] for a in project["accounts"]] == ["accounts"] and project["writable"] is False, f"project {project}")
    check([p["name"] for p in project["programmes"]] == ["programme.toml"], f"programmes {project['programmes']}")
    check(project["folder"] == "project" and str(folder) not in json.dumps(project), "the project tells where it lies")
    accounts, programme = project["accounts"][0]["id"], project["programmes"][0]
    check(programme["accounts"] == accounts, "a programme does not name its accounts")
    lists = server.get("/api/lists")
    check(lists["measures"] == cli(kontor, folder, "measures") and lists["models"] == cli(kontor, folder, "models")
          and lists["formats"] == cli(kontor, folder, "formats") and lists["indicators"] == cli(kontor, folder, "indicators", "--list"),
          "lists differ from the command line")
    about = server.get(f"/api/accounts/{accounts}")
    check(about["totals"] == cli(kontor, folder, "describe", "accounts") and [r["code"] for r in about["regions"]] == ["L", "M"], "accounts differ")
    check(server.get(f"/api/accounts/{accounts}/region?region=L") == cli(kontor, folder, "describe", "accounts", "--region", "L"), "a region differs")
    check(server.get(f"/api/accounts/{accounts}/pair?a=L&b=M") == cli(kontor, folder, "describe", "accounts", "--pair", "L,M"), "a pair differs")
    check(server.get(f"/api/accounts/{accounts}/check")["findings"] == cli(kontor, folder, "check", "accounts"), "check differs")
    wanted = cli(kontor, folder, "indicators", "accounts", "self_sufficiency", "--region", "L", "--sector", "1")
    check(server.get(f"/api/accounts/{accounts}/indicators?name=self_sufficiency&region=L&sector=1") == wanted, "an indicator differs")
    flows = server.get(f"/api/accounts/{accounts}/flows")
    check(flows == {"regions": ["L", "M"], "values": [[230, 70], [50, 150]]}, f"flows {flows}")
    chain = server.get(f"/api/accounts/{accounts}/chain?region=L&sector=2")
    check(abs(sum(link["value"] for link in chain["links"] if link["to"] == "product") - 200) < 1e-9, "a chain does not sum up")
    for path, status in ((f"/api/accounts/{accounts}/region?region=X", 400), (f"/api/accounts/{accounts}/indicators?name=x", 400),
                         ("/api/accounts/zzz", 404), (f"/api/accounts/{programme['id']}", 404), ("/api/results/zzz", 404), ("/api/jobs/zzz", 404)):
        answer = server.ask("GET", path)
        check(answer.status == status and json.loads(answer.text)["findings"][0]["code"], f"{path}: {answer.status} for {status}")
    return programme["id"]


def test_programme(server, programme, folder):
    opened = server.get(f"/api/programmes/{programme}")
    check(opened["toml"] == PROGRAMME, "a programme is not read as it is")
    read = server.post("/api/programmes/read", {"toml": PROGRAMME, "id": programme})
    measure = read["measures"][0]
    check(measure["fields"]["money.total"] == {"value": 4000000, "row": 20, "from": "toml"}, f"field {measure['fields']['money.total']}")
    check((measure["id"], measure["amount"], measure["first_year"], measure["last_year"], measure["parties"], measure["sectors"])
          == ("M1", 4e6, 2021, 2024, ["L", "M"], ["2"]), f"measure {measure}")
    check(not any(f["severity"] == "error" for f in read["findings"]), f"findings {read['findings']}")
    wrong = server.post("/api/programmes/read", {"toml": PROGRAMME.replace('"L"', '"Q"'), "id": programme})
    check(wrong["findings"][0]["code"] == "unknown-region" and wrong["findings"][0]["row"] == "18" and len(wrong["measures"]) == 1, f"wrong {wrong}")
    check(server.post("/api/programmes/read", {"toml": "[programme", "id": programme})["findings"][0]["code"] == "not-toml", "broken TOML is read")
    edited = server.post("/api/programmes/edit", {"toml": PROGRAMME, "id": programme, "edits": [
        {"measure": "M1", "field": "money.total", "value": 5e6}, {"measure": "M1", "field": "additional", "value": None}]})
    check(edited["toml"] == PROGRAMME.replace("4e6", "5000000").replace("additional = 0.5\n", "") and not edited["findings"], f"edited {edited}")
    check(read["programme"]["uncertainty"] == {} and read["overlaps"] == [], f"nothing overlaps and nothing is said of draws: {read}")
    twice = PROGRAMME + "\n[uncertainty]\nfan = true\n" + PROGRAMME[PROGRAMME.index("\n[[measure]]"):].replace('"M1"', '"M2"')
    read = server.post("/api/programmes/read", {"toml": twice, "id": programme})
    check(read["programme"]["uncertainty"]["fan"]["value"] is True, f"uncertainty {read['programme']['uncertainty']}")
    check([(o["measures"], o["counted_twice"], o["meant"]) for o in read["overlaps"]] == [(["M1", "M2"], True, False)]
          and any(f["code"] == "overlap" and read["overlaps"][0]["what"] in f["found"] for f in read["findings"]), f"overlaps {read}")
    read = server.post("/api/programmes/read", {"toml": twice + 'overlaps = ["M1"]\n', "id": programme})
    check([o["meant"] for o in read["overlaps"]] == [True] and not any(f["code"] == "overlap" for f in read["findings"]), f"meant {read}")
    # Files that a programme names lie in the project, however they are named.
    for header, code in (('accounts = "../outside"', "outside-project"), ('accounts = "/etc"', "outside-project"),
                         ('accounts = "link"', "outside-project"), ('accounts = "accounts"\nportfolio = "/etc/passwd"', "outside-project"),
                         ('accounts = "accounts"\nportfolio = "../secret.csv"', "outside-project"),
                         ('accounts = "accounts"\nportfolio = "linked.csv"', "outside-project"),
                         ('accounts = "accounts"\nportfolio = "http://127.0.0.1/x"', "url")):
        text = PROGRAMME.replace('accounts = "accounts"', header)
        got = server.ask("POST", "/api/programmes/read", {"toml": text, "id": programme}).text
        check(json.loads(got)["findings"][0]["code"] == code and "secret" not in got.replace("secret.csv", ""), f"{header}: {got[-300:]}")
        got = server.ask("POST", "/api/run", {"toml": text, "programme": programme})
        found = json.loads(got.text)
        if got.status == 200:
            found = server.events(found["job"])[-1][1]
            check(found["state"] == "failed", f"{header}: {found}")
        check(found["findings"][0]["code"] == code, f"{header}: {found}")
    check(str(folder) not in json.dumps(wrong), "a message tells where the folder lies")


def test_run(server, programme, kontor, folder):
    events = server.events(server.post("/api/run", {"toml": PROGRAMME, "programme": programme})["job"])
    job = events[-1][1]
    check(events[-1][0] == "end" and job["state"] == "done" and job["done"] == 1 and {name for name, _ in events[:-1]} <= {"step"}, f"events {events}")
    shares = [data["done"] for name, data in events[:-1]]
    check(all(0 <= share <= 1 for share in shares), f"shares {shares}")
    check(server.events(job["id"]) == [("end", job)] and server.get(f"/api/jobs/{job['id']}") == job, "a job that is over says something else later")
    outside.must(outside.run_command(kontor) + ["--force"], folder)
    result = job["result"]
    for name in ("effects.csv", "report.html", "summary.txt", "programme.toml", "certificate.json"):
        answer = server.ask("GET", f"/api/results/{result}/file/{name}")
        check(answer.text.encode() == (folder / "result" / name).read_bytes(), f"{name} is not what `kontor run` writes")
        check(answer.headers["content-disposition"] == f'attachment; filename="{name}"', f"{name}: {answer.headers}")
    check(server.ask("GET", f"/api/results/{result}/file/run.log").status == 404, "run.log is given away")
    about = server.get(f"/api/results/{result}")
    check(len(about["summary"]) == 5 and about["certificate"]["outcome"] == "solved" and about["toml"] == PROGRAMME
          and about["about"]["programme"]["id"] == "tiny", "a result lacks its parts")
    columns = ["indicator", "region", "sector", "partner", "year", "measure", "term", "value", "unit"]
    everything = server.get(f"/api/results/{result}/rows")
    run = cli(kontor, folder, "run", "programme.toml", "--out", "result", "--force")["rows"]
    check(everything["columns"] == columns and everything["rows"] == [[row[c] for c in columns] for row in run], "rows differ from `run --json`")
    some = server.get(f"/api/results/{result}/rows?indicator=real_income,value_added&measure=&term=&sector=&year=2024")["rows"]
    wanted = [r for name in ("real_income", "value_added") for r in everything["rows"]
              if r[0] == name and not r[5] and not r[6] and not r[2] and r[4] == 2024]
    check(some == wanted and len(some) >= 4, "a filter takes other rows")
    check(sum(i["rows"] for i in about["indicators"]) == len(everything["rows"]), "indicators do not count all rows")
    saved = [r for r in server.get("/api/project")["results"] if r["saved"]]
    time.sleep(1.1)  # the folder is looked at again after a second
    saved = [r for r in server.get("/api/project")["results"] if r["saved"]]
    check([r["name"] for r in saved] == ["result"], f"results {saved}")
    check(server.get(f"/api/results/{saved[0]['id']}/rows")["rows"] == everything["rows"], "a saved result has other rows")
    same = server.get(f"/api/compare?a={result}&b={saved[0]['id']}")
    check(all(r["value"] == 0 for r in same["rows"] if r["term"].endswith("difference") and r["value"] is not None), "a result differs from itself")
    question = {"indicator": "real_income", "region": "L", "year": 2024}
    wanted = cli(kontor, folder, "explain", "result", "--indicator", "real_income", "--region", "L", "--year", "2024")
    for one in (result, saved[0]["id"]):
        check(server.post("/api/explain", {"result": one, **question}) == wanted, "explain differs from the command line")
    live = server.post("/api/live", {"toml": PROGRAMME, "programme": programme, "year": 2024})
    total = next(r[7] for r in everything["rows"] if r[0] == "equivalent_variation" and r[1] == "" and r[4] == 2024 and not r[5] and not r[6])
    check(abs(live["total"]["real_income"] - total) < 1e-6 * max(1, abs(total)), f"live {live['total']}, run {total}")
    edits = [{"measure": "M1", "field": "money.total", "value": 5e6}]
    asked = {"programme": programme, "year": 2024}
    at_once, apart = server.post("/api/live", {"toml": PROGRAMME, "edits": edits, **asked}), server.post("/api/live", {"toml": PROGRAMME.replace("4e6", "5e6"), **asked})
    close = abs(at_once["total"]["real_income"] - apart["total"]["real_income"]) < 1e-6 * abs(apart["total"]["real_income"])
    check(close and abs(at_once["total"]["real_income"] - total) > 0.1 * abs(total), f"edits on the way: {at_once['total']}, in the text: {apart['total']}, without: {total}")
    unknown = server.post("/api/live", {"toml": PROGRAMME, "edits": [{"measure": "M9", "field": "money.total", "value": 1}], **asked}, 422)
    check(unknown["findings"] and server.post("/api/live", {"toml": PROGRAMME, "edits": 1, **asked}, 400)["findings"], f"a wrong edit is answered: {unknown}")
    check(server.post("/api/live", {"toml": PROGRAMME, "programme": programme, "year": 2099}, 400)["findings"], "a year beyond is answered")
    check(server.post("/api/live", {"toml": PROGRAMME.replace("4e6", "4e12"), "programme": programme, "year": 2024}, 422)["findings"],
          "what is impossible is answered")
    gross = server.run(toml=PROGRAMME, programme=programme, options={"gross_only": True})
    check(gross["state"] == "done" and not server.get(f"/api/results/{gross['result']}/rows?indicator=real_income")["rows"], "gross_only is net")
    drawn = server.run(toml=PROGRAMME, programme=programme, options={"draws": 20, "attribution": "none"})
    check(drawn["state"] == "done" and server.get(f"/api/results/{drawn['result']}/rows?term=p50")["rows"], f"draws: {drawn}")
    return result


def test_jobs(server, programme):
    """A long run is watched, outlives its page, and is cancelled; one that waits as well."""
    long_run = {"toml": PROGRAMME, "programme": programme, "options": {"draws": 1000000}}
    first, second = server.post("/api/run", long_run)["job"], server.post("/api/run", long_run)["job"]
    check(server.get(f"/api/jobs/{second}")["state"] == "waiting", "two run at a time")
    under_way = server.get("/api/jobs")["jobs"]
    check([(j["id"], j["programme"]) for j in under_way] == [(first, programme), (second, programme)], f"jobs under way: {under_way}")
    streams = test_streams(server, second)
    for s in streams:
        s.close()
    deadline = time.monotonic() + 60
    while server.get(f"/api/jobs/{first}")["done"] < 0.6 and time.monotonic() < deadline:
        time.sleep(0.05)
    check(server.get(f"/api/jobs/{first}")["state"] == "running", "a job ends with its page")
    check(server.post(f"/api/jobs/{second}/cancel", {})["state"] == "cancelled", "a job that waits is not cancelled")
    start = time.monotonic()
    server.post(f"/api/jobs/{first}/cancel", {})
    check(server.events(first)[-1][1]["state"] == "cancelled", "a running job is not cancelled")
    check(server.get("/api/jobs")["jobs"] == [], "a job that is over is under way")
    check(time.monotonic() - start < 5, f"cancelling takes {time.monotonic() - start:.1f} s")
    many = [server.ask("POST", "/api/run", long_run) for _ in range(70)]
    check(many[-1].status == 503 and json.loads(many[-1].text)["findings"][0]["code"] == "queue-full", f"more than 64 wait: {many[-1].status}")
    for answer in reversed(many):
        if answer.status == 200:
            server.post(f"/api/jobs/{json.loads(answer.text)['job']}/cancel", {})


def test_read_only(server, programme, folder):
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    hash_now = server.get(f"/api/programmes/{programme}")["hash"]
    refused = server.ask("PUT", f"/api/programmes/{programme}", {"toml": "x", "hash": hash_now})
    check(refused.status == 403 and json.loads(refused.text)["findings"][0]["code"] == "read-only", f"PUT: {refused.status}")
    check(server.ask("POST", "/api/run", {"toml": PROGRAMME, "programme": programme, "save": "x"}).status == 403, "a result may be saved")
    check({p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before, "something was written")


def test_writing(server, folder):
    programme = server.get("/api/project")["programmes"][0]["id"]
    check(server.get("/api/project")["writable"] is True, "not writable")
    opened = server.get(f"/api/programmes/{programme}")
    text = "# changed\n" + opened["toml"]
    check(server.ask("PUT", f"/api/programmes/{programme}", {"toml": text, "hash": "0"}).status == 409, "a changed file is overwritten")
    check(server.ask("PUT", f"/api/programmes/{programme}", {"toml": text, "hash": opened["hash"]}, Origin="http://evil.example").status == 403
          and (folder / "programme.toml").read_text() == opened["toml"], "another site may write")
    saved = server.ask("PUT", f"/api/programmes/{programme}", {"toml": text, "hash": opened["hash"]})
    check(saved.status == 200 and (folder / "programme.toml").read_text() == text, "saving does not save")
    check(server.get(f"/api/programmes/{programme}")["hash"] == json.loads(saved.text)["hash"], "another hash than that which was told")
    for name in ("../x", "a/b", "a\r\nb", 'a"b', "x" * 65, "ä"):
        check(server.ask("POST", "/api/run", {"programme": programme, "save": name}).status == 400, f"saved as {name!r}")
    job = server.run(programme=programme, save="one")
    check(job["state"] == "done" and outside.is_whole(folder / "result-one"), f"saved: {job}")
    check(server.get(f"/api/results/{job['result']}")["saved"] is True, "a saved result is not one")
    check(server.ask("POST", "/api/run", {"programme": programme, "save": "one"}).status == 409, "a result is overwritten")


def test_end(server):
    """Ctrl-C ends it at once; all that was ever printed is the address."""
    server.process.send_signal(signal.SIGINT)
    try:
        out, errors = server.process.communicate(timeout=10)
        check(server.process.returncode == 130, f"exit {server.process.returncode}")
        check(not out and not errors, f"printed: {out!r} {errors!r}")
    except subprocess.TimeoutExpired:
        problems.append("Ctrl-C does not end it")


def test_command_line(kontor, folder, port):
    for arguments, code in ((["nowhere"], 5), ([".", "--port", "x"], 2), ([".", "--port", "70000"], 2), ([".", "--port", str(port)], 5)):
        done = outside.call([kontor, "serve", *arguments], folder, timeout=20)
        check(done.returncode == code and done.stderr.startswith(b"error[") and not done.stdout, f"serve {arguments}: {done.returncode} {done.stderr}")


def test_no_calls(kontor, folder):
    """It starts no program but itself and connects to nobody."""
    if not shutil.which("strace") or outside.SANITIZED:
        print("  skipped: no strace, or a sanitized program")
        return
    log = folder.parent / "calls"
    process = subprocess.Popen(["strace", "-f", "-qq", "-o", str(log), "-e", "trace=execve,connect", kontor, "serve", str(folder)],
                               env=outside.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    address = process.stdout.readline().decode()
    port = int(re.search(r":(\d+)/", address).group(1))
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/" + address.strip().split("/", 3)[3])
    connection.getresponse().read()
    os.kill(int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]), signal.SIGINT)
    process.communicate(timeout=20)
    calls = log.read_text().splitlines()
    check(not any("connect(" in c for c in calls) and sum("execve(" in c for c in calls) <= 2, f"calls {calls}")


def main():
    kontor = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory(prefix="kontor-serve-") as name:
        folder = Path(name) / "project"
        folder.mkdir()
        (folder / "flows.csv").write_text(FLOWS)
        (folder / "programme.toml").write_text(PROGRAMME)
        outside.must(outside.import_command(kontor), folder)
        shutil.copytree(folder / "accounts", Path(name) / "outside")
        (Path(name) / "secret.csv").write_text("id,kind\nsecret,contract\n")
        (folder / "link").symlink_to(Path(name) / "outside")
        (folder / "linked.csv").symlink_to(Path(name) / "secret.csv")
        (folder / "machines" / "inner").mkdir(parents=True)  # left out by its marker: test_reads lists one programme
        (folder / "machines" / ".nokontor").write_text("")
        (folder / "machines" / "inner" / "other.toml").write_text(PROGRAMME)
        with Server(kontor, folder) as server:
            test_token(server)
            test_host_and_origin(server)
            test_heads(server)
            test_json(server)
            test_headers_everywhere(server)
            test_binding(server)
            test_command_line(kontor, folder, server.port)
            programme = test_reads(server, kontor, folder)
            test_programme(server, programme, folder)
            test_run(server, programme, kontor, folder)
            test_jobs(server, programme)
            test_read_only(server, programme, folder)
            test_slow_and_idle(server)
            test_end(server)
        with Server(kontor, folder, "--allow-write") as server:
            server.let_in()
            test_writing(server, folder)
        with Server(kontor, folder / "machines") as server:
            server.let_in()
            check([p["name"] for p in server.get("/api/project")["programmes"]] == ["inner/other.toml"], "a marked folder served by name is empty")
        test_no_calls(kontor, folder)
    print("\n".join(problems) or "serve: let in, answered and refused as docs/serve.md says")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
