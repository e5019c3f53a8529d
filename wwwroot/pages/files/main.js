import { Client } from '../../liveface.js';
import { readKey } from '../../ui/address.js';
import { showAdminLink } from '../../ui/admin-link.js';
import { byId, h } from '../../ui/dom.js';
import { RulesPanel } from '../../ui/rules.js';
import { stickerField } from '../../ui/stickers.js';
import { Bench } from './bench.js';
import { Choice } from './choice.js';
import { FilmBench } from './films/bench.js';
import { Films } from './films/films.js';
import { ServerJobs } from './films/server-jobs.js';
import { KEYS } from './keys.js';
import { Items, resultName } from './items.js';
import { QuickPanel } from './quick.js';
import { Rail } from './rail.js';
import { Say } from './say/say.js';
import { Work } from './work.js';
import { zip } from './zip.js';

const REVIEW_FIRST = 'files-review-first';
const CERTAINTY = 'Less certainty hides fainter finds as well, more lets go of them.';

const client = new Client({ key: readKey() });
const { api } = client;
const items = await Items.load();
/** @type {Films | null} */
let films = null;
listenForFiles();
showAll();

try {
  const [models, effects, defaults, server] = await Promise.all(['api/models', 'api/effects', 'api/defaults', 'api/server'].map((path) => api.json(path)));
  build(models, effects, defaults);
  await openNamed();
  showAdminLink(server);
} catch (error) {
  report(error);
  // A server that is just starting is worth a second try; a wrong key is not.
  if (!error.permanent) setTimeout(() => location.reload(), 3000);
}

function build(models, effects, defaults) {
  const choice = new Choice(defaults.how);
  const work = new Work(client, items, choice);
  const bench = new Bench(items, work, choice, effects, client, report);
  const uploads = films = new Films(api, items, choice);
  const filmBench = new FilmBench(uploads, save);
  const rail = new Rail(items, remove, again);
  const say = new Say(client, (item, sent) => items.set(item, { sent }), () => filmBench.shown);
  const quick = new QuickPanel(choice, models, effects, defaults.how);
  const rules = new RulesPanel(models, effects, defaults, (change) => choice.update(change),
    (effect, chosen, choose) => stickerField(api, effect, chosen, choose, report), { hint: CERTAINTY });
  rules.show(choice.whole);
  choice.listen((policy) => {
    quick.show();
    rules.show(policy);
    work.changed();
    for (const item of items.all) if (item.kind !== 'film' && item.state === 'done') item.state = 'queued';
    show();
  });

  items.listen(show);
  show();
  work.wake();

  function show() {
    showAll();
    rail.show();
    bench.show();
    filmBench.show(items.open);
    say.show(items.open, items.open?.kind === 'film' ? ['review', 'done'].includes(items.open.job?.state) : !!items.open?.result);
    byId('bench').dataset.kind = items.open?.kind ?? 'picture';
    const pictures = items.all.filter((item) => item.kind !== 'film');
    const done = pictures.filter((item) => work.isCurrent(item));
    const one = items.open?.kind === 'picture' && !(items.open.state === 'failed' && !items.open.retry) ? items.open : null;
    const drawn = one?.marks ? one.marks.hide.length + one.marks.keep.length : 0;
    byId('review').disabled = !one || drawn > 0;
    byId('review').title = drawn > 0 ? 'What you drew does not go along: undo it first.' : 'On the server: what was found by doubt, a second look, and a report of it all.';
    byId('download').disabled = !items.open || !done.includes(items.open);
    byId('download-all').hidden = pictures.length < 2;
    byId('download-all').disabled = done.length === 0;
    byId('download-all').textContent = done.length < pictures.length ? `Download ${done.length} of ${pictures.length} (zip)` : 'Download all (zip)';
    work.wake();
  }

  function remove(item) {
    work.removed(item);
    if (item.kind === 'film') uploads.removed(item);
    items.remove(item);
  }

  function again(item) {
    items.set(item, { state: 'queued', problem: null });
  }

  byId('again').addEventListener('click', () => again(items.open));
  byId('pause').addEventListener('click', () => {
    work.paused = !work.paused;
    byId('pause').setAttribute('aria-pressed', String(work.paused));
  });
  byId('clear').addEventListener('click', () => {
    for (const item of items.all) {
      work.removed(item);
      if (item.kind === 'film') uploads.removed(item);
    }
    items.clear();
  });
  byId('review').addEventListener('click', () => {
    work.removed(items.open);
    uploads.review(items.open);
  });
  const jobs = new ServerJobs(api, items, openJob);
  for (const id of ['server-jobs', 'server-jobs-first']) byId(id).addEventListener('click', () => jobs.show());
  byId('review-first').checked = localStorage.getItem(REVIEW_FIRST) === 'true';
  byId('review-first').addEventListener('change', () => localStorage.setItem(REVIEW_FIRST, String(byId('review-first').checked)));
  byId('download').addEventListener('click', () => save(items.open.result, resultName(items.open)));
  byId('save-marks').addEventListener('click', () => {
    const { name, marks } = items.open;
    save(new Blob([JSON.stringify(marks, null, 2)], { type: 'application/json' }), `${name.replace(/\.[^.]*$/, '')}.marks.json`);
  });
  byId('download-all').addEventListener('click', async () => {
    try {
      const done = items.all.filter((item) => work.isCurrent(item));
      save(await zip(done.map((item) => ({ name: resultName(item), blob: item.result }))), 'redacted.zip');
    } catch (error) {
      report(error);
    }
  });
}

async function openJob({ id }) {
  try {
    items.show(items.all.find((item) => item.job?.id === id) ?? await films.open(await api.json(`api/jobs/${encodeURIComponent(id)}`)));
  } catch (error) {
    report(error);
  }
}

/** `/files?job=…` opens a job, as links on other pages do. */
async function openNamed() {
  const id = new URLSearchParams(location.search).get('job');
  if (!id) return;
  history.replaceState(null, '', location.pathname + location.hash);
  await openJob({ id });
}

function showAll() {
  byId('empty').hidden = items.all.length > 0;
  byId('bench').hidden = items.all.length === 0;
  if (!items.open && items.all.length > 0) items.open = items.all.find((item) => item.retry) ?? items.all[0];
}

function listenForFiles() {
  const input = byId('choose-files');
  for (const id of ['choose', 'add']) byId(id).addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    await take(input.files);
    input.value = '';
  });
  addEventListener('dragover', (event) => { event.preventDefault(); document.body.classList.add('dropping'); });
  addEventListener('dragleave', (event) => { if (!event.relatedTarget) document.body.classList.remove('dropping'); });
  addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('dropping');
    take(event.dataTransfer?.files ?? []);
  });
  addEventListener('paste', (event) => take(event.clipboardData?.files ?? []));

  const keys = byId('keys');
  keys.replaceChildren(...KEYS.flatMap(([key, what]) => [h('dt', { textContent: key }), h('dd', { textContent: what })]));
  byId('show-keys').addEventListener('click', (event) => {
    keys.hidden = !keys.hidden;
    event.target.setAttribute('aria-expanded', String(!keys.hidden));
  });
}

async function take(files) {
  if (files.length === 0) return;
  report(null);
  const again = [...files].filter((file) => items.all.some((item) => goesOn(item, file)));
  for (const file of again) films.add(items.all.find((item) => goesOn(item, file)), file);
  const rest = [...files].filter((file) => !again.includes(file));
  const added = await items.add(rest);
  added.forEach((item, index) => { if (item.kind === 'film') films?.add(item, rest[index], byId('review-first').checked); });
  const first = added.find((item) => item.state === 'queued');
  if (first && (!items.open || items.open.state === 'failed' || added.length === 1)) items.show(first);
}

/** Whether a film's upload broke off with the page, and this is the same film. */
const goesOn = (item, file) => item.kind === 'film' && films?.needsFile(item) && item.name === file.name && item.bytes === file.size;

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function report(error) {
  byId('problem').textContent = error?.message ?? '';
}
