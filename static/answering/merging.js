// Two people's changes of one item, joined field by field.

export function isSame(one, other) {
  return names(one, other).every((name) => equal(one[name], other[name]));
}

// The same but for what the server does not keep: spaces at the ends of lines, signs that nobody sees, other ways to
// write the same letter.
export function isSameText(one, other) {
  return isSame(plainly(one), plainly(other));
}

// `kept` is what the server last told us it holds, `shown` how that stood on this page: the server tidies what it
// takes, and a box somebody types in is not tidied under their hands.
export function merge({ mine, shown, theirs, kept }) {
  const fields = {};
  const clashes = [];
  for (const name of names(mine, shown, theirs, kept)) {
    const isMine = !equal(mine[name], shown[name]);
    const isTheirs = !equal(theirs[name], kept[name]);
    if (isMine && isTheirs && !equal(mine[name], theirs[name])) clashes.push(name);
    fields[name] = (isTheirs && !isMine ? theirs[name] : mine[name]) ?? [];
  }
  return { fields, clashes };
}

// How the joined fields stand on the page compared with what the server holds: what is not mine counts as kept.
export function shownAfter({ mine, shown, theirs, fields }) {
  const after = {};
  for (const name of Object.keys(fields)) after[name] = equal(mine[name], shown[name]) ? fields[name] : theirs[name] ?? [];
  return after;
}

// Both texts one under the other; what cannot be both is left open.
export function both({ mine, theirs, clashes, texts }) {
  const fields = { ...mine };
  for (const name of names(mine, theirs)) {
    if (!clashes.includes(name)) fields[name] = mine[name] ?? [];
    else if (texts.has(name)) fields[name] = [[...new Set([...(theirs[name] ?? []), ...(mine[name] ?? [])])].join("\n")];
    else fields[name] = [];
  }
  return fields;
}

export function differing(one, other) {
  return names(one, other).filter((name) => !equal(one[name], other[name]));
}

function names(...all) {
  return [...new Set(all.flatMap((fields) => Object.keys(fields)))];
}

function equal(some = [], others = []) {
  return some.length === others.length && some.every((value, at) => value === others[at]);
}

const UNSEEN = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function plainly(fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values.map(plain).filter(Boolean)]));
}

function plain(value) {
  const line = (each) => each.replace(/\s+/gu, " ").trimEnd();
  return value.normalize("NFC").replace(UNSEEN, "").split("\n").map(line).join("\n").trim();
}
