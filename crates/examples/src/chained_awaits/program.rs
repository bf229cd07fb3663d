use crate::Args;
use asyncio::*;

#[derive(Clone, Copy)]
struct Info {
    profile: u32,
    premium: bool,
}

impl Short for Info {
    fn short(&self, deep: bool) -> String {
        Named("dict").short(deep)
    }
}

#[called_with(what, answer)]
async fn request<T: Short + 'static>(what: String, answer: T, args: Args) -> Result<T> {
    print(format!("ask for {what}"));
    sleep(args.float("REQUEST")).await?;
    print(format!("got {what}"));
    Ok(answer)
}

async fn get_user(args: &Args) -> Result<Info> {
    let user_id = request("the id".into(), 7, args.clone()).await?;
    let info = Info { profile: 42, premium: args.bool("PREMIUM") };
    request(format!("info of user {user_id}"), info, args.clone()).await
}

#[called_with(info)]
async fn get_profile(info: Info, args: Args) -> Result<String> {
    let profile = request(format!("profile {}", info.profile), "likes tea", args.clone()).await?;
    let badge =
        if info.premium { request("the badge".into(), "gold", args).await? } else { "no badge" };
    Ok(format!("{profile}, {badge}"))
}

async fn get_friends(args: Args) -> Result<Vec<usize>> {
    let friends = args.count("FRIENDS");
    let count = request("the number of friends".into(), friends, args.clone()).await?;
    if count == 0 {
        return Ok(Vec::new());
    }
    if args.bool("CONCURRENT") {
        let requests = (0..count).map(|n| request(format!("friend {n}"), n, args.clone()));
        return gather(requests).await;
    }
    let mut friends = Vec::new();
    for n in 0..count {
        friends.push(request(format!("friend {n}"), n, args.clone()).await?);
    }
    Ok(friends)
}

pub async fn main(args: Args) -> Result {
    let start = time();
    let info = get_user(&args).await?;
    let (profile, friends);
    if args.bool("CONCURRENT") {
        let tasks = TaskGroup::scope(async |group| {
            let profile_task =
                group.create_task_named(get_profile(info, args.clone()), "profile")?;
            let friends_task = group.create_task_named(get_friends(args.clone()), "friends")?;
            Ok((profile_task, friends_task))
        });
        let (profile_task, friends_task) = tasks.await?;
        (profile, friends) = (profile_task.result()?, friends_task.result()?);
    } else {
        profile = get_profile(info, args.clone()).await?;
        friends = get_friends(args).await?;
    }
    print(format!("{profile}, {} friends: {:.2} s", friends.len(), time() - start));
    Ok(())
}
