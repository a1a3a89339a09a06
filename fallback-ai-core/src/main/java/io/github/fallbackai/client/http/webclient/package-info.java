/**
 * The wire on Spring's WebClient, with its own connector and SSE framing.
 */
@NullMarked
package io.github.fallbackai.client.http.webclient;

import org.jspecify.annotations.NullMarked;
