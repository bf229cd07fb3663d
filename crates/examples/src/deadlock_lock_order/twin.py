import asyncio

ORDER = "opposite"
HEAD_START = 0.2
BETWEEN = 0.5
HOLD = 0.4


class Account:
    def __init__(self, name, balance):
        self.name = name
        self.balance = balance
        self.lock = asyncio.Lock()


async def transfer(amount, source, target):
    label = f"{source.name} to {target.name}"
    first, second = source, target
    if ORDER == "same":
        first, second = sorted([source, target], key=lambda account: account.name)
    async with first.lock:
        print(f"{label}: has the lock of {first.name}")
        await asyncio.sleep(BETWEEN)
        async with second.lock:
            print(f"{label}: has the lock of {second.name} too")
            await asyncio.sleep(HOLD)
            source.balance -= amount
            target.balance += amount
    print(f"{label}: done")


async def main():
    anna = Account("anna", 100)
    ben = Account("ben", 100)
    async with asyncio.TaskGroup() as group:
        group.create_task(transfer(30, anna, ben), name="anna-to-ben")
        await asyncio.sleep(HEAD_START)
        group.create_task(transfer(10, ben, anna), name="ben-to-anna")
    print(f"anna has {anna.balance}, ben has {ben.balance}")


asyncio.run(main())
