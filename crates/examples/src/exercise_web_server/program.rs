use crate::Args;
use asyncio::*;
use std::cell::Cell;
use std::rc::Rc;

const PORT: u16 = 8080;
const CLIENTS: [(f64, &str, &str); 5] = [
    (0.0, "report", "GET /report\n"),
    (0.1, "quick-1", "GET /\n"),
    (0.2, "silent", ""),
    (0.3, "stuck", "GET /stuck\n"),
    (0.6, "quick-2", "GET /\n"),
];

#[derive(Clone, Copy)]
struct Choices {
    report: &'static str,
    timeout_around: &'static str,
    timeout: f64,
    close: &'static str,
}

async fn respond(path: &str, report: &'static str) -> Result<String> {
    match (path, report) {
        ("/report", "in-handler") => {
            time_sleep(1.2);
        }
        ("/report", _) => {
            to_thread(|thread| async move { thread.sleep(1.2).await }).await?;
        }
        ("/stuck", _) => {
            sleep(6.0).await?;
        }
        _ => {}
    }
    Ok(format!("200 {path}\n"))
}

fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line).trim().to_owned()
}

fn limit(place: &str, choices: Choices) -> Timeout {
    timeout((choices.timeout_around == place).then_some(choices.timeout))
}

async fn answer(reader: &StreamReader, writer: &StreamWriter, choices: Choices) -> Result {
    let line = limit("reading", choices).scope(|_| async {
        reader.readline().await //
    });
    let line = text(&line.await?);
    if let Some(path) = line.split(' ').nth(1) {
        writer.write(respond(path, choices.report).await?)?;
        writer.drain().await?;
    }
    Ok(())
}

#[called_with(reader, writer)]
async fn handle(
    reader: StreamReader,
    writer: StreamWriter,
    number: usize,
    choices: Choices,
) -> Result {
    if let Some(task) = current_task() {
        task.set_name(&format!("handler-{number}"));
    }
    let answered = limit("everything", choices).scope(|_| async {
        answer(&reader, &writer, choices).await //
    });
    let result = match answered.await {
        Ok(()) => {
            if choices.close == "after-answer" {
                writer.close();
            }
            Ok(())
        }
        Err(error) if error.is("TimeoutError") => {
            print("server: timeout");
            Ok(())
        }
        other => other,
    };
    if choices.close == "in-finally" {
        writer.close();
    }
    result
}

#[called_with(delay, name, request.as_bytes())]
async fn client(delay: f64, name: &'static str, request: &'static str) -> Result {
    sleep(delay).await?;
    print(format!("{name}: connects"));
    let (reader, writer) = open_connection("127.0.0.1", PORT).await?;
    writer.write(request)?;
    let answered = timeout(Some(4.0)).scope(|_| async {
        reader.readline().await //
    });
    match answered.await {
        Ok(answer) if answer.is_empty() => print(format!("{name}: no answer")),
        Ok(answer) => print(format!("{name}: {}", text(&answer))),
        Err(error) if error.is("TimeoutError") => print(format!("{name}: gives up")),
        Err(error) => return Err(error),
    }
    writer.close();
    writer.wait_closed().await
}

pub async fn main(args: Args) -> Result {
    let choices = Choices {
        report: args.choice("REPORT"),
        timeout_around: args.choice("TIMEOUT_AROUND"),
        timeout: args.float("TIMEOUT"),
        close: args.choice("CLOSE"),
    };
    let numbers = Rc::new(Cell::new(1));
    let handler = move |reader, writer| {
        handle(reader, writer, numbers.replace(numbers.get() + 1), choices) //
    };

    let server = start_server(handler, "127.0.0.1", PORT).await?;
    let served = server.scope(|_| async {
        let clients = TaskGroup::scope(|group| async move {
            for (delay, name, request) in CLIENTS {
                group.create_task_named(client(delay, name, request), name)?;
            }
            Ok(())
        });
        clients.await
    });
    served.await?;
    print("server closed");
    Ok(())
}
