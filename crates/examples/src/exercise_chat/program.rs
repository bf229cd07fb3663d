use crate::Args;
use asyncio::*;

const PORT: u16 = 8765;
const TYPED: [(f64, &str); 3] = [(0.4, "hello"), (1.2, "how are you?"), (0.8, "see you")];
const FRIEND: [(f64, &str); 4] =
    [(0.6, "hi there"), (0.5, "are you there?"), (1.0, "fine"), (0.7, "bye")];

#[derive(Clone, Copy)]
struct Choices {
    talk: &'static str,
    goodbye: &'static str,
    at_the_end: &'static str,
}

fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line).trim().to_owned()
}

#[called_with(writer)]
async fn friend(writer: StreamWriter) -> Result {
    for (pause, text) in FRIEND {
        sleep(pause).await?;
        print(format!("friend says: {text}"));
        writer.write(format!("{text}\n"))?;
    }
    Ok(())
}

#[called_with(reader, writer)]
async fn serve(reader: StreamReader, writer: StreamWriter) -> Result {
    if let Some(task) = current_task() {
        task.set_name("server");
    }
    let talking = create_task_named(friend(writer.clone()), "friend");
    loop {
        let line = reader.readline().await?;
        if line.is_empty() || line == b"/quit\n" {
            break;
        }
        print(format!("server has: {}", text(&line)));
    }
    talking.await?;
    writer.write("the room is closed\n")?;
    writer.close();
    Ok(())
}

#[called_with(reader)]
async fn receive(reader: StreamReader) -> Result {
    loop {
        let line = reader.readline().await?;
        if line.is_empty() {
            return Ok(());
        }
        print(format!("shown: {}", text(&line)));
    }
}

async fn send(reader: &StreamReader, writer: &StreamWriter, talk: &'static str) -> Result {
    for (pause, typed) in TYPED {
        sleep(pause).await?;
        writer.write(format!("{typed}\n"))?;
        writer.drain().await?;
        if talk == "in-turn" {
            let line = reader.readline().await?;
            print(format!("shown: {}", text(&line)));
        }
    }
    Ok(())
}

async fn chat(choices: Choices) -> Result {
    let (reader, writer) = open_connection("127.0.0.1", PORT).await?;
    let receiver;
    if choices.talk == "two-tasks" {
        receiver = create_task_named(receive(reader.clone()), "receiver");
        send(&reader, &writer, choices.talk).await?;
    } else {
        send(&reader, &writer, choices.talk).await?;
        receiver = create_task_named(receive(reader.clone()), "receiver");
    }
    match choices.goodbye {
        "close" => writer.close(),
        "write-eof" => writer.write_eof()?,
        "quit-line" => writer.write("/quit\n")?,
        _ => {}
    }
    match choices.at_the_end {
        "await" => {
            receiver.await?;
        }
        "cancel" => {
            receiver.cancel();
        }
        _ => {}
    }
    writer.close();
    writer.wait_closed().await
}

pub async fn main(args: Args) -> Result {
    let choices = Choices {
        talk: args.choice("TALK"),
        goodbye: args.choice("GOODBYE"),
        at_the_end: args.choice("AT_THE_END"),
    };

    let server = start_server(serve, "127.0.0.1", PORT).await?;
    server
        .scope(|_| async move {
            chat(choices).await //
        })
        .await?;
    print("everybody has gone home");
    Ok(())
}
