//! Which task created which, and the order of lanes that follows.

/// No task: the first node, which stands above those without a parent.
const TOP: u32 = 0;

/// The tree of tasks: for each the first and the last that it created, and the next of its siblings.
/// Nodes are places of lanes plus one.
#[derive(Clone, Debug)]
pub(super) struct Family(Vec<Node>);

#[derive(Clone, Debug, Default)]
struct Node {
    parent: u32,
    first: u32,
    last: u32,
    next: u32,
}

impl Default for Family {
    fn default() -> Self {
        Family(vec![Node::default()])
    }
}

impl Family {
    /// Adds the next lane, below that at `parent` if it has one.
    pub fn add(&mut self, parent: Option<usize>) {
        let node = self.0.len() as u32;
        let parent = parent.map_or(TOP, |place| place as u32 + 1);
        let last = std::mem::replace(&mut self.0[parent as usize].last, node);
        if last == TOP {
            self.0[parent as usize].first = node;
        } else {
            self.0[last as usize].next = node;
        }
        self.0.push(Node { parent, ..Node::default() });
    }

    /// Brings `order` up to date: places of lanes, children below their parents, siblings in the order in
    /// which they were added. Nothing is done when none was added since.
    pub fn order(&self, order: &mut Vec<usize>) {
        if order.len() + 1 == self.0.len() {
            return;
        }
        order.clear();
        let node = |at: u32| &self.0[at as usize];
        let mut at = node(TOP).first;
        while at != TOP {
            order.push(at as usize - 1);
            if node(at).first != TOP {
                at = node(at).first;
                continue;
            }
            while at != TOP && node(at).next == TOP {
                at = node(at).parent;
            }
            at = node(at).next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(parents: &[Option<usize>]) -> Vec<usize> {
        let (mut family, mut order) = (Family::default(), Vec::new());
        for parent in parents {
            family.add(*parent);
            family.order(&mut order);
        }
        order
    }

    #[test]
    fn children_stand_below_their_parents_however_late_they_come() {
        assert_eq!(order(&[]), []);
        let parents = [None, Some(0), None, Some(0), Some(1), Some(2), Some(1), Some(0)];
        assert_eq!(order(&parents), [0, 1, 4, 6, 3, 7, 2, 5]);
    }

    #[test]
    fn a_long_chain_takes_no_stack() {
        let parents: Vec<_> = (0..50_000_usize).map(|n| n.checked_sub(1)).collect();
        let (mut family, mut out) = (Family::default(), Vec::new());
        parents.iter().for_each(|parent| family.add(*parent));
        family.order(&mut out);
        assert!(out.into_iter().eq(0..50_000));
    }
}
