use crate::Args;
use asyncio::*;

#[called_with(queue)]
async fn camera(queue: Queue<usize>, frames: usize, gap: f64) -> Result<usize> {
    let mut dropped = 0;
    for frame in 0..frames {
        sleep(gap).await?;
        match queue.put_nowait(frame) {
            Err(error) if error.is("QueueFull") => {
                print(format!("camera: dropped frame {frame}"));
                dropped += 1;
            }
            put => put?,
        }
    }
    Ok(dropped)
}

#[called_with(queue, source)]
async fn screen(queue: Queue<usize>, source: Task<usize>, show: f64, idle: f64) -> Result {
    loop {
        match queue.get_nowait() {
            Err(error) if error.is("QueueEmpty") => {
                if source.done() {
                    break;
                }
                print("screen: nothing to show");
                sleep(idle).await?;
            }
            frame => {
                print(format!("screen: shows frame {}", frame?));
                sleep(show).await?;
            }
        }
    }
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let frames = args.count("FRAMES");
    let gap = args.float("GAP");
    let show = args.float("SHOW");
    let idle = args.float("IDLE");
    let maxsize = args.count("MAXSIZE");

    let queue = Queue::new(maxsize).named("queue");
    let source = create_task_named(camera(queue.clone(), frames, gap), "camera");
    let viewer = create_task_named(screen(queue, source.clone(), show, idle), "screen");
    let dropped = source.await?;
    print(format!("camera is off, {dropped} of {frames} frames dropped"));
    viewer.await?;
    print("screen is off");
    Ok(())
}
