// Evidence in a pop-up: whatever names it in `data-evidence` shows it when pointed at or focused.

const WAIT = 140;
const GAP = 8;
const kept = new Map<string, Promise<DocumentFragment>>();
let owner: HTMLElement | null = null;
let timer = 0;

const popup = (): HTMLElement => document.getElementById("popup") as HTMLElement;

/** Listens to the pointer and to focus. */
export function popups(): void {
  document.addEventListener("pointerover", (event) => {
    const of = pointed(event.target);
    if (of) later(() => void show(of));
    else if (!popup().contains(event.target as Node)) later(hide);
  });
  document.addEventListener("focusin", (event) => {
    const of = pointed(event.target);
    if (of) void show(of);
    else hide();
  });
  document.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by && popup().matches(":popover-open") && step(by)) event.preventDefault();
  });
  document.addEventListener("scroll", () => popup().matches(":popover-open") && hide(), {
    passive: true,
  });
  document.addEventListener("htmx:beforeSwap", () => {
    kept.clear();
    hide();
  });
}

/** Shows the evidence of an element at once. */
export async function show(of: HTMLElement): Promise<void> {
  owner = of;
  const card = await fetched(of.dataset["evidence"] ?? "");
  if (owner !== of || !of.isConnected) return;
  const box = popup();
  box.replaceChildren(card.cloneNode(true));
  box.showPopover();
  place(box, of.getBoundingClientRect());
  of.setAttribute("aria-describedby", "popup");
}

/** Hides whatever is shown; returns whether anything was. */
export function hide(): boolean {
  window.clearTimeout(timer);
  owner?.removeAttribute("aria-describedby");
  owner = null;
  const box = popup();
  const open = box.matches(":popover-open");
  if (open) box.hidePopover();
  return open;
}

/** Goes to the next claim of the same row or picture; returns whether there is another. */
function step(by: 1 | -1): boolean {
  const around = owner?.closest("tr, svg, .quarrel, ol, section");
  const all = [...(around?.querySelectorAll<HTMLElement>("[data-evidence]") ?? [])];
  const way = document.documentElement.dir === "rtl" ? -by : by;
  const next = owner ? all[all.indexOf(owner) + way] : undefined;
  next?.focus();
  return next !== undefined;
}

function later(does: () => void): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(does, WAIT);
}

function pointed(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-evidence]") : null;
}

function fetched(address: string): Promise<DocumentFragment> {
  const had = kept.get(address);
  if (had) return had;
  const asked = read(address).catch((error: unknown) => {
    kept.delete(address);
    throw error;
  });
  kept.set(address, asked);
  return asked;
}

async function read(address: string): Promise<DocumentFragment> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const card = document.createDocumentFragment();
  card.append(...page.body.childNodes);
  return card;
}

/** Puts a box under a rectangle, or over it where there is no room, within the window. */
function place(box: HTMLElement, at: DOMRect): void {
  const below = at.bottom + GAP + box.offsetHeight < window.innerHeight;
  const top = below ? at.bottom + GAP : Math.max(at.top - GAP - box.offsetHeight, GAP);
  const most = window.innerWidth - box.offsetWidth - GAP;
  box.style.top = `${top}px`;
  box.style.left = `${Math.max(Math.min(at.left, most), GAP)}px`;
}
