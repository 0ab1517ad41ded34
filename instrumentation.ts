/** Runs once when a server process starts, before its first request. */
export async function register(): Promise<void> {
  // Next compiles this for the edge too, where there are no sockets; the name is replaced when it builds.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ stampPeerAddress }, { followAnswers }] = await Promise.all([
    import('./lib/auth/peer-address'),
    import('./lib/answer-status'),
  ]);
  stampPeerAddress();
  followAnswers();
}

/** Runs for each request that fails, before its answer begins. */
export async function onRequestError(error: unknown): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ DatabaseBusyError, DatabaseUnavailableError }, { answerBusy }] = await Promise.all([
    import('./db/errors'),
    import('./lib/answer-status'),
  ]);
  if (error instanceof DatabaseBusyError || error instanceof DatabaseUnavailableError) answerBusy();
}
