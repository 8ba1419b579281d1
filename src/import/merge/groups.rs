//! Which items belong together, as sets that are joined in pairs. It knows nothing of the items.

/// Disjoint sets of the indices below a count.
#[derive(Clone, Debug)]
pub struct Groups {
    /// For each index, the next one on the way to the representative of its set.
    towards: Vec<usize>,
}

impl Groups {
    /// Each index in a set of its own.
    pub fn new(count: usize) -> Self {
        Self { towards: (0..count).collect() }
    }

    /// The representative of the set of `index`.
    pub fn find(&mut self, mut index: usize) -> usize {
        while self.towards[index] != index {
            self.towards[index] = self.towards[self.towards[index]];
            index = self.towards[index];
        }
        index
    }

    /// Joins the sets of two indices.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.towards[a.max(b)] = a.min(b);
    }

    /// Joins the sets of all of these indices.
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

    /// The members of each set, without the structure.
    pub fn into_members(mut self) -> Vec<Vec<usize>> {
        self.members()
    }
}
