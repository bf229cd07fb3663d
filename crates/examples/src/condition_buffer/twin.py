import asyncio

WAKE = "notify_all"
WAIT = "wait_for"
CAPACITY = 1
PRODUCE = [0.3, 0.3]
CONSUME = [0.4, 0.5]
ITEMS = 3
CANCEL = False
CANCEL_AT = 0.42


class Buffer:
    def __init__(self):
        lock = asyncio.Lock()
        self.items = []
        self.room = asyncio.Condition(lock)
        self.filled = asyncio.Condition(lock) if WAKE == "two-conditions" else self.room

    async def put(self, item):
        async with self.room:
            await self.room.wait_for(lambda: len(self.items) < CAPACITY)
            self.items.append(item)
            self.tell(self.filled)

    async def get(self):
        async with self.filled:
            if WAIT == "wait_for":
                await self.filled.wait_for(lambda: len(self.items) > 0)
            elif WAIT == "while":
                while not self.items:
                    await self.filled.wait()
            elif not self.items:
                await self.filled.wait()
            item = self.items.pop(0)
            self.tell(self.room)
            return item

    def tell(self, condition):
        if WAKE == "notify_all":
            condition.notify_all()
        else:
            condition.notify()


async def producer(number, pace, buffer):
    for item in range(ITEMS):
        await asyncio.sleep(pace)
        await buffer.put(f"{number}.{item}")
        print(f"producer {number}: put {number}.{item}")


async def consumer(number, pace, buffer):
    while (item := await buffer.get()) is not None:
        print(f"consumer {number}: took {item}")
        await asyncio.sleep(pace)


async def main():
    buffer = Buffer()
    producers = [
        asyncio.create_task(producer(number, pace, buffer), name=f"producer-{number}")
        for number, pace in enumerate(PRODUCE)
    ]
    consumers = [
        asyncio.create_task(consumer(number, pace, buffer), name=f"consumer-{number}")
        for number, pace in enumerate(CONSUME)
    ]
    if CANCEL:
        asyncio.get_running_loop().call_later(CANCEL_AT, consumers[0].cancel)
    await asyncio.gather(*producers)
    for consumer_task in consumers:
        if not consumer_task.done():
            await buffer.put(None)
    results = await asyncio.gather(*consumers, return_exceptions=True)
    for number, result in enumerate(results):
        print(f"consumer {number}: {'done' if result is None else type(result).__name__}")


asyncio.run(main())
