"""What a picture's faces are, from its set's own boxes and from what the teacher saw."""
import numpy as np

from teacher import overlaps

# Sets whose own boxes are faces, all of them; heads, from which faces are a part; points on heads.
FACES, HEADS, POINTS = ("corrections", "mask_ilc", "maskss", "salty", "daniyal", "darun"), ("az1zt", "helmet"), ("shA", "shB")
FACELESS = ("bsds", "in1k", "urban", "clothing", "ecssd", "plates", "text")

# How each set's boxes lie to the teacher's, as train.py logged them: shift and scale.
CONVENTIONS = {"mask_ilc": (0.002, -0.067, 1.024, 1.058), "maskss": (-0.014, -0.149, 0.936, 1.090), "salty": (0.007, 0.026, 0.831, 0.830),
               "daniyal": (0.010, -0.005, 0.825, 0.760), "darun": (-0.021, 0.022, 0.760, 0.780)}


def corners(boxes):
    return np.c_[boxes[:, :2], boxes[:, :2] + boxes[:, 2:4]] if len(boxes) else np.zeros((0, 4))


def fit_convention(pairs):
    """The median shift and scale that turn a set's boxes into the teacher's: dx, dy (in box sizes), width, height."""
    own, seen = (np.array(side) for side in zip(*pairs))
    size = own[:, 2:] - own[:, :2]
    middle, other = (own[:, :2] + own[:, 2:]) / 2, (seen[:, :2] + seen[:, 2:]) / 2
    return np.r_[np.median((other - middle) / size, 0), np.median((seen[:, 2:] - seen[:, :2]) / size, 0)]


def apply_convention(boxes, how):
    size = boxes[:, 2:] - boxes[:, :2]
    middle, size = (boxes[:, :2] + boxes[:, 2:]) / 2 + how[:2] * size, size * how[2:]
    return np.c_[middle - size / 2, middle + size / 2]


def matches(own, seen, least):
    """For each own box the row of the best seen box, or -1."""
    if not len(own) or not len(seen):
        return np.full(len(own), -1)
    table = np.array([overlaps(box, seen) for box in own])
    best = table.argmax(1)
    return np.where(table.max(1) >= least, best, -1)


def covers(boxes, seen):
    """Whether the middle of a seen box lies in any of the boxes."""
    middle = (seen[:, :2] + seen[:, 2:4]) / 2
    inside = (middle[:, None] > boxes[None, :, :2]) & (middle[:, None] < boxes[None, :, 2:4])
    return inside.all(2).any(1) if len(boxes) else np.zeros(len(seen), bool)


def confidence(score, low=0.15, high=0.6):
    return np.clip((score - low) / (high - low), 0, 1)


def label(name, own, seen, convention):
    """Faces (n x 15: box, confidence, landmarks or NaN) and regions to ignore. Own: n x 4 corners, or None."""
    score = seen[:, 4]
    sure = confidence(score)
    if name in FACELESS:
        face, ignored = score >= 0.7, (score >= 0.3) & (score < 0.7)
        return with_confidence(seen[face], np.ones(face.sum())), seen[ignored, :4]
    if own is None or name not in FACES + HEADS:
        face = score >= 0.3
        ignored = (score >= 0.15) & ~face
        return with_confidence(seen[face], sure[face]), seen[ignored, :4]
    if name in HEADS:
        backed = covers(own, seen)
        face = (backed & (score >= 0.2)) | (score >= 0.45)
        ignored = (score >= 0.12) & ~face
        free = own[~covers_any(own, seen[face])] if len(own) else own
        return with_confidence(seen[face], np.where(backed, np.maximum(sure, 0.6), sure)[face]), np.concatenate([seen[ignored, :4], free])
    fitted = apply_convention(own, convention) if convention is not None and len(own) else own
    best = matches(fitted, seen, 0.3)
    used = np.zeros(len(seen), bool)
    used[best[best >= 0]] = True
    rows = [np.r_[seen[b, :4], 1.0, seen[b, 5:15]] if b >= 0 and score[b] > 0.25
            else np.r_[box, 1.0, np.full(10, np.nan)] for box, b in zip(fitted, best) if min(box[2:] - box[:2]) >= 4]
    backed = covers(fitted, seen)
    extra = ~used & ~backed & (score >= 0.6)
    ignored = ~used & ~extra & (score >= 0.2)
    faces = np.array(rows).reshape(-1, 15)
    return np.concatenate([faces, with_confidence(seen[extra], sure[extra])]), seen[ignored, :4]


def covers_any(own, faces):
    middle = (faces[:, :2] + faces[:, 2:4]) / 2
    inside = (middle[None] > own[:, None, :2]) & (middle[None] < own[:, None, 2:4])
    return inside.all(2).any(1)


def outside(ignored, faces):
    """Regions whose middle lies in no face: what was seen inside of a face is a part of it, and background."""
    return ignored[~covers(faces[:, :4], ignored)] if len(ignored) else ignored.reshape(0, 4)


def with_confidence(seen, sure):
    return np.c_[seen[:, :4], sure, seen[:, 5:15]].reshape(-1, 15)


def crowd(points, seen):
    """Heads of a crowd known by points alone: where no face was seen near one, its surroundings are ignored."""
    face = seen[:, 4] >= 0.25
    faces = with_confidence(seen[face], np.maximum(confidence(seen[face, 4]), 0.4))
    if not len(points):
        return faces, seen[~face, :4]
    gaps = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
    gaps.sort(1)
    size = np.clip(gaps[:, 1:4].mean(1) * 0.6, 6, 60) if len(points) > 4 else np.full(len(points), 24.0)
    near = covers_points(points, faces)
    rest, side = points[~near], size[~near]
    boxes = np.c_[rest[:, 0] - side * 0.6, rest[:, 1] - side * 0.6, rest[:, 0] + side * 0.6, rest[:, 1] + side * 0.8]
    return faces, np.concatenate([seen[~face, :4], boxes])


def covers_points(points, faces):
    if not len(faces):
        return np.zeros(len(points), bool)
    low, high = faces[None, :, :2], faces[None, :, 2:4]
    grow = (high - low) * 0.3
    return ((points[:, None] > low - grow) & (points[:, None] < high + grow)).all(2).any(1)
