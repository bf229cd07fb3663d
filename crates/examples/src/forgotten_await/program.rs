use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

async fn reserve(reserving: f64) -> Result {
    print("reserve: takes the last copy from the shelf");
    sleep(reserving).await?;
    print("reserve: put aside");
    Ok(())
}

#[called_with(account)]
fn pay(account: Rc<RefCell<Vec<&'static str>>>, paying: f64) -> Coro<&'static str> {
    Coro::new("pay", async move {
        print("pay: asks the bank");
        sleep(paying).await?;
        account.borrow_mut().push("42.00");
        print("pay: the money is there");
        Ok("receipt 17")
    })
}

async fn ship(shipping: f64) -> Result {
    print("ship: packs the parcel");
    sleep(shipping).await?;
    print("ship: handed over");
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let reserving = args.float("RESERVING");
    let paying = args.float("PAYING");
    let shipping = args.float("SHIPPING");
    let call = args.choice("CALL");

    let account = Rc::new(RefCell::new(Vec::new()));
    reserve(reserving).await?;
    // What Python's `receipt` is, and the coroutine that it keeps until `main` ends.
    let (type_name, _receipt) = match call {
        "await" => {
            pay(account.clone(), paying).await?;
            ("str", None)
        }
        "task" => {
            let task = create_task_named(pay(account.clone(), paying), "pay");
            task.await?;
            ("str", None)
        }
        "kept" => ("coroutine", Some(pay(account.clone(), paying))),
        _ => {
            drop(pay(account.clone(), paying));
            ("NoneType", None)
        }
    };
    print(format!("main: the receipt is a {type_name}"));
    ship(shipping).await?;
    let received = account.borrow().join(", ");
    let received = if received.is_empty() { "nothing".into() } else { received };
    print(format!("main: shipped, received {received}"));
    Ok(())
}
