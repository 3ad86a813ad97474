"""The others, each started with a configuration that does it justice. README.md says why each line.

Each function takes a directory of its own, which it may fill, and returns the running server.
"""

from pathlib import Path

from bench.server.processes import ServerProcess, free_port


def start_redis(directory: Path) -> ServerProcess:
    """Redis: nothing on disk, and no bound on what waits for a listener."""
    port = free_port()
    options = {
        "bind": "127.0.0.1",
        "port": port,
        "maxclients": 15000,
        "save": "",
        "appendonly": "no",
        "protected-mode": "no",
        "tcp-backlog": 4096,
        "tcp-keepalive": 0,
        "client-output-buffer-limit": "pubsub 0 0 0",
    }
    arguments = [text for key, value in options.items() for text in (f"--{key}", str(value))]
    return ServerProcess(["redis-server", *arguments], directory, port)
