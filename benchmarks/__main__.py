"""Prints every comparison of one run: python -m benchmarks."""

from benchmarks import commands, documents, scoring

for part in (scoring, documents, commands):
    for line in part.run():
        print(line, flush=True)
