// An anonymised call for up to six: everybody publishes into a room of their own under the meeting's name, and watches
// the others' redacted pictures. All of it stands on the SDK alone.

import { Client, LiveFace } from '../../liveface.js';
import { lastOfPath, randomName, readKey } from '../../ui/address.js';
import { byId, h, toggle } from '../../ui/dom.js';
import { showReads } from '../../ui/reads.js';

const MOST = 6;
const TOLD = new Set(['muted', 'unmuted', 'hidden-more', 'room-ended']);
const meeting = lastOfPath();
const key = readKey();
// What the visitor came with: nothing, an organiser's key, or an invitation that is good for taking a place.
const visitor = new Client({ key });
let client = visitor;
let place = null;
let moderates = false;
const problem = byId('problem');
const tiles = byId('tiles');
const others = new Map();
const waiting = [];
let call = null;
let camera = null;

byId('title').textContent = `Meet: ${meeting}`;
document.title = `${meeting} – LiveFace Meet`;
byId('name').value ||= localStorage.getItem('name') ?? '';

byId('lobby').addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = event.submitter;
  button.disabled = true;
  report(null);
  try {
    await join(byId('name').value.trim(), byId('preset').value);
  } catch (error) {
    report(error);
    await leave();
  } finally {
    button.disabled = false;
  }
});

byId('leave').addEventListener('click', leave);
byId('change-preset').addEventListener('change', (event) => call?.policy.preset(event.target.value).catch(report));
toggle(byId('mute'), (on) => { for (const track of camera?.getAudioTracks() ?? []) track.enabled = !on; });
byId('invite').addEventListener('click', async () => {
  try {
    const address = location.href.split('#')[0];
    const invitation = !key ? null : moderates ? (await invite()).token : key;
    await navigator.clipboard.writeText(invitation ? `${address}#key=${invitation}` : address);
  } catch (error) {
    report(error);
  }
});
byId('close').addEventListener('click', async () => {
  try {
    await visitor.api.json(`api/meetings/${encodeURIComponent(meeting)}`, { method: 'DELETE' });
  } catch (error) {
    report(error);
  }
});

// Nobody joins before the page can do it: a form without its listener would only load the page anew.
try {
  const presets = (await visitor.api.json('api/presets')).filter((preset) => preset.id !== 'overlay-boxes');
  for (const select of [byId('preset'), byId('change-preset')])
    select.replaceChildren(...presets.map(({ id, title }) => h('option', { value: id, textContent: title })));
  byId('join').disabled = false;
} catch (error) {
  report(error);
}

async function join(name, preset) {
  localStorage.setItem('name', name);
  const room = await takePlace(name);
  const present = (await client.api.json(`api/rooms?prefix=${encodeURIComponent(`${meeting}.`)}`)).filter((other) => other.publisher);
  if (present.length >= MOST) throw new Error('This meeting is full: six people are in it.');
  camera = await LiveFace.openCamera();
  call = await client.connect({ room });
  call.on('state', showState);
  call.on('error', report);
  call.on('notice', (notice) => { if (TOLD.has(notice.code)) report(notice); });
  call.on('roomState', (state) => showReads(byId('reads'), state));
  call.on('sourceended', () => { report(new Error('Your camera was unplugged.')); leave(); });
  await call.policy.preset(preset);
  byId('change-preset').value = preset;
  byId('lobby').hidden = true;
  tiles.hidden = byId('controls').hidden = false;

  const own = tile(call.room, `${name} (you)`);
  own.video.muted = true;
  call.on('picture', (picture) => { own.video.srcObject = picture; });
  await call.publish(camera);
  for (const room of await client.watch(`${meeting}.`, meet)) meet(room);
}

// Where keys are asked for, everybody gets a room that is theirs alone, and a token for it; else this browser makes a name.
async function takePlace(name) {
  const { keyRequired, you } = await visitor.api.json('api/server');
  if (!keyRequired) return `${meeting}.${roomName(name)}`;
  moderates = you.roles.includes('admin')
    || you.scopes.some(({ roles, pattern }) => roles.includes('control') && (pattern === '*' || pattern === `${meeting}.*`));
  byId('close').hidden = !moderates;
  place = await visitor.api.json(`${participants()}`, { method: 'POST', body: { name } });
  client = new Client({ key: place.token });
  return place.room;
}

const participants = () => `api/meetings/${encodeURIComponent(meeting)}/participants`;

const invite = () => visitor.api.json(`api/rooms/${encodeURIComponent(`${meeting}.invitation`)}/share`, {
  method: 'POST', body: { roles: ['join'], pattern: `${meeting}.*`, minutes: 480, name: 'invitation' },
});

// What an organiser may do to a participant: hide more, never less; take the sound away; remove.
function moderation(room) {
  const at = `api/rooms/${encodeURIComponent(room)}`;
  const act = (path, options) => visitor.api.json(path, options).catch(report);
  const mute = h('button', { type: 'button', textContent: 'Mute', 'aria-pressed': 'false' });
  toggle(mute, (on) => act(`${at}/muted`, { method: 'PUT', body: { muted: on } }));
  return h('div', { className: 'moderation', role: 'toolbar', 'aria-label': `Moderate ${displayName(room)}` }, mute,
    h('button', { type: 'button', textContent: 'Hide', onclick: () => act(`${at}/policy`, { method: 'PUT', body: { preset: 'cover-everything' } }) }),
    h('button', { type: 'button', className: 'danger', textContent: 'Remove', onclick: () => act(`${participants()}/${encodeURIComponent(room)}`, { method: 'DELETE' }) }));
}

// Told of each room of the meeting: one that has a publisher is watched, one that has none is left.
function meet({ room, publisher }) {
  if (!call || room === call.room) return;
  if (publisher && !others.has(room) && others.size < MOST - 1) watch(room);
  if (!publisher && others.has(room)) forget(room);
}

async function watch(room) {
  const other = tile(room, displayName(room));
  if (moderates) other.figure.append(moderation(room));
  others.set(room, other);
  try {
    other.viewer = await client.view({ room });
    if (others.get(room) !== other) {
      await other.viewer.close();
      return;
    }
    const show = (picture) => {
      other.video.srcObject = picture;
      other.video.play().catch(() => waiting.push(other.video));
    };
    other.viewer.on('picture', show);
    if (other.viewer.picture) show(other.viewer.picture);
  } catch (error) {
    report(error);
    forget(room);
  }
}

function forget(room) {
  const other = others.get(room);
  others.delete(room);
  other.figure.remove();
  other.viewer?.close();
}

async function leave() {
  for (const room of [...others.keys()]) forget(room);
  const leaving = call;
  call = null;
  await leaving?.close();
  if (place) {
    await client.api.json(`${participants()}/${encodeURIComponent(place.room)}`, { method: 'DELETE' }).catch(() => {});
    await client.close();
    client = visitor;
    place = null;
  }
  for (const track of camera?.getTracks() ?? []) track.stop();
  camera = null;
  tiles.replaceChildren();
  tiles.hidden = byId('controls').hidden = true;
  byId('lobby').hidden = false;
  showReads(byId('reads'), {});
  showState('idle');
}

function tile(room, title) {
  const video = h('video', { autoplay: true, playsInline: true, 'aria-label': title });
  const figure = h('figure', { className: 'tile', dataset: { room } }, video, h('figcaption', { textContent: title }));
  tiles.append(figure);
  return { figure, video, viewer: null };
}

// A browser may refuse sound until the page is touched: then the first touch starts it.
addEventListener('pointerdown', () => { for (const video of waiting.splice(0)) video.play().catch(() => {}); });

// The name goes into the room's name, with a random end so that two of a name do not take each other's place.
function roomName(name) {
  return `${name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'guest'}-${randomName()}`;
}

function displayName(room) {
  return room.slice(meeting.length + 1).replace(/-[a-z0-9]{8}$/, '').replaceAll('-', ' ');
}

function showState(state) {
  const pill = byId('state');
  pill.dataset.state = state;
  pill.textContent = { idle: 'Not joined', live: 'In the call', connecting: 'Connecting…', reconnecting: 'Reconnecting…' }[state] ?? state;
  if (state === 'live') report(null);
}

function report(error) {
  problem.textContent = error?.message ?? '';
}
