//! Who comes next.

use super::*;

/// Who is asked for at each question, and among whom; by their names.
fn asked(order: &Order, ask: Ask) -> Vec<(String, Vec<String>)> {
    let timeline = order.timeline(order.last(), 0.0);
    let name = |who: Option<trace::TaskId>| {
        let lane = who.and_then(|task| timeline.task(task));
        lane.map_or("-".to_owned(), |lane| lane.name.to_string())
    };
    let questions = order.questions(ask);
    let names = |choices: &[Option<_>]| choices.iter().map(|who| name(*who)).collect();
    questions.iter().map(|question| (name(question.answer), names(&question.choices))).collect()
}

async fn says(name: &'static str, seconds: f64) -> Result {
    sleep(seconds).await?;
    print(format!("{name} one"));
    print(format!("{name} two"));
    sleep(0.0).await?;
    print(format!("{name} three"));
    Ok(())
}

fn two() -> Order {
    let (events, _) = record(async {
        print("begin");
        let tasks = [("a", 0.2), ("b", 0.1)];
        gather(tasks.map(|(name, delay)| create_task_named(says(name, delay), name))).await?;
        print("end");
        Ok(())
    });
    Order::new(events)
}

#[test]
fn who_prints_next_is_asked_once_for_each_step_that_prints_where_there_is_a_choice() {
    let order = two();
    let asked = asked(&order, Ask::Lines);
    let who: Vec<&str> = asked.iter().map(|(who, _)| who.as_str()).collect();
    // Neither for "begin", when there was nobody else, nor for "end", when the others were over.
    assert_eq!(who, ["b", "b", "a", "a"]);
    assert_eq!(asked[0].1, ["Task-1", "a", "b"]);
    assert_eq!(asked[2].1, ["Task-1", "a"], "b is over");
}

#[test]
fn what_is_seen_when_it_is_asked_does_not_tell() {
    let order = two();
    for ask in [Ask::Lines, Ask::Steps] {
        let questions = order.questions(ask);
        assert!(!questions.is_empty());
        for (n, question) in questions.iter().enumerate() {
            assert!(
                question.asked < question.answered && question.choices.contains(&question.answer)
            );
            assert!(n == 0 || questions[n - 1].answered <= question.asked);
            let between = &order.events()[question.asked..question.answered];
            let first = between.iter().find_map(|event| match &event.kind {
                EventKind::Printed { task, .. } if ask == Ask::Lines => Some(*task),
                EventKind::StepBegan { task, .. } if ask == Ask::Steps => Some(Some(*task)),
                _ => None,
            });
            assert_eq!(first, Some(question.answer));
        }
    }
}

#[test]
fn a_task_that_is_created_later_is_asked_for_when_it_is_there() {
    let (events, _) = record(async {
        let first = create_task_named(says("first", 0.5), "first");
        sleep(1.0).await?;
        let second = create_task_named(says("second", 0.5), "second");
        gather([first, second]).await?;
        Ok(())
    });
    let order = Order::new(events);
    let questions = order.questions(Ask::Lines);
    let second = questions.last().expect("it is asked for");
    let now = order.timeline(second.asked, order.time(second.asked));
    assert!(now.tasks.iter().any(|lane| Some(lane.id) == second.answer));
    assert!(now.lines.iter().all(|line| !line.text.starts_with("second three")));
}
