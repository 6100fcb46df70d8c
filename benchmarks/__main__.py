"""Prints every comparison of one run: python -m benchmarks."""

from benchmarks import commands, documents, reading, scoring

for part in (scoring, documents, reading, commands):
    for line in part.run():
        print(line, flush=True)
