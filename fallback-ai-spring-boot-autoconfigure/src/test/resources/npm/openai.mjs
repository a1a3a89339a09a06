// SPDX-License-Identifier: Apache-2.0
import OpenAI from 'openai';
import { Agent, run, setDefaultOpenAIClient, setOpenAIAPI, setTracingDisabled, tool } from '@openai/agents';
import { z } from 'zod';
import { check, key, look, model, parameters, url } from './check.mjs';

const client = new OpenAI({ apiKey: key, baseURL: url, maxRetries: 0 });

await check('chat.completions.runTools', async (stream) => {
  const tools = [{ type: 'function', function: { name: 'look', parse: JSON.parse, function: look, parameters } }];
  return client.chat.completions
    .runTools({ model, stream, messages: [{ role: 'user', content: 'Hi' }], tools })
    .finalContent();
});

await check('responses', async (stream) => {
  const tools = [{ type: 'function', name: 'look', strict: false, parameters }];
  let input = [{ role: 'user', content: 'Hi' }];
  for (let round = 0; round < 10; round++) {
    const params = { model, input, store: false, include: ['reasoning.encrypted_content'], tools };
    const response = stream
      ? await client.responses.stream(params).finalResponse()
      : await client.responses.create(params);
    const calls = response.output.filter((item) => item.type === 'function_call');
    if (!calls.length) {
      return response.output_text;
    }
    // The helper for streams adds members of its own.
    const items = response.output.map(({ parsed_arguments, ...item }) =>
      item.content ? { ...item, content: item.content.map(({ parsed, ...part }) => part) } : item);
    input = input.concat(items);
    for (const call of calls) {
      const output = await look(JSON.parse(call.arguments));
      input.push({ type: 'function_call_output', call_id: call.call_id, output });
    }
  }
});

await check('responses, stored', async (stream) => {
  const tools = [{ type: 'function', name: 'look', strict: false, parameters }];
  let params = { model, input: 'Hi', tools };
  for (let round = 0; round < 10; round++) {
    const response = stream
      ? await client.responses.stream(params).finalResponse()
      : await client.responses.create(params);
    const calls = response.output.filter((item) => item.type === 'function_call');
    if (!calls.length) {
      return response.output_text;
    }
    const input = [];
    for (const call of calls) {
      const output = await look(JSON.parse(call.arguments));
      input.push({ type: 'function_call_output', call_id: call.call_id, output });
    }
    params = { model, previous_response_id: response.id, input, tools };
  }
});

setTracingDisabled(true);
setDefaultOpenAIClient(client);
for (const api of ['chat_completions', 'responses']) {
  setOpenAIAPI(api);
  await check('agents, ' + api, async (stream) => {
    const tools = [tool({
      name: 'look',
      description: 'Looks at the sky',
      parameters: z.object({ place: z.string(), round: z.number() }),
      execute: look,
    })];
    const result = await run(new Agent({ name: 'A', instructions: 'Be brief', model, tools }), 'Hi', { stream });
    if (stream) {
      for await (const event of result) {
        // The loop runs while the events are read.
      }
      await result.completed;
    }
    return result.finalOutput;
  });
}
process.exit(0);
