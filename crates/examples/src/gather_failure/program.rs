use crate::Args;
use asyncio::*;

#[called_with(number, delay)]
async fn download(number: usize, delay: f64, fail_index: usize) -> Result<String> {
    print(format!("file {number}: started"));
    sleep(delay).await?;
    if number == fail_index {
        let text = format!("file {number} lost its connection");
        return Err(Error::new("ConnectionError", text));
    }
    print(format!("file {number}: saved"));
    Ok(format!("file {number} saved"))
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");
    let fail_index = args.count("FAIL_INDEX");
    let return_exceptions = args.bool("RETURN_EXCEPTIONS");

    let mut tasks = Vec::new();
    for (number, delay) in delays.into_iter().enumerate() {
        let coroutine = download(number, delay, fail_index);
        let task = create_task_named(coroutine, format!("file-{number}"));
        tasks.push(task);
    }
    // The switch of Python's `gather` changes the type of the results: two functions here.
    let gathered = if return_exceptions {
        gather_return_exceptions(&tasks).await
    } else {
        let results = gather(&tasks).await;
        results.map(|values| values.into_iter().map(Ok).collect())
    };
    match gathered {
        Err(error) if error.is("ConnectionError") => {
            let mut running = Vec::new();
            for task in tasks.iter().filter(|task| !task.done()) {
                running.push(task.name());
            }
            print(format!("gather raised: {error}"));
            if running.is_empty() {
                running.push("none".into());
            }
            print(format!("still running: {}", running.join(", ")));
            wait(&tasks).await?;
            print("now the siblings are done too");
        }
        results => {
            for result in results? {
                let (kind, text) = match result {
                    Err(error) => ("error", error.to_string()),
                    Ok(value) => ("value", value),
                };
                print(format!("{kind}: {text}"));
            }
        }
    }
    Ok(())
}
