use crate::Args;
use asyncio::*;

#[called_with(number, barrier)]
async fn worker(number: usize, barrier: Barrier, args: Args) -> Result {
    let paces = args.floats("PACES");
    for phase in 1..=args.count("PHASES") {
        sleep(paces[(number + phase - 1) % paces.len()]).await?;
        if number == 0 && phase == args.count("ABORT_IN") {
            print(format!("worker 0: breaks the barrier in phase {phase}"));
            barrier.abort().await?;
            return Ok(());
        }
        let waiting = barrier.n_waiting();
        print(format!("worker {number}: at the barrier, {waiting} wait there"));
        let place = match barrier.wait().await {
            Err(error) if error.is("BrokenBarrierError") => {
                print(format!("worker {number}: {}", error.repr()));
                return Ok(());
            }
            place => place?,
        };
        if place == barrier.parties() - 1 {
            print(format!("worker {number}: came last, phase {phase} is complete"));
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let parties = args.floats("PACES").len();

    let barrier = Barrier::new(parties)?.named("barrier");
    let everybody = barrier.clone();
    TaskGroup::scope(|group| async move {
        for number in 0..parties {
            let coroutine = worker(number, everybody.clone(), args.clone());
            group.create_task_named(coroutine, format!("worker-{number}"))?;
        }
        Ok(())
    })
    .await?;
    let broken = repr_bool(barrier.broken());
    print(format!("broken: {broken}"));
    Ok(())
}
