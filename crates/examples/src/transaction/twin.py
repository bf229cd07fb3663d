import asyncio

FIRST = "cancelled_twice"
SHIELD = False
CANCEL_AT = 0.3
AGAIN = 0.2
ROLLBACK = 0.5

STEP = 0.5
COMMIT = 0.2


class Accounts:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balances = {"ann": 100, "bob": 0}


class Transaction:
    def __init__(self, name, accounts):
        self.name = name
        self.accounts = accounts

    async def __aenter__(self):
        await self.accounts.lock.acquire()
        print(f"{self.name}: begins with {self.accounts.balances}")
        self.before = dict(self.accounts.balances)

    async def __aexit__(self, error_type, error, traceback):
        if error_type is None:
            ending = self.commit()
        else:
            print(f"{self.name}: {error_type.__name__}, rolling back")
            ending = self.rollback()
        if SHIELD:
            await asyncio.shield(asyncio.create_task(ending, name=f"end-{self.name}"))
        else:
            await ending

    async def commit(self):
        try:
            await asyncio.sleep(COMMIT)
            print(f"{self.name}: committed")
        finally:
            self.accounts.lock.release()

    async def rollback(self):
        try:
            await asyncio.sleep(ROLLBACK)
            self.accounts.balances = self.before
            print(f"{self.name}: rolled back")
        finally:
            self.accounts.lock.release()


async def transfer(name, amount, accounts):
    async with Transaction(name, accounts):
        accounts.balances["ann"] -= amount
        await asyncio.sleep(STEP)
        if name == "first" and FIRST == "fails":
            raise ValueError("bob's account is closed")
        accounts.balances["bob"] += amount


async def main():
    accounts = Accounts()
    first = asyncio.create_task(transfer("first", 40, accounts), name="first")
    second = asyncio.create_task(transfer("second", 10, accounts), name="second")
    await asyncio.sleep(CANCEL_AT)
    if FIRST.startswith("cancelled"):
        first.cancel()
    if FIRST == "cancelled_twice":
        await asyncio.sleep(AGAIN)
        first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    total = sum(accounts.balances.values())
    print(f"in the end {accounts.balances}, together {total}")


asyncio.run(main())
