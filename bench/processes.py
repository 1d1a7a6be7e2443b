"""CPU and memory of all processes of a session, read from /proc (Linux)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """CPU seconds (user and system, ended children included) and proportional memory in MiB."""

    cpu: float
    memory: float


def usage(session: int) -> Usage:
    """What all processes of the session have used. PSS counts shared pages once over all processes."""
    cpu = memory = 0.0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            cpu += sum(map(int, fields[11:15])) / TICKS
            memory += _pss(entry / "smaps_rollup")
        except OSError:
            continue
    return Usage(cpu, memory)


def _pss(file: Path) -> float:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
