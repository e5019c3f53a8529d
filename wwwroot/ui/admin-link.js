import { byId } from './dom.js';

/** Shows the way to /admin to whom the server lets in there; `server` is its answer to `api/server`. */
export function showAdminLink({ you }) {
  byId('admin-link').hidden = !you.roles.includes('admin');
}
