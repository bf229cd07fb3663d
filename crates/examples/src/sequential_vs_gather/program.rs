use crate::Args;
use asyncio::*;

#[called_with(page, delay)]
async fn fetch(page: usize, delay: f64) -> Result {
    print(format!("page {page}: requested"));
    sleep(delay).await?;
    print(format!("page {page}: received after {delay:.1} s"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let delays = args.floats("DELAYS");

    let start = time();
    for (page, &delay) in delays.iter().enumerate() {
        fetch(page, delay).await?;
    }
    print(format!("one after another: {:.2} s", time() - start));

    let start = time();
    let mut fetches = Vec::new();
    for (page, &delay) in delays.iter().enumerate() {
        fetches.push(fetch(page, delay));
    }
    gather(fetches).await?;
    print(format!("gathered: {:.2} s", time() - start));
    Ok(())
}
