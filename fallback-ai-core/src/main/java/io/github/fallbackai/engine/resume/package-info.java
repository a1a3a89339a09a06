// SPDX-License-Identifier: Apache-2.0
/**
 * Continues an answer that broke off: the request to the next endpoint, and the part of
 * its answer that the caller has already. Internal: public only for the engine.
 */
@NullMarked
package io.github.fallbackai.engine.resume;

import org.jspecify.annotations.NullMarked;
