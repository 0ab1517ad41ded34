/**
 * SHA-256 (FIPS 180-4), written out because the draw must be recomputed synchronously, a million times, by the same code in Node and in a
 * browser, and the domain imports nothing (docs/decisions/0011-recomputable-draw.md). Nothing secret passes through it. Tests hold it against
 * node:crypto and Postgres.
 */

const BLOCK = 64;

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
// biome-ignore format: eight a line, as the standard prints them.
const ROUND = new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** The first 32 bits of the fractional parts of the square roots of the first 8 primes. */
const START = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

/** The digest's 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  const state = START.slice();
  const whole = message.length - (message.length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) compress(state, message, at);

  // What is left, a bit that is set, zeros, and the length in bits: one block, or two where the length finds no room.
  const rest = message.length - whole;
  const tail = new Uint8Array(rest < BLOCK - 8 ? BLOCK : 2 * BLOCK);
  tail.set(message.subarray(whole));
  tail[rest] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(tail.length - 4, (message.length % 2 ** 29) * 8);
  for (let at = 0; at < tail.length; at += BLOCK) compress(state, tail, at);

  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  for (let n = 0; n < 8; n += 1) out.setInt32(n * 4, state[n] as number);
  return digest;
}

/** The longest message that fits one block with its padding. */
export const ONE_BLOCK = BLOCK - 9;

/**
 * Hashes many messages of one length that fit one block, eight times as fast as one by one: the caller writes each into `message`, and `head`
 * gives the first six bytes of its digest as an integer, which orders as the digests do except where two heads are equal.
 */
export function blockHasher(length: number): { message: Uint8Array; head: () => number } {
  if (length > ONE_BLOCK) throw new RangeError(`A block holds ${ONE_BLOCK} bytes.`);
  const block = new Uint8Array(BLOCK);
  block[length] = 0x80;
  new DataView(block.buffer).setUint16(BLOCK - 2, length * 8);
  const state = new Int32Array(8);
  return {
    message: block.subarray(0, length),
    head: () => {
      state.set(START);
      compress(state, block, 0);
      return ((state[0] as number) >>> 0) * 2 ** 16 + ((state[1] as number) >>> 16);
    },
  };
}

const schedule = new Int32Array(64);

/** Takes one block into the state. Letters are those of the standard. */
function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  const w = schedule;
  for (let t = 0; t < 16; t += 1) {
    const n = at + t * 4;
    w[t] =
      ((bytes[n] as number) << 24) |
      ((bytes[n + 1] as number) << 16) |
      ((bytes[n + 2] as number) << 8) |
      (bytes[n + 3] as number);
  }
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15] as number;
    const y = w[t - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = ((w[t - 16] as number) + s0 + (w[t - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[t] as number) + (w[t] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
  state[5] = ((state[5] as number) + f) | 0;
  state[6] = ((state[6] as number) + g) | 0;
  state[7] = ((state[7] as number) + h) | 0;
}
