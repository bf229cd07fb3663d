use super::*;
use crate::executor::VirtualClock;
use crate::trace::{EventKind, Trace};

#[test]
fn loc() {
    let trace = Trace::on();
    let mut run = Run::new(VirtualClock, trace.clone(), || async {
        let t = create_task(async { sleep(1.0).await });
        t.clone().await?;
        gather([async { sleep(1.0).await }]).await?;
        let r = gather([sleep(1.0)]).await;
        r?;
        Ok(())
    });
    while run.step() != Status::Ended {}
    for e in trace.snapshot() {
        println!("{} {:?}", e.time, e.kind);
    }
    assert!(run.result().unwrap().is_ok());
    let _ = |k: EventKind| k;
}
