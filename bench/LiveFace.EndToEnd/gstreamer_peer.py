"""What most people would write with GStreamer: webrtcbin, decode, encode, send back. Nothing is looked for or hidden.

Reads SDP offers from standard input, each ended by a line with a full stop, writes the answers in the same form, and
serves all these connections until it is killed. --kbps N: what is sent back on each.
"""
import argparse, re, sys, threading

import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

parser = argparse.ArgumentParser()
parser.add_argument("--kbps", type=int, default=1500)
options = parser.parse_args()


class Connection:
    def __init__(self, offer):
        payload = re.search(r"a=rtpmap:(\d+) VP8/90000", offer)[1]
        self.answered = threading.Event()
        # The encoder as for a live picture: constant rate, no look-ahead, the speed at which LiveFace's begins.
        self.pipeline = Gst.parse_launch(f"""
          webrtcbin name=rtc bundle-policy=max-bundle latency=0
          queue name=picture leaky=downstream max-size-buffers=1
            ! vp8enc deadline=1 cpu-used=-8 threads=1 end-usage=cbr target-bitrate={options.kbps * 1000} undershoot=100 overshoot=15
                buffer-initial-size=500 buffer-optimal-size=600 buffer-size=1000 error-resilient=default keyframe-max-dist=3000
            ! rtpvp8pay picture-id-mode=15-bit mtu=1200
            ! application/x-rtp,media=video,encoding-name=VP8,payload={payload},clock-rate=90000 ! rtc.""")
        self.rtc = self.pipeline.get_by_name("rtc")
        self.rtc.connect("pad-added", self.on_pad)
        self.rtc.connect("notify::ice-gathering-state", self.on_gathered)
        self.pipeline.set_state(Gst.State.PLAYING)
        _, message = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(offer.encode(), message)
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.OFFER, message)
        self.rtc.emit("set-remote-description", description, Gst.Promise.new_with_change_func(self.on_offered))
        self.answered.wait()
        print(self.rtc.get_property("local-description").sdp.as_text().rstrip() + "\n.", flush=True)

    def on_offered(self, *_):
        self.rtc.emit("create-answer", None, Gst.Promise.new_with_change_func(self.on_answer))

    def on_answer(self, promise, *_):
        promise.wait()
        reply = promise.get_reply()  # owns the answer, so it has to outlive the next line
        self.rtc.emit("set-local-description", reply["answer"], Gst.Promise.new())

    def on_gathered(self, rtc, _):
        if rtc.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            self.answered.set()

    def on_pad(self, _, pad):
        if pad.direction != Gst.PadDirection.SRC:
            return
        decode = Gst.parse_bin_from_description("rtpvp8depay request-keyframe=true wait-for-keyframe=true ! vp8dec threads=1", True)
        self.pipeline.add(decode)
        decode.sync_state_with_parent()
        decode.get_static_pad("src").link(self.pipeline.get_by_name("picture").get_static_pad("sink"))
        pad.link(decode.get_static_pad("sink"))


def main():
    Gst.init(None)
    threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
    connections, offer = [], ""
    for line in sys.stdin:
        if line.strip() != ".":
            offer += line.rstrip("\r\n") + "\r\n"
            continue
        connections.append(Connection(offer))
        offer = ""


main()
