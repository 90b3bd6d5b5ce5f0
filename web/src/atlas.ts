// Brings the map in where a page has a place for one: it is large, and most pages have none.
import { go, onLoad } from "./htmx";
import { act } from "./keys";

/** What the map's own module has. */
interface Drawer {
  draw(into: HTMLElement, open: (href: string) => void): void;
  update(data: HTMLElement): void;
  bounds(): string | null;
}

let drawer: Promise<Drawer> | null = null;
let able: boolean | null = null;

/** Draws the map of the page that is there, and of every page that comes. */
export function atlas(): void {
  onLoad((part) => {
    if (part.querySelector("#map-data") ?? part.closest("#map-data")) void show();
  });
  act("map-box", () => {
    void drawer?.then((map) => {
      const box = map.bounds();
      const base = document.getElementById("map-data")?.dataset["open"];
      if (!box || !base) return;
      const address = new URL(base, window.location.href);
      address.searchParams.set("box", box);
      go(address.pathname + address.search);
    });
  });
}

async function show(): Promise<void> {
  const into = document.getElementById("map");
  const data = document.getElementById("map-data");
  if (!into || !data) return;
  able ??= drawable();
  if (!able) {
    into.textContent = into.dataset["none"] ?? "";
    into.classList.add("none");
    return;
  }
  style(into.dataset["style"] ?? "");
  drawer ??= import(into.dataset["module"] ?? "") as Promise<Drawer>;
  const map = await drawer;
  map.draw(into, go);
  map.update(data);
  const keep = document.querySelector<HTMLElement>("[data-act='map-box']");
  if (keep) keep.hidden = false;
}

/** Returns whether the browser draws maps; each time that it is asked costs a context. */
const drawable = (): boolean =>
  document.createElement("canvas").getContext("webgl2") !== null;

function style(href: string): void {
  if (document.querySelector("link[data-map]")) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  link.dataset["map"] = "";
  document.head.append(link);
}
