/** What pages that list stories have besides the script with which maps are made: `start` of that calls it. */
import { bindCards, type Lent } from "./atlas/cards";
import { bindFilter } from "./atlas/filter";

window.storymap.bindAtlas = (lent: Lent) => {
  const cards = bindCards(lent);
  const form = document.querySelector<HTMLFormElement>(".filter form");
  if (form) bindFilter(form, lent.page, cards);
};
