/** Joint approval over random histories (TRUST G4, G5), the canonical form, and the chain of the log. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvestorStatus } from '../states';
import { type Canonical, canonicalJson } from './canonical';
import type { Member } from './decide';
import { checkPayload, parsePayload } from './kinds';
import { type Checkpoint, contentText, GENESIS, isPrefix, type LogLink, linkText, verifyChain } from './log';
import { type Act, type Content, Council } from './model';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

const MEMBERS: Member[] = [
  { userId: 1n, personId: 'a', role: 'OPERATOR', side: 'US', factorFresh: true },
  { userId: 2n, personId: 'b', role: 'OPERATOR', side: 'US', factorFresh: true },
  { userId: 3n, personId: 'c', role: 'OPERATOR', side: 'JP', factorFresh: true },
  { userId: 4n, personId: 'd', role: 'OPERATOR', side: 'JP', factorFresh: true },
  // The human being of account 1 again, on the other side.
  { userId: 5n, personId: 'a', role: 'OPERATOR', side: 'JP', factorFresh: true },
  { userId: 6n, personId: 'e', role: 'OPERATOR', side: 'US', factorFresh: false },
  { userId: 7n, personId: 'f', role: 'MANAGER', side: null, factorFresh: true },
  { userId: 8n, personId: 'g', role: 'AUDITOR', side: null, factorFresh: true },
  { userId: 9n, personId: 'h', role: 'SUPPORT', side: null, factorFresh: true },
];
const council = () =>
  new Council(
    new Map(MEMBERS.map((member) => [member.userId, { ...member }])),
    new Map<bigint, InvestorStatus>([
      [21n, 'ELIGIBLE'],
      [22n, 'ELIGIBLE'],
    ]),
    new Date('2026-06-01T00:00:00Z'),
    sha256,
  );

const freeze = (investorId = '21', remark = 'As the court ordered.'): Content => ({
  kind: 'INVESTOR_FREEZE',
  payload: { investorId, reason: 'court-order', remark },
});
const role = (userId: string, to: 'AUDITOR' | 'US' | 'JP'): Content => ({
  kind: 'ROLE_CHANGE',
  payload:
    to === 'AUDITOR'
      ? { userId, role: 'AUDITOR', side: null, remark: 'Moves on.' }
      : { userId, role: 'OPERATOR', side: to, remark: 'Moves on.' },
});
const ID = '00000000-0000-4000-8000-000000000001';

describe('a proposal', () => {
  const proposed = (content = freeze()) => {
    const all = council();
    expect(all.apply({ type: 'propose', by: 1n, id: ID, content })).toMatchObject({ ok: true, number: 1 });
    const sign = (by: bigint, revision = 1, hash = all.proposals[0]?.sha256 ?? '') =>
      all.apply({ type: 'sign', by, id: ID, revision, sha256: hash });
    return { all, sign };
  };

  it('is executed by the second side’s signature, once', () => {
    const { all, sign } = proposed();
    expect(sign(2n)).toMatchObject({ ok: true, state: 'OPEN' });
    expect(sign(2n)).toMatchObject({ ok: true, replayed: true });
    expect(sign(3n)).toMatchObject({ ok: true, state: 'EXECUTED' });
    expect(sign(3n)).toMatchObject({ ok: true, replayed: true, state: 'EXECUTED' });
    expect(sign(4n)).toEqual({ ok: false, code: 'proposal.not-open' });
    expect(all.investors.get(21n)).toBe('FROZEN');
  });

  it.each([
    ['its proposer', 1n, 'proposal.own-proposal'],
    ['another account of its proposer', 5n, 'proposal.own-proposal'],
    ['the manager', 7n, 'proposal.not-allowed'],
    ['the auditor', 8n, 'proposal.not-allowed'],
    ['support', 9n, 'proposal.not-allowed'],
    ['an operator whose second factor is stale', 6n, 'proposal.factor-stale'],
  ])('is not signed by %s', (_, by, code) => {
    expect(proposed().sign(by)).toEqual({ ok: false, code });
  });

  it('takes one signature a side', () => {
    const all = council();
    all.apply({ type: 'propose', by: 7n, id: ID, content: freeze() });
    const sign = (by: bigint) =>
      all.apply({ type: 'sign', by, id: ID, revision: 1, sha256: all.proposals[0]?.sha256 ?? '' });
    expect(sign(1n)).toMatchObject({ ok: true });
    expect(sign(2n)).toEqual({ ok: false, code: 'proposal.side-signed' });
    expect(sign(5n)).toEqual({ ok: false, code: 'proposal.same-person' });
    expect(sign(3n)).toMatchObject({ ok: true, state: 'EXECUTED' });
  });

  it('loses its signatures by an edit, and the old words can no longer be signed', () => {
    const { all, sign } = proposed();
    sign(2n);
    const before = all.proposals[0]?.sha256;
    expect(all.apply({ type: 'edit', by: 1n, id: ID, revision: 1, content: freeze('21', 'Otherwise.') })).toMatchObject(
      { revision: 2 },
    );
    expect(sign(3n, 1, before)).toEqual({ ok: false, code: 'proposal.revised' });
    expect(sign(3n, 2, before)).toEqual({ ok: false, code: 'proposal.hash-mismatch' });
    expect(sign(3n, 2)).toMatchObject({ state: 'OPEN' });
    expect(sign(2n, 2)).toMatchObject({ state: 'EXECUTED' });
  });

  it('loses its signatures when a signer’s role changes before the other side signs', () => {
    const { all, sign } = proposed();
    sign(2n);
    all.apply({ type: 'propose', by: 7n, id: 'other', content: role('2', 'JP') });
    const other = all.proposals[1]?.sha256 ?? '';
    all.apply({ type: 'sign', by: 1n, id: 'other', revision: 1, sha256: other });
    expect(all.apply({ type: 'sign', by: 3n, id: 'other', revision: 1, sha256: other })).toMatchObject({
      state: 'EXECUTED',
    });
    expect(sign(3n, 1)).toEqual({ ok: false, code: 'proposal.revised' });
    expect(sign(2n, 2)).toMatchObject({ state: 'OPEN' });
    expect(sign(3n, 2)).toEqual({ ok: false, code: 'proposal.side-signed' });
  });

  it('about somebody’s own role is neither proposed nor signed by them, under any of their accounts', () => {
    const all = council();
    expect(all.apply({ type: 'propose', by: 1n, id: ID, content: role('5', 'US') })).toEqual({
      ok: false,
      code: 'proposal.own-account',
    });
    all.apply({ type: 'propose', by: 7n, id: ID, content: role('5', 'AUDITOR') });
    const sha = all.proposals[0]?.sha256 ?? '';
    expect(all.apply({ type: 'sign', by: 1n, id: ID, revision: 1, sha256: sha })).toEqual({
      ok: false,
      code: 'proposal.own-account',
    });
  });

  it('expires after fourteen days', () => {
    const { all, sign } = proposed();
    sign(2n);
    all.now = new Date(all.now.getTime() + 14 * 86_400_000);
    expect(sign(3n)).toEqual({ ok: false, code: 'proposal.expired' });
  });

  it('that no longer fits is not executed, and its last signature is not kept', () => {
    const { all, sign } = proposed();
    sign(2n);
    all.investors.set(21n, 'FROZEN');
    expect(sign(3n)).toEqual({ ok: false, code: 'proposal.already-frozen' });
    expect(all.proposals[0]).toMatchObject({ state: 'OPEN', signatures: [{ userId: 2n }] });
  });
});

describe('over random histories', () => {
  const who = fc.constantFrom(...MEMBERS.map(({ userId }) => userId));
  const id = fc.constantFrom('p', 'q', 'r', 's');
  const revision = fc.integer({ min: 1, max: 3 });
  const content = fc.oneof(
    fc.tuple(fc.constantFrom('21', '22'), fc.constantFrom('One.', 'Two.')).map(([i, text]) => freeze(i, text)),
    fc.tuple(fc.constantFrom('1', '2', '3', '5'), fc.constantFrom('AUDITOR', 'US', 'JP')).map(([u, to]) => role(u, to)),
  );
  const act = fc.oneof(
    { weight: 2, arbitrary: fc.record({ type: fc.constant('propose' as const), by: who, id, content }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('edit' as const), by: who, id, revision, content }) },
    {
      weight: 8,
      arbitrary: fc.record({ type: fc.constant('sign' as const), by: who, id, revision, sha256: fc.constant('') }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('reject' as const), by: who, id, revision, reason: fc.constant('No.') }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('withdraw' as const), by: who, id }) },
  );

  it('whatever is executed has two sides and two people, neither of them its proposer, over its last words (G4, G5)', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 80 }), (acts) => {
        const all = council();
        for (const a of acts) {
          const current = all.proposals.find((p) => p.id === a.id);
          const before = current?.revision;
          all.apply((a.type === 'sign' ? { ...a, sha256: current?.sha256 ?? '' } : a) as Act);
          // G5: a proposal with a new revision has no signatures at all, unless this very act signed it.
          if (current && before !== current.revision) expect(current.signatures).toEqual([]);
        }
        for (const { state, signatures, proposer, sha256: hash, content: words } of all.proposals) {
          expect(hash).toBe(all.hashOf(words));
          if (state !== 'EXECUTED') continue;
          expect(signatures.map(({ side }) => side).sort()).toEqual(['JP', 'US']);
          expect(new Set([proposer.personId, ...signatures.map(({ personId }) => personId)]).size).toBe(3);
        }
        for (const side of ['US', 'JP']) expect([...all.members.values()].some((m) => m.side === side)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('canonicalJson', () => {
  it('orders keys and leaves no space', () => {
    expect(canonicalJson({ b: ['1', null, true], a: { z: 'ö"\n', y: '' } })).toBe(
      '{"a":{"y":"","z":"ö\\"\\n"},"b":["1",null,true]}',
    );
  });

  const text = fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\0'));
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/).filter((k) => k !== '__proto__');
  const { value } = fc.letrec<{ value: Canonical }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));

  it('says the same whatever order the keys came in, and reads back', () => {
    const shuffled = (v: Canonical): Canonical =>
      v !== null && typeof v === 'object'
        ? Array.isArray(v)
          ? v.map(shuffled)
          : Object.fromEntries(
              Object.entries(v)
                .reverse()
                .map(([k, x]) => [k, shuffled(x as Canonical)]),
            )
        : v;
    fc.assert(
      fc.property(value, (v) => {
        expect(canonicalJson(shuffled(v))).toBe(canonicalJson(v));
        expect(JSON.parse(canonicalJson(v))).toEqual(JSON.parse(JSON.stringify(v)));
      }),
    );
  });

  it.each([{ 'a b': '1' }, { ä: '1' }, { a: '\ud800' }, { a: 'x\0' }])('refuses %j', (v) => {
    expect(() => canonicalJson(v as unknown as Canonical)).toThrow(TypeError);
  });
});

describe('payloads', () => {
  it('hold what their kind asks for and nothing else', () => {
    const payload = freeze().payload;
    expect(checkPayload('INVESTOR_FREEZE', payload)).toEqual(payload);
    expect(parsePayload('INVESTOR_FREEZE', canonicalJson(payload))).toEqual(payload);
    for (const wrong of [
      { ...payload, role: 'OPERATOR' },
      { ...payload, investorId: '021' },
      { ...payload, investorId: 21 },
      { ...payload, remark: ' ' },
      { ...payload, remark: 'a\u0000' },
      { ...payload, reason: 'whim' },
      null,
    ])
      expect(checkPayload('INVESTOR_FREEZE', wrong)).toBeNull();
    expect(checkPayload('ROLE_CHANGE', { userId: '1', role: 'MANAGER', side: 'US', remark: 'x' })).toBeNull();
    expect(checkPayload('COVENANT', { limits: {}, remark: 'x' })).toBeNull();
    expect(checkPayload('COVENANT', { limits: { LEVERAGE: '9000' }, remark: 'x' })).not.toBeNull();
    expect(checkPayload('COVENANT', { limits: { WHIM: '9000' }, remark: 'x' })).toBeNull();
  });
});

describe('the log', () => {
  const chain = (count: number): LogLink[] => {
    const links: LogLink[] = [];
    let head: Checkpoint = GENESIS;
    for (let n = 1; n <= count; n += 1) {
      const contentSha256 = sha256(contentText({ salt: `${n}`, actor: '1', subject: `proposal:${n}`, payload: '{}' }));
      const link = {
        sequence: BigInt(n),
        previousSha256: head.sha256,
        kind: 'SIGNED',
        side: n % 2 ? ('US' as const) : null,
        at: new Date(1_780_000_000_000 + n),
        contentSha256,
      };
      links.push({ ...link, sha256: sha256(linkText(link)) });
      head = { sequence: link.sequence, sha256: sha256(linkText(link)) };
    }
    return links;
  };

  it('is followed to its head', () => {
    const links = chain(5);
    expect(verifyChain(links, sha256)).toEqual({ ok: true, head: { sequence: 5n, sha256: links[4]?.sha256 } });
    expect(verifyChain([], sha256)).toEqual({ ok: true, head: GENESIS });
  });

  it('names the entry where anything was changed, left out, or put in', () => {
    const change = fc.record({
      at: fc.nat({ max: 9 }),
      what: fc.constantFrom('kind', 'side', 'time', 'content', 'drop', 'swap', 'rehash'),
    });
    fc.assert(
      fc.property(change, ({ at, what }) => {
        const links = chain(11);
        const link = links[at];
        if (!link) return;
        if (what === 'kind') link.kind = 'EXECUTED';
        if (what === 'side') link.side = 'JP';
        if (what === 'time') link.at = new Date(0);
        if (what === 'content') link.contentSha256 = sha256('else');
        if (what === 'drop') links.splice(at, 1);
        if (what === 'swap') links.splice(at, 2, ...links.slice(at, at + 2).reverse());
        // Whoever changes an entry and makes its hash fit breaks the next one.
        if (what === 'rehash') Object.assign(link, { kind: 'X' }, { sha256: sha256(linkText({ ...link, kind: 'X' })) });
        const verdict = verifyChain(links, sha256);
        expect(verdict).toMatchObject({ ok: false, sequence: expect.any(BigInt) });
        if (!verdict.ok) expect(Number(verdict.sequence)).toBeLessThanOrEqual(at + 2);
      }),
    );
  });

  it('knows whether a checkpoint is the beginning of a later one (G2)', () => {
    const links = chain(9);
    const point = (n: number): Checkpoint => ({ sequence: BigInt(n), sha256: links[n - 1]?.sha256 ?? '' });
    expect(isPrefix(point(3), links.slice(3, 9), point(9), sha256)).toBe(true);
    expect(isPrefix(point(3), links.slice(3, 8), point(9), sha256)).toBe(false);
    expect(isPrefix({ ...point(3), sha256: sha256('other') }, links.slice(3, 9), point(9), sha256)).toBe(false);
    expect(isPrefix(point(3), links.slice(3, 9), { ...point(9), sha256: sha256('other') }, sha256)).toBe(false);
  });
});
