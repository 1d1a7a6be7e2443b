"""What a request needs: everything a role, but for what is listed here. A new route is guarded before anybody thinks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kliping_shared.keys import ROLES, Role

#: Methods that change nothing.
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: Paths, and beginnings of paths, that anybody may ask for: what machines ask, and what one needs to sign in.
OPEN: Final = ("/health/live", "/health/ready", "/metrics", "/login", "/static/", "/language/", "/theme/")


@dataclass(frozen=True)
class Person:
    """Who asks. ``name`` is None where nobody is asked who he is; ``role`` is None for one who may do nothing."""

    name: str | None
    role: Role | None

    def may(self, role: Role) -> bool:
        """Whether he may do what needs the role: each role may what those before it may."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


def needed(method: str, path: str) -> Role | None:
    """The role that a request needs; None: none."""
    if any(path == one or (one.endswith("/") and path.startswith(one)) for one in OPEN):
        return None
    # Whoever is signed in may sign out.
    return "read" if method in SAFE or path == "/logout" else "correct"
