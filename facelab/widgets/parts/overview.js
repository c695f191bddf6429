// All faces at once. A click chooses one more, shift and a click all in between, Ctrl+A all, Escape none. What is chosen
// gets a label by being dragged onto its word, by a press of the word, or by the word's key.
const KEYS = "123450"; // one for each label

function render({ model, el }) {
  const count = make("p", { role: "status" });
  const targets = make("div", { className: "facelab-targets" });
  const shelf = make("div", { className: "facelab-shelf facelab-grid", role: "group" });
  el.dataset.lmSuppressShortcuts = "true"; // the notebook would take the arrow keys
  el.dataset.ownKeys = KEYS; // not to be taken for the single face
  el.append(count, targets, shelf);
  let chosen = new Set();
  let last = 0; // where a row of chosen faces begins
  let dragging = false;

  const visible = () => [...shelf.children].filter((node) => !node.hidden).map((node) => Number(node.dataset.place));

  function choose(places) {
    chosen = new Set(places);
    mark();
  }

  function chooseRow(place) {
    const [first, end] = [Math.min(last, place), Math.max(last, place)];
    choose([...chosen, ...visible().filter((each) => first <= each && each <= end)]);
  }

  function toggle(place) {
    chosen.delete(place) || chosen.add(place);
    last = place;
    mark();
  }

  function give(label) {
    model.send({ label, places: [...chosen] });
    choose([]); // at once, for a quick pupil chooses the next ones before Python has answered
  }

  function makeFace(source, place) {
    const node = make("button", { type: "button", draggable: true }, [make("img", { src: source, alt: "", draggable: false }), make("span")]);
    node.dataset.place = place;
    node.setAttribute("role", "checkbox");
    node.onclick = (event) => {
      node.focus(); // some browsers leave it to us, and the keys have to come here
      event.shiftKey ? chooseRow(place) : toggle(place);
    };
    node.onfocus = () => shelf.childNodes.forEach((each) => (each.tabIndex = each === node ? 0 : -1));
    node.ondragstart = (event) => {
      dragging = true;
      event.dataTransfer.setData("text/plain", node.ariaLabel);
      event.dataTransfer.effectAllowed = "move";
      if (!chosen.has(place)) choose([place]);
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
    const [words, labels, people, wanted] = ["words", "labels", "people", "wanted"].map((name) => model.get(name));
    shelf.ariaLabel = words.shelf;
    count.textContent = chosen.size ? fill(words.chosen, { count: chosen.size }) : words.none_chosen;
    [...shelf.children].forEach((node, place) => {
      const label = labels[place];
      node.setAttribute("aria-checked", chosen.has(place));
      node.hidden = wanted !== "all" && wanted !== label;
      const person = people[place];
      const told = person ? fill(words.with_person, { label: words[label], person }) : words[label];
      const name = fill(words.one_face, { number: place + 1, label: told });
      if (node.ariaLabel === name) return; // of hundreds of faces a few change
      node.className = `facelab-picture facelab-${label || "open"}`;
      node.lastChild.textContent = told;
      node.ariaLabel = node.title = name;
    });
    [...targets.children].forEach((node, number) => {
      const total = labels.filter((label) => label === node.dataset.label).length;
      const isLabel = number < KEYS.length; // the last one may be the nickname
      node.textContent = isLabel ? `${KEYS[number]}  ${words[node.dataset.label]} (${total})` : words[node.dataset.label];
    });
    if (!visible().some((place) => shelf.children[place].tabIndex === 0) && visible().length)
      shelf.children[visible()[0]].tabIndex = 0;
  }

  function step(event) {
    const places = visible();
    const columns = places.filter((place) => shelf.children[place].offsetTop === shelf.children[places[0]].offsetTop).length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const next = places[places.indexOf(Number(event.target.dataset.place)) + by];
    if (next === undefined) return;
    if (event.shiftKey) chooseRow(next);
    else last = next;
    shelf.children[next].focus();
  }

  el.onkeydown = (event) => {
    if (event.key.startsWith("Arrow")) step(event);
    else if (KEYS.includes(event.key)) give(model.get("targets")[KEYS.indexOf(event.key)]);
    else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) choose(visible());
    else if (event.key === "Escape") choose([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const forget = () => choose([]);
  model.on("change:pictures", draw);
  model.on("change:wanted", forget);
  model.on("change:labels", mark);
  model.on("change:people", mark);
  draw();
  return () => { model.off("change:pictures", draw); model.off("change:wanted", forget); model.off("change:labels", mark); model.off("change:people", mark); };
}

export default { render };
