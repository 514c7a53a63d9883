/** The way back after the reader has moved the map: a button that returns to the story's view. */
import type { CameraMan } from "../views/camera";

export function offerReturn(container: HTMLElement, camera: CameraMan, label: string): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "map-return";
  button.textContent = label;
  button.hidden = true;
  button.addEventListener("click", () => {
    // A hidden button would lose the focus to the page's start.
    if (document.activeElement === button) container.focus({ preventScroll: true });
    camera.lookBack();
  });
  camera.onRoaming((roaming) => {
    button.hidden = !roaming;
  });
  container.after(button);
}
