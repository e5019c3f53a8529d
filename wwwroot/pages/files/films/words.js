// What is said of a film's work, and of its times.

const STAGES = { detect: 'Looking at each picture', link: 'Following what was found', render: 'Writing it', check: 'Looking at what was written' };

/** How far a job is, in a few words. */
export function wordsOf(job) {
  switch (job.state) {
    case 'uploading': return `Uploading ${percent(job.received, job.bytes)}`;
    case 'queued': return 'Waiting for its turn';
    case 'running': return `${STAGES[job.stage] ?? 'Working'}${job.total ? ` ${percent(job.pictures, job.total)}` : ''}${left(job.secondsLeft)}`;
    case 'paused': return 'Paused';
    case 'review': return 'Ready for your review';
    case 'done': return job.edits > job.written ? 'Done, without your last edits' : 'Done';
    default: return job.problem ?? 'Failed';
  }
}

/** The part that is done of what is under way, 0 to 1; null where nobody knows. */
export function partOf(job) {
  if (job.state === 'uploading') return job.bytes > 0 ? job.received / job.bytes : 0;
  return job.state === 'running' && job.total ? Math.min(1, job.pictures / job.total) : null;
}

/** Seconds as 1:02.3. */
export function timeOf(seconds) {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - 60 * minutes).toFixed(1).padStart(4, '0')}`;
}

const percent = (part, whole) => `${whole > 0 ? Math.floor(100 * part / whole) : 0} %`;
const left = (seconds) => (seconds == null ? '' : seconds < 90 ? `, ${Math.ceil(seconds)} s left` : `, ${Math.ceil(seconds / 60)} min left`);
