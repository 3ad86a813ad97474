"""The desktop client of MiniChat, on PyQt5.

====================================  ============================================================
:mod:`client_gui.app`                 the composition root: builds everything, connects signals
                                      (its part: placement)
:mod:`client_gui.session`             runs the state: the link's events in, changes out, reconnects
:mod:`client_gui.state`               what the client knows; no Qt (its parts: timeline, outbox,
                                      roster; what it says: changes)
:mod:`client_gui.link`                the QThread that owns the socket (its parts: connection,
                                      lookup, heartbeat, mailbox; what it says: events)
:mod:`client_gui.models`              item models for the views
:mod:`client_gui.widgets`             one widget a file
====================================  ============================================================

Dependencies point downwards in this table. Widgets emit what a person wants, and never touch a
socket; the link knows no widget; the state knows neither.
"""
