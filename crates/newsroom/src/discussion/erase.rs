//! Whoever wrote a comment may have what is kept of it erased, at any time. That there was one stays, and what was
//! decided about it.

#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Nothing is left of it.
    pub erased: bool,
    /// Somebody has reported it, or its writer has appealed, and nobody has decided yet.
    pub open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoErasing {
    Already,
    Open,
}

impl NoErasing {
    /// Stable, for machines.
    pub fn code(self) -> &'static str {
        match self {
            NoErasing::Already => "erased-already",
            NoErasing::Open => "not-decided-yet",
        }
    }
}

pub fn may_erase(standing: Standing) -> Result<(), NoErasing> {
    match standing {
        Standing { erased: true, .. } => Err(NoErasing::Already),
        Standing { open: true, .. } => Err(NoErasing::Open),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_any_time_but_not_under_a_decision() {
        assert_eq!(may_erase(Standing { erased: false, open: false }), Ok(()));
        assert_eq!(may_erase(Standing { erased: false, open: true }), Err(NoErasing::Open));
        assert_eq!(may_erase(Standing { erased: true, open: true }), Err(NoErasing::Already));
    }
}
