import asyncio
import time

LIMITER = "lock"
RATE = 4.0
BURST = 3
CLIENTS = 4
BUSY = 0.1

REQUESTS = 3


class TokenBucket:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.lock = asyncio.Lock()
        self.tokens = BURST
        self.updated = self.loop.time()

    def refill(self):
        now = self.loop.time()
        self.tokens = min(BURST, self.tokens + (now - self.updated) * RATE)
        self.updated = now

    def assume_one(self):
        self.tokens = 1
        self.updated = self.loop.time()

    async def take(self):
        self.refill()
        if self.tokens < 1:
            await asyncio.sleep((1 - self.tokens) / RATE)
            if LIMITER == "forgetful":
                self.assume_one()
            else:
                self.refill()
        self.tokens -= 1

    async def acquire(self):
        if LIMITER == "unlocked":
            await self.take()
        else:
            async with self.lock:
                await self.take()


async def client(name, bucket, sent):
    for number in range(1, REQUESTS + 1):
        await bucket.acquire()
        print(f"{name}: request {number}")
        sent.append(bucket.loop.time())
        await asyncio.sleep(0.1)


async def chore():
    while True:
        await asyncio.sleep(0.45)
        time.sleep(BUSY)


async def main():
    bucket = TokenBucket()
    sent = []
    started = bucket.loop.time()
    holder = asyncio.create_task(chore(), name="chore")
    async with asyncio.TaskGroup() as group:
        for number in range(1, CLIENTS + 1):
            name = f"client-{number}"
            group.create_task(client(name, bucket, sent), name=name)
    holder.cancel()
    elapsed = sent[-1] - started
    excess = 0
    for count, when in enumerate(sent, start=1):
        allowed = BURST + RATE * (when - started)
        excess = max(excess, count - allowed)
    print(f"{len(sent)} requests in {elapsed:.2f} s, at worst {excess:.1f} too many")


asyncio.run(main())
