//! Hands letters to a letter server. Whatever the server does, an answer comes within a time.

use super::Composed;
use crate::{config, failure::Failure, outside::Trust};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
        response::Category,
    },
};
use newsroom::{mail::without_addresses, paper::Paper};
use std::time::Duration;

pub struct PostOffice {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Stands after the `@` of each letter's own number.
    host: String,
    longest: Duration,
}

/// Why a letter was not taken; the words name no address.
#[derive(Debug, PartialEq, Eq)]
pub enum NotSent {
    /// It never will be.
    ForGood(String),
    /// Perhaps later.
    ForNow(String),
}

impl PostOffice {
    /// `None` where no server is configured.
    pub fn open(
        options: &config::Letters,
        paper: &Paper,
        trust: &Trust,
    ) -> Result<Option<PostOffice>, Failure> {
        let Some(at) = &options.smtp else { return Ok(None) };
        let from = options.from.parse().map_err(|_| {
            Failure("letters.smtp names a letter server, and letters.from no sender: set it, too".into())
        })?;
        let tls = || {
            let cannot = |e| Failure(format!("letters.smtp: {} cannot be spoken to by TLS: {e}", at.host));
            let mut parameters = TlsParameters::builder(at.host.clone());
            for authority in trust.own() {
                let authority = Certificate::from_der(authority.to_vec()).map_err(cannot)?;
                parameters = parameters.add_root_certificate(authority);
            }
            parameters.build().map_err(cannot)
        };
        let here = matches!(at.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let tls = match (at.wrapped, at.user.is_empty() || here) {
            (true, _) => Tls::Wrapper(tls()?),
            // A password goes over no open line.
            (false, false) => Tls::Required(tls()?),
            (false, true) => Tls::Opportunistic(tls()?),
        };
        let host = url::Url::parse(&paper.address).ok().and_then(|u| u.host_str().map(str::to_owned));
        let host = host.unwrap_or_else(|| "localhost".into());
        let longest = Duration::from_secs(options.seconds as u64);
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&at.host)
            .port(at.port)
            .tls(tls)
            .timeout(Some(longest))
            .hello_name(ClientId::Domain(host.clone()));
        if !at.user.is_empty() {
            server = server.credentials(Credentials::new(at.user.clone(), options.password.clone()));
        }
        Ok(Some(PostOffice { server: server.build(), from, host, longest }))
    }

    /// `number` is the same when the same letter is sent again, so that mail programs show it once.
    pub async fn send(&self, to: &str, number: i64, letter: &Composed) -> Result<(), NotSent> {
        let message = self.message(to, number, letter).map_err(NotSent::ForGood)?;
        match tokio::time::timeout(self.longest, self.server.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(e)) => {
                let words =
                    std::error::Error::source(&e).map_or_else(|| e.to_string(), |why| format!("{e}: {why}"));
                let words = without_addresses(&words);
                // A server that refuses the password (530 to 538) has said nothing of the letter.
                let of_password = e.status().is_some_and(|code| code.category == Category::Unspecified3);
                let for_good = e.is_permanent() && !of_password;
                Err(if for_good { NotSent::ForGood(words) } else { NotSent::ForNow(words) })
            }
            Err(_) => {
                let words = format!("the letter server took more than {} seconds", self.longest.as_secs());
                Err(NotSent::ForNow(words))
            }
        }
    }

    /// The library encodes what stands in the head; a line break there is refused before it.
    fn message(&self, to: &str, number: i64, letter: &Composed) -> Result<Message, String> {
        let stop = letter.stop.as_deref().unwrap_or_default();
        if [letter.subject.as_str(), stop].iter().any(|line| line.chars().any(char::is_control)) {
            return Err("a line of the letter's head holds a control character".into());
        }
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, ascii(to).ok_or("the address is none that letters can reach")?))
            .subject(letter.subject.clone())
            .message_id(Some(format!("<letter-{number}@{}>", self.host)))
            .date_now()
            .raw_header(line("Auto-Submitted", "auto-generated"))
            .header(ContentType::TEXT_PLAIN);
        if !stop.is_empty() {
            message = message
                .raw_header(line("List-Unsubscribe", &format!("<{stop}>")))
                .raw_header(line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        message.body(letter.text.clone()).map_err(|e| without_addresses(&e.to_string()))
    }
}

fn line(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// The address with its host as the network knows it.
fn ascii(address: &str) -> Option<Address> {
    let (local, host) = address.rsplit_once('@')?;
    let url::Host::Domain(host) = url::Host::parse(host).ok()? else { return None };
    Address::new(local, host).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> PostOffice {
        let mut config = config::Config::default();
        config.letters.smtp = crate::config::LetterServer {
            wrapped: false,
            host: "127.0.0.1".into(),
            port: 9,
            user: String::new(),
        }
        .into();
        config.letters.from = "Le Courrier du Nord – Été <letters@courier.example>".into();
        config.paper.address = Some("https://courier.example".into());
        let paper = config.paper("127.0.0.1:1".parse().unwrap());
        PostOffice::open(&config.letters, &paper, &Trust::read("").unwrap()).unwrap().unwrap()
    }

    fn composed(subject: &str) -> Composed {
        Composed {
            subject: subject.into(),
            text: "Hello.\n".into(),
            stop: Some(format!("https://courier.example/letters/stop/{}", "1-abc".repeat(12))),
            lines: Vec::new(),
        }
    }

    #[test]
    fn heads_are_encoded_and_never_broken() {
        let office = office();
        let sent = office.message("a@мир.example", 7, &composed("Fähre – 渡轮")).unwrap().formatted();
        let sent = String::from_utf8(sent).unwrap();
        assert!(sent.is_ascii(), "{sent}");
        assert!(sent.contains("To: a@xn--h1ahn.example\r\n"), "{sent}");
        assert!(sent.contains("Message-ID: <letter-7@courier.example>\r\n"), "{sent}");
        assert!(sent.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{sent}");
        let unfolded = sent.replace("\r\n ", " ");
        assert!(
            unfolded.contains(&format!("<https://courier.example/letters/stop/{}>\r\n", "1-abc".repeat(12))),
            "{sent}"
        );
        for broken in ["Ferry\r\nBcc: all@post.example", "Ferry\nX: y", "Ferry\u{0}"] {
            assert!(office.message("a@post.example", 7, &composed(broken)).is_err(), "{broken:?}");
        }
        for to in ["a@post.example\r\nBcc: b@post.example", "a", "a@[127.0.0.1]"] {
            assert!(office.message(to, 7, &composed("x")).is_err(), "{to:?}");
        }
    }

    #[test]
    fn a_server_without_a_sender_is_refused() {
        let mut config = config::Config::default();
        config.letters.smtp = crate::config::LetterServer {
            wrapped: true,
            host: "mail.example".into(),
            port: 465,
            user: "u".into(),
        }
        .into();
        let paper = config.paper("127.0.0.1:1".parse().unwrap());
        let opened = PostOffice::open(&config.letters, &paper, &Trust::read("").unwrap());
        assert!(opened.is_err_and(|e| e.0.contains("letters.from")));
    }
}
