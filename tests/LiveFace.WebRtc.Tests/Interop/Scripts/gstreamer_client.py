"""Sends a test picture and a tone by WHIP with webrtcbin, and counts what comes back, until it is enough: gstreamer_client.py URL CODEC SECONDS."""
import json, sys, time, urllib.request

import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

URL, CODEC, SECONDS = sys.argv[1], sys.argv[2], float(sys.argv[3])
ENCODE = {
    "vp8": "vp8enc deadline=1 keyframe-max-dist=60 ! rtpvp8pay picture-id-mode=15-bit",
    "vp9": "vp9enc deadline=1 cpu-used=8 keyframe-max-dist=60 ! rtpvp9pay picture-id-mode=15-bit",
    "h264": "openh264enc ! video/x-h264,profile=constrained-baseline ! rtph264pay aggregate-mode=zero-latency config-interval=-1",
}[CODEC]
ENOUGH = 60
FMTP = ",packetization-mode=(string)1,profile-level-id=(string)42e01f" if CODEC == "h264" else ""

Gst.init(None)
counts = {"video": 0, "audio": 0, "width": 0, "state": "new"}
pipeline = Gst.parse_launch(f"""
  webrtcbin name=rtc bundle-policy=max-bundle
  videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=30/1 ! {ENCODE}
    ! application/x-rtp,media=video,encoding-name={CODEC.upper()},payload=96,clock-rate=90000{FMTP} ! rtc.
  audiotestsrc is-live=true ! audioconvert ! audioresample ! opusenc ! rtpopuspay
    ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97,clock-rate=48000,encoding-params=(string)2 ! rtc.
""")
rtc = pipeline.get_by_name("rtc")
loop = GLib.MainLoop()


def on_decoded(_, pad):
    kind = "video" if pad.get_current_caps().get_structure(0).get_name().startswith("video") else "audio"

    def on_buffer(pad, info):
        counts[kind] += 1
        if kind == "video":
            counts["width"] = pad.get_current_caps().get_structure(0).get_value("width")
        return Gst.PadProbeReturn.OK

    sink = Gst.ElementFactory.make("fakesink")
    pipeline.add(sink)
    sink.sync_state_with_parent()
    pad.link(sink.get_static_pad("sink"))
    pad.add_probe(Gst.PadProbeType.BUFFER, on_buffer)


def on_pad(_, pad):
    if pad.direction != Gst.PadDirection.SRC:
        return
    decode = Gst.ElementFactory.make("decodebin")
    decode.connect("pad-added", on_decoded)
    pipeline.add(decode)
    decode.sync_state_with_parent()
    pad.link(decode.get_static_pad("sink"))


def on_offer(promise, *_):
    promise.wait()
    reply = promise.get_reply()  # owns the offer, so it has to outlive the next line
    rtc.emit("set-local-description", reply["offer"], Gst.Promise.new())


def on_gathered(element, _):
    if element.get_property("ice-gathering-state") != GstWebRTC.WebRTCICEGatheringState.COMPLETE or counts["state"] != "new":
        return
    counts["state"] = "offered"
    offer = element.get_property("local-description").sdp.as_text()
    request = urllib.request.Request(URL, offer.encode(), {"Content-Type": "application/sdp"}, method="POST")
    text = urllib.request.urlopen(request).read()
    _, message = GstSdp.SDPMessage.new()
    GstSdp.sdp_message_parse_buffer(text, message)
    answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
    rtc.emit("set-remote-description", answer, Gst.Promise.new())


def on_needed(element):
    for i in range(2):
        element.emit("get-transceiver", i).set_property("fec-type", 0)
    element.emit("create-offer", None, Gst.Promise.new_with_change_func(on_offer))


def finish():
    if min(counts["video"], counts["audio"]) < ENOUGH and time.monotonic() < deadline:
        return True
    counts["state"] = rtc.get_property("connection-state").value_nick
    loop.quit()
    return False


rtc.connect("pad-added", on_pad)
rtc.connect("on-negotiation-needed", on_needed)
rtc.connect("notify::ice-gathering-state", on_gathered)
deadline = time.monotonic() + SECONDS
GLib.timeout_add(100, finish)
pipeline.set_state(Gst.State.PLAYING)
loop.run()
pipeline.set_state(Gst.State.NULL)
print(json.dumps(counts))
