//! Whose certificates are believed: those of the public authorities, everywhere the same list, and of such as the
//! operator names for servers inside.

use crate::failure::Failure;
use std::{path::Path, sync::Arc};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, pem::PemObject},
    },
};

#[derive(Clone)]
pub struct Trust {
    /// Beside the public ones.
    own: Vec<CertificateDer<'static>>,
    tls: TlsConnector,
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trust({} authorities of its own)", self.own.len())
    }
}

/// A file of certificates is some kilobytes long.
const MOST_BYTES: u64 = 4 << 20;

impl Trust {
    /// `file` is in PEM; empty means the public authorities alone.
    pub fn read(file: &str) -> Result<Trust, Failure> {
        let own = if file.is_empty() { Vec::new() } else { authorities(Path::new(file))? };
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for one in &own {
            roots.add(one.clone()).map_err(|e| wrong(file, &format!("holds what is no authority: {e}")))?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| Failure(format!("TLS cannot be spoken: {e}")))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Trust { own, tls: TlsConnector::from(Arc::new(config)) })
    }

    pub fn own(&self) -> impl Iterator<Item = &[u8]> {
        self.own.iter().map(AsRef::as_ref)
    }

    pub fn tls(&self) -> &TlsConnector {
        &self.tls
    }
}

fn authorities(file: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let shown = file.display().to_string();
    let length = std::fs::metadata(file).map_err(|e| wrong(&shown, &format!("cannot be read: {e}")))?.len();
    if length > MOST_BYTES {
        return Err(wrong(&shown, "is larger than 4 MiB"));
    }
    let bytes = std::fs::read(file).map_err(|e| wrong(&shown, &format!("cannot be read: {e}")))?;
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match all {
        Ok(all) if all.is_empty() => Err(wrong(&shown, "holds no certificate in PEM")),
        Ok(all) => Ok(all),
        Err(e) => Err(wrong(&shown, &format!("is not in PEM: {e}"))),
    }
}

fn wrong(file: &str, why: &str) -> Failure {
    Failure(format!("outside.authorities: {file} {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_none_is_refused() {
        assert_eq!(Trust::read("").map(|trust| trust.own().count()).ok(), Some(0));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("inside.pem");
        let words = |bytes: &str| {
            std::fs::write(&file, bytes).unwrap();
            Trust::read(file.to_str().unwrap()).expect_err("refused").0
        };
        assert!(words("").contains("holds no certificate"));
        assert!(words("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n").contains("not in PEM"));
        let none = words("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assert!(none.contains("no authority"), "{none}");
        assert!(Trust::read("/nowhere/at/all.pem").expect_err("refused").0.contains("cannot be read"));
    }
}
