#!/usr/bin/env bash
# CPU of one proxied keep-alive request: nginx and `confgen serve` before the same backend, in turns within one run, since a machine's
# speed changes from minute to minute. Needs nginx and h2load. Usage: bench/serve/compare.sh [REQUESTS] [ROUNDS]
set -euo pipefail
requests=${1:-100000} rounds=${2:-3}
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
pids=()
finish() { kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
[ -x "$here/src/Cli/bin/Release/net10.0/confgen" ] || dotnet build "$here/src/Cli" -c Release -nologo -v q -clp:ErrorsOnly

main() { printf 'worker_processes 1; daemon off; master_process off; pid %s/%s.pid; error_log %s/%s.log;\nevents { worker_connections 4096; }\n' "$work" "$1" "$work" "$1"; }
{ main backend; cat <<CONF
http { access_log off; keepalive_requests 100000000; server { listen 127.0.0.1:9711; location / { default_type text/plain; return 200 "hello, this is a small body\n"; } } }
CONF
} > "$work/backend.conf"
{ main nginx; cat <<'CONF'
http { access_log off; keepalive_requests 100000000;
  upstream app { server 127.0.0.1:9711; keepalive 100; keepalive_requests 100000000; }
  server { listen 127.0.0.1:9712; location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Real-IP $remote_addr; } } }
CONF
} > "$work/nginx.conf"
cat > "$work/serve.yaml" <<'SPEC'
sites: [{ host: _, listen: ["127.0.0.1:9713"], routes: [{ path: /, proxy: "http://127.0.0.1:9711" }] }]
SPEC
nginx -c "$work/backend.conf" & pids+=($!)
nginx -c "$work/nginx.conf" & nginx=$!; pids+=("$nginx")
"$here/src/Cli/bin/Release/net10.0/confgen" serve "$work/serve.yaml" 2> "$work/serve.log" & serve=$!; pids+=("$serve")
for port in 9711 9712 9713; do until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.1; done; done

ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }
measure() {
  local before after; before=$(ticks "$2")
  h2load --h1 -n "$requests" -c 32 -t 1 "http://127.0.0.1:$3/x" > "$work/out"
  after=$(ticks "$2")
  grep -q "$requests succeeded" "$work/out" || { cat "$work/out"; exit 1; }
  awk -v name="$1" -v t=$((after - before)) -v n="$requests" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%-14s %6.1f us CPU a request\n", name, t / hz * 1e6 / n }'
}
echo "warming up (the proxy is compiled as it runs)"; for _ in 1 2 3; do measure serve "$serve" 9713; done; measure nginx "$nginx" 9712
for _ in $(seq "$rounds"); do measure nginx "$nginx" 9712; measure serve "$serve" 9713; done
