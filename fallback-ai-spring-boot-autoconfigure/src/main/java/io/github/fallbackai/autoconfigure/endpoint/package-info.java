/**
 * From the layers that configure an endpoint to the endpoint. Internal: public for the
 * packages beside it only.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
