//! Stories: whole ones, lists of them, and every change of one.
