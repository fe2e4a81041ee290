// One save on its way: what is sent, and what counts as an answer.

import { encode } from "./fields.js";

const PATIENCE = 20_000;
// So much a browser carries beyond the end of a page, for all that is on its way together.
const CARRIED = 8_000;
const CARRIED_AT_THE_END = 60_000;

export const NO_ANSWER = { status: 0 };

// `key` names the change, so that the server keeps it once however often it arrives.
export async function send({ item, save, version, key, confirms }, fields, token, { leaving = false } = {}) {
  const body = encode(fields);
  body.append(`${item}-version`, version);
  body.append(`${item}-key`, key);
  if (confirms) body.append("holds", item);
  body.append("csrf_token", token);
  const keepalive = String(body).length < (leaving ? CARRIED_AT_THE_END : CARRIED);
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return await told(await fetch(save, { method: "POST", body, keepalive, signal, headers: { Accept: "application/json" } }));
  } catch {
    return NO_ANSWER;
  }
}

// Nothing counts that is not ours: a network that asks for its own sign-in says 200 as well.
async function told(response) {
  const answer = await response.json().catch(() => null);
  if (response.ok && !answer?.version) return NO_ANSWER;
  return { ...answer, status: response.status };
}
