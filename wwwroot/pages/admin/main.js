import { Client } from '../../liveface.js';
import { readKey } from '../../ui/address.js';
import { byId, h } from '../../ui/dom.js';
import { Audit } from './audit.js';
import { Cluster } from './cluster.js';
import { Corrections } from './corrections.js';
import { Feedback } from './feedback.js';
import { Keys } from './keys.js';
import { Load } from './load.js';
import { Models } from './models.js';
import { Now } from './now.js';
import { Retention } from './retention.js';
import { Stickers } from './stickers.js';

/** Each section has a title, an `element`, and is told when it is shown and left. */
const SECTIONS = {
  corrections: Corrections, feedback: Feedback, now: Now, models: Models, keys: Keys, stickers: Stickers, retention: Retention, audit: Audit, load: Load,
  cluster: Cluster,
};

const made = new Map();
/** @type {any} */
let open = null;
start(readKey());

byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  const key = byId('key').value.trim();
  byId('key').value = '';
  sessionStorage.setItem('key', key);
  start(key);
});
byId('sign-out').addEventListener('click', () => {
  sessionStorage.removeItem('key');
  location.reload();
});

async function start(key) {
  report(null);
  const { api } = new Client({ key });
  try {
    const server = await api.json('api/server');
    if (!server.you.roles.includes('admin')) throw new Error(`This key may ${server.you.roles.join(', ') || 'nothing'}. Sign in with one that has the role admin.`);
    byId('door').hidden = true;
    byId('admin').hidden = false;
    byId('sign-out').hidden = !server.keyRequired;
    byId('version').textContent = `Version ${server.version}`;
    build({ api, server, mayLook: server.you.roles.includes('review'), report });
  } catch (error) {
    byId('door').hidden = false;
    byId('key').focus();
    // That no key was given yet is no mistake.
    if (key || error.code !== 'key-required') report(error);
  }
}

function build(context) {
  // A server that is alone has no cluster to show.
  const shown = (name) => name !== 'cluster' || context.server.node;
  const link = ([name, { title }]) => h('li', {}, h('a', { href: `#${name}`, dataset: { section: name }, textContent: title }));
  byId('sections').replaceChildren(...Object.entries(SECTIONS).filter(([name]) => shown(name)).map(link));
  const show = (focus) => {
    const name = Object.hasOwn(SECTIONS, location.hash.slice(1)) && shown(location.hash.slice(1)) ? location.hash.slice(1) : 'corrections';
    open?.hide?.();
    report(null);
    if (!made.has(name)) made.set(name, new SECTIONS[name](context));
    open = made.get(name);
    for (const one of byId('sections').querySelectorAll('a')) {
      if (one.dataset.section === name) one.setAttribute('aria-current', 'page');
      else one.removeAttribute('aria-current');
    }
    document.title = `${SECTIONS[name].title} – LiveFace Admin`;
    byId('section').replaceChildren(open.element);
    open.show();
    if (focus) byId('section').focus();
  };
  addEventListener('hashchange', () => show(true));
  show(false);
}

/** Says what went wrong; null is nothing. */
function report(error) {
  byId('problem').textContent = error?.message ?? '';
}
