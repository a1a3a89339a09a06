/**
 * How an answer that broke off is continued: what the next endpoint is asked, and what of
 * its answer the caller has already. Internal: public only for the engine.
 */
@NullMarked
package io.github.fallbackai.engine.resume;

import org.jspecify.annotations.NullMarked;
