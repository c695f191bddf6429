// All faces at once. A click chooses one more, shift and a click all in between, Ctrl+A all, Escape none. What is chosen
// gets a label by being dragged onto its word, by a press of the word, or by the word's key.
function make(tag, properties = {}, children = []) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function render({ model, el }) {
  const count = make("p", { role: "status" });
  const targets = make("div", { className: "facelab-targets" });
  const shelf = make("div", { className: "facelab-shelf facelab-grid", role: "group" });
  shelf.dataset.lmSuppressShortcuts = "true"; // the notebook would take the arrow keys
  el.append(count, targets, shelf);
  let last = 0; // where a row of chosen faces begins
  let dragging = false;

  const visible = () => [...shelf.children].filter((node) => !node.hidden).map((node) => Number(node.dataset.place));
  const chosen = () => new Set(model.get("chosen"));

  function choose(places) {
    model.set("chosen", [...places].sort((a, b) => a - b));
    model.save_changes();
  }

  function chooseRow(place) {
    const [first, end] = [Math.min(last, place), Math.max(last, place)];
    choose(new Set([...chosen(), ...visible().filter((each) => first <= each && each <= end)]));
  }

  function toggle(place) {
    const places = chosen();
    places.delete(place) || places.add(place);
    last = place;
    choose(places);
  }

  function give(label) {
    model.send({ label, places: model.get("chosen") });
  }

  function makeFace(source, place) {
    const node = make("button", { type: "button", draggable: true }, [make("img", { src: source, alt: "", draggable: false }), make("span")]);
    node.dataset.place = place;
    node.setAttribute("role", "checkbox");
    node.onclick = (event) => (event.shiftKey ? chooseRow(place) : toggle(place));
    node.onfocus = () => shelf.childNodes.forEach((each) => (each.tabIndex = each === node ? 0 : -1));
    node.ondragstart = (event) => {
      dragging = true;
      event.dataTransfer.setData("text/plain", node.ariaLabel);
      event.dataTransfer.effectAllowed = "move";
      if (!chosen().has(place)) choose([place]);
    };
    node.ondragend = () => (dragging = false);
    return node;
  }

  function makeTarget(label) {
    const node = make("button", { type: "button", className: `facelab-button facelab-expression facelab-${label}` });
    node.dataset.label = label;
    const light = (on) => node.classList.toggle("facelab-over", on);
    node.onclick = () => give(label);
    node.ondragover = (event) => { if (dragging) { event.preventDefault(); light(true); } };
    node.ondragleave = () => light(false);
    node.ondrop = (event) => { event.preventDefault(); event.stopPropagation(); light(false); give(label); };
    return node;
  }

  function draw() {
    shelf.replaceChildren(...model.get("pictures").map(makeFace));
    targets.replaceChildren(...model.get("targets").map(makeTarget));
    mark();
  }

  // What a face is called, whether it is chosen and whether it is shown changes often; its picture never does.
  function mark() {
    const [words, labels, wanted, places] = [model.get("words"), model.get("labels"), model.get("wanted"), chosen()];
    shelf.ariaLabel = words.shelf;
    count.textContent = places.size ? fill(words.chosen, { count: places.size }) : words.none_chosen;
    [...shelf.children].forEach((node, place) => {
      const label = labels[place];
      node.className = `facelab-picture facelab-${label || "open"}`;
      node.hidden = wanted !== "all" && wanted !== label;
      node.lastChild.textContent = words[label];
      node.ariaLabel = node.title = fill(words.one_face, { number: place + 1, label: words[label] });
      node.setAttribute("aria-checked", places.has(place));
    });
    [...targets.children].forEach((node, number) => {
      const total = labels.filter((label) => label === node.dataset.label).length;
      node.textContent = `${(number + 1) % 6}  ${words[node.dataset.label]} (${total})`;
    });
    if (!visible().some((place) => shelf.children[place].tabIndex === 0) && visible().length)
      shelf.children[visible()[0]].tabIndex = 0;
  }

  function step(event) {
    const places = visible();
    const columns = places.filter((place) => shelf.children[place].offsetTop === shelf.children[places[0]].offsetTop).length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const next = places[places.indexOf(Number(document.activeElement.dataset.place)) + by];
    if (next === undefined) return;
    if (event.shiftKey) chooseRow(next);
    else last = next;
    shelf.children[next].focus();
  }

  shelf.onkeydown = (event) => {
    if (event.key.startsWith("Arrow")) step(event);
    else if (event.key === "a" && (event.ctrlKey || event.metaKey)) choose(visible());
    else if (event.key === "Escape") choose([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const changes = "change:chosen change:labels change:wanted change:words";
  model.on("change:pictures", draw);
  model.on(changes, mark);
  draw();
  return () => { model.off("change:pictures", draw); model.off(changes, mark); };
}

export default { render };
