"""Programs beside the server, each with an entry point of its own."""
