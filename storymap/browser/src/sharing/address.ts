/** The whole addresses of a step: where the site stands, if it knows that, and else where the page is read. */

/** The step at which the reader is: its id, or "" at the opening. */
export function currentStep(): string {
  return document.querySelector(".step.is-current")?.id ?? "";
}

/** The address of the page at `step`; `query` is for a page in a frame, such as `?embed`. */
export function addressOf(step: string, query = ""): string {
  const known = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
  const [page = ""] = (known ?? location.href).split(/[?#]/, 1);
  return `${page}${query}${step && `#${encodeURIComponent(step)}`}`;
}
