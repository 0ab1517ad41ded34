/**
 * Where this checkout keeps what must outlive a run but never belongs in the repository: the embedded server's files and data,
 * the secret that signs sessions, and the pid of a running site.
 *
 * As root the database server runs as another user, who must be able to walk down to its data: every parent of the folder has to
 * be traversable, which a private home or clone is not. The first candidate that fits is taken.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** An expected failure: its message is one sentence for the person at the terminal, and no stack follows it. */
export class StartError extends Error {}

export const isRoot = () => typeof process.getuid === 'function' && process.getuid() === 0;

/** A process of ours, or of another user's, with this id is alive. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function candidates() {
  const key = createHash('sha256').update(root).digest('hex').slice(0, 10);
  const uid = typeof process.getuid === 'function' ? process.getuid() : 'user';
  if (process.env.WAKACHI_STATE_DIR) return [path.resolve(process.env.WAKACHI_STATE_DIR)];
  const lasting = isRoot()
    ? path.join('/var/lib', `wakachi-${key}`)
    : path.join(process.env.XDG_STATE_HOME || path.join(homedir(), '.local', 'state'), `wakachi-${key}`);
  return [lasting, path.join(tmpdir(), `wakachi-${uid}-${key}`)];
}

function traversableByOthers(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

let chosen;

/** The folder of this checkout, made on first use: nobody else can list it. Throws a StartError when none can be written. */
export function stateDirectory() {
  if (chosen) return chosen;
  const reasons = [];
  for (const folder of candidates()) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o711 });
      // Root's server user only walks through; for everybody else the folder is private.
      chmodSync(folder, isRoot() ? 0o711 : 0o700);
      accessSync(folder, constants.W_OK | constants.X_OK);
      if (statSync(folder).uid !== (process.getuid?.() ?? statSync(folder).uid))
        throw new Error('it belongs to somebody else');
      if (isRoot() && !traversableByOthers(folder)) throw new Error('its parents are closed to other users');
      chosen = folder;
      return folder;
    } catch (error) {
      reasons.push(`${folder}: ${error.message}`);
    }
  }
  throw new StartError(
    `No folder for the database can be written (${reasons.join('; ')}). Set WAKACHI_STATE_DIR to one that can.`,
  );
}

/** A secret of this checkout that is made once and readable by its owner alone. */
export function secret(name, bytes = 32) {
  const file = path.join(stateDirectory(), name);
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(bytes).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}

/** Signs sessions and derives the site's database password. Given by AUTH_SECRET or made once. */
export const authSecret = () => process.env.AUTH_SECRET || secret('auth-secret', 48);
