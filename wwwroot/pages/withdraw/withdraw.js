import { Client } from '../../liveface.js';
import { byId, h } from '../../ui/dom.js';
import { sentCorrections, withdraw } from '../../ui/sent.js';

const client = new Client();
const secret = location.hash.slice(1);
// As with keys: what opens something does not stay in the address.
if (secret) history.replaceState(null, '', location.pathname);
byId('one').hidden = !secret;
byId('withdraw').addEventListener('click', async () => {
  byId('withdraw').disabled = true;
  await take(secret);
});
show();

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
