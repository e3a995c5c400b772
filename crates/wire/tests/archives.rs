//! Other systems' archives as their exporters write them, with all that is odd in them; and what hostile bytes do:
//! they are read, or refused in words, never with more in memory than one record.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

use newsroom::{
    Millis,
    discussion::{Network, State},
};
use proptest::prelude::*;
use std::io::{BufRead, BufReader, Cursor, Read};
use wire::{
    Malformed,
    archive::{Archived, LARGEST_RECORD, Row, Said, Thread, read},
};

/// The first of January 2027: nothing was said later.
const NOW: Millis = Millis(1_798_761_600_000);

const DISQUS: &str = r#"`<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><forum>f</forum><title>T</title><isDefault>true</isDefault></category>
<thread dsq:id="2"><id/><forum>f</forum><category dsq:id="1"/><link>http://a.example/p?x=1&amp;y=2</link><title>It &amp;amp; that</title>
 <message/><createdAt>2012-12-12T12:12:12Z</createdAt><author><name>Ann</name></author><isClosed>true</isClosed><isDeleted>false</isDeleted></thread>
<thread dsq:id="3"><id/></thread>
<thread dsq:id="4"><id>x</id><link>http://a.example/p?x=1&amp;y=2</link><title>Twice</title><isClosed>false</isClosed><isDeleted>false</isDeleted></thread>
<thread dsq:id="5"><link>http://a.example/gone</link><isDeleted>true</isDeleted></thread>
<post dsq:id="6"><id/><message><![CDATA[<p>Hello, <b>World</b> ]]]]><![CDATA[>&hellip;</p>]]></message><createdAt>2013-10-10T19:20:29Z</createdAt>
 <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Bo</name><isAnonymous>true</isAnonymous></author><ipAddress>192.0.2.77</ipAddress><thread dsq:id="2"/></post>
<post dsq:id="7"><message>Plain</message><createdAt>2013-10-10T19:21:29Z</createdAt><isDeleted>true</isDeleted><isSpam>false</isSpam>
 <author><email>mail@post.example</email><name></name><username>cy_1</username></author><thread dsq:id="4"/><parent dsq:id="6"/></post>
<post dsq:id="8"><message/><createdAt>2013-10-10T19:22:29Z</createdAt><isDeleted>false</isDeleted><isSpam>true</isSpam><author/><thread dsq:id="5"/></post>
</disqus>"#;

fn wxr(version: &str) -> String {
    let comment = |id: u32, kind: &str, approved: &str, parent: u32| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author><![CDATA[Ann]]></wp:comment_author>\
             <wp:comment_author_email>mail@post.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.77</wp:comment_author_IP>\
             <wp:comment_date>2014-05-06 10:00:00</wp:comment_date><wp:comment_date_gmt>2014-05-06 08:00:0{id}</wp:comment_date_gmt>\
             <wp:comment_content><![CDATA[One\n\nTwo <em>three</em>]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>\
             <wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>\
             <wp:commentmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[v]]></wp:meta_value></wp:commentmeta></wp:comment>"
        )
    };
    format!(
        "\n<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:wp=\"http://wordpress.org/export/{version}/\"><channel><wp:wxr_version>{version}</wp:wxr_version>\
         <item><title>The bell</title><link>http://a.example/the-bell/</link><content:encoded><![CDATA[It rings.]]></content:encoded>\
         <wp:post_id>7</wp:post_id><wp:post_date_gmt>2014-05-06 07:08:09</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{}{}{}{}{}</item>\
         <item><title>Pic</title><link>http://a.example/pic/</link><wp:post_type>attachment</wp:post_type>{}</item></channel></rss>",
        comment(1, "", "1", 0),
        comment(2, "comment", "0", 1),
        comment(3, "pingback", "1", 0),
        comment(4, "trackback", "1", 0),
        comment(5, "", "spam", 0),
        comment(6, "", "1", 0),
    )
}

const ISSO: &str = r#"[{"id":"/posts/1/","title":"Nat+%26+Miguel","comments":[
 {"id":0,"author":"Ann","email":"mail@post.example","website":"","remote_addr":"192.0.2.77","created":"2015-02-24 04:03:37","text":"First"},
 {"id":0,"author":"","email":"","website":"","remote_addr":"0.0.0.0","created":1635425415.25,"text":"Second"}]},
 {"title":"","comments":[],"id":"/posts/2/"}]"#;

const REMARK: &str = concat!(
    r#"{"version":1,"users":[{"id":"u1","name":"Ann"}],"posts":[{"url":"http://a.example/p","read_only":true}]}"#,
    "\n",
    r#"{"id":"a","pid":"","text":"<p>First &amp; <em>so</em></p>","user":{"name":"Ann","id":"u1","ip":"ae12fe3b5f129b5cc4cdd2b136b7b7947c4d2741","admin":false},"locator":{"site":"s","url":"http://a.example/p"},"score":1,"votes":{"u2":true},"time":"2019-03-06T10:00:00.123456789-06:00"}"#,
    "\n",
    r#"{"id":"b","pid":"a","text":"","orig":"","user":{"name":"deleted","id":"deleted","ip":""},"locator":{"site":"s","url":"http://a.example/p"},"votes":null,"time":"2019-03-06T11:00:00Z","delete":true}"#,
    "\n"
);

/// Commento's own words, and Comentario's dialect of version 1.
const COMMENTO: &str = r#"{"version":1,"comments":[
 {"commentHex":"a","domain":"a.example","url":"/p","commenterHex":"u1","markdown":"First","html":"<p>First</p>","parentHex":"root","score":0,"state":"approved","creationDate":"2019-03-06T10:00:00Z","direction":0,"deleted":false},
 {"commentHex":"b","host":"a.example","path":"/p","commenterHex":"anonymous","markdown":"","html":"<p>Second</p>","parentHex":"a","score":0,"state":"unapproved","creationDate":"2019-03-06T11:00:00Z","deleted":false},
 {"commentHex":"c","domain":"a.example","url":"/p","commenterHex":"u1","markdown":"","html":"","parentHex":"a","state":"flagged","creationDate":"2019-03-06T11:00:01Z","deleted":true}],
 "commenters":[{"commenterHex":"u1","email":"mail@post.example","name":"Ann","link":"undefined","photo":"undefined","provider":"google","joinDate":"2019-03-06T10:00:00Z","isModerator":false}]}"#;

const COMENTARIO: &str = r#"{"version":3,
 "pages":[{"id":"p1","domainId":"d","path":"/p","title":"A page","isReadonly":true,"createdTime":"2024-01-02T03:04:05Z"}],
 "comments":[
 {"id":"a","pageId":"p1","markdown":"First","html":"<p>First</p>","score":3,"isSticky":true,"isApproved":true,"isPending":false,"isDeleted":false,"createdTime":"2024-01-02T03:04:06Z","userCreated":"u1","authorIp":"192.0.2.77","authorCountry":"NO"},
 {"id":"b","parentId":"a","pageId":"p1","markdown":"","html":"Second","isApproved":false,"isPending":true,"isDeleted":false,"createdTime":"2024-01-02T03:04:07Z","userCreated":"00000000-0000-0000-0000-000000000000","authorName":"Bo"},
 {"id":"c","parentId":"b","pageId":"p1","markdown":"Third","isApproved":false,"isPending":false,"isDeleted":false,"createdTime":"2024-01-02T03:04:08Z","userCreated":"u1"}],
 "commenters":[{"id":"u1","email":"mail@post.example","name":"Ann"}]}"#;

const ARTRANS: &str = r#"[
 {"id":"1","rid":"0","content":"First","ua":"x","ip":"192.0.2.77","is_collapsed":"false","is_pending":"false","is_pinned":"true","vote_up":"1","vote_down":"0","created_at":"2021-10-28 20:50:15 +0800","nick":"Ann","email":"mail@post.example","link":"","password":"x","page_key":"/p","page_title":"P","page_admin_only":"false","site_name":"S","site_urls":"http://a.example/, http://b.example"},
 {"id":"2","rid":"1","content":"Second","ip":"","is_pending":"true","created_at":"2021-10-28 20:50:16 +0800 CST","nick":"","page_key":"http://a.example/p"}]"#;

const WALINE: &str = r#"{"type":"waline","version":1,"time":1,"tables":["Comment","Counter"],"data":{"Comment":[
 {"objectId":"1","comment":"First","insertedAt":"2019-03-06T10:00:00.000Z","ip":"192.0.2.77","mail":"mail@post.example","nick":"Ann","status":"approved","url":"/p","like":null},
 {"objectId":2,"pid":1,"rid":1,"comment":"Second","createdAt":"2019-03-06T11:00:00.000Z","ip":"::1","nick":"Bo","status":"waiting","url":"/p"},
 {"objectId":"3","comment":"Third","insertedAt":"2019-03-06T11:00:01.000Z","nick":"Cy","status":"spam","url":"/p"}],"Counter":[{"url":"/p","time":7}]}}"#;

fn samples() -> Vec<(Archived, String)> {
    vec![
        (Archived::Disqus, DISQUS.into()),
        (Archived::WordPress, wxr("1.2")),
        (Archived::IssoJson, ISSO.into()),
        (Archived::Remark42, REMARK.into()),
        (Archived::Commento, COMMENTO.into()),
        (Archived::Commento, COMENTARIO.into()),
        (Archived::Artrans, ARTRANS.into()),
        (Archived::Waline, WALINE.into()),
    ]
}

/// All that came before the fault, and the fault.
fn rows(form: Archived, input: &mut dyn BufRead) -> (Vec<Row>, Result<(), Malformed>) {
    let mut rows = Vec::new();
    let done = read(form, input, NOW, &mut |row| {
        sound(&row);
        rows.push(row);
        Ok(())
    });
    if let Err(why) = &done {
        assert!(!why.where_.is_empty() && !why.what.is_empty(), "{why}");
        assert!(why.to_string().chars().count() < 5_000, "{why}");
    }
    (rows, done)
}

fn whole(form: Archived, text: &str) -> Vec<Row> {
    let (rows, done) = rows(form, &mut text.as_bytes());
    done.unwrap_or_else(|why| panic!("{form:?}: {why}"));
    rows
}

/// What is so of every row, whatever it was read from.
fn sound(row: &Row) {
    let short = |text: &str, most: usize| assert!(text.chars().count() <= most, "{row:?}");
    let clean = |text: &str| assert!(!text.chars().any(char::is_control), "{row:?}");
    match row {
        Row::Thread(Thread { key, address, title, .. }) => {
            short(key, 2_000);
            short(address, 2_000);
            short(title, 300);
            clean(address);
            clean(title);
            assert!(!address.is_empty());
        }
        Row::Said(said) => {
            for key in [Some(&said.thread), Some(&said.id), said.parent.as_ref(), said.writer.as_ref()] {
                short(key.map_or("", |k| k), 2_000);
            }
            short(&said.name, 60);
            clean(&said.name);
            assert!(said.at > Millis(0) && said.at <= NOW.plus(newsroom::clock::DAY), "{row:?}");
            assert!(!said.name.is_empty() || said.writer.is_some());
            assert_ne!(said.parent.as_deref(), Some(""));
        }
        Row::Writer { name, .. } => clean(name),
        Row::Left { why, .. } | Row::Refused { why, .. } => assert!(!why.is_empty()),
        Row::Note(note) => assert!(!note.is_empty()),
    }
}

fn said(rows: &[Row]) -> Vec<&Said> {
    rows.iter().filter_map(|row| if let Row::Said(said) = row { Some(said) } else { None }).collect()
}

fn threads(rows: &[Row]) -> Vec<&Thread> {
    rows.iter().filter_map(|row| if let Row::Thread(thread) = row { Some(thread) } else { None }).collect()
}

fn words<'a>(said: &[&'a Said]) -> Vec<(&'a str, &'a str, State)> {
    said.iter().map(|s| (s.id.as_str(), s.text.as_str(), s.state)).collect()
}

#[test]
fn disqus_as_it_is() {
    let rows = whole(Archived::Disqus, DISQUS);
    let there: Vec<_> = threads(&rows)
        .iter()
        .map(|t| (t.key.as_str(), t.address.as_str(), t.title.as_str(), t.closed))
        .collect();
    let page = "http://a.example/p?x=1&y=2";
    assert_eq!(there, [("2", page, "It & that", true), ("4", page, "Twice", false)], "two of one address");
    let left: Vec<_> = rows.iter().filter(|row| matches!(row, Row::Left { .. })).collect();
    assert_eq!(left.len(), 2, "one without an address, one deleted: {left:?}");
    let all = said(&rows);
    assert_eq!(
        words(&all),
        [
            ("6", "Hello, **World** ]]>\u{2026}", State::Shown),
            ("7", "Plain", State::Removed),
            ("8", "", State::Removed)
        ]
    );
    assert_eq!(all.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Bo", "cy_1", "Anonymous"]);
    assert_eq!(all.iter().map(|s| s.spam).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!((all[1].thread.as_str(), all[1].parent.as_deref()), ("4", Some("6")));
    assert_eq!(all[0].network, Network::parse("192.0.2.77"));
    assert!(matches!(&rows[rows.len() - 1], Row::Note(note) if note.contains("before the XML")));
}

#[test]
fn wordpress_of_every_version() {
    for version in ["1.0", "1.1", "1.2"] {
        let text = wxr(version);
        assert_eq!(Archived::sniff(text.as_bytes()), Some(Archived::WordPress), "{version}");
        let rows = whole(Archived::WordPress, &text);
        let all = said(&rows);
        let states: Vec<_> = all.iter().map(|s| (s.id.as_str(), s.state, s.spam)).collect();
        assert_eq!(
            states,
            [
                ("1", State::Shown, false),
                ("2", State::Held, false),
                ("5", State::Removed, true),
                ("6", State::Shown, false)
            ],
            "{version}"
        );
        assert_eq!(all[0].text, "One\n\nTwo *three*");
        assert_eq!((all[1].parent.as_deref(), all[0].parent.as_deref()), (Some("1"), None));
        assert!(rows.contains(&Row::Note(
            "2 pingbacks and trackbacks were passed over: they are no comments.".into()
        )));
        // The last stands under a picture.
        let left = Row::Left {
            key: all[3].thread.clone(),
            why: "it stands under an item of the kind attachment".into(),
        };
        assert!(rows.contains(&left), "{rows:?}");
        assert_eq!(threads(&rows).len(), 1);
        assert!(threads(&rows)[0].story.is_some());
    }
}

#[test]
fn the_others_as_they_are() {
    let isso = whole(Archived::IssoJson, ISSO);
    assert_eq!(threads(&isso)[0].title, "Nat & Miguel");
    let all = said(&isso);
    assert_ne!(all[0].id, all[1].id, "both are number 0");
    assert_eq!((all[1].at, all[1].network), (Millis(1_635_425_415_250), None), "a time with a fraction");

    let remark = whole(Archived::Remark42, REMARK);
    assert!(threads(&remark)[0].closed);
    let all = said(&remark);
    assert_eq!(words(&all), [("a", "First \\& *so*", State::Shown), ("b", "", State::Removed)]);
    assert_eq!((all[0].at, all[0].network), (Millis(1_551_888_000_123), None), "no digest is an address");
    // Without the line that describes it.
    let (_, bare) = REMARK.split_once('\n').unwrap();
    assert_eq!(said(&whole(Archived::Remark42, bare)), all);

    let first = whole(Archived::Commento, COMMENTO);
    assert_eq!(
        threads(&first).iter().map(|t| t.address.as_str()).collect::<Vec<_>>(),
        ["https://a.example/p"]
    );
    let all = said(&first);
    assert_eq!(
        words(&all),
        [("a", "First", State::Shown), ("b", "Second", State::Held), ("c", "", State::Removed)]
    );
    assert_eq!(all.iter().map(|s| s.writer.as_deref()).collect::<Vec<_>>(), [Some("u1"), None, Some("u1")]);

    let third = whole(Archived::Commento, COMENTARIO);
    let page = threads(&third)[0];
    assert_eq!((page.address.as_str(), page.title.as_str(), page.closed), ("/p", "A page", true));
    let all = said(&third);
    assert_eq!(
        words(&all),
        [("a", "First", State::Shown), ("b", "Second", State::Held), ("c", "Third", State::Removed)]
    );
    assert_eq!((all[0].writer.as_deref(), all[1].name.as_str()), (Some("u1"), "Bo"));

    let artrans = whole(Archived::Artrans, ARTRANS);
    let all = said(&artrans);
    assert_eq!(words(&all), [("1", "First", State::Shown), ("2", "Second", State::Held)]);
    assert_eq!(all[0].thread, all[1].thread, "a path and its address are one page");
    assert_eq!(all[1].at, Millis(1_635_425_416_000));

    let waline = whole(Archived::Waline, WALINE);
    let all = said(&waline);
    assert_eq!(
        words(&all),
        [("1", "First", State::Shown), ("2", "Second", State::Held), ("3", "Third", State::Removed)]
    );
    assert_eq!((all[1].parent.as_deref(), all[1].network, all[2].spam), (Some("1"), None, true));
}

#[test]
fn recognised_by_their_first_bytes_and_never_with_a_mail_or_an_address_inside() {
    for (form, text) in samples() {
        assert_eq!(Archived::sniff(text.as_bytes()), Some(form));
        assert!(
            text.contains("192.0.2.77") || text.contains("mail@post.example") || form == Archived::Remark42
        );
        let shown = format!("{:?}", whole(form, &text));
        assert!(!shown.contains("post.example") && !shown.contains("192.0.2.77"), "{form:?}: {shown}");
    }
}

/// Cut off anywhere: a fault, or at least nothing that the whole does not have.
#[test]
fn cut_off_at_every_byte() {
    for (form, text) in samples() {
        let all = whole(form, &text);
        for end in 0..text.len() {
            let (some, done) = rows(form, &mut &text.as_bytes()[..end]);
            if done.is_ok() {
                let rest = text.as_bytes()[end..].iter();
                let lines = form == Archived::Remark42 && text.as_bytes()[..end].ends_with(b"}")
                    || text.as_bytes()[..end].ends_with(b"}\n");
                assert!(
                    lines || rest.clone().all(u8::is_ascii_whitespace),
                    "{form:?} at {end} is no whole file"
                );
            }
            let shorter = |row: &Row| all.contains(row) || matches!(row, Row::Note(_));
            assert!(some.iter().all(shorter), "{form:?} at {end}: {some:?}");
        }
    }
}

#[test]
fn bytes_come_as_they_come() {
    for (form, text) in samples() {
        let drops = &mut BufReader::with_capacity(1, text.as_bytes());
        assert_eq!(rows(form, drops).0, whole(form, &text), "{form:?}");
    }
}

/// Bytes without an end, and how many of them were taken.
struct Endless<'a> {
    start: Cursor<&'a [u8]>,
    again: &'a [u8],
    taken: usize,
}

impl Read for Endless<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut some = self.start.read(into)?;
        if some == 0 {
            let rest = &self.again[self.taken % self.again.len()..];
            some = rest.len().min(into.len());
            into[..some].copy_from_slice(&rest[..some]);
            self.taken += some;
        }
        Ok(some)
    }
}

#[test]
fn a_record_without_an_end_is_given_up() {
    for (form, start, again) in [
        (Archived::Disqus, "<disqus><post dsq:id='1'><message>", "a "),
        (Archived::Disqus, "<disqus><post dsq:id='1'>", "<a b='c'/>"),
        (Archived::Disqus, "<disqus><post dsq:id='", "1"),
        (Archived::Disqus, "<disqus><post dsq:id='1'><message><![CDATA[", "<"),
        (Archived::Disqus, "<disqus><!--", "-"),
        (Archived::WordPress, "<rss><channel><item><title>", "&amp;"),
        (Archived::WordPress, "<rss><channel><item><wp:comment><wp:comment_content>", "x"),
        (Archived::IssoJson, "[{\"comments\":[{\"text\":\"", "x"),
        (Archived::IssoJson, "[{\"comments\":[{\"text\":[", "1,"),
        (Archived::Remark42, "{\"version\":1,\"users\":[{\"id\":\"", "x"),
        (Archived::Remark42, "{\"version\":1}\n{\"locator\":{\"url\":\"", "x"),
        (Archived::Commento, "{\"version\":1,\"comments\":[{\"markdown\":\"", "x"),
        (Archived::Commento, "{\"", "x"),
        (Archived::Artrans, "[{\"content\":\"", "x"),
        (Archived::Waline, "{\"data\":{\"Counter\":[", "[[],[]],"),
    ] {
        let again = again.repeat(1_000);
        let mut endless = Endless { start: Cursor::new(start.as_bytes()), again: again.as_bytes(), taken: 0 };
        let (_, done) = rows(form, &mut BufReader::new(&mut endless));
        let why = done.expect_err("it has no end").to_string();
        // Of small elements it holds fewer: each costs more than its bytes.
        let most = if again.starts_with("<a") { "more than 100000 elements" } else { "larger than 8 MiB" };
        assert!(why.contains(most), "{form:?} {start}: {why}");
        assert!(endless.taken < LARGEST_RECORD + (1 << 20), "{form:?} {start}: {} bytes", endless.taken);
    }
}

/// Of writers alone there may be more than a record may have: each is one.
#[test]
fn remark42_with_more_writers_than_a_record_can_hold() {
    let writers = "{\"id\":\"u\",\"name\":\"Ann\",\"picture\":\"x\",\"ip\":\"\"},".repeat(200_000);
    let text = REMARK.replacen("\"users\":[", &format!("\"users\":[{writers}"), 1);
    let (line, _) = text.split_once('\n').unwrap();
    assert!(line.len() > LARGEST_RECORD);
    assert_eq!(Archived::sniff(&text.as_bytes()[..8_192]), Some(Archived::Remark42));
    assert_eq!(whole(Archived::Remark42, &text), whole(Archived::Remark42, REMARK));
}

#[test]
fn broken_in_the_middle_is_named_with_its_place() {
    for (form, text, from, to, place) in [
        (Archived::Disqus, DISQUS.to_owned(), "<isSpam>true</isSpam>", "<isSpam>true</isSpan>", "byte "),
        (Archived::Disqus, DISQUS.to_owned(), "</disqus>", "</disqus></disqus>", "byte "),
        (Archived::WordPress, wxr("1.1"), "</channel>", "", "byte "),
        (Archived::IssoJson, ISSO.to_owned(), "\"text\":\"Second\"", "\"text\":Second", "line 3 "),
        (Archived::Remark42, REMARK.to_owned(), "\"pid\":\"a\"", "\"pid\"\"a\"", "line 3 "),
        (
            Archived::Remark42,
            REMARK.to_owned(),
            "\"locator\":{\"site\":\"s\",\"url\":\"http://a.example/p\"},\"votes\"",
            "\"votes\"",
            "line 3",
        ),
        (Archived::Commento, COMMENTO.to_owned(), "\"version\":1", "\"version\":9", "version"),
        (Archived::Artrans, ARTRANS.to_owned(), "\"rid\":\"1\"", "\"rid\":\"1", "line "),
        (Archived::Waline, WALINE.to_owned(), "\"Counter\":[", "\"Counter\":", "line "),
    ] {
        let broken = text.replace(from, to);
        assert_ne!(broken, text, "{from}");
        let (_, done) = rows(form, &mut broken.as_bytes());
        let why = done.expect_err("it is broken");
        assert!(why.where_.starts_with(place), "{form:?} {to}: {why}");
    }
}

fn any_form() -> impl Strategy<Value = Archived> {
    proptest::sample::select(Archived::ALL.to_vec())
}

/// A sample with pieces of itself put elsewhere, taken out or overwritten.
fn mutated() -> impl Strategy<Value = (Archived, Vec<u8>)> {
    let cut = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..60);
    let put = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..8),
        proptest::sample::select(vec![
            "<",
            ">",
            "\"",
            "{",
            "}",
            "[",
            "]",
            "\0",
            "&",
            "&#0;",
            "&#x110000;",
            "]]>",
            "<![CDATA[",
            "<!DOCTYPE a [<!ENTITY b 'c'>]>",
            "\\ud800",
            "\\u0000",
            "1e999",
            "-1",
            "null",
            "true",
            "9999999999999999999",
            "</disqus>",
            "<wp:comment>",
            "<item>",
        ])
        .prop_map(|text: &str| text.as_bytes().to_vec()),
    ];
    let edits = proptest::collection::vec((cut, put), 1..6);
    (proptest::sample::select(samples()), edits).prop_map(|((form, text), edits)| {
        let mut bytes = text.into_bytes();
        for ((from, source, length), put) in edits {
            let (at, from) = (from.index(bytes.len() + 1), source.index(bytes.len() + 1));
            let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
            let end = (at + length / 3).min(bytes.len());
            bytes.splice(at..end, if put.is_empty() { piece } else { put });
        }
        (form, bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_bytes_are_read_or_refused(form in any_form(), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = rows(form, &mut &bytes[..]);
        let _ = Archived::sniff(&bytes);
    }

    #[test]
    fn a_spoilt_archive_is_read_or_refused((form, bytes) in mutated()) {
        let (all, done) = rows(form, &mut &bytes[..]);
        // The same again, drop by drop, for a reader must not see where a buffer ends.
        let (drops, again) = rows(form, &mut BufReader::with_capacity(1, &bytes[..]));
        prop_assert_eq!(all, drops);
        prop_assert_eq!(done.is_ok(), again.is_ok());
    }

    #[test]
    fn one_systems_archive_is_never_mistaken_for_anothers(form in any_form(), (_, bytes) in mutated()) {
        let _ = rows(form, &mut &bytes[..]);
    }
}
