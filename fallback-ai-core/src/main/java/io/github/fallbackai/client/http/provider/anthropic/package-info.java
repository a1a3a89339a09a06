/**
 * The dialect of Anthropic's Messages API.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.anthropic;

import org.jspecify.annotations.NullMarked;
