"""Many cameras that cost little: each is a webrtcbin that offers, sends one clip of encoded VP8 over and over at 30 frames
a second, and counts the whole frames that come back without decoding them.

usage: stream_load.py CLIP.ivf, then one command a line on standard input, each answered by one line of JSON:
  add URL      opens one more stream; its offer is posted to URL. Answers when its first frame has come back
  measure S    for S seconds: frames a second of each stream, sent and returned, and kbit/s returned
"""
import heapq, json, struct, sys, threading, time, urllib.request

import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

RATE = 30
PATIENCE = 60
FEEDBACK = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"


def read_clip(path):
    """The frames of an IVF file: 32 bytes of header, then each frame behind its length and time."""
    with open(path, "rb") as file:
        data = file.read()
    frames, at = [], 32
    while at < len(data):
        length = struct.unpack_from("<I", data, at)[0]
        frames.append(Gst.Buffer.new_wrapped(data[at + 12:at + 12 + length]))
        at += 12 + length
    return frames


class Stream:
    def __init__(self, url):
        self.url, self.next = url, 0
        self.sent = self.returned = self.bytes = 0
        self.expected, self.whole, self.timestamp = None, False, None
        self.offered, self.connected, self.first = False, threading.Event(), threading.Event()
        self.trouble = None
        self.pipeline = Gst.parse_launch(f"""
          webrtcbin name=rtc bundle-policy=max-bundle latency=0
          appsrc name=camera is-live=true format=time do-timestamp=true caps=video/x-vp8,width=640,height=480,framerate=30/1
            ! rtpvp8pay picture-id-mode=15-bit mtu=1200
            ! application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000,extmap-1=(string){FEEDBACK} ! rtc.""")
        self.camera, self.rtc = self.pipeline.get_by_name("camera"), self.pipeline.get_by_name("rtc")
        self.rtc.connect("pad-added", self.on_pad)
        self.rtc.connect("on-negotiation-needed", self.on_needed)
        self.rtc.connect("notify::ice-gathering-state", self.on_gathered)
        self.rtc.connect("notify::connection-state", self.on_state)
        self.pipeline.set_state(Gst.State.PLAYING)

    def on_needed(self, rtc):
        if not self.offered:
            rtc.emit("create-offer", None, Gst.Promise.new_with_change_func(self.on_offer))

    def on_offer(self, promise, *_):
        promise.wait()
        reply = promise.get_reply()  # owns the offer, so it has to outlive the next line
        self.rtc.emit("set-local-description", reply["offer"], Gst.Promise.new())

    def on_gathered(self, rtc, _):
        if rtc.get_property("ice-gathering-state") != GstWebRTC.WebRTCICEGatheringState.COMPLETE or self.offered:
            return
        self.offered = True
        try:
            offer = rtc.get_property("local-description").sdp.as_text()
            request = urllib.request.Request(self.url, offer.encode(), {"Content-Type": "application/sdp"}, method="POST")
            text = urllib.request.urlopen(request).read()
        except urllib.error.HTTPError as error:
            self.trouble = f"{error.code} {error.read().decode(errors='replace')}"
            return
        _, message = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(text, message)
        answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        rtc.emit("set-remote-description", answer, Gst.Promise.new())

    def on_state(self, rtc, _):
        if rtc.get_property("connection-state") == GstWebRTC.WebRTCPeerConnectionState.CONNECTED:
            self.connected.set()

    def on_pad(self, _, pad):
        if pad.direction != Gst.PadDirection.SRC:
            return
        sink = Gst.parse_bin_from_description("fakesink sync=false async=false", True)
        self.pipeline.add(sink)
        sink.sync_state_with_parent()
        pad.add_probe(Gst.PadProbeType.BUFFER, self.on_packet)
        pad.link(sink.get_static_pad("sink"))

    def on_packet(self, _, info):
        """A frame is whole when none of its packets is missing, from the last frame's last one to its own (the marker)."""
        packet = info.get_buffer()
        header = packet.extract_dup(0, 8)
        sequence = header[2] << 8 | header[3]
        self.whole = self.whole and sequence == self.expected
        self.expected = sequence + 1 & 0xffff
        self.bytes += packet.get_size()
        if header[1] & 0x80:
            if self.whole and header[4:8] != self.timestamp:
                self.returned += 1
                self.first.set()
            self.whole, self.timestamp = True, header[4:8]
        return Gst.PadProbeReturn.OK

    def push(self, clip):
        self.camera.emit("push-buffer", clip[self.next].copy())
        self.next = (self.next + 1) % len(clip)
        self.sent += 1


class Cameras(threading.Thread):
    """One thread sends the next frame of whichever stream is due, each at its own phase."""

    def __init__(self, clip):
        super().__init__(daemon=True)
        self.clip, self.due, self.order, self.lock = clip, [], 0, threading.Lock()

    def begin(self, stream):
        with self.lock:
            self.order += 1
            # The golden ratio spreads the phases evenly, however many streams there will be.
            start = (int(time.monotonic() * RATE) + 1 + self.order * 0.618 % 1) / RATE
            heapq.heappush(self.due, (start, self.order, stream))

    def run(self):
        while True:
            with self.lock:
                due = self.due and self.due[0][0] <= time.monotonic() and heapq.heappop(self.due)
            if not due:
                time.sleep(0.001)
                continue
            at, order, stream = due
            stream.push(self.clip)
            with self.lock:
                heapq.heappush(self.due, (at + 1 / RATE, order, stream))


def add(streams, cameras, url):
    stream = Stream(url)
    streams.append(stream)
    end = time.monotonic() + PATIENCE
    while not stream.connected.wait(0.05):
        if stream.trouble or time.monotonic() > end:
            return {"error": stream.trouble or "no connection"}
    cameras.begin(stream)
    return {} if stream.first.wait(PATIENCE) else {"error": "no frame came back"}


def measure(streams, seconds):
    def read():
        return [(one.sent, one.returned, one.bytes) for one in streams]

    before, began = read(), time.monotonic()
    time.sleep(seconds)
    after, elapsed = read(), time.monotonic() - began
    rows = [[(b - a) / elapsed for a, b in zip(*pair)] for pair in zip(before, after)]
    return {"sent": [row[0] for row in rows], "returned": [row[1] for row in rows], "kbps": [row[2] * 8 / 1000 for row in rows]}


def main():
    Gst.init(None)
    clip = read_clip(sys.argv[1])
    threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
    streams, cameras = [], Cameras(clip)
    cameras.start()
    for line in sys.stdin:
        command, argument = line.split()
        answer = add(streams, cameras, argument) if command == "add" else measure(streams, float(argument))
        print(json.dumps(answer), flush=True)


main()
