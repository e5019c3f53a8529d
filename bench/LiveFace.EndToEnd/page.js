// Runs in Chromium. Sends a picture that carries its own number as black and white blocks, reads the number in what
// comes back, and writes down how long each took: from the moment the picture is given to the browser's sender to the
// moment the decoded picture is there, with no compositor in between.
window.bench = {
  bits: 16, block: 24,
  async start({ portrait, width, height, rate, kbps }) {
    const image = new Image();
    image.src = portrait;
    await image.decode();
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const writer = generator.writable.getWriter();
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    // Grain, as every camera has it, moves from picture to picture: without it no encoder has use for its bitrate.
    const grain = new OffscreenCanvas(width + 64, height + 64);
    const noise = new ImageData(grain.width, grain.height);
    for (let i = 0, seed = 1; i < noise.data.length; i += 4) {
      seed = Math.imul(seed, 1664525) + 1013904223 | 0;
      noise.data.fill(seed >>> 24, i, i + 3);
      noise.data[i + 3] = 24;
    }
    grain.getContext('2d').putImageData(noise, 0, 0);
    const sent = new Map();
    bench.latencies = [];
    bench.received = 0;
    let number = 0;

    const draw = () => {
      number++;
      context.fillStyle = '#6a6f62';
      context.fillRect(0, 0, width, height);
      const angle = number / 40;
      context.drawImage(image, 120, 20, 220, 220, width * (0.33 + 0.2 * Math.sin(angle)), height * (0.25 + 0.2 * Math.cos(angle)), 220, 220);
      context.drawImage(grain, -(number * 29 % 64), -(number * 47 % 64));
      for (let bit = 0; bit < bench.bits; bit++) {
        const on = (number >> bit) & 1;
        context.fillStyle = on ? '#fff' : '#000';
        context.fillRect(bit * bench.block, height - bench.block, bench.block, bench.block);
        // The opposite stands above it: a number that a mask reaches over does not count as another number.
        context.fillStyle = on ? '#000' : '#fff';
        context.fillRect(bit * bench.block, height - 2 * bench.block, bench.block, bench.block);
      }
      const now = performance.now();
      sent.set(number & 0xffff, now);
      sent.delete((number - 300) & 0xffff);
      const frame = new VideoFrame(canvas, { timestamp: Math.round(now * 1000) });
      if (writer.desiredSize > 0) writer.write(frame); else frame.close();
    };

    const pc = bench.pc = new RTCPeerConnection();
    pc.addTransceiver(generator, {
      direction: 'sendrecv', streams: [new MediaStream([generator])], sendEncodings: [{ maxBitrate: kbps * 1000 }] });
    pc.ontrack = async ({ track, receiver }) => {
      receiver.jitterBufferTarget = 0;
      const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
      for (;;) {
        const { value: frame, done } = await reader.read();
        if (done) return;
        const now = performance.now();
        const full = frame.codedHeight === height;
        const strip = new Uint8Array(bench.bits * bench.block * bench.block * 4);
        if (full) {
          await frame.copyTo(strip, { rect: { x: 0, y: height - 2 * bench.block, width: bench.bits * bench.block, height: 2 * bench.block } });
          const isBright = (row, bit) => strip[(row * bench.block + (bench.block >> 1)) * bench.bits * bench.block + bit * bench.block + (bench.block >> 1)] > 128;
          let read = 0;
          let whole = true;
          for (let bit = 0; bit < bench.bits; bit++) {
            if (isBright(1, bit)) read |= 1 << bit;
            whole &&= isBright(0, bit) !== isBright(1, bit);
          }
          if (whole && sent.has(read)) bench.latencies.push(now - sent.get(read));
        }
        bench.received++;
        frame.close();
      }
    };
    await pc.setLocalDescription();
    if (pc.iceGatheringState !== 'complete')
      await new Promise((done) => pc.addEventListener('icegatheringstatechange', () => pc.iceGatheringState === 'complete' && done()));
    const response = await fetch('/offer', { method: 'POST', body: pc.localDescription.sdp });
    const sdp = await response.text();
    if (!response.ok) throw new Error(sdp);
    await pc.setRemoteDescription({ type: 'answer', sdp });
    bench.timer = setInterval(draw, 1000 / rate);
  },
  async bytes() {
    for (const one of (await bench.pc.getStats()).values()) if (one.type === 'inbound-rtp') return one.bytesReceived;
    return 0;
  },
};
