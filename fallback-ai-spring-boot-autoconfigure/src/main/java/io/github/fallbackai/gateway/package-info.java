/**
 * An HTTP endpoint in the format of OpenAI's chat completions, so that any client of that
 * format gets fallback. Internal: public only for the auto-configuration.
 */
@NullMarked
package io.github.fallbackai.gateway;

import org.jspecify.annotations.NullMarked;
