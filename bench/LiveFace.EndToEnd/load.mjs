// A live room while others ask for /api/detect and /api/crop: a camera in Chromium is measured in turns without and with
// requests beside it, so that what else the machine does falls on both. The room goes first: it should lose no picture.
// Prints a table for docs/reference/benchmarks.md, and ends with an error when the room loses more than a part in thirty.
// CLIENTS=4 ask at a time, ROUNDS=4, SECONDS_EACH=10 for each half of a round.
import { readFileSync } from 'node:fs';
import signalR from '@microsoft/signalr';
import { openBrowser, openCall, portraitFile } from './harness.mjs';
import { liveface } from './peers.mjs';

const clients = Number(process.env.CLIENTS ?? 4);
const rounds = Number(process.env.ROUNDS ?? 4);
const seconds = Number(process.env.SECONDS_EACH ?? 10);
const least = 29 / 30;
const paths = ['/api/detect', '/api/detect?look=quick', '/api/crop'];
const picture = readFileSync(portraitFile);

/** Clients that ask one thing after another until they are told to end; gives how long each answer took. */
function ask(server) {
  const took = new Map(paths.map((path) => [path, []]));
  let [isOver, busy] = [false, 0];
  const one = async (number) => {
    for (let at = number; !isOver; at++) {
      const [path, began] = [paths[at % paths.length], performance.now()];
      const answer = await fetch(server.address + path, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: picture });
      await answer.arrayBuffer();
      if (answer.ok) took.get(path).push(performance.now() - began);
      else if (answer.status === 503) busy++;
      else throw new Error(`${path}: ${answer.status}`);
    }
  };
  const all = Promise.all(Array.from({ length: clients }, (_, number) => one(number)));
  return {
    async end() {
      isOver = true;
      await all;
      return { took, busy };
    },
  };
}

/** What the room itself tells of the pictures that came in and went out, a second each. */
async function listen(server, room) {
  const hub = new signalR.HubConnectionBuilder().withUrl(`${server.address}/hub`).configureLogging(signalR.LogLevel.Error).build();
  let told = [];
  hub.on('stats', (stats) => { told.push(stats); });
  await hub.start();
  await hub.invoke('Join', room, { detectionsPerSecond: 0, stats: true });
  return {
    take() {
      const taken = told;
      told = [];
      const sum = (field) => taken.reduce((total, one) => total + one.video[field], 0);
      return { in: sum('fpsIn'), out: sum('fpsOut'), seconds: taken.length, covered: taken.filter((one) => one.cover !== 'none').length };
    },
    stop: () => hub.stop(),
  };
}

const at = (values, part) => values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
const server = await liveface();
const browser = await openBrowser();
const halves = { quiet: [], loaded: [] };
const answers = new Map(paths.map((path) => [path, []]));
let refused = 0;
try {
  const call = await openCall(browser, (offer) => server.answer(offer, 'load'));
  const room = await listen(server, 'load');
  // Models are loaded, and a first picture is opened, before anything counts.
  for (const path of paths)
    await (await fetch(server.address + path, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: picture })).arrayBuffer();
  const measure = async (name) => {
    room.take();
    const seen = await call.measure(seconds);
    const told = room.take();
    halves[name].push({ ...seen, ...told });
    console.error(`${name}: in ${(told.in / told.seconds).toFixed(1)}, out ${(told.out / told.seconds).toFixed(1)}, in Chromium ${seen.fps.toFixed(1)}, `
      + `median ${seen.median.toFixed(0)} ms, covered ${told.covered} of ${told.seconds} s`);
  };
  for (let round = 0; round < rounds; round++) {
    await measure('quiet');
    const load = ask(server);
    await measure('loaded');
    const { took, busy } = await load.end();
    for (const path of paths) answers.get(path).push(...took.get(path));
    refused += busy;
  }
  await room.stop();
  await call.close();
} finally {
  await browser.close();
  server.stop();
}

const total = (name, field) => halves[name].reduce((sum, one) => sum + one[field], 0);
const median = (name, field) => at(halves[name].map((one) => one[field]), 0.5);
const kept = (name) => total(name, 'out') / total(name, 'in');
console.log('| room, 640×480 at 30 a second | came in, a second | went out | of what came in | shown in Chromium | median ms | seconds covered |\n| --- | --- | --- | --- | --- | --- | --- |');
for (const [name, words] of [['quiet', 'alone'], ['loaded', `with ${clients} clients asking`]])
  console.log(`| ${words} | ${(total(name, 'in') / total(name, 'seconds')).toFixed(1)} | ${(total(name, 'out') / total(name, 'seconds')).toFixed(1)} | `
    + `${(100 * kept(name)).toFixed(1)} % | ${median(name, 'fps').toFixed(1)} | ${median(name, 'median').toFixed(0)} | ${total(name, 'covered')} of ${total(name, 'seconds')} |`);
console.log('\n| request, a picture of 512×512 | answers a second | median ms | 95 of 100 within ms |\n| --- | --- | --- | --- |');
for (const [path, times] of answers)
  console.log(`| \`${path}\` | ${(times.length / (rounds * seconds)).toFixed(1)} | ${at(times, 0.5).toFixed(0)} | ${at(times, 0.95).toFixed(0)} |`);
const ratio = kept('loaded') / kept('quiet');
const rate = (total('loaded', 'out') / total('loaded', 'seconds')) / (total('quiet', 'out') / total('quiet', 'seconds'));
console.log(`\nOut of the room with requests beside it, over without: ${rate.toFixed(3)}; of what came in: ${ratio.toFixed(3)}. Refused as too busy: ${refused}.`);
process.exitCode = ratio >= least ? 0 : 1;
