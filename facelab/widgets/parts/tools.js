// What the scripts of several widgets use; Python puts it before each of them, so that no bundler is needed.
function make(tag, properties = {}, children = []) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Tell the widget's pulse that Python was "asked" or has "answered", so that it notices when no answer comes.
function report(el, what) {
  el.dispatchEvent(new Event(`facelab-${what}`, { bubbles: true }));
}

// A widget may be shown in several views and tabs, and all of them hear every answer of Python: each view puts its own
// name on what it asks, and listens to what bears that name.
function converse(model, el, hear) {
  const view = Math.random().toString(36).slice(2);
  const listen = (message) => {
    if (message.view !== view) return;
    report(el, "answered");
    hear(message);
  };
  model.on("msg:custom", listen);
  return { tell: (message, buffers) => model.send({ view, ...message }, undefined, buffers), end: () => model.off("msg:custom", listen) };
}
