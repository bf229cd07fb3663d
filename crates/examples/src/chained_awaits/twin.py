import asyncio

CONCURRENT = False
REQUEST = 0.5
FRIENDS = 3
PREMIUM = True


async def request(what, answer):
    print(f"ask for {what}")
    await asyncio.sleep(REQUEST)
    print(f"got {what}")
    return answer


async def get_user():
    user_id = await request("the id", 7)
    return await request(f"info of user {user_id}", {"profile": 42, "premium": PREMIUM})


async def get_profile(info):
    profile = await request(f"profile {info['profile']}", "likes tea")
    badge = await request("the badge", "gold") if info["premium"] else "no badge"
    return f"{profile}, {badge}"


async def get_friends():
    if (count := await request("the number of friends", FRIENDS)) == 0:
        return []
    if CONCURRENT:
        return await asyncio.gather(*(request(f"friend {n}", n) for n in range(count)))
    return [await request(f"friend {n}", n) for n in range(count)]


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    info = await get_user()
    if CONCURRENT:
        async with asyncio.TaskGroup() as group:
            profile_task = group.create_task(get_profile(info), name="profile")
            friends_task = group.create_task(get_friends(), name="friends")
        profile, friends = profile_task.result(), friends_task.result()
    else:
        profile = await get_profile(info)
        friends = await get_friends()
    print(f"{profile}, {len(friends)} friends: {loop.time() - start:.2f} s")


asyncio.run(main())
