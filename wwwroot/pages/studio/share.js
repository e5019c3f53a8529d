import { byId, h } from '../../ui/dom.js';

/** A link for viewers, and what OBS needs to send into this room. */
export class SharePanel {
  #root = byId('share');
  #call;
  #server;

  constructor(call, server) {
    this.#call = call;
    this.#server = server;
    const minutes = h('select', { id: 'share-minutes' },
      [[60, '1 hour'], [480, '8 hours'], [10080, '1 week']].map(([value, textContent]) => h('option', { value, textContent })));
    const links = h('div', { 'aria-live': 'polite' });
    const create = h('button', { type: 'button', textContent: 'Make a link for viewers', onclick: () => this.#make(Number(minutes.value), links) });
    const revoke = h('button', { type: 'button', className: 'danger', textContent: 'Cancel all links', onclick: async () => {
      await this.#call.unshare();
      links.replaceChildren(h('p', { className: 'soft', textContent: 'Every link made so far is void.' }));
    } });
    this.#root.replaceChildren(
      h('div', { className: 'share-item' }, h('label', { for: 'share-minutes', textContent: 'Valid for ' }), minutes, ' ', create, ' ', revoke), links,
      copyField('WHIP address, for OBS', `${location.origin}/whip/${encodeURIComponent(call.room)}`),
      this.#obs(minutes));
  }

  // A token of its own that can only send into this room, and not the visitor's: it ends up in a program's settings.
  #obs(minutes) {
    if (!this.#server.keyRequired) return copyField('Bearer token, for OBS', 'none is needed here: enter any word');
    const place = h('div', { 'aria-live': 'polite' });
    place.append(h('button', { type: 'button', textContent: 'Make a token for OBS', onclick: async () => {
      try {
        const link = await this.#call.share({ roles: ['publish'], minutes: Number(minutes.value), name: 'OBS' });
        place.replaceChildren(copyField('Bearer token, for OBS', link.token),
          h('p', { className: 'soft', textContent: `Sends into this room and does nothing else, until ${new Date(link.expires).toLocaleString()}.` }));
      } catch (error) {
        place.append(h('p', { className: 'notice', textContent: error.message }));
      }
    } }));
    return place;
  }

  async #make(minutes, links) {
    try {
      const link = await this.#call.share({ roles: ['view'], minutes });
      links.replaceChildren(copyField('Link for viewers', link.url),
        h('p', { className: 'soft', textContent: `Works until ${new Date(link.expires).toLocaleString()}.` }));
    } catch (error) {
      links.replaceChildren(h('p', { className: 'notice', textContent: error.message }));
    }
  }
}

function copyField(label, value) {
  const input = h('input', { type: 'text', readOnly: true, value, 'aria-label': label });
  const button = h('button', { type: 'button', textContent: 'Copy', 'aria-label': `Copy: ${label}`, onclick: async () => {
    try {
      await navigator.clipboard.writeText(value);
      button.textContent = 'Copied';
    } catch {
      input.select();
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  } });
  return h('div', { className: 'share-item' }, h('span', { textContent: label }), h('div', { className: 'copy' }, input, button));
}
