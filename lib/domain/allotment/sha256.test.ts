import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, sha256Hex, toHex } from './bytes';
import { blockHasher, ONE_BLOCK, sha256 } from './sha256';

const node = (message: Uint8Array) => createHash('sha256').update(message).digest('hex');

describe('SHA-256', () => {
  test('the messages that the standard publishes', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('is that of node:crypto at every length around a block', () => {
    for (let length = 0; length < 200; length += 1) {
      const message = Uint8Array.from({ length }, (_, n) => n * 31);
      expect(toHex(sha256(message))).toBe(node(message));
    }
  });

  test('is that of node:crypto for any bytes, and for text beyond ASCII', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => toHex(sha256(bytes)) === node(bytes)));
    expect(sha256Hex('分かち')).toBe(node(Buffer.from('分かち')));
  });

  test('one block at a time gives the head of the same digest', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 52, maxLength: 52 }), { minLength: 1 }), (messages) => {
        const { message, head } = blockHasher(52);
        for (const bytes of messages) {
          message.set(bytes);
          expect(head().toString(16).padStart(12, '0')).toBe(node(bytes).slice(0, 12));
        }
      }),
    );
    expect(() => blockHasher(ONE_BLOCK + 1)).toThrow(RangeError);
  });
});

test('hex there and back; anything else is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect([...fromHex(toHex(bytes))]).toEqual([...bytes]);
    }),
  );
  for (const wrong of ['A1', 'a', 'xy', ' a1']) expect(() => fromHex(wrong)).toThrow(RangeError);
});
