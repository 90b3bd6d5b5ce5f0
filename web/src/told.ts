// What a map tells of the shape that is pressed: its events, each a link.
import { type GeoJSONSource, type Map as Chart, Popup } from "maplibre-gl";
import { CLOSEST } from "./layers";

/** What is on the map now, and where its links lead. */
export interface Shown {
  countries(): Record<string, number>;
  open(href: string): void;
  /** The word for events, in the language of the page. */
  word(): string;
}
/** What a shape under the pointer may have. */
interface Found {
  id?: string;
  title?: string;
  name?: string;
  events?: number;
  code?: string;
  cluster_id?: number;
}
interface Place {
  lng: number;
  lat: number;
}
type Titled = Required<Pick<Found, "id" | "title">>;

const LISTED = 20;
const LAYERS = ["points", "clusters", "regions", "areas"];

/** Listens to the pointer over a map. */
export function listen(map: Chart, shown: Shown): void {
  for (const layer of LAYERS) {
    map.on("mousemove", layer, ({ features }) => {
      const code = features?.[0]?.properties["code"] as string | undefined;
      const silent = layer === "areas" && !(code && code in shown.countries());
      map.getCanvas().style.cursor = silent ? "" : "pointer";
    });
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
  map.on("click", (event) => {
    const layers = LAYERS.filter((one) => map.getLayer(one));
    const [found] = map.queryRenderedFeatures(event.point, { layers });
    if (found) void tell(map, shown, event.lngLat, found.properties as Found);
  });
}

async function tell(map: Chart, shown: Shown, at: Place, found: Found): Promise<void> {
  const { id, title = "", name, events, code, cluster_id: cluster } = found;
  if (cluster !== undefined) {
    const leaves = await opened(map, cluster, at);
    if (leaves) popup(map, at, list(leaves, shown.open));
  } else if (id) popup(map, at, list([{ id, title }], shown.open));
  else if (name) popup(map, at, paragraph(`${name}: ${events} ${shown.word()}`));
  else if (code && code in shown.countries()) {
    const base = document.getElementById("map-data")?.dataset["country"] ?? "";
    const words = `${code}: ${shown.countries()[code]} ${shown.word()}`;
    popup(map, at, paragraph(link(base.replace("___", code), words, shown.open)));
  }
}

/** Zooms into a cluster; returns its events instead where they all stand at one place. */
async function opened(map: Chart, cluster: number, at: Place): Promise<Titled[] | null> {
  const source = map.getSource<GeoJSONSource>("points");
  if (!source) return null;
  const zoom = await source.getClusterExpansionZoom(cluster);
  if (zoom <= CLOSEST) {
    map.jumpTo({ center: at, zoom: Math.max(zoom, map.getZoom() + 1) });
    return null;
  }
  const leaves = await source.getClusterLeaves(cluster, LISTED, 0);
  return leaves.map((one) => one.properties as Titled);
}

function list(events: Titled[], open: Shown["open"]): HTMLElement {
  const made = document.createElement("ul");
  for (const { id, title } of events) {
    const item = document.createElement("li");
    item.append(link(`/events/${id}`, title, open));
    made.append(item);
  }
  return made;
}

function paragraph(content: string | HTMLElement): HTMLElement {
  const made = document.createElement("p");
  made.append(content);
  return made;
}

function link(href: string, words: string, open: Shown["open"]): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = href;
  made.dir = "auto";
  made.textContent = words;
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(href);
  });
  return made;
}

function popup(map: Chart, at: Place, content: HTMLElement): void {
  new Popup({ maxWidth: "18rem", className: "told" }).setLngLat(at).setDOMContent(content).addTo(map);
}
