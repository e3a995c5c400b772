//! The same tests on both databases.
#![allow(dead_code)]

pub mod beside;
pub mod make;
pub mod place;

use newsroom::touch::Touch;
use place::Home;
use std::sync::{Arc, Mutex};
use store::Store;

pub struct Paper {
    pub store: Store,
    pub home: Home,
    touched: Arc<Mutex<Vec<Touch>>>,
}

impl Paper {
    pub async fn open(home: Home, node: i64) -> Paper {
        let touched: Arc<Mutex<Vec<Touch>>> = Arc::default();
        let told = touched.clone();
        let on_commit =
            Arc::new(move |touches: &[Touch]| told.lock().expect("lock").extend_from_slice(touches));
        let store = Store::open(&home.place, node, on_commit).await.expect("opens");
        Paper { store, home, touched }
    }

    /// What was touched since last asked.
    pub fn touched(&self) -> Vec<Touch> {
        std::mem::take(&mut *self.touched.lock().expect("lock"))
    }
}

#[allow(clippy::crate_in_macro_def, reason = "the test crate's own support")]
/// Each `async fn name(paper: Paper)` becomes a test in `on_sqlite` and one in `on_postgres`.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $name() {
                if let Some(home) = crate::support::place::on_sqlite() {
                    super::$name(crate::support::Paper::open(home, 1).await).await;
                }
            })*
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $name() {
                if let Some(home) = crate::support::place::on_postgres().await {
                    super::$name(crate::support::Paper::open(home, 1).await).await;
                }
            })*
        }
    };
}
