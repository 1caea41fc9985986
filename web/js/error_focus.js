// A page that comes back with errors: the summary is read first, and each of its links goes to the
// field itself (a group of choices: to the first one).
const summary = document.querySelector("[data-problem]");
summary?.focus();
summary?.addEventListener("click", (event) => {
  const target = event.target.closest("a") && document.querySelector(event.target.closest("a").hash);
  const first = target?.matches("fieldset") ? target.querySelector("input") : target;
  if (!first) return;
  event.preventDefault();
  target.scrollIntoView();
  first.focus({ preventScroll: true });
});
