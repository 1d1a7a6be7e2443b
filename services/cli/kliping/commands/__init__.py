"""The commands of ``kliping``, one module each with a ``register(app)``."""
