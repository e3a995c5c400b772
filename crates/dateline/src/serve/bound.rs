//! The listening sockets, one for each serving thread, all on one address: the kernel deals out connections.

use crate::failure::Failure;
use socket2::{Domain, Protocol, Socket, Type};
use std::{
    io,
    net::{SocketAddr, TcpListener},
};

/// Sockets that are bound, before anything is served.
pub struct Bound {
    address: SocketAddr,
    pub(super) listeners: Vec<TcpListener>,
}

const BACKLOG: i32 = 1024;

impl Bound {
    /// `workers` sockets, or one for each processor where that is 0. Port 0 takes a free port for all.
    pub fn bind(address: SocketAddr, workers: usize) -> Result<Bound, Failure> {
        let workers = match workers {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        };
        Bound::sockets(address, workers).map_err(|e| {
            Failure(match e.kind() {
                io::ErrorKind::AddrInUse => format!(
                    "{address} is in use by another program: stop it, or name another address with --listen"
                ),
                io::ErrorKind::PermissionDenied => {
                    format!("this user may not listen on {address}: name a port above 1023 with --listen")
                }
                io::ErrorKind::AddrNotAvailable => {
                    format!("{address} is not an address of this machine: name one that is with --listen")
                }
                _ => format!("{address} cannot be listened on: {e}"),
            })
        })
    }

    fn sockets(mut address: SocketAddr, workers: usize) -> io::Result<Bound> {
        // SO_REUSEPORT would share the port with another dateline of the same user in silence; a socket
        // without it finds the port taken.
        socket(address, false)?;
        let mut listeners = Vec::with_capacity(workers);
        for _ in 0..workers {
            let socket = socket(address, true)?;
            socket.listen(BACKLOG)?;
            let listener = TcpListener::from(socket);
            address = listener.local_addr()?;
            listeners.push(listener);
        }
        Ok(Bound { address, listeners })
    }

    /// With the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

fn socket(address: SocketAddr, shared: bool) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    if shared {
        socket.set_reuse_port(true)?;
    }
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    Ok(socket)
}
