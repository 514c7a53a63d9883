/** Round distances, as scales have them. */

/** The smallest of 1, 2 or 5 times a power of ten that is no less than `kilometres`. */
export function chooseStep(kilometres: number): number {
  const power = 10 ** Math.floor(Math.log10(kilometres));
  return power * ([1, 2, 5].find((factor) => factor * power >= kilometres * (1 - 1e-9)) ?? 10);
}
