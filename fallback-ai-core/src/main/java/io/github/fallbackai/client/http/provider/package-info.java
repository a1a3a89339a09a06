/**
 * SPI: how one kind of provider writes requests, answers and errors.
 */
@NullMarked
package io.github.fallbackai.client.http.provider;

import org.jspecify.annotations.NullMarked;
