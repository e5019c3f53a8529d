"""Publishes by WHIP the way a streaming program does: H.264 and Opus, one way, a bearer token: whip_h264.py URL TOKEN.

Says 'published' when it is connected, goes on until its input ends, then deletes its session and says the answer's status.
"""
import sys
import threading
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

URL, TOKEN = sys.argv[1], sys.argv[2]
Gst.init(None)
pipeline = Gst.parse_launch("""
  webrtcbin name=rtc bundle-policy=max-bundle
  videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=30/1
    ! openh264enc gop-size=60 ! video/x-h264,profile=constrained-baseline ! rtph264pay aggregate-mode=zero-latency config-interval=-1
    ! application/x-rtp,media=video,encoding-name=H264,payload=96,clock-rate=90000,packetization-mode=(string)1,profile-level-id=(string)42e01f ! rtc.
  audiotestsrc is-live=true ! audioconvert ! audioresample ! opusenc ! rtpopuspay
    ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97,clock-rate=48000,encoding-params=(string)2 ! rtc.
""")
rtc = pipeline.get_by_name("rtc")
loop = GLib.MainLoop()
session = None


def request(url, method, body=None):
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sdp"}
    return urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method))


def on_offer(promise, *_):
    promise.wait()
    reply = promise.get_reply()  # owns the offer, so it has to outlive the next line
    rtc.emit("set-local-description", reply["offer"], Gst.Promise.new())


def on_gathered(element, _):
    global session
    if session or element.get_property("ice-gathering-state") != GstWebRTC.WebRTCICEGatheringState.COMPLETE:
        return
    response = request(URL, "POST", element.get_property("local-description").sdp.as_text().encode())
    session = urllib.parse.urljoin(URL, response.headers["Location"])
    _, message = GstSdp.SDPMessage.new()
    GstSdp.sdp_message_parse_buffer(response.read(), message)
    answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
    rtc.emit("set-remote-description", answer, Gst.Promise.new())


def on_needed(element):
    for i in range(2):
        element.emit("get-transceiver", i).set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
    element.emit("create-offer", None, Gst.Promise.new_with_change_func(on_offer))


def on_state(element, _):
    if element.get_property("connection-state") == GstWebRTC.WebRTCPeerConnectionState.CONNECTED:
        print("published", flush=True)


def wait_for_end():
    sys.stdin.read()
    print(request(session, "DELETE").status, flush=True)
    GLib.idle_add(loop.quit)


rtc.connect("on-negotiation-needed", on_needed)
rtc.connect("notify::ice-gathering-state", on_gathered)
rtc.connect("notify::connection-state", on_state)
threading.Thread(target=wait_for_end, daemon=True).start()
pipeline.set_state(Gst.State.PLAYING)
loop.run()
pipeline.set_state(Gst.State.NULL)
