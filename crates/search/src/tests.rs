use super::*;

fn index() -> Index {
    Index::new(vec![
        Document::new("lock")
            .with(6.0, "Lock fairness 锁")
            .with(1.0, "Who waits for the lock is next. 谁先等谁先得。"),
        Document::new("join")
            .with(6.0, "Queue.join 卡住")
            .with(1.0, "join hangs when task_done is missing"),
        Document::new("orphan")
            .with(6.0, "Nobody keeps the task")
            .with(3.0, "Task was destroyed but it is pending!"),
    ])
}

fn found(wanted: &str) -> Vec<String> {
    index().find(wanted, 3).into_iter().map(|hit| hit.id).collect()
}

#[test]
fn what_has_more_of_the_words_comes_first() {
    assert_eq!(found("task was destroyed")[0], "orphan");
    assert_eq!(found("join hangs")[0], "join");
}

#[test]
fn typing_errors_are_forgiven_in_words_that_are_long_enough() {
    for wanted in ["destoryed", "destroyd", "destroyyed", "dstroyed", "Destroyed"] {
        assert_eq!(found(wanted), ["orphan"], "{wanted}");
    }
    assert!(found("jon").is_empty(), "three letters are too few to guess");
}

#[test]
fn the_beginning_of_a_word_is_enough() {
    assert_eq!(found("fair"), ["lock"]);
}

#[test]
fn chinese_is_found_within_sentences_and_not_by_a_single_common_character() {
    assert_eq!(found("为什么卡住了"), ["join"]);
    assert_eq!(found("先等"), ["lock"]);
    assert!(found("天气").is_empty());
}

#[test]
fn nothing_wanted_is_nothing_found() {
    for wanted in ["", "   ", "…?!", "zzzz"] {
        assert!(found(wanted).is_empty(), "{wanted}");
    }
}

#[test]
fn an_excerpt_is_the_piece_that_fits() {
    let hits = index().find("next lock", 1);
    assert_eq!(hits[0].excerpt, "Who waits for the lock is next.");
}

#[test]
fn a_hidden_list_is_searched_and_what_it_stands_for_is_shown() {
    let said = "The program hangs\n程序卡住";
    let hang = Document::new("hang").with(5.0, said).with_hidden(4.0, "frozen stuck 没反应", said);
    let index = Index::new(vec![hang, Document::new("other").with(1.0, "something else")]);
    assert_eq!(index.find("stuck", 1)[0].excerpt, "The program hangs");
    assert_eq!(index.find("没反应", 1)[0].excerpt, "程序卡住");
}

#[test]
fn what_means_the_same_is_found_in_either_language_and_what_says_nothing_does_not_count() {
    let index = Index::new(vec![
        Document::new("talk").with(1.0, "how do I get what I want, and why"),
        Document::new("join").with(6.0, "Queue.join 卡住"),
        Document::new("stop").with(6.0, "Cancelled: clean up and let go"),
    ]);
    let found =
        |wanted: &str| index.find(wanted, 1).into_iter().map(|hit| hit.id).collect::<Vec<_>>();
    assert_eq!(found("why do I get stuck"), ["join"]);
    assert_eq!(found("怎么取消"), ["stop"]);
}

#[test]
fn words_that_stand_in_one_place_count_more_than_scattered_ones() {
    let index = Index::new(vec![
        Document::new("scattered").with(2.0, "a lock").with(2.0, "lost time"),
        Document::new("together").with(2.0, "the lock is lost"),
    ]);
    assert_eq!(index.find("lock lost", 1)[0].id, "together");
}

#[test]
fn a_dot_makes_one_name_of_two_words() {
    let index = Index::new(vec![
        Document::new("apart").with(6.0, "run it, asyncio; put, where, put where"),
        Document::new("runner").with(6.0, "asyncio.run"),
    ]);
    let score = |wanted: &str| index.find(wanted, 2).into_iter().find(|hit| hit.id == "runner");
    let scores = ["asyncio.run", "asyncio run"].map(|wanted| score(wanted).map(|hit| hit.score));
    assert!(scores[0] > scores[1] && scores[1].is_some(), "{scores:?}");
}
