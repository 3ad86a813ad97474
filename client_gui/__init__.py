"""The desktop client of MiniChat, on PyQt5.

============================  ================================================================
:mod:`client_gui.app`         the composition root: builds everything
:mod:`client_gui.presenters`  what connects windows and session, by topic
:mod:`client_gui.session`     runs the state: the link's events in, changes out, reconnects
:mod:`client_gui.state`       what the client knows, by topic; no Qt. What it says: changes
:mod:`client_gui.log`         a room's log, in memory and on disk; no Qt
:mod:`client_gui.link`        the QThread that owns the socket. What it says: events
:mod:`client_gui.models`      item models for the views
:mod:`client_gui.widgets`     one widget a file
:mod:`client_gui.desktop`     what the machine has for every program
============================  ================================================================

Dependencies point downwards in this table. Widgets emit what a person wants, and never touch a
socket; the link knows no widget; the state knows neither.
"""
