#!/usr/bin/env python3
"""The two ends of bench/serve/soak: a backend that answers, echoes WebSocket messages and sends events, and a client that keeps such
connections open and says what it missed. Nothing but the standard library."""
import asyncio
import base64
import hashlib
import os
import sys
import time

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TICK = 0.5


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


if __name__ == "__main__":
    if sys.argv[1] == "backend":
        asyncio.run(backend(int(sys.argv[2])))
    else:
        asyncio.run(Client(int(sys.argv[2]), time.monotonic() + float(sys.argv[3])).run(int(sys.argv[4])))
