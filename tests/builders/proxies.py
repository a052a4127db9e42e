"""A small TCP proxy before a broker or database: it can cut, or go silent like a dead network."""

import contextlib
import selectors
import socket
import threading


class Proxy:
    """Forwards 127.0.0.1:`port` to `target`; `cut()` ends all connections, `silent` swallows what passes."""

    def __init__(self, target):
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.silent = False
        self.closed = False
        self._pairs = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True
        self._listener.close()
        self.cut()

    def cut(self):
        """End every connection that stands, from both sides at once."""
        pairs, self._pairs = self._pairs, []
        for each in (each for pair in pairs for each in pair):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    @property
    def connections(self):
        return len(self._pairs)

    def _accept(self):
        while not self.closed:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target, timeout=5)
            except OSError:
                continue
            far.settimeout(None)
            self._pairs.append((near, far))
            threading.Thread(target=self._forward, args=(near, far), daemon=True).start()

    def _forward(self, near, far):
        chooser = selectors.DefaultSelector()
        chooser.register(near, selectors.EVENT_READ, far)
        chooser.register(far, selectors.EVENT_READ, near)
        with contextlib.suppress(OSError):
            while True:
                for key, _ in chooser.select():
                    piece = key.fileobj.recv(65536)
                    if not piece:
                        raise ConnectionResetError
                    if not self.silent:
                        key.data.sendall(piece)
        near.close()
        far.close()
        self._pairs = [pair for pair in self._pairs if pair[0] is not near]
