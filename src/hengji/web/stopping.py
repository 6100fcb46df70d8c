"""Being asked to end (停止): whatever started us, SIGTERM is heard."""

import signal


def heed() -> None:
    """Hears SIGTERM although a parent had it ignored or held back, as some init scripts and shells leave it."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
