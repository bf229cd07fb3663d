//! Places in an exercise's program where a line may stand, to be chosen in the program itself.

/// Where a line may stand, by which word of a parameter.
#[derive(Debug, PartialEq)]
pub struct Places {
    /// The parameter. A word of it that is no place leaves the line out.
    pub param: &'static str,
    /// The line.
    pub line: &'static str,
    /// The part of the program that it is about. A row `<word>` is a place; what stands behind it is the line's text
    /// there, if it is another one. What is deeper below a place is the line's block, and moves out where the line is
    /// not there.
    pub program: &'static str,
}

/// A row of that part.
#[derive(Debug, PartialEq)]
pub struct Row {
    /// How deep it stands, in steps of indentation.
    pub indent: usize,
    /// Which word puts the line there, where it is a place.
    pub place: Option<&'static str>,
    /// What stands there; at a place what would.
    pub text: &'static str,
}

impl Places {
    /// The rows as they are where the line is put by the word `chosen`.
    pub fn rows(&self, chosen: &str) -> Vec<Row> {
        // How deep the places are around a row at which the line is not.
        let mut empty: Vec<usize> = Vec::new();
        let row = |line: &'static str| {
            let text = line.trim_start();
            let deep = (line.len() - text.len()) / 4;
            empty.retain(|place| *place < deep);
            let indent = deep - empty.len();
            let place = text.strip_prefix('<').and_then(|text| text.split_once('>'));
            let Some((word, other)) = place else { return Row { indent, place: None, text } };
            if word != chosen {
                empty.push(deep);
            }
            let other = other.trim_start();
            Row {
                indent,
                place: Some(word),
                text: if other.is_empty() { self.line } else { other },
            }
        };
        self.program.lines().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: Places = Places {
        param: "AROUND",
        line: "async with limit:",
        program: "\
async def call():
    <each>
        return await request()
<instead> await wait(tasks)
await gather()",
    };

    fn shown(chosen: &str) -> Vec<String> {
        let rows = PLACES.rows(chosen).into_iter();
        let rows = rows.filter(|row| row.place.is_none_or(|place| place == chosen));
        rows.map(|row| format!("{}{}", "    ".repeat(row.indent), row.text)).collect()
    }

    #[test]
    fn a_line_takes_its_block_in_and_leaves_it() {
        let around = [
            "async def call():",
            "    async with limit:",
            "        return await request()",
            "await gather()",
        ];
        assert_eq!(shown("each"), around);
        let without = ["async def call():", "    return await request()", "await gather()"];
        assert_eq!(shown("nowhere"), without);
        assert_eq!(shown("instead")[2..], ["await wait(tasks)", "await gather()"]);
    }
}
