/**
 * Division of integers with a named direction (DOMAIN §2: every rounding has one). Divisors are positive; dividends may be negative where
 * gains and returns are.
 */

function assertDivisor(divisor: bigint) {
  if (divisor <= 0n) throw new RangeError('A divisor is positive.');
}

/** Towards minus infinity. */
export function floorDiv(dividend: bigint, divisor: bigint): bigint {
  assertDivisor(divisor);
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

/** Towards plus infinity. */
export function ceilDiv(dividend: bigint, divisor: bigint): bigint {
  assertDivisor(divisor);
  const quotient = dividend / divisor;
  return dividend % divisor > 0n ? quotient + 1n : quotient;
}

/** To the nearest; a half goes away from zero, as in 四捨五入. */
export function halfUpDiv(dividend: bigint, divisor: bigint): bigint {
  assertDivisor(divisor);
  return dividend < 0n ? -((-dividend * 2n + divisor) / (divisor * 2n)) : (dividend * 2n + divisor) / (divisor * 2n);
}

/** The largest multiple of `step` that is not above `value`. */
export const floorToStep = (value: bigint, step: bigint): bigint => floorDiv(value, step) * step;

/** The smaller of two; Math.min takes no bigint. */
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
