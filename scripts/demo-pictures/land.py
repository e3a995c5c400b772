"""Scenes of open country: glacier, wheat field, night train, observatory, forest path."""
import numpy as np
from brush import *


def fir(p, x, y, h, rng):
    p.rect(x - h * .02, y - h * .2, x + h * .02, y)
    for k in range(9):
        t = k / 8; yy = y - h * .12 - t * h * .86; w = h * .2 * (1 - t) ** .85 + 1.5
        l, r = w * rng.uniform(.8, 1.15), w * rng.uniform(.8, 1.15)
        p.poly([(x - l, yy + h * .035), (x - l * .25, yy - h * .09), (x, yy - h * .13), (x + r * .25, yy - h * .09), (x + r, yy + h * .035), (x, yy - h * .01)])


def glacier():
    img = gradient([(0, "5c86ad"), (.3, "a9c4d4"), (.48, "e2e6e2")])
    img = lay(img, smooth(fbm(2, (5, 3), 6), .52, .8) * np.clip(1 - YY / 420, 0, 1), "f4f1ea", .75)
    for y, a, s, c, sh in ((330, 300, 12, "8fa6b8", "e8ecec"), (420, 240, 4, "5f7a90", "dfe6ea")):
        line = ridge(y, a, s, 4, 8, .5); m = below(line)
        img = lay(img, m, c)
        face = fbm(s + 30, (9, 26), 6, .6); depth = (YY - line[None, :]) / 200
        img = lay(img, m * smooth(face - depth * .35, .3, .42), sh, .9)
        img = mist(img, y + 90, 50, "cfdbe2", .5, s)
    left = below(ridge(560, 60, 9, 3) - np.linspace(160, -330, W)); right = below(ridge(560, 60, 7, 3) - np.linspace(-420, 140, W))
    g = below(np.full(W, 452.0) - 26 * np.sin(np.linspace(0, 3.14, W)))
    img = lay(img, g, "d4e4ec")
    t = np.clip((YY - 430) / 530, 0, 1)
    bend = np.sin((XX - 720) / 420) * 40 * t
    cre = np.abs(np.sin((np.log(t + .05) * 13) + fbm(14, (5, 7), 5) * 5 + (XX - 720) / 300))
    img = lay(img, g * smooth(1 - cre, .72, .98), "5f9cbb", .75)
    img = lay(img, g * smooth(fbm(15, (20, 10), 6, .6), .48, .75), "f6fafa", .8)
    img = lay(img, g * np.exp(-((XX - 640 - bend * 3) / (26 + 60 * t)) ** 2) * smooth(fbm(16, (30, 6), 4), .3, .7), "7b8a90", .55)
    for m, c, s in ((left, "3d4a54", 21), (right, "46535c", 22)):
        img = lay(img, m, c); img = lay(img, m * smooth(fbm(s, (18, 22), 6, .6), .5, .72), "7b8285", .55); img = lay(img, m * smooth(fbm(s + 5, (24, 16), 5), .62, .75), "dfe7ea", .8)
    stakes = [(560, 560, 40), (700, 585, 52), (620, 640, 72), (860, 660, 86), (500, 735, 120), (1010, 770, 150), (760, 850, 205)]
    img = lay(img, shape(lambda p: [p.poly([(x, y), (x + h * .9, y + h * .1), (x + h * .9, y + h * .12), (x, y + h * .04)]) for x, y, h in stakes], 1.5), "6a92ab", .6)
    img = lay(img, shape(lambda p: [p.rect(x - h * .014, y - h, x + h * .014, y) for x, y, h in stakes], .4), "2a2d33")
    img = lay(img, shape(lambda p: [p.rect(x - h * .02, y - h * b, x + h * .02, y - h * (b - .16)) for x, y, h in stakes for b in (1, .66)], .4), "d2452f")
    people = lambda p: (p.person(900, 716, 118, .02), p.person(956, 722, 110, -.03), p.line([(930, 724), (938, 668)], 2), p.line([(946, 724), (938, 668)], 2), p.rect(932, 656, 946, 668))
    img = lay(img, shape(lambda p: p.poly([(890, 716), (1060, 740), (1060, 748), (890, 724)]), 3), "6a92ab", .6)
    m = shape(people, .5); img = lay(img, m, "232a38"); img = lay(img, m * (np.abs(YY - 655) < 28) * (XX < 925), "c24a2c", .85); img = lay(img, m * (np.abs(YY - 662) < 24) * (XX > 936), "e0a232", .85)
    return finish(img, 201, vignette=.32)


def wheat():
    img = gradient([(0, "4f83b4"), (.3, "9cc0d4"), (.5, "f1e3bd")])
    img = lay(img, smooth(fbm(23, (5, 4), 6), .5, .75) * np.clip(1 - YY / 500, 0, 1), "fbf3e2", .85)
    img = light(img, 1180, 420, 130, "ffe6a8", .5, 1.8)
    img = lay(img, below(ridge(476, 50, 4, 5)), "8b9d8d"); img = lay(img, below(ridge(500, 30, 9, 14, 8, .65)), "4f6149")
    f = below(np.full(W, 508.0) + 14 * np.sin(np.linspace(0, 5, W)))
    t = np.clip((YY - 505) / 455, .002, 1)
    img = lay(img, f, gradient([(.5, "e3c06c"), (.7, "d3a548"), (1, "93652a")]))
    u = (XX - 560) / (0.09 + t)
    rows = np.sin(u / 28 + fbm(5, (8, 8), 4) * 2)
    img = lay(img, f * smooth(rows, .1, 1) * t, "7a5522", .5)
    xs = np.random.default_rng(3)
    fine = np.asarray(Image.fromarray(xs.random((H // 14, W)).astype(np.float32)).resize((W, H), Image.BICUBIC))
    img = lay(img, f * smooth(fine, .62, .95) * (.25 + t), "f6dd96", .65); img = lay(img, f * smooth(1 - fine, .7, .98) * t, "5f421b", .5)
    for off in (-46, 46): img = lay(img, f * np.exp(-((u - off * 3 - 60) / 20) ** 2), "6a4a22", .75)
    def ears(p, v=255):
        r = np.random.default_rng(7)
        for _ in range(190):
            x = r.random() * W; h = r.uniform(70, 230); b = r.normal(0, 26); top = (x + b, 965 - h)
            p.line([(x, 965), (x + b * .4, 965 - h * .6), top], 1.5)
            for k in range(7):
                for s in (-1, 1): p.oval(top[0] + s * 3.6 + b * .02 * k, top[1] - k * 6.2 + 10, 2.7, 5)
            for k in (-9, 0, 9): p.line([(top[0], top[1] - 30), (top[0] + k, top[1] - 66)], .6)
    m = shape(ears, .6); img = lay(img, m, "c48f3a"); img = lay(img, m * smooth(XX + YY * .5, 1000, 1700), "f3d083", .6)
    dx, dy = 660, 268
    def drone(p):
        p.rect(dx - 34, dy - 9, dx + 34, dy + 13, r=8); p.poly([(dx - 20, dy + 12), (dx + 20, dy + 12), (dx + 12, dy + 28), (dx - 12, dy + 28)])
        for s, l in ((-1, 120), (1, 120), (-1, 76), (1, 76)):
            yy = dy - 14 if l == 120 else dy - 24
            p.line([(dx + s * 24, dy), (dx + s * l, yy)], 4.5); p.rect(dx + s * l - 5, yy - 15, dx + s * l + 5, yy + 5)
        for s in (-1, 1): p.line([(dx + s * 26, dy + 12), (dx + s * 42, dy + 44), (dx + s * 62, dy + 44)], 3)
    img = lay(img, shape(lambda p: [p.oval(dx + s * l, dy - y, 56, 4.5) for s in (-1, 1) for l, y in ((120, 30), (76, 40))], 2), "3a4550", .45)
    img = lay(img, shape(drone, .5), "252c36"); img = light(img, dx + 20, dy + 2, 4, "ff5a40", 1)
    img = lay(img, shape(lambda p: (p.person(1010, 560, 92, .02), p.line([(1006, 508), (984, 514)], 4)), .6), "2a2c2a")
    return finish(img, 202, vignette=.35)


def train():
    img = gradient([(0, "0a1430"), (.35, "1c2c54"), (.55, "41537d"), (.62, "6c789a")])
    img = stars(img, 5, 700, 380)
    img = light(img, 1120, 150, 60, "cfdcff", .3); img = lay(img, shape(lambda p: p.oval(1120, 150, 30), .8), "eaf0ff")
    for y, a, s, c in ((470, 220, 3, "35466f"), (540, 120, 8, "22325a")):
        line = ridge(y, a, s, 5, 8); m = below(line); img = lay(img, m, c)
        img = lay(img, m * smooth(fbm(s + 3, (10, 24), 6, .6) - (YY - line[None, :]) / 400, .32, .5), "8fa0c4", .6)
    rng = np.random.default_rng(9)
    far = shape(lambda p: [fir(p, x, 612 + rng.uniform(-6, 8), rng.uniform(60, 110), rng) for x in np.arange(-10, 1460, 22)], .8)
    img = lay(img, far, "142142"); img = mist(img, 600, 50, "5b6c98", .55, 4)
    snowf = below(ridge(618, 22, 11, 3, 4)); img = lay(img, snowf, gradient([(.6, "5c6c96"), (1, "2b3a62")]))
    img = lay(img, snowf * smooth(fbm(12, (14, 7), 5), .5, .8), "8b9cc4", .5)
    # the track comes towards us in a curve
    def at(s):
        return 1460 - 1260 * s, 800 - 168 * s ** .8, 1.0 - .78 * s
    cars = []
    for i in range(6):
        a, b = .02 + i * .163, .02 + i * .163 + .155; cars.append((at(a), at(b)))
    top = shape(lambda p: [p.poly([(x0, y0 - 150 * h0), (x1, y1 - 150 * h1), (x1, y1), (x0, y0)]) for (x0, y0, h0), (x1, y1, h1) in cars], .7)
    img = lay(img, top, "16284a"); roof = shape(lambda p: [p.poly([(x0, y0 - 164 * h0), (x1, y1 - 164 * h1), (x1, y1 - 142 * h1), (x0, y0 - 142 * h0)]) for (x0, y0, h0), (x1, y1, h1) in cars], .8)
    img = lay(img, roof, "b9c6e2", .9)
    def wins(p, glow=255):
        r = np.random.default_rng(4)
        for (x0, y0, h0), (x1, y1, h1) in cars:
            for k in range(9):
                if r.random() < .16: continue
                q0, q1 = (k + .18) / 9, (k + .8) / 9
                f = lambda q, lvl: (x0 + (x1 - x0) * q, (y0 + (y1 - y0) * q) - lvl * (h0 + (h1 - h0) * q))
                p.poly([f(q0, 116), f(q1, 116), f(q1, 72), f(q0, 72)], glow)
    img = shine(img, shape(wins), "ffbf6b", 9, .62)
    beamless = np.exp(-((YY - (830 - 168 * np.clip((1460 - XX) / 1260, 0, 1) ** .8)) / 26) ** 2) * np.clip((XX - 160) / 600, 0, 1)
    img = img + (beamless * .26)[..., None] * rgb("ffbe70")
    ex, ey, eh = at(.995); img = light(img, ex - 8, ey - 40, 16, "fff3cf", 1.3); img = light(img, ex - 40, ey - 30, 90, "ffdf9c", .5, 1.8)
    ang = np.arctan2(YY - ey + 38, ex - XX); img = img + (np.exp(-(ang / .16) ** 2) * np.exp(-(ex - XX).clip(0) / 170) * (XX < ex) * .55)[..., None] * rgb("ffe6b0")
    near = shape(lambda p: [fir(p, x, y, h, rng) for x, y, h in ((90, 950, 560), (250, 985, 380), (-30, 990, 620), (1340, 1010, 330), (1440, 1000, 420))], 1)
    img = lay(img, near, "070d20"); img = lay(img, near * smooth(fbm(31, (40, 50), 4), .52, .7), "9fb0d4", .65)
    return finish(snow(img, 6, 700, (1, 3.6), .2, .75), 203)


def observatory():
    img = gradient([(0, "050a1c"), (.4, "0e1c3c"), (.68, "2b3f63"), (.78, "76707c")])
    d = (YY - 60 - (1440 - XX) * .0) * .62 - (XX - 420) * .78 + 120
    core = np.exp(-(d / 165) ** 2); n = fbm(41, (6, 8), 7, .58); dust = fbm(42, (8, 10), 7, .6)
    veil = core * (.35 + .9 * n) * (1 - .85 * smooth(dust, .5, .75) * np.exp(-(d / 70) ** 2)) * np.clip(1 - YY / 900, .15, 1)
    img = img + veil[..., None] * rgb("93a4d6") * .62 + (veil ** 2.2)[..., None] * rgb("e8b08e") * .45
    img = stars(img, 43, 5200, 720, .85); img = stars(img, 44, 500, 700, 1.1)
    img = light(img, 240, 730, 90, "ffb877", .3, 3)
    img = lay(img, below(ridge(720, 110, 6, 4)), "131c30"); img = mist(img, 750, 40, "3c4a66", .5, 3)
    hill = below(ridge(840, 40, 12, 3) - 110 * np.exp(-((np.arange(W) - 960) / 300) ** 2)); img = lay(img, hill, "060a14")
    cx, cy, R = 970, 640, 138
    dome = shape(lambda p: (p.oval(cx, cy, R), p.rect(cx - R, cy, cx + R, cy + 130)), .7); img = lay(img, dome, "42506e")
    img = lay(img, dome * smooth(XX, cx - R, cx + R * .9), "0b1120", .85); img = lay(img, dome * (np.abs(YY - cy - 4) < 5), "0a101c", .9)
    img = lay(img, shape(lambda p: p.rect(cx - R - 8, cy + 96, cx + R + 8, cy + 150), .6), "0a0f1c")
    slit = shape(lambda p: p.poly([(cx - 62, cy - 128), (cx - 26, cy - 138), (cx - 16, cy - 2), (cx - 58, cy - 2)]), .6)
    img = shine(lay(img, slit, "1a0c08"), slit * smooth(YY, cy - 160, cy), "e86a3a", 9, .3)
    img = lay(img, shape(lambda p: p.poly([(cx - 92, cy - 150), (cx - 70, cy - 160), (cx - 28, cy - 24), (cx - 48, cy - 20)]), .6), "0a0e18")
    img = shine(img, shape(lambda p: p.rect(cx + 36, cy + 56, cx + 62, cy + 96)), "ff8a4a", 8, .4)
    img = lay(img, shape(lambda p: (p.person(700, 800, 96, .03), p.person(742, 798, 70), p.line([(640, 806), (664, 742), (690, 806)], 3), p.line([(648, 716), (690, 752)], 8)), .6), "03060c")
    return finish(img, 204, vignette=.5)


def forest():
    img = gradient([(0, "6d8a6e"), (.4, "c9cf9c"), (.6, "e9dfae"), (1, "4a4a2c")])
    img = light(img, 780, 380, 210, "fff0b8", .7)
    rng = np.random.default_rng(3)
    for layer, (c, n, w, base) in enumerate((("a9b58a", 46, 7, 520), ("7f9270", 30, 13, 560), ("4e634c", 18, 24, 620), ("263528", 9, 48, 760))):
        xs = [x for x in rng.random(n * 2) * W if abs(x - 760) > (40 + 75 * layer)][:n]
        def trunks(p):
            for x in xs:
                ww = w * rng.uniform(.6, 1.2); l = rng.normal(0, 16)
                p.poly([(x - ww * .4 + l, -10), (x + ww * .4 + l, -10), (x + ww * .6, base), (x + ww * 1.1, base + 30), (x - ww * 1.1, base + 30), (x - ww * .6, base)])
        img = lay(img, shape(trunks, 2.6 - layer * .6), c)
        crown = smooth(fbm(50 + layer, (7 + layer, 9), 6, .6) + (260 - YY) / 620 - .05 * layer, .48, .62)
        img = lay(img, crown, ("b7bf7e", "94a35c", "6d7d3c", "2f4026")[layer], .8)
        g = below(ridge(base + 14, 40, 60 + layer, 5, 6)); img = lay(img, g, ("a9a86a", "84854a", "5c5c30", "36371f")[layer])
        img = mist(img, base - 40, 90, "f0e7b6", .34 - .07 * layer, layer)
    t = np.clip((YY - 560) / 400, 0, 1)
    path = np.exp(-((XX - 770 - 90 * np.sin(t * 3)) / (16 + 190 * t)) ** 4) * (YY > 560)
    img = lay(img, path, "c3a876", .85); img = lay(img, path * smooth(fbm(71, (26, 20), 5), .5, .75), "7c6844", .5)
    ang = np.arctan2(XX - 1100, YY + 420); rays = smooth(np.sin(ang * 34 + fbm(72, (2, 5), 3) * 5), .3, 1) * smooth(YY, 60, 330) * np.exp(-np.hypot(XX - 780, YY - 240) / 420)
    img = img + (rays * .24)[..., None] * rgb("fff2c0")
    img = lay(img, shape(lambda p: (p.person(768, 690, 108), p.person(822, 696, 96, .02), p.poly([(862, 690), (900, 684), (908, 672), (914, 690), (904, 694), (904, 708), (898, 708), (896, 696), (874, 698), (872, 710), (866, 710)])), .7), "2a2a1c")
    leaf = smooth(fbm(73, (60, 80), 3), .66, .8) * (YY > 640); img = lay(img, leaf, "c9722c", .75)
    return finish(img, 205)


SCENES = {"glacier-stakes": glacier, "wheat-drone": wheat, "night-train": train, "observatory": observatory, "forest-path": forest}
