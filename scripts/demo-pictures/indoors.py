"""Scenes under a roof: orchestra, bakery, reading room."""
import numpy as np
from brush import *


def orchestra():
    img = gradient([(0, "1a0f0c"), (.3, "4a2a18"), (.62, "b9793a"), (.72, "5a3018"), (1, "0d0807")])
    for k in range(11):
        x = 120 + k * 120; m = shape(lambda p: p.rect(x - 50, 60, x + 50, 470), 3); img = lay(img, m, "8a5428" if k % 2 else "77451f", .55); img = lay(img, m * smooth(XX, x, x + 50), "2c170c", .5)
    pipes = np.random.default_rng(3)
    def organ(p):
        for k in range(29):
            x = 440 + k * 20; h = 150 + 90 * abs(np.sin(k * .45)) ; p.rect(x, 330 - h, x + 14, 330, r=5)
    m = shape(organ, .7); img = lay(img, m, "b98a44"); img = lay(img, m * smooth(np.sin(XX / 20 * 2 * np.pi + .9), -.2, .9), "f3d492", .7); img = lay(img, m * smooth(YY, 240, 330), "3a2212", .5)
    img = light(img, 720, 470, 300, "ffbd68", .5, 1.7)
    for lx in (240, 480, 720, 960, 1200):
        ang = (XX - lx) / (np.clip(YY - 10, 1, None) * .34 + 16); img = img + (np.exp(-ang ** 2) * np.exp(-YY / 430) * .26)[..., None] * rgb("ffdca0"); img = light(img, lx, 14, 12, "fff2d0", 1.2)
    stage = shape(lambda p: p.poly([(180, 470), (1260, 470), (1440, 720), (0, 720)]), 2); img = lay(img, stage, "a5662c"); img = lay(img, stage * smooth(np.sin((XX - 720) / (.35 + np.clip(YY - 440, 0, None) / 300) / 9), .5, .95), "6a3c1a", .4); img = lay(img, stage * smooth(fbm(9, (4, 30), 4), .5, .8), "e0a050", .4)
    rng = np.random.default_rng(8)
    for row in range(5):
        y, s = 480 + row * 50, .62 + row * .13; n = 17 - row; span = 470 + row * 60
        for k in range(n):
            u = (k + .5) / n * 2 - 1
            if row == 4 and abs(u) < .2: continue
            x = 720 + u * span + rng.uniform(-6, 6); yy = y - 26 * u * u + rng.uniform(-3, 3); h = 84 * s
            lean = -u * .06
            m = shape(lambda p: (p.person(x, yy, h, lean, legs=False), p.poly([(x - h * .17, yy - h * .44), (x + h * .17, yy - h * .44), (x + h * .26, yy + 4), (x - h * .26, yy + 4)])), .7)
            img = lay(img, m, "17100f"); img = lay(img, m * smooth(yy - YY, h * .83, h * .86), "d69a68", .85); img = lay(img, m * smooth(yy - YY, h * .6, h * .8) * np.exp(-((XX - x) / (h * .05)) ** 2), "f0e4d0", .8)
            if row >= 2 or rng.random() < .4:
                d = 1 if rng.random() < .5 else -1
                img = lay(img, shape(lambda p: (p.oval(x + h * .12, yy - h * .62, h * .13, h * .09), p.line([(x + h * .1, yy - h * .62), (x + h * .38, yy - h * .7)], 2.4)), .6), "8c4a1e", .95)
                img = lay(img, shape(lambda p: p.line([(x - h * .1, yy - h * (.5 + .1 * d)), (x + h * .34, yy - h * .9)], 1.5), .4), "f2dcb0", .9)
            elif row < 2: img = shine(img, shape(lambda p: (p.line([(x - 2, yy - h * .72), (x + h * .3, yy - h * .56)], 3.4), p.oval(x + h * .32, yy - h * .54, h * .09)), .6), "e6b04a", 4, .3)
            if row > 0: img = lay(img, shape(lambda p: (p.poly([(x - h * .2, yy + 2), (x + h * .2, yy - 2), (x + h * .17, yy + h * .2), (x - h * .17, yy + h * .22)]), p.line([(x, yy), (x, yy + h * .42)], 2)), .6), "221410", .9)
    for cx in (250, 310, 1130, 1200):
        img = lay(img, shape(lambda p: (p.oval(cx, 690, 30, 46), p.oval(cx, 640, 22, 30), p.rect(cx - 4, 540, cx + 4, 640)), .8), "6e3616"); img = lay(img, shape(lambda p: (p.oval(cx - 8, 684, 16, 34),), 4), "c87a34", .6)
    img = lay(img, shape(lambda p: (p.rect(650, 716, 790, 760, r=4), p.person(720, 722, 172, .01), p.line([(734, 590), (792, 540), (838, 520)], 10), p.line([(838, 520), (878, 486)], 2.2), p.line([(706, 590), (650, 556), (618, 572)], 10), p.poly([(700, 640), (740, 640), (752, 690), (722, 672), (690, 690)])), .8), "0a0708")
    img = light(img, 720, 560, 70, "ffd08a", .16)
    for row in range(4):
        y, r = 800 + row * 52, 21 + row * 7
        img = lay(img, shape(lambda p: [(p.oval(x, y, r * .82, r), p.poly([(x - r * 1.7, y + r * 2.6), (x - r * 1.1, y + r * .9), (x + r * 1.1, y + r * .9), (x + r * 1.7, y + r * 2.6)])) for x in np.arange(-20 + row * 31 % 60, W + 40, r * 3.6) + rng.uniform(-7, 7)], 1 + row * .8), ("25130c", "1a0d0a", "110908", "090506")[row])
        img = lay(img, np.exp(-((YY - y + r) / 9) ** 2) * np.exp(-((XX - 720) / 420) ** 2) * .2, "c07a3a")
    return finish(img, 401, vignette=.55)


def bakery():
    img = gradient([(0, "120c0d"), (.5, "2a1a16"), (1, "1a100d")])
    brick = (np.abs(((YY / 34) % 1) - .5) > .44) | (np.abs((((XX + (np.floor(YY / 34) % 2) * 46) / 92) % 1) - .5) > .475)
    wall = smooth(700 - YY, 0, 4); rough = fbm(3, (28, 40), 4)
    img = lay(img, wall, "4a2a20", .9); img = lay(img, wall * smooth(fbm(5, (26, 15), 2), .45, .7), "6b3a28", .6); img = lay(img, wall * blur(brick.astype(np.float32), 1), "1c110e", .85); img = lay(img, wall * smooth(rough, .55, .85), "8a5a40", .25)
    ox, oy = 560, 470
    arch = shape(lambda p: (p.oval(ox, oy, 210, 165), p.rect(ox - 210, oy, ox + 210, oy + 110)), 1); ring = shape(lambda p: (p.oval(ox, oy, 268, 222), p.rect(ox - 268, oy, ox + 268, oy + 112)), 1) * (1 - arch)
    a = np.arctan2(YY - oy, XX - ox); img = lay(img, ring, "7a4630"); img = lay(img, ring * smooth(np.abs(np.sin(a * 15)), .0, .16) * .0 + ring * (np.abs(np.sin(a * 15)) < .12), "1d110d", .8); img = lay(img, ring * smooth(rough, .5, .8), "a8684a", .4)
    fire = np.clip(1 - np.hypot((XX - ox) / 220, (YY - oy - 60) / 170), 0, 1); img = lay(img, arch, "3a0f06"); n = fbm(21, (10, 14), 6, .6)
    img = img + (arch * (fire ** .7) * (.45 + .8 * n))[..., None] * rgb("ff7a22") * .85 + (arch * np.exp(-(((XX - ox + 70) / 90) ** 2 + ((YY - oy - 84) / 46) ** 2)))[..., None] * rgb("ffd070") * .9
    flames = arch * smooth(fbm(23, (9, 30), 5, .55) - (oy + 90 - YY) / 330, .3, .52) * smooth(YY, oy - 120, oy + 20) * np.exp(-((XX - ox + 90) / 120) ** 2); img = img + flames[..., None] * rgb("ffe29a") * .6
    loaf = [(ox - 20 + k * 62, oy + 96 - (k % 2) * 14) for k in range(4)]
    lm = shape(lambda p: [p.oval(x, y, 34, 20) for x, y in loaf], .8) * arch; img = lay(img, lm, "7a3a12"); img = lay(img, lm * smooth(oy + 88 - YY, -14, 12), "f0a84c", .7)
    img = light(img, ox, oy + 40, 250, "ff8a34", .5, 1.2); img = light(img, ox, 760, 170, "ff8a34", .35, 2.2)
    floor = smooth(YY, 700, 706); img = lay(img, floor, "2a1812", .85); img = lay(img, floor * np.exp(-(((XX - ox) / 380) ** 2 + ((YY - 720) / 150) ** 2)), "d0702c", .55); img = lay(img, floor * (np.abs(np.sin((XX - ox) / (1 + np.clip(YY - 600, 0, None) / 120) / 26)) < .04), "100a08", .6)
    bx, by = 870, 838
    def man(p):
        p.person(bx, by, 420, -.02); p.poly([(bx - 62, by - 356), (bx - 130, by - 250), (bx - 176, by - 236), (bx - 170, by - 212), (bx - 112, by - 222), (bx - 40, by - 300)]); p.poly([(bx + 52, by - 350), (bx + 96, by - 258), (bx + 20, by - 212), (bx + 12, by - 236), (bx + 56, by - 266), (bx + 30, by - 320)])
        p.rect(bx - 44, by - 436, bx + 24, by - 392, r=15)
    m = shape(man, 1); img = lay(img, m, "1d1312"); img = lay(img, m * smooth(bx - 4 - XX, -30, 60), "f0924a", .6); img = lay(img, m * (np.abs(YY - by + 160) < 104) * (np.abs(XX - bx) < 52) * (1 - smooth(YY, by - 190, by - 90)), "c8a98a", .5); img = lay(img, m * smooth(by - 392 - YY, -2, 4), "efe2cc", .75)
    img = lay(img, shape(lambda p: (p.line([(bx + 70, by - 214), (ox + 120, oy + 122)], 8), p.poly([(ox + 130, oy + 112), (ox + 40, oy + 102), (ox + 28, oy + 120), (ox + 120, oy + 134)])), .7), "c08a54")
    for sy in (300, 420, 540):
        img = lay(img, shape(lambda p: p.rect(1080, sy, 1440, sy + 14), .8), "5a3826")
        for k in range(6):
            x = 1110 + k * 62; b = shape(lambda p: p.oval(x, sy - 22, 33, 25), 1) * (YY < sy); img = lay(img, b, "8a4a1c"); img = lay(img, b * smooth(x - XX + (sy - YY), -6, 46), "f0b060", .75); img = lay(img, b * (np.abs(np.sin((XX - x - YY * .4) / 9)) < .16), "fbe3b4", .4)
    table = shape(lambda p: p.poly([(980, 720), (1440, 700), (1440, 960), (1010, 960)]), 1); img = lay(img, table, "6e452c"); img = lay(img, table * np.exp(-((YY - 722) / 16) ** 2), "e8b878", .6); img = lay(img, shape(lambda p: [p.oval(1070 + k * 84, 716 - (k % 2) * 8, 38, 25) for k in range(5)], 1), "e9d8b8", .92); img = lay(img, shape(lambda p: [p.oval(1080 + k * 84, 724 - (k % 2) * 8, 34, 17) for k in range(5)], 5), "8a6a4c", .5)
    dust = np.random.default_rng(9); img = img + (shape(lambda p: [p.oval(dust.normal(760, 200), dust.normal(420, 160), dust.uniform(.8, 2.2)) for _ in range(260)], .9) * .5)[..., None] * rgb("ffcf90")
    return finish(img, 402, vignette=.5)


def reading():
    img = gradient([(0, "0e1410"), (.4, "2a261a"), (.62, "4a3a20"), (1, "140e0a")])
    vx, vy = 720, 400
    rng = np.random.default_rng(4)
    for s in (-1, 1):
        wall = shape(lambda p: p.poly([(vx + s * 160, 180), (vx + s * 760, -140), (vx + s * 760, 940), (vx + s * 160, 520)]), 1); img = lay(img, wall, "2c1d12")
        for k in range(9):
            d0, d1 = (k / 9) ** 1.8, ((k + .84) / 9) ** 1.8; x0, x1 = vx + s * (160 + 600 * d0), vx + s * (160 + 600 * d1)
            top = lambda d: 180 - 320 * d; bot = lambda d: 520 + 420 * d
            for lv in range(8):
                f0, f1 = lv / 8 + .014, (lv + .82) / 8
                q = lambda x, d, f: (x, top(d) + (bot(d) - top(d)) * f)
                img_m = [q(x0, d0, f0), q(x1, d1, f0), q(x1, d1, f1), q(x0, d0, f1)]
                m = shape(lambda p: p.poly(img_m), .8); c = ("5a3a22", "6a4a2a", "4a3628", "5e3a2c", "3e4634")[(k * 3 + lv) % 5]; img = lay(img, m, c, .9)
                spine = smooth(np.sin((XX - x0) * 5 / (1.2 + 3 * d0) + lv), .4, .9); img = lay(img, m * spine, "170f0a", .6); img = lay(img, m * smooth(fbm(100 + lv, (8, 120), 2), .6, .8), ("b08a4a", "8a4a30", "6f7a54")[lv % 3], .5)
    back = shape(lambda p: p.rect(vx - 160, 180, vx + 160, 520), 1); img = lay(img, back, "3a2c1c")
    win = shape(lambda p: (p.rect(vx - 74, 250, vx + 74, 470), p.oval(vx, 250, 74)), 1); img = lay(img, win, gradient([(0, "0f1e3c"), (.3, "1c3258"), (.5, "45608a")])); img = stars(img, 9, 1, 10, .0); img = lay(img, shape(lambda p: p.oval(vx + 28, 258, 15), .8), "f0f2e4")
    img = lay(img, shape(lambda p: ([p.rect(vx + d - 2.5, 176, vx + d + 2.5, 470) for d in (-37, 0, 37)], [p.rect(vx - 74, y, vx + 74, y + 4) for y in (300, 360, 420)]), .6) * win, "20160e"); img = light(img, vx, 300, 90, "8aa8d8", .16)
    clock = shape(lambda p: p.oval(vx, 146, 30), .7); img = lay(img, clock, "e8dcb4"); img = lay(img, shape(lambda p: (p.line([(vx, 146), (vx + 9, 130)], 3), p.line([(vx, 146), (vx - 3, 123)], 2)), .4), "1d140c")
    beams = lambda p: [p.poly([(vx - 170 - k * 110, 176 - k * 52), (vx + 170 + k * 110, 176 - k * 52), (vx + 170 + k * 118, 160 - k * 54), (vx - 170 - k * 118, 160 - k * 54)]) for k in range(4)]
    img = lay(img, shape(beams, 1.2), "1a120c", .8)
    floor = shape(lambda p: p.poly([(vx - 160, 520), (vx + 160, 520), (1480, 960), (-40, 960)]), 1.4); img = lay(img, floor, "33221a"); img = lay(img, floor * np.exp(-((XX - vx) / 60) ** 2), "6a4024", .5)
    for k, d in enumerate((.06, .2, .42, .78)):
        for s in (-1, 1):
            y = 520 + 400 * d; x0, x1 = vx + s * (46 + 70 * d), vx + s * (150 + 560 * d); th = 10 + 34 * d; h = 46 + 150 * d
            seats = [x0 + (x1 - x0) * u for u in ((.3, .72) if k != 2 else (.5,) if s < 0 else (.28, .78))]
            for x in seats:
                ph = 92 + 190 * d; m = shape(lambda p: (p.person(x, y + 6, ph, rng.uniform(-.03, .03), legs=False), p.poly([(x - ph * .2, y - ph * .46), (x + ph * .2, y - ph * .46), (x + ph * .24, y + 10), (x - ph * .24, y + 10)])), .8); img = lay(img, m, "17110f"); img = lay(img, m * np.exp(-((YY - y + ph * .3) / (ph * .4)) ** 2), "b08a4a", .35)
            table = shape(lambda p: (p.poly([(x0, y - th * .4), (x1, y - th * .4), (x1 + s * 26 * d, y + th), (x0 - s * 10 * d, y + th)]), p.rect(x0 + s * 6, y + th, x0 + s * (10 + 8 * d), y + h), p.rect(x1 - s * 4, y + th, x1 + s * (4 + 8 * d), y + h)), .8); img = lay(img, table, "4e2f1a"); img = lay(img, table * np.exp(-((YY - y) / (th * .7)) ** 2), "c8904a", .5)
            img = lay(img, shape(lambda p: [p.poly([(x - 24 * d - 8, y - 2), (x, y + 3), (x + 24 * d + 8, y - 2), (x + 28 * d + 9, y + 9 + 8 * d), (x, y + 13 + 8 * d), (x - 28 * d - 9, y + 9 + 8 * d)]) for x in seats], .6), "efe2c0", .92)
            for u in (.08, .52, .94):
                lx, ly = x0 + (x1 - x0) * u, y - 40 - 66 * d; w = 12 + 26 * d
                img = lay(img, shape(lambda p: p.rect(lx - 1 - 2 * d, ly, lx + 1 + 2 * d, y), .6), "b8924a"); shade = shape(lambda p: p.poly([(lx - w, ly + w * .36), (lx - w * .66, ly - w * .3), (lx + w * .66, ly - w * .3), (lx + w, ly + w * .36)]), .7)
                img = shine(lay(img, shade, "2f8a58"), shade, "3fae6c", 6 + 10 * d, .22); img = light(img, lx, ly + w * .7, 14 + 30 * d, "ffd890", .5, 1.5); img = light(img, lx, y + 2, 20 + 46 * d, "ffc870", .22, 2)
    cat = shape(lambda p: (p.oval(742, 884, 38, 22), p.oval(776, 866, 16), p.poly([(764, 856), (768, 838), (777, 852)]), p.poly([(778, 852), (788, 838), (790, 858)]), p.line([(706, 890), (682, 880), (672, 858)], 6)), .8); img = lay(img, cat, "0d0908")
    return finish(img, 403, vignette=.5)


SCENES = {"orchestra": orchestra, "bakery": bakery, "reading-room": reading}
