"""The protocol of MiniChat, sans-I/O: bytes in, messages out, and back.

Shared by server and client. Nothing here opens a socket, reads a clock or starts a thread, so all
of it can be tested with plain values. ``docs/protocol.md`` is the specification.

========================  ==================================================================
:mod:`wire.framing`       bytes as they arrive → whole frames, in linear time
:mod:`wire.messages`      one type per message; the only table of codes and fields
:mod:`wire.codec`         messages to bytes and back
:mod:`wire.reasons`       the words by which a program knows an outcome
:mod:`wire.names`         which names are allowed, and which look the same
:mod:`wire.signs`         which reactions are allowed
:mod:`wire.mentions`      whom a text names
:mod:`wire.limits`        how long anything may be, and why
:mod:`wire.errors`        who is to blame: the peer, or our own caller
:mod:`wire.reference`     the tables of ``docs/protocol.md``, made from the messages
========================  ==================================================================
"""
