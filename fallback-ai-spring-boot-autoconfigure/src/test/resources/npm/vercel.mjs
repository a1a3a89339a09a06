// SPDX-License-Identifier: Apache-2.0
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { check, key, look, model, url } from './check.mjs';

const openai = createOpenAI({ baseURL: url, apiKey: key });
const anthropic = createAnthropic({ baseURL: url, apiKey: key });
const inputSchema = z.object({ place: z.string(), round: z.number().int() });
const tools = { look: tool({ description: 'Looks at the sky', inputSchema, execute: look }) };
const providers = {
  chat: [openai.chat(model), {}],
  responses: [openai.responses(model), { openai: { store: false, include: ['reasoning.encrypted_content'] } }],
  anthropic: [anthropic(model), { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } }],
};

for (const [name, [provider, providerOptions]] of Object.entries(providers)) {
  await check('ai, ' + name, async (stream) => {
    const params = {
      model: provider,
      tools,
      stopWhen: stepCountIs(10),
      prompt: 'Hi',
      maxRetries: 0,
      maxOutputTokens: 4000,
      providerOptions,
    };
    if (!stream) {
      return (await generateText(params)).text;
    }
    let failure;
    const result = streamText({ ...params, onError: ({ error }) => { failure = error; } });
    const text = await result.text;
    if (failure) {
      throw failure;
    }
    return text;
  });
}
process.exit(0);
