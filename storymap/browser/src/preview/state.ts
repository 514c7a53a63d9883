/** What the preview tells a page: the browser half of `write_state` in `storymap/serving/pages.py`. */

export interface Mistake {
  severity: "error" | "warning";
  headline: string;
  /** The line in which it is, after its number, and one with carets below; none where a whole file is meant. */
  source: string[];
  /** Lines that say what to do. */
  help: string[];
}

export interface State {
  /** Of the page and its pictures; empty where there is nothing newer to show than what stands here. */
  version: string;
  /** Whether the newest state of the project could not be built: the page is then the last that could. */
  failed: boolean;
  problems: Mistake[];
}

export function readState(json: string): State {
  return JSON.parse(json) as State;
}

/** "2 errors, 1 warning"; empty where there is nothing to tell. */
export function countMistakes(problems: readonly Mistake[]): string {
  return (["error", "warning"] as const)
    .map((severity) => ({ severity, count: problems.filter((problem) => problem.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count > 1 ? "s" : ""}`)
    .join(", ");
}
