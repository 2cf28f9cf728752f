#!/usr/bin/env bash
# CPU of one small proxied request over kept connections: nginx, HAProxy, Caddy and `confgen serve` before the same backend, in turns within
# one run, since a machine's speed changes from minute to minute. Clients speak HTTP/1.1, then HTTP/2 (without TLS, with ten streams a
# connection); the backend HTTP/1.1. Only the ratios mean something. Needs h2load and nginx; HAProxy and Caddy take part where they are installed.
# HTTP/3 is measured where it is asked for: with nginx where it has its module, Caddy, and the client in Http3Load; it needs openssl and .NET's QUIC.
# Usage: bench/serve/compare.sh [REQUESTS] [ROUNDS] [PROTOCOL...]      PROTOCOL is h1, h2 or h3; BENCH_PORT sets the first of ten ports
set -euo pipefail
requests=${1:-100000} rounds=${2:-3}
protocols=("${@:3}"); [ ${#protocols[@]} -gt 0 ] || protocols=(h1 h2)
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
pids=()
finish() { kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
dotnet build "$here/src/Cli" -c Release -nologo -v q -clp:ErrorsOnly
h3=$(printf '%s\n' "${protocols[@]}" | grep -cx h3 || true)
if [ "$h3" = 1 ]; then
  dotnet build "$here/bench/serve/Http3Load" -c Release -nologo -v q -clp:ErrorsOnly
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$work/site.key" -out "$work/site.pem" 2> /dev/null
fi

declare -A port process
base=${BENCH_PORT:-9711} next=0
give() { port[$1]=$((base + next)); next=$((next + 1)); }
for name in backend nginx-h1 nginx-h2 haproxy-h1 haproxy-h2 caddy serve nginx-h3 caddy-h3 serve-h3; do give "$name"; done
port[caddy-h1]=${port[caddy]} port[caddy-h2]=${port[caddy]} port[serve-h1]=${port[serve]} port[serve-h2]=${port[serve]}

# 1. The backend, and nginx, each with one process.
main() { printf 'worker_processes 1; daemon off; master_process off; pid %s/%s.pid; error_log %s/%s.log;\nevents { worker_connections 4096; }\n' "$work" "$1" "$work" "$1"; }
{ main backend; cat <<CONF
http { access_log off; keepalive_requests 100000000; server { listen 127.0.0.1:${port[backend]}; location / { default_type text/plain; return 200 "hello, this is a small body\n"; } } }
CONF
} > "$work/backend.conf"
{ main nginx; cat <<CONF
http { access_log off; keepalive_requests 100000000;
  upstream app { server 127.0.0.1:${port[backend]}; keepalive 100; keepalive_requests 100000000; }
  server { listen 127.0.0.1:${port[nginx-h1]}; listen 127.0.0.1:${port[nginx-h2]} http2; location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host \$host;
    proxy_set_header X-Forwarded-For \$remote_addr; proxy_set_header X-Forwarded-Proto \$scheme; proxy_set_header X-Forwarded-Host \$host; proxy_set_header X-Real-IP \$remote_addr; } } }
CONF
} > "$work/nginx.conf"
nginx_h3=$([ "$h3" = 1 ] && nginx -V 2>&1 | grep -c -- --with-http_v3_module || true)
if [ "$nginx_h3" = 1 ]; then
  sed -i "s|listen 127.0.0.1:${port[nginx-h2]} http2;|& listen 127.0.0.1:${port[nginx-h3]} quic; listen 127.0.0.1:${port[nginx-h3]} ssl; ssl_certificate $work/site.pem; ssl_certificate_key $work/site.key;|" "$work/nginx.conf"
fi
nginx -c "$work/backend.conf" & pids+=($!)
nginx -c "$work/nginx.conf" & process[nginx]=$!; pids+=($!)

# 2. confgen serve, with what its defaults do for each request.
cat > "$work/serve.yaml" <<SPEC
sites:
  - { host: _, listen: ["127.0.0.1:${port[serve]}"], http2: true, routes: [{ path: /, proxy: "http://127.0.0.1:${port[backend]}" }] }
SPEC
if [ "$h3" = 1 ]; then
  cat >> "$work/serve.yaml" <<SPEC
  - { host: localhost, listen: ["127.0.0.1:${port[serve-h3]}"], tls: { cert: $work/site.pem, key: $work/site.key }, http3: true, redirect_http: false, routes: [{ path: /, proxy: "http://127.0.0.1:${port[backend]}" }] }
SPEC
fi
"$here/src/Cli/bin/Release/net10.0/confgen" serve "$work/serve.yaml" 2> "$work/serve.log" & process[serve]=$!; pids+=($!)
programs=(nginx serve)

# 3. The others.
if command -v haproxy > /dev/null; then
  cat > "$work/haproxy.cfg" <<CONF
global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend h1
  bind 127.0.0.1:${port[haproxy-h1]}
  default_backend app
frontend h2
  bind 127.0.0.1:${port[haproxy-h2]} proto h2
  default_backend app
backend app
  option forwardfor
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[req.hdr(host)]
  http-request set-header X-Real-IP %[src]
  server one 127.0.0.1:${port[backend]}
CONF
  haproxy -db -f "$work/haproxy.cfg" 2> "$work/haproxy.log" & process[haproxy]=$!; pids+=($!); programs+=(haproxy)
fi
if command -v caddy > /dev/null; then
  cat > "$work/Caddyfile" <<CONF
{
	admin off
	auto_https off
	servers {
		protocols h1 h2 h2c$([ "$h3" = 1 ] && echo " h3")
	}
}
http://:${port[caddy]} {
	reverse_proxy 127.0.0.1:${port[backend]} {
		transport http {
			compression off
		}
	}
}
CONF
  if [ "$h3" = 1 ]; then
    cat >> "$work/Caddyfile" <<CONF
https://localhost:${port[caddy-h3]} {
	bind 127.0.0.1
	tls $work/site.pem $work/site.key
	reverse_proxy 127.0.0.1:${port[backend]} {
		transport http {
			compression off
		}
	}
}
CONF
  fi
  XDG_DATA_HOME=$work XDG_CONFIG_HOME=$work caddy run --config "$work/Caddyfile" --adapter caddyfile 2> "$work/caddy.log" & process[caddy]=$!; pids+=($!); programs+=(caddy)
fi
programs_h3=()
if [ "$h3" = 1 ]; then
  for program in "${programs[@]}"; do
    case $program in haproxy) ;; nginx) [ "$nginx_h3" = 1 ] && programs_h3+=(nginx) ;; *) programs_h3+=("$program") ;; esac
  done
fi
for name in backend $(for p in "${programs[@]}"; do echo "$p-h1 $p-h2"; done) $(for p in "${programs_h3[@]}"; do echo "$p-h3"; done); do
  until (exec 3<>"/dev/tcp/127.0.0.1/${port[$name]}") 2>/dev/null; do sleep 0.1; done
done

ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }
measure() { # program, protocol
  local before after how=(--h1 -c 32)
  [ "$2" = h2 ] && how=(-c 8 -m 10)
  before=$(ticks "${process[$1]}")
  if [ "$2" = h3 ]; then
    dotnet "$here/bench/serve/Http3Load/bin/Release/net10.0/Confgen.Http3Load.dll" "https://localhost:${port[$1-h3]}/x" "$requests" 8 10 > "$work/out"
  else
    h2load "${how[@]}" -n "$requests" -t 1 "http://127.0.0.1:${port[$1-$2]}/x" > "$work/out"
  fi
  after=$(ticks "${process[$1]}")
  grep -q " $requests 2xx" "$work/out" || { cat "$work/out" >&2; exit 1; }
  awk -v t=$((after - before)) -v n="$requests" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.1f\n", t / hz * 1e6 / n }'
}
for protocol in "${protocols[@]}"; do
  [ "$protocol" != h3 ] || programs=("${programs_h3[@]}")
  # The built-in proxy is compiled as it runs; the others fill their pools.
  for _ in 1 2 3; do measure serve "$protocol" > /dev/null; done
  for program in "${programs[@]}"; do measure "$program" "$protocol" > /dev/null; : > "$work/$program-$protocol"; done
  for _ in $(seq "$rounds"); do for program in "${programs[@]}"; do measure "$program" "$protocol" >> "$work/$program-$protocol"; done; done
  median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
  nginx=$(median "$work/${programs[0]}-$protocol")
  for program in "${programs[@]}"; do
    printf '%s  %-8s %6.1f us CPU a request, %4.2f of %s   (%s)\n' "$protocol" "$program" "$(median "$work/$program-$protocol")" \
      "$(awk -v a="$(median "$work/$program-$protocol")" -v b="$nginx" 'BEGIN { print a / b }')" "${programs[0]}" "$(paste -sd' ' "$work/$program-$protocol")"
  done
done
