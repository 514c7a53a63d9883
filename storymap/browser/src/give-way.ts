/** Long work in pieces, between which the browser answers the reader. */

/** How long a piece may take (milliseconds): a phone's processor is slower by far than the clock of who wrote this. */
const PIECE = 8;

let begun = 0;

/** Resolves when the browser has had its turn. */
export async function giveWay(): Promise<void> {
  // Types promise what not every browser has.
  await (window.scheduler?.yield?.() ?? new Promise<void>((done) => { setTimeout(done); }));
  begun = performance.now();
}

/** The same where the work has taken its time; at once where it has not. */
export async function giveWayInTime(): Promise<void> {
  if (performance.now() - begun > PIECE) await giveWay();
}

/** Resolves when the browser has nothing better to do. */
export function waitForLeisure(): Promise<void> {
  return new Promise((done) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => done(), { timeout: 2000 });
    else setTimeout(done, 200);
  });
}
