"""A worker's process, as crew.py starts it."""

from hengji.web import start


def main() -> None:
    """Django first, then the loop."""
    start.set_up()
    from hengji.web.jobs import loop  # noqa: PLC0415 - after Django

    loop.main()


if __name__ == "__main__":
    main()
