/** Bring the page up to date: only its prose where that is all that changed, else by loading it anew. */
import { fetchPage, findScript, patchPage } from "./patch";
import { keepPlace, stayInPlace } from "./reading-place";
import { readState, type State } from "./state";

export class Renewal {
  private source: Promise<Document | null> = Promise.resolve(null);
  private version: string;
  private busy = false;

  /** `script` is the preview's own in this page, `shown` what the page was when it was sent. */
  constructor(private readonly script: HTMLScriptElement, shown: State) {
    this.version = shown.version;
    // What the page was made of is fetched when nobody waits for anything.
    if (this.version) window.addEventListener("load", () => { this.source = this.fetchSource(); }, { once: true });
  }

  /** Whether the page is what it should be; no version means that there is nothing newer to show. */
  isCurrent(version: string): boolean {
    return version === "" || version === this.version;
  }

  /** Brings the page up to date; answers with what it is then, or with nothing where it is loaded anew. */
  async renew(): Promise<State | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    const [before, after] = await Promise.all([this.source, this.version ? fetchPage() : null]);
    const written = after && findScript(after)?.dataset["state"];
    const state = written ? readState(written) : undefined;
    if (before && after && state && (state.version === this.version || this.patch(before, after))) {
      this.busy = false;
      this.version = state.version;
      this.source = Promise.resolve(after);
      this.script.dataset["state"] = JSON.stringify(state);
      return state;
    }
    if (this.version) keepPlace();
    location.reload();
    return undefined;
  }

  private patch(before: Document, after: Document): boolean {
    let patched = false;
    stayInPlace(() => { patched = patchPage(before, after); });
    return patched;
  }

  /** The source of this very version; none where the page has changed since it was sent. */
  private async fetchSource(): Promise<Document | null> {
    const page = await fetchPage();
    const state = page && findScript(page)?.dataset["state"];
    return state && readState(state).version === this.version ? page : null;
  }
}
