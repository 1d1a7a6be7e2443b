"""What HEALTHCHECK runs: exit code 0 when the service in this container answers that it is ready, else 1 and why.

Ready means that it consumes (or serves) and that all it needs answers; so a container is unhealthy while its broker or
store is away, and when its service hangs. Usage: healthy.py [PORT], else the port in KLIPING_HEALTH_PORT.
"""

import http.client
import os
import sys


def main() -> int:
    """Ask /health/ready; Docker keeps what is printed for ``docker inspect``."""
    port = int(sys.argv[1] if len(sys.argv) > 1 else os.environ["KLIPING_HEALTH_PORT"])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        sys.stdout.write(answer.read(500).decode("utf-8", "replace"))
    except OSError as error:
        sys.stdout.write(f"no answer: {error}")
        return 1
    return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
