use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

struct Account {
    name: &'static str,
    balance: Cell<i64>,
    lock: Lock,
}

impl Account {
    fn new(name: &'static str, balance: i64) -> Rc<Self> {
        let lock = Lock::new().named(&format!("{name}.lock"));
        Rc::new(Account { name, balance: Cell::new(balance), lock })
    }
}

#[called_with(amount, source, target)]
async fn transfer(amount: i64, source: Rc<Account>, target: Rc<Account>, args: Args) -> Result {
    let label = format!("{} to {}", source.name, target.name);
    let (mut first, mut second) = (&source, &target);
    if args.choice("ORDER") == "same" && second.name < first.name {
        (first, second) = (second, first);
    }
    {
        let _first = first.lock.enter().await?;
        print(format!("{label}: has the lock of {}", first.name));
        sleep(args.float("BETWEEN")).await?;
        {
            let _second = second.lock.enter().await?;
            print(format!("{label}: has the lock of {} too", second.name));
            sleep(args.float("HOLD")).await?;
            source.balance.set(source.balance.get() - amount);
            target.balance.set(target.balance.get() + amount);
        }
    }
    print(format!("{label}: done"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let anna = Account::new("anna", 100);
    let ben = Account::new("ben", 100);
    let (a, b) = (anna.clone(), ben.clone());
    TaskGroup::scope(|group| async move {
        let coroutine = transfer(30, a.clone(), b.clone(), args.clone());
        group.create_task_named(coroutine, "anna-to-ben")?;
        sleep(args.float("HEAD_START")).await?;
        let coroutine = transfer(10, b, a, args);
        group.create_task_named(coroutine, "ben-to-anna")?;
        Ok(())
    })
    .await?;
    print(format!("anna has {}, ben has {}", anna.balance.get(), ben.balance.get()));
    Ok(())
}
