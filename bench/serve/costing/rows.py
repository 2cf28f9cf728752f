"""What bench/serve/cost measures: each row is a load, with the unit in which its cost is counted."""
import re
import subprocess

from .peers import GROUP, SUITE

MB = 1024 * 1024


class Failed(Exception):
    """A load that wasn't served in full."""


class Unable(Exception):
    """What a row measures and a program doesn't do."""


class Row:
    def __init__(self, key, title, unit, run, size, protocol=None):
        self.key, self.title, self.unit, self.size, self.protocol, self._run = key, title, unit, size, protocol, run

    def serves(self, peer):
        return self.protocol != "h3" or peer.quic is not None

    def run(self, peer, scale):
        """Lays the load on the peer; gives the number of units that it was."""
        return self._run(peer, max(1, int(self.size * scale)))


def h2load(peer, requests, tls, *options):
    scheme, port = ("https", peer.tls) if tls else ("http", peer.plain)
    command = ["h2load", "-t", "1", "-n", str(requests), "--tls13-ciphers", SUITE, "--groups", GROUP, *options, f"{scheme}://localhost:{port}/x"]
    done = subprocess.run(command, capture_output=True, text=True)
    if not re.search(rf"\b{requests} 2xx", done.stdout):
        raise Failed(f"{peer.name}: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return requests


def kept(tls):
    return lambda peer, size: h2load(peer, size, tls, "--h1", "-c", "32")


def new(tls):
    # So many new connections a tenth of a second; each ends behind its only request.
    return lambda peer, size: h2load(peer, size, tls, "--h1", "-c", str(size), "-r", "100" if tls else "200", "--rate-period", "100ms")


def resumed(peer, size):
    """So many seconds of connections one after the other, each with the session of the one before (RFC 8446, section 2.2) and one request."""
    # It names no host in its handshake; that the request is served all the same is tried first.
    served = subprocess.run(["curl", "-sSk", "--fail", "-o", "/dev/null", "-H", "Host: localhost", f"https://127.0.0.1:{peer.tls}/x"], capture_output=True, text=True)
    if served.returncode != 0:
        raise Failed(f"{peer.name}: {served.stderr}")
    page = "/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Rest:"
    command = ["openssl", "s_time", "-connect", f"127.0.0.1:{peer.tls}", "-reuse", "-time", str(size), "-www", page]
    done = subprocess.run(command, capture_output=True, text=True)
    marks = re.search(r"starting\n([r*]+)\n", done.stdout)
    if not marks:
        raise Failed(f"{peer.name}: {command}\n{done.stdout}{done.stderr}")
    if marks[1].count("r") < 0.99 * len(marks[1]):
        raise Unable(f"{peer.name} resumed {marks[1].count('r')} sessions of {len(marks[1])}")
    return len(marks[1])


def streams(peer, size):
    return h2load(peer, size, True, "-c", "8", "-m", "10")


def curl(peer, tls, *options):
    scheme, port = ("https", peer.tls) if tls else ("http", peer.plain)
    command = ["curl", "-sS", "--fail", "--cacert", curl.work / "site.pem", "--tls13-ciphers", SUITE, "--curves", GROUP, "-o", "/dev/null",
               "-w", "%{size_download} %{size_upload} %{http_version}", *options[:-1], f"{scheme}://localhost:{port}{options[-1]}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"{peer.name}: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout.split()


def down(tls, version):
    def run(peer, size):
        for _ in range(size):
            got = curl(peer, tls, version, "/large")
            if int(got[0]) != 256 * MB or (got[2] == "2") != (version == "--http2"):
                raise Failed(f"{peer.name}: {got}")
        return size * 256
    return run


def up(tls, version, megabytes):
    def run(peer, size):
        for _ in range(size):
            got = curl(peer, tls, version, "-H", "Expect:", "-T", curl.work / f"body{megabytes}", "/up")
            if int(got[1]) != megabytes * MB or (got[2] == "2") != (version == "--http2"):
                raise Failed(f"{peer.name}: {got}")
        return size * megabytes
    return run


def http3(peer, size):
    done = subprocess.run(["dotnet", str(http3.client), f"https://localhost:{peer.quic}/x", str(size), "8", "10"], capture_output=True, text=True)
    if f" {size} 2xx" not in done.stdout:
        raise Failed(f"{peer.name}: {done.stdout}{done.stderr}")
    return size


ROWS = [
    Row("h1", "small, HTTP/1.1", "request", kept(tls=False), 60000),
    Row("new", "small, a new connection each", "request", new(tls=False), 10000),
    Row("tls", "small, HTTP/1.1 over TLS", "request", kept(tls=True), 50000),
    Row("handshake", "small, a TLS handshake each", "request", new(tls=True), 3000),
    Row("resumed", "small, a resumed TLS session each", "request", resumed, 4),
    Row("h2", "small, HTTP/2 over TLS", "request", streams, 60000, "h2"),
    Row("down", "256 MB down, HTTP/1.1", "MB", down(False, "--http1.1"), 4),
    Row("up", "256 MB up, HTTP/1.1", "MB", up(False, "--http1.1", 256), 3),
    Row("tls-down", "256 MB down, HTTP/1.1 over TLS", "MB", down(True, "--http1.1"), 3),
    Row("h2-down", "256 MB down, HTTP/2 over TLS", "MB", down(True, "--http2"), 3),
    Row("h2-up", "90 MB up, HTTP/2 over TLS", "MB", up(True, "--http2", 90), 4),
    Row("h3", "small, HTTP/3", "request", http3, 10000, "h3"),
]
