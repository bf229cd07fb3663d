//! What the trace says of connections.

use super::*;
use std::rc::{Rc, Weak};
use trace::{ResourceId, ResourceKind, TaskId, Wait};

async fn shout(reader: StreamReader, writer: StreamWriter) -> Result {
    let line = reader.readline().await?;
    writer.write(line.to_ascii_uppercase())?;
    writer.close();
    Ok(())
}

/// A line there and back, over links that take a second.
async fn shouting() -> Result {
    set_network(NetworkConfig { latency: 1.0, ..NetworkConfig::default() });
    start_server(shout, "127.0.0.1", 8888).await?;
    let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
    writer.write("hello\n")?;
    reader.readexactly(6).await?;
    writer.close();
    sleep(3.0).await
}

fn events_of(main: impl StdFuture<Output = Result> + 'static) -> Vec<(f64, EventKind)> {
    let mut run = Run::new(VirtualClock, Trace::on(), || main);
    while run.step() != Status::Ended {}
    assert!(run.result().is_some_and(|result| result.is_ok()));
    run.trace().snapshot().into_iter().map(|event| (event.time, event.kind)).collect()
}

#[test]
fn links_tell_what_they_carry() {
    let events = events_of(shouting());
    let of_links: Vec<_> = events
        .into_iter()
        .filter(|(_, kind)| {
            use EventKind::*;
            matches!(kind, ResourceCreated { .. } | BytesSent { .. } | BytesArrived { .. })
                || matches!(kind, LinkClosed { .. })
        })
        .collect();
    let (server, outward, inward) = (ResourceId(0), ResourceId(1), ResourceId(2));
    let link = |outward| ResourceKind::Link { outward };
    let (main, handler) = (Some(TaskId(0)), Some(TaskId(3)));
    assert_eq!(
        of_links,
        [
            (
                0.0,
                EventKind::ResourceCreated {
                    id: server,
                    kind: ResourceKind::Server { port: 8888 }
                }
            ),
            (1.0, EventKind::ResourceCreated { id: outward, kind: link(true) }),
            (1.0, EventKind::ResourceCreated { id: inward, kind: link(false) }),
            (2.0, EventKind::BytesSent { id: outward, task: main, bytes: 6, arrival: 3.0 }),
            (3.0, EventKind::BytesArrived { id: outward, bytes: 6 }),
            (3.0, EventKind::BytesSent { id: inward, task: handler, bytes: 6, arrival: 4.0 }),
            (4.0, EventKind::BytesArrived { id: inward, bytes: 6 }),
            (4.0, EventKind::LinkClosed { id: inward }),
            (5.0, EventKind::LinkClosed { id: outward }),
        ]
    );
}

/// Waits in every way that there is.
async fn waiting() -> Result {
    set_network(NetworkConfig { bandwidth: Some(100_000.0), ..NetworkConfig::default() });
    let swallow = |reader: StreamReader, writer: StreamWriter| async move {
        reader.read(-1).await?;
        writer.close();
        Ok(())
    };
    let server = start_server(swallow, "127.0.0.1", 8888).await?;
    let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
    writer.write(vec![0; 100_000])?;
    writer.drain().await?;
    for read in [reader.readexactly(1), reader.readline(), reader.readuntil("."), reader.read(1)] {
        assert!(wait_for(read, Some(1.0)).await.is_err());
    }
    let next = wait_for(reader.anext(), Some(1.0)).await;
    assert!(next.is_err());
    assert!(wait_for(server.wait_closed(), Some(1.0)).await.is_err());
    let forever = create_task(server.serve_forever());
    call_later(1.0, move || {
        forever.cancel();
    });
    writer.write(vec![0; 100_000])?;
    writer.close();
    writer.wait_closed().await?;
    server.wait_closed().await
}

#[test]
fn tasks_say_which_link_they_wait_for() {
    let mut waits = Vec::new();
    for (_, kind) in events_of(waiting()) {
        if let EventKind::Suspended { task, wait: Wait::Resource { id, op }, .. } = kind
            && !waits.contains(&(task, id, op.name()))
        {
            waits.push((task, id, op.name()));
        }
    }
    let (server, outward, inward) = (ResourceId(0), ResourceId(1), ResourceId(2));
    let (main, handler, forever) = (TaskId(0), TaskId(3), TaskId(4));
    assert_eq!(
        waits,
        [
            (handler, outward, "read"),
            (main, outward, "drain"),
            (main, inward, "readexactly"),
            (main, inward, "readline"),
            (main, inward, "readuntil"),
            (main, inward, "read"),
            (main, server, "wait_closed"),
            (main, outward, "wait_closed"),
            (forever, server, "serve_forever"),
            (forever, server, "wait_closed"),
        ]
    );
}

/// A server, clients and handlers that hold on to `value`, some in the middle of something.
async fn busy(value: Rc<()>) -> Result {
    set_network(NetworkConfig { bandwidth: Some(50_000.0), ..NetworkConfig::default() });
    let kept = value.clone();
    let handler = move |reader: StreamReader, writer: StreamWriter| {
        let kept = kept.clone();
        async move {
            writer.write(vec![0; 3000])?;
            reader.read(-1).await?;
            Ok(kept)
        }
    };
    let server = start_server(handler, "127.0.0.1", 8888).await?;
    let (first, second) = (server.clone(), value.clone());
    create_task(async move {
        first.serve_forever().await?;
        drop(second);
        Ok(())
    });
    let clients = [1, 2, 3].map(|n| {
        let value = value.clone();
        create_task(async move {
            let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
            let (own, held) = (writer.clone(), value.clone());
            call_later(9.0, move || drop((own, held)));
            writer.write(vec![0; 2000 * n])?;
            writer.drain().await?;
            reader.readexactly(2000).await?;
            writer.close();
            writer.wait_closed().await?;
            drop(value);
            Ok(())
        })
    });
    gather(clients).await?;
    server.close();
    wait_for(server.wait_closed(), Some(1.0)).await
}

#[test]
fn dropping_a_run_frees_its_connections() {
    let run_of = |value| Run::new(VirtualClock, Trace::on(), || busy(value));
    let mut whole = run_of(Rc::new(()));
    let mut steps = 0;
    while whole.step() == Status::Ran {
        steps += 1;
    }
    assert!(whole.result().is_some_and(|result| result.is_err()), "handlers leave theirs open");
    for stop in 0..=steps {
        let value = Rc::new(());
        let weak: Weak<()> = Rc::downgrade(&value);
        let mut run = run_of(value);
        for _ in 0..stop {
            run.step();
        }
        drop(run);
        assert_eq!(weak.strong_count(), 0, "dropped after {stop} of {steps} steps");
    }
}
