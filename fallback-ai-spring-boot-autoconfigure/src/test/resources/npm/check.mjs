// SPDX-License-Identifier: Apache-2.0
// What all scripts share: the arguments, the client's tool, and the check of an answer.
export const [url, key, model] = process.argv.slice(2);

let looks = 0;

export async function look({ round }) {
  looks++;
  return 'result of round ' + round;
}

export const parameters = {
  type: 'object',
  properties: { place: { type: 'string' }, round: { type: 'integer' } },
};

/** Runs a loop of tools, whole and streamed, and tells whether each call ran once. */
export async function check(name, loop) {
  for (const stream of [false, true]) {
    looks = 0;
    let text;
    try {
      text = await loop(stream);
    } catch (error) {
      text = String(error && (error.stack || error));
    }
    const good = String(text).endsWith('It is warm in Rome.') && looks === 4;
    console.log(good ? 'GOOD' : 'BAD', name, stream ? 'streamed' : 'whole', looks, good ? '' : text);
  }
}
