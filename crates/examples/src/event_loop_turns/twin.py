import asyncio
import time

WORKERS = 2
ROUNDS = 3
WORK = 0.2
DELAY = 0.5
EXTRA_CALLBACKS = True


class Turns:
    def __init__(self, loop):
        self.loop = loop
        self.number = 1

    def count(self):
        self.number += 1
        self.loop.call_soon(self.count)

    def say(self, text):
        print(f"turn {self.number}: {text}")


async def worker(letter, turns):
    for number in range(1, ROUNDS + 1):
        turns.say(f"{letter} works, round {number}")
        time.sleep(WORK)
        if EXTRA_CALLBACKS:
            turns.loop.call_soon(turns.say, f"callback of {letter}, round {number}")
        await asyncio.sleep(0)
    turns.say(f"{letter} ends")


async def main():
    loop = asyncio.get_running_loop()
    turns = Turns(loop)
    loop.call_soon(turns.count)
    loop.call_later(DELAY, turns.say, f"timer, due at {DELAY:.2f} s")
    async with asyncio.TaskGroup() as group:
        for letter in "abcde"[:WORKERS]:
            group.create_task(worker(letter, turns), name=f"worker-{letter}")
        loop.call_soon(turns.say, "callback of main")
        turns.say("main has scheduled everything")
    turns.say("main ends")


asyncio.run(main())
