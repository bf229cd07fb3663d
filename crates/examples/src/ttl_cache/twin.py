import asyncio
from collections import Counter, defaultdict

CACHE = "naive"
CLIENTS = 5
LOAD = 0.8
TTL = 2.0
GAP = 1.2

ROUNDS = 3
MISSING = object()


class Cache:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.entries = {}
        self.loads = Counter()
        self.locks = defaultdict(asyncio.Lock)
        self.loading = {}

    def get(self, key, default=None):
        value, expires = self.entries.get(key, (default, 0))
        return value if self.loop.time() < expires else default

    async def load(self, key):
        self.loads[key] += 1
        await asyncio.sleep(LOAD)
        value = None if key == "nobody" else f"the page of {key}"
        self.entries[key] = value, self.loop.time() + TTL
        return value

    async def naive(self, key):
        value = self.get(key)
        if value is None:
            value = await self.load(key)
        return value

    async def locked(self, key):
        async with self.locks[key]:
            value = self.get(key, MISSING)
            if value is MISSING:
                value = await self.load(key)
            return value

    async def shared(self, key):
        value = self.get(key, MISSING)
        if value is MISSING:
            if key not in self.loading:
                name = f"load-{key}-{self.loads[key] + 1}"
                task = asyncio.create_task(self.load(key), name=name)
                task.add_done_callback(lambda _: self.loading.pop(key))
                self.loading[key] = task
            value = await asyncio.shield(self.loading[key])
        return value


async def client(name, key, get_or_load):
    for _ in range(ROUNDS):
        value = await get_or_load(key)
        print(f"{name}: {value}")
        await asyncio.sleep(GAP)


async def main():
    cache = Cache()
    get_or_load = getattr(cache, CACHE)
    async with asyncio.TaskGroup() as group:
        for number in range(1, CLIENTS):
            name = f"client-{number}"
            group.create_task(client(name, "ada", get_or_load), name=name)
        name = f"client-{CLIENTS}"
        group.create_task(client(name, "nobody", get_or_load), name=name)
    print(f"loaded: ada {cache.loads['ada']} times, nobody {cache.loads['nobody']}")


asyncio.run(main())
