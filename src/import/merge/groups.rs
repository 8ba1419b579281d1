//! Which items belong together, as sets that are joined two by two. It knows nothing of what they are.

/// Disjoint sets of the positions below a count.
#[derive(Clone, Debug)]
pub struct Groups {
    /// The next position on the way to the one that a set is known by.
    towards: Vec<usize>,
}

impl Groups {
    /// Each position alone.
    pub fn new(count: usize) -> Self {
        Self { towards: (0..count).collect() }
    }

    /// The position that the set of `index` is known by.
    pub fn find(&mut self, mut index: usize) -> usize {
        while self.towards[index] != index {
            self.towards[index] = self.towards[self.towards[index]];
            index = self.towards[index];
        }
        index
    }

    /// Joins the sets of two positions.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.towards[a.max(b)] = a.min(b);
    }

    /// Joins the sets of all of these.
    pub fn join_all(&mut self, positions: &[usize]) {
        for pair in positions.windows(2) {
            self.join(pair[0], pair[1]);
        }
    }

    /// The members of each set.
    pub fn members(&mut self) -> Vec<Vec<usize>> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.towards.len()];
        for index in 0..self.towards.len() {
            let set = self.find(index);
            members[set].push(index);
        }
        members.retain(|set| !set.is_empty());
        members
    }

    /// The members of each set, at the end.
    pub fn into_members(mut self) -> Vec<Vec<usize>> {
        self.members()
    }
}
