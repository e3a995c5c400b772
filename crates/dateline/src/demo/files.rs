//! The demo's files as they stand in `demo/`, embedded. A new file needs its line here.

macro_rules! texts {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../demo/", $folder, "/", $name, ".toml")))),*]
    };
}

macro_rules! pictures {
    ($($name:literal)*) => {
        &[$((concat!($name, ".jpg"), include_bytes!(concat!("../../demo/pictures/", $name, ".jpg")))),*]
    };
}

pub const PAPER: &str = include_str!("../../demo/paper.toml");

/// Key and text.
pub const STORIES: &[(&str, &str)] = texts!("stories":
    "dark-village"
    "forest-returns-ru"
    "glacier-stakes"
    "harbour-bell"
    "lighthouse-keeper"
    "night-ferry"
    "night-train-tarn"
    "orphan-account"
    "postal-chess"
    "vell-bridge"
    "wheat-drones"
    "wind-cable"
);

/// The key of the story under which it stands, and its text.
pub const THREADS: &[(&str, &str)] = texts!("threads":
    "forest-returns-ru"
    "glacier-stakes"
    "harbour-bell"
    "harbour-bell-2"
    "harbour-bell-3"
    "harbour-bell-4"
    "harbour-bell-5"
    "night-ferry"
    "night-train-tarn"
    "orphan-account"
    "postal-chess"
    "wind-cable"
);

/// File name and bytes.
pub const PICTURES: &[(&str, &[u8])] = pictures!(
    "bridge-fog"
    "forest-path"
    "glacier-stakes"
    "harbour-ferry"
    "lighthouse-storm"
    "night-train"
    "observatory"
    "pier-morning"
    "wheat-drone"
    "wind-farm"
);
