/**
 * The dialect of Google's Gemini API.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.gemini;

import org.jspecify.annotations.NullMarked;
