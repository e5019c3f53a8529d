"""Training crops, cut, turned and degraded on the device that trains.

All pictures lie in one byte buffer, each with two coarser copies; a batch of crops is one gather from it. Geometry is
chosen for the whole batch at once, boxes and landmarks go through the same transform as the pixels.
"""
import math

import torch
import torch.nn.functional as F

LEVELS = 3
FACES_KEPT = 160


class Pictures:
    """Pixels (flat, RGB, `room` bytes of them) and labels of all pictures on one device. `add` may be called between batches."""

    def __init__(self, device, room):
        self.device = device
        self.pixels = torch.empty(room, dtype=torch.uint8, device=device)
        self.used = 0
        self.level = torch.empty(0, LEVELS, 3, dtype=torch.int64, device=device)  # offset, height, width
        self.faces = torch.empty(0, 0, 15, device=device)  # x0 y0 x1 y1, confidence, five landmarks
        self.ignored = torch.empty(0, 0, 4, device=device)
        self.counts = torch.empty(0, 2, dtype=torch.int64, device=device)
        self.weight = torch.empty(0, device=device)

    def add(self, arrays, faces, ignored, weights):
        """Arrays: HxWx3 uint8. Faces: n x 15 with NaN landmarks where none are known. Ignored: n x 4."""
        levels = []
        for array in arrays:
            picture = torch.from_numpy(array).to(self.device)
            rows = []
            for level in range(LEVELS):
                if level:
                    nchw = picture.permute(2, 0, 1)[None].float()
                    size = (max(1, picture.shape[0] // 2), max(1, picture.shape[1] // 2))
                    picture = F.interpolate(nchw, size, mode="area")[0].permute(1, 2, 0).round().to(torch.uint8)
                rows.append((self.used, picture.shape[0], picture.shape[1]))
                self.pixels[self.used:self.used + picture.numel()] = picture.reshape(-1)
                self.used += picture.numel()
            levels.append(rows)
        self.level = torch.cat([self.level, torch.tensor(levels, device=self.device)])
        self.faces = join(self.faces, [torch.as_tensor(f, dtype=torch.float32).reshape(-1, 15) for f in faces], 15, self.device)
        self.ignored = join(self.ignored, [torch.as_tensor(i, dtype=torch.float32).reshape(-1, 4) for i in ignored], 4, self.device)
        counts = torch.tensor([(len(f), len(i)) for f, i in zip(faces, ignored)], device=self.device)
        self.counts = torch.cat([self.counts, counts])
        self.weight = torch.cat([self.weight, torch.as_tensor(weights, dtype=torch.float32, device=self.device)])


def join(old, lists, columns, device):
    """Pads lists of rows to one length and puts them under what is there."""
    longest = max([old.shape[1], *(len(rows) for rows in lists)])
    new = torch.zeros(old.shape[0] + len(lists), longest, columns, device=device)
    new[:old.shape[0], :old.shape[1]] = old
    block = torch.zeros(len(lists), longest, columns)
    for i, rows in enumerate(lists):
        block[i, :len(rows)] = rows
    new[old.shape[0]:] = block.to(device)
    return new


def uniform(n, low, high, device):
    return torch.rand(n, device=device) * (high - low) + low


def angles(n, device):
    """Degrees: mostly upright, every tenth picture lies on its side or stands on its head."""
    u = torch.rand(n, device=device)
    angle = torch.randn(n, device=device) * 6
    angle = torch.where(u > 0.68, uniform(n, -35, 35, device), angle)
    side = torch.where(torch.rand(n, device=device) < 0.5, -90.0, 90.0) + torch.randn(n, device=device) * 12
    angle = torch.where(u > 0.85, side, angle)
    angle = torch.where(u > 0.92, 180 + torch.randn(n, device=device) * 15, angle)
    return torch.where(u > 0.95, uniform(n, -180, 180, device), angle)


def cut(pictures, n, size):
    """n crops of size x size: pixels (float, 0 to 255), faces, their mask, ignored regions, their mask."""
    device = pictures.device
    index = torch.multinomial(pictures.weight, n, replacement=True)
    height, width = (pictures.level[index, 0, i].float() for i in (1, 2))
    longest = torch.maximum(height, width)
    some = pictures.counts[index, 0]
    chosen = (torch.rand(n, device=device) * some.clamp(min=1)).long()
    face = pictures.faces[index, chosen] if pictures.faces.shape[1] else torch.zeros(n, 15, device=device)
    side = ((face[:, 2] - face[:, 0]) * (face[:, 3] - face[:, 1])).clamp(min=1).sqrt()
    small = torch.exp(uniform(n, math.log(7), math.log(size * 0.75), device))
    huge = uniform(n, size * 0.75, size * 1.9, device)
    wish = torch.where(torch.rand(n, device=device) < 0.1, huge, small)
    zoom = torch.minimum(wish / side, torch.where(side > 24, 3.0, 2.2)).clamp(min=0.12)
    zoom = torch.maximum(zoom, 0.35 * size / longest)
    reached = zoom * side
    spread = ((size - reached).abs() / 2).clamp(min=size * 0.08)
    aside = torch.stack([uniform(n, -1, 1, device) * spread, uniform(n, -1, 1, device) * spread], 1)
    middle = torch.stack([(face[:, 0] + face[:, 2]) / 2, (face[:, 1] + face[:, 3]) / 2], 1)

    free = (some == 0) | (torch.rand(n, device=device) < 0.2)
    overview = (size / longest * torch.exp(uniform(n, math.log(0.6), math.log(3.0), device))).clamp(max=2.2)
    zoom = torch.where(free, overview, zoom)
    room = torch.stack([width, height], 1) / 2 - size / 2 / zoom[:, None]
    anywhere = torch.stack([width, height], 1) / 2 + room.clamp(min=0) * (torch.rand(n, 2, device=device) * 2 - 1)
    middle = torch.where(free[:, None], anywhere, middle)
    aside = torch.where(free[:, None], torch.zeros_like(aside), aside)

    angle = torch.deg2rad(angles(n, device))
    stretch = torch.exp(torch.randn(n, device=device) * 0.06)
    flip = torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0)
    c, s = torch.cos(angle), torch.sin(angle)
    x, y = zoom * stretch, zoom / stretch
    forward = torch.stack([torch.stack([c * flip * x, -s * y], 1), torch.stack([s * flip * x, c * y], 1)], 1)
    shift = size / 2 + aside - (forward @ middle[:, :, None])[:, :, 0]
    pixels = gather(pictures, index, forward, shift, zoom, size)
    turned = c, s, x, y, flip
    faces, mask, lost = place(pictures.faces[index], pictures.counts[index, 0], forward, shift, turned, size, FACES_KEPT)
    ignored, ignored_mask, _ = place(pictures.ignored[index], pictures.counts[index, 1], forward, shift, turned, size, FACES_KEPT)
    ignored = torch.cat([ignored[..., :4], lost[0]], 1)
    return pixels, faces, mask, ignored, torch.cat([ignored_mask, lost[1]], 1)


def place(rows, count, forward, shift, turned, size, kept):
    """Boxes and landmarks in the crop, cut at its border; what is mostly outside comes back as `lost`, to be ignored."""
    n, most = rows.shape[:2]
    device = rows.device
    if most == 0:
        none = torch.zeros(n, 0, rows.shape[2], device=device), torch.zeros(n, 0, dtype=torch.bool, device=device)
        return *none, (none[0][..., :4], none[1])
    c, s, x, y, flip = (t[:, None] for t in turned)
    middle = (rows[..., :2] + rows[..., 2:4]) / 2 @ forward.transpose(1, 2) + shift[:, None]
    w, h = (rows[..., 2] - rows[..., 0]) * x, (rows[..., 3] - rows[..., 1]) * y
    wide, high = ((w * c) ** 2 + (h * s) ** 2).sqrt(), ((w * s) ** 2 + (h * c) ** 2).sqrt()
    box = torch.stack([middle[..., 0] - wide / 2, middle[..., 1] - high / 2, middle[..., 0] + wide / 2, middle[..., 1] + high / 2], -1)
    seen = box.clamp(0, size)
    area = ((seen[..., 2] - seen[..., 0]) * (seen[..., 3] - seen[..., 1])) / (wide * high).clamp(min=1e-3)
    there = torch.arange(most, device=device)[None] < count[:, None]
    small = torch.minimum(wide, high) < 5
    mask = there & (area > 0.3) & ~small
    gone = there & (area > 0.02) & ~mask
    order = torch.argsort(mask.int() * 2 + gone.int(), dim=1, descending=True, stable=True)[:, :kept]
    take = lambda t: t.gather(1, order[..., None].expand(-1, -1, t.shape[-1]))
    result = [take(seen)]
    if rows.shape[2] > 4:
        points = rows[..., 5:].unflatten(-1, (5, 2)) @ forward[:, None].transpose(2, 3) + shift[:, None, None]
        swapped = points[..., [1, 0, 2, 4, 3], :]
        points = torch.where(flip[..., None, None] < 0, swapped, points)
        result += [take(rows[..., 4:5]), take(points.flatten(2))]
    mask, gone = mask.gather(1, order), gone.gather(1, order)
    seen = result[0]
    return torch.cat(result, -1), mask, (seen, gone)


def gather(pictures, index, forward, shift, zoom, size):
    """Bilinear samples from the level that is nearest in scale; what lies outside is one grey or colour a crop."""
    device, n = pictures.device, len(index)
    level = torch.floor(torch.log2(1 / zoom.clamp(max=1)) + 0.35).long().clamp(0, LEVELS - 1)
    offset, height, width = pictures.level[index, level].unbind(1)
    back = torch.linalg.inv(forward)
    ticks = torch.arange(size, device=device) + 0.5
    grid = torch.stack(torch.meshgrid(ticks, ticks, indexing="xy"), -1).reshape(1, -1, 2)
    scale = (0.5 ** level.float())[:, None]
    border = torch.where(torch.rand(n, 1, device=device) < 0.5, torch.rand(n, 3, device=device) * 255, 114.0)
    value = sample(pictures.pixels, offset, height, width, back, shift, scale, grid, border)
    return value.transpose(1, 2).reshape(n, 3, size, size)


def sample(pixels, offset, height, width, back, shift, scale, grid, border):
    at_x, at_y = (grid[..., 0] - shift[:, :1]), (grid[..., 1] - shift[:, 1:])
    px = (back[:, 0, :1] * at_x + back[:, 0, 1:] * at_y) * scale - 0.5
    py = (back[:, 1, :1] * at_x + back[:, 1, 1:] * at_y) * scale - 0.5
    x0, y0 = px.floor(), py.floor()
    fx, fy = (px - x0)[..., None], (py - y0)[..., None]
    x0, y0 = x0.long(), y0.long()
    w, h, o = width[:, None], height[:, None], offset[:, None]
    inside = (x0 >= -1) & (y0 >= -1) & (x0 < w) & (y0 < h)

    def at(cx, cy):
        cx, cy = torch.minimum(cx.clamp(min=0), w - 1), torch.minimum(cy.clamp(min=0), h - 1)
        first = o + (cy * w + cx) * 3
        return torch.stack([pixels[first], pixels[first + 1], pixels[first + 2]], -1).float()

    top = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx
    low = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx
    value = top * (1 - fy) + low * fy
    return torch.where(inside[..., None], value, border[:, None])


def batch(pictures, n, size, mosaic=0.18):
    """A batch: single crops, and mosaics of four crops of half the size."""
    count = int(n * mosaic)
    single = cut(pictures, n - count, size)
    if count == 0:
        return single
    half = size // 2
    parts = cut(pictures, count * 4, half)
    tile = parts[0].reshape(count, 2, 2, 3, half, half).permute(0, 3, 1, 4, 2, 5).reshape(count, 3, size, size)
    shift = torch.tensor([[0, 0], [half, 0], [0, half], [half, half]], device=pictures.device).float().repeat(count, 1)
    merged = []
    for rows, mask in ((parts[1], parts[2]), (parts[3], parts[4])):
        rows = rows.clone()
        rows[..., :2] += shift[:, None]
        rows[..., 2:4] += shift[:, None]
        if rows.shape[2] > 4:
            rows[..., 5:] += shift.repeat(1, 5)[:, None]
        rows, mask = rows.reshape(count, -1, rows.shape[2]), mask.reshape(count, -1)
        order = torch.argsort(mask.int(), dim=1, descending=True, stable=True)
        rows = rows.gather(1, order[..., None].expand_as(rows))
        merged += [rows, mask.gather(1, order)]
    out = [torch.cat([single[0], tile])]
    for a, b in zip(single[1:], merged):
        short, long = sorted((a.shape[1], b.shape[1]))
        a, b = (F.pad(t, (0, 0) * (t.dim() - 2) + (0, long - t.shape[1])) for t in (a, b))
        out.append(torch.cat([a, b]))
    return tuple(out)
