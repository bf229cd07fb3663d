"""What a recording costs: how much longer a program takes with it, as a ratio of CPU time and of time.

    python cost.py
"""

import os
import resource
import subprocess
import sys
import tempfile
import time

RECORDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "coroscope.py")
PROGRAMS = {
    "1,000 tasks that yield 200 times": """
import asyncio
async def yields():
    for _ in range(200):
        await asyncio.sleep(0)
async def main():
    async with asyncio.TaskGroup() as group:
        for _ in range(1000):
            group.create_task(yields())
asyncio.run(main())
""",
    "100 tasks that mostly wait": """
import asyncio
async def waits():
    for _ in range(20):
        await asyncio.sleep(0.1)
async def main():
    await asyncio.gather(*(waits() for _ in range(100)))
asyncio.run(main())
""",
    "nothing": "import asyncio",
}
ROUNDS = 3


def seconds(command):
    """CPU time and time of a command, the best of some rounds."""
    best = [float("inf")] * 2
    for _ in range(ROUNDS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True)
        after, took = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = [min(best[0], cpu), min(best[1], took)]
    return best


def main():
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        program, trace = os.path.join(folder, "program.py"), os.path.join(folder, "program.trace")
        for name, text in PROGRAMS.items():
            with open(program, "w") as file:
                file.write(text)
            plain = seconds([sys.executable, program])
            for how, options in (("", []), (", ring of 10,000", ["--last", "10000"])):
                with_it = seconds([sys.executable, RECORDER, *options, "-o", trace, program])
                print(f"{name}{how}: {with_it[0] / plain[0]:.2f} times the CPU time "
                      f"({plain[0]:.2f} s before), {with_it[1] / plain[1]:.2f} times as long")


if __name__ == "__main__":
    main()
