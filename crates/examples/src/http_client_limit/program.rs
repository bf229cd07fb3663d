use crate::Args;
use asyncio::*;

const PORT: u16 = 8802;
const KINDS: [&str; 5] = ["fast", "slow", "missing", "dropped", "broken"];

fn route(kind: &str, slow: f64) -> (Option<&'static str>, f64) {
    match kind {
        "fast" => (Some("200 OK"), 0.3),
        "slow" => (Some("200 OK"), slow),
        "missing" => (Some("404 Not Found"), 0.1),
        "dropped" => (None, 0.4),
        _ => (Some("500 Internal Server Error"), 0.6),
    }
}

#[called_with(reader, writer)]
async fn serve(reader: StreamReader, writer: StreamWriter, slow: f64) -> Result {
    let request = reader.readuntil("\r\n\r\n").await?;
    let request = String::from_utf8_lossy(&request);
    let path = request.split_whitespace().nth(1).unwrap_or_default();
    if let Some(task) = current_task() {
        task.set_name(&format!("server {path}"));
    }
    let (status, seconds) = route(path.split('/').nth(1).unwrap_or_default(), slow);
    sleep(seconds).await?;
    if let Some(status) = status {
        let body = format!("this is {path}");
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len());
        writer.write(head + &body)?;
    }
    writer.close();
    writer.wait_closed().await
}

fn whole_number(word: Option<&str>) -> i64 {
    word.and_then(|word| word.parse().ok()).unwrap_or_default()
}

async fn fetch(path: &str) -> Result<(i64, Vec<u8>)> {
    let (reader, writer) = open_connection("127.0.0.1", PORT).await?;
    let result = async {
        writer.write(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))?;
        writer.drain().await?;
        let head = reader.readuntil("\r\n\r\n").await?;
        let head = String::from_utf8_lossy(&head);
        let (status_line, fields) = head.split_once("\r\n").unwrap_or_default();
        let mut headers = fields.lines().filter_map(|field| field.split_once(": "));
        let length = headers.find(|(name, _)| *name == "Content-Length").map(|(_, value)| value);
        let body = reader.readexactly(whole_number(length)).await?;
        Ok((whole_number(status_line.split_whitespace().nth(1)), body))
    }
    .await;
    writer.close();
    writer.wait_closed().await?;
    result
}

#[called_with(path, permits)]
async fn request(path: String, permits: Semaphore, seconds: f64) -> Result<&'static str> {
    let _permit = permits.enter().await?;
    print(format!("{path}: begins"));
    let deadline = timeout(Some(seconds));
    match deadline.scope(async |_| fetch(&path).await).await {
        Ok((status, body)) => {
            print(format!("{path}: {status}, {} bytes", body.len()));
            Ok(if status == 200 { "page" } else { "error page" })
        }
        Err(error) if error.is_a("TimeoutError") => {
            print(format!("{path}: timed out"));
            Ok("timeout")
        }
        Err(error) if error.is_a("OSError") || error.is_a("IncompleteReadError") => {
            print(format!("{path}: {}", error.type_name()));
            Ok("no answer")
        }
        Err(error) => Err(error),
    }
}

pub async fn main(args: Args) -> Result {
    let requests = args.count("REQUESTS");
    let limit = args.count("LIMIT");
    let timeout = args.float("TIMEOUT");
    let slow = args.float("SLOW");

    let accept = move |reader, writer| serve(reader, writer, slow);
    let server = start_server(accept, "127.0.0.1", PORT).await?;
    let serving = server.scope(async |_| {
        let permits = Semaphore::new(limit).named("permits");
        let fetching = TaskGroup::scope(async |group| {
            let mut tasks = Vec::new();
            for number in 0..requests {
                let path = format!("/{}/{number}", KINDS[number % 5]);
                let coroutine = request(path.clone(), permits.clone(), timeout);
                tasks.push(group.create_task_named(coroutine, path)?);
            }
            Ok(tasks)
        });
        fetching.await
    });
    let tasks = serving.await?;
    let mut pages = 0;
    for task in tasks {
        pages += usize::from(task.result()? == "page");
    }
    print(format!("{pages} pages of {requests}"));
    Ok(())
}
