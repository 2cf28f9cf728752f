#!/usr/bin/env python3
"""The ends of bench/serve/soak: a backend that responds, echoes WebSocket messages and sends events; a client that keeps such connections
open and says what it missed; and one that sends requests of every kind and counts what is lost. Nothing but the standard library."""
import asyncio
import base64
import hashlib
import os
import random
import ssl
import sys
import time

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TICK = 0.5
PAUSE = float(os.environ.get("SOAK_PAUSE", "1"))


async def read_head(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    return lines[0], {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}


async def read_frame(reader):
    first, second = await reader.readexactly(2)
    size = second & 0x7F
    if size == 126:
        size = int.from_bytes(await reader.readexactly(2), "big")
    mask = await reader.readexactly(4) if second & 0x80 else b"\0\0\0\0"
    data = await reader.readexactly(size)
    return first & 0x0F, bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))


def frame(opcode, data, masked):
    mask = os.urandom(4) if masked else b""
    size = bytes([len(data) | (0x80 if masked else 0)])
    return bytes([0x80 | opcode]) + size + mask + (bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)) if masked else data)


BLOCK = hashlib.shake_256(b"confgen").digest(65536)


def pieces(length):
    """The bytes of a body of a length: the same for everybody."""
    for at in range(0, length, len(BLOCK)):
        yield BLOCK[:min(len(BLOCK), length - at)]


def digest_of(length):
    digest = hashlib.sha256()
    for piece in pieces(length):
        digest.update(piece)
    return digest.hexdigest()


async def read_body(reader, fields, pause=0.0):
    """The pieces of a body, however it is framed; of a response without a length up to the end of the connection."""
    if fields.get("transfer-encoding", "").lower() == "chunked":
        while True:
            size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
            data = await reader.readexactly(size + 2)
            if size == 0:
                return
            yield data[:-2]
            await asyncio.sleep(pause)
    left = int(fields.get("content-length", sys.maxsize if "content-type" in fields or fields.get("connection") == "close" else 0))
    while left > 0:
        piece = await reader.read(min(left, 65536))
        if not piece:
            if left < 1 << 60:
                raise asyncio.IncompleteReadError(b"", left)
            return
        left -= len(piece)
        yield piece
        await asyncio.sleep(pause)


async def serve(reader, writer):
    try:
        while True:
            line, fields = await read_head(reader)
            if fields.get("upgrade", "").lower() == "websocket":
                accept = base64.b64encode(hashlib.sha1(fields["sec-websocket-key"].encode() + GUID).digest()).decode()
                writer.write(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode())
                while True:
                    opcode, data = await read_frame(reader)
                    writer.write(frame(opcode, data, masked=False))
                    await writer.drain()
            elif line.split(" ")[1].startswith("/events"):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                while True:
                    writer.write(b"c\r\ndata: tick\n\n\r\n")
                    await writer.drain()
                    await asyncio.sleep(TICK)
            elif (path := line.split(" ")[1]).startswith("/bytes/"):
                # /bytes/LENGTH/FRAMING
                _, _, length, framing = path.split("/")
                fields = {"counted": f"Content-Length: {length}\r\n", "chunked": "Transfer-Encoding: chunked\r\n", "close": "Connection: close\r\n"}[framing]
                writer.write(f"HTTP/1.1 200 OK\r\n{fields}\r\n".encode())
                for piece in pieces(int(length)):
                    writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if framing == "chunked" else piece)
                    await writer.drain()
                if framing == "close":
                    break
                writer.write(b"0\r\n\r\n" if framing == "chunked" else b"")
            elif path.startswith("/hash"):
                digest = hashlib.sha256()
                async for piece in read_body(reader, fields):
                    digest.update(piece)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\n" + digest.hexdigest().encode())
                await writer.drain()
            else:
                size = int(fields.get("content-length", "0"))
                await reader.readexactly(size)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1024\r\n\r\n" + b"x" * 1024)
                await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def backend(port):
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


class Client:
    """Connections that are to outlive every reload."""

    def __init__(self, port, until):
        self.port, self.until = port, until
        self.messages = self.events = self.broken = self.silent = 0

    async def socket(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"GET /socket HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                     + base64.b64encode(os.urandom(16)) + b"\r\n\r\n")
        line, _ = await read_head(reader)
        assert " 101 " in line, line
        while time.monotonic() < self.until:
            message = os.urandom(60)
            writer.write(frame(2, message, masked=True))
            _, echo = await asyncio.wait_for(read_frame(reader), 10)
            assert echo == message
            self.messages += 1
            await asyncio.sleep(0.1)
        writer.close()

    async def stream(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"GET /events HTTP/1.1\r\nHost: a.test\r\n\r\n")
        line, _ = await read_head(reader)
        assert " 200 " in line, line
        while time.monotonic() < self.until:
            await asyncio.wait_for(reader.readuntil(b"data: tick\n\n"), 10)
            self.events += 1
        writer.close()

    async def keep(self, connection):
        try:
            await connection()
        except asyncio.TimeoutError:
            self.silent += 1
        except (AssertionError, asyncio.IncompleteReadError, ConnectionError):
            self.broken += 1

    async def run(self, count):
        await asyncio.gather(*(self.keep(self.socket) for _ in range(count)), *(self.keep(self.stream) for _ in range(count)))
        print(f"{self.messages} {self.events} {self.broken} {self.silent}")


class Load:
    """Requests of every kind, each sent once: what isn't whole and right is lost."""

    def __init__(self, port, tls, path, until):
        self.port, self.tls, self.path, self.until = port, tls, path, until
        self.done, self.lost = {}, []
        self.context = ssl.create_default_context()
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE

    async def connect(self, by):
        if by == "unix":
            return await asyncio.open_unix_connection(self.path)
        return await asyncio.open_connection("127.0.0.1", self.tls if by == "tls" else self.port, ssl=self.context if by == "tls" else None)

    async def exchange(self, reader, writer, version, method, target, body=None, chunked=False, close=False, pause=0.0):
        """One request; whether another may follow."""
        fields = "Host: localhost\r\n" + ("Connection: close\r\n" if close else "")
        if body is not None:
            fields += "Transfer-Encoding: chunked\r\n" if chunked else f"Content-Length: {body}\r\n"
        writer.write(f"{method} {target} HTTP/{version}\r\n{fields}\r\n".encode())
        for piece in pieces(body or 0):
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            await writer.drain()
        writer.write(b"0\r\n\r\n" if chunked else b"")
        line, fields = await read_head(reader)
        if " 200 " not in line:
            raise ValueError(line)
        digest, text = hashlib.sha256(), b""
        async for piece in read_body(reader, fields, pause):
            digest.update(piece)
            text = (text + piece)[:64]
        expected = digest_of(body) if body is not None else digest_of(int(target.split("/")[-2]))
        if expected != (text.decode() if body is not None else digest.hexdigest()):
            raise ValueError("another body")
        return not close and version == "1.1" and fields.get("connection", "").lower() != "close"

    def request(self, kind):
        """Arguments of a request of a kind."""
        size = random.choice([0, 1, 4096, 65536, 300_000])
        framing = random.choice(["counted", "chunked", "close"])
        return {
            "HTTP/1.0": lambda: dict(version="1.0", method="GET", target=f"/bytes/{size}/{framing}"),
            "closing": lambda: dict(version="1.1", method="GET", target=f"/bytes/{size}/{framing}", close=True),
            "closing POST": lambda: dict(version="1.1", method="POST", target="/hash", body=size, chunked=random.random() < 0.5, close=True),
            "kept": lambda: dict(version="1.1", method="GET", target=f"/bytes/{size}/{framing}"),
            "kept POST": lambda: dict(version="1.1", method="POST", target="/hash", body=size, chunked=random.random() < 0.5),
            "download": lambda: dict(version="1.1", method="GET", target=f"/bytes/20000000/{framing}", pause=random.choice([0, 0.01])),
            "upload": lambda: dict(version="1.1", method="PUT", target="/hash", body=20_000_000, chunked=random.random() < 0.5),
        }[kind]()

    async def client(self, kind, by):
        connection = None
        name = f"{kind} by {by}"
        while time.monotonic() < self.until:
            try:
                if connection is None:
                    connection = await self.connect(by)
                goes_on = await asyncio.wait_for(self.exchange(*connection, **self.request(kind)), 120)
                self.done[name] = self.done.get(name, 0) + 1
            except (OSError, ValueError, EOFError, asyncio.TimeoutError, asyncio.LimitOverrunError) as fault:
                self.lost.append(f"{name}: {type(fault).__name__} {fault}")
                goes_on = False
            if not goes_on and connection is not None:
                connection[1].close()
                connection = None
            # Some wait for longer than others, so that a change meets connections in every state.
            await asyncio.sleep(random.choice([0.001, 0.01, 0.1, 1.5]) * PAUSE)
        if connection is not None:
            connection[1].close()

    async def run(self):
        kinds = ["HTTP/1.0", "closing", "closing POST", "kept", "kept POST", "download", "upload"]
        await asyncio.gather(*(self.client(kind, by) for kind in kinds for by in ("tcp", "tls", "unix")))
        print(f"{sum(self.done.values())} {len(self.lost)}")
        for kind, count in sorted(self.done.items()):
            print(f"  {kind}: {count}")
        for fault in self.lost[:20]:
            print(f"  lost: {fault}")


if __name__ == "__main__":
    if sys.argv[1] == "backend":
        asyncio.run(backend(int(sys.argv[2])))
    elif sys.argv[1] == "load":
        asyncio.run(Load(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], time.monotonic() + float(sys.argv[5])).run())
    else:
        asyncio.run(Client(int(sys.argv[2]), time.monotonic() + float(sys.argv[3])).run(int(sys.argv[4])))
