/** The page of a story: the map follows the text, and the text follows the map. */
import type { Payload } from "../contract";
import type { Scene } from "../map/scene";
import type { CameraMan } from "../views/camera";
import { findAddressed, goTo, noteStep } from "./address";
import { bindProseLinks } from "./prose-links";
import { watchReading } from "./reading-line";
import { Settling } from "./settle";
import { markStep } from "./step-marks";

/** The map sets out when the reader has stayed at a step for this long (milliseconds). */
const PATIENCE = 130;

export function bindStory(payload: Payload, scene: Scene, camera: CameraMan): void {
  const steps = [...document.querySelectorAll<HTMLElement>("[data-step]")];
  if (steps.length === 0) return bindWithoutText(payload, scene, camera);

  const links = bindProseLinks(payload, scene, camera);
  let animate = false; // until the reader moves, the map stands where the page opens
  const settling = new Settling<number>(PATIENCE, (number) => {
    const step = payload.steps[number];
    if (!step) return;
    links.letGo();
    scene.turnTo({ step: number });
    camera.show(step.view, { animate });
    noteStep(step.id);
  });

  const addressed = findAddressed();
  const start = steps.findIndex((step) => addressed !== null && step.contains(addressed));
  if (addressed) addressed.scrollIntoView({ behavior: "instant" });
  arriveAt(Math.max(start, 0));
  watchReading(steps, (number) => {
    markStep(number);
    settling.change(number);
  });
  // From the first sign of the reader on, the map travels.
  for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(sign, () => { animate = true; }, { once: true, passive: true, capture: true });
  }

  scene.markers?.on("choose", (event) => {
    animate = true;
    const visits = payload.places[(event as unknown as { place: number }).place]?.steps ?? [];
    // At a place of several steps, each click leads one further.
    const next = visits.find((step) => step > scene.focus.step) ?? visits[0];
    const id = next === undefined ? undefined : payload.steps[next]?.id;
    if (id) goTo(id);
  });

  // Scrolling on takes the reader back to the story, even within the same step.
  let scrolledFrom = 0;
  const begin = () => { scrolledFrom = window.scrollY; };
  camera.onRoaming(begin);
  window.addEventListener("resize", begin);
  window.addEventListener("scroll", () => {
    if (camera.isRoaming && Math.abs(window.scrollY - scrolledFrom) > window.innerHeight / 3) camera.lookBack();
  }, { passive: true });

  function arriveAt(number: number): void {
    markStep(number);
    settling.now(number);
  }
}

/** A map of a story that stands alone, as in a notebook: its markers take the reader to their steps' views. */
function bindWithoutText(payload: Payload, scene: Scene, camera: CameraMan): void {
  scene.markers?.on("choose", (event) => {
    const visits = payload.places[(event as unknown as { place: number }).place]?.steps ?? [];
    const next = visits.find((step) => step > scene.focus.step) ?? visits[0] ?? 0;
    const step = payload.steps[next];
    if (!step) return;
    scene.turnTo({ step: next });
    camera.show(step.view, { animate: true });
  });
}
