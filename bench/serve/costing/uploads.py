"""An upstream that reads a request's whole body before it responds. Usage: uploads.py PORT"""
import re
import socket
import sys
import threading

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"


def serve(client):
    try:
        converse(client)
    except ConnectionError:
        pass


def converse(client):
    data, piece = b"", bytearray(1 << 20)
    with client:
        while True:
            while b"\r\n\r\n" not in data:
                more = client.recv(65536)
                if not more:
                    return
                data += more
            head, _, data = data.partition(b"\r\n\r\n")
            length = re.search(rb"\r\ncontent-length: *([0-9]+)", head, re.IGNORECASE)
            if length:
                left = int(length[1]) - len(data)
                while left > 0:
                    count = client.recv_into(piece, min(left, len(piece)))
                    if count == 0:
                        return
                    left -= count
                data = b""
            elif re.search(rb"\r\ntransfer-encoding: *chunked", head, re.IGNORECASE):
                # Of all the bodies that come here only the end matters.
                while not data.endswith(b"0\r\n\r\n"):
                    count = client.recv_into(piece)
                    if count == 0:
                        return
                    data = bytes(piece[max(0, count - 5):count]) if count >= 5 else data[-5:] + bytes(piece[:count])
                data = b""
            client.sendall(RESPONSE)


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024) as server:
        while True:
            accepted, _ = server.accept()
            threading.Thread(target=serve, args=(accepted,), daemon=True).start()
