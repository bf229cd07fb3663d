use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

const STEP: f64 = 0.5;
const COMMIT: f64 = 0.2;

#[derive(Clone, Copy)]
struct Balances {
    ann: i64,
    bob: i64,
}

impl fmt::Display for Balances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{'ann': {}, 'bob': {}}}", self.ann, self.bob)
    }
}

struct Accounts {
    lock: Lock,
    balances: Cell<Balances>,
}

#[derive(Clone)]
struct Transaction {
    name: &'static str,
    accounts: Rc<Accounts>,
    before: Rc<Cell<Balances>>,
    args: Args,
}

impl AsyncContextManager for Transaction {
    type Value = ();

    fn enter(&self) -> Coro<()> {
        let transaction = self.clone();
        Coro::new("Transaction.__aenter__", async move {
            let Transaction { name, accounts, before, .. } = transaction;
            accounts.lock.acquire().await?;
            print(format!("{name}: begins with {}", accounts.balances.get()));
            before.set(accounts.balances.get());
            Ok(())
        })
    }

    fn exit(&self, error: Option<&Error>) -> Coro<bool> {
        let (transaction, error) = (self.clone(), error.cloned());
        let (name, is_shielded) = (self.name, self.args.bool("SHIELD"));
        Coro::new("Transaction.__aexit__", async move {
            let ending = match error {
                None => Coro::new("Transaction.commit", transaction.commit()),
                Some(error) => {
                    print(format!("{name}: {}, rolling back", error.type_name()));
                    Coro::new("Transaction.rollback", transaction.rollback())
                }
            };
            if is_shielded {
                shield(create_task_named(ending, format!("end-{name}"))).await?;
            } else {
                ending.await?;
            }
            Ok(false)
        })
    }
}

impl Transaction {
    async fn commit(self) -> Result {
        let committed = async {
            sleep(COMMIT).await?;
            print(format!("{}: committed", self.name));
            Ok(())
        };
        let committed = committed.await;
        self.accounts.lock.release()?;
        committed
    }

    async fn rollback(self) -> Result {
        let rolled_back = async {
            sleep(self.args.float("ROLLBACK")).await?;
            self.accounts.balances.set(self.before.get());
            print(format!("{}: rolled back", self.name));
            Ok(())
        };
        let rolled_back = rolled_back.await;
        self.accounts.lock.release()?;
        rolled_back
    }
}

#[called_with(name, amount, accounts)]
async fn transfer(name: &'static str, amount: i64, accounts: Rc<Accounts>, args: Args) -> Result {
    let before = Rc::new(accounts.balances.clone());
    let first = args.choice("FIRST");
    let transaction = Transaction { name, accounts: accounts.clone(), before, args };
    let block = async_with(transaction, async |()| {
        let Balances { ann, bob } = accounts.balances.get();
        accounts.balances.set(Balances { ann: ann - amount, bob });
        sleep(STEP).await?;
        if name == "first" && first == "fails" {
            return Err(Error::new("ValueError", "bob's account is closed"));
        }
        let Balances { ann, bob } = accounts.balances.get();
        accounts.balances.set(Balances { ann, bob: bob + amount });
        Ok(())
    });
    block.await?;
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let choice = args.choice("FIRST");

    let balances = Cell::new(Balances { ann: 100, bob: 0 });
    let accounts = Rc::new(Accounts { lock: Lock::new().named("accounts.lock"), balances });
    let first = transfer("first", 40, accounts.clone(), args.clone());
    let first = create_task_named(first, "first");
    let second = transfer("second", 10, accounts.clone(), args.clone());
    let second = create_task_named(second, "second");
    sleep(args.float("CANCEL_AT")).await?;
    if choice.starts_with("cancelled") {
        first.cancel();
    }
    if choice == "cancelled_twice" {
        sleep(args.float("AGAIN")).await?;
        first.cancel();
    }
    gather_return_exceptions([first, second]).await?;
    let balances = accounts.balances.get();
    print(format!("in the end {balances}, together {}", balances.ann + balances.bob));
    Ok(())
}
