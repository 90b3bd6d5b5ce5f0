// The one place that imports htmx. Its types are those of the few things the desk uses.
import htmx from "htmx.org/dist/htmx.esm.js";

/** Runs `ready` on the page, and on every part of it that is swapped in later. */
export function onLoad(ready: (part: HTMLElement) => void): void {
  htmx.onLoad((part) => ready(part as HTMLElement));
}

/** Leads to an address of the desk as a link on the page does. */
export function go(href: string): void {
  const link = document.createElement("a");
  link.id = "go";
  link.href = href;
  link.hidden = true;
  // It stays until the next one: what is swapped in is looked up from it when the answer comes.
  document.getElementById(link.id)?.remove();
  document.body.append(link);
  htmx.process(link);
  link.click();
}

/** Sends the page's token with whatever changes something. */
export function sign(): void {
  document.body.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content;
    const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
    if (token) headers["x-csrftoken"] = token;
  });
}

interface Exchange {
  xhr: XMLHttpRequest;
  target: Element;
  shouldSwap: boolean;
}

/**
 * Keeps answers in order, as a browser does whose user goes on before a page has come: an answer
 * does nothing once another was asked for in its place, or once the page it belongs to is left.
 */
export function inOrder(): void {
  const last = new WeakMap<Element, XMLHttpRequest>();
  const leaving = (xhr: XMLHttpRequest): boolean => {
    const page = last.get(document.getElementById("main") as Element);
    return page !== undefined && page !== xhr && page.readyState > 0 && page.readyState < 4;
  };
  const heed = (answer: Event): void => {
    const { detail } = answer as CustomEvent<Exchange>;
    const { xhr, target } = detail;
    // It rises from inner targets to outer ones.
    if (answer.currentTarget !== target) return;
    if (last.get(target) !== xhr || leaving(xhr) || !target.isConnected) detail.shouldSwap = false;
  };
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const { xhr, target } = (event as CustomEvent<Exchange>).detail;
    // On the target, which hears it even when it is no longer on the page.
    if (!last.has(target)) target.addEventListener("htmx:beforeSwap", heed);
    last.set(target, xhr);
  });
}

/**
 * Lets go of the focus before a page is taken away: the browser would lay out the old page and the
 * new one together to find what has it next.
 */
export function leave(): void {
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, shouldSwap } = (event as CustomEvent<Exchange>).detail;
    const page = document.getElementById("main");
    if (shouldSwap && target === page && document.activeElement === page) page?.blur();
  });
}
