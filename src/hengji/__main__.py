"""python -m hengji: the command line."""

from hengji.cli import main

main()
