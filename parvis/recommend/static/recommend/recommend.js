// Makes the page before asking smoother where script runs; without it the form loads the next page whole.
// A module runs once. htmx swaps #before for the same part of the next page; this says that it is under way, and goes there.
document.addEventListener("htmx:before:request", () => {
  document.getElementById("answer")?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:after:swap", () => {
  const found = document.getElementById("found");
  if (!found) return;
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "start" });
});

document.addEventListener("htmx:finally:request", () => {
  document.getElementById("answer")?.removeAttribute("aria-busy");
});
