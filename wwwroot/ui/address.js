// What every page reads from its own address, before the key is taken out of it.

const fragment = new URLSearchParams(location.hash.slice(1));

/** The key: from the fragment, which browsers neither send nor log, and kept for this tab only. */
export function readKey() {
  const given = fragment.get('key');
  if (given) {
    sessionStorage.setItem('key', given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return given ?? sessionStorage.getItem('key');
}

/** The room of the studio: as a link or `?room=` names it, or a name that this browser keeps, so that two people never share one by chance. */
export function readRoom() {
  const asked = fragment.get('room') ?? new URLSearchParams(location.search).get('room');
  if (asked) return asked;
  let room = localStorage.getItem('room');
  if (!room) {
    room = `studio-${randomName()}`;
    localStorage.setItem('room', room);
  }
  return room;
}

/** The last part of the address, as in /view/{room}. */
export const lastOfPath = () => decodeURIComponent(location.pathname.split('/').filter(Boolean).at(-1) ?? '');

/** Eight random letters and digits. */
export function randomName() {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  return [...crypto.getRandomValues(new Uint8Array(8))].map((value) => alphabet[value % alphabet.length]).join('');
}
