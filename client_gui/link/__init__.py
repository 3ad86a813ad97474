"""The reader thread, and the socket that it owns."""
