// Ends work that takes too long. AbortSignal.any and the reason of AbortSignal.timeout are too new for it.

/** Does the work with a signal that aborts it after some time, or when another signal does. */
export async function within(millis, work, other) {
  const abort = new AbortController();
  const forward = () => abort.abort(other.reason);
  const timer = setTimeout(() => abort.abort(new DOMException('It took too long.', 'TimeoutError')), millis);
  other?.addEventListener('abort', forward);
  try {
    return await work(abort.signal);
  } finally {
    clearTimeout(timer);
    other?.removeEventListener('abort', forward);
  }
}
