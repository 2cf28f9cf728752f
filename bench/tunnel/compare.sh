#!/usr/bin/env bash
# A service behind a tunnel, reached through confgen's own and through V2Ray's, in turns within one run: requests a second, their latency, CPU of
# both sides, a big download, small requests beside a client that reads nothing, and the time until a killed bridge is back.
# Needs nginx, v2ray, curl, openssl and h2load. Usage: bench/tunnel/compare.sh [REQUESTS] [ROUNDS]
set -euo pipefail
requests=${1:-20000} rounds=${2:-3}
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
declare -A pid=()
finish() { kill "${pid[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
confgen="$here/src/Cli/bin/Release/net10.0/confgen"
[ -x "$confgen" ] || dotnet build "$here/src/Cli" -c Release -nologo -v q -clp:ErrorsOnly

# The service: a small answer, and a big file.
head -c 200000000 /dev/zero > "$work/big"
cat > "$work/backend.conf" <<CONF
worker_processes 1; daemon off; master_process off; pid $work/backend.pid; error_log $work/backend.log;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 100000000;
  server { listen 127.0.0.1:9811; root $work; location = /x { default_type text/plain; return 200 "hello, this is a small body\n"; } } }
CONF
nginx -c "$work/backend.conf" & pid[backend]=$!

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null

# spec NAME SITE-PORT CONTROL-PORT ENTRY-PORT TLS(yes|no) PROTOCOL
spec() {
  local tls="" ca=""
  [ "$5" = yes ] && tls=", tls: { cert: $work/cert.pem, key: $work/key.pem }" ca=", ca: $work/cert.pem"
  cat > "$work/$1.yaml" <<SPEC
targets: { v2ray: { protocol: $6 } }
tunnels:
  home:
    portal: { listen: "127.0.0.1:$3", public: localhost, entry: $4$tls }
    bridge: { forward: "http://127.0.0.1:9811"$ca }
    secret: \${TUNNEL_SECRET:-0123456789abcdef}
sites: [{ host: _, listen: "127.0.0.1:$2", routes: [{ path: /, proxy: "tunnel:home" }] }]
SPEC
}
spec own 9821 9822 9823 no vmess
spec own-tls 9831 9832 9833 yes vmess
spec vless 9841 9842 9843 no vless
spec vmess 9851 9852 9853 no vmess
echo 'sites: [{ host: _, listen: "127.0.0.1:9861", routes: [{ path: /, proxy: "http://127.0.0.1:9811" }] }]' > "$work/direct.yaml"

start() { # NAME SIDE
  case "$1-$2" in
    front-portal) nginx -p "$work" -c "$work/vmess/nginx/nginx.conf" -g "daemon off; master_process off; pid $work/front.pid; error_log $work/front.log;" & ;;
    direct-portal) "$confgen" serve "$work/direct.yaml" >/dev/null 2>"$work/$1-$2.log" & ;;
    own*-portal) "$confgen" serve "$work/$1.yaml" >/dev/null 2>"$work/$1-$2.log" & ;;
    own*-bridge) "$confgen" tunnel "$work/$1.yaml" >/dev/null 2>"$work/$1-$2.log" & ;;
    *) v2ray -config "$work/$1/v2ray/$2.json" >"$work/$1-$2.log" 2>&1 & ;;
  esac
  pid[$1-$2]=$!
}
declare -A port=([front]=9851 [direct]=9861 [own]=9821 [own-tls]=9831 [vless]=9843 [vmess]=9853)
declare -A title=([direct]="confgen serve, no tunnel" [own]="confgen, plain" [own-tls]="confgen, TLS" [vless]="V2Ray, VLESS, plain" [vmess]="V2Ray, VMess" [front]="nginx and V2Ray, VMess")
ways="direct own own-tls vless vmess front"
for way in $ways; do
  case $way in v*) "$confgen" build "$work/$way.yaml" -t v2ray,nginx -o "$work/$way" 2>/dev/null ;; esac
  start "$way" portal
  case $way in direct | front) ;; *) start "$way" bridge ;; esac
done
url() { echo "http://127.0.0.1:${port[$1]}/$2"; }
ready() { until curl -fs -m 2 -o /dev/null "$(url "$1" x)"; do sleep 0.05; done; }
for way in $ways; do ready "$way"; done

ticks() { local t=0 p; for p in "$@"; do t=$((t + $(sed 's/.*) //' "/proc/$p/stat" | awk '{ print $12 + $13 }'))); done; echo "$t"; }
sides() { case $1 in front) echo "${pid[front-portal]} ${pid[vmess-portal]} ${pid[vmess-bridge]}" ;; *) echo "${pid[$1-portal]}" ${pid[$1-bridge]:-} ;; esac; }
load() { # WAY REQUESTS -> "REQ/S MEAN-LATENCY CPU-US"
  local before after
  before=$(ticks $(sides "$1"))
  h2load --h1 -n "$2" -c 32 -t 1 "$(url "$1" x)" > "$work/out"
  after=$(ticks $(sides "$1"))
  grep -q "$2 succeeded" "$work/out" || { cat "$work/out" >&2; exit 1; }
  awk -v t=$((after - before)) -v n="$2" -v hz="$(getconf CLK_TCK)" '/^finished/ { sub(",", "", $4); rate = $4 } /^time for request/ { mean = $6 } END { printf "%8.0f %10s %6.0f", rate, mean, t / hz * 1e6 / n }' "$work/out"
}
download() { curl -s -o /dev/null -w '%{speed_download}' "$(url "$1" big)" | awk '{ printf "%6.0f", $1 / 1e6 }'; }
beside_slow() { # small requests while four clients read nothing of a download
  local slow=() i
  for i in 1 2 3 4; do curl -s --limit-rate 1k -o /dev/null "$(url "$1" big)" & slow+=($!); done
  sleep 1
  local stalled=no
  timeout 20 h2load --h1 -n 2000 -c 8 -t 1 "$(url "$1" x)" > "$work/out" || stalled=yes
  kill "${slow[@]}" 2>/dev/null || true; wait "${slow[@]}" 2>/dev/null || true
  [ $stalled = yes ] && { printf 'not done after 20 s'; return; }
  awk '/ succeeded/ { for (i = 1; i <= NF; i++) if ($(i + 1) == "succeeded,") good = $i } /^time for request/ { mean = $6; max = $5 } END { printf "%5d of 2000, mean %s, longest %s", good, mean, max }' "$work/out"
}
heal() { # kill -9 the bridge, start it anew: seconds until a request is answered, in $healed; not in a subshell, which would forget the process
  local began
  kill -9 "${pid[$1-bridge]}"; wait "${pid[$1-bridge]}" 2>/dev/null || true
  start "$1" bridge
  began=$(date +%s.%N)
  until curl -fs -m 60 -o /dev/null "$(url "$1" x)"; do sleep 0.05; done
  awk -v a="$began" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }' > "$work/healed"
  healed=$(cat "$work/healed")
}

for _ in 1 2 3; do for way in $ways; do load "$way" "$requests" >/dev/null; done; done  # the proxy is compiled as it runs
printf '%-26s %8s %10s %6s %6s\n' "" "req/s" "mean" "us CPU" "MB/s"
for _ in $(seq "$rounds"); do for way in $ways; do printf '%-26s %s %s\n' "${title[$way]}" "$(load "$way" "$requests")" "$(download "$way")"; done; done
echo; echo "small requests beside four clients that read nothing"
for way in own own-tls vless vmess; do printf '%-26s %s\n' "${title[$way]}" "$(beside_slow "$way")"; done
echo; echo "seconds until a killed bridge is back, its start included"
for way in own own-tls vless vmess; do printf '%-26s' "${title[$way]}"; for _ in 1 2 3; do heal "$way"; printf ' %s' "$healed"; done; echo; done
