import { describe, expect, it } from 'vitest';
import { parseClockCommand } from './clock-command';

describe('clock commands', () => {
  it.each([
    ['real', { to: 'real' }],
    ['freeze', { to: 'frozen', at: null }],
    ['freeze 2026-12-01T09:00:00+09:00', { to: 'frozen', at: new Date('2026-12-01T00:00:00Z') }],
    ['step 1h30m', { to: 'stepped', seconds: 5_400 }],
    ['step 2026-12-01T09:00Z', { to: 'stepped', at: new Date('2026-12-01T09:00:00Z') }],
    ['shift -2d', { to: 'shifted', seconds: -172_800 }],
  ])('%s', (command, change) => {
    expect(parseClockCommand(command.split(' '))).toEqual(change);
  });
  it.each([
    '',
    'step',
    'step 5',
    'shift 2026-12-01T09:00:00Z',
    'freeze 2026-12-01',
    'freeze 2026-13-01T00:00:00Z',
    'real now',
    'back 3d',
    'step 1h 2h',
  ])('takes no %j', (command) => expect(parseClockCommand(command.split(' '))).toBeUndefined());
});
