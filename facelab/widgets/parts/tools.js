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

