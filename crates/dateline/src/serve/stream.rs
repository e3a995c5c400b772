//! A connection that closes politely: closing a socket with unread bytes resets it, and the visitor would
//! lose the reply that says what was wrong with them.

use bytes::Bytes;
use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

/// How long, and for how many bytes, a visitor may go on sending what nobody will read.
const PATIENCE: Duration = Duration::from_secs(3);
const MOST_UNREAD: usize = 32 << 20;

pub(super) struct Stream {
    tcp: TcpStream,
    /// Read already, before hyper had the connection.
    ahead: Bytes,
    /// Set once something unread was found after our end was closed.
    lingering: Option<Pin<Box<Sleep>>>,
    closed: bool,
    unread: usize,
}

impl Stream {
    pub fn new(tcp: TcpStream, ahead: Vec<u8>) -> Stream {
        Stream { tcp, ahead: Bytes::from(ahead), lingering: None, closed: false, unread: 0 }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.ahead.is_empty() {
            let some = self.ahead.len().min(into.remaining());
            into.put_slice(&self.ahead.split_to(some));
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.tcp).poll_read(cx, into)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    /// Sends the end, then reads away what is still coming. A line that is quiet is closed at once.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = &mut *self;
        if !stream.closed {
            ready!(Pin::new(&mut stream.tcp).poll_shutdown(cx))?;
            stream.closed = true;
        }
        let mut waste = [0; 8192];
        loop {
            let mut buffer = ReadBuf::new(&mut waste);
            match Pin::new(&mut stream.tcp).poll_read(cx, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    stream.unread += buffer.filled().len();
                    if stream.unread > MOST_UNREAD {
                        return Poll::Ready(Ok(()));
                    }
                    stream.lingering.get_or_insert_with(|| Box::pin(sleep(PATIENCE)));
                }
                // The visitor has closed too, or is gone.
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending => {
                    return match &mut stream.lingering {
                        Some(patience) => patience.as_mut().poll(cx).map(Ok),
                        None => Poll::Ready(Ok(())),
                    };
                }
            }
        }
    }
}
