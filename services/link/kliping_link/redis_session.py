"""One connection for one transaction: commands that belong together travel together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

#: A command's name and arguments.
Command = tuple[bytes, ...]


class Overtaken(Exception):
    """Something that was read has changed before the commit."""


class Session:
    """A connection out of the client's pool, given back by ``close``. Every method may raise RedisError.

    ``Pipeline`` of redis-py spends a round trip on each WATCH and packs word by word; a transaction has a handful of the
    first and a thousand words.
    """

    def __init__(self, client: Redis) -> None:
        self._pool = client.connection_pool
        self._connection: Any = self._pool.get_connection()
        self._watching = False

    def read(self, reads: Sequence[Command]) -> list[Any]:
        """What the commands, whose arguments are names alone, answer; the names are watched from just before."""
        self._watching = True
        return self._send([(b"WATCH", *(name for _, *names in reads for name in names)), *reads])[1:]

    def ask(self, command: Command) -> Any:
        """What a command answers that is not watched."""
        return self._send([command])[0]

    def execute(self, commands: Sequence[Command]) -> list[Any]:
        """Run the commands as one, and their answers. Raises Overtaken when a watched name has changed."""
        answers = self._send([(b"MULTI",), *commands, (b"EXEC",)])
        self._watching = False
        if answers[-1] is None:
            raise Overtaken
        failed = next((answer for answer in answers[-1] if isinstance(answer, RedisError)), None)
        if failed:
            raise failed
        return list(answers[-1])

    def close(self) -> None:
        """Give the connection back as it came: watching nothing."""
        try:
            if self._watching:
                self._send([(b"UNWATCH",)])
        except RedisError:
            self._connection.disconnect()
        finally:
            self._pool.release(self._connection)

    def _send(self, commands: Sequence[Command]) -> list[Any]:
        """Answers of commands sent at once; where one fails the connection, with answers still on the way, is closed."""
        self._connection.send_packed_command([b"".join(map(_packed, commands))])
        try:
            return [self._connection.read_response() for _ in commands]
        except BaseException:
            self._connection.disconnect()
            self._watching = False
            raise


def _packed(command: Command) -> bytes:
    """The command in Redis' protocol."""
    return b"*%d\r\n%b" % (len(command), b"".join([b"$%d\r\n%b\r\n" % (len(word), word) for word in command]))
