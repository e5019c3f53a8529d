"""The same job as most people would write it in Python: aiortc decodes, OpenCV finds and blurs faces, aiortc encodes.

Reads SDP offers from standard input, each ended by a line with a full stop, writes the answers in the same form, and
serves all these connections until it is killed. Faces are found by the network that LiveFace uses by default, in the
form in which its authors give it (--model FILE); without one the picture is decoded, encoded and left as it is.
"""
import argparse
import asyncio
import sys

import cv2
from aiortc import RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from aiortc.codecs import vpx
from av import VideoFrame

parser = argparse.ArgumentParser()
parser.add_argument("--model")
parser.add_argument("--kbps", type=int, default=1500, help="sent back on each connection")
options = parser.parse_args()

cv2.setNumThreads(1)
vpx.DEFAULT_BITRATE = vpx.MIN_BITRATE = vpx.MAX_BITRATE = options.kbps * 1000


class Blurred(VideoStreamTrack):
    def __init__(self, source, model):
        super().__init__()
        self.source = source
        self.network = model and cv2.dnn.readNetFromONNX(model)

    async def recv(self):
        frame = await self.source.recv()
        if not self.network:
            return frame
        # The newest picture only: in the order in which they come, the delay would grow without end.
        while not self.source._queue.empty():
            frame = await self.source.recv()
        # Beside the event loop, which has packets to see to.
        return await asyncio.get_running_loop().run_in_executor(None, self.hide, frame)

    def hide(self, frame):
        picture = frame.to_ndarray(format="bgr24")
        height, width = picture.shape[:2]
        self.network.setInput(cv2.dnn.blobFromImage(picture, 1 / 128, (320, 240), (127, 127, 127), swapRB=True))
        boxes, scores = self.network.forward(["boxes", "scores"])
        found = [(box * (width, height, width, height)).astype(int) for box, score in zip(boxes[0], scores[0]) if score[1] > 0.6]
        kept = cv2.dnn.NMSBoxes([(x, y, r - x, b - y) for x, y, r, b in found], [1.0] * len(found), 0.5, 0.4)
        for x, y, r, b in (found[i] for i in kept):
            x, y = max(0, x), max(0, y)
            picture[y:b, x:r] = cv2.GaussianBlur(picture[y:b, x:r], (0, 0), max(1, (r - x) / 6))
        out = VideoFrame.from_ndarray(picture, format="bgr24")
        out.pts, out.time_base = frame.pts, frame.time_base
        return out


async def connect(offer):
    peer = RTCPeerConnection()

    @peer.on("track")
    def on_track(track):
        peer.addTrack(Blurred(track, options.model))

    await peer.setRemoteDescription(RTCSessionDescription(offer, "offer"))
    await peer.setLocalDescription(await peer.createAnswer())
    print(peer.localDescription.sdp.rstrip() + "\n.", flush=True)
    return peer


async def main():
    reader, peers, offer = asyncio.StreamReader(), [], ""
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := (await reader.readline()).decode():
        if line.strip() != ".":
            offer += line.rstrip("\r\n") + "\r\n"
            continue
        peers.append(await connect(offer))
        offer = ""


asyncio.run(main())
