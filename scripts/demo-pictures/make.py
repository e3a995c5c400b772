"""Paints the demo paper's pictures: `make.py [NAME…]`, into crates/dateline/demo/pictures."""
import io
import pathlib
import sys

import indoors, land, sea, town

HERE = pathlib.Path(__file__).resolve().parents[2] / "crates/dateline/demo/pictures"
LARGEST = 104_000  # bytes; seventeen of them must stay under 1.8 MB


def main():
    scenes = {**sea.SCENES, **land.SCENES, **town.SCENES, **indoors.SCENES}
    HERE.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or scenes:
        picture = scenes[name]()
        for quality in range(80, 55, -2):
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= LARGEST:
                break
        (HERE / f"{name}.jpg").write_bytes(out.getvalue())
        print(f"{name}.jpg {out.tell()} bytes at quality {quality}")


main()
