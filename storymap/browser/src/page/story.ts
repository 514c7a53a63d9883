/** The page of a story: the map follows the text, and the text follows the map. */
import type { StoryPayload } from "../contract";
import type { Scene } from "../map/scene";
import { listVisits } from "../map/scenes";
import type { CameraMan } from "../views/camera";
import { findAddressed, goTo, noteStep } from "./address";
import { isEmbedded } from "./embedded";
import { bindProseLinks } from "./prose-links";
import { measureProgress, watchReading } from "./reading-line";
import { watchRest } from "./rest";
import { Settling } from "./settle";
import { markStep } from "./step-marks";
import { keepPlace, offerReading } from "./reading";
import { announceSteps, tellStep } from "./told";

/** The map sets out when the reader has stayed at a step for this long (milliseconds). */
const PATIENCE = 130;

export function bindStory(page: StoryPayload, scene: Scene, camera: CameraMan): void {
  const steps = [...document.querySelectorAll<HTMLElement>("[data-step]")];
  if (steps.length === 0) return bindWithoutText(page, scene, camera);

  if (!isEmbedded()) offerReading(camera);
  const links = bindProseLinks(page, scene, camera);
  const lookAnew = scene.grows ? followProgress() : undefined;
  const tellRest = watchRest(page.strings, steps);
  const announce = isEmbedded() ? undefined : announceSteps(page.strings, steps.length - 1);
  let hasArrived = false;
  let animate = false; // until the reader moves, the map stands where the page opens
  const settling = new Settling<number>(PATIENCE, (number) => {
    const step = page.steps[number - 1];
    links.letGo();
    scene.turnTo({ scene: number });
    lookAnew?.();
    arrive(number);
    camera.show((step ?? page).view, { animate });
    noteStep(step?.id ?? "");
  });

  const addressed = findAddressed();
  const start = steps.findIndex((step) => addressed !== null && step.contains(addressed));
  const embed = window.storymapSharing?.embed;
  if (addressed && !embed) addressed.scrollIntoView({ behavior: "instant" });
  arriveAt(Math.max(start, 0));
  if (embed) embed({ steps, turn: arriveAt });
  else watchReading(steps, (number) => {
    markStep(number);
    settling.change(number);
  });
  // From the first sign of the reader on, the map travels.
  for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(sign, () => { animate = true; }, { once: true, passive: true, capture: true });
  }

  const visits = listVisits(page);
  scene.on("chooseplace", (place) => {
    animate = true;
    const step = page.steps[findNext(visits[place], scene) - 1];
    if (step) goTo(step.id);
  });

  // Scrolling on takes the reader back to the story, even within the same step.
  let scrolledFrom = 0;
  const begin = () => { scrolledFrom = window.scrollY; };
  camera.onRoaming(begin);
  window.addEventListener("resize", begin);
  window.addEventListener("scroll", () => {
    if (camera.isRoaming && Math.abs(window.scrollY - scrolledFrom) > window.innerHeight / 3) camera.lookBack();
  }, { passive: true });

  /** Tells those who hear the page where they are; of what it opens with their screen reader tells by itself. */
  function arrive(number: number): void {
    const section = steps[number];
    tellStep(section);
    tellRest(number);
    if (hasArrived && announce && section) {
      announce(section, number);
      keepPlace(page.steps[number - 1]?.id ?? "", number === steps.length - 1);
    }
    hasArrived = true;
  }

  /** Ways grow as the reader scrolls, once a frame; at once for a reader who wants no motion. Returns what looks anew. */
  function followProgress(): () => void {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)");
    let asked = 0;
    const advance = () => {
      asked = 0;
      const step = steps[scene.focus.scene];
      if (step) scene.advance(still.matches || isEmbedded() ? 1 : measureProgress(step));
    };
    const ask = () => { asked ||= requestAnimationFrame(advance); };
    window.addEventListener("scroll", ask, { passive: true });
    window.addEventListener("resize", ask);
    return ask;
  }

  function arriveAt(number: number): void {
    markStep(number);
    settling.now(number);
  }
}

/** A map of a story that stands alone, as in a notebook: its markers take the reader to their steps' views. */
function bindWithoutText(page: StoryPayload, scene: Scene, camera: CameraMan): void {
  const visits = listVisits(page);
  scene.on("chooseplace", (place) => {
    const next = findNext(visits[place], scene);
    scene.turnTo({ scene: next });
    camera.show((page.steps[next - 1] ?? page).view, { animate: true });
  });
}

/** At a place of several steps, each click leads one further; 0 where there is none. */
function findNext(steps: readonly number[] = [], { focus }: Scene): number {
  return steps.find((step) => step > focus.scene) ?? steps[0] ?? 0;
}
