"""Sends a moving test picture and a tone by WHIP, and counts what comes back, until it is enough: aiortc_client.py URL CODEC SECONDS."""
import asyncio, json, sys, time, urllib.request

import numpy
from aiortc import RTCPeerConnection, RTCSessionDescription, RTCRtpSender, VideoStreamTrack
from aiortc.mediastreams import AudioStreamTrack
from av import VideoFrame

ENOUGH = 60


class Picture(VideoStreamTrack):
    def __init__(self):
        super().__init__()
        self.count = 0

    async def recv(self):
        pts, time_base = await self.next_timestamp()
        image = numpy.zeros((240, 320, 3), numpy.uint8)
        image[:, (self.count * 4) % 300:][:, :20] = 255
        self.count += 1
        frame = VideoFrame.from_ndarray(image, format="bgr24")
        frame.pts, frame.time_base = pts, time_base
        return frame


async def drain(track, counts):
    while True:
        frame = await track.recv()
        counts[track.kind] += 1
        if track.kind == "video":
            counts["width"] = frame.width


async def main(url, codec, seconds):
    peer = RTCPeerConnection()
    counts = {"video": 0, "audio": 0, "width": 0}
    peer.addTrack(AudioStreamTrack())
    peer.addTrack(Picture())
    for transceiver in peer.getTransceivers():
        if transceiver.kind == "video":
            capabilities = RTCRtpSender.getCapabilities("video").codecs
            wanted = [c for c in capabilities if c.mimeType.lower() in ("video/" + codec, "video/rtx")]
            transceiver.setCodecPreferences(wanted)

    tasks = []
    peer.on("track", lambda track: tasks.append(asyncio.ensure_future(drain(track, counts))))
    await peer.setLocalDescription(await peer.createOffer())
    request = urllib.request.Request(
        url, peer.localDescription.sdp.encode(), {"Content-Type": "application/sdp"}, method="POST")
    answer = await asyncio.get_event_loop().run_in_executor(
        None, lambda: urllib.request.urlopen(request).read().decode())
    await peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    deadline = time.monotonic() + seconds
    while min(counts["video"], counts["audio"]) < ENOUGH and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    counts["state"] = peer.connectionState
    await peer.close()
    print(json.dumps(counts))


asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
