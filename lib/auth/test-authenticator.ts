/** An authenticator for tests: makes passkeys and signs with them as a real one would, or wrongly where a test says so. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { CreationOptions, RequestOptions } from './webauthn';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString('base64url');

/** What a test may have it say instead of the truth. */
export type Lies = { origin?: string; rpId?: string; verified?: boolean; counter?: number; userHandle?: string };

export class TestAuthenticator {
  readonly id = randomBytes(16);
  counter = 0;
  private owner = '';
  private rpId = '';
  private key: KeyObject | undefined;

  constructor(private origin: string) {}

  /** The answer to an offer of a new passkey, as a form carries it. */
  create(options: CreationOptions, lies: Lies = {}): string {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.key = privateKey;
    this.owner = options.user.id;
    this.rpId = options.rp.id ?? '';
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const cose = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
      ]),
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, cose]);
    const authData = new Uint8Array(Buffer.concat([this.data(0x40, lies), credential]));
    const attestationObject = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, string>>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, string>()],
        ['authData', authData],
      ]),
    );
    return this.answer({
      clientDataJSON: base64url(this.clientData('webauthn.create', options.challenge, lies)),
      attestationObject: base64url(attestationObject),
      transports: ['internal'],
    });
  }

  /** The answer to something that is to be signed. */
  get(options: RequestOptions, lies: Lies = {}): string {
    if (!this.key) throw new Error('There is no passkey yet.');
    this.counter = lies.counter ?? this.counter + 1;
    const data = this.data(0, lies);
    const clientData = this.clientData('webauthn.get', options.challenge, lies);
    return this.answer({
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(data),
      signature: base64url(sign('sha256', Buffer.concat([data, sha256(clientData)]), this.key)),
      userHandle: lies.userHandle ?? this.owner,
    });
  }

  private answer(response: object): string {
    const id = base64url(this.id);
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }

  private clientData = (type: string, challenge: string, { origin = this.origin }: Lies) =>
    JSON.stringify({ type, challenge, origin, crossOrigin: false });

  /** Whose site, what was checked (bit 0: somebody is there; bit 2: it is their owner), and how often it has signed. */
  private data(flags: number, { rpId = this.rpId, verified = true }: Lies): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags | 0x01 | (verified ? 0x04 : 0)]), count]);
  }
}
