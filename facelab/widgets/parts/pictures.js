// Pictures to choose from: one, like a radio button, or many (a click adds, shift and a click adds a whole row).
// The arrow keys go from picture to picture.
function render({ model, el }) {
  const shelf = document.createElement("div");
  shelf.className = "facelab-shelf";
  shelf.dataset.lmSuppressShortcuts = "true"; // the notebook would take the arrow keys
  el.append(shelf);
  let last = 0;

  function choose(place, wholeRow) {
    const chosen = new Set(model.get("many") ? model.get("chosen") : []);
    const first = wholeRow && model.get("many") ? Math.min(last, place) : place;
    const end = wholeRow && model.get("many") ? Math.max(last, place) : place;
    const remove = model.get("many") && !wholeRow && chosen.has(place);
    for (let each = first; each <= end; each++) remove ? chosen.delete(each) : chosen.add(each);
    last = place;
    model.set("chosen", [...chosen].sort((a, b) => a - b));
    model.save_changes();
    model.send({ clicked: place });
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
    button.onclick = (event) => choose(place, event.shiftKey);
    return button;
  }

  function draw() {
    shelf.setAttribute("role", model.get("many") ? "group" : "radiogroup");
    shelf.setAttribute("aria-label", model.get("label"));
    shelf.replaceChildren(...model.get("pictures").map(makeButton));
    last = 0;
    mark();
  }

  function mark() {
    const chosen = model.get("chosen");
    [...shelf.children].forEach((button, place) => {
      button.setAttribute("aria-checked", chosen.includes(place));
      button.tabIndex = place === (chosen[0] ?? 0) || model.get("many") ? 0 : -1;
    });
  }

  shelf.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const place = [...shelf.children].indexOf(document.activeElement) + step;
    shelf.children[place]?.focus();
    if (shelf.children[place] && !model.get("many")) choose(place, false);
  };
  model.on("change:pictures change:label", draw);
  model.on("change:chosen", mark);
  draw();
  return () => { model.off("change:pictures change:label", draw); model.off("change:chosen", mark); };
}

export default { render };
