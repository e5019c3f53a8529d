// The links by which corrections of this browser are withdrawn; they are here and nowhere else but where their owner keeps them.

const KEY = 'sent-corrections';
const MOST = 500;

/** @returns {{ id: string, name: string, expires: string, secret: string }[]} those whose time is not over, the newest first */
export function sentCorrections() {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return all.filter((one) => Date.parse(one.expires) > Date.now());
  } catch {
    return [];
  }
}

export function rememberSent(one) {
  localStorage.setItem(KEY, JSON.stringify([one, ...sentCorrections()].slice(0, MOST)));
}

export function forgetSent(id) {
  localStorage.setItem(KEY, JSON.stringify(sentCorrections().filter((one) => one.id !== id)));
}

/** Deletes a correction on the server, by its secret. */
export async function withdraw(client, secret) {
  const gone = await client.withdrawCorrection(secret);
  forgetSent(gone.id);
  return gone;
}
