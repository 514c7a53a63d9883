/** What an author's map hook added, in scripts of their own: one that fails is told, and harms nothing else. */

/** The attribute that Python gives to those scripts. */
const ADDED = "data-map-hook";

/** Calls `tell` once if such a script cannot be loaded, or throws while it runs. */
export function watchAdditions(tell: () => void): void {
  const listen = ({ target }: Event): void => {
    // What cannot be loaded is the target; what throws is the script that runs at the moment.
    const script = target instanceof Element ? target : document.currentScript;
    if (!script?.hasAttribute(ADDED)) return;
    window.removeEventListener("error", listen, true);
    tell();
  };
  window.addEventListener("error", listen, true);
}
