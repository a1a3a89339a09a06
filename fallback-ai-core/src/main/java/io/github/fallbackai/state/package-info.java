/**
 * SPI: endpoint state that outlives a call, an instance or a process.
 */
@NullMarked
package io.github.fallbackai.state;

import org.jspecify.annotations.NullMarked;
