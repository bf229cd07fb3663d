use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::rc::Rc;

const PORT: u16 = 8807;
const SIZE: usize = 60000;
const GAP: f64 = 0.3;
const STAY: f64 = 2.0;

#[derive(Clone)]
struct Member {
    name: String,
    writer: StreamWriter,
    delivery: &'static str,
    queue: Queue<Vec<u8>>,
}

impl Member {
    async fn deliver(&self, line: &[u8]) -> Result {
        if self.delivery == "drain" {
            self.writer.write(line)?;
            self.writer.drain().await?;
        } else if self.queue.full() {
            print(format!("server: {} is too slow, one message dropped", self.name));
        } else {
            self.queue.put_nowait(line.to_vec())?;
        }
        Ok(())
    }

    async fn send(self) -> Result {
        loop {
            let line = self.queue.get().await?;
            if line.is_empty() {
                return Ok(());
            }
            self.writer.write(line)?;
            self.writer.drain().await?;
        }
    }
}

#[derive(Clone)]
struct Room {
    members: Rc<RefCell<Vec<Member>>>,
    delivery: &'static str,
    queue: usize,
}

impl Room {
    fn has(&self, name: &str) -> bool {
        self.members.borrow().iter().any(|member| member.name == name)
    }

    async fn broadcast(&self, sender: &str, line: &[u8]) -> Result {
        let members = self.members.borrow().clone();
        for member in members {
            if member.name != sender && self.has(&member.name) {
                member.deliver(line).await?;
            }
        }
        Ok(())
    }

    #[called_with(reader, writer)]
    async fn serve(self, reader: StreamReader, writer: StreamWriter) -> Result {
        let line = reader.readline().await?;
        let name = &String::from_utf8_lossy(&line).trim().to_string();
        if let Some(task) = current_task() {
            task.set_name(&format!("serve-{name}"));
        }
        writer.transport().set_write_buffer_limits(Some(0), None)?;
        let member = Member {
            name: name.clone(),
            writer: writer.clone(),
            delivery: self.delivery,
            queue: Queue::new(self.queue).named("member.queue"),
        };
        let chatting = TaskGroup::scope(async |group| {
            if self.delivery == "queue" {
                group.create_task_named(member.clone().send(), format!("send-{name}"))?;
            }
            self.broadcast(name, format!("{name} joins\n").as_bytes()).await?;
            self.members.borrow_mut().push(member.clone());
            loop {
                let line = reader.readline().await?;
                if line.is_empty() {
                    break;
                }
                self.broadcast(name, &line).await?;
            }
            self.members.borrow_mut().retain(|member| member.name != *name);
            self.broadcast(name, format!("{name} leaves\n").as_bytes()).await?;
            member.queue.put(Vec::new()).await
        });
        chatting.await?;
        writer.close();
        writer.wait_closed().await
    }
}

#[called_with(name, messages, writer)]
async fn talk(name: &'static str, messages: usize, writer: StreamWriter) -> Result {
    for number in 0..messages {
        sleep(GAP).await?;
        let line = ljust(format!("{name}'s picture {number}"), SIZE, ".") + "\n";
        writer.write(line)?;
        writer.drain().await?;
    }
    sleep(STAY).await?;
    writer.write_eof()
}

#[called_with(name, messages, pause)]
async fn client(name: &'static str, messages: usize, pause: f64) -> Result {
    let (reader, writer) = open_connection("127.0.0.1", PORT).await?;
    writer.write(format!("{name}\n"))?;
    let chatting = TaskGroup::scope(async |group| {
        group.create_task_named(talk(name, messages, writer.clone()), format!("{name}-talks"))?;
        loop {
            let line = reader.readline().await?;
            if line.is_empty() {
                return Ok(());
            }
            let text = String::from_utf8_lossy(rstrip(&line, b".\n"));
            print(format!("{name}: {text}"));
            sleep(pause).await?;
        }
    });
    chatting.await?;
    writer.close();
    writer.wait_closed().await
}

pub async fn main(args: Args) -> Result {
    let messages = args.count("MESSAGES");
    let slow = args.float("SLOW");

    let room = Room {
        members: Rc::default(),
        delivery: args.choice("DELIVERY"),
        queue: args.count("QUEUE"),
    };
    let accept = move |reader, writer| room.clone().serve(reader, writer);
    let server = start_server(accept, "127.0.0.1", PORT).await?;
    let serving = server.scope(async |_| {
        let chatting = TaskGroup::scope(async |group| {
            group.create_task_named(client("cat", 0, slow), "cat")?;
            group.create_task_named(client("ann", messages, 0.0), "ann")?;
            group.create_task_named(client("bob", messages, 0.0), "bob")?;
            Ok(())
        });
        chatting.await
    });
    serving.await?;
    print("everybody has left");
    Ok(())
}

/// `text.ljust(size, fill)`: a big picture of dots at once, not dot by dot as `format!` pads.
fn ljust(mut text: String, size: usize, fill: &str) -> String {
    text.push_str(&fill.repeat(size.saturating_sub(text.chars().count())));
    text
}

/// `line.rstrip(characters)`: before the bytes are decoded, for most of them are stripped.
fn rstrip<'a>(line: &'a [u8], characters: &[u8]) -> &'a [u8] {
    // Not `contains`, which looks up each of 60,000 bytes as if there were many characters.
    let end = line.iter().rposition(|byte| characters.iter().all(|character| character != byte));
    &line[..end.map_or(0, |end| end + 1)]
}
