// What is measured: how each is started, and how an offer becomes an answer.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { limitKbps } from './harness.mjs';

const root = resolve(import.meta.dirname, '../..');
const configuration = process.env.CONFIGURATION ?? 'Release';

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

async function untilReady(address, child) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    try {
      if ((await fetch(address)).ok) return;
    } catch { /* not listening yet */ }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the server did not become ready');
}

async function liveface(settings = {}) {
  const [port, media] = [await freePort(), await freePort()];
  const data = mkdtempSync(join(tmpdir(), 'liveface-bench-'));
  const child = spawn(join(root, `src/LiveFace/bin/${configuration}/net10.0/liveface`), ['serve'], {
    cwd: root, stdio: 'ignore',
    env: { ...process.env, PORT: port, Media__Port: media, Storage__Folder: data, Access__RequestsPerMinute: 6000, ...settings },
  });
  const address = `http://127.0.0.1:${port}`;
  await untilReady(`${address}/health/ready`, child);
  return {
    pid: child.pid, address,
    async answer(offer, room = 'bench') {
      const response = await fetch(`${address}/api/rooms/${room}/peer`, {
        method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: offer });
      if (!response.ok) throw new Error(await response.text());
      return response.text();
    },
    stop() { child.kill(); rmSync(data, { recursive: true, force: true }); },
  };
}

async function echo() {
  const [port, media] = [await freePort(), await freePort()];
  const child = spawn('dotnet', [join(root, `samples/Echo/bin/${configuration}/net10.0/Echo.dll`), '--http', port, '--port', media],
    { cwd: root, stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 300 && child.exitCode === null; i++) {
    try { await fetch(address); break; } catch { await new Promise((done) => setTimeout(done, 100)); }
  }
  return {
    pid: child.pid,
    answer: async (offer) => (await fetch(`${address}/whip`, {
      method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: offer })).text(),
    stop: () => child.kill(),
  };
}

/** A peer in Python that reads offers and writes answers, each ended by a line with a full stop. */
async function python(script, ...options) {
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, script), '--kbps', limitKbps, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function answer(offer) {
    child.stdin.write(offer.trimEnd() + '\n.\n');
    for (let text = ''; ;) {
      const { value: line, done } = await lines.next();
      if (done) throw new Error('the peer has ended');
      if (line.trim() === '.') return text;
      text += line.trimEnd() + '\r\n';
    }
  }
  let last = Promise.resolve();
  return {
    pid: child.pid,
    answer: (offer) => last = last.catch(() => {}).then(() => answer(offer)),
    stop: () => child.kill(),
  };
}

const aiortc = (...options) => python('aiortc_peer.py', ...options);

/** LiveFace's default network as its authors give it, out of the package that preparation has fetched. */
function originalModel() {
  const cache = join(root, '.cache/npm');
  const [tarball] = readdirSync(cache).filter((name) => name.startsWith('faceplugin-face-recognition-js'));
  const file = join(mkdtempSync(join(tmpdir(), 'liveface-bench-')), 'fr_detect.onnx');
  writeFileSync(file, execFileSync('tar', ['-xOzf', join(cache, tarball), 'package/model/fr_detect.onnx'], { maxBuffer: 1 << 26 }));
  return file;
}

/** In the order in which they are measured. */
export const peers = {
  'LiveFace, relay (samples/Echo)': echo,
  'LiveFace, faces hidden': () => liveface({ Rooms__MaximumKbps: limitKbps }),
  'GStreamer, decode and encode': () => python('gstreamer_peer.py'),
  'aiortc, decode and encode': () => aiortc(),
  'aiortc + OpenCV, faces blurred': () => aiortc('--model', originalModel()),
};

export { aiortc, liveface, originalModel };
