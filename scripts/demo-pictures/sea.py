"""Scenes of water: harbour, lighthouse, bridge, wind farm, pier."""
import numpy as np
from brush import *


def harbour():
    img = gradient([(0, "172a4a"), (.28, "3d4a72"), (.42, "a2687a"), (.52, "e99a6a"), (.58, "f7c58b")])
    c = fbm(11, (5, 3), 6)
    img = lay(img, smooth(c, .5, .8) * np.clip(1 - YY / 560, 0, 1), "d98a78", .55)
    img = light(img, 1000, 560, 170, "ffb070", .55, 2.2)
    img = lay(img, below(ridge(520, 90, 5)), "4a4666"); img = mist(img, 548, 30, "d99a84", .5)
    img = lay(img, below(ridge(548, 46, 8, 9)), "2c3150")
    rng = np.random.default_rng(4)
    # town along the quay
    houses, x = [], 0
    while x < 640:
        w = rng.uniform(26, 58); h = rng.uniform(30, 92); houses.append((x, w, h)); x += w * .92
    def town(p):
        for x, w, h in houses:
            p.rect(x, 575 - h, x + w, 580); p.poly([(x - 2, 575 - h), (x + w / 2, 575 - h - w * .45), (x + w + 2, 575 - h)])
        p.rect(300, 420, 326, 580); p.poly([(294, 422), (313, 350), (332, 422)])
    img = lay(img, shape(town, .7), "1b2138")
    def windows(p):
        for x, w, h in houses:
            for wx in np.arange(x + 6, x + w - 8, 11):
                for wy in np.arange(575 - h + 8, 566, 15):
                    if rng.random() < .42: p.rect(wx, wy, wx + 4.5, wy + 7)
    img = shine(img, shape(windows), "ffc26b", 5, .75)
    # the ferry
    fx, fy = 760, 582
    hull = shape(lambda p: (p.poly([(fx, fy - 46), (fx + 470, fy - 46), (fx + 510, fy - 70), (fx + 480, fy + 2), (fx + 18, fy + 2)]),), .6)
    img = lay(img, hull, "101a2e")
    up = shape(lambda p: (p.poly([(fx + 16, fy - 88), (fx + 440, fy - 88), (fx + 452, fy - 44), (fx + 10, fy - 44)]),
                          p.poly([(fx + 60, fy - 120), (fx + 400, fy - 120), (fx + 418, fy - 86), (fx + 54, fy - 86)]),
                          p.poly([(fx + 300, fy - 148), (fx + 380, fy - 148), (fx + 394, fy - 118), (fx + 296, fy - 118)]),
                          p.poly([(fx + 130, fy - 176), (fx + 184, fy - 176), (fx + 176, fy - 118), (fx + 116, fy - 118)]),
                          p.line([(fx + 346, fy - 148), (fx + 346, fy - 205)], 2)), .6)
    img = lay(img, up, "8d8390"); img = lay(img, up * smooth(YY, fy - 180, fy - 40), "5a5a78", .65)
    def ports(p):
        for i in range(30): p.rect(fx + 30 + i * 13.6, fy - 74, fx + 38 + i * 13.6, fy - 63)
        for i in range(22): p.rect(fx + 74 + i * 14.4, fy - 108, fx + 83 + i * 14.4, fy - 98)
        p.rect(fx + 306, fy - 141, fx + 384, fy - 131)
        for i in range(16): p.oval(fx + 40 + i * 27, fy - 26, 2.6)
    img = shine(img, shape(ports), "ffb964", 4, .5)
    img = light(img, fx + 346, fy - 206, 6, "ff7755", 1.2)
    img = water(img, 584, 21, "0b1730", .5, 20)
    img = lay(img, below(ridge(930, 40, 3, 6), 2) * (XX < 520), "080c18")
    def bollard(p):
        p.poly([(0, 900), (430, 915), (520, 960), (0, 960)]); p.rect(118, 850, 150, 910, r=6); p.rect(108, 842, 160, 860, r=8)
        p.person(260, 912, 128); p.person(312, 914, 118, .02); p.rect(330, 884, 352, 914, r=3)
    img = lay(img, shape(bollard, .8), "070b16")
    return finish(img, 100)


def lighthouse():
    img = gradient([(0, "1c2733"), (.35, "3f5160"), (.6, "7a8a8e"), (.7, "9aa39c")])
    c = fbm(31, (4, 3), 7, .58)
    img = lay(img, smooth(c, .35, .75), "161f2b", .75)
    img = lay(img, smooth(fbm(32, (6, 4), 6), .58, .85) * np.clip(1 - YY / 700, 0, 1), "b9b6a4", .5)
    lx, ly = 940, 300
    ang = np.arctan2(YY - ly, XX - lx); dist = np.hypot(XX - lx, YY - ly)
    for a0, p in ((np.pi - .13, .62), (-.16, .35)):
        da = np.abs(np.angle(np.exp(1j * (ang - a0))))
        beam = np.exp(-(da / .075) ** 2) * np.exp(-dist / 900) * p * (.6 + .7 * fbm(33, (5, 5), 4))
        img = img + beam[..., None] * rgb("ffe9b8")
    sea = below(ridge(640, 26, 41, 7)); img = lay(img, sea, "33474f")
    for i, (y, a, c) in enumerate(((660, 40, "44595f"), (705, 60, "2f444c"), (765, 80, "263a43"), (840, 100, "1a2b34"))):
        line = ridge(y, a, 50 + i, 6, 6, .55); m = below(line)
        img = lay(img, m, c)
        foam = np.exp(-((YY - line[None, :] - 6) / (5 + i * 3)) ** 2) * smooth(fbm(60 + i, (50, 22), 4), .45, .75)
        img = lay(img, np.clip(foam, 0, 1), "dfe6e2", .85)
        streak = smooth(fbm(70 + i, (120, 14), 3), .6, .85) * m * np.exp(-((YY - y - 30) / 40) ** 2)
        img = lay(img, streak, "a9b8b8", .4)
    rock = shape(lambda p: p.poly([(690, 720), (760, 640), (820, 618), (880, 590), (1010, 588), (1070, 622), (1140, 650), (1230, 740), (1280, 800), (640, 800)]), 1)
    n = fbm(80, (14, 20), 5)
    img = lay(img, rock, "12181c"); img = lay(img, rock * smooth(n, .55, .75), "3d4a4c", .6)
    tower = shape(lambda p: p.poly([(908, 596), (920, 330), (960, 330), (972, 596)]), .6)
    img = lay(img, tower, "d9d4c4"); img = lay(img, tower * smooth(XX, 925, 972), "4d5659", .75)
    band = tower * ((np.abs(YY - 400) < 32) | (np.abs(YY - 520) < 34)); img = lay(img, band, "8c3b34", .85)
    img = lay(img, shape(lambda p: (p.rect(908, 322, 972, 332), p.poly([(916, 284), (940, 258), (964, 284)]), p.rect(938, 244, 942, 262)), .5), "1a2024")
    img = shine(img, shape(lambda p: p.rect(922, 284, 958, 322)), "ffe7ad", 14, .95); img = light(img, lx, ly, 60, "ffe0a0", .5)
    # the sea breaking on the rock
    spray = np.exp(-(((XX - 735) / 105) ** 2 + ((YY - 610) / 130) ** 2)) * 1.25 + np.exp(-(((XX - 640) / 140) ** 2 + ((YY - 715) / 60) ** 2))
    spray = np.clip(spray * smooth(fbm(90, (26, 34), 6, .6), .38, .72), 0, 1)
    img = lay(img, spray, "eef1ec", .92)
    img = lay(img, smooth(fbm(91, (40, 40), 4), .5, .8) * np.exp(-((YY - 800) / 60) ** 2), "cfd8d6", .55)
    return finish(rain(img, 92, 900, .5, .15), 101)


def bridge():
    img = gradient([(0, "a9b3bb"), (.5, "d8d3c8"), (.75, "c5c6c2"), (1, "9aa4a8")])
    img = light(img, 1090, 250, 120, "fff2d6", .35); img = light(img, 1090, 250, 30, "ffffff", .4)
    for y, a, s, c in ((560, 120, 5, "bcc3c6"), (600, 90, 6, "a5b0b6")): img = lay(img, below(ridge(y, a, s, 4), 4), c)
    img = mist(img, 600, 90, "d9d7cf", .9, 7)
    def span(p):
        p.poly([(0, 470), (1440, 548), (1440, 562), (0, 500)])
        for x, s in ((330, 1.0), (880, .72), (1220, .55)):
            y = 486 + (x / 1440) * 70
            p.poly([(x - 16 * s, y - 330 * s), (x - 6 * s, y - 330 * s), (x - 8 * s, y + 240 * s), (x - 24 * s, y + 240 * s)])
            p.poly([(x + 6 * s, y - 330 * s), (x + 16 * s, y - 330 * s), (x + 24 * s, y + 240 * s), (x + 8 * s, y + 240 * s)])
            p.rect(x - 12 * s, y - 300 * s, x + 12 * s, y - 286 * s); p.rect(x - 14 * s, y - 150 * s, x + 14 * s, y - 136 * s)
            for k in range(1, 13):
                for d in (-1, 1):
                    xe = x + d * k * 27 * s; p.line([(x, y - 326 * s + k * 10 * s), (xe, 486 + xe / 1440 * 70 + 4)], 1.1)
    m = shape(span, .8); img = lay(img, m * (1 - smooth(XX, 200, 1300) * .72), "39474f")
    img = mist(img, 690, 120, "dcdad3", .95, 9)
    img = lay(img, smooth(fbm(13, (6, 4), 5), .45, .8) * smooth(YY, 380, 640), "e3e1da", .6)
    w = smooth(YY, 740, 760); img = lay(img, w, "93a0a6", .7)
    img = lay(img, w * smooth(fbm(15, (120, 8), 3), .52, .8), "c6ccce", .6)
    def boat(p):
        p.poly([(470, 800), (640, 800), (622, 830), (492, 830)]); p.rect(560, 768, 606, 802, r=3); p.line([(540, 800), (540, 716)], 2.2)
        p.person(512, 802, 50); p.line([(516, 776), (456, 742)], 1.2)
    img = lay(img, shape(boat, .9), "222d35"); img = lay(img, shape(lambda p: p.oval(556, 846, 110, 12), 8), "4b585f", .6)
    for x, h in ((60, 150), (92, 210), (132, 130), (30, 190), (170, 90)):
        img = lay(img, shape(lambda p: p.line([(x, 960), (x + 14, 960 - h), (x + 34, 948 - h)], 2.4), 1), "2b3433", .9)
    return finish(img, 102, grain=.01)


def windfarm():
    img = gradient([(0, "6f8fae"), (.3, "a9bcc6"), (.5, "ead8b8"), (.56, "f3cf9d")])
    img = light(img, 380, 520, 150, "ffd08a", .6, 2); img = light(img, 380, 512, 26, "fff4d0", 1)
    img = lay(img, smooth(fbm(3, (7, 3), 6), .5, .78) * np.clip(1 - YY / 560, 0, 1), "f1dcc0", .6)
    img = lay(img, smooth(fbm(6, (14, 3), 5), .56, .8) * np.exp(-((YY - 330) / 120) ** 2), "7e8ea3", .45)
    rng = np.random.default_rng(2)
    for x, s in sorted([(140, .3), (250, .34), (420, .3), (560, .36), (700, .3), (830, .42), (960, .34), (610, .78), (1180, 1.25), (320, .56)], key=lambda t: t[1]):
        a = rng.random() * 2
        def mill(p):
            base, hub = 545 + 34 * s, 545 - 330 * s
            p.poly([(x - 7 * s, base), (x - 3 * s, hub), (x + 3 * s, hub), (x + 7 * s, base)]); p.rect(x - 12 * s, base - 6 * s, x + 12 * s, base + 5 * s)
            p.oval(x, hub, 6 * s)
            for k in range(3):
                t = a + k * 2.0944; dx, dy = np.cos(t), np.sin(t); L = 165 * s
                p.poly([(x, hub), (x + dx * L * .2 - dy * 8 * s, hub + dy * L * .2 + dx * 8 * s), (x + dx * L, hub + dy * L), (x + dx * L * .2 + dy * 2 * s, hub + dy * L * .2 - dx * 2 * s)])
        f = min(1, .35 + s * .55)
        img = lay(img, shape(mill, .6), "4a5b70" if s < 1 else "37475c", f)
    img = mist(img, 545, 24, "f2d6ac", .55)
    img = water(img, 548, 17, "1e4258", .55, 16, .95)
    def ship(p):
        p.poly([(470, 652), (800, 652), (786, 690), (492, 690)]); p.rect(500, 600, 575, 654); p.rect(508, 576, 560, 602); p.line([(690, 652), (690, 560), (770, 610)], 3.4)
        p.oval(640, 634, 46, 22)
    img = lay(img, shape(ship, .7), "a5402f"); img = lay(img, shape(ship, .7) * smooth(YY, 590, 700), "2a2228", .75)
    img = shine(img, shape(lambda p: [p.rect(508 + i * 14, 584, 517 + i * 14, 592) for i in range(4)]), "ffe0a0", 5, .5)
    img = lay(img, np.exp(-(((XX - 640) / 220) ** 2 + ((YY - 694) / 7) ** 2)), "eef0e8", .7)
    return finish(img, 103)


def pier():
    img = gradient([(0, "7b8fa8"), (.4, "c3b7bb"), (.55, "f0c9a8"), (.6, "f6dcb8")])
    img = lay(img, smooth(fbm(2, (6, 3), 6), .52, .8) * np.clip(1 - YY / 600, 0, 1), "f7e2cf", .7)
    img = light(img, 720, 560, 210, "ffcf9a", .45, 1.8)
    img = lay(img, below(ridge(560, 50, 14, 4)), "8f8fa6"); img = mist(img, 570, 26, "f4d9ba", .7)
    img = water(img, 582, 5, "516a80", .4, 14, .95)
    n = fbm(6, (10, 60), 3)
    deck = shape(lambda p: p.poly([(690, 584), (750, 584), (1180, 960), (260, 960)]), .6)
    t = np.clip((YY - 584) / 376, .001, 1)
    plank = (np.sin(60 * np.log(t + .06)) > .86).astype(np.float32)
    img = lay(img, deck, "8d7f78"); img = lay(img, deck * smooth(n, .4, .8), "b39c8c", .6); img = lay(img, deck * blur(plank, .8), "4c444a", .7)
    img = lay(img, deck * np.exp(-((XX - 720) / (30 + 240 * t)) ** 2), "ffe0b8", .3)
    def rail(p):
        for k in range(9):
            t = (k / 8) ** 1.9; y = 588 + t * 372; dl = 690 - t * 430; dr = 750 + t * 430; h = 12 + 190 * t
            for x in (dl, dr): p.rect(x - 1.2 - 5 * t, y - h, x + 1.2 + 5 * t, y + 4)
        for f in (1, .55):
            p.line([(690, 588 - 12 * f), (260, 960 - 202 * f)], 2.6); p.line([(750, 588 - 12 * f), (1180, 960 - 202 * f)], 2.6)
    img = lay(img, shape(rail, .8), "3a3744")
    img = lay(img, shape(lambda p: (p.person(742, 640, 66), p.person(706, 690, 96), p.rect(716, 664, 732, 690, r=2), p.person(640, 760, 128, .02), p.person(668, 764, 92)), .8), "2a2a38")
    rng = np.random.default_rng(8)
    def gulls(p):
        for _ in range(11):
            x, y, s = rng.uniform(150, 1300), rng.uniform(120, 420), rng.uniform(7, 20)
            p.line([(x - s, y - s * .3), (x - s * .4, y - s * .5), (x, y), (x + s * .4, y - s * .5), (x + s, y - s * .2)], 2)
    img = lay(img, shape(gulls, .6), "4b4a5c")
    return finish(img, 104)


SCENES = {"harbour-ferry": harbour, "lighthouse-storm": lighthouse, "bridge-fog": bridge, "wind-farm": windfarm, "pier-morning": pier}
