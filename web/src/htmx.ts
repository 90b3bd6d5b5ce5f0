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
