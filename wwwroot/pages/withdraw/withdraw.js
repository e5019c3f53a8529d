import { Client } from '../../liveface.js';
import { byId, h } from '../../ui/dom.js';
import { sentCorrections, withdraw } from '../../ui/sent.js';

const client = new Client();
const secret = location.hash.slice(1);
// As with keys: what opens something does not stay in the address.
if (secret) history.replaceState(null, '', location.pathname);
const isPerson = secret.startsWith('lfp_');
byId('one').hidden = !secret;
if (isPerson) {
  byId('one-title').textContent = 'Withdraw your face from this server';
  byId('one-text').textContent = 'What the server keeps to know you by is deleted at once, and every room hides you from the next picture on. This cannot be undone.';
}
byId('withdraw').addEventListener('click', async () => {
  byId('withdraw').disabled = true;
  await (isPerson ? forget(secret) : take(secret));
});
show();

async function forget(one) {
  byId('problem').textContent = byId('status').textContent = '';
  try {
    await client.withdrawPerson(one);
    byId('one').hidden = true;
    byId('status').textContent = 'It is gone. You are hidden wherever faces are hidden.';
  } catch (error) {
    byId('problem').textContent = error.message;
    byId('withdraw').disabled = false;
  }
}

async function take(one) {
  byId('problem').textContent = byId('status').textContent = '';
  try {
    const gone = await withdraw(client, one);
    byId('one').hidden = true;
    byId('status').textContent = gone.exports === 0
      ? 'It is gone: the picture and everything that was said about it.'
      : `It is gone from this server. It had been taken out to train models ${gone.exports === 1 ? 'once' : `${gone.exports} times`} before; `
        + 'whoever runs this server sees that it was withdrawn, and has to delete those copies.';
  } catch (error) {
    byId('problem').textContent = error.message;
    byId('withdraw').disabled = false;
  }
  show();
}

function show() {
  const all = sentCorrections();
  byId('none').hidden = all.length > 0;
  byId('sent').replaceChildren(...all.map((one) => h('li', {},
    h('span', { textContent: `${one.name}, kept until ${new Date(one.expires).toLocaleDateString()}` }),
    h('button', { type: 'button', className: 'danger', textContent: 'Withdraw', 'aria-label': `Withdraw ${one.name}`, onclick: () => take(one.secret) }))));
}
