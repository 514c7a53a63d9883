/** Put text on the clipboard, also where the browser keeps its own way for pages from secure addresses. */

/** Whether `text` is on the clipboard now; beyond an open dialog, which is its `holder` then, nothing can be selected. */
export async function copyText(text: string, holder: HTMLElement = document.body): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, holder);
  }
}

function copySelected(text: string, holder: HTMLElement): boolean {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const inner = focused?.shadowRoot?.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  Object.assign(field.style, { position: "fixed", insetBlockStart: "0", opacity: "0" });
  holder.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  (inner instanceof HTMLElement ? inner : focused)?.focus({ preventScroll: true });
  return copied;
}
