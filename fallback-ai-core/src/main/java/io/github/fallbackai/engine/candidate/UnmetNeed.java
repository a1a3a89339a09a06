package io.github.fallbackai.engine.candidate;

import java.time.Duration;

import io.github.fallbackai.failure.Need;

/**
 * What an endpoint said lately that it cannot do.
 *
 * @param need what
 * @param remaining for how long that is remembered
 */
public record UnmetNeed(Need need, Duration remaining) {

}
