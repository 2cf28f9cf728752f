"""The programs that bench/serve/cost compares. Each gets the same certificate, one upstream to which it keeps connections, the fields that tell the
upstream who asks, no access log, and as many workers as it takes by itself."""
import os
import pathlib
import shutil
import subprocess

# TLS 1.3 with one suite and one group in every run, whichever the program prefers.
SUITE, GROUP = "TLS_AES_128_GCM_SHA256", "X25519"


class Peer:
    """A proxy that runs: its process, and its ports for plain HTTP, TLS and QUIC."""

    def __init__(self, name, process, plain, tls, quic=None):
        self.name, self.process, self.plain, self.tls, self.quic = name, process, plain, tls, quic

    def processes(self):
        """Ids of its process and of the workers below it."""
        found = [self.process.pid]
        for pid in found:
            try:
                found += [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
            except OSError:
                pass
        return found

    def cpu(self):
        """User and system time in seconds, by the system's own account."""
        ticks = 0
        for pid in self.processes():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Resident memory in MB, that which workers share counted once."""
        kilobytes = 0
        for pid in self.processes():
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        return kilobytes / 1024


def certificate(work):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", work / "site.key", "-out", work / "site.pem"], check=True, stderr=subprocess.DEVNULL)
    (work / "both.pem").write_text((work / "site.pem").read_text() + (work / "site.key").read_text())


NGINX_MAIN = """daemon off; pid {work}/{name}.pid; error_log {work}/{name}.log;
worker_processes {workers};
events {{ worker_connections 4096; }}
"""

UPSTREAM = """http {{
  access_log off; keepalive_requests 100000000; sendfile on; client_body_temp_path {work}/body; proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/f; uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ default_type text/plain; return 200 "hello, this is a small body\\n"; }}
    location = /large {{ root {work}; }}
  }}
}}
"""

# Bodies are passed on as they come, in both directions, as every other program here does: by default nginx writes uploads to files first.
NGINX = """http {{
  access_log off; keepalive_requests 100000000; client_max_body_size 0; proxy_request_buffering off; proxy_max_temp_file_size 0;
  client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/f; uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;
  upstream small {{ server 127.0.0.1:{small}; keepalive 100; keepalive_requests 100000000; }}
  upstream up {{ server 127.0.0.1:{up}; keepalive 100; keepalive_requests 100000000; }}
  proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $host; proxy_set_header X-Real-IP $remote_addr;
  server {{
    listen 127.0.0.1:{plain} backlog=4096; listen 127.0.0.1:{tls} ssl http2 backlog=4096; {quic}
    ssl_certificate {work}/site.pem; ssl_certificate_key {work}/site.key; ssl_protocols TLSv1.2 TLSv1.3;
    location / {{ proxy_pass http://small; }}
    location /up {{ proxy_pass http://up; }}
  }}
}}
"""

HAPROXY = """global
  maxconn 4000
  # The same ones as nginx takes without a word.
  ssl-default-bind-options ssl-min-ver TLSv1.2
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend all
  option forwardfor
  http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]
  http-request set-header X-Forwarded-Host %[req.hdr(host)]
  http-request set-header X-Real-IP %[src]
  bind 127.0.0.1:{plain} backlog 4096
  bind 127.0.0.1:{tls} ssl crt {work}/both.pem alpn h2,http/1.1 backlog 4096
  use_backend up if {{ path_beg /up }}
  default_backend small
backend small
  server one 127.0.0.1:{small}
backend up
  server one 127.0.0.1:{up}
"""

CADDY = """{{
	admin off
	auto_https off
	servers {{
		protocols h1 h2{h3}
	}}
}}
(pass) {{
	reverse_proxy /up 127.0.0.1:{up} {{
		transport http {{
			compression off
		}}
	}}
	reverse_proxy 127.0.0.1:{small} {{
		transport http {{
			compression off
		}}
	}}
}}
http://:{plain} {{
	bind 127.0.0.1
	import pass
}}
https://localhost:{tls} {{
	bind 127.0.0.1
	tls {work}/site.pem {work}/site.key
	import pass
}}
"""

CONFGEN = """sites:
  - {{ host: _, listen: ["127.0.0.1:{plain}"], max_body: 0, routes: [{{ path: /, proxy: "http://127.0.0.1:{small}" }}, {{ path: /up, proxy: "http://127.0.0.1:{up}" }}] }}
  - host: localhost
    listen: ["127.0.0.1:{tls}"]
    tls: {{ cert: {work}/site.pem, key: {work}/site.key }}
    http3: {http3}
    redirect_http: false
    max_body: 0
    routes: [{{ path: /, proxy: "http://127.0.0.1:{small}" }}, {{ path: /up, proxy: "http://127.0.0.1:{up}" }}]
"""


def start_nginx(program, work, name, text, workers="auto"):
    config = work / f"{name}.conf"
    config.write_text(NGINX_MAIN.format(work=work, name=name, workers=workers) + text)
    return subprocess.Popen([program, "-c", str(config)])


def start_upstream(work, port):
    return start_nginx(shutil.which("nginx") or "nginx", work, "upstream", UPSTREAM.format(work=work, port=port), workers=1)


def start(name, program, work, ports, wants_h3):
    """Starts a peer. What kind of program it is its name says, up to the first blank."""
    kind = name.split(" ")[0]
    log = open(work / f"{name.replace(' ', '-')}.out", "w", encoding="utf-8")
    values = dict(ports, work=work, http3="true" if wants_h3 else "false", h3=" h3" if wants_h3 else "", quic="")
    quic = ports["tls"] if wants_h3 else None

    def write(suffix, text):
        path = work / f"{name.replace(' ', '-')}.{suffix}"
        path.write_text(text.format(**values))
        return str(path)

    if kind == "nginx":
        shown = subprocess.run([program, "-V"], capture_output=True, text=True, check=True).stderr
        quic = quic if "--with-http_v3_module" in shown else None
        if quic:
            values["quic"] = f"listen 127.0.0.1:{quic} quic;"
        process = start_nginx(program, work, name.replace(" ", "-"), NGINX.format(**values))
    elif kind == "haproxy":
        process, quic = subprocess.Popen([program, "-db", "-f", write("cfg", HAPROXY)], stdout=log, stderr=log), None
    elif kind == "caddy":
        home = dict(os.environ, XDG_DATA_HOME=str(work), XDG_CONFIG_HOME=str(work))
        process = subprocess.Popen([program, "run", "--config", write("Caddyfile", CADDY), "--adapter", "caddyfile"], stdout=log, stderr=log, env=home)
    elif kind == "yarp":
        arguments = [ports["plain"], ports["tls"], ports["small"], ports["up"], work / "site.pem", work / "site.key"]
        process, quic = subprocess.Popen([program, *map(str, arguments)], stdout=log, stderr=log), None
    else:
        process = subprocess.Popen([program, "serve", write("yaml", CONFGEN)], stdout=log, stderr=log)
    return Peer(name, process, ports["plain"], ports["tls"], quic)
