// What was typed here and not saved comes back: after a reload, a crash, a closed laptop, an ended session.

import { isSameText, merge } from "./merging.js";
import { send } from "./sending.js";

const ANSWER_TIME = 400;

export function restore(desk) {
  desk.living = new Set();
  desk.together.tell({ whose: true });
  // Drafts of a tab that still lives are its own; who does not answer is gone.
  setTimeout(() => {
    for (const draft of desk.drafts.left()) if (!desk.living.has(draft.page)) adopt(desk, draft);
  }, desk.together.channel ? ANSWER_TIME : 0);
}

// Two pages left something about the same item: the later one has its turn once the earlier one is saved.
export function takeUpNext(desk, card) {
  const draft = card.leftBehind.shift();
  if (draft) adopt(desk, draft);
}

function adopt(desk, draft) {
  const card = desk.card(draft.item);
  if (!card) return sendFromHere(desk, draft);
  if (card.isChanged) return void card.leftBehind.push(draft);
  take(card, draft);
  // Rewritten as this page's own before the old one goes: at no moment is it nowhere. It keeps its name: the page it
  // is from may have sent it, and the server knows then that it holds it.
  desk.saving.noticed(card, { key: draft.key ?? undefined });
  if (card.isKeptHere) desk.drafts.drop(draft.place);
}

// What somebody saved meanwhile is joined with it; where both changed the same, the old version makes the server say so.
function take(card, draft) {
  const now = { version: card.version, fields: card.kept };
  card.stand(draft.version, draft.kept);
  Object.assign(card, { shown: draft.shown, unanswered: draft.unanswered ?? [], aside: draft.aside ?? null });
  card.say(draft.fields);
  if (now.version > draft.version) card.join(now, { evenWhereTheCaretIs: true });
  card.last = card.fields;
}

// Of an item that is not on this page: sent as it stands; what needs the person is told, with the way there.
async function sendFromHere(desk, draft) {
  const fields = draft.aside ?? draft.fields;
  const { status, theirs, progress } = await joined(desk, draft, await send(draft, fields, desk.session.token));
  const isThere = (status === 200 && !draft.aside) || (theirs && isSameText(theirs.fields, draft.fields));
  desk.progressed(progress);
  if (isThere) desk.drafts.drop(draft.place);
  else desk.status.addElsewhere(`${draft.path}#${draft.item}`);
}

// An earlier change of the same item may have arrived while its answer was lost with the page: the rest is built on it.
async function joined(desk, draft, answer) {
  if (answer.status !== 409 || !answer.theirs || draft.aside) return answer;
  const { kept, shown = kept } = draft;
  const { fields, clashes } = merge({ mine: draft.fields, shown, theirs: answer.theirs.fields, kept });
  if (clashes.length) return answer;
  return send({ ...draft, version: answer.theirs.version, key: `${draft.key}-j` }, fields, desk.session.token);
}
