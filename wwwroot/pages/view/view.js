import { Client } from '../../liveface.js';
import { lastOfPath, readKey } from '../../ui/address.js';
import { byId, h, toggle } from '../../ui/dom.js';
import { showReads } from '../../ui/reads.js';

const MESSAGES = {
  connecting: 'Connecting…', waiting: 'Nobody is sending a picture yet. It will appear here.', live: '',
  reconnecting: 'Reconnecting…', failed: 'Not connected.', closed: 'Ended.',
};
const ROW_INTERVAL_MS = 500;

const room = lastOfPath();
const video = byId('video');
const message = byId('message');
document.title = `${room} – LiveFace`;
byId('title').textContent = `Live picture of ${room}`;

const viewer = await new Client({ key: readKey() }).view({ room });
const show = (state) => { message.textContent = MESSAGES[state] ?? ''; };
viewer.on('state', show);
viewer.on('picture', (picture) => { video.srcObject = picture; });
viewer.on('roomState', (state) => showReads(byId('reads'), state));
viewer.on('error', (error) => { if (error.permanent) message.textContent = error.message; });
show(viewer.state);
video.srcObject = viewer.picture;

const setSound = toggle(byId('sound'), (on) => {
  video.muted = !on;
  video.play().catch(() => {});
});
byId('full').addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));

let timer = 0;
const statistics = byId('statistics');
const setInfo = toggle(byId('info'), (on) => {
  clearInterval(timer);
  statistics.hidden = !on;
  if (on) {
    timer = setInterval(showStatistics, ROW_INTERVAL_MS);
    showStatistics();
  }
});

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 's') setInfo(statistics.hidden);
  if (event.key === 'm') setSound(video.muted);
  if (event.key === 'f') byId('full').click();
});

async function showStatistics() {
  const path = await viewer.diagnostics();
  const rows = path ? {
    Picture: `${path.video?.width ?? 0} × ${path.video?.height ?? 0}`,
    'Frames per second': String(path.video?.framesPerSecond ?? 0),
    'Round trip': path.roundTripMs != null ? `${path.roundTripMs.toFixed(1)} ms` : '–',
    'Packets lost': String(path.video?.packetsLost ?? 0),
    Freezes: String(path.video?.freezes ?? 0),
    Path: path.path?.local ? `${path.path.local.protocol}, ${path.path.local.type}` : '–',
  } : { State: 'not connected' };
  statistics.replaceChildren(...Object.entries(rows).flatMap(([name, value]) => [h('dt', { textContent: name }), h('dd', { textContent: value })]));
}
