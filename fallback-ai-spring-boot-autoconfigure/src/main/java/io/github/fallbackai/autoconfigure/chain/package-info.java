/**
 * From the layers that configure a chain to its endpoints and the settings of its calls.
 * Internal: public for the packages beside it only.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.chain;

import org.jspecify.annotations.NullMarked;
