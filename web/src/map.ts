// The map: shapes of countries, areas where no place is known, points where one is. It asks no one
// but the desk, draws no letters that would have to be fetched, and moves no point for its looks.
import { LngLatBounds, Map as Chart, NavigationControl, setWorkerUrl } from "maplibre-gl";
import { CLOSEST, paint } from "./layers";
import { CLUSTER, colours, type Colours, counted } from "./pins";
import { extent, type Land, type Shapes } from "./shapes";
import { listen } from "./told";

let chart: Chart | null = null;
let place: HTMLElement | null = null;
let land: Land | null = null;
let asked = "";
let shown: Shapes = { points: [], regions: [], countries: {} };
let go: (href: string) => void = () => undefined;

new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

/** Draws the map into an element, unless it is there already. */
export function draw(into: HTMLElement, open: (href: string) => void): void {
  go = open;
  if (chart && place === into && into.isConnected) return;
  chart?.remove();
  asked = "";
  place = into;
  setWorkerUrl(new URL(into.dataset["worker"] ?? "", window.location.href).href);
  chart = new Chart({
    container: into,
    style: { version: 8, sources: {}, layers: [] },
    center: [20, 20],
    zoom: 0.6,
    minZoom: 0,
    maxZoom: CLOSEST,
    attributionControl: false,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: {
      "NavigationControl.ZoomIn": into.dataset["in"] ?? "",
      "NavigationControl.ZoomOut": into.dataset["out"] ?? "",
      "Map.Title": into.dataset["name"] ?? "",
    },
  });
  chart.touchZoomRotate.disableRotation();
  chart.addControl(new NavigationControl({ showCompass: false }), "top-right");
  chart.setMissingStyleImageResolver((id) => {
    const number = id.startsWith(CLUSTER) ? id.slice(CLUSTER.length) : "";
    if (number && !chart?.hasImage(id)) chart?.addImage(id, counted(number, palette()), { pixelRatio: 2 });
  });
  listen(chart, {
    countries: () => shown.countries,
    open: (href) => go(href),
    word: () => place?.dataset["events"] ?? "",
  });
}

/** Asks for what the page's filter keeps, and shows it. */
export function update(data: HTMLElement): void {
  const source = data.dataset["src"] ?? "";
  if (source === asked) return;
  asked = source;
  place?.removeAttribute("data-ready");
  const drawn = place;
  void Promise.all([read<Shapes>(source), countries(), ready()]).then(([shapes]) => {
    // The reader may have gone on to a page without a map.
    if (source !== asked || place !== drawn || !place?.isConnected) return;
    shown = shapes;
    repaint();
    if (!data.dataset["box"]) fit();
    chart?.once("idle", () => place?.setAttribute("data-ready", String(shapes.points.length)));
  });
}

/** Returns what the map shows as west, south, east, north. */
export function bounds(): string | null {
  const seen = chart?.getBounds();
  if (!seen) return null;
  const held = (value: number, most: number): string =>
    Math.max(-most, Math.min(most, value)).toFixed(2);
  return [
    held(seen.getWest(), 180),
    held(seen.getSouth(), 90),
    held(seen.getEast(), 180),
    held(seen.getNorth(), 90),
  ].join(",");
}

const palette = (): Colours => colours(place ?? document.body);

async function read<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

async function countries(): Promise<Land> {
  land ??= await read<Land>(place?.dataset["land"] ?? "");
  return land;
}

function ready(): Promise<void> {
  const map = chart;
  if (!map || map.isStyleLoaded()) return Promise.resolve();
  return new Promise((done) => map.once("load", () => done()));
}

/** Puts all of it on the map, in the colours that the page has now. */
function repaint(): void {
  if (chart && land) paint(chart, land, shown, palette());
}

/** Moves the map to all that is on it. */
function fit(): void {
  const all = new LngLatBounds();
  for (const at of land ? extent(shown, land) : []) all.extend(at);
  if (all.isEmpty()) chart?.jumpTo({ center: [20, 20], zoom: 0.6 });
  else chart?.fitBounds(all, { padding: 36, maxZoom: 6, animate: false });
}
