//! Makes a photo ready in the widths that pages use.

use crate::{app::AppState, failure::Failure, media};
use newsroom::photo::RENDITION_WIDTHS;
use tokio::sync::Semaphore;

/// One photo at a time: decoded, it may take a hundred megabytes.
static TURN: Semaphore = Semaphore::const_new(1);

pub async fn make_ready(app: &AppState, digest: &str) -> Result<(), Failure> {
    let _turn = TURN.acquire().await.map_err(|e| Failure(e.to_string()))?;
    let shelf = app.media.clone();
    let name = digest.to_owned();
    let widths = tokio::task::spawn_blocking(move || {
        let bytes = shelf.original(&name).map_err(|e| Failure(format!("the photo {name}: {e}")))?;
        let bytes = bytes.ok_or_else(|| Failure(format!("the photo {name} is not in the media folder")))?;
        let renditions =
            media::render(&bytes, &RENDITION_WIDTHS).map_err(|e| Failure(format!("the photo {name} {e}")))?;
        for r in &renditions {
            shelf
                .put_rendition(&name, r.width, &r.jpeg)
                .map_err(|e| Failure(format!("the photo {name}: {e}")))?;
        }
        Ok::<_, Failure>(renditions.iter().map(|r| r.width).collect::<Vec<_>>())
    })
    .await
    .map_err(|e| Failure(e.to_string()))??;
    app.store.photo_is_ready(digest, &widths).await.map_err(|e| Failure(e.to_string()))
}
