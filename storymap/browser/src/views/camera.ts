/** Move the map: to a step's view, aside to what a link shows, and back. Only this moves the map; the reader may too. */
import * as L from "leaflet";
import type { Box } from "../contract";
import { fitBox, flightSeconds, type Camera as Aim } from "./fit";
import { measureFrame } from "./frame";
import { zoomOf } from "./mercator";

/** How near (pixels) the map must be to where it is sent for the journey to be left out. */
const CLOSE_ENOUGH = 2;

/** No view needs a smaller world than this: 64 pixels. */
const FARTHEST = -2;

export class CameraMan {
  /** The view that the story wants now; what a link or the reader looks at is a digression from it. */
  private home: Box;
  private aside: Box | undefined;
  private roaming = false;
  private travelling = false;
  private departing = false;
  /** The zoom at which the world fills the map from top to bottom. */
  private widest = 0;
  private readonly listeners: ((roaming: boolean) => void)[] = [];
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(private readonly map: L.Map, view: Box, private readonly maxZoom: number) {
    this.home = view;
    map.on("moveend", () => {
      this.travelling = false;
    });
    map.on("dragstart", () => this.setRoaming(true));
    map.on("zoomstart movestart", () => {
      if (!this.travelling && !this.departing) this.setRoaming(true);
    });
    map.on("resize", () => {
      this.allowZooms();
      if (!this.roaming) this.aim({ animate: false });
    });
    this.allowZooms();
    this.aim({ animate: false });
  }

  /** Whether the reader has moved the map away from the story. */
  get isRoaming(): boolean {
    return this.roaming;
  }

  /** The story goes on: show `view`, wherever the reader was looking. */
  show(view: Box, options: { animate: boolean }): void {
    this.home = view;
    this.aside = undefined;
    this.setRoaming(false);
    this.aim(options);
  }

  /** Look aside at `view` until `lookBack`. */
  glance(view: Box): void {
    this.aside = view;
    this.setRoaming(false);
    this.aim({ animate: true });
  }

  /** Return from a glance, or from exploring, to the story's view. */
  lookBack(): void {
    if (!this.aside && !this.roaming) return;
    this.aside = undefined;
    this.setRoaming(false);
    this.aim({ animate: true });
  }

  /** `listener` is told when the reader leaves the story's view and when the map returns to it. */
  onRoaming(listener: (roaming: boolean) => void): void {
    this.listeners.push(listener);
  }

  private aim({ animate }: { animate: boolean }): void {
    const size = this.map.getSize();
    if (!size.x || !size.y) return;
    const map = { width: size.x, height: size.y };
    const from = this.position();
    const zooms = { min: FARTHEST, max: this.maxZoom };
    const box = this.aside ?? this.home;
    const to = fitBox(box, measureFrame(this.map), map, zooms, from?.lon ?? (box[0] + box[2]) / 2);
    const target = L.latLng(to.lat, to.lon);
    // Leaflet would hold a view back that is wider than the reader may zoom out by hand.
    this.map.options.minZoom = Math.min(this.widest, to.zoom);
    if (from && this.isThere(to)) return;
    const flies = from !== undefined && animate && !this.calm.matches;
    // Setting out stops whatever motion there is, which then reports its end: it must not be taken for ours.
    this.departing = true;
    if (flies) this.map.flyTo(target, to.zoom, { duration: flightSeconds(from, to, map) });
    else this.map.setView(target, to.zoom, { animate: false });
    this.departing = false;
    this.travelling = flies;
  }

  private isThere(to: Aim): boolean {
    if (this.travelling || Math.abs(this.map.getZoom() - to.zoom) > 0.001) return false;
    const offset = this.map.latLngToContainerPoint([to.lat, to.lon]).subtract(this.map.getSize().divideBy(2));
    return Math.hypot(offset.x, offset.y) < CLOSE_ENOUGH;
  }

  private position(): Aim | undefined {
    // A map that has no view yet refuses to tell where it is.
    try {
      const { lat, lng } = this.map.getCenter();
      return { lat, lon: lng, zoom: this.map.getZoom() };
    } catch {
      return undefined;
    }
  }

  /** The reader may zoom out until the world fills the map, and in as far as the map is drawn. */
  private allowZooms(): void {
    const { y } = this.map.getSize();
    if (!y) return;
    this.widest = Math.min(zoomOf(y), 2);
    this.map.options.minZoom = this.widest;
    this.map.options.maxZoom = this.maxZoom;
  }

  private setRoaming(roaming: boolean): void {
    if (roaming) this.travelling = false;
    if (this.roaming === roaming) return;
    this.roaming = roaming;
    for (const listener of this.listeners) listener(roaming);
  }
}
