"""Scenes of streets and squares: bell tower, football in fog, book van, night market."""
import numpy as np
from brush import *


def roofs(p, y, x0, x1, w, h, rng, steep=.5):
    """A row of gabled houses standing on y; returns their boxes."""
    boxes, x = [], x0
    while x < x1:
        ww, hh = rng.uniform(*w), rng.uniform(*h)
        p.rect(x, y - hh, x + ww, y + 400); p.poly([(x - 4, y - hh), (x + ww / 2, y - hh - ww * steep), (x + ww + 4, y - hh)])
        if rng.random() < .6: p.rect(x + ww * .68, y - hh - ww * .42, x + ww * .8, y - hh - ww * .05)
        boxes.append((x, y - hh, ww, hh)); x += ww * .96
    return boxes


def panes(p, boxes, rng, share, size, step, down):
    for x, y, w, h in boxes:
        for wx in np.arange(x + size, x + w - size * 1.4, step):
            for wy in np.arange(y + size, y + down, step * 1.35):
                if rng.random() < share: p.rect(wx, wy, wx + size, wy + size * 1.45)


def bell():
    img = gradient([(0, "101c33"), (.4, "2a3d58"), (.7, "5b6c7d"), (1, "3a4754")])
    img = stars(img, 4, 260, 300, .6)
    img = light(img, 420, 210, 230, "b9cbe2", .3); img = light(img, 420, 210, 80, "dfe9f5", .35)
    img = lay(img, shape(lambda p: p.oval(420, 210, 44), 1.2), "f2f4ee", .95); img = lay(img, shape(lambda p: p.oval(420, 210, 44), 1) * smooth(fbm(7, (40, 60), 3), .5, .8), "c9cfd2", .5)
    img = lay(img, smooth(fbm(12, (9, 3), 6), .5, .8) * np.exp(-((YY - 260) / 120) ** 2), "8495a8", .5)
    rng = np.random.default_rng(21); far = []
    img = lay(img, shape(lambda p: far.extend(roofs(p, 660, -20, 1460, (50, 90), (30, 110), rng)), 1.6), "33455a")
    img = shine(img, shape(lambda p: panes(p, far, rng, .1, 6, 20, 90)), "f0b868", 8, .4)
    img = mist(img, 650, 90, "8b9aa8", .8, 3)
    x, top = 880, 150
    def tower(p):
        p.rect(x - 78, top + 150, x + 78, 960); p.rect(x - 92, top + 130, x + 92, top + 158); p.rect(x - 88, top + 330, x + 88, top + 344)
        p.poly([(x - 88, top + 132), (x, top - 70), (x + 88, top + 132)]); p.rect(x - 3, top - 128, x + 3, top - 60); p.oval(x, top - 112, 9)
        p.poly([(x - 16, top - 128), (x + 22, top - 138), (x - 4, top - 146)])
    m = shape(tower, .8); img = lay(img, m, "232f40")
    stone = smooth(np.abs(np.sin(YY / 11)) + .35 * fbm(31, (60, 60), 2), .15, .4)
    img = lay(img, m * smooth(x + 30 - XX, -70, 90), "6d7f90", .6); img = lay(img, m * (1 - stone), "141d2b", .35); img = lay(img, m * smooth(fbm(33, (24, 40), 5), .55, .8), "8595a2", .25)
    belfry = shape(lambda p: [p.rect(x + d - 24, top + 205, x + d + 24, top + 318, r=22) for d in (-36, 36)], .7); img = lay(img, belfry, "0a111c")
    img = lay(img, shape(lambda p: (p.poly([(x - 56, top + 296), (x - 47, top + 250), (x - 30, top + 250), (x - 18, top + 296)]),), .8) * belfry, "b28a4a", .85)
    img = light(img, x - 36, top + 290, 26, "ffb860", .3)
    face = shape(lambda p: p.oval(x, top + 420, 56), .8); img = lay(img, face, "f2dfae"); img = shine(img, face, "ffdf98", 18, .12)
    def hands(p):
        for k in range(12):
            a = k * np.pi / 6; p.line([(x + 44 * np.sin(a), top + 420 - 44 * np.cos(a)), (x + 51 * np.sin(a), top + 420 - 51 * np.cos(a))], 3)
        p.line([(x, top + 420), (x + 4, top + 380)], 3); p.line([(x, top + 420), (x + 23, top + 395)], 4.5); p.oval(x, top + 420, 4)
    img = lay(img, shape(hands, .5), "20242c")
    img = mist(img, 640, 110, "94a2ae", .6, 5)
    near = []
    img = lay(img, shape(lambda p: near.extend(roofs(p, 900, -40, 1480, (130, 210), (60, 190), rng)), 1.2) , "141d2a")
    img = lay(img, shape(lambda p: panes(p, near, rng, .0, 10, 30, 10)), "000000")
    lit = shape(lambda p: panes(p, near, rng, .16, 15, 42, 170)); img = shine(img, lit, "ffbd68", 10, .5)
    def gulls(p):
        for gx, gy, s in ((640, 330, 15), (700, 290, 11), (1050, 260, 13), (1120, 330, 17), (740, 380, 9)):
            p.line([(gx - s, gy - s * .4), (gx - s * .4, gy - s * .6), (gx, gy), (gx + s * .4, gy - s * .6), (gx + s, gy - s * .3)], 2)
    img = lay(img, shape(gulls, .7), "dbe3e8", .8)
    img = lay(img, smooth(fbm(41, (5, 3), 5), .42, .8) * smooth(YY, 480, 760) * (1 - smooth(YY, 860, 960)), "9aa8b3", .5)
    return finish(img, 301, vignette=.5)


def football():
    img = gradient([(0, "0c1424"), (.3, "1f3040"), (.45, "54706f"), (.5, "5c7a6c")])
    img = lay(img, shape(lambda p: (p.poly([(0, 330), (1440, 352), (1440, 470), (0, 470)]), p.poly([(0, 322), (1440, 344), (1440, 352), (0, 332)])), 2), "1b2a36")
    crowd = np.random.default_rng(5)
    img = lay(img, shape(lambda p: [p.oval(crowd.random() * W, crowd.uniform(366, 458), 3.6, 4.6) for _ in range(1500)], 1.2), "8796a0", .38)
    field = smooth(YY, 466, 472); t = np.clip((YY - 466) / 494, .002, 1)
    img = lay(img, field, gradient([(.48, "5f8a63"), (.7, "3f7a4b"), (1, "1f4a30")]))
    bands = smooth(np.sin(np.log(t + .12) * 17), -.15, .15); img = lay(img, field * bands, "6ea269", .32)
    img = lay(img, field * smooth(fbm(51, (70, 30), 3), .5, .8), "2a5a38", .35)
    def marks(p):
        p.line([(0, 520), (1440, 520)], 3); p.line([(720, 520), (700, 960)], 5)
        p.d.ellipse([(720 - 330) * 2, 640 * 2, (720 + 310) * 2, 800 * 2], outline=255, width=9)
        p.line([(-40, 905), (1500, 930)], 6)
    img = lay(img, shape(marks, 1), "e4ece2", .7)
    def goal(p):
        p.line([(1150, 548), (1150, 450), (1350, 462), (1350, 566)], 6)
        for k in range(1, 14): p.line([(1150 + k * 14.3, 450 + k * .9), (1164 + k * 14, 540 + k)], .8)
        for k in range(1, 7): p.line([(1150, 450 + k * 14), (1350, 462 + k * 15)], .8)
    img = lay(img, shape(goal, .7), "eef2ee", .8)
    rng = np.random.default_rng(15)
    for x, y, h, c, lean in ((980, 560, 66, "b23b32", .05), (1090, 590, 74, "e6e2d4", -.04), (820, 610, 84, "e6e2d4", .05), (560, 586, 74, "b23b32", -.03), (300, 650, 98, "e6e2d4", .02), (900, 700, 126, "b23b32", .09), (1010, 716, 130, "e6e2d4", -.08), (470, 760, 148, "b23b32", .04)):
        for dx in (-1, 1): img = lay(img, shape(lambda p: p.poly([(x - 6, y - 2), (x + 6, y - 2), (x + dx * h * 1.1 + 6, y + h * .34), (x + dx * h * 1.1 - 10, y + h * .34)]), 4), "0f2a1c", .35)
        m = shape(lambda p: (p.person(x, y, h, lean, legs=False), p.line([(x - h * .05, y - h * .42), (x - h * .2, y - h * .2), (x - h * .26, y)], h * .07), p.line([(x + h * .05, y - h * .42), (x + h * .16, y - h * .22), (x + h * .1, y - h * .02)], h * .07), p.line([(x - h * .14, y - h * .74), (x - h * .3, y - h * .52)], h * .05), p.line([(x + h * .14, y - h * .74), (x + h * .32, y - h * .6)], h * .05)), .7)
        img = lay(img, m, "1c1d22"); img = lay(img, m * smooth(y - YY, h * .42, h * .46) * (1 - smooth(y - YY, h * .80, h * .83)), c, .92); img = lay(img, m * smooth(y - YY, h * .84, h * .86), "d0a98c", .7)
    img = lay(img, shape(lambda p: p.oval(962, 708, 8), .7), "f6f4ea")
    lamps = [(150, 90), (1270, 74)]
    for i in range(4):
        img = lay(img, np.clip(smooth(fbm(61 + i, (4 + i, 3), 6), .4, .78) * smooth(YY, 210 + 90 * i, 420 + 90 * i) * (1 - smooth(YY, 560 + 90 * i, 760 + 100 * i)), 0, 1), "b9c9c6", .5)
    for lx, ly in lamps:
        img = lay(img, shape(lambda p: (p.poly([(lx - 6, ly), (lx + 6, ly), (lx + 10, 480), (lx - 10, 480)]),), .8) * (1 - smooth(YY, 180, 470)), "0d1522")
        img = shine(img, shape(lambda p: [p.oval(lx - 48 + k * 24, ly - 24 + r * 22, 8.5) for k in range(5) for r in range(3)]), "f4fbff", 12, .75)
        img = light(img, lx, ly, 110, "dcecf2", .55); img = light(img, lx, ly + 60, 340, "b9d0d4", .3)
        ang = np.arctan2(XX - lx - (640 - lx) * .0 , YY - ly) - np.arctan2(720 - lx, 560); img = img + (np.exp(-(ang / .42) ** 2) * np.exp(-np.hypot(XX - lx, YY - ly) / 420) * .3)[..., None] * rgb("dcecf0")
    return finish(img, 302, vignette=.42)


def van():
    img = gradient([(0, "26365c"), (.3, "59648a"), (.5, "b38d92"), (.58, "dba98b")])
    img = lay(img, smooth(fbm(3, (5, 3), 6), .52, .8) * np.clip(1 - YY / 480, 0, 1), "8f86a0", .55)
    line = ridge(420, 260, 14, 4, 8); m = below(line); img = lay(img, m, "59648a"); img = lay(img, m * smooth(fbm(9, (10, 26), 6, .6) - (YY - line[None, :]) / 420, .3, .44), "d9c9d2", .8)
    img = mist(img, 540, 70, "b49ba6", .6, 3)
    rng = np.random.default_rng(6); left, right = [], []
    img = lay(img, shape(lambda p: roofs(p, 600, 420, 1000, (60, 100), (24, 70), rng, .55), 1.2), "4a5274")
    for boxes, x0, x1, y in ((left, -120, 430, 690), (right, 1030, 1560, 690)):
        m = shape(lambda p: boxes.extend(roofs(p, y, x0, x1, (190, 250), (190, 250), rng, .42)), 1); img = lay(img, m, "2e3452"); img = lay(img, m * smooth(fbm(y + x0, (4, 90), 3), .5, .8), "454b6c", .35)
        img = lay(img, shape(lambda p: [p.poly([(x - 12, yy + 2), (x + w / 2, yy - w * .42 - 22), (x + w + 12, yy + 2), (x + w + 8, yy + 20), (x + w / 2, yy - w * .42 + 4), (x - 8, yy + 20)]) for x, yy, w, h in boxes], 1.6), "ccd2e6")
        img = shine(img, shape(lambda p: panes(p, boxes, rng, .5, 26, 66, 190)), "ffbe6c", 12, .5)
    ground = below(ridge(690, 20, 31, 4, 5)); img = lay(img, ground, gradient([(.7, "97a0c4"), (1, "4b5480")])); img = lay(img, ground * smooth(fbm(32, (16, 6), 5), .5, .8), "c6cbe2", .6)
    t = np.clip((YY - 690) / 270, 0, 1)
    for s in (-1, 1): img = lay(img, ground * np.exp(-((XX - 760 - s * (30 + 190 * t) + 120 * t * t) / (7 + 26 * t)) ** 2), "4a527a", .6)
    vx, vy = 700, 800
    img = lay(img, shape(lambda p: p.oval(vx + 20, vy + 6, 260, 16), 8), "343b60", .7)
    body = shape(lambda p: (p.rect(vx - 210, vy - 232, vx + 150, vy - 28, r=16), p.poly([(vx + 140, vy - 196), (vx + 190, vy - 186), (vx + 224, vy - 112), (vx + 246, vy - 98), (vx + 246, vy - 28), (vx + 140, vy - 28)])), .8)
    img = lay(img, body, "8a2f2c"); img = lay(img, body * smooth(YY, vy - 150, vy - 20), "431a24", .7); img = lay(img, body * smooth(vx - 60 - XX, 0, 200), "5a2028", .5)
    img = lay(img, shape(lambda p: p.rect(vx - 214, vy - 250, vx + 156, vy - 222, r=13), 1.4), "e6e9f4")
    win = shape(lambda p: [p.rect(vx - 190 + k * 108, vy - 196, vx - 96 + k * 108, vy - 108, r=5) for k in range(3)], .6); img = lay(img, win, "f6cd84"); img = shine(img, win, "ffc470", 16, .2)
    def books(p):
        r = np.random.default_rng(3)
        for k in range(3):
            for lv in (0, 1):
                bx = vx - 186 + k * 108
                while bx < vx - 104 + k * 108:
                    w = r.uniform(4, 9); h = r.uniform(24, 36)
                    if r.random() < .85: p.rect(bx, vy - 154 + lv * 44 - h, bx + w, vy - 154 + lv * 44, int(r.uniform(120, 255)))
                    bx += w + 1.5
    img = lay(img, shape(books, .5) * win, "7a3a24", .75); img = lay(img, shape(lambda p: p.poly([(vx + 150, vy - 184), (vx + 186, vy - 176), (vx + 212, vy - 116), (vx + 150, vy - 116)]), .6), "f0c98a", .8)
    img = lay(img, shape(lambda p: [(p.oval(x, vy - 26, 36), ) for x in (vx - 130, vx + 160)], .7), "14172a"); img = lay(img, shape(lambda p: [p.oval(x, vy - 26, 16) for x in (vx - 130, vx + 160)], .7), "8790ae")
    img = light(img, vx + 252, vy - 74, 12, "fff0c4", 1.1); img = light(img, vx + 340, vy - 52, 80, "ffdf9c", .45, 1.9)
    img = img + (np.exp(-(((XX - vx + 60) / 250) ** 2 + ((YY - vy - 24) / 34) ** 2)) * .3)[..., None] * rgb("ffc070")
    img = lay(img, shape(lambda p: (p.person(vx - 300, vy + 14, 140, .02), p.person(vx - 352, vy + 18, 92), p.person(vx - 400, vy + 16, 134, -.02), p.rect(vx - 286, vy - 62, vx - 262, vy - 44)), .7), "1a1d34")
    return finish(snow(img, 16, 620, (1, 3.6), .2, .8), 303)


def market():
    img = gradient([(0, "0b1226"), (.35, "1c2140"), (.55, "432b3c"), (.7, "6a3c30")])
    img = stars(img, 8, 200, 240, .5); img = lay(img, below(ridge(300, 160, 19, 4, 7)), "131a33")
    vx, vy = 720, 520
    img = light(img, vx, vy, 150, "ffa860", .7, 1.4)
    rng = np.random.default_rng(12)
    ground = smooth(YY, 560, 600); t = np.clip((YY - 540) / 420, 0, 1); img = lay(img, ground, gradient([(.58, "8a4c2c"), (.8, "3d2226"), (1, "160f18")]))
    img = lay(img, ground * smooth(fbm(13, (60, 8), 3), .5, .75) * np.exp(-((XX - vx) / (60 + 420 * t)) ** 2), "ffb468", .5)
    for k in range(11, -1, -1):
        d = .13 + .87 * (1 - k / 11.5) ** 1.7; warm = ("c2452f", "d98a3a", "8c2f3c", "b86a34")[k % 4]
        for s in (-1, 1):
            x0, x1 = vx + s * (70 + 520 * d), vx + s * (70 + 520 * d + 330 * d); top, base = vy - 230 * d - 10, vy + 330 * d + 20
            wall = shape(lambda p: p.poly([(x0, top - 40 * d), (x0 + s * 40 * d, top - 70 * d), (x1 + s * 90, top - 190 * d), (x1 + s * 200, base), (x0, base)]), 1); img = lay(img, wall, "17131f", .93)
            inner = shape(lambda p: p.rect(x0, top + 60 * d, x1, base - 110 * d), 1); img = lay(img, inner, "f0a452", .62); img = lay(img, inner * np.exp(-((XX - (x0 + x1) / 2) / (abs(x1 - x0) * .5 + 1)) ** 2), "ffdc96", .45)
            def goods(p):
                r = np.random.default_rng(40 + 2 * k + s)
                for lv in range(3):
                    gy = top + (120 + lv * 95) * d; p.rect(x0, gy + 2, x1, gy + 6 * d + 3, 255)
                    for gx in np.arange(min(x0, x1) + 14 * d, max(x0, x1), 30 * d + 2): p.oval(gx, gy - 13 * d, 13 * d * r.uniform(.6, 1.1), 17 * d * r.uniform(.5, 1.1), int(r.uniform(90, 255)))
            img = lay(img, shape(goods, .7) * inner, "6a2a1c", .8)
            counter = shape(lambda p: p.rect(x0 - s * 20 * d, base - 118 * d, x1, base), 1); img = lay(img, counter, "3a1d1c"); img = lay(img, counter * np.exp(-((YY - base + 112 * d) / (10 * d + 2)) ** 2), "ffc47c", .7)
            awn = shape(lambda p: p.poly([(x0 - s * 66 * d, top + 64 * d), (x0 + s * 10 * d, top - 14 * d), (x1 + s * 60 * d, top - 14 * d), (x1 + s * 60 * d, top + 64 * d)]), 1); img = lay(img, awn, warm, .9); img = lay(img, awn * smooth(np.sin((XX - x0) / (9 * d + 2)), .1, .4), "f0d9b0", .3); img = lay(img, awn * smooth(YY, top, top + 70 * d), "1e1018", .45)
            if d > .2: img = lay(img, shape(lambda p: p.person(x0 + s * 120 * d, base - 60 * d, 210 * d, legs=False), 1) * (1 - counter), "1d1016", .9)
            lx, ly = x0 - s * 62 * d, top + 96 * d; lamp = shape(lambda p: (p.oval(lx, ly, 22 * d + 2, 26 * d + 2),), 1)
            img = shine(lay(img, lamp, "e0502c"), lamp, "ff8a44", 10 * d + 4, .5)
        if k in (9, 8, 6, 5, 3, 2):
            for j in range(2):
                px, py, h = vx + rng.uniform(-1, 1) * (60 + 400 * d), vy + 330 * d + 26, 240 * d + 16
                img = lay(img, shape(lambda p: p.person(px, py, h, rng.uniform(-.03, .03)), .8), "120c14", .93)
        if k % 2 == 0: img = mist(img, vy + 40 * d, 90 * d + 20, "f0a868", .16, 90 + k)
    def strings(p):
        for a, b, c in ((60, 200, 300), (20, 120, 210)):
            xs = np.linspace(a, W - a, 40); p.line([(x, b + c * (1 - ((x - 720) / 700) ** 2) * .5) for x in xs], 1)
    img = lay(img, shape(strings, .6), "0b0a12")
    bulbs = shape(lambda p: [p.oval(x, b + c * (1 - ((x - 720) / 700) ** 2) * .5 + 6, 4.6) for a, b, c in ((60, 200, 300), (20, 120, 210)) for x in np.linspace(a, W - a, 22)], .8); img = shine(img, bulbs, "ffd48c", 8, .8)
    steam = smooth(fbm(77, (5, 7), 6, .55), .5, .82) * (np.exp(-((XX - 300) / 190) ** 2) + np.exp(-((XX - 1130) / 200) ** 2)) * smooth(YY, 120, 360) * (1 - smooth(YY, 560, 700)); img = lay(img, np.clip(steam, 0, 1), "f6cda0", .55)
    return finish(img, 304, vignette=.48)


SCENES = {"bell-tower": bell, "football-fog": football, "book-van": van, "night-market": market}
