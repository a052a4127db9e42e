from struct import pack
from types import SimpleNamespace

import pytest
from amqp import spec

from services.kit.frames import Content, join, short_text, split


def a_frame(kind, channel, payload):
    return pack(">BHI", kind, channel, len(payload)) + payload + b"\xce"


def test_frames_are_cut_wherever_the_bytes_were_split():
    buffer = a_frame(1, 7, b"abc") + a_frame(8, 0, b"")

    assert split(buffer[:5], 0) == (None, 0)
    assert split(buffer[:10], 0) == (None, 0)
    first, following = split(buffer, 0)
    assert first == (1, 7, b"abc")
    assert split(buffer, following) == ((8, 0, b""), len(buffer))


def test_a_broken_frame_ends_the_connection():
    with pytest.raises(ConnectionResetError):
        split(pack(">BHI", 1, 0, 1) + b"x" + b"\x00", 0)


def test_broken_text_is_replaced_not_raised():
    assert short_text(b"\x03a\xffb", 0) == ("a�b", 4)


def test_properties_that_cannot_be_decoded_make_the_message_unreadable_and_nothing_else():
    content = Content()
    content.inbound_header(pack(">HHQ", 60, 0, 0) + pack(">H", 0x8000) + b"\x02\xff\xfe")

    assert content.properties == {}
    assert content.unreadable


def test_a_message_in_several_frames_is_put_together():
    delivered = []
    wire = SimpleNamespace(
        bytes_recv=0, deliver=lambda channel, _, message: delivered.append(message.body) or True
    )
    on_frame = join(wire, lambda *_: None)

    on_frame((1, 1, pack(">HH", *spec.Basic.Deliver) + b"..."))
    on_frame((2, 1, pack(">HHQ", 60, 0, 6) + pack(">H", 0)))
    on_frame((3, 1, b"abc"))
    assert delivered == []
    assert on_frame((3, 1, b"def"))

    assert delivered == [b"abcdef"]


def test_a_frame_out_of_turn_ends_the_connection():
    on_frame = join(SimpleNamespace(bytes_recv=0), lambda *_: None)

    with pytest.raises(ConnectionResetError):
        on_frame((3, 1, b"body without a head"))
