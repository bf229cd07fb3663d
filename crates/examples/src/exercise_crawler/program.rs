use crate::Args;
use asyncio::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

type Page = (&'static str, f64, &'static [&'static str]);

const PAGES: [Page; 9] = [
    ("alpha/", 0.4, &["alpha/news", "alpha/blog", "beta/"]),
    ("alpha/news", 0.5, &["alpha/", "alpha/faq", "beta/shop"]),
    ("alpha/blog", 0.5, &["alpha/news", "alpha/faq", "beta/shop"]),
    ("alpha/faq", 0.6, &["alpha/", "beta/help"]),
    ("beta/", 0.3, &["beta/shop", "beta/team", "beta/help"]),
    ("beta/shop", 0.5, &["beta/", "alpha/faq", "beta/cart"]),
    ("beta/team", 0.4, &["beta/", "beta/cart"]),
    ("beta/help", 0.4, &["alpha/faq"]),
    ("beta/cart", 0.3, &[]),
];

#[derive(Clone, Copy)]
struct Choices {
    mark_seen: &'static str,
    limit_for: &'static str,
    limit: usize,
    clock_starts: &'static str,
}

/// Which of the two sites a page is of.
fn site_of(url: &str) -> usize {
    usize::from(!url.starts_with("alpha/"))
}

struct Crawler {
    choices: Choices,
    group: TaskGroup,
    seen: RefCell<BTreeSet<&'static str>>,
    numbers: Cell<usize>,
    gates: [(&'static str, Semaphore); 2],
    times: RefCell<[Vec<f64>; 2]>,
}

impl Crawler {
    fn new(group: TaskGroup, choices: Choices) -> Self {
        let whole = Semaphore::new(choices.limit);
        let gates = ["alpha", "beta"].map(|site| match choices.limit_for {
            "each-site" => (site, Semaphore::new(choices.limit).named("gate")),
            _ => (site, whole.clone().named("gate")),
        });
        let (seen, times) = (RefCell::default(), RefCell::default());
        Crawler { choices, group, seen, numbers: Cell::new(1), gates, times }
    }

    async fn discover(self: Rc<Self>, url: &'static str) -> Result {
        if self.seen.borrow().contains(url) {
            return Ok(());
        }
        if self.choices.mark_seen == "at-check" {
            self.seen.borrow_mut().insert(url);
        }
        self.read_robots().await?;
        if self.choices.mark_seen == "after-robots" {
            self.seen.borrow_mut().insert(url);
        }
        let (site, gate) = &self.gates[site_of(url)];
        let visit = self.clone().visit(url, gate.clone());
        let number = self.numbers.replace(self.numbers.get() + 1);
        self.group.create_task_named(visit, format!("{site}-{number}"))?;
        Ok(())
    }

    async fn read_robots(&self) -> Result {
        sleep(0.02).await
    }

    #[called_with(url, gate)]
    async fn visit(self: Rc<Self>, url: &'static str, gate: Semaphore) -> Result {
        let mut began = time();
        let links = {
            let _permit = gate.enter().await?;
            if self.choices.clock_starts == "after-permit" {
                began = time();
            }
            self.fetch(url).await?
        };
        let seconds = time() - began;
        self.times.borrow_mut()[site_of(url)].push(seconds);
        print(format!("{url}: response in {seconds:.2} s"));
        for link in links {
            Coro::new("discover", self.clone().discover(link)).await?;
        }
        Ok(())
    }

    async fn fetch(&self, url: &'static str) -> Result<&'static [&'static str]> {
        print(format!("GET {url}"));
        let page = PAGES.into_iter().find(|page| page.0 == url);
        let (_, seconds, links) = page.ok_or_else(|| Error::new("KeyError", repr_str(url)))?;
        sleep(seconds).await?;
        print(format!("got {url}"));
        if self.choices.mark_seen == "when-fetched" {
            self.seen.borrow_mut().insert(url);
        }
        Ok(links)
    }
}

pub async fn main(args: Args) -> Result {
    let choices = Choices {
        mark_seen: args.choice("MARK_SEEN"),
        limit_for: args.choice("LIMIT_FOR"),
        limit: args.count("LIMIT"),
        clock_starts: args.choice("CLOCK_STARTS"),
    };

    let crawler = TaskGroup::scope(|group| async move {
        let crawler = Rc::new(Crawler::new(group, choices));
        crawler.clone().discover("alpha/").await?;
        Ok(crawler)
    })
    .await?;
    for (site, times) in ["alpha", "beta"].into_iter().zip(&*crawler.times.borrow()) {
        let least = times.iter().copied().fold(f64::INFINITY, f64::min);
        let most = times.iter().copied().fold(0.0, f64::max);
        print(format!("{site}: {} pages, from {least:.2} to {most:.2} s", times.len()));
    }
    print("crawl complete");
    Ok(())
}
