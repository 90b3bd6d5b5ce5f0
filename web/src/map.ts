// The map: shapes of countries, areas where no place is known, points where one is. It asks no one
// but the desk, draws no letters that would have to be fetched, and moves no point for its looks.
import type * as GeoJSON from "geojson";
import {
  type ExpressionSpecification,
  type GeoJSONSource,
  LngLatBounds,
  Map as Chart,
  NavigationControl,
  Popup,
  setWorkerUrl,
} from "maplibre-gl";
import { CLUSTER, colours, counted, type Colours, LOOKS, pin } from "./pins";

interface Point {
  id: string;
  title: string;
  place: string;
  latitude: number;
  longitude: number;
  family: string;
  look: string;
}
interface Region {
  name: string;
  latitude: number;
  longitude: number;
  events: number;
}
interface Shapes {
  points: Point[];
  regions: Region[];
  countries: Record<string, number>;
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
type Land = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, { code: string | null }>;

const RADIUS = 75; // kilometres of the disc that stands for a region
const DEGREE = 111.32; // kilometres of a degree of latitude
const CLOSEST = 12;
const LISTED = 20;

let chart: Chart | null = null;
let place: HTMLElement | null = null;
let land: Land | null = null;
let asked = "";
let shown: Shapes = { points: [], regions: [], countries: {} };
let go: (href: string) => void = () => undefined;

/** Draws the map into an element, unless it is there already. */
export function draw(into: HTMLElement, open: (href: string) => void): void {
  go = open;
  if (chart && place === into && into.isConnected) {
    chart.resize();
    return;
  }
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
  listen(chart);
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

/** Asks for what the page's filter keeps, and shows it. */
export function update(data: HTMLElement): void {
  const source = data.dataset["src"] ?? "";
  if (source === asked) return;
  asked = source;
  place?.removeAttribute("data-ready");
  const drawn = place;
  void Promise.all([read<Shapes>(source), countries(), ready()]).then(([shapes]) => {
    if (source !== asked || place !== drawn) return;
    shown = shapes;
    paint();
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
function paint(): void {
  const map = chart;
  if (!map || !land) return;
  const own = palette();
  for (const look of LOOKS) {
    for (const [family, colour] of Object.entries(own.families)) {
      const [name, drawn] = [`${look}-${family}`, pin(look, colour, own.page)];
      if (map.hasImage(name)) map.updateImage(name, drawn);
      else map.addImage(name, drawn, { pixelRatio: 2 });
    }
  }
  for (const name of map.listImages().filter((one) => one.startsWith(CLUSTER))) {
    map.updateImage(name, counted(name.slice(CLUSTER.length), own));
  }
  if (!map.getSource("land")) build(map, land);
  (map.getSource("regions") as GeoJSONSource).setData(discs(shown.regions));
  (map.getSource("points") as GeoJSONSource).setData(pins(shown.points));
  map.setPaintProperty("sea", "background-color", own.sea);
  map.setPaintProperty("land", "fill-color", own.land);
  map.setPaintProperty("borders", "line-color", own.border);
  map.setPaintProperty("areas", "fill-color", own.area);
  map.setPaintProperty("areas", "fill-opacity", density(shown.countries));
  map.setPaintProperty("regions", "fill-color", own.area);
  map.setPaintProperty("rims", "line-color", own.area);
}

/** Lays out what is drawn of which source, the lowest first. */
function build(map: Chart, countries: Land): void {
  const none: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
  map.addSource("land", { type: "geojson", data: countries });
  map.addSource("regions", { type: "geojson", data: none });
  map.addSource("points", {
    type: "geojson",
    data: none,
    cluster: true,
    clusterRadius: 28,
    clusterMaxZoom: CLOSEST + 1,
    maxzoom: CLOSEST + 2,
  });
  map.addLayer({ id: "sea", type: "background" });
  map.addLayer({ id: "land", type: "fill", source: "land" });
  map.addLayer({ id: "areas", type: "fill", source: "land" });
  map.addLayer({ id: "borders", type: "line", source: "land", paint: { "line-width": 0.6 } });
  map.addLayer({ id: "regions", type: "fill", source: "regions", paint: { "fill-opacity": 0.3 } });
  map.addLayer({
    id: "rims",
    type: "line",
    source: "regions",
    paint: { "line-width": 1.2, "line-dasharray": [2, 2] },
  });
  map.addLayer({
    id: "points",
    type: "symbol",
    source: "points",
    filter: ["!", ["has", "point_count"]],
    layout: { "icon-image": ["get", "icon"], "icon-allow-overlap": true },
  });
  map.addLayer({
    id: "clusters",
    type: "symbol",
    source: "points",
    filter: ["has", "point_count"],
    layout: {
      "icon-image": ["concat", CLUSTER, ["to-string", ["get", "point_count_abbreviated"]]],
      "icon-allow-overlap": true,
    },
  });
}

/** Returns how dark each country is: four steps by how many events have no finer place. */
function density(of: Record<string, number>): ExpressionSpecification | number {
  const rows = Object.entries(of).flatMap(([code, number]) => [
    code,
    number < 2 ? 0.2 : number < 10 ? 0.3 : number < 100 ? 0.42 : 0.55,
  ]);
  if (rows.length === 0) return 0;
  return ["match", ["coalesce", ["get", "code"], ""], ...rows, 0] as unknown as ExpressionSpecification;
}

function pins(points: Point[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: points.map(({ id, title, place: at, longitude, latitude, family, look }) => ({
      type: "Feature",
      properties: { id, title, place: at, icon: `${look}-${family}` },
      geometry: { type: "Point", coordinates: [longitude, latitude] },
    })),
  };
}

function discs(regions: Region[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: regions.map(({ name, events, longitude, latitude }) => ({
      type: "Feature",
      properties: { name, events },
      geometry: { type: "Polygon", coordinates: [ring(longitude, latitude)] },
    })),
  };
}

function ring(longitude: number, latitude: number): [number, number][] {
  const wide = RADIUS / DEGREE / Math.max(Math.cos((latitude * Math.PI) / 180), 0.1);
  return Array.from({ length: 49 }, (_, at) => {
    const turn = (at * Math.PI) / 24;
    return [longitude + wide * Math.cos(turn), latitude + (RADIUS / DEGREE) * Math.sin(turn)];
  });
}

/** Moves the map to all that is on it. */
function fit(): void {
  const all = new LngLatBounds();
  for (const { longitude, latitude } of shown.points) all.extend([longitude, latitude]);
  for (const { longitude, latitude } of shown.regions) for (const at of ring(longitude, latitude)) all.extend(at);
  for (const one of land?.features ?? []) {
    if (!one.properties.code || !(one.properties.code in shown.countries)) continue;
    const largest = outlines(one.geometry).sort((a, b) => b.length - a.length)[0] ?? [];
    for (const at of largest) all.extend(at as [number, number]);
  }
  if (all.isEmpty()) chart?.jumpTo({ center: [20, 20], zoom: 0.6 });
  else chart?.fitBounds(all, { padding: 36, maxZoom: 6, animate: false });
}

function outlines(of: GeoJSON.Polygon | GeoJSON.MultiPolygon): GeoJSON.Position[][] {
  return of.type === "Polygon" ? [of.coordinates[0] ?? []] : of.coordinates.map((one) => one[0] ?? []);
}

function listen(map: Chart): void {
  for (const layer of ["points", "clusters", "regions", "areas"]) {
    map.on("mousemove", layer, ({ features }) => {
      const code = features?.[0]?.properties["code"] as string | undefined;
      map.getCanvas().style.cursor = layer === "areas" && !(code && code in shown.countries) ? "" : "pointer";
    });
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
  map.on("click", (event) => {
    const layers = ["points", "clusters", "regions", "areas"].filter((one) => map.getLayer(one));
    const [found] = map.queryRenderedFeatures(event.point, { layers });
    if (!found) return;
    const { id, title = "", name, events, code, cluster_id: cluster } = found.properties as Found;
    const at = event.lngLat;
    if (cluster !== undefined) void opened(map, cluster, at);
    else if (id) told(map, at, [{ id, title }]);
    else if (name) note(map, at, `${name}: ${events} ${word()}`);
    else if (code && code in shown.countries) country(map, at, code);
  });
}

const word = (): string => place?.dataset["events"] ?? "";

/** Zooms into a cluster; what stands at one place is listed instead. */
async function opened(map: Chart, cluster: number, at: { lng: number; lat: number }): Promise<void> {
  const source = map.getSource("points") as GeoJSONSource;
  const zoom = await source.getClusterExpansionZoom(cluster);
  if (zoom <= CLOSEST) {
    map.jumpTo({ center: at, zoom: Math.max(zoom, map.getZoom() + 1) });
    return;
  }
  const leaves = await source.getClusterLeaves(cluster, LISTED, 0);
  told(map, at, leaves.map((one) => one.properties as { id: string; title: string }));
}

function told(map: Chart, at: { lng: number; lat: number }, events: { id: string; title: string }[]): void {
  const list = document.createElement("ul");
  for (const { id, title } of events) {
    const item = document.createElement("li");
    item.append(link(`/events/${id}`, title));
    list.append(item);
  }
  popup(map, at, list);
}

function country(map: Chart, at: { lng: number; lat: number }, code: string): void {
  const base = document.getElementById("map-data")?.dataset["country"] ?? "";
  const box = document.createElement("p");
  box.append(link(base.replace("___", code), `${code}: ${shown.countries[code]} ${word()}`));
  popup(map, at, box);
}

function note(map: Chart, at: { lng: number; lat: number }, words: string): void {
  const box = document.createElement("p");
  box.textContent = words;
  popup(map, at, box);
}

function link(href: string, words: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = href;
  made.dir = "auto";
  made.textContent = words;
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(href);
  });
  return made;
}

function popup(map: Chart, at: { lng: number; lat: number }, content: HTMLElement): void {
  new Popup({ maxWidth: "18rem", className: "told" }).setLngLat(at).setDOMContent(content).addTo(map);
}
