"""What connects the windows and the session, by topic: neither knows the other."""
