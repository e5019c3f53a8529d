// Everything that can go wrong, in words that a user understands and a code that a program can test.

/** An error whose `message` may be shown to the user as it is; `code` is stable. */
export class LiveFaceError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{ cause?: unknown, retryAfter?: number | null, permanent?: boolean }} more
   */
  constructor(code, message, { cause, retryAfter = null, permanent = false } = {}) {
    super(message, { cause });
    this.name = 'LiveFaceError';
    this.code = code;
    this.retryAfter = retryAfter;
    this.permanent = permanent;
  }
}

const DEVICE_MESSAGES = {
  NotAllowedError: ['permission-denied',
    'The browser was not allowed to use the camera. Allow it beside the address bar, then start again.'],
  NotFoundError: ['device-missing', 'No camera was found. Plug one in, then start again.'],
  NotReadableError: ['device-busy', 'The camera is in use by another program. Close that, then start again.'],
  OverconstrainedError: ['device-unsuitable', 'The chosen camera cannot give this resolution. Choose another one.'],
  SecurityError: ['insecure-page', 'Browsers give a camera only to secure pages: use https:// or localhost.'],
};

/** Explains what getUserMedia threw. */
export function fromDevice(error) {
  const [code, message] = DEVICE_MESSAGES[error.name] ?? ['device-failed', `The camera could not be opened: ${error.message}`];
  return new LiveFaceError(code, message, { cause: error });
}

const TITLES = {
  'key-required': 'This server asks for a key. Open the link that it printed when it started, or ask its operator for one.',
  'key-invalid': 'The server does not know this key.',
  'key-expired': 'This link or key has expired. Ask for a new one.',
  'not-allowed': 'This key does not allow that.',
  'room-empty': 'Nobody is sending a picture to this room yet.',
  'too-busy': 'The server is at its limit. It is tried again in a moment.',
  'no-common-codec': 'This browser and the server share no video codec.',
};

// What stays wrong however often it is tried.
const PERMANENT = new Set(['key-required', 'key-invalid', 'key-expired', 'not-allowed', 'foreign-host', 'foreign-origin',
  'no-common-codec', 'offer-invalid', 'room-name-invalid', 'policy-invalid', 'request-invalid']);

/** Explains an HTTP answer that is not a success (problem details, RFC 9457). */
export async function fromResponse(response) {
  let problem = {};
  try {
    problem = await response.json();
  } catch {
    // A proxy's page is no problem detail: the status has to do.
  }
  const code = problem.code ?? `http-${response.status}`;
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return new LiveFaceError(code, TITLES[code] ?? problem.detail ?? problem.title ?? `The server answered ${response.status}.`, {
    retryAfter: Number.isFinite(seconds) ? seconds * 1000 : null,
    permanent: PERMANENT.has(code),
  });
}

/** Explains what the hub threw: its messages are `<code>: <sentence>`. */
export function fromHub(error) {
  const match = /HubException: ([a-z-]+): (.*)/s.exec(error.message ?? '');
  if (match) return new LiveFaceError(match[1], TITLES[match[1]] ?? match[2], { cause: error, permanent: PERMANENT.has(match[1]) });
  if (/\b401\b/.test(error.message ?? '')) return new LiveFaceError('key-required', TITLES['key-required'], { cause: error, permanent: true });
  if (/\b403\b/.test(error.message ?? '')) return new LiveFaceError('not-allowed', TITLES['not-allowed'], { cause: error, permanent: true });
  return new LiveFaceError('unreachable', 'The server cannot be reached.', { cause: error });
}

/** Explains what fetch threw. */
export function fromFetch(error) {
  if (error instanceof LiveFaceError) return error;
  if (error.name === 'AbortError') return new LiveFaceError('closed', 'The call was closed.', { cause: error, permanent: true });
  return new LiveFaceError('unreachable', 'The server cannot be reached.', { cause: error });
}
