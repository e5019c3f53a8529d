"""One that publishes stripes to a room or watches it: room_peer.py publish|watch URL [POLICY].

A line for each thing that happens: `location ADDRESS`, `refused STATUS`, `frame NUMBER SPREAD` (of a picture's brightness: stripes have much,
a cover has none), `state WORD`. It goes on until its input ends, and deletes its session then.
"""
import asyncio, sys, urllib.error, urllib.parse, urllib.request

import numpy
from aiortc import RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from av import VideoFrame

MODE, URL = sys.argv[1], sys.argv[2]
POLICY = sys.argv[3] if len(sys.argv) > 3 else None


def say(*words):
    print(*words, flush=True)


class Stripes(VideoStreamTrack):
    count = 0

    async def recv(self):
        pts, time_base = await self.next_timestamp()
        await asyncio.sleep(1 / 30)
        image = numpy.zeros((240, 320, 3), numpy.uint8)
        image[:, ::40][:] = 255
        for i in range(20):
            image[:, (self.count * 4 + i) % 320::80] = 255
        self.count += 1
        frame = VideoFrame.from_ndarray(image, format="bgr24")
        frame.pts, frame.time_base = pts, time_base
        return frame


async def look(track):
    count = 0
    while True:
        frame = await track.recv()
        count += 1
        say("frame", count, int(frame.to_ndarray(format="gray").std()))


def request(url, method, body=None):
    headers = {"Content-Type": "application/sdp"}
    if POLICY and method == "POST":
        headers["LiveFace-Policy"] = POLICY
    try:
        return urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method), timeout=20)
    except urllib.error.HTTPError as error:
        if error.code != 307:
            raise
        # As a WHIP client has to (RFC 9725).
        return request(error.headers["Location"], method, body)


async def main():
    loop = asyncio.get_running_loop()
    peer = RTCPeerConnection()
    peer.on("connectionstatechange", lambda: say("state", peer.connectionState))
    tasks = []
    peer.on("track", lambda track: tasks.append(asyncio.ensure_future(look(track))))
    if MODE == "publish":
        peer.addTrack(Stripes())
    else:
        peer.addTransceiver("video", direction="recvonly")
    await peer.setLocalDescription(await peer.createOffer())
    try:
        response = await loop.run_in_executor(None, request, URL, "POST", peer.localDescription.sdp.encode())
    except urllib.error.HTTPError as refused:
        say("refused", refused.code)
        await peer.close()
        return
    session = urllib.parse.urljoin(response.url, response.headers["Location"])
    say("location", session)
    await peer.setRemoteDescription(RTCSessionDescription(response.read().decode(), "answer"))
    await loop.run_in_executor(None, sys.stdin.read)
    try:
        say("deleted", (await loop.run_in_executor(None, request, session, "DELETE")).status)
    except OSError as error:
        say("deleted", getattr(error, "code", 0))
    await peer.close()


asyncio.run(main())
