"""The few brushes with which all demo pictures are painted: light, ridges, mist, water, grain."""
import numpy as np
from PIL import Image, ImageDraw

W, H = 1440, 960
YY, XX = np.mgrid[0:H, 0:W].astype(np.float32)


def rgb(text):
    return np.array([int(text[i:i + 2], 16) / 255 for i in (0, 2, 4)], np.float32)


def gradient(stops):
    """A vertical wash; stops are (height 0..1, colour)."""
    ys = [s[0] * H for s in stops]
    cols = np.array([rgb(s[1]) for s in stops])
    line = np.stack([np.interp(np.arange(H), ys, cols[:, c]) for c in range(3)], 1)
    return np.repeat(line[:, None, :], W, 1).astype(np.float32)


def fbm(seed, cells=(4, 6), octaves=5, rough=0.5):
    """Cloudy noise in 0..1; cells are rows and columns of the coarsest layer."""
    rng = np.random.default_rng(seed)
    out, amp, total = np.zeros((H, W), np.float32), 1.0, 0.0
    for o in range(octaves):
        grid = rng.random((cells[0] * 2**o + 2, cells[1] * 2**o + 2)).astype(np.float32)
        layer = Image.fromarray(grid).resize((W, H), Image.BICUBIC)
        out += amp * np.asarray(layer)
        total += amp
        amp *= rough
    out /= total
    return np.clip((out - out.min()) / (out.max() - out.min() + 1e-6), 0, 1)


def smooth(a, lo, hi):
    t = np.clip((a - lo) / (hi - lo), 0, 1)
    return t * t * (3 - 2 * t)


def blur(a, r):
    """Gaussian blur of a mask or an image in floats."""
    if r <= 0:
        return a
    if a.ndim == 3:
        return np.stack([blur(a[..., c], r) for c in range(3)], 2)
    # Small first: many times faster, and no eye sees the difference.
    k = max(1, int(r / 3))
    arr = a.astype(np.float32)
    if k > 1:
        arr = np.asarray(Image.fromarray(arr).resize((max(2, W // k), max(2, H // k)), Image.BOX))
    sigma = r / k
    n = int(np.ceil(3 * sigma))
    g = np.exp(-np.arange(-n, n + 1) ** 2 / (2 * sigma * sigma)).astype(np.float32)
    g /= g.sum()
    pad = np.pad(arr, n, mode="edge")
    pad = sum(g[i] * pad[:, i:i + arr.shape[1]] for i in range(len(g)))
    arr = sum(g[i] * pad[i:i + arr.shape[0], :] for i in range(len(g)))
    return np.asarray(Image.fromarray(arr).resize((W, H), Image.BICUBIC)) if k > 1 else arr


def shape(draw, soft=0.0):
    """A mask drawn by `draw(pen, s)` at twice the size, softened by a few pixels."""
    img = Image.new("L", (W * 2, H * 2), 0)
    draw(Pen(ImageDraw.Draw(img)))
    mask = np.asarray(img.resize((W, H), Image.BOX), np.float32) / 255
    return blur(mask, soft) if soft else mask


class Pen:
    """Draws in picture coordinates on a canvas of twice the size."""

    def __init__(self, d):
        self.d = d

    def poly(self, pts, v=255):
        self.d.polygon([(x * 2, y * 2) for x, y in pts], fill=v)

    def rect(self, x0, y0, x1, y1, v=255, r=0):
        box = (min(x0, x1) * 2, min(y0, y1) * 2, max(x0, x1) * 2, max(y0, y1) * 2)
        self.d.rounded_rectangle(box, r * 2, fill=v) if r else self.d.rectangle(box, fill=v)

    def oval(self, x, y, rx, ry=None, v=255):
        ry = rx if ry is None else ry
        self.d.ellipse(((x - rx) * 2, (y - ry) * 2, (x + rx) * 2, (y + ry) * 2), fill=v)

    def line(self, pts, w=1.0, v=255):
        self.d.line([(x * 2, y * 2) for x, y in pts], fill=v, width=max(1, int(round(w * 2))), joint="curve")

    def person(self, x, y, h, lean=0.0, v=255, legs=True):
        """A standing figure whose feet are at (x, y)."""
        head = h * 0.085
        self.oval(x + lean * h, y - h + head, head, head * 1.15, v)
        s, w = h * 0.155, h * 0.11
        top, hip = y - h * 0.8, y - h * 0.42
        self.poly([(x + lean * h - s, top + h * .03), (x + lean * h - s * .6, top - h * .02), (x + lean * h + s * .6, top - h * .02),
                   (x + lean * h + s, top + h * .03), (x + s * 1.05, hip), (x + w, hip + h * .06), (x - w, hip + h * .06), (x - s * 1.05, hip)], v)
        if legs:
            self.poly([(x - w, hip), (x + w, hip), (x + w * 1.05, y), (x + w * .3, y), (x, hip + h * .12), (x - w * .3, y), (x - w * 1.05, y)], v)


def lay(img, mask, colour, strength=1.0):
    """Paints a colour (hex or picture) through a mask."""
    c = rgb(colour) if isinstance(colour, str) else colour
    m = (mask * strength)[..., None]
    return img * (1 - m) + c * m


def light(img, x, y, r, colour, power=1.0, stretch=1.0):
    """Adds a soft glow."""
    d2 = ((XX - x) / stretch) ** 2 + (YY - y) ** 2
    g = np.exp(-d2 / (2 * r * r)) * power
    return img + g[..., None] * rgb(colour)


def shine(img, mask, colour, r=12, power=1.0):
    """Lights a mask up: its own light and the bloom around it."""
    c = rgb(colour)
    halo = blur(mask, r) * 1.6 + blur(mask, r * 4) * 1.2
    return img + (mask[..., None] + halo[..., None]) * c * power


def ridge(base, amp, seed, cells=5, octaves=7, rough=0.52):
    """The heights of a hill line, one a column."""
    rng = np.random.default_rng(seed)
    xs = np.linspace(0, 1, W)
    out = np.zeros(W)
    a = 1.0
    for o in range(octaves):
        n = cells * 2**o + 1
        pts = rng.random(n) - 0.5
        out += a * np.interp(xs, np.linspace(0, 1, n), pts)
        a *= rough
    return base - out * amp


def below(line, soft=1.5):
    return smooth(YY - line[None, :].astype(np.float32), -soft, soft)


def mist(img, y, h, colour, power=0.6, seed=None):
    band = np.exp(-((YY - y) / h) ** 2) * power
    if seed is not None:
        band = band * (0.45 + 0.9 * fbm(seed, (3, 3), 4))
    return lay(img, np.clip(band, 0, 1), colour)


def water(img, horizon, seed, colour="0a1a2c", deep=0.55, ripple=22, power=0.85):
    """Everything above the horizon again, upside down, broken by ripples."""
    rng = np.random.default_rng(seed)
    n = fbm(seed, (90, 5), 3, 0.6) - 0.5
    out = img.copy()
    rows = np.arange(int(horizon), H)
    depth = (rows - horizon) / (H - horizon)
    dist = (rows[:, None] - horizon).astype(np.float32)
    dx = n[rows] * ripple * 2 * (0.25 + depth[:, None])
    dy = n[rows] * ripple * 5 * (0.1 + depth[:, None])
    sx = np.clip(XX[rows] + dx, 0, W - 1).astype(int)
    sy = np.clip(horizon - dist * 0.95 - 1 + dy, 0, horizon - 1).astype(int)
    mirror = img[sy, sx] * power
    tint = rgb(colour)
    d = (deep * (0.35 + 0.65 * depth))[:, None, None]
    mirror = mirror * (1 - d) + tint * d
    # crests catch the sky
    crest = smooth(n[rows], 0.12, 0.4)[..., None] * (0.05 + 0.06 * depth[:, None, None])
    out[rows] = mirror + crest * (img[:int(horizon)].mean((0, 1)) + 0.1)
    return out


def stars(img, seed, n=900, below_y=H, power=1.0):
    rng = np.random.default_rng(seed)
    layer = np.zeros((H, W), np.float32)
    ys, xs = (rng.random(n) * below_y).astype(int), rng.integers(0, W, n)
    layer[np.clip(ys, 0, H - 1), xs] = rng.random(n) ** 4
    big = rng.random(n) > 0.985
    soft = blur(layer, 0.8) * 2.2
    lit = np.zeros_like(layer)
    lit[np.clip(ys[big], 0, H - 1), xs[big]] = 1
    soft = soft + blur(lit, 1.6) * 8 + blur(lit, 6) * 10
    return img + soft[..., None] * rgb("dfe9ff") * power


def snow(img, seed, n=500, size=(1, 4), slant=0.3, power=0.8):
    rng = np.random.default_rng(seed)
    for lo, hi, soft, count in ((size[0], size[0] + .8, .7, n), (size[1] * .6, size[1], 2.2, n // 6), (size[1] * 2, size[1] * 3.4, 7, n // 40)):
        pts = [(rng.random() * W, rng.random() * H, rng.uniform(lo, hi)) for _ in range(count)]
        m = shape(lambda p: [p.oval(x, y, r, r * (1 + slant)) for x, y, r in pts], soft)
        img = lay(img, m, "eef3fa", power * (0.9 if soft < 3 else 0.5))
    return img


def rain(img, seed, n=700, slant=0.25, power=0.22):
    rng = np.random.default_rng(seed)
    def go(p):
        for _ in range(n):
            x, y, l = rng.random() * (W + 200) - 100, rng.random() * H, rng.uniform(14, 46)
            p.line([(x, y), (x - l * slant, y + l)], 0.7, int(rng.uniform(90, 255)))
    return img + (shape(go, .6) * power)[..., None] * rgb("cfdcea")


def finish(img, seed, wobble=0.8, grain=0.011, vignette=0.42, tone=1.0, bloom=0.18):
    """Bloom, a little hand in the line, vignette, film grain."""
    hot = np.clip(img - 0.72, 0, 2)
    img = img + bloom * blur(hot, 16) * 2
    if wobble:
        a, b = fbm(seed + 1, (40, 60), 2) - .5, fbm(seed + 2, (40, 60), 2) - .5
        sx = np.clip(XX + a * wobble * 4, 0, W - 1).astype(int)
        sy = np.clip(YY + b * wobble * 4, 0, H - 1).astype(int)
        img = img[sy, sx]
    # washes of pigment: slow unevenness, as on paper
    img = img * (0.955 + 0.09 * fbm(seed + 3, (9, 13), 4)[..., None])
    d = ((XX - W / 2) / (W * .62)) ** 2 + ((YY - H / 2) / (H * .66)) ** 2
    img = img * (1 - vignette * np.clip(d - .25, 0, 1.2)[..., None] * .75)
    rng = np.random.default_rng(seed + 9)
    g = blur(rng.normal(0, 1, (H, W)).astype(np.float32), 0.9)
    img = img + (g * grain * 2.2)[..., None]
    img = np.clip(img * tone, 0, 1.6)
    img = np.where(img > .8, .8 + (1 - np.exp(-(img - .8) / .2)) * .2, img)
    return Image.fromarray((np.clip(img, 0, 1) * 255).astype(np.uint8))
