from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from course_runtime.emulator.serving.upstream import SocketPlace, UpstreamFailed, exchange


def listening(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    return listener


@pytest.mark.parametrize("trick", ["a link to another socket", "a file", "nothing"])
def test_only_a_socket_of_its_own_is_found(tmp_path: Path, trick: str) -> None:
    with listening(tmp_path / "ours"):
        if trick == "a link to another socket":
            (tmp_path / "s").symlink_to(tmp_path / "ours")
        if trick == "a file":
            (tmp_path / "s").write_text("")
        assert not SocketPlace(tmp_path / "s").find()


def test_what_takes_the_sockets_place_later_is_not_followed(tmp_path: Path) -> None:
    with listening(tmp_path / "ours"):
        first = listening(tmp_path / "s")
        place = SocketPlace(tmp_path / "s")
        assert place.find()
        first.close()
        (tmp_path / "s").unlink()
        (tmp_path / "s").symlink_to(tmp_path / "ours")
        with pytest.raises(UpstreamFailed):
            asyncio.run(exchange(place, "GET", "/", {}, b""))
        place.close()


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", b"not HTTP at all\r\n\r\n"]
)
def test_half_an_answer_is_none(tmp_path: Path, said: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.write(said)
        writer.close()

    async def ask() -> None:
        server = await asyncio.start_unix_server(answer, str(tmp_path / "s"))
        place = SocketPlace(tmp_path / "s")
        assert place.find()
        try:
            await exchange(place, "GET", "/", {}, b"")
        finally:
            place.close()
            server.close()

    with pytest.raises(UpstreamFailed):
        asyncio.run(ask())
