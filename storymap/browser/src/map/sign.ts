/** How the places of a category are marked: colours of their own, and a symbol. */
import type { SignData } from "../contract";

const SVG = "http://www.w3.org/2000/svg";

/** Width and height of the box that symbols are drawn in. */
const BOX = 15;

/** Has `element`, and what is in it, take the colours of a category instead of those of other markers. */
export function dressInSign(element: HTMLElement | SVGElement, { light, dark }: SignData): void {
  element.classList.add("signed");
  element.style.setProperty("--light", light.fill);
  element.style.setProperty("--light-ink", light.ink);
  element.style.setProperty("--dark", dark.fill);
  element.style.setProperty("--dark-ink", dark.ink);
}

/** The symbol by itself; its size and colour are the stylesheet's. */
export function drawSymbol(symbol: string): SVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${BOX} ${BOX}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", symbol);
  picture.append(path);
  return picture;
}
