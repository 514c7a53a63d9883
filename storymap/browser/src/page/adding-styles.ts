const added = new Set<string>();

/** Adds a stylesheet to the page, once; an element would need leave of the page's policy. */
export function addStyle(text: string): void {
  if (added.has(text)) return;
  added.add(text);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
