//! What words mean: which of them say nothing, and which say the same.

use crate::tokens::{is_chinese, stem, tokens};
use std::collections::HashMap;

/// Words, or pairs of characters, of which every question has some.
const EMPTY: &str = "a an the i im ive my me we our you your it its is are was were be been am do does did dont doesnt didnt to \
    of in on at for from with and or but if so that this these those there then than what when why how which who where \
    can cant could should would will wont just get gets got getting have has had not no still some any also there \
    about as by into like make makes need want use using used uses way python python3 py asyncio async example script equivalent hi hello someone anyone am really \
    program code file line traceback recent call last usr lib app home site packages init self object exceptions \
    defined coro name please help happen happens seem seems even though although without during \
    怎么 什么 为什 如何 怎样 么办 的时 时候 一个 里面 可以 是不 不是 还是 还在 就是 了怎 了吗 了什 有没 没有 我的 这个 那个 会怎 \
    请问 一下 这样 那样 出现 使用 问题 么会 么样 么才 才能 了一 我用 用了 程序 代码 的话 之后 以后 然后";

/// Whether a word says nothing.
pub(crate) fn is_empty(token: &str) -> bool {
    EMPTY.split_whitespace().any(|word| word == token)
}

/// What of this field people say in several ways, in either language: a line each. A hyphen joins words that follow one another.
const SAME: &str = include_str!("same.txt");

/// Which words belong to which lines of [`SAME`].
pub(crate) struct Meanings {
    /// By its first token: a word's tokens, and its line.
    words: HashMap<String, Vec<(Vec<String>, usize)>>,
}

impl Meanings {
    pub(crate) fn new() -> Self {
        let mut words: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
        for (line, same) in SAME.lines().enumerate() {
            for word in same.split_whitespace() {
                let parts: Vec<String> = plain(tokens(word));
                if let Some(first) = parts.first() {
                    words.entry(first.clone()).or_default().push((parts, line));
                }
            }
        }
        Meanings { words }
    }

    /// The lines of which something stands in a text that is given as stems, each once.
    pub(crate) fn of(&self, stems: &[String]) -> Vec<usize> {
        let mut lines = Vec::new();
        for (at, stem) in stems.iter().enumerate() {
            for (parts, line) in self.words.get(stem).into_iter().flatten() {
                if stems[at..].starts_with(parts) && !lines.contains(line) {
                    lines.push(*line);
                }
            }
        }
        lines
    }
}

/// The stems of tokens, without the whole names whose parts follow them.
pub(crate) fn plain(tokens: Vec<String>) -> Vec<String> {
    let name = |at: usize| {
        !is_chinese(&tokens[at]) && crate::tokens::is_name(&tokens[at], tokens.get(at + 1))
    };
    (0..tokens.len()).filter(|at| !name(*at)).map(|at| stem(&tokens[at])).collect()
}
