/** Listen to the preview: what this page should show, now and after each save. */
import { readState, type State } from "./state";

/** Browsers that give a stream up when the preview is stopped try again after this long (milliseconds). */
const AGAIN = 1000;

/** `listener` gets every state. */
export function follow(listener: (state: State) => void): void {
  const query = new URLSearchParams({ page: decodeURIComponent(location.pathname) });
  let source: EventSource | undefined;

  function listen(): void {
    source?.close();
    const stream = new EventSource(`/.storymap/events?${query}`);
    source = stream;
    stream.addEventListener("message", (event: MessageEvent<string>) => listener(readState(event.data)));
    // The preview serves only so many streams, and has ended this one in favour of a younger.
    stream.addEventListener("rest", () => {
      stream.close();
      source = undefined;
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED && source === stream) window.setTimeout(listen, AGAIN);
    });
  }

  const wake = () => {
    if (!source && !document.hidden) listen();
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("focus", wake);
  listen();
}
