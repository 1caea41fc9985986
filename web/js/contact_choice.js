// Shows the fields of the chosen way of contact alone. Without this script all are shown.
const fields = [...document.querySelectorAll("[data-shown-for]")];
const choose = () => {
  const chosen = document.querySelector('input[name="contact"]:checked')?.value;
  for (const field of fields) field.hidden = !field.dataset.shownFor.split(" ").includes(chosen);
};
for (const radio of document.querySelectorAll('input[name="contact"]')) radio.addEventListener("change", choose);
choose();
