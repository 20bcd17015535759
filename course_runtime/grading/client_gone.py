"""A check whose client has left (Ctrl-C, a closed terminal) ends, and takes its worker and its cloud along."""

from __future__ import annotations

import select
import signal
import socket
import threading
from types import FrameType


class ClientGone(KeyboardInterrupt):
    """Of this kind because pytest takes it for the end of its session, and no test can fail by it."""


def end_with_client(connection: socket.socket) -> None:
    """From now on ClientGone is raised in the main thread, once, when the other side closes.

    After its request a client says nothing more, so whatever can be read is the end.
    """
    signal.signal(signal.SIGUSR1, _raise)
    main_thread = threading.get_ident()

    def watch() -> None:
        select.select([connection], [], [])
        signal.pthread_kill(main_thread, signal.SIGUSR1)

    threading.Thread(target=watch, daemon=True).start()


def _raise(number: int, frame: FrameType | None) -> None:
    raise ClientGone
