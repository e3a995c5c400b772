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
    "bakery-oven"
    "book-van"
    "dark-village"
    "football-fog"
    "forest-returns-ru"
    "glacier-stakes"
    "harbour-bell"
    "lighthouse-keeper"
    "night-ferry"
    "night-market-zh"
    "night-train-tarn"
    "orchestra-power-cut"
    "orphan-account"
    "postal-chess"
    "reading-room-ar"
    "vell-bridge"
    "wheat-drones"
    "wind-cable"
);

/// The key of the story under which it stands, and its text.
pub const THREADS: &[(&str, &str)] = texts!("threads":
    "bakery-oven"
    "football-fog"
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
    "bakery"
    "bell-tower"
    "book-van"
    "bridge-fog"
    "football-fog"
    "forest-path"
    "glacier-stakes"
    "harbour-ferry"
    "lighthouse-storm"
    "night-market"
    "night-train"
    "observatory"
    "orchestra"
    "pier-morning"
    "reading-room"
    "wheat-drone"
    "wind-farm"
);
