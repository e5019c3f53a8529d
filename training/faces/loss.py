"""Which cell answers for which face, and how far it is off."""
import torch
import torch.nn.functional as F

from net import boxes_of, landmarks_of


def overlap(a, b):
    both = (torch.minimum(a[..., 2:4], b[..., 2:4]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    area = lambda t: (t[..., 2:4] - t[..., :2]).clamp(min=0).prod(-1)
    return both / (area(a) + area(b) - both + 1e-6)


@torch.no_grad()
def assign(predicted, score, faces, picture, grid, most=10):
    """Optimal transport in short: each face takes as many of its cheapest cells as their overlaps add up to.

    Faces of the whole batch are rows; `picture` says whose they are. Gives the row that each cell answers for, or -1.
    """
    answers = torch.full(score.shape, -1, dtype=torch.int64, device=score.device)
    if not len(faces):
        return answers, torch.zeros_like(score)
    box = faces[:, :4]
    quality = overlap(predicted[picture], box[:, None])
    centre, size = (box[:, :2] + box[:, 2:4]) / 2, box[:, 2:4] - box[:, :2]
    middle, stride = (grid[:, :2] + 0.5) * grid[:, 2:], grid[:, 2]
    distance = (middle - centre[:, None]).abs()
    level = torch.log2(size.clamp(min=1).prod(-1).sqrt()[:, None] / (4 * stride))
    level = torch.where((stride == 8) & (level < 0) | (stride == 32) & (level > 0), 0.0, level).abs()
    close = (distance < 1.5 * stride[:, None]).all(-1)
    inner = ((distance < 2.5 * stride[:, None]) & (distance < size[:, None] / 2)).all(-1)
    candidate = (close | inner) & (level < 1.7)
    cost = (-3 * torch.log(quality.clamp(min=1e-3)) - torch.log(score.clamp(min=1e-4)).clamp(max=6)[picture] + 1.2 * level
            + 0.5 * distance.pow(2).sum(-1).sqrt() / stride)
    cost = torch.where(candidate, cost, 1e6)
    count = torch.where(candidate, quality, 0.0).topk(most, -1).values.sum(-1).clamp(1, most).round()
    value, cell = cost.topk(most, -1, largest=False)
    row, place = torch.nonzero((torch.arange(most, device=cost.device) < count[:, None]) & (value < 1e5), as_tuple=True)
    value, key = value[row, place], picture[row] * len(grid) + cell[row, place]
    least = torch.full((answers.numel(),), 1e6, device=cost.device).scatter_reduce(0, key, value, "amin")
    won = value <= least[key]
    answers.view(-1)[key[won]] = row[won]
    best = torch.zeros(answers.numel(), device=cost.device)
    best[key[won]] = quality[row[won], cell[row, place][won]]
    return answers, best.view_as(score)


def loss(raw, grid, faces, mask, ignored, ignored_mask):
    logit, predicted = raw[..., 0], boxes_of(raw[..., 1:5], grid)
    score = logit.detach().sigmoid()
    rows, picture = faces[mask], torch.nonzero(mask)[:, 0]
    face, quality = assign(predicted.detach(), score, rows, picture, grid)
    positive = face >= 0
    target = rows[face[positive]]
    sure = torch.zeros_like(score).masked_scatter_(positive, target[:, 4])
    wish = sure * quality.clamp(min=0.04).sqrt()

    least = max(1, int(ignored_mask.sum(1).max()))
    order = torch.argsort(ignored_mask.int(), dim=1, descending=True, stable=True)[:, :least]
    ignored = ignored.gather(1, order[..., None].expand(-1, -1, 4))
    ignored_mask = ignored_mask.gather(1, order)
    middle = (grid[:, :2] + 0.5) * grid[:, 2:]
    inside = (middle[None, None] > ignored[:, :, None, :2]).all(-1) & (middle[None, None] < ignored[:, :, None, 2:4]).all(-1)
    hushed = (inside & ignored_mask[..., None]).any(1) & ~positive
    weight = torch.where(hushed, 0.0, 1.0) * torch.where(positive & (sure < 0.6), 0.6, 1.0)
    each = F.binary_cross_entropy_with_logits(logit, wish, reduction="none") * (wish - score).abs() ** 1.5
    total = wish.sum().clamp(min=8.0)
    score_loss = 1.5 * (each * weight).sum() / total

    p, w = predicted[positive], (wish.clamp(min=0.3) * (0.3 + 0.7 * sure))[positive]
    box = target[:, :4]
    span = torch.maximum(p[:, 2:], box[:, 2:]) - torch.minimum(p[:, :2], box[:, :2])
    apart = ((p[:, :2] + p[:, 2:] - box[:, :2] - box[:, 2:4]) / 2).pow(2).sum(1) / (span.pow(2).sum(1) + 1e-6)
    sizes = lambda b: (b[:, 2:4] - b[:, :2]).clamp(min=1).log()
    box_loss = 2 * ((1 - overlap(p, box) + apart + 0.5 * (sizes(p) - sizes(box)).abs().mean(1)) * w).sum() / total

    has = ~torch.isnan(target[:, 5])
    points = landmarks_of(raw[..., 5:], grid)[positive][has].flatten(1)
    side = (box[has, 2:4] - box[has, :2]).clamp(min=1).prod(1).sqrt()[:, None]
    off = F.smooth_l1_loss(points / side, target[has, 5:] / side, reduction="none", beta=0.05).mean(1)
    point_loss = 2 * (off * w[has]).sum() / total
    return score_loss, box_loss, point_loss
