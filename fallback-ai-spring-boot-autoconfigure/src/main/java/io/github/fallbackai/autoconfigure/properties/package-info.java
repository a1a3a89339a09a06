// SPDX-License-Identifier: Apache-2.0
/**
 * The classes to which Spring Boot binds {@code fallback.ai}: objects with the defaults,
 * and the layers that are bound into them. Internal: public for the packages beside it
 * only.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
