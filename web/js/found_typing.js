// Shows which numbers, accounts and addresses the server recognises in a text while it is typed, and
// whose it takes them to be. Nothing is decided here: a page of its own asks.
const kPauseMilliseconds = 1500;
for (const place of document.querySelectorAll("[data-spot]")) {
  const text = document.getElementById(place.dataset.from);
  const token = text.form.elements.jeton;
  let timer = 0;
  const line = ({ label, value, whose }) => {
    const item = document.createElement("li");
    const strong = document.createElement("strong");
    strong.textContent = value;
    item.append(`${label} `, strong, ` – ${whose}`);
    return item;
  };
  const spot = async () => {
    const body = new URLSearchParams({ jeton: token.value, recit: text.value });
    const answer = await fetch(place.dataset.spot, { method: "POST", body }).catch(() => undefined);
    if (!answer?.ok) return;
    const { found } = await answer.json();
    const title = document.createElement("p");
    title.textContent = place.dataset.title;
    const list = document.createElement("ul");
    list.append(...found.map(line));
    place.replaceChildren(...(found.length > 0 ? [title, list] : []));
  };
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(spot, kPauseMilliseconds);
  });
  if (text.value !== "") spot();
}
