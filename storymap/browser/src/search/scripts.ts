/** Load a classic script: the one way to get more that a page opened from disk has. */

/** Settles when the script at `url` has run. */
export function loadScript(url: string): Promise<void> {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => {
      script.remove();
      done();
    };
    script.onerror = () => {
      script.remove();
      failed(new Error(`storymap: ${url} cannot be loaded`));
    };
    document.head.append(script);
  });
}
