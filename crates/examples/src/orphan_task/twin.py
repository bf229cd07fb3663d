import asyncio

USERS = 4
GAP = 0.4
SENDING = 1.0
WAY = "forget"


async def register(user):
    await asyncio.sleep(GAP)
    print(f"main: user {user} is registered")


async def welcome(user):
    try:
        print(f"mail {user}: sending")
        await asyncio.sleep(SENDING)
        print(f"mail {user}: sent")
    except asyncio.CancelledError:
        print(f"mail {user}: cut off")
        raise


async def forget():
    for user in range(USERS):
        await register(user)
        asyncio.create_task(welcome(user), name=f"mail-{user}")


async def keep_in_a_set():
    mails = set()
    for user in range(USERS):
        await register(user)
        mail = asyncio.create_task(welcome(user), name=f"mail-{user}")
        mails.add(mail)
        mail.add_done_callback(mails.discard)
    print(f"main: waits for {len(mails)} mails")
    await asyncio.gather(*mails)


async def hold_in_a_group():
    async with asyncio.TaskGroup() as mails:
        for user in range(USERS):
            await register(user)
            mails.create_task(welcome(user), name=f"mail-{user}")


async def main():
    if WAY == "forget":
        await forget()
    elif WAY == "set":
        await keep_in_a_set()
    else:
        await hold_in_a_group()
    print("main: leaves")


asyncio.run(main())
