// How many streams of 640×480 at 30 pictures a second each server redacts at full rate: one more is added until one of
// them comes back at less than 29 a second, twice running. The cameras are stream_load.py, on the same machine; what they
// take is printed too. LiveFace's limits are lifted as far as they would decide instead of the machine.
import { availableParallelism } from 'node:os';
import signalR from '@microsoft/signalr';
import { cpuSeconds, limitKbps } from './harness.mjs';
import { aiortc, liveface, originalModel } from './peers.mjs';
import { openLoad } from './stream-load.mjs';

const seconds = Number(process.env.SECONDS_EACH ?? 10);
const warmUp = Number(process.env.WARM_UP ?? 5);
const most = Number(process.env.STREAMS ?? 16 * availableParallelism());
const only = process.env.ONLY;
const full = 29;

async function oneLiveFace() {
  const server = await liveface({
    Rooms__FullAt: 1, Rooms__MaximumKbps: limitKbps, Rooms__MaximumRooms: 1000, ...JSON.parse(process.env.SETTINGS ?? '{}') });
  const rooms = [];
  return {
    pids: () => [server.pid],
    async answer(offer, number) {
      // One connection to the hub for each room, since a client may be in a few rooms only.
      const hub = new signalR.HubConnectionBuilder().withUrl(`${server.address}/hub`).configureLogging(signalR.LogLevel.Error).build();
      const room = { hub };
      hub.on('stats', (told) => { room.told = told; });
      await hub.start();
      await hub.invoke('Join', `stream-${number}`, { detectionsPerSecond: 0, stats: true });
      rooms.push(room);
      return server.answer(offer, `stream-${number}`);
    },
    notes() {
      const told = rooms.map((room) => room.told).filter(Boolean);
      const looks = told.map((one) => one.detector.fps);
      const covered = told.filter((one) => one.cover !== 'none').length;
      return `${Math.min(...looks)} to ${Math.max(...looks)} looks a second in each room`
        + (covered ? `, ${covered} covered` : ', none covered');
    },
    async stop() {
      for (const room of rooms) await room.hub.stop();
      server.stop();
    },
  };
}

async function inOneProcess() {
  const peer = await aiortc('--model', originalModel());
  return { pids: () => [peer.pid], answer: peer.answer, notes: () => '', stop: peer.stop };
}

async function inAProcessEach() {
  const [peers, model] = [[], originalModel()];
  return {
    pids: () => peers.map((peer) => peer.pid),
    async answer(offer) {
      peers.push(await aiortc('--model', model));
      return peers.at(-1).answer(offer);
    },
    notes: () => '',
    stop() { for (const peer of peers) peer.stop(); },
  };
}

/** Adds streams until one is not at full rate; gives the last measurement in which all were. */
async function count(start) {
  const server = await start();
  const load = await openLoad(server.answer, seconds);
  let best = { streams: 0, fps: NaN, core: NaN, load: NaN, kbps: NaN, notes: '' };
  try {
    while (best.streams < most) {
      await load.add(best.streams + 1);
      await new Promise((done) => setTimeout(done, warmUp * 1000));
      let held;
      for (let attempt = 0; attempt < 2 && !held; attempt++) {
        const [pids, began] = [server.pids(), performance.now()];
        const before = [pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0), cpuSeconds(load.pid)];
        const told = await load.measure();
        const elapsed = (performance.now() - began) / 1000;
        const [core, others] = [pids.reduce((sum, pid) => sum + cpuSeconds(pid), -before[0]), cpuSeconds(load.pid) - before[1]]
          .map((used) => 100 * used / elapsed);
        const now = {
          streams: told.returned.length, fps: Math.min(...told.returned), core, load: others,
          kbps: told.kbps.reduce((sum, one) => sum + one, 0) / told.kbps.length, notes: server.notes() };
        console.error(`  ${JSON.stringify(now, (_, v) => typeof v === 'number' ? Math.round(v * 10) / 10 : v)}, sent ${Math.min(...told.sent).toFixed(1)}`);
        if (now.fps >= full) held = now;
      }
      if (!held) break;
      best = held;
    }
  } catch (error) {
    console.error(`  ${error.message}`);
  } finally {
    load.close();
    await server.stop();
  }
  return best;
}

const servers = {
  'LiveFace, faces hidden': oneLiveFace,
  'aiortc + OpenCV, one process': inOneProcess,
  'aiortc + OpenCV, a process each': inAProcessEach,
};
const results = new Map();
for (const [name, start] of Object.entries(servers)) {
  if (only && !name.includes(only)) continue;
  console.error(name);
  results.set(name, await count(start));
}

console.log('| 640×480, 30 fps, VP8 | streams at full rate | slowest, fps | kbit/s back, each | % of a core | each stream | the cameras | |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [name, one] of results)
  console.log(`| ${name} | ${one.streams} | ${one.fps.toFixed(1)} | ${one.kbps.toFixed(0)} | ${one.core.toFixed(0)} | ${(one.core / one.streams).toFixed(0)} | ${one.load.toFixed(0)} | ${one.notes} |`);
const [liveFace, ...others] = Object.keys(servers).map((name) => results.get(name));
if (liveFace?.streams) {
  const used = liveFace.core / availableParallelism();
  console.log(`\nLiveFace took ${used.toFixed(0)} % of all processors then; by default (Rooms:FullAt) it turns publishers away from 90 % on.`);
}
const best = Math.max(0, ...others.filter(Boolean).map((one) => one.streams));
if (liveFace?.streams && best) console.log(`\nLiveFace, as a multiple of the better of the others: ${(liveFace.streams / best).toFixed(1)}`);
