-- A feed of comments is one walk of this, roots and replies alike.
CREATE INDEX comment_shown_at ON comment (story_id, at, id) WHERE state = 'shown';
