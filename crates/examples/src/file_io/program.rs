use crate::Args;
use asyncio::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

const TEXT: [&str; 9] = ["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"];

type Block = Vec<String>;
type Files = BTreeMap<String, Vec<Block>>;

#[derive(Clone)]
struct Disk {
    files: Rc<RefCell<Files>>,
    permits: Semaphore,
    block_time: f64,
    mode: &'static str,
}

fn write_block(files: &mut Files, name: String, words: Block) -> Block {
    files.entry(name).or_default().push(words);
    Block::new()
}

fn read_block(files: &Files, name: &str, index: usize) -> Block {
    let blocks = files.get(name);
    blocks.and_then(|blocks| blocks.get(index)).cloned().unwrap_or_default()
}

async fn use_disk(
    disk: Disk,
    function: impl FnOnce(&mut Files) -> Block + 'static,
) -> Result<Block> {
    if disk.mode == "blocking" {
        time_sleep(disk.block_time);
        return Ok(function(&mut disk.files.borrow_mut()));
    }
    let _permit = disk.permits.enter().await?;
    let in_thread = move |thread: Thread| async move {
        thread.sleep(disk.block_time).await?;
        Ok(function(&mut disk.files.borrow_mut()))
    };
    to_thread(in_thread).await
}

#[called_with(name, disk.permits)]
async fn count_words(name: String, disk: Disk) -> Result {
    let mut total = 0;
    let blocks = disk.files.borrow().get(&name).map_or(0, Vec::len);
    for index in 0..blocks {
        let file = name.clone();
        let read = move |files: &mut Files| read_block(files, &file, index);
        let words = use_disk(disk.clone(), read).await?;
        total += words.len();
    }
    let (count, words) = (format!("{name}.count"), vec![total.to_string()]);
    use_disk(disk, move |files| write_block(files, count, words)).await?;
    print(format!("{name}: {total} words"));
    Ok(())
}

pub async fn main(args: Args) -> Result {
    let files = args.count("FILES");
    let mode = args.choice("MODE");

    let mut names = Vec::new();
    let mut contents = BTreeMap::new();
    for number in 0..files {
        let words = TEXT.iter().take(4 + number).map(ToString::to_string).collect();
        contents.insert(format!("file-{number}"), vec![words; 1 + number % 3]);
        names.push(format!("file-{number}"));
    }
    let disk = Disk {
        files: Rc::new(RefCell::new(contents)),
        permits: Semaphore::new(args.count("DEPTH")).named("disk"),
        block_time: args.float("BLOCK_TIME"),
        mode,
    };
    if mode == "sequential" {
        for name in names {
            count_words(name, disk.clone()).await?;
        }
    } else {
        let counting = TaskGroup::scope(async |group| {
            for name in &names {
                group.create_task_named(count_words(name.clone(), disk.clone()), name)?;
            }
            Ok(())
        });
        counting.await?;
    }
    print(format!("{} files on the disk", disk.files.borrow().len()));
    Ok(())
}
