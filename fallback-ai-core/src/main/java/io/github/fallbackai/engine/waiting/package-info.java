/**
 * Calls that wait until an endpoint may be asked: what a call waits for, and how many
 * calls may wait. Internal: public only for the engine.
 */
@NullMarked
package io.github.fallbackai.engine.waiting;

import org.jspecify.annotations.NullMarked;
