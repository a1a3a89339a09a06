/**
 * The OpenAI chat completions dialect and everything compatible with it.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.openai;

import org.jspecify.annotations.NullMarked;
