//! `dateline backup`: a copy of a paper as of one moment, also of one that is being served.

use super::{at, manifest};
use crate::{
    cli::{
        args::Backup,
        beside::{failed, say, with_store},
        import::counted,
    },
    clock,
    failure::Failure,
    media::Shelf,
};
use manifest::Manifest;
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};
use store::Store;

pub fn run(args: Backup) -> Result<(), Failure> {
    let data = args.data.data.clone();
    if args.file.is_dir() {
        return Err(Failure(format!("{} is a folder: name the file to be written", args.file.display())));
    }
    let folder = match args.file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let photos =
        with_store(&args.data, false, async |store| write(&store, &data, &folder, &args.file).await)?;
    say(&format!(
        "{} holds the whole paper, with {}",
        args.file.display(),
        counted(photos, "photo", "photos")
    ))
}

/// Beside `file` first, so that it is either whole or as it was. Gives the number of photos.
async fn write(store: &Store, data: &Path, folder: &Path, file: &Path) -> Result<usize, Failure> {
    let beside = tempfile::Builder::new().prefix(".dateline-backup-").tempdir_in(folder);
    let beside = beside.map_err(|e| at(folder, &e))?;
    let database = beside.path().join("paper.sqlite");
    // Before the photos: each of those that it names is kept by then.
    if !store.snapshot(&database).await.map_err(failed)? {
        return Err(Failure(format!(
            "this paper's database is PostgreSQL: copy it with pg_dump, and the folder {} beside it",
            data.display()
        )));
    }
    let shelf = data.join("media");
    let shelf = Shelf::open(&shelf).map_err(|e| at(&shelf, &e))?;
    let mut photos = Vec::new();
    let mut after = String::new();
    loop {
        let some = store.photo_digests(&after, 1_000).await.map_err(failed)?;
        let Some((last, _)) = some.last() else { break };
        after = last.clone();
        for (digest, _) in some {
            match shelf.path(&digest).filter(|path| path.is_file()) {
                Some(_) if photos.last() == Some(&digest) => {}
                Some(_) => photos.push(digest),
                None => eprintln!(
                    "dateline: the photo {digest} is not in the media folder; the backup lacks it, too"
                ),
            }
        }
    }
    let tar = tempfile::NamedTempFile::new_in(beside.path()).map_err(|e| at(folder, &e))?;
    put_all(tar.as_file(), data, &database, &shelf, &photos).map_err(|e| at(file, &e))?;
    tar.as_file().sync_all().map_err(|e| at(file, &e))?;
    tar.persist(file).map_err(|e| at(file, &e.error))?;
    // The name must survive a power cut, too.
    File::open(folder).and_then(|f| f.sync_all()).map_err(|e| at(folder, &e))?;
    Ok(photos.len())
}

fn put_all(to: &File, data: &Path, database: &Path, shelf: &Shelf, photos: &[String]) -> io::Result<()> {
    let mut tar = tar::Builder::new(BufWriter::with_capacity(1 << 20, to));
    let length = fs::metadata(database)?.len();
    let manifest = Manifest::new(clock::now().rfc3339(), photos.len(), length);
    let manifest = serde_json::to_vec_pretty(&manifest)?;
    put(&mut tar, manifest::NAME, &manifest)?;
    tar.append_file("paper.sqlite", &mut File::open(database)?)?;
    match fs::read(data.join("dateline.toml")) {
        Ok(settings) => put(&mut tar, "dateline.toml", &settings)?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(e) => return Err(e),
    }
    for name in pages::Theme::names() {
        let file = data.join("theme").join(name);
        if file.is_file() {
            put(&mut tar, &format!("theme/{name}"), &fs::read(file)?)?;
        }
    }
    for digest in photos {
        if let Some(bytes) = shelf.original(digest)? {
            put(&mut tar, &format!("media/{digest}"), &bytes)?;
        }
    }
    tar.into_inner()?.flush()
}

fn put(tar: &mut tar::Builder<impl Write>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, name, bytes)
}
