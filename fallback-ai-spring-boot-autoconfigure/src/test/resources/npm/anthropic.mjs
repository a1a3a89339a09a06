// SPDX-License-Identifier: Apache-2.0
import Anthropic from '@anthropic-ai/sdk';
import { check, key, look, model, parameters, url } from './check.mjs';

const client = new Anthropic({ apiKey: key, baseURL: url.replace(/\/v1$/, ''), maxRetries: 0 });
const thinking = { type: 'enabled', budget_tokens: 1024 };
const texts = (message) => message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');

await check('messages', async (stream) => {
  const tools = [{ name: 'look', description: 'Looks at the sky', input_schema: parameters }];
  const messages = [{ role: 'user', content: 'Hi' }];
  for (let round = 0; round < 10; round++) {
    const params = { model, max_tokens: 4000, thinking, messages, tools };
    const message = stream
      ? await client.messages.stream(params).finalMessage()
      : await client.messages.create(params);
    const uses = message.content.filter((block) => block.type === 'tool_use');
    if (!uses.length) {
      return texts(message);
    }
    messages.push({ role: 'assistant', content: message.content });
    const results = [];
    for (const use of uses) {
      results.push({ type: 'tool_result', tool_use_id: use.id, content: await look(use.input) });
    }
    messages.push({ role: 'user', content: results });
  }
});

await check('beta.messages.toolRunner', async (stream) => {
  const tool = { name: 'look', description: 'Looks at the sky', input_schema: parameters, parse: (input) => input, run: look };
  const runner = client.beta.messages.toolRunner({
    model,
    max_tokens: 4000,
    stream,
    thinking,
    messages: [{ role: 'user', content: 'Hi' }],
    tools: [tool],
  });
  let last;
  for await (const next of runner) {
    last = stream ? await next.finalMessage() : next;
  }
  return texts(last);
});
process.exit(0);
