"""AMQP frames: cut from the bytes, put together to messages (py-amqp's own way, made tolerant)."""

from collections import defaultdict
from collections.abc import Callable
from struct import Struct, unpack_from
from typing import Any

import amqp
from amqp import spec

Frame = tuple[int, int, bytes]  # kind, channel, payload
WITH_CONTENT = frozenset([spec.Basic.Return, spec.Basic.Deliver, spec.Basic.GetOk])
_HEADER = Struct(">BHI")
_FRAME_END = 0xCE


class Content(amqp.Message):
    """A message as it comes in; `unreadable` says why its properties could not be decoded, else None."""

    unreadable: str | None = None

    def _load_properties(self, class_id: int, buffer: bytes, offset: int) -> int:
        try:
            return int(super()._load_properties(class_id, buffer, offset))
        except Exception as fault:  # whatever py-amqp stumbles over, the message is bad, not the connection
            self.properties: dict[str, Any] = {}
            self.unreadable = type(fault).__name__
            return offset


def split(buffer: bytes, start: int) -> tuple[Frame | None, int]:
    """Return the frame that begins at `start` and where the next begins; None while it is incomplete."""
    if len(buffer) - start < _HEADER.size:
        return None, start
    kind, channel, size = _HEADER.unpack_from(buffer, start)
    end = start + _HEADER.size + size
    if len(buffer) <= end:
        return None, start
    if buffer[end] != _FRAME_END:
        raise ConnectionResetError("the broker sent a broken frame")
    return (kind, channel, buffer[start + _HEADER.size : end]), end + 1


def short_text(buffer: bytes, offset: int) -> tuple[str, int]:
    """Return the AMQP short string at `offset` and where it ends; broken UTF-8 is replaced."""
    end = offset + 1 + buffer[offset]
    return buffer[offset + 1 : end].decode("utf-8", "replace"), end


def join(wire: Any, callback: Callable[..., Any]) -> Callable[[Frame], bool]:
    """Put frames together to methods and messages (py-amqp's own, made tolerant)."""
    expected: defaultdict[int, int] = defaultdict(lambda: 1)
    partial: dict[int, Content] = {}

    def complete(channel: int) -> bool:
        message = partial.pop(channel)
        expected[channel] = 1
        if message.frame_method == spec.Basic.Deliver and wire.deliver(channel, message.frame_args, message):
            return True
        callback(channel, message.frame_method, message.frame_args, message)
        return True

    def on_frame(frame: Frame) -> bool:
        kind, channel, buffer = frame
        wire.bytes_recv += 1
        if kind == 8:
            return False
        if kind != expected[channel]:
            raise ConnectionResetError(f"frame {kind} where {expected[channel]} was due")
        if kind == 1:
            method = unpack_from(">HH", buffer, 0)
            if method not in WITH_CONTENT:
                callback(channel, method, buffer, None)
                return True
            partial[channel] = Content(frame_method=method, frame_args=buffer)
        elif kind == 2:
            partial[channel].inbound_header(buffer)
        else:
            partial[channel].inbound_body(buffer)
        if kind != 1 and partial[channel].ready:
            return complete(channel)
        expected[channel] = 2 if kind == 1 else 3
        return False

    return on_frame
