import asyncio
import time
from collections import Counter

TEXT = "poem"
WAY = "line"
BLOCK = 4
TRIP = 0.1
LINE = 0.05

TEXTS = {
    "poem": [
        "one task waits and one task runs",
        "the loop goes round and round",
        "and who has waited long enough",
        "is woken by a sound",
        "of one who puts an item down",
        "and gives the loop its turn",
        "so wait and give and wait again",
        "for everyone to learn",
    ],
    "log": [
        "GET /index 200",
        "GET /list 200",
        "POST /item 500",
        "GET /index 304",
        "POST /item 201",
        "GET /item 200",
    ],
}


class File:
    def __init__(self, lines):
        self.lines = lines
        self.place = 0

    def read(self, most):
        block = self.lines[self.place : self.place + most]
        self.place += len(block)
        time.sleep(TRIP + LINE * len(block))
        return block


async def lines_of(file):
    size = BLOCK if WAY == "block" else 1
    while True:
        if WAY == "blocking":
            block = file.read(size)
        else:
            block = await asyncio.to_thread(file.read, size)
        if not block:
            break
        for line in block:
            yield line


async def heartbeat():
    while True:
        await asyncio.sleep(0.32)
        print("heartbeat")


async def main():
    beat = asyncio.create_task(heartbeat(), name="heartbeat")
    lines = 0
    words = Counter()
    async for line in lines_of(File(TEXTS[TEXT])):
        lines += 1
        words.update(line.split())
    beat.cancel()
    print(f"{lines} lines, {words.total()} words, {len(words)} different")
    word, times = words.most_common(1)[0]
    print(f"most often: {word}, {times} times")


asyncio.run(main())
