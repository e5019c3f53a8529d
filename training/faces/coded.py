"""Pictures as real video codecs leave them at low bitrates: short pans, encoded and decoded by FFmpeg."""
import subprocess
import tempfile

import cv2
import numpy as np

WIDTH, HEIGHT, FRAMES = 640, 480, 8
SETS = ("mask_ilc", "az1zt", "salty", "ccp", "helmet", "fossasia", "maskss", "shB", "darun")
RATES = tuple((codec, rate) for codec in ("libvpx", "libx264") for rate in (220, 450, 900))
SPEED = {"libvpx": ["-deadline", "realtime", "-cpu-used", "8"], "libx264": ["-preset", "veryfast", "-tune", "zerolatency"]}


def frames(items, chance, first_id, each=110):
    """One frame of a pan over each of some pictures; `crop` says which part of the picture `of` it shows."""
    sources = [i for i in items if i["set"] in SETS]
    chance.shuffle(sources)
    out = []
    for number, (codec, rate) in enumerate(RATES):
        group = sources[number * each:(number + 1) * each]
        if not group:
            break
        for item, crop, frame in pan(group, codec, rate, chance):
            data = cv2.imencode(".webp", frame, [cv2.IMWRITE_WEBP_QUALITY, 80])[1].tobytes()
            out.append(dict(set=item["set"], of=item["id"], crop=crop, w=WIDTH, h=HEIGHT, gt=None, points=None, webp=data,
                            id=first_id + len(out), role="train"))
    return out


def pan(group, codec, rate, chance):
    raw = ["-f", "rawvideo", "-pix_fmt", "bgr24"]
    with tempfile.NamedTemporaryFile(suffix=".mkv") as film:
        encoder = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-y", *raw, "-s", f"{WIDTH}x{HEIGHT}", "-r", "30", "-i", "-", "-c:v", codec, "-b:v", f"{rate}k",
             "-maxrate", f"{int(rate * 1.3)}k", "-bufsize", f"{rate}k", "-g", "300", *SPEED[codec], film.name], stdin=subprocess.PIPE)
        chosen = []
        for item in group:
            picture = cv2.imdecode(np.frombuffer(item["webp"], np.uint8), cv2.IMREAD_COLOR)
            height, width = picture.shape[:2]
            scale = max(WIDTH / width, HEIGHT / height) * chance.uniform(1.0, 1.35)
            room = max(0.0, width - WIDTH / scale), max(0.0, height - HEIGHT / scale)
            start = chance.uniform(0, room[0]), chance.uniform(0, room[1])
            step = chance.uniform(-5, 5) / scale, chance.uniform(-3, 3) / scale
            wanted = chance.choice((1, 3, 6))
            for number in range(FRAMES):
                x, y = (min(max(0.0, s + d * number), r) for s, d, r in zip(start, step, room))
                shown = cv2.warpAffine(picture, np.array([[scale, 0, -x * scale], [0, scale, -y * scale]]), (WIDTH, HEIGHT),
                                       flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
                encoder.stdin.write(shown.tobytes())
                if number == wanted:
                    chosen.append((item, (x, y, scale), wanted))
        encoder.stdin.close()
        if encoder.wait() != 0:
            raise RuntimeError(f"FFmpeg could not encode {codec} at {rate} kbit/s.")
        decoded = subprocess.run(["ffmpeg", "-v", "error", "-i", film.name, *raw, "-"], stdout=subprocess.PIPE, check=True).stdout
    film = np.frombuffer(decoded, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
    return [(item, crop, film[i * FRAMES + wanted]) for i, (item, crop, wanted) in enumerate(chosen)]
