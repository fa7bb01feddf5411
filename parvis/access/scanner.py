"""Asking ClamAV's clamd about a content, by its INSTREAM command (clamd(8)): length and bytes, chunk by chunk."""

import socket
import struct
from contextlib import closing

CHUNK = 64 * 1024
SECONDS = 60.0
ANSWER_AT_MOST = 4096


class ScannerError(Exception):
    """The scanner did not answer, or not as it should: nothing is known of the content, so it stays held."""


def found_in(content: bytes, place: str, *, seconds: float = SECONDS) -> str:
    """Return the name of what clamd found in `content`, empty when it found nothing.

    `place` is host:port or the path of a socket. Raises ScannerError.
    """
    try:
        with closing(_connect(place, seconds)) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            answer = _read(connection)
    except OSError as error:
        raise ScannerError(f"{place}: {error}") from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerError(f"{place}: {answer[:200] or 'no answer'}")


def _connect(place: str, seconds: float) -> socket.socket:
    if place.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        connection.connect(place)
        return connection
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _read(connection: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < ANSWER_AT_MOST:
        part = connection.recv(ANSWER_AT_MOST)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace").strip()
