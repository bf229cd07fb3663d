use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

async fn register(user: usize, gap: f64) -> Result {
    sleep(gap).await?;
    print(format!("main: user {user} is registered"));
    Ok(())
}

#[called_with(user)]
async fn welcome(user: usize, sending: f64) -> Result {
    print(format!("mail {user}: sending"));
    match sleep(sending).await {
        Err(error) if error.is_cancelled() => {
            print(format!("mail {user}: cut off"));
            Err(error)
        }
        slept => {
            slept?;
            print(format!("mail {user}: sent"));
            Ok(())
        }
    }
}

async fn forget(users: usize, gap: f64, sending: f64) -> Result {
    for user in 0..users {
        register(user, gap).await?;
        create_task_named(welcome(user, sending), format!("mail-{user}"));
    }
    Ok(())
}

async fn keep_in_a_set(users: usize, gap: f64, sending: f64) -> Result {
    let mails: Rc<RefCell<Vec<Task<()>>>> = Rc::default();
    for user in 0..users {
        register(user, gap).await?;
        let mail = create_task_named(welcome(user, sending), format!("mail-{user}"));
        mails.borrow_mut().push(mail.clone());
        let set = mails.clone();
        mail.add_done_callback(move |mail| set.borrow_mut().retain(|other| **other != *mail));
    }
    print(format!("main: waits for {} mails", mails.borrow().len()));
    let mails = mails.borrow().clone();
    gather(mails).await?;
    Ok(())
}

async fn hold_in_a_group(users: usize, gap: f64, sending: f64) -> Result {
    TaskGroup::scope(async |mails| {
        for user in 0..users {
            register(user, gap).await?;
            mails.create_task_named(welcome(user, sending), format!("mail-{user}"))?;
        }
        Ok(())
    })
    .await
}

pub async fn main(args: Args) -> Result {
    let users = args.count("USERS");
    let gap = args.float("GAP");
    let sending = args.float("SENDING");

    match args.choice("WAY") {
        "forget" => forget(users, gap, sending).await?,
        "set" => keep_in_a_set(users, gap, sending).await?,
        _ => hold_in_a_group(users, gap, sending).await?,
    }
    print("main: leaves");
    Ok(())
}
