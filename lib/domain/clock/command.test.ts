import { describe, expect, it } from 'vitest';
import { parseClockCommand } from './command';
import { CLOCK_TARGETS, eventsOf, percentOf } from './events';

describe('clock commands', () => {
  it.each([
    ['show', { act: 'show' }],
    ['real', { act: 'real' }],
    ['freeze', { act: 'freeze' }],
    ['next cut-off', { act: 'next', target: 'cut-off' }],
    ['next record-date', { act: 'next', target: 'record-date' }],
    ['step 1h30m', { act: 'for', seconds: 5_400 }],
    ['to 2026-12-01T09:00+09:00', { act: 'to', at: new Date('2026-12-01T00:00:00Z') }],
    ['to 2026-12-01', { act: 'to', at: new Date('2026-11-30T15:00:00Z') }],
  ])('%s', (command, wanted) => {
    expect(parseClockCommand(command.split(' '))).toEqual(wanted);
  });
  it('shows the time where nothing is said', () => expect(parseClockCommand([])).toEqual({ act: 'show' }));
  it.each([
    '',
    'step',
    'step 5',
    'step -2d',
    'next',
    'next week',
    'to',
    'to 2026-13-01',
    'to 2026-13-01T00:00:00Z',
    'to 2026-12-01T09:00',
    'real now',
    'freeze 2026-12-01T09:00:00Z',
    'back 3d',
    'step 1h 2h',
  ])('takes no %j', (command) => expect(parseClockCommand(command.split(' '))).toBeUndefined());
});

describe('a run of the clock', () => {
  const from = new Date('2026-01-01T00:00:00Z');
  const to = new Date('2026-01-05T00:00:00Z');
  it.each([
    ['2025-12-31T00:00:00Z', 0],
    ['2026-01-01T00:00:00Z', 0],
    ['2026-01-02T00:00:00Z', 25],
    ['2026-01-04T23:59:59Z', 99],
    ['2026-01-05T00:00:00Z', 100],
    ['2026-02-05T00:00:00Z', 100],
  ])('is at %s so far along', (at, percent) => expect(percentOf({ from, to, at: new Date(at) })).toBe(percent));
  it('to where it stands has arrived', () => expect(percentOf({ from, to: from, at: from })).toBe(100));
  it('has something to look for at each target', () => {
    for (const target of CLOCK_TARGETS) expect(eventsOf(target).length).toBeGreaterThan(0);
  });
});
