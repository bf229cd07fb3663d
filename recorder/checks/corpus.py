"""Does a recording change what it records? Programs of the differential language must give the same traces with it.

    python corpus.py [FILE …]

Runs each program of `xtask/corpus`, or of FILEs with one program to a line, in the oracle, by itself and with a
recording of the sort for real programs on top; needs CPython 3.13.
"""

import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def answers(requests, trace=None):
    """The traces of programs, in their order."""
    environment = dict(os.environ) if trace is None else {**os.environ, "COROSCOPE_RECORDED": trace}
    command = [sys.executable, os.path.join(ROOT, "xtask/oracle/oracle.py")]
    done = subprocess.run(command, input="\n".join(requests) + "\n", capture_output=True, text=True, env=environment)
    return done.stdout.split("\n\n")[:-1]


def programs(files):
    """The names of programs, and their text."""
    if files:
        for file in files:
            with open(file) as lines:
                yield from ((f"{file}:{n}", line.strip()) for n, line in enumerate(lines, 1) if line.strip())
        return
    folder = os.path.join(ROOT, "xtask/corpus")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            with open(os.path.join(folder, name)) as file:
                yield name, file.read()


def main(files):
    """Compare."""
    names, texts = zip(*programs(files))
    requests = [json.dumps({"differential": json.loads(text)}) for text in texts]
    plain = answers(requests)
    with tempfile.TemporaryDirectory() as place:
        recorded = answers(requests, os.path.join(place, "run.trace"))
    different = [name for name, before, after in zip(names, plain, recorded) if before != after]
    print(f"{len(plain)} programs without the recorder, {len(recorded)} with it, {len(different)} that differ")
    for name in different:
        print(f"    {name}")
    sys.exit(bool(different) or len(plain) != len(recorded) or len(plain) != len(names))


if __name__ == "__main__":
    main(sys.argv[1:])
