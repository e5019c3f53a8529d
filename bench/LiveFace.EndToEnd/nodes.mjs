// What a cluster gives and costs (docs/reference/cluster.md), on this machine, with a PostgreSQL of its own. usage: node nodes.mjs [streams] [cost] [recovery]
//   streams   how many streams one node redacts at full rate and how many two do, each held to a part of a core (PART=0.7 of one)
//   cost      processor time and round trip of a node of a cluster beside a server alone, in turns (ROUNDS=6, SECONDS_EACH=12)
//   recovery  how long after kill -9 of a room's owner a page that publishes there has its picture back (TIMES=5)
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cpuSeconds, limitKbps, openBrowser, openCall } from './harness.mjs';
import { openLoad } from './stream-load.mjs';

const root = resolve(import.meta.dirname, '../..');
const program = process.env.PROGRAM ?? join(root, `src/LiveFace/bin/${process.env.CONFIGURATION ?? 'Release'}/net10.0/liveface`);
const part = Number(process.env.PART ?? 0.7);
const rounds = Number(process.env.ROUNDS ?? 6);
const seconds = Number(process.env.SECONDS_EACH ?? 12);
const times = Number(process.env.TIMES ?? 5);
const leaseSeconds = 5;
const full = 29;
const asked = process.argv.slice(2);
const wants = (what) => asked.length === 0 || asked.includes(what);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** A PostgreSQL in a folder of its own. It refuses to run as root. */
async function postgres() {
  const folder = mkdtempSync(join(tmpdir(), 'liveface-nodes-'));
  const tools = join('/usr/lib/postgresql', readdirSync('/usr/lib/postgresql').sort((a, b) => a - b).at(-1), 'bin');
  const as = [];
  if (process.getuid() === 0) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'])));
    chownSync(folder, uid, gid);
    as.push('setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups');
  }
  const [initdb, ...rest] = [...as, join(tools, 'initdb')];
  execFileSync(initdb, [...rest, '-D', join(folder, 'data'), '-U', 'liveface', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { stdio: 'ignore' });
  const port = await freePort();
  const [begin, ...options] = [...as, join(tools, 'postgres')];
  const server = spawn(begin, [...options, '-D', join(folder, 'data'), '-p', port, '-k', folder, '-c', 'listen_addresses=127.0.0.1'], { stdio: 'ignore' });
  for (let ready = false; !ready; await pause(50)) {
    if (server.exitCode !== null) throw new Error('PostgreSQL did not start.');
    try { execFileSync(join(tools, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', port]); ready = true; } catch { /* not yet */ }
  }
  return {
    pid: server.pid, connection: `Host=127.0.0.1;Port=${port};Username=liveface;Database=postgres`,
    async stop() {
      const gone = new Promise((done) => server.once('exit', done));
      server.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A group of processes that together get a part of a core, by cgroups of either version. */
function heldTo(share, name) {
  const old = existsSync('/sys/fs/cgroup/cpu');
  const folder = `/sys/fs/cgroup/${old ? 'cpu/' : ''}liveface-${process.pid}-${name}`;
  try {
    if (!old) writeFileSync('/sys/fs/cgroup/cgroup.subtree_control', '+cpu');
    mkdirSync(folder);
    // Short periods: whoever used up a long one would stand still for some pictures.
    if (old) writeFileSync(join(folder, 'cpu.cfs_period_us'), '10000');
    if (old) writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(Math.round(share * 10_000)));
    else writeFileSync(join(folder, 'cpu.max'), `${Math.round(share * 10_000)} 10000`);
  } catch (error) {
    throw new Error(`Nodes are held to a part of a core by cgroups, which takes root: ${error.message}`);
  }
  return { processes: join(folder, 'cgroup.procs'), remove: () => emptied(folder) };
}

/** Removes a group once the last of its processes, a decoder's, has gone. */
async function emptied(folder) {
  while (readFileSync(join(folder, 'cgroup.procs'), 'utf8').trim()) await pause(50);
  rmdirSync(folder);
}

/** A server; a node of a cluster where `cluster` names one. */
async function serve({ cluster, held, settings = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'liveface-node-'));
  const [port, media, calls] = [await freePort(), await freePort(), await freePort()];
  const address = `http://127.0.0.1:${port}`;
  const options = {
    Listen: address, 'Storage:Folder': folder, 'Media:Port': media, 'Films:Workers': 0, 'Access:RequestsPerMinute': 60_000, 'Rooms:FullAt': 1,
    'Rooms:MaximumKbps': limitKbps, 'Rooms:MaximumRooms': 1000, ...settings,
    ...cluster && {
      'Cluster:Node': cluster.name, 'Cluster:Address': `http://127.0.0.1:${calls}/`, 'Cluster:Url': address, 'Cluster:LeaseSeconds': leaseSeconds,
      'Cluster:Secret': 'what the nodes of this bench know and nobody else does', 'Storage:Database': cluster.connection,
    },
  };
  const command = `${held ? `echo $$ > ${held.processes}; ` : ''}exec "$@"`;
  const child = spawn('sh', ['-c', command, 'sh', program, 'serve', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)], { cwd: root, stdio: 'ignore' });
  const gone = new Promise((done) => child.once('exit', done));
  for (let ready = false; !ready; await pause(100)) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
    ready = await fetch(`${address}/health/ready`).then((answer) => answer.ok, () => false);
  }
  return {
    pid: child.pid, address, name: cluster?.name,
    async answer(offer, room = 'bench') {
      const response = await fetch(`${address}/api/rooms/${room}/peer`, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: offer });
      if (!response.ok) throw new Error(await response.text());
      return response.text();
    },
    async kill() { child.kill('SIGKILL'); await gone; },
    async stop() {
      if (child.exitCode === null) child.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Adds streams through the first node until one of them is not at full rate, three times running. */
async function count(nodes) {
  const load = await openLoad((offer, number) => nodes[0].answer(offer, `stream-${number}`), seconds);
  let held = 0;
  try {
    for (let more = true; more;) {
      try { await load.add(held + 1); } catch (error) { console.error(`  ${error.message}`); break; }
      // The code that runs most is compiled anew while the first one runs.
      await pause(held ? 8000 : 25_000);
      more = false;
      for (let attempt = 0; attempt < 3 && !more; attempt++) {
        const told = await load.measure();
        more = Math.min(...told.returned) >= full;
        console.error(`  ${told.returned.map((fps) => fps.toFixed(0)).join(' ')}`);
      }
      if (more) held++;
    }
    return held;
  } finally {
    load.close();
  }
}

async function streams() {
  const counted = {};
  for (const names of [['a'], ['a', 'b']]) {
    const database = await postgres();
    const groups = names.map((name) => heldTo(part, name));
    const nodes = [];
    try {
      for (const [at, name] of names.entries())
        nodes.push(await serve({ cluster: { name, connection: database.connection }, held: groups[at] }));
      console.error(`${names.length} of ${part} of a core each`);
      counted[names.length] = await count(nodes);
      const rooms = (await (await fetch(`${nodes[0].address}/api/cluster`)).json()).nodes.map((node) => `${node.name}: ${node.rooms}`);
      console.error(`  rooms at the end: ${rooms.join(', ')}`);
    } finally {
      for (const node of nodes) await node.stop();
      for (const group of groups) await group.remove();
      await database.stop();
    }
  }
  console.log(`Streams at full rate, nodes held to ${part} of a core each: one holds ${counted[1]}, two hold ${counted[2]}: ${(counted[2] / counted[1]).toFixed(2)} times as many.`);
}

async function cost() {
  const database = await postgres();
  const seen = { alone: [], node: [] };
  const browser = await openBrowser();
  const servers = { alone: await serve(), node: await serve({ cluster: { name: 'a', connection: database.connection } }) };
  try {
    for (let round = 0; round < rounds; round++)
      for (const name of round % 2 ? ['node', 'alone'] : ['alone', 'node']) {
        const server = servers[name];
        const call = await openCall(browser, (offer) => server.answer(offer, `round-${round}`));
        await call.measure(3);
        const before = cpuSeconds(server.pid);
        const measured = await call.measure(seconds);
        seen[name].push({ ...measured, each: 1000 * (cpuSeconds(server.pid) - before) / measured.frames });
        console.error(`  ${name}: ${measured.median.toFixed(1)} ms, ${seen[name].at(-1).each.toFixed(2)} ms of processor a picture`);
        await call.close();
      }
  } finally {
    await browser.close();
    for (const server of Object.values(servers)) await server.stop();
    await database.stop();
  }
  const [alone, node] = [seen.alone, seen.node].map((all) => ({ each: median(all.map((one) => one.each)), median: median(all.map((one) => one.median)) }));
  console.log(`A node of a cluster beside a server alone (${rounds} rounds of ${seconds} s in turns): processor time a picture ${(node.each / alone.each).toFixed(3)} of it, `
    + `round trip ${node.median.toFixed(1)} ms against ${alone.median.toFixed(1)} (${(node.median - alone.median).toFixed(1)} ms more).`);
}

/** Publishes by the SDK on a page of one node, kills the room's owner, and waits for a picture that another one redacted. */
async function recovery() {
  const database = await postgres();
  const took = [];
  const settings = (nodes) => Object.fromEntries(nodes.map((address, at) => [`Access:AllowedOrigins:${at}`, address]));
  try {
    for (let time = 0; time < times; time++) {
      const first = await serve({ cluster: { name: `front${time}`, connection: database.connection }, settings: settings([]) });
      const second = await serve({ cluster: { name: `owner${time}`, connection: database.connection }, settings: settings([first.address]) });
      const browser = await openBrowser({ camera: true });
      try {
        const room = await ownedBy(second.name, first.address, time);
        const page = await browser.newPage();
        await page.goto(`${first.address}/view/nothing`);
        await page.evaluate(async (name) => {
          const { Client, LiveFace } = await import('/liveface.js');
          const video = document.createElement('video');
          video.muted = video.autoplay = true;
          document.body.append(video);
          const call = await new Client().connect({ room: name });
          const camera = await LiveFace.openCamera({ video: { width: 640, height: 480 }, audio: false });
          video.srcObject = await call.publish(camera);
          call.on('picture', (picture) => { video.srcObject = picture; });
          window.last = 0;
          const count = () => { window.last = performance.timeOrigin + performance.now(); video.requestVideoFrameCallback(count); };
          video.requestVideoFrameCallback(count);
        }, room);
        await page.waitForFunction(() => Date.now() - window.last < 100 && window.last > 0, null, { timeout: 60_000 });
        await pause(3000);
        await second.kill();
        const killed = Date.now();
        // What lay in its buffers is over by then; whoever shows a picture after that is another owner.
        await pause(1000);
        await page.waitForFunction((after) => window.last > after, killed + 1000, { polling: 20, timeout: 60_000 });
        took.push((await page.evaluate(() => window.last) - killed) / 1000);
        console.error(`  ${took.at(-1).toFixed(2)} s`);
      } finally {
        await browser.close();
        await first.stop();
        await second.stop();
      }
    }
  } finally {
    await database.stop();
  }
  took.sort((a, b) => a - b);
  console.log(`Picture back after kill -9 of the owner, leases of ${leaseSeconds} s (${times} times): median ${median(took).toFixed(1)} s, longest ${took.at(-1).toFixed(1)} s.`);
}

/** A room that lives on the node of that name: asked for through the other, until placement gives one there. */
async function ownedBy(name, address, time) {
  for (let i = 0; ; i++) {
    const room = `recovery-${time}-${i}`;
    await fetch(`${address}/api/rooms/${room}/policy`, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ preset: 'blur-faces' }) });
    const { rooms } = await (await fetch(`${address}/api/cluster`)).json();
    if (rooms.find((one) => one.room === room)?.node === name) return room;
  }
}

for (const [name, run] of Object.entries({ streams, cost, recovery }))
  if (wants(name)) await run();
