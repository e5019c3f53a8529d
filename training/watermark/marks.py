"""Watermarks, drawn: words in many fonts, shapes, both together; tiled, single, in a corner, across; hatched lines.

A layer is RGBA: the mark's own colours and its coverage. Opacity and, for a mark of one colour, the colour are chosen later
(compose.py). Fonts, shapes and words of the `test` role are never drawn in training.
"""
import glob
import math
import os

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

TEST_FAMILIES = ("lobster", "carlito", "caladea", "play", "junicode", "tomsontalks", "jura", "c059", "hack")
SKIPPED_FONTS = ("symbol", "dingbat", "math", "d050000l", "standardsymbols", "initials", "lyx", "icons", "emoji")
SHAPES = {
    "train": ("ring", "disc", "square", "frame", "star", "triangle", "hexagon", "cross", "arrow", "waves", "bars", "eye", "rays"),
    "test": ("heart", "gear", "crescent", "spiral", "drop"),
}
WORDS = {
    "train": ("SAMPLE", "Preview", "DRAFT", "Copy", "Studio", "photo", "images", "Proof", "stock", "www.example.com", "© 2019", "Archive",
              "confidential", "Do not copy", "Gallery", "Muster", "ENTWURF", "aperçu", "muestra", "образец", "ΔΕΙΓΜΑ", "No. 4711", "agency"),
    "test": ("WATERMARK", "Specimen", "example.org", "© 2026", "Vorschau", "Atelier Nord", "échantillon", "LICENSED", "property of"),
}


def fonts(folders, role):
    """Paths of the role's fonts, in order."""
    found = {}
    for folder in folders:
        for path in glob.glob(os.path.join(folder, "**", "*.[ot]tf"), recursive=True):
            if os.path.exists(path):  # fonts of other packages are linked to, and may be absent
                found.setdefault(os.path.basename(path).lower(), path)
    kept = {name: path for name, path in sorted(found.items()) if not any(s in name for s in SKIPPED_FONTS)}
    return [path for name, path in kept.items() if any(f in name for f in TEST_FAMILIES) == (role == "test")]


class Painter:
    def __init__(self, chance, font_paths, role):
        self.chance, self.fonts, self.role = chance, font_paths, role

    def layer(self, size):
        """One layer of size x size pixels: RGBA array, whether it has one colour, and its layout's name."""
        chance = self.chance
        mono = chance.random() < 0.8
        layout = chance.choices(("tiled", "single", "corner", "across", "lines"), (45, 22, 13, 14, 6))[0]
        if layout == "lines":
            picture = self.lines(size)
            mono = True
        elif layout == "across":
            picture = self.across(size, mono)
        else:
            wide = size * (chance.uniform(0.14, 0.4) if layout == "tiled" else chance.uniform(0.2, 0.75) if layout == "single" else chance.uniform(0.12, 0.35))
            stamp = self.stamp(wide, mono)
            picture = self.tiled(stamp, size) if layout == "tiled" else self.once(stamp, size, layout == "corner")
        if chance.random() < 0.06:
            picture.putalpha(picture.getchannel("A").filter(ImageFilter.GaussianBlur(chance.uniform(0.6, 2.5))))
        return np.asarray(picture), mono, layout

    def colour(self):
        return tuple(self.chance.randrange(256) for _ in range(3))

    def font(self, height):
        return ImageFont.truetype(self.chance.choice(self.fonts), max(9, int(height)))

    def text(self):
        chance = self.chance
        words = chance.choice(WORDS[self.role])
        if chance.random() < 0.25:
            words = "".join(chance.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHKLMNPRSTUVW0123456789 ") for _ in range(chance.randrange(3, 12))).strip() or "ab"
        if chance.random() < 0.15:
            words += "\n" + chance.choice(WORDS[self.role])
        return words

    def written(self, wide, mono):
        """Words as a stamp about `wide` pixels wide; some only in outline, some with a shadow or an edge of another colour."""
        chance, words = self.chance, self.text()
        font = self.font(40)
        left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox((0, 0), words, font=font)
        font = font.font_variant(size=max(9, int(40 * wide / max(1, right - left))))
        font = font if font.size < wide * 0.8 else font.font_variant(size=max(9, int(wide * 0.8)))
        draw = ImageDraw.Draw(Image.new("L", (1, 1)))
        left, top, right, bottom = draw.multiline_textbbox((0, 0), words, font=font)
        pad = 6
        size = (max(1, right - left) + 2 * pad, max(1, bottom - top) + 2 * pad)
        at = (pad - left, pad - top)
        picture = Image.new("RGBA", size, (255, 255, 255, 0))
        ink = ImageDraw.Draw(picture)
        if mono and chance.random() < 0.12:
            cover, inner = Image.new("L", size, 0), Image.new("L", size, 0)
            ImageDraw.Draw(cover).multiline_text(at, words, 255, font, stroke_width=2)
            ImageDraw.Draw(inner).multiline_text(at, words, 255, font)
            picture.putalpha(Image.fromarray(np.maximum(np.asarray(cover).astype(int) - np.asarray(inner), 0).astype(np.uint8)))
        elif mono:
            ink.multiline_text(at, words, (255, 255, 255, 255), font, stroke_width=1 if chance.random() < 0.15 else 0, stroke_fill=(255, 255, 255, 255))
        else:
            other = self.colour()
            if chance.random() < 0.5:
                ink.multiline_text((at[0] + 2, at[1] + 2), words, other + (255,), font)
                ink.multiline_text(at, words, self.colour() + (255,), font)
            else:
                ink.multiline_text(at, words, self.colour() + (255,), font, stroke_width=chance.randrange(1, 3), stroke_fill=other + (255,))
        return picture

    def drawn(self, side, mono):
        """A shape in a square of `side` pixels, drawn four times as large."""
        chance = self.chance
        n = max(16, int(side)) * 4
        picture = Image.new("RGBA", (n, n), (255, 255, 255, 0))
        ink = ImageDraw.Draw(picture)
        fill = (255, 255, 255, 255) if mono else self.colour() + (255,)
        shape(ink, chance.choice(SHAPES[self.role]), n, fill, max(4, int(n * chance.uniform(0.03, 0.14))), chance)
        if not mono:
            cover = picture.getchannel("A")
            base = np.asarray(picture).copy()
            ramp = np.linspace(0, 1, n)[:, None, None]
            base[..., :3] = (np.array(self.colour()) * ramp + np.array(self.colour()) * (1 - ramp)).astype(np.uint8)
            picture = Image.fromarray(base)
            picture.putalpha(cover)
        return picture.resize((n // 4, n // 4), Image.LANCZOS)

    def stamp(self, wide, mono):
        kind = self.chance.choices(("text", "shape", "logo"), (60, 18, 22))[0]
        if kind == "text":
            return self.written(wide, mono)
        if kind == "shape":
            return self.drawn(wide * self.chance.uniform(0.5, 1), mono)
        words = self.written(wide * 0.7, mono)
        emblem = self.drawn(min(wide * 0.4, max(18, words.height * self.chance.uniform(0.9, 1.6))), mono)
        beside = self.chance.random() < 0.6
        size = (words.width + emblem.width, max(words.height, emblem.height)) if beside else (max(words.width, emblem.width), words.height + emblem.height)
        both = Image.new("RGBA", size, (255, 255, 255, 0))
        both.paste(emblem, (0, (size[1] - emblem.height) // 2) if beside else ((size[0] - emblem.width) // 2, 0))
        both.paste(words, (emblem.width, (size[1] - words.height) // 2) if beside else ((size[0] - words.width) // 2, emblem.height))
        return both

    def turned(self, stamp, most):
        angle = 0 if self.chance.random() < 0.3 else self.chance.choice((-30, 30, 45, -45)) if self.chance.random() < 0.4 else self.chance.uniform(-most, most)
        return stamp.rotate(angle, Image.BICUBIC, expand=True, fillcolor=(255, 255, 255, 0)) if angle else stamp

    def tiled(self, stamp, size):
        chance = self.chance
        stamp = self.turned(stamp, 60)
        step = stamp.width * chance.uniform(1.05, 2.2), stamp.height * chance.uniform(1.05, 2.6)
        stagger = chance.choice((0, 0, 0.5, 0.33))
        start = chance.uniform(-step[0], 0), chance.uniform(-step[1], 0)
        layer = Image.new("RGBA", (size, size), (255, 255, 255, 0))
        for row in range(int(size / step[1]) + 3):
            for column in range(-1, int(size / step[0]) + 3):
                at = int(start[0] + (column + stagger * (row % 2)) * step[0]), int(start[1] + row * step[1])
                layer.paste(stamp, at, stamp.getchannel("A").point(lambda v: 255 if v else 0))
        return layer

    def once(self, stamp, size, corner):
        chance = self.chance
        stamp = stamp if corner else self.turned(stamp, 50)
        layer = Image.new("RGBA", (size, size), (255, 255, 255, 0))
        edge = int(size * chance.uniform(0.01, 0.05))
        room = size - stamp.width, size - stamp.height
        at = (chance.choice((edge, room[0] - edge)), chance.choice((edge, room[1] - edge))) if corner \
            else tuple(int(r / 2 + r * chance.uniform(-0.4, 0.4)) for r in room)
        layer.paste(stamp, at)
        return layer

    def across(self, size, mono):
        """One word from side to side, mostly along the diagonal."""
        stamp = self.written(size * self.chance.uniform(0.8, 1.2), mono)
        stamp = stamp.rotate(self.chance.choice((0, 35, -35, 45, -45)), Image.BICUBIC, expand=True, fillcolor=(255, 255, 255, 0))
        layer = Image.new("RGBA", (size, size), (255, 255, 255, 0))
        layer.paste(stamp, ((size - stamp.width) // 2, (size - stamp.height) // 2))
        return layer

    def lines(self, size):
        chance = self.chance
        n = size * 2
        cover = Image.new("L", (n, n), 0)
        ink = ImageDraw.Draw(cover)
        gap, width, angle = chance.uniform(0.1, 0.35) * n, chance.randrange(2, 9), chance.uniform(0.2, 1.3)
        for sign in ((1, -1) if chance.random() < 0.6 else (1,)):
            for number in range(-30, 60):
                middle = number * gap
                slope = math.tan(angle) * sign
                ink.line([(0, middle), (n, middle + slope * n)], 255, width)
        layer = Image.new("RGBA", (size, size), (255, 255, 255, 0))
        layer.putalpha(cover.resize((size, size), Image.LANCZOS))
        return layer


def shape(ink, name, n, fill, width, chance):
    """Draws a named shape into a square of n pixels."""
    box, middle = (n * 0.06, n * 0.06, n * 0.94, n * 0.94), n / 2
    ring = lambda radius, count, turn=0.0: [(middle + radius * math.cos(turn + 2 * math.pi * i / count), middle + radius * math.sin(turn + 2 * math.pi * i / count)) for i in range(count)]
    none = (255, 255, 255, 0)
    if name == "ring":
        ink.ellipse(box, outline=fill, width=width)
        ink.ellipse([middle - n * 0.2, middle - n * 0.2, middle + n * 0.2, middle + n * 0.2], fill=fill if chance.random() < 0.5 else none)
    elif name == "disc":
        ink.ellipse(box, fill=fill)
        ink.rectangle([n * 0.3, n * 0.42, n * 0.7, n * 0.58], fill=none)
    elif name == "square":
        ink.rounded_rectangle(box, n * 0.15, fill=fill)
        ink.ellipse([n * 0.3, n * 0.3, n * 0.7, n * 0.7], fill=none)
    elif name == "frame":
        ink.rounded_rectangle(box, n * 0.1, outline=fill, width=width)
    elif name == "star":
        outer, inner = ring(n * 0.46, 5, -math.pi / 2), ring(n * 0.2, 5, -math.pi / 2 + math.pi / 5)
        ink.polygon([p for pair in zip(outer, inner) for p in pair], fill=fill)
    elif name == "triangle":
        ink.line(ring(n * 0.42, 3, -math.pi / 2) + ring(n * 0.42, 3, -math.pi / 2)[:2], fill, width, joint="curve")
    elif name == "hexagon":
        ink.polygon(ring(n * 0.46, 6), fill=fill)
        ink.polygon(ring(n * 0.46 - width, 6), fill=none)
    elif name == "cross":
        ink.line([n * 0.1, n * 0.1, n * 0.9, n * 0.9], fill, width)
        ink.line([n * 0.9, n * 0.1, n * 0.1, n * 0.9], fill, width)
    elif name == "arrow":
        ink.polygon([(n * 0.1, n * 0.4), (n * 0.55, n * 0.4), (n * 0.55, n * 0.15), (n * 0.92, n / 2), (n * 0.55, n * 0.85), (n * 0.55, n * 0.6), (n * 0.1, n * 0.6)], fill=fill)
    elif name == "waves":
        for row in (0.3, 0.5, 0.7):
            ink.line([(x, n * row + n * 0.07 * math.sin(x / n * 12)) for x in range(int(n * 0.05), int(n * 0.95), 4)], fill, width // 2 + 2)
    elif name == "bars":
        for i in range(4):
            ink.rectangle([n * (0.08 + 0.23 * i), n * chance.uniform(0.1, 0.6), n * (0.22 + 0.23 * i), n * 0.92], fill=fill)
    elif name == "eye":
        ink.chord([n * 0.02, n * 0.2, n * 0.98, n * 1.16], 200, 340, outline=fill, width=width)
        ink.chord([n * 0.02, -n * 0.16, n * 0.98, n * 0.8], 20, 160, outline=fill, width=width)
        ink.ellipse([n * 0.36, n * 0.36, n * 0.64, n * 0.64], fill=fill)
    elif name == "rays":
        for x, y in ring(n * 0.46, 9):
            ink.line([middle, middle, x, y], fill, width // 2 + 2)
    elif name == "heart":
        t = np.linspace(0, 2 * math.pi, 90)
        x, y = 16 * np.sin(t) ** 3, -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))
        ink.polygon([(middle + a * n / 38, middle + b * n / 38) for a, b in zip(x, y)], fill=fill)
    elif name == "gear":
        outer, inner = ring(n * 0.46, 36), ring(n * 0.36, 36)
        ink.polygon([(outer if i // 2 % 2 else inner)[i] for i in range(36)], fill=fill)
        ink.ellipse([n * 0.35, n * 0.35, n * 0.65, n * 0.65], fill=none)
    elif name == "crescent":
        ink.ellipse(box, fill=fill)
        ink.ellipse([n * 0.3, n * 0.02, n * 1.1, n * 0.82], fill=none)
    elif name == "spiral":
        ink.line([(middle + n * 0.45 * t / 18 * math.cos(t), middle + n * 0.45 * t / 18 * math.sin(t)) for t in np.linspace(0.5, 18, 200)], fill, width)
    elif name == "drop":
        ink.pieslice([n * 0.2, n * 0.35, n * 0.8, n * 0.95], 0, 360, fill=fill)
        ink.polygon([(n * 0.24, n * 0.53), (middle, n * 0.04), (n * 0.76, n * 0.53)], fill=fill)
    else:
        raise ValueError(f"There is no shape named {name}.")
