/**
 * The list of steps on a phone: a button on the map opens it over the page, between links to the step before and the next
 * (`step-marks.ts` says where they lead). Beside the text on a map it stands by itself.
 */
import * as L from "leaflet";
import { makeButton, makeSheet } from "./sheet";
import { say, type Words } from "./words";

export function offerSteps(map: L.Map, words: Words): void {
  const list = document.querySelector<HTMLElement>(".steps-rail");
  if (!list) return;
  const sheet = makeSheet("steps-sheet", say(words, "steps"), words);

  const button = makeButton("steps-button");
  button.setAttribute("aria-haspopup", "dialog");
  const name = document.createElement("span");
  name.className = "visually-hidden";
  name.textContent = say(words, "steps");
  const count = document.createElement("span");
  count.className = "steps-count";
  button.append(name, " ", count);
  const bar = document.createElement("div");
  bar.className = "steps-bar";
  bar.append(makeLink("previous", say(words, "previous_step")), button, makeLink("next", say(words, "next_step")));
  L.DomEvent.disableClickPropagation(bar);
  const control = new L.Control({ position: document.documentElement.dir === "rtl" ? "bottomright" : "bottomleft" });
  control.onAdd = () => bar;
  control.addTo(map);

  const home = document.createComment("the list of steps");
  button.addEventListener("click", () => {
    list.replaceWith(home);
    sheet.append(list);
    sheet.showModal();
    sheet.querySelector<HTMLElement>("[aria-current]")?.focus();
  });
  sheet.addEventListener("close", () => home.replaceWith(list));
  window.addEventListener("resize", () => {
    if (sheet.open && !button.offsetParent) sheet.close();
  });
}

function makeLink(way: string, name: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.className = `steps-${way}`;
  link.setAttribute("aria-label", name);
  link.setAttribute("role", "link"); // also at an end of the story, where it leads nowhere
  return link;
}
