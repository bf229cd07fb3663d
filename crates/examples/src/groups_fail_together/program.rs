use crate::Args;
use asyncio::*;

#[called_with(name, signal)]
async fn fail(name: &'static str, signal: Event) -> Result {
    signal.wait().await?;
    print(format!("{name}: fails"));
    Err(Error::new("ValueError", name))
}

fn names(group: &Error) -> String {
    let parts = group.members().iter().map(|error| match error.is("ExceptionGroup") {
        true => names(error),
        false => error.exception().map(ToString::to_string).unwrap_or_default(),
    });
    format!("[{}]", parts.collect::<Vec<_>>().join(", "))
}

async fn inner_group(signal: Event, cleanup: f64) -> Result {
    TaskGroup::scope(|group| async move {
        group.create_task_named(fail("inner", signal), "inner")?;
        let slept = sleep(10.0).await;
        // The `finally` block.
        print("main: cancelled within both groups");
        sleep(cleanup).await?;
        slept
    })
    .await
}

async fn outer_group(inner: Event, outer: Event, args: Args) -> Result {
    TaskGroup::scope(|group| async move {
        group.create_task_named(fail("outer", outer), "outer")?;
        match inner_group(inner, args.float("CLEANUP")).await {
            Err(errors) if errors.is("ExceptionGroup") => {
                print(format!("main: between the groups {}", names(&errors)));
                if args.choice("CATCH") == "outside" {
                    return Err(errors);
                }
            }
            ended => ended?,
        }
        print("main: goes on in the outer group");
        sleep(0.5).await?;
        print("main: is never here");
        Ok(())
    })
    .await
}

pub async fn main(args: Args) -> Result {
    let (inner, outer) = (Event::new().named("inner"), Event::new().named("outer"));
    let (mut first, mut second) = (inner.clone(), outer.clone());
    if args.choice("FIRST") == "outer" {
        std::mem::swap(&mut first, &mut second);
    }
    let ring = move || {
        first.set();
        second.set();
    };
    call_later(args.float("DELAY"), ring);
    match outer_group(inner, outer, args).await {
        Err(errors) if errors.is("ExceptionGroup") => {
            print(format!("main: outside {}", names(&errors)));
        }
        ended => ended?,
    }
    let cancelling = current_task().map_or(0, |task| task.cancelling());
    print(format!("main: cancelling() is {cancelling}"));
    Ok(())
}
