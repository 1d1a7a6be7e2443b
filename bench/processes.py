"""CPU and memory of processes, read from /proc (Linux)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """CPU seconds (user and system, ended children included) and proportional memory in MiB."""

    cpu: float
    memory: float


def usage(pids: Iterable[int]) -> Usage:
    """What these processes have used together. PSS counts a page that several share in parts."""
    cpu = memory = 0.0
    for entry in (Path("/proc") / str(pid) for pid in pids):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
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
