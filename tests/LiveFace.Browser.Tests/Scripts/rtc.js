// Plain WebRTC and a plain hub client, for tests of the doors that need no SDK. Evaluated in a page of the server.
window.rtc = {
  async until(condition, what, patience = 60000) {
    const started = performance.now();
    for (;;) {
      const value = await condition();
      if (value) return value;
      if (performance.now() - started > patience) throw new Error(`Never: ${what}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  },

  async stat(pc, type, kind) {
    for (const one of (await pc.getStats()).values()) if (one.type === type && (!kind || one.kind === kind)) return one;
    return null;
  },

  camera: () => navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 30 }, audio: true }),

  /** Offers at an endpoint; gives the connection and what the server said. */
  async open(endpoint, prepare, configuration = {}) {
    const pc = new RTCPeerConnection(configuration);
    prepare(pc);
    await pc.setLocalDescription();
    const response = await fetch(endpoint, {
      method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: pc.localDescription.sdp,
    });
    const body = await response.text();
    if (response.status !== 201) throw new Error(`${response.status} ${body}`);
    await pc.setRemoteDescription({ type: 'answer', sdp: body });
    return { pc, location: response.headers.get('Location'), etag: response.headers.get('ETag') };
  },

  send: (stream, both) => (pc) => {
    for (const track of stream.getTracks())
      pc.addTransceiver(track, { direction: both && track.kind === 'video' ? 'sendrecv' : 'sendonly', streams: [stream] });
  },

  watch: (pc) => {
    pc.addTransceiver('video', { direction: 'recvonly' });
    pc.addTransceiver('audio', { direction: 'recvonly' });
  },

  frames: (pc, count) => rtc.until(async () => (await rtc.stat(pc, 'inbound-rtp', 'video'))?.framesDecoded >= count, `${count} frames`),

  sound: (pc) => rtc.until(async () => (await rtc.stat(pc, 'inbound-rtp', 'audio'))?.packetsReceived >= 20, 'sound'),

  /** SignalR's JSON protocol on a bare WebSocket. */
  async hub() {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/hub`);
    const events = {};
    const waiting = new Map();
    socket.onmessage = ({ data }) => {
      for (const record of data.split('\u001e').filter((text) => text)) {
        const message = JSON.parse(record);
        if (message.type === 1) (events[message.target] ??= []).push(message.arguments[0]);
        if (message.type === 3) (message.error ? waiting.get(message.invocationId).reject : waiting.get(message.invocationId).resolve)(message.error ?? message.result);
      }
    };
    await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject; });
    socket.send('{"protocol":"json","version":1}\u001e');
    let id = 0;
    const invoke = (target, ...values) => new Promise((resolve, reject) => {
      waiting.set(String(++id), { resolve, reject });
      socket.send(`${JSON.stringify({ type: 1, invocationId: String(id), target, arguments: values })}\u001e`);
    });
    return { invoke, events };
  },
};
