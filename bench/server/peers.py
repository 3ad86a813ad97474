"""The others, each started with a configuration that does it justice. README.md says why each line.

Each function takes a directory of its own, which it may fill, and returns the running server.
"""

import os
import subprocess
import sys
from pathlib import Path

from bench.server.processes import ServerProcess, StartError, free_port

HERE = Path(__file__).parent

NGIRCD = """\
[Global]
Name = irc.bench.test
Info = bench
AdminInfo1 = bench
AdminEMail = bench@bench.test
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = bench
{user}
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxNickLength = 16
MaxPenaltyTime = 0
PingTimeout = 7200
[Options]
DNS = no
Ident = no
PAM = no
SyslogFacility = local7
"""

INSPIRCD = """\
<server name="irc.bench.test" description="bench" network="bench" id="1AA">
<admin name="bench" nick="bench" email="bench@bench.test">
<bind address="127.0.0.1" port="{port}" type="clients">
<connect allow="*" timeout="3600" pingfreq="2h" maxchans="100" limit="20000"
  hardsendq="64M" softsendq="32M" recvq="4M" threshold="1000000000" commandrate="1000000000"
  fakelag="no" localmax="20000" globalmax="20000" maxconnwarn="no" resolvehostnames="no"
  useident="no">
<performance netbuffersize="65534" somaxconn="4096" softlimit="20000" clonesonconnect="no"
  quietbursts="yes">
<options defaultmodes="" nosnoticestack="no">
<whowas groupsize="0" maxgroups="0" maxkeep="0">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="none" target="/dev/null">
"""

MOSQUITTO = """\
listener {port} 127.0.0.1
allow_anonymous true
set_tcp_nodelay true
persistence false
max_queued_messages 0
max_connections -1
log_dest none
sys_interval 0
"""

REDIS = {
    "bind": "127.0.0.1",
    "protected-mode": "no",
    "maxclients": 15000,
    "save": "",
    "appendonly": "no",
    "tcp-backlog": 4096,
    "tcp-keepalive": 0,
    "client-output-buffer-limit": "pubsub 0 0 0",
}


def start_ngircd(directory: Path) -> ServerProcess:
    """It does not run as root: then it is told to become somebody else."""
    port = free_port()
    user = "ServerUID = 65534\nServerGID = 65534" if _is_root() else ""
    config = directory / "ngircd.conf"
    config.write_text(NGIRCD.format(port=port, user=user), encoding="ascii")
    return ServerProcess(["ngircd", "-n", "-f", str(config)], directory, port)


def start_inspircd(directory: Path) -> ServerProcess:
    """It runs as root only if it is told to."""
    port = free_port()
    config = directory / "inspircd.conf"
    config.write_text(INSPIRCD.format(port=port), encoding="ascii")
    options = ["--nofork", "--nolog", "--nopid", *(["--runasroot"] if _is_root() else [])]
    return ServerProcess(["inspircd", *options, "--config", str(config)], directory, port)


def start_redis(directory: Path) -> ServerProcess:
    """Nothing on disk, and no bound on what waits for a listener."""
    port = free_port()
    options = {"port": port, **REDIS}
    arguments = [text for key, value in options.items() for text in (f"--{key}", str(value))]
    return ServerProcess(["redis-server", *arguments], directory, port)


def start_mosquitto(directory: Path) -> ServerProcess:
    """QoS 0 is what is asked of it; nothing on disk."""
    port = free_port()
    config = directory / "mosquitto.conf"
    config.write_text(MOSQUITTO.format(port=port), encoding="ascii")
    return ServerProcess(["mosquitto", "-c", str(config)], directory, port)


def start_bare_loop(directory: Path) -> ServerProcess:
    """Ours: what Python costs."""
    port = free_port()
    program = [sys.executable, "-P", str(HERE / "bare_loop.py"), str(port)]
    return ServerProcess(program, directory, port)


def start_gather(directory: Path) -> ServerProcess:
    """Ours: what C costs. Built where it is run."""
    port = free_port()
    built = directory / "gather"
    command = ["cc", "-O2", "-o", str(built), str(HERE / "gather.c")]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise StartError(f"gather.c cannot be built: {done.stderr}")
    return ServerProcess([str(built), str(port)], directory, port)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
