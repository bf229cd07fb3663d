"""Does a recording find what a program calls its locks and queues, without running anything of the program's?

    python names.py
"""

import json
import os
import subprocess
import sys
import tempfile

RECORDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "coroscope.py")
PROGRAM = '''
import asyncio

shared = asyncio.Event()


class Registry:
    gate = asyncio.Event()


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()

    @property
    def value(self):
        raise SystemExit("a property was looked at")

    def __getattr__(self, name):
        raise SystemExit(f"{name} was looked at")

    def __eq__(self, other):
        raise SystemExit("it was compared")

    __hash__ = None


class Slotted:
    __slots__ = "permits", "empty"

    def __init__(self):
        self.permits = asyncio.Semaphore(2)


class Odd:
    def __init__(self):
        self.gate = asyncio.Event()

    @property
    def __dict__(self):
        raise SystemExit("what stands for its attributes was asked")


class Worker:
    def __init__(self):
        self.jobs = asyncio.Queue()

    async def work(self):
        await asyncio.sleep(0.01)


async def visit(gate):
    await asyncio.sleep(0.01)


async def main():
    anna, slots, odd = Account(), Slotted(), Odd()
    forks, locks = [asyncio.Lock() for _ in range(3)], {"a": asyncio.Lock(), 7: asyncio.Lock()}
    pair = asyncio.Queue(), asyncio.Queue(1)
    queue = asyncio.Queue()
    await asyncio.gather(Worker().work(), *(visit(asyncio.Event()) for _ in range(2)))
    late = asyncio.Barrier(1)
    await late.wait()
    await asyncio.sleep(0)


asyncio.run(main())
print("to the end")
'''
GLOBAL = ["shared", "Registry.gate"]
LOCAL = [
    "anna.lock", "slots.permits", None, "forks[0]", "forks[1]", "forks[2]", "locks['a']", "locks[7]", "pair[0]", "pair[1]",
    "queue", "Worker.jobs", "gate", "gate", "late",
]


def names(options):
    """What the trace of the program calls its resources, in the order of their creation."""
    with tempfile.TemporaryDirectory() as folder:
        program, trace = os.path.join(folder, "program.py"), os.path.join(folder, "run.trace")
        with open(program, "w") as file:
            file.write(PROGRAM)
        done = subprocess.run([sys.executable, RECORDER, *options, "-o", trace, program], capture_output=True, text=True)
        if done.stdout != "to the end\n":
            sys.exit(f"the program ended otherwise: {done.stdout}{done.stderr}")
        with open(trace) as file:
            lines = [json.loads(line) for line in file]
    found = {line["resource"]: None for line in lines if line.get("e") == "resource_created"}
    for line in lines:
        if line.get("e") == "resource_named":
            found[line["resource"]] = line["name"]
    return list(found.values())


def main():
    """Compare."""
    # On older ones, who looks at the variables of a frame keeps them alive.
    expected = GLOBAL + (LOCAL if sys.version_info >= (3, 13) else [None] * len(LOCAL))
    for options in [], ["--last", "5"]:
        found = names(options)
        if found != expected:
            sys.exit(f"names {' '.join(options)}: {found}\nexpected: {expected}")
    print(f"CPython {sys.version.split()[0]}: {len(expected)} names as they must be")


if __name__ == "__main__":
    main()
