import asyncio
import itertools

MARK_SEEN = "when-fetched"
LIMIT_FOR = "everything"
LIMIT = 4
CLOCK_STARTS = "before-permit"

PAGES = {
    "alpha/": (0.4, ["alpha/news", "alpha/blog", "beta/"]),
    "alpha/news": (0.5, ["alpha/", "alpha/faq", "beta/shop"]),
    "alpha/blog": (0.5, ["alpha/news", "alpha/faq", "beta/shop"]),
    "alpha/faq": (0.6, ["alpha/", "beta/help"]),
    "beta/": (0.3, ["beta/shop", "beta/team", "beta/help"]),
    "beta/shop": (0.5, ["beta/", "alpha/faq", "beta/cart"]),
    "beta/team": (0.4, ["beta/", "beta/cart"]),
    "beta/help": (0.4, ["alpha/faq"]),
    "beta/cart": (0.3, []),
}


class Crawler:
    def __init__(self, group):
        self.group = group
        self.seen = set()
        self.numbers = itertools.count(1)
        self.times = {"alpha": [], "beta": []}
        whole = asyncio.Semaphore(LIMIT)
        self.gates = {
            site: asyncio.Semaphore(LIMIT) if LIMIT_FOR == "each-site" else whole
            for site in ("alpha", "beta")
        }

    async def discover(self, url):
        if url in self.seen:
            return
        if MARK_SEEN == "at-check":
            self.seen.add(url)
        await self.read_robots()
        if MARK_SEEN == "after-robots":
            self.seen.add(url)
        site = url.split("/")[0]
        visit = self.visit(url, self.gates[site])
        self.group.create_task(visit, name=f"{site}-{next(self.numbers)}")

    async def read_robots(self):
        await asyncio.sleep(0.02)

    async def visit(self, url, gate):
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with gate:
            if CLOCK_STARTS == "after-permit":
                began = loop.time()
            links = await self.fetch(url)
        seconds = loop.time() - began
        self.times[url.split("/")[0]].append(seconds)
        print(f"{url}: response in {seconds:.2f} s")
        for link in links:
            await self.discover(link)

    async def fetch(self, url):
        print(f"GET {url}")
        seconds, links = PAGES[url]
        await asyncio.sleep(seconds)
        print(f"got {url}")
        if MARK_SEEN == "when-fetched":
            self.seen.add(url)
        return links


async def main():
    async with asyncio.TaskGroup() as group:
        crawler = Crawler(group)
        await crawler.discover("alpha/")
    for site, times in crawler.times.items():
        print(f"{site}: {len(times)} pages, from {min(times):.2f} to {max(times):.2f} s")
    print("crawl complete")


asyncio.run(main())
