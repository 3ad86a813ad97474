"""The server: one loop for all connections, and a few bounded workers beside it."""
