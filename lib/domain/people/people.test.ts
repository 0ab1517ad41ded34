import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmail } from './email';
import { findIdentityNumber, isMyNumber } from './identity-numbers';
import { fullName, parseKana, parseName } from './names';
import { checkPassword, isOverlongPassword, normalisePassword, PASSWORD_MIN } from './password';
import { PREFECTURES, parsePostalCode, US_STATES } from './places';
import { safeNextPath } from './session';
import { foldText, parseText } from './text';

const checkDigit = (eleven: string) => {
  let sum = 0;
  for (let n = 1; n <= 11; n += 1) sum += Number(eleven[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  return sum % 11 <= 1 ? 0 : 11 - (sum % 11);
};

// Every code point, lone halves of pairs too; fast-check's own unit `binary` takes seconds to set up.
const anything = fc.array(fc.integer({ min: 0, max: 0x10ffff })).map((codes) => String.fromCodePoint(...codes));

describe('text', () => {
  it.each([
    '\u202Eevil',
    'a\u200Bb',
    'a\u0000b',
    '\u2066x\u2069',
    'a\uFEFFb',
    'a\u3164',
    'tab\there',
    '\uD800',
    'A\u{E0100}',
  ])('refuses characters that cannot be seen: %j', (raw) => {
    expect(parseText(raw, 'name', 50)).toEqual({ ok: false, fault: 'unseen' });
  });

  it('keeps kanji exactly as they are, with their variation selectors', () => {
    for (const name of ['髙', '高', '﨑', '\uFA19', '\u795E', '葛\u{E0100}', '德', '𠮷']) {
      expect(parseName(name)).toEqual({ ok: true, text: name });
    }
  });

  it('folds width and nothing else', () => {
    expect(foldText('　Ｊａｎｅ　　Ｄｏｅ ')).toBe('Jane Doe');
    expect(foldText('ﾔﾏﾀﾞ')).toBe('ヤマダ');
    expect(foldText('か\u3099')).toBe('が');
  });

  it('is the same when folded twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (s) => {
        expect(foldText(foldText(s))).toBe(foldText(s));
      }),
    );
  });

  it.each(['<script>alert(1)</script>', '＜script＞', 'a<b', '{{x}}', '=1+1', '$(x)'])(
    'lets no markup into a name: %s',
    (raw) => {
      expect(parseName(raw)).toEqual({ ok: false, fault: 'characters' });
    },
  );

  it('refuses a megabyte before any expression looks at it', () => {
    const started = performance.now();
    expect(parseText('a '.repeat(500_000), 'message', 1_000)).toEqual({ ok: false, fault: 'too-long' });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom('name', 'address', 'message'), (raw, kind) => {
        const parsed = parseText(raw, kind as 'name', 40);
        if (parsed.ok) expect(parseText(parsed.text, kind as 'name', 40)).toEqual(parsed);
      }),
    );
  });
});

describe('identity numbers', () => {
  const ssn = fc
    .tuple(
      fc.integer({ min: 1, max: 899 }).filter((a) => a !== 666),
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 1, max: 9999 }),
    )
    .map(([a, g, s]) => [String(a).padStart(3, '0'), String(g).padStart(2, '0'), String(s).padStart(4, '0')] as const);
  const myNumber = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 11 })
    .map((d) => d.join(''))
    .map((eleven) => eleven + checkDigit(eleven));
  const separator = fc.constantFrom('-', ' ', ' - ', '－', '‐', '−', 'ー', '.', '/', '　');
  const wide = (text: string) => text.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
  const around = fc.constantFrom('', 'my number is ', '番号は', 'Apt ');

  it('finds every SSN, in whatever width, with the same separators or none, in any text', () => {
    fc.assert(
      fc.property(ssn, separator, around, fc.boolean(), fc.boolean(), (parts, sep, before, full, none) => {
        const plain = before + parts.join(none ? '' : sep);
        expect(findIdentityNumber(full ? wide(plain) : plain)).toBe('ssn');
      }),
    );
  });

  it('finds every マイナンバー', () => {
    fc.assert(
      fc.property(
        myNumber,
        separator,
        around,
        fc.constantFrom('none', 'fours'),
        fc.boolean(),
        (digits, sep, before, form, full) => {
          expect(isMyNumber(digits)).toBe(true);
          const text = before + (form === 'none' ? digits : (digits.match(/.{4}/g) ?? []).join(sep));
          expect(findIdentityNumber(full ? wide(text) : text)).toBe('my-number');
        },
      ),
    );
  });

  it('refuses a changed digit as no マイナンバー', () => {
    expect(isMyNumber('123456789018')).toBe(true);
    for (const wrong of ['123456789012', '023456789018', '12345678901', '1234567890188'])
      expect(isMyNumber(wrong)).toBe(false);
  });

  it.each(['١٢٣-٤٥-٦٧٨٩', '①②③-④⑤-⑥⑦⑧⑨', '१२३४५६७८९'])('reads the digits of other scripts: %s', (raw) => {
    expect(findIdentityNumber(raw)).toBe('ssn');
  });

  it.each([
    '94105-1234',
    '100-0001',
    '03-1234-5678',
    '090-1234-5678',
    '(212) 555-0123',
    '1-2-3',
    '000-12-3456',
    '666-12-3456',
    '123-00-4567',
    '123-45-0000',
    '900-12-3456',
    '千代田1-1-1 101号室',
    '12345',
    '1234567890',
  ])('lets ordinary numbers pass: %s', (raw) => {
    expect(findIdentityNumber(raw)).toBeUndefined();
  });

  it('takes an ITIN for what it is', () => {
    expect(findIdentityNumber('912-70-1234')).toBe('ssn');
  });
});

describe('e-mail', () => {
  it('folds width and case', () => {
    expect(parseEmail(' Ｔａｒｏ＠Example．com ')).toEqual({ ok: true, email: 'taro@example.com' });
  });
  it.each([
    ['аdmin@example.com', 'look-alike'],
    ['admin@exаmple.com', 'look-alike'],
    ['a\u200Bb@example.com', 'unseen'],
    ['\u212A@example.com', 'look-alike'],
    ['\u202Ea@example.com', 'unseen'],
    ['a@b', 'form'],
    ['a@@example.com', 'form'],
    ['.a@example.com', 'form'],
    ['a..b@example.com', 'form'],
    ['a b@example.com', 'form'],
    ['<a>@example.com', 'form'],
    ['a@-x.com', 'form'],
    ['', 'empty'],
    [`${'a'.repeat(65)}@example.com`, 'form'],
    ['123-45-6789@example.com', 'identity-number'],
    ['a@example.com\nbcc: b@example.com', 'unseen'],
  ])('refuses %j', (raw, fault) => {
    expect(parseEmail(raw)).toEqual({ ok: false, fault });
  });
  it('gives one form for one address', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        const parsed = parseEmail(raw);
        if (!parsed.ok) return;
        expect(parseEmail(parsed.email)).toEqual(parsed);
        expect(parseEmail(raw.toUpperCase())).toEqual(parsed);
      }),
    );
  });
  it('answers hostile input at once', () => {
    const started = performance.now();
    parseEmail(`${'a.'.repeat(400)}@`);
    parseEmail(`a@${'a-'.repeat(300)}`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('passwords', () => {
  const check = (password: string) => checkPassword(password, 'hanako@example.com');
  it.each([
    ['', 'empty'],
    ['short', 'too-short'],
    ['password123', 'common'],
    ['P@ssw0rd2026!', 'common'],
    ['1234567890', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['abcdefghijkl', 'common'],
    ['12121212121212', 'common'],
    ['qwertyuiop', 'common'],
    ['wakachi2026!!', 'common'],
    ['hanako@example.com', 'like-email'],
    ['hanako12345', 'like-email'],
    ['x'.repeat(300), 'too-long'],
    ['password password', 'common'],
  ])('refuses %j as %s', (password, fault) => {
    expect(check(password)).toBe(fault);
  });
  it.each([
    'correct battery staple',
    '桜の木の下で弁当を食べる',
    'a long sentence with spaces, sixty-four characters and then some more',
    'xk2 9fj wq1p',
  ])('takes %j', (password) => expect(check(password)).toBeUndefined());
  it('takes nothing under the minimum', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: PASSWORD_MIN - 1 }), (p) => {
        fc.pre([...normalisePassword(p)].length < PASSWORD_MIN);
        expect(check(p)).toBeDefined();
      }),
    );
  });
  it('refuses a megabyte by its length alone', () => {
    expect(isOverlongPassword('a'.repeat(1_000_000))).toBe(true);
    expect(check('a'.repeat(1_000_000))).toBe('too-long');
  });
  it('is the same password in whatever width it was typed', () => {
    expect(normalisePassword('ｐａｓｓ ガ')).toBe(normalisePassword('pass ｶﾞ'));
  });
});

describe('names', () => {
  it.each([
    ['やまだ', 'ヤマダ'],
    ['ﾔﾏﾀﾞ', 'ヤマダ'],
    ['サトー', 'サトー'],
    ['サト-', 'サトー'],
    ['ジョン　Ｆ', undefined],
    ['山田', undefined],
    ['マリー・アン', 'マリー・アン'],
    ['ーー', undefined],
  ])('reads the kana %s as %s', (raw, kana) => {
    const parsed = parseKana(raw);
    expect(parsed.ok ? parsed.text : undefined).toBe(kana);
  });
  it.each(["O'Brien", 'García-Márquez', 'Jean Luc', 'Nguyễn', 'St. John', '山田', 'マリア'])(
    'takes the name %s',
    (raw) => {
      expect(parseName(raw)).toEqual({ ok: true, text: raw });
    },
  );
  it('keeps the order of its script', () => {
    expect(fullName('髙橋', '花子')).toBe('髙橋 花子');
    expect(fullName('Doe', 'Jane')).toBe('Jane Doe');
  });
});

describe('places', () => {
  it('has all prefectures and states', () => {
    expect(new Set(PREFECTURES).size).toBe(47);
    expect(new Set(US_STATES).size).toBe(56);
  });
  it.each([
    ['〒１００－０００１', '100-0001'],
    ['1000001', '100-0001'],
    ['100ー0001', '100-0001'],
    ['100−0001', '100-0001'],
    ['10-0001', undefined],
    ['', undefined],
  ])('JP %s → %s', (raw, code) => expect(parsePostalCode('JP', raw)).toBe(code));
  it.each([
    ['94105', '94105'],
    ['94105-1234', '94105-1234'],
    ['９４１０５', '94105'],
    ['941051234', undefined],
    ['9410', undefined],
  ])('US %s → %s', (raw, code) => expect(parsePostalCode('US', raw)).toBe(code));
});

describe('the way after sign-in', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/en@evil.example',
    'https://evil.example/en',
    '/en//evil',
    '/fr/x',
    '/en/../api',
    '/en/%2f%2fevil',
    '/en\n/x',
    '/english',
    null,
    5,
  ])('does not lead to %j', (raw) => expect(safeNextPath(raw, '/en/overview')).toBe('/en/overview'));
  it.each(['/en', '/ja/overview', '/en/offerings/us-2026?amount=100'])('leads to %s', (raw) => {
    expect(safeNextPath(raw, '/x')).toBe(raw);
  });
});
