/**
 * What happened during calls and to endpoints, told to listeners.
 */
@NullMarked
package io.github.fallbackai.event;

import org.jspecify.annotations.NullMarked;
