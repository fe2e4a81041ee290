// What time the server has it, for a browser's clock may be years wrong: as its page said, and what passed since then.
// A sleeping computer may stop the one watch, a clock that is put right jumps: the later of the two keeps things longer.

const told = Number(document.querySelector("meta[name=now]")?.content) * 1_000 || Date.now();
const opened = Date.now();

export function now() {
  return told + Math.max(performance.now(), Date.now() - opened);
}
