#!/usr/bin/env bash
# What thousands of connections that say nothing cost `confgen serve`, and whether others are still answered meanwhile: memory for each, and
# memory and descriptors after they have gone. Half of them stop in the middle of a head. Usage: bench/serve/idle.sh [CONNECTIONS]
set -euo pipefail
connections=${1:-10000}
here=$(cd "$(dirname "$0")/../.." && pwd)
ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -gt $((connections + 200)) ] || { echo "this user may open $(ulimit -n) files: too few for $connections connections"; exit 1; }
work=$(mktemp -d)
pids=()
finish() { kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
[ -x "$here/src/Cli/bin/Release/net10.0/confgen" ] || dotnet build "$here/src/Cli" -c Release -nologo -v q -clp:ErrorsOnly

echo 'sites: [{ host: _, listen: ["127.0.0.1:9714"], respond: { status: 200, body: "here" } }]' > "$work/serve.yaml"
"$here/src/Cli/bin/Release/net10.0/confgen" serve "$work/serve.yaml" 2> "$work/serve.log" & serve=$!; pids+=("$serve")
until (exec 3<>/dev/tcp/127.0.0.1/9714) 2>/dev/null; do sleep 0.1; done

python3 - "$connections" "$serve" <<'CODE'
import http.client, os, socket, sys, time
many, pid = int(sys.argv[1]), sys.argv[2]

def memory():
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))

def descriptors():
    return len(os.listdir(f"/proc/{pid}/fd"))

def ask():
    start = time.monotonic()
    client = http.client.HTTPConnection("127.0.0.1", 9714, timeout=10)
    client.request("GET", "/")
    assert client.getresponse().read() == b"here"
    client.close()
    return (time.monotonic() - start) * 1000

for _ in range(200):
    ask()
before, files = memory(), descriptors()
# What the collector holds for the next wave is not given back to the system at once: the second wave shows that it is used again.
for wave in (1, 2):
    held = []
    for i in range(many):
        # More than one address: each has some 28,000 ports, and those of the wave before are still kept by the system.
        held.append(socket.create_connection(("127.0.0.1", 9714), source_address=(f"127.0.{wave}.{1 + i // 20000}", 0)))
        if i % 2:
            held[-1].send(b"GET / HTTP/1.1\r\nHost: a")
    slowest = max(ask() for _ in range(100))
    print(f"wave {wave}: {many} connections, {(memory() - before) / many:.1f} KiB each; the slowest of 100 others took {slowest:.1f} ms")
    for connection in held:
        connection.close()
    for _ in range(100):
        time.sleep(0.1)
        if descriptors() <= files + 2:
            break
    ask()
    print(f"  afterwards: {descriptors() - files} descriptors and {(memory() - before) / 1024:.0f} MiB more than before")
CODE
