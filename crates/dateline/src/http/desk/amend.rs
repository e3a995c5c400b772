//! Changing a published story: a correction with its notice, or an update.

use super::{edit, posted::Posted, turned::Answer, ways};
use crate::{app::AppState, clock};
use axum::extract::{Path, State};
use newsroom::{
    moves::{self, NotLegal},
    staff::Act,
    story::{NoticeKind, StoryId},
};
use pages::desk::{FieldFault, Said};

pub async fn correct(app: State<AppState>, id: Path<StoryId>, posted: Posted) -> Answer {
    amend(app, id, posted, NoticeKind::Correction, "corrected it", Said::Corrected).await
}

pub async fn update(app: State<AppState>, id: Path<StoryId>, posted: Posted) -> Answer {
    amend(app, id, posted, NoticeKind::Update, "updated it", Said::Updated).await
}

/// Longest notice, in characters.
pub(super) const LONGEST_NOTICE: usize = 2_000;

/// Why a notice will not do.
pub(super) fn unfit(notice: &str) -> Option<String> {
    let has = notice.chars().count();
    (has > LONGEST_NOTICE).then(|| format!("The notice has {has} characters; {LONGEST_NOTICE} at most."))
}

async fn amend(
    State(app): State<AppState>,
    Path(id): Path<StoryId>,
    posted: Posted,
    kind: NoticeKind,
    act: &str,
    said: Said,
) -> Answer {
    let edit = edit::read(&app, posted, id, Act::Publish).await?;
    let notice = super::story_fields::one_line(&edit.form.notice);
    if let Some(words) = unfit(&notice) {
        return Err(edit.fault(&app, FieldFault::new("notice", words)).await);
    }
    if edit.new == edit.old && notice.is_empty() && kind == NoticeKind::Update {
        return Err(edit.refuse(&app, "Nothing was changed, and there is no notice either.").await);
    }
    if edit.new.embargo_until.is_some_and(|until| until > clock::now()) {
        let words = "A published story cannot be put under embargo: readers have seen it.";
        return Err(edit.fault(&app, FieldFault::new("embargo", words)).await);
    }
    if edit.new.copy.headline.is_empty() || edit.new.copy.body.is_empty() {
        return Err(edit
            .refuse(&app, "A published story keeps a headline and a body. To withdraw it, kill it.")
            .await);
    }
    let new = match moves::amend(&edit.new, kind, &notice, clock::now()) {
        Ok(new) => new,
        Err(NotLegal::NoNotice) => {
            let fault = FieldFault::new("notice", NotLegal::NoNotice.words());
            return Err(edit.fault(&app, fault).await);
        }
        Err(not_legal) => return Err(edit.refuse(&app, not_legal.words()).await),
    };
    edit.save(&app, &new, act).await?;
    Ok(ways::on(&format!("/desk/stories/{id}"), said))
}
