/** Read what Python wrote into the page. */
import { PAYLOAD_VERSION, type LayersPayload, type Payload } from "../contract";

const read = new Map<string, Payload | LayersPayload>();

/** The payload in the `<script type="application/json">` element `id`; read once per page. */
export function readPayload<P extends Payload | LayersPayload = Payload>(id: string): P {
  const known = read.get(id);
  if (known) return known as P;
  const text = document.getElementById(id)?.textContent;
  if (!text) throw new Error(`storymap: this page has no element "${id}" with the map's data`);
  const payload = JSON.parse(text) as P;
  if (payload.version !== PAYLOAD_VERSION) {
    throw new Error(`storymap: the page was written by another version (data ${payload.version}, script ${PAYLOAD_VERSION})`);
  }
  read.set(id, payload);
  return payload;
}
