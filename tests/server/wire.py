"""Bytes on a socket, for requests that no client library would send."""
import re
import socket

from support import PATIENCE


def exchange(port: int, request: bytes, patience: float = PATIENCE) -> bytes:
    """Everything that came back until the server closed, or fell silent after an answer."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), patience) as client:
        try:
            client.sendall(request)
        except OSError:
            pass  # it may have answered and closed already
        try:
            while True:
                piece = client.recv(1 << 16)
                if not piece:
                    break
                answer += piece
                client.settimeout(2)
        except OSError:
            pass  # silent, or reset: what came is the answer
    return answer


def statuses(answer: bytes) -> list[int]:
    return [int(s) for s in re.findall(rb"(?:^|(?<=[\n>}]))HTTP/1\.1 (\d{3}) ", answer)]


def status_of(port: int, request: bytes) -> int:
    """Of the first answer; 0 when the connection was cut without one."""
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", exchange(port, request))
    return int(found[1]) if found else 0


def raw(port: int, method: str = "GET", target: str = "/", head: bytes = b"") -> tuple:
    """(status, head, body) of a request whose target is sent as it is."""
    request = f"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n".encode()
    answer = exchange(port, request + head + b"\r\n")
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    lines, _, body = answer.partition(b"\r\n\r\n")
    return int(found[1]) if found else 0, lines, body
