/**
 * What is wrong with a configuration: checks that name the property at fault, and the
 * failure analyses that say where it is set and what to do. Internal: public for the
 * packages beside it only.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.diagnosis;

import org.jspecify.annotations.NullMarked;
