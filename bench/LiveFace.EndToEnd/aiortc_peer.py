"""The same job as most people would write it in Python: aiortc decodes, OpenCV finds and blurs faces, aiortc encodes.

Reads an SDP offer from standard input (ended by a line with a full stop), writes the answer in the same form, and
serves that one connection until it is killed. Faces are found by the network that LiveFace uses by default, in the
form in which its authors give it (--model FILE); without one the picture is decoded, encoded and left as it is.
"""
import asyncio
import sys

import cv2
from aiortc import RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from aiortc.codecs import vpx
from av import VideoFrame

cv2.setNumThreads(1)
vpx.DEFAULT_BITRATE = vpx.MIN_BITRATE = 1_500_000


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


async def main():
    offer = ""
    while (line := sys.stdin.readline()).strip() != ".":
        offer += line.rstrip("\r\n") + "\r\n"
    peer = RTCPeerConnection()

    @peer.on("track")
    def on_track(track):
        peer.addTrack(Blurred(track, sys.argv[2] if "--model" in sys.argv else None))

    await peer.setRemoteDescription(RTCSessionDescription(offer, "offer"))
    await peer.setLocalDescription(await peer.createAnswer())
    print(peer.localDescription.sdp + ".", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
