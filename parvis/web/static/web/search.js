// Makes search smoother where script runs; without it every link and form loads the next page whole.
// A module runs once, also when htmx brings the page back from history. htmx swaps #search for the same part of the next page; this says aloud what came, and keeps the reader's place.
let from = null; // the element that was used

document.addEventListener("htmx:before:request", (event) => {
  from = event.detail?.ctx?.sourceElement ?? null;
  document.getElementById("search")?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:after:swap", () => {
  const found = document.getElementById("found");
  document.getElementById("search")?.removeAttribute("aria-busy");
  if (!found) return;
  const turned = from?.closest?.(".pagination");
  if (turned || !document.activeElement || document.activeElement === document.body) {
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "start" });
  }
});

document.addEventListener("htmx:finally:request", () => {
  document.getElementById("search")?.removeAttribute("aria-busy");
});
