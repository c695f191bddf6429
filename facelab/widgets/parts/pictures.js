// Pictures to choose from: one, like a radio button, or many, like check boxes. The arrow keys go from one to the next.
function render({ model, el }) {
  const shelf = document.createElement("div");
  shelf.className = "facelab-shelf";
  shelf.dataset.lmSuppressShortcuts = "true"; // the notebook would take the arrow keys
  el.append(shelf);

  function choose(place) {
    const others = model.get("many") ? model.get("chosen").filter((each) => each !== place) : [];
    const removes = model.get("many") && model.get("chosen").includes(place);
    model.set("chosen", removes ? others : [...others, place].sort((a, b) => a - b));
    model.save_changes();
    model.send({ clicked: place, chosen: model.get("chosen") }); // a message keeps its turn, the state may come later
  }

  function makeButton(picture, place) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "facelab-picture";
    button.style.width = `${model.get("size")}px`;
    button.setAttribute("role", model.get("many") ? "checkbox" : "radio");
    button.setAttribute("aria-label", picture.name);
    button.title = picture.name;
    const image = Object.assign(document.createElement("img"), { src: picture.source, alt: "" });
    const caption = Object.assign(document.createElement("span"), { textContent: picture.caption });
    button.append(image, caption);
    button.onclick = () => choose(place);
    return button;
  }

  function draw() {
    shelf.setAttribute("role", model.get("many") ? "group" : "radiogroup");
    shelf.setAttribute("aria-label", model.get("label"));
    shelf.replaceChildren(...model.get("pictures").map(makeButton));
    mark();
  }

  function mark() {
    const chosen = model.get("chosen");
    [...shelf.children].forEach((button, place) => {
      button.setAttribute("aria-checked", chosen.includes(place));
      button.tabIndex = model.get("many") || place === (chosen[0] ?? 0) ? 0 : -1;
    });
  }

  shelf.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const place = [...shelf.children].indexOf(document.activeElement) + step;
    shelf.children[place]?.focus();
    if (shelf.children[place] && !model.get("many")) choose(place);
  };
  model.on("change:pictures", draw);
  model.on("change:chosen", mark);
  draw();
  return () => { model.off("change:pictures", draw); model.off("change:chosen", mark); };
}

export default { render };
